import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {Vendor, VendorConfig, VendorDefinition, VendorWindow} from '../../../src/config/types.js';
import {createConsentEvent} from '../../../src/consent/change-event.js';
import type {ConsentState} from '../../../src/consent/grants.js';
import {attend, complete, isPageOf, whenLoaded} from '../../../src/gate/attend.js';
import {leavesOf} from '../../../src/gate/find-leftovers.js';
import type {TagReport} from '../../../src/gate/tag-gate.js';
import type {Load} from '../../../src/load.js';
import {ahead} from '../../../src/vendors/call-queue.js';
import {createStandIn} from '../../../src/vendors/stand-in.js';

const page = window as unknown as VendorWindow;

interface Late {
  row?: string;
  vendor?: Partial<VendorConfig>;
  own?: Partial<VendorDefinition>;
  fails?: boolean;
}

/** A site with one vendor whose file comes late, and what its file would be. */
function setup({row = 'late lateq queue track', vendor, own, fails = false}: Late = {}) {
  const files: string[] = [];
  const standIn = createStandIn('analytics', row);
  const settings = normalizeConfig({vendors: [{id: 'late', tagId: 'L1', ...vendor}]}, [standIn]);
  const definition: VendorDefinition = {
    id: 'late',
    category: 'analytics',
    tagId: /^L\d$/,
    src: (tagId) => `https://late.example/${tagId}.js`,
    cookies: ['_late*'],
    ...own,
  };
  const load = (async (file: string) => {
    files.push(file);
    if (fails) throw Error('unreachable');
    return {vendor: definition};
  }) as unknown as Load;
  const [first] = settings.vendors as [Vendor];
  first.definition?.install?.(page);
  return {
    files,
    settings,
    vendor: first,
    load,
    attend: () => attend(first, settings, load),
    start: () => first.definition?.start?.(page, 'L1', `${first.url}`),
  };
}

type Lateq = ((...call: unknown[]) => void) & {
  track(...call: unknown[]): void;
  queue: ArrayLike<unknown>[];
};
const lateq = () => page['lateq'] as Lateq;
/** What the vendor's script will find. */
const calls = () => lateq().queue.map((call) => Array.from(call));

afterEach(() => {
  delete page['lateq'];
});

describe('a vendor whose file comes with its grant', () => {
  it('belongs to its category before, and has a tag to come', () => {
    const {vendor, files} = setup();
    expect(vendor.category).to.equal('analytics');
    expect(vendor.isBroken).to.equal(false);
    expect(vendor.url).to.equal('L1');
    expect(files).to.deep.equal([]);
  });

  it('has none where it is named without its id: it is the recipient of tags that the author marked up', () => {
    expect(setup({vendor: {tagId: ''}}).vendor.url).to.equal(undefined);
  });

  it('has one without an id where its script needs none, and its address once its file is there', async () => {
    for (const row of ['late* lateq', 'late*']) {
      const own = {tagId: /^$/, src: () => 'https://late.example/late.js'};
      const {vendor, attend} = setup({row, vendor: {tagId: ''}, own});
      expect(vendor.url).to.be.a('string').that.is.not.equal('');
      await attend();
      expect(vendor.url).to.equal('https://late.example/late.js');
    }
  });

  it('has its address and what it leaves once its file is there', async () => {
    const {vendor, attend, files} = setup();
    await attend();
    expect(files).to.deep.equal(['vendors/late.js']);
    expect(vendor.url).to.equal('https://late.example/L1.js');
    expect(leavesOf(vendor)('_late_1')).to.equal(true);
  });

  it('keeps the address and attributes that the site gives', async () => {
    const {vendor, attend} = setup({
      vendor: {src: '/proxy/late.js', attributes: {id: 'site', crossorigin: 'anonymous'}},
      own: {attributes: (tagId) => ({id: 'vendor', 'data-id': tagId})},
    });
    await attend();
    expect(vendor.url).to.equal(`${location.origin}/proxy/late.js`);
    expect(vendor.attributes).to.deep.equal({id: 'site', crossorigin: 'anonymous', 'data-id': 'L1'});
  });

  it('is not loaded with an id of another form, and says which form it has', async () => {
    const {attend, vendor} = setup({vendor: {tagId: 'UA-1'}});
    const error = await attend().catch((reason: Error) => reason);
    expect((error as Error).message).to.equal('late.tagId: expected /^L\\d$/, got "UA-1"');
    expect(vendor.url).to.equal(undefined);
    expect(vendor.isBroken).to.equal(true);
  });

  it('stays out where its file does not come', async () => {
    const {attend} = setup({fails: true});
    expect(await attend().catch(String)).to.equal('Error: unreachable');
  });

  it('is fetched once, whoever asks', async () => {
    const {attend, vendor, load} = setup();
    await Promise.all([attend(), complete(vendor, load)]);
    const {definition} = vendor;
    await attend();
    expect(vendor.definition).to.equal(definition);
  });

  it('finds what the page called before, in order, behind its own first calls', async () => {
    const {attend, start} = setup({
      own: {
        start: (window) => {
          const {queue} = window['lateq'] as unknown as Lateq;
          ahead(queue, () => lateq()('start'));
        },
      },
    });
    const before = lateq();
    before('a', 1);
    before.track('b');
    await attend();
    expect(calls()).to.deep.equal([
      ['a', 1],
      ['track', 'b'],
    ]);
    start();
    before('c');
    expect(lateq()).to.equal(before);
    expect(calls()).to.deep.equal([['start'], ['a', 1], ['track', 'b'], ['c']]);
  });

  it('has its stub again where the page has removed it', async () => {
    const {attend, start} = setup();
    await attend();
    delete page['lateq'];
    start();
    expect(lateq()).to.be.a('function');
  });

  it('keeps what the page itself has put under the name', async () => {
    const own = () => {};
    page['lateq'] = own;
    const {attend, start} = setup();
    await attend();
    start();
    expect(page['lateq']).to.equal(own);
  });

  it('is told once its script has loaded, and not of other scripts', async () => {
    const told: unknown[] = [];
    const {attend} = setup({own: {loaded: (_, tagId, url) => told.push([tagId, url])}});
    await attend();
    const tell = (vendor: string, url: string) =>
      document.dispatchEvent(createConsentEvent('consent-vendor-load', {vendor, category: 'analytics', url}));
    tell('late', 'https://late.example/other.js');
    tell('other', 'https://late.example/L1.js');
    expect(told).to.deep.equal([]);
    tell('late', 'https://late.example/L1.js');
    expect(told).to.deep.equal([['L1', 'https://late.example/L1.js']]);
  });
});

