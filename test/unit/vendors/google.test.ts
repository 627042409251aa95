import {expect} from '@esm-bundle/chai';
import {changes} from '../../../src/vendors/google-analytics.js';
import {commandsOf, type FreshPage, isArguments, openFreshPage} from './support.js';

type Gtag = (...command: unknown[]) => void;

let page: FreshPage;

/** A page on which `ids` are declared: their queue is in place, nothing has started. */
function setup(...ids: string[]) {
  const {window} = page;
  for (const id of ids) page.definition(id).install?.(window);
  return {
    window,
    start: (id: string, tagId: string) => page.definition(id).start?.(window, tagId, ''),
    /** What the page itself says, before any of Google's scripts is there. */
    gtag: (...command: unknown[]) => (window['gtag'] as Gtag)(...command),
    layer: () => window['dataLayer'] as unknown[],
    /** First words of the commands in the queue. */
    words: () =>
      commandsOf(window['dataLayer']).map((entry) =>
        Array.isArray(entry) ? entry.slice(0, 2).join(' ') : Object.keys(entry as object).join(),
      ),
  };
}

describe('Google\u2019s queue', () => {
  beforeEach(async () => {
    page = await openFreshPage();
  });
  afterEach(() => page.close());

  it('is there before anything is granted, and empty', () => {
    const {layer, window} = setup('google-analytics');
    expect(layer()).to.deep.equal([]);
    expect(window['gtag']).to.be.a('function');
  });

  it('takes commands as argument lists, the only ones that Google reads', () => {
    const {gtag, layer} = setup('google-analytics');
    gtag('event', 'purchase', {value: 1});
    expect(layer()).to.have.length(1);
    expect(isArguments(layer()[0])).to.equal(true);
    expect(commandsOf(layer())).to.deep.equal([['event', 'purchase', {value: 1}]]);
  });

  it('keeps what is there when it is installed twice', () => {
    const {gtag, layer, window} = setup('google-analytics');
    gtag('event', 'one');
    const before = {layer: layer(), gtag: window['gtag']};
    setup('google-analytics', 'google-ads', 'google-tag-manager');
    expect(layer()).to.equal(before.layer);
    expect(layer()).to.have.length(1);
    expect(window['gtag']).to.equal(before.gtag);
  });

  it('keeps a queue and a gtag of the page', () => {
    const gtag = () => {};
    const dataLayer = [{page: 'home'}];
    Object.assign(page.window, {gtag, dataLayer});
    setup('google-analytics');
    expect(page.window['gtag']).to.equal(gtag);
    expect(page.window['dataLayer']).to.equal(dataLayer);
    expect(dataLayer).to.deep.equal([{page: 'home'}]);
  });

  it('gets js once and config for each, in our own argument lists', () => {
    const {start, layer} = setup('google-analytics', 'google-ads');
    start('google-analytics', 'G-ABCDEFG123');
    start('google-ads', 'AW-123456789');
    const commands = commandsOf(layer()) as unknown[][];
    expect(commands.map(([word]) => word)).to.deep.equal(['js', 'config', 'config']);
    expect(Object.prototype.toString.call(commands[0]?.[1])).to.equal('[object Date]');
    expect(commands.slice(1)).to.deep.equal([
      ['config', 'G-ABCDEFG123'],
      ['config', 'AW-123456789'],
    ]);
    expect(layer().every(isArguments)).to.equal(true);
  });

  it('has ours before what the page said first', () => {
    const {start, gtag, words} = setup('google-analytics');
    gtag('event', 'early');
    start('google-analytics', 'G-ABCDEFG123');
    gtag('event', 'late');
    expect(words().map((text) => text.split(' ')[0])).to.deep.equal(['js', 'config', 'event', 'event']);
    expect(words().slice(2)).to.deep.equal(['event early', 'event late']);
  });

  it('has ours in their own order: signals, js, config, later signals, later config', () => {
    const {start, gtag, words, window} = setup('google-analytics', 'google-ads');
    gtag('event', 'early');
    page.googleTag.callGtag(window, 'consent', 'default', {});
    page.googleTag.callGtag(window, 'consent', 'update', {});
    start('google-analytics', 'G-ABCDEFG123');
    gtag('event', 'between');
    page.googleTag.callGtag(window, 'consent', 'update', {});
    start('google-ads', 'AW-123456789');
    const js = words().findIndex((text) => text.startsWith('js'));
    const withoutDate = words().map((text, index) => (index === js ? 'js' : text));
    expect(withoutDate).to.deep.equal([
      'consent default',
      'consent update',
      'js',
      'config G-ABCDEFG123',
      'consent update',
      'config AW-123456789',
      'event early',
      'event between',
    ]);
  });

  it('gets ours at its end once Google has taken it over', () => {
    const {start, gtag, layer, words, window} = setup('google-analytics', 'google-ads');
    start('google-analytics', 'G-ABCDEFG123');
    gtag('event', 'early');
    const read: unknown[] = [];
    layer().push = (...entries) => {
      read.push(...entries);
      return Array.prototype.push.apply(layer(), entries);
    };
    page.googleTag.callGtag(window, 'consent', 'update', {});
    start('google-ads', 'AW-123456789');
    expect(words().slice(2)).to.deep.equal(['event early', 'consent update', 'config AW-123456789']);
    expect(commandsOf(read)).to.deep.equal([
      ['consent', 'update', {}],
      ['config', 'AW-123456789'],
    ]);
  });

  it('gets the start of the container as the plain object that it reads', () => {
    const {start, layer} = setup('google-tag-manager');
    layer().push({page: 'home'});
    const before = Date.now();
    start('google-tag-manager', 'GTM-ABC1234');
    const [entry, own] = layer() as [{'gtm.start': number; event: string}, unknown];
    expect(entry.event).to.equal('gtm.js');
    expect(entry['gtm.start']).to.be.within(before, Date.now());
    expect(own).to.deep.equal({page: 'home'});
  });

  it('gets no js for a container alone', () => {
    const {start, words} = setup('google-tag-manager');
    start('google-tag-manager', 'GTM-ABC1234');
    expect(words()).to.deep.equal(['gtm.start,event']);
  });

  describe('google-analytics', () => {
    it('is told to be silent once it is revoked, by the flag of its own id', () => {
      const {window} = setup('google-analytics');
      const {stop, resume} = changes;
      stop?.(window, 'G-ABCDEFG123');
      expect(window['ga-disable-G-ABCDEFG123']).to.equal(true);
      resume?.(window, 'G-ABCDEFG123');
      expect(window['ga-disable-G-ABCDEFG123']).to.equal(false);
      expect(window['ga-disable-G-OTHER']).to.equal(undefined);
    });

    it('is told so for each account that the page has configured beside it', () => {
      const {window} = setup('google-analytics');
      const page = window as unknown as {gtag(...command: string[]): void; dataLayer: unknown[]};
      page.gtag('config', 'G-SECOND');
      page.gtag('event', 'G-THIRD');
      page.dataLayer.push(null, 'config', {event: 'x'});
      changes.stop?.(window, 'G-ABCDEFG123');
      expect(['ABCDEFG123', 'SECOND', 'THIRD'].map((id) => window[`ga-disable-G-${id}`])).to.deep.equal([
        true,
        true,
        undefined,
      ]);
      changes.resume?.(window, 'G-ABCDEFG123');
      expect(window['ga-disable-G-SECOND']).to.equal(false);
    });
  });

  it('has one script for Analytics and Ads, and another for the container', () => {
    const [analytics, ads, container] = ['google-analytics', 'google-ads', 'google-tag-manager'].map(
      page.definition,
    );
    expect(analytics?.script).to.equal(ads?.script);
    expect(analytics?.script).to.be.a('string').that.is.not.equal('');
    expect(container?.script || container?.id).to.not.equal(analytics?.script);
  });
});
