import {expect} from '@esm-bundle/chai';
import type {VendorWindow} from '../../../src/config/types.js';
import {hold, installStub} from '../../../src/vendors/call-queue.js';
import {definition as metaPixel, changes as metaPixelChanges} from '../../../src/vendors/meta-pixel.js';
import {
  definition as yahooJapanAds,
  changes as yahooJapanAdsChanges,
} from '../../../src/vendors/yahoo-japan-ads.js';
import {commandsOf, openFreshPage} from './support.js';

type Call = (...command: unknown[]) => void;

describe('hold', () => {
  it('keeps the first thousand calls and forgets the rest', () => {
    const queue: unknown[] = [];
    for (let call = 0; call < 1500; call++) hold(queue, call);
    expect(queue).to.have.length(1000);
    expect(queue.at(-1)).to.equal(999);
  });

  it('hands a call to a queue that the vendor has replaced by an object of its own', () => {
    const heard: unknown[] = [];
    hold({push: (call: unknown) => heard.push(call)} as unknown as unknown[], 'call');
    expect(heard).to.deep.equal(['call']);
  });
});

describe('installStub', () => {
  const at = (window: VendorWindow, name: string) => window[name] as Call & Record<string, unknown>;

  it('is a list', () => {
    const window = {} as VendorWindow;
    expect(installStub(window, '_paq')).to.equal(window['_paq']);
    expect(window).to.deep.equal({_paq: []});
  });

  it('takes neither an element nor a frame of that name for one that is there already', () => {
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = '<a id="namedList"></a><form id="namedCall"></form><iframe name="namedQueue"></iframe>';
    const page = window as unknown as VendorWindow;
    try {
      expect(page['namedList']).to.equal(place.firstElementChild);
      expect(installStub(page, 'namedList')).to.deep.equal([]);
      expect(installStub(page, 'namedCall namedQueue')).to.deep.equal([]);
      at(page, 'namedCall')('event');
      expect(commandsOf(page['namedQueue'])).to.deep.equal([['event']]);
    } finally {
      place.remove();
      for (const name of ['namedList', 'namedCall', 'namedQueue']) delete page[name];
    }
  });

  it('is a list in an object', () => {
    const window = {} as VendorWindow;
    installStub(window, 'googletag.cmd');
    expect(window).to.deep.equal({googletag: {cmd: []}});
  });

  it('is a function whose list is a field of its own, or another name on window', () => {
    const window = {} as VendorWindow;
    installStub(window, 'twq queue');
    installStub(window, '_lt _ltq');
    at(window, 'twq')('event', 1);
    at(window, '_lt')('send');
    expect(commandsOf(at(window, 'twq')['queue'])).to.deep.equal([['event', 1]]);
    expect(commandsOf(window['_ltq'])).to.deep.equal([['send']]);
    expect(Object.keys(at(window, 'twq'))).to.deep.equal(['queue']);
  });

  it('has the methods that it is given, and no other', () => {
    const window = {} as VendorWindow;
    installStub(window, 'ttq  page track');
    const ttq = at(window, 'ttq');
    expect((ttq['track'] as Call)('Purchase')).to.equal(undefined);
    expect([...(ttq as unknown as unknown[])]).to.deep.equal([['track', 'Purchase']]);
    expect(Object.keys(ttq)).to.deep.equal(['0', 'page', 'track']);
  });

  it('gives what the page has there the methods that it lacks', () => {
    const track = () => {};
    const own = Object.assign([['early']], {track});
    const window = {ttq: own} as unknown as VendorWindow;
    installStub(window, 'ttq  page track');
    expect(window['ttq']).to.equal(own);
    expect(own.track).to.equal(track);
    expect(own).to.have.property('page');
    expect([...own]).to.deep.equal([['early']]);
  });

  it('goes on with a list that a script has put in the place of its own', () => {
    const window = {} as VendorWindow;
    installStub(window, '_lt _ltq');
    const heard: unknown[] = [];
    window['_ltq'] = {push: (call: unknown) => heard.push(call)};
    at(window, '_lt')('send');
    expect(heard).to.have.length(1);
  });
});

describe('drop', () => {
  it('forgets what the page has called for Meta', () => {
    const window = {} as VendorWindow;
    metaPixel.install?.(window);
    const fbq = window['fbq'] as Call & {queue: unknown[]};
    fbq('track', 'Lead');
    metaPixelChanges.drop?.(window);
    expect(fbq.queue).to.deep.equal([]);
  });

  it('forgets what the page has called for Yahoo! JAPAN, and leaves alone what has become the script\u2019s own', () => {
    const window = {} as VendorWindow;
    yahooJapanAds.install?.(window);
    (window['ytag'] as Call)({type: 'yss_conversion'});
    yahooJapanAdsChanges.drop?.(window);
    expect(window['yjDataLayer']).to.deep.equal([]);
    const taken = {push() {}};
    window['yjDataLayer'] = taken;
    yahooJapanAdsChanges.drop?.(window);
    expect(window['yjDataLayer']).to.equal(taken);
  });

  it('forgets what the page has called for Google, but not what Google was told of consent', async () => {
    const page = await openFreshPage();
    const {window} = page;
    const analytics = page.definition('google-analytics');
    page.googleTag.callGtag(window, 'consent', 'default', {});
    analytics.install?.(window);
    (window['gtag'] as Call)('event', 'purchase');
    (window['dataLayer'] as unknown[]).push({event: 'early'});
    page.googleTag.dropCalls(window);
    const words = commandsOf(window['dataLayer']);
    page.close();
    expect(words).to.deep.equal([['consent', 'default', {}]]);
  });

  it('leaves Google\u2019s queue alone once a script has taken it over', async () => {
    const page = await openFreshPage();
    const {window} = page;
    const analytics = page.definition('google-analytics');
    analytics.install?.(window);
    const layer = window['dataLayer'] as unknown[];
    layer.push({event: 'heard'});
    layer.push = (...entries) => Array.prototype.push.apply(layer, entries);
    page.googleTag.dropCalls(window);
    for (let call = 0; call < 1200; call++) (window['gtag'] as Call)('event', call);
    page.close();
    expect(layer).to.have.length(1201);
  });
});