describe('a script that comes after its withdrawal', () => {
  const change = (grant: 'granted' | 'denied') => {
    const state = {vendors: {late: grant}} as unknown as ConsentState;
    const fields = {state, previous: state, granted: [], revoked: [], source: null};
    document.dispatchEvent(createConsentEvent('consent-change', fields));
  };

  it('is told nothing, and what it has to know with the next grant, once', async () => {
    let told = 0;
    const {attend, vendor} = setup({own: {loaded: () => told++}});
    await attend();
    change('denied');
    const url = `${vendor.url}`;
    document.dispatchEvent(
      createConsentEvent('consent-vendor-load', {vendor: 'late', category: 'analytics', url}),
    );
    expect(told).to.equal(0);
    change('granted');
    change('denied');
    change('granted');
    expect(told).to.equal(1);
  });
});

describe('what stands in for it', () => {
  it('holds calls in memory, a thousand at most, and answers nothing', () => {
    setup();
    for (let call = 0; call < 1100; call++) expect(lateq()(call)).to.equal(undefined);
    expect(lateq().queue).to.have.length(1000);
  });

  it('has nothing but what its vendor documents', () => {
    setup();
    expect(Object.keys(lateq())).to.have.members(['queue', 'track']);
  });

  it('puts nothing on window where page code has nothing to call', () => {
    const before = Object.keys(window).length;
    setup({row: 'late'});
    expect(Object.keys(window)).to.have.length(before);
  });
});

describe('isPageOf', () => {
  const rows: [pages: string[], path: string, fits: boolean][] = [
    [['/shop/*'], '/shop/shoes', true],
    [['/shop/*'], '/shop', false],
    [['/shop*'], '/shopping', true],
    [['/'], '/', true],
    [['/'], '/about', false],
    [['!/checkout/*'], '/', true],
    [['!/checkout/*'], '/checkout/pay', false],
    [['/shop/*', '!/shop/checkout*'], '/shop/checkout/pay', false],
    [['/shop/*', '!/shop/*/private', '/shop/open/private'], '/shop/open/private', true],
    [['/shop/*', '!/shop/*/private', '/shop/open/private'], '/shop/shut/private', false],
    [['/a.b'], '/aXb', false],
    [[], '/', true],
  ];
  for (const [pages, path, fits] of rows) {
    it(`${fits ? 'takes' : 'leaves out'} ${path} by ${JSON.stringify(pages)}`, () => {
      expect(isPageOf(pages, path)).to.equal(fits);
    });
  }
});

describe('a vendor with pages of its own', () => {
  it('waits until the page is one of them', async () => {
    const before = location.href;
    const {attend} = setup({vendor: {pages: ['/shop/*']}});
    let isIn = false;
    const attending = attend().then(() => {
      isIn = true;
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(isIn).to.equal(false);
    history.replaceState(null, '', '/shop/shoes');
    await attending;
    history.replaceState(null, '', before);
    expect(isIn).to.equal(true);
  });
});

describe('whenLoaded', () => {
  const tell = (tag: TagReport) =>
    document.dispatchEvent(createConsentEvent('consent-vendor-load', tag as never));
  const tag = (state: TagReport['state'], category = 'analytics', vendor?: string) => ({
    category,
    vendor,
    url: '/t.js',
    state,
  });

  function ask(id: string, tags: TagReport[]) {
    let times = 0;
    whenLoaded(id, tags, () => times++);
    return () => times;
  }

  it('is true at once for who asks late, by vendor and by category', () => {
    const tags = [tag('loaded', 'analytics', 'heatmap')];
    expect(['heatmap', 'analytics', 'advertising', 'constructor'].map((id) => ask(id, tags)())).to.deep.equal(
      [1, 1, 0, 0],
    );
  });

  it('waits for the first tag that has loaded, and is told once', () => {
    const first = tag('waiting', 'analytics', 'heatmap');
    const second = tag('failed', 'analytics', 'heatmap');
    const times = ask('heatmap', [first, second]);
    tell(second);
    expect(times()).to.equal(0);
    first.state = 'loaded';
    tell(first);
    tell(first);
    expect(times()).to.equal(1);
  });

  it('waits again where what had loaded has been emptied', () => {
    const frame = tag('loaded', 'functional', 'youtube');
    expect(ask('youtube', [frame])()).to.equal(1);
    frame.state = 'waiting';
    expect(ask('youtube', [frame])()).to.equal(0);
  });

  it('knows a tag of two categories by each', () => {
    const tags = [tag('loaded', 'analytics  advertising')];
    expect(['analytics', 'advertising', 'analytics  advertising'].map((id) => ask(id, tags)())).to.deep.equal(
      [1, 1, 0],
    );
  });
});
