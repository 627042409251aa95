import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {MarkupConfig, Vendor, VendorConfig, VendorDefinition} from '../../../src/config/types.js';
import type {ConsentRecord} from '../../../src/consent/record.js';
import {carryOut} from '../../../src/gate/carry-out.js';
import * as fetchers from '../../../src/gate/fetchers.js';
import {createInjectTag, type ScriptTag} from '../../../src/gate/inject-tag.js';
import {createPace} from '../../../src/gate/pace.js';
import {createTagGate, type TagGate} from '../../../src/gate/tag-gate.js';
import type {Load} from '../../../src/load.js';

const CATEGORIES = ['functional', 'analytics', 'advertising'];
/** Text that the server has, for what a frame or an image really fetches. */
const PAGE = new URL('fixture.js', import.meta.url).href;

interface Options {
  vendors?: VendorConfig[];
  catalogue?: VendorDefinition[];
  granted?: string[];
  html?: string;
  nonce?: string;
  /** The marked-up elements are only looked for where there is markup, or on demand. */
  watch?: boolean;
  injectTag?: (tag: ScriptTag) => Promise<unknown>;
  attend?: (vendor: Vendor) => Promise<unknown>;
  markup?: MarkupConfig;
  vouch?: (script: ScriptTag) => Promise<unknown>;
}

/** Gates that still listen to this page: each is closed for good after its test. */
const closers: (() => void)[] = [];
let root: HTMLElement;
const realReportError = window.reportError;
const reported: unknown[] = [];

function setup({
  vendors = [],
  catalogue = [],
  granted = [],
  html,
  nonce = '',
  watch = html !== undefined,
  injectTag,
  attend,
  markup,
  vouch,
}: Options = {}) {
  const grants = new Set(granted);
  const injected: {name: string; tag: ScriptTag; resolve(): void; reject(error: Error): void}[] = [];
  const loads: string[] = [];
  const refused = new Set<string>();
  const attended: string[] = [];
  if (html !== undefined) root.innerHTML = html;
  const settings = normalizeConfig({categories: CATEGORIES, vendors, ...(markup && {markup})}, catalogue);
  const fake = (tag: ScriptTag) =>
    new Promise<unknown>((resolve, reject) => {
      injected.push({name: tag.url || tag.text || '', tag, resolve: () => resolve(0), reject});
      // An inline script has run by now.
      if (!tag.url) resolve(0);
    });
  const isGranted = (id: string) => grants.has(id);
  const gate: TagGate = createTagGate(settings, {
    nonce,
    isGranted: (id) => isGranted(id),
    load: (async (file: string) =>
      file === 'fetchers.js'
        ? fetchers
        : {
            attend: attend ?? (async ({id}: Vendor) => attended.push(id)),
            vouch: vouch ?? (async () => {}),
          }) as unknown as Load,
    injectTag: injectTag ?? fake,
    onLoad: ({vendor, category, url}, error) =>
      loads.push(`${vendor ?? '-'}|${category}|${url}${error ? ` failed: ${error}` : ''}`),
  });
  if (watch) gate.watch(document);
  closers.push(() => {
    grants.clear();
    gate.open();
  });
  const recordOf = () => ({
    categories: {},
    vendors: Object.fromEntries([...refused].map((id) => [id, 'denied'])),
  });
  let before = recordOf();
  /** What a choice does: `carry-out.ts`, then the gate. */
  const change = () => {
    const now = recordOf();
    const records = {before, now} as unknown as {before: ConsentRecord; now: ConsentRecord};
    const needsReload = carryOut(settings, gate, {...records, isGranted});
    before = now;
    gate.open();
    return needsReload;
  };
  gate.open();
  const find = (name: string) => {
    const found = injected.find((script) => script.name === name);
    if (!found) throw Error(`${name} was not let in`);
    return found;
  };
  return {
    gate,
    injected,
    loads,
    refused,
    attended,
    /** Addresses and texts of the scripts in the order in which they were let in. */
    names: () => injected.map(({name}) => name),
    /** Grants these and nothing else, and tells the gate. @returns whether it needs a reload */
    async grant(...ids: string[]) {
      grants.clear();
      for (const id of ids) grants.add(id);
      const needsReload = change();
      await turn();
      return needsReload;
    },
    /** Changes what is granted and tells nobody. */
    grantSilently(...ids: string[]) {
      grants.clear();
      for (const id of ids) grants.add(id);
    },
    async finish(name: string) {
      find(name).resolve();
      await turn();
    },
    async fail(name: string) {
      find(name).reject(Error('blocked'));
      await turn();
    },
  };
}

/** Everything that was started by now has come to a stop: promises, and what watches the document. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Until a frame has what is behind its address: engines also tell of the empty document that it has before. */
const untilLoaded = (frame: HTMLIFrameElement) =>
  new Promise<void>((resolve) => {
    frame.addEventListener('load', function handleLoad() {
      if (frame.contentDocument?.URL === 'about:blank') return;
      frame.removeEventListener('load', handleLoad);
      resolve();
    });
  });

const script = (attributes: string, text = '') => `<script type="text/plain" ${attributes}>${text}</script>`;
const heatmap = {id: 'heatmap', category: 'analytics', src: 'https://heat.example/h.js'};
const pixel = {id: 'pixel', category: 'advertising', src: 'https://pixel.example/p.js'};

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  window.reportError = (error) => reported.push(error);
});

afterEach(() => {
  for (const close of closers.splice(0)) close();
  root.remove();
  reported.length = 0;
  window.reportError = realReportError;
});

describe('createTagGate', () => {
  it('lets in what names two categories once both are granted', async () => {
    const {names, grant} = setup({html: script('data-consent="analytics advertising"', 'one')});
    await grant('analytics');
    await grant('advertising');
    expect(names()).to.deep.equal([]);
    await grant('analytics', 'advertising');
    expect(names()).to.deep.equal(['one']);
    expect(await grant('analytics')).to.equal(true);
  });

  describe('with declared vendors', () => {
    it('lets nothing in before it is granted', async () => {
      const {names} = setup({vendors: [heatmap, pixel]});
      await turn();
      expect(names()).to.deep.equal([]);
    });

    it('lets in what is granted from the start', async () => {
      const {names} = setup({vendors: [heatmap, pixel], granted: ['heatmap']});
      await turn();
      expect(names()).to.deep.equal([heatmap.src]);
    });

    it('lets in what is granted later, and only that', async () => {
      const {names, grant} = setup({vendors: [heatmap, pixel]});
      await grant('pixel');
      expect(names()).to.deep.equal([pixel.src]);
    });

    it('lets all in at once: none waits for another', async () => {
      const {names, grant} = setup({vendors: [heatmap, pixel]});
      await grant('heatmap', 'pixel');
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('does not take the grant of a category for that of a vendor', async () => {
      const {names, grant} = setup({vendors: [heatmap]});
      await grant('analytics');
      expect(names()).to.deep.equal([]);
    });

    it('lets each in once, however often anything changes', async () => {
      const {names, grant, gate, finish} = setup({vendors: [heatmap, pixel]});
      await grant('heatmap');
      gate.open();
      await finish(heatmap.src);
      await grant('heatmap', 'pixel');
      await grant();
      await grant('heatmap', 'pixel');
      gate.open();
      await turn();
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('lets nothing in that was granted and revoked within a moment', async () => {
      const {names, gate, grantSilently} = setup({vendors: [heatmap]});
      await turn();
      grantSilently('heatmap');
      gate.open();
      grantSilently();
      gate.open();
      await turn();
      expect(names()).to.deep.equal([]);
    });

    it('gives the script the attributes that the site names', async () => {
      const attributes = {integrity: 'sha384-x', crossorigin: 'anonymous'};
      const {injected} = setup({vendors: [{...heatmap, attributes}], granted: ['heatmap']});
      await turn();
      expect(injected[0]?.tag.attributes).to.deep.equal([
        {name: 'integrity', value: 'sha384-x'},
        {name: 'crossorigin', value: 'anonymous'},
      ]);
    });

    it('lets nothing in for a vendor without a tag, or with a mistake', async () => {
      const vendors = [
        {id: 'shop', category: 'analytics'},
        {...heatmap, category: 'no-such'},
      ];
      const {names} = setup({vendors, granted: ['shop', 'heatmap']});
      await turn();
      expect(names()).to.deep.equal([]);
    });

    it('tells of a tag once it has loaded', async () => {
      const {loads, finish} = setup({vendors: [heatmap], granted: ['heatmap']});
      await turn();
      expect(loads).to.deep.equal([]);
      await finish(heatmap.src);
      expect(loads).to.deep.equal([`heatmap|analytics|${heatmap.src}`]);
    });

    it('tells of a tag that failed', async () => {
      const {loads, fail} = setup({vendors: [heatmap], granted: ['heatmap']});
      await turn();
      await fail(heatmap.src);
      expect(loads).to.deep.equal([`heatmap|analytics|${heatmap.src} failed: blocked`]);
    });
  });

  describe('with a vendor that is loaded after another', () => {
    const follower = {...pixel, after: 'heatmap'};

    it('waits until that one has loaded', async () => {
      const {names, finish} = setup({vendors: [heatmap, follower], granted: ['heatmap', 'pixel']});
      await turn();
      expect(names()).to.deep.equal([heatmap.src]);
      await finish(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('waits as well where that one is declared later', async () => {
      const {names, finish} = setup({vendors: [follower, heatmap], granted: ['heatmap', 'pixel']});
      await turn();
      expect(names()).to.deep.equal([heatmap.src]);
      await finish(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('waits until that one is granted', async () => {
      const {names, grant, finish} = setup({vendors: [heatmap, follower], granted: ['pixel']});
      await turn();
      expect(names()).to.deep.equal([]);
      await grant('pixel', 'heatmap');
      await finish(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('waits for the tag of that one in the page', async () => {
      const {names, finish} = setup({
        vendors: [follower],
        granted: ['analytics', 'pixel'],
        html: script('data-consent=analytics data-vendor=heatmap src="https://heat.example/h.js"'),
      });
      await turn();
      expect(names()).to.deep.equal([heatmap.src]);
      await finish(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });

    it('is not let in where that one fails', async () => {
      const {names, fail} = setup({vendors: [heatmap, follower], granted: ['heatmap', 'pixel']});
      await turn();
      await fail(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src]);
    });

    it('is not let in where that one does not exist', async () => {
      const {names, grant} = setup({vendors: [follower], granted: ['pixel']});
      await grant('pixel', 'heatmap');
      expect(names()).to.deep.equal([]);
    });

    it('is not let in where it was revoked in the meantime', async () => {
      const {names, grant, finish} = setup({vendors: [heatmap, follower], granted: ['heatmap', 'pixel']});
      await turn();
      await grant('heatmap');
      await finish(heatmap.src);
      expect(names()).to.deep.equal([heatmap.src]);
      await grant('heatmap', 'pixel');
      expect(names()).to.deep.equal([heatmap.src, pixel.src]);
    });
  });

  describe('with a vendor of the catalogue', () => {
    function setupHooks({
      siteReload,
      hooks = {},
    }: {
      siteReload?: boolean;
      hooks?: Partial<VendorDefinition>;
    } = {}) {
      const calls: string[] = [];
      const note = (hook: string) => (_: unknown, tagId?: string) =>
        void calls.push(`${hook} ${tagId ?? ''}`.trim());
      const definition: VendorDefinition = {
        id: 'known',
        category: 'analytics',
        tagId: /^K\d$/,
        src: (tagId) => `https://known.example/${tagId}.js`,
        install: note('install'),
        start: note('start'),
        stop: note('stop'),
        resume: note('resume'),
        ...hooks,
      };
      const vendor = {id: 'known', tagId: 'K1', ...(siteReload !== undefined && {reload: siteReload})};
      return {
        calls,
        url: 'https://known.example/K1.js',
        ...setup({vendors: [vendor, pixel], catalogue: [definition]}),
      };
    }

    it('installs its queue at once, and makes no other call', async () => {
      const {calls} = setupHooks();
      await turn();
      expect(calls).to.deep.equal(['install K1']);
    });

    it('starts it once, just before its script is let in', async () => {
      const order: string[] = [];
      const {grant} = setup({
        vendors: [{id: 'known', tagId: 'K1'}],
        catalogue: [
          {
            id: 'known',
            category: 'analytics',
            tagId: /^K/,
            src: () => 'https://known.example/',
            start: () => void order.push('start'),
          },
        ],
        injectTag: async () => void order.push('script'),
      });
      await grant('known');
      await grant();
      await grant('known');
      expect(order).to.deep.equal(['start', 'script']);
    });

    it('hands its window, tag id and address to each call', async () => {
      const seen: unknown[] = [];
      const {grant} = setupHooks({hooks: {start: (...values) => void seen.push(...values)}});
      await grant('known');
      expect(seen.slice(0, 3)).to.deep.equal([window, 'K1', 'https://known.example/K1.js']);
      expect(seen[3]).to.include({id: 'known', tagId: 'K1'});
    });

    it('stops it once it is revoked, and resumes it once it is granted again', async () => {
      const {calls, grant} = setupHooks();
      await grant('known');
      await grant();
      await grant();
      await grant('known');
      await grant('known');
      await grant();
      expect(calls).to.deep.equal(['install K1', 'start K1', 'stop K1', 'resume K1', 'stop K1']);
    });

    it('stops nothing that has not run', async () => {
      const {calls, grant} = setupHooks();
      await grant('pixel');
      await grant();
      expect(calls).to.deep.equal(['install K1']);
    });

    it('survives calls that throw, and reports what they threw', async () => {
      const error = Error('taken');
      const {grant, names, url} = setupHooks({
        hooks: {
          install() {
            throw error;
          },
          start() {
            throw error;
          },
          stop() {
            throw error;
          },
        },
      });
      await grant('known', 'pixel');
      expect(names()).to.have.members([url, pixel.src]);
      expect(await grant()).to.equal(true);
      expect(reported).to.deep.equal([error, error, error]);
    });

    it('inserts one script for two that share it, and starts both', async () => {
      const starts: string[] = [];
      const shared = (id: string): VendorDefinition => ({
        id,
        category: 'analytics',
        src: (tagId) => `https://shared.example/${tagId}`,
        tagId: /./,
        script: 'shared',
        start: (_, tagId) => void starts.push(tagId),
      });
      const {names, grant, finish, loads} = setup({
        vendors: [
          {id: 'one', tagId: 'A'},
          {id: 'two', tagId: 'B'},
        ],
        catalogue: [shared('one'), shared('two')],
      });
      await grant('two');
      await grant('one', 'two');
      expect(names()).to.deep.equal(['https://shared.example/B']);
      expect(starts).to.deep.equal(['B', 'A']);
      await finish('https://shared.example/B');
      expect(loads.map((load) => load.split('|')[0])).to.have.members(['one', 'two']);
    });

    describe('needs a reload on withdrawal', () => {
      const rows: [reload: boolean | undefined, needsReload: boolean][] = [
        [undefined, true],
        [true, true],
        [false, false],
      ];
      for (const [reload, needsReload] of rows) {
        it(`${needsReload ? 'yes' : 'no'}: configured ${reload ?? '-'}`, async () => {
          const {grant} = setupHooks(reload === undefined ? {} : {siteReload: reload});
          await grant('known');
          expect(await grant()).to.equal(needsReload);
        });
      }
    });
  });

  describe('says that a reload is needed', () => {
    it('where a tag of the site\u2019s own ran and is revoked', async () => {
      const {grant} = setup({vendors: [heatmap]});
      expect(await grant('heatmap')).to.equal(false);
      expect(await grant()).to.equal(true);
    });

    it('not where it has not run', async () => {
      const {grant} = setup({vendors: [heatmap, {...pixel, after: 'heatmap'}]});
      await grant('pixel');
      expect(await grant()).to.equal(false);
    });

    it('not for another vendor that goes on', async () => {
      const {grant} = setup({vendors: [heatmap, pixel]});
      await grant('heatmap', 'pixel');
      expect(await grant('heatmap', 'pixel')).to.equal(false);
    });

    it('for a script in the page that ran', async () => {
      const {grant} = setup({html: script('data-consent=analytics', 'one')});
      await grant('analytics');
      expect(await grant()).to.equal(true);
    });

    it('not for a script in the page that goes on', async () => {
      const {grant} = setup({html: script('data-consent=analytics', 'one')});
      await grant('analytics');
      expect(await grant('analytics', 'functional')).to.equal(false);
    });

    it('for a script of a vendor that nobody declared', async () => {
      const {grant} = setup({html: script('data-consent=analytics data-vendor=stranger', 'one')});
      await grant('analytics');
      // Every tag that is let in changes the document, if only by being there.
      root.append(document.createElement('p'));
      await turn();
      expect(await grant()).to.equal(true);
    });

    it('not for one of a vendor that nobody declared and that goes on', async () => {
      const {grant} = setup({html: script('data-consent=analytics data-vendor=stranger', 'one')});
      await grant('analytics');
      expect(await grant('analytics', 'functional')).to.equal(false);
    });

    it('for one that needed two grants and has lost one of them', async () => {
      const html = script('data-consent=advertising data-vendor=heatmap', 'one');
      const {src: _, ...declared} = heatmap;
      const {grant} = setup({vendors: [declared], html});
      await grant('heatmap', 'advertising');
      expect(await grant('heatmap')).to.equal(true);
    });

    it('not for frames, images and stylesheets, which can be taken off', async () => {
      const {grant} = setup({html: `<iframe data-consent=advertising data-src="${PAGE}"></iframe>`});
      await grant('advertising');
      expect(await grant()).to.equal(false);
    });
  });

  describe('with scripts in the page', () => {
    it('lets nothing in before its category is granted', async () => {
      const {names, grant} = setup({html: script('data-consent=analytics', 'one')});
      await grant('advertising');
      expect(names()).to.deep.equal([]);
      await grant('analytics');
      expect(names()).to.deep.equal(['one']);
    });

    it('looks at none before it is told to watch', async () => {
      const {names, gate, grant} = setup({html: script('data-consent=analytics', 'one'), watch: false});
      await grant('analytics');
      expect(names()).to.deep.equal([]);
      gate.watch(document);
      await turn();
      expect(names()).to.deep.equal(['one']);
    });

    it('leaves a marked-up script of SVG as inert as it is', async () => {
      const {gate, names, grant} = setup({
        html: '<svg><script type="text/plain" data-consent="analytics" data-href="https://a.example/1.js"></script></svg>',
      });
      await grant('analytics');
      root.insertAdjacentHTML('beforeend', root.innerHTML);
      await turn();
      expect(root.querySelectorAll('[data-consent]').length).to.equal(2);
      expect(gate.tags).to.deep.equal([]);
      expect(names()).to.deep.equal([]);
    });

    it('does nothing but look at what comes while no tag waits', async () => {
      // The gates of other tests watch the document, and not what is in here.
      const host = document.createElement('div');
      root.append(host);
      const shadow = host.attachShadow({mode: 'open'});
      shadow.innerHTML = script('data-consent=analytics', 'one');
      const {gate, names, grant} = setup({watch: false});
      gate.watch(shadow);
      await grant('analytics');
      expect(names()).to.deep.equal(['one']);
      const schedule = window.queueMicrotask;
      let scheduled = 0;
      window.queueMicrotask = (task) => {
        scheduled++;
        schedule(task);
      };
      try {
        shadow.append(document.createElement('p'), 'text');
        await turn();
        expect(scheduled).to.equal(0);
        shadow.innerHTML += script('data-consent=advertising', 'two');
        await turn();
        expect(scheduled).to.be.above(0);
      } finally {
        window.queueMicrotask = schedule;
      }
      await grant('analytics', 'advertising');
      expect(names()).to.include('two');
    });

    it('takes the address from src or data-src', async () => {
      const {names, grant} = setup({
        html:
          script('data-consent=analytics src="https://a.example/1.js"') +
          script('data-consent=analytics data-src="https://a.example/2.js"'),
      });
      await grant('analytics');
      expect(names()).to.deep.equal(['https://a.example/1.js', 'https://a.example/2.js']);
    });

    it('hands on the author\u2019s attributes, and goes behind the author\u2019s element', async () => {
      const {injected, grant} = setup({html: script('id=x data-consent=analytics data-type=module', 'one')});
      await grant('analytics');
      const tag = injected[0]?.tag;
      expect([...(tag?.attributes ?? [])].map(({name, value}) => `${name}=${value}`)).to.have.members([
        'type=text/plain',
        'id=x',
        'data-consent=analytics',
        'data-type=module',
      ]);
      expect(tag?.place).to.equal(root.firstChild);
    });

    it('leaves alone a script that has no mark to stop it: it has run', async () => {
      const {names, grant} = setup({html: '<script data-consent=analytics>one</script>'});
      await grant('analytics');
      expect(names()).to.deep.equal([]);
    });

    it('runs one that stands there twice once', async () => {
      const {names, grant} = setup({
        html: `${script('data-consent=analytics', 'one')}${script('data-consent=analytics', 'one')}`,
      });
      await grant('analytics');
      expect(names()).to.deep.equal(['one']);
    });

    it('runs each once, however often anything changes', async () => {
      const {names, grant, gate} = setup({html: script('data-consent=analytics', 'one')});
      await grant('analytics');
      await grant();
      await grant('analytics');
      gate.open();
      await turn();
      expect(names()).to.deep.equal(['one']);
    });

    it('tells of an inline script without an address', async () => {
      const {loads, grant} = setup({html: script('data-consent=analytics', 'one')});
      await grant('analytics');
      expect(loads).to.deep.equal(['-|analytics|']);
    });

    describe('of a vendor', () => {
      const {src: _, ...declared} = heatmap;
      const own = (attributes: string, text?: string) =>
        script(`data-consent=analytics data-vendor=heatmap ${attributes}`, text);

      it('asks for the grant of the vendor, not for that of the category', async () => {
        const {names, grant} = setup({vendors: [declared], html: own('', 'one')});
        await grant('analytics');
        expect(names()).to.deep.equal([]);
        await grant('heatmap');
        expect(names()).to.deep.equal(['one']);
      });

      it('asks for both where the markup names another category', async () => {
        const html = script('data-consent=advertising data-vendor=heatmap', 'one');
        for (const ids of [['heatmap'], ['advertising'], ['analytics', 'heatmap']]) {
          const {names, grant} = setup({vendors: [declared], html});
          await grant(...ids);
          expect(names(), ids.join()).to.deep.equal([]);
        }
        const {names, grant} = setup({vendors: [declared], html});
        await grant('advertising', 'heatmap');
        expect(names()).to.deep.equal(['one']);
      });

      it('follows the category where nobody declared the vendor', async () => {
        const {names, grant} = setup({html: own('', 'one')});
        await grant('heatmap');
        expect(names()).to.deep.equal([]);
        await grant('analytics');
        expect(names()).to.deep.equal(['one']);
      });

      it('does not follow the category where the vendor has a mistake', async () => {
        const {names, grant} = setup({vendors: [{...declared, category: 'no-such'}], html: own('', 'one')});
        await grant('analytics', 'no-such');
        expect(names()).to.deep.equal([]);
      });

      it('runs them one after another, in the order of the document', async () => {
        const {names, grant, finish} = setup({
          vendors: [declared],
          html:
            own('', 'one') +
            own('src="https://a.example/2.js"') +
            own('', 'three') +
            own('src="https://a.example/4.js"'),
        });
        await grant('heatmap');
        expect(names()).to.deep.equal(['one', 'https://a.example/2.js']);
        await finish('https://a.example/2.js');
        expect(names()).to.deep.equal(['one', 'https://a.example/2.js', 'three', 'https://a.example/4.js']);
      });

      it('runs the vendor\u2019s declared tag before them', async () => {
        const {names, grant, finish} = setup({vendors: [heatmap], html: own('', 'one')});
        await grant('heatmap');
        expect(names()).to.deep.equal([heatmap.src]);
        await finish(heatmap.src);
        expect(names()).to.deep.equal([heatmap.src, 'one']);
      });

      it('lets one that fails take along what waits behind it', async () => {
        const {names, grant, fail, loads} = setup({
          vendors: [declared],
          html: own('src="https://a.example/1.js"') + own('', 'two'),
        });
        await grant('heatmap');
        await fail('https://a.example/1.js');
        expect(names()).to.deep.equal(['https://a.example/1.js']);
        expect(loads).to.deep.equal(['heatmap|analytics|https://a.example/1.js failed: blocked']);
      });

      it('lets one that hangs hold up its own vendor alone', async () => {
        const {names, grant} = setup({
          vendors: [declared, pixel],
          html:
            own('src="https://a.example/hangs.js"') +
            own('', 'waits') +
            script('data-consent=analytics', 'same category') +
            script('data-consent=analytics data-vendor=stranger', 'stranger'),
        });
        await grant('heatmap', 'pixel', 'analytics');
        expect(names()).to.have.members([
          'https://a.example/hangs.js',
          pixel.src,
          'same category',
          'stranger',
        ]);
      });
    });

    describe('without a vendor', () => {
      const own = (attributes: string, text?: string) => script(`data-consent=analytics ${attributes}`, text);
      const first = 'https://a.example/1.js';
      const second = 'https://a.example/2.js';

      it('fetches external ones at the same time, and has the browser keep their order', async () => {
        const {injected, grant} = setup({html: own(`src="${first}"`) + own(`src="${second}"`)});
        await grant('analytics');
        expect(injected.map(({name, tag}) => [name, tag.isOrdered])).to.deep.equal([
          [first, true],
          [second, true],
        ]);
      });

      it('holds an inline one until all before it have loaded', async () => {
        const {names, grant, finish} = setup({
          html: own(`src="${first}"`) + own(`src="${second}"`) + own('', 'three'),
        });
        await grant('analytics');
        await finish(second);
        expect(names()).to.deep.equal([first, second]);
        await finish(first);
        expect(names()).to.deep.equal([first, second, 'three']);
      });

      it('holds an external one until the inline one before it has run', async () => {
        const {names, grant, finish} = setup({
          html: own(`src="${first}"`) + own('', 'two') + own(`src="${second}"`),
        });
        await grant('analytics');
        expect(names()).to.deep.equal([first]);
        await finish(first);
        expect(names()).to.deep.equal([first, 'two', second]);
      });

      it('goes on after one that fails', async () => {
        const {names, grant, fail, loads} = setup({html: own(`src="${first}"`) + own('', 'two')});
        await grant('analytics');
        await fail(first);
        expect(names()).to.deep.equal([first, 'two']);
        expect(loads[0]).to.equal(`-|analytics|${first} failed: blocked`);
      });

      it('has a lane for each category', async () => {
        const {names, grant} = setup({
          html: own(`src="${first}"`) + script('data-consent=advertising', 'other'),
        });
        await grant('analytics', 'advertising');
        expect(names()).to.have.members([first, 'other']);
      });
    });

    describe('that come later', () => {
      it('finds one that is added', async () => {
        const {names} = setup({html: '', granted: ['analytics']});
        root.innerHTML = script('data-consent=analytics', 'late');
        await turn();
        expect(names()).to.deep.equal(['late']);
      });

      it('finds one deep inside what is added', async () => {
        const {names} = setup({html: '', granted: ['analytics']});
        root.innerHTML = `<section><p>${script('data-consent=analytics', 'late')}</p></section>`;
        await turn();
        expect(names()).to.deep.equal(['late']);
      });

      it('finds one that is moved once', async () => {
        const {names} = setup({html: '', granted: ['analytics']});
        root.innerHTML = script('data-consent=analytics', 'late');
        await turn();
        root.append(root.firstChild as Node);
        await turn();
        root.prepend(root.lastChild as Node);
        await turn();
        expect(names()).to.deep.equal(['late']);
      });

      it('holds one that is added until it is granted', async () => {
        const {names, grant} = setup({html: ''});
        root.innerHTML = script('data-consent=analytics', 'late');
        await turn();
        expect(names()).to.deep.equal([]);
        await grant('analytics');
        expect(names()).to.deep.equal(['late']);
      });

      it('finds many in their order', async () => {
        const {names} = setup({html: '', granted: ['analytics']});
        for (const text of ['one', 'two', 'three']) {
          root.insertAdjacentHTML('beforeend', script('data-consent=analytics', text));
        }
        await turn();
        expect(names()).to.deep.equal(['one', 'two', 'three']);
      });
    });

    describe('that a framework makes another tag of', () => {
      const script = () => root.querySelector('script') as HTMLScriptElement;

      it('runs no text of another owner under the grant of the one before', async () => {
        const {grant, names} = setup({
          html: '<script type="text/plain" data-consent="analytics">before()</script>',
        });
        script().dataset['consent'] = 'advertising';
        script().textContent = 'after()';
        await grant('analytics');
        expect(names()).to.deep.equal([]);
        await grant('analytics', 'advertising');
        expect(names()).to.deep.equal(['after()']);
      });

      it('asks anew while the code of its vendor is on its way', async () => {
        let arrive = () => {};
        const attend = () => new Promise<void>((resolve) => (arrive = resolve));
        const {grant, names} = setup({
          vendors: [{id: 'heatmap', category: 'analytics', pages: ['/*']}],
          html: '<script type="text/plain" data-consent="analytics" data-vendor="heatmap">before()</script>',
          attend,
        });
        await grant('analytics', 'heatmap');
        script().dataset['consent'] = 'advertising';
        delete script().dataset['vendor'];
        script().textContent = 'after()';
        arrive();
        await turn();
        expect(names()).to.deep.equal([]);
        await grant('advertising');
        expect(names()).to.deep.equal(['after()']);
      });

      it('loses neither the address nor the grant of the tag of after', async () => {
        const {grant, names} = setup({
          html: '<script type="text/plain" data-consent="analytics" data-src="/a.js"></script>',
        });
        Object.assign(script().dataset, {consent: 'advertising', src: '/b.js'});
        await grant('analytics');
        expect(names()).to.deep.equal([]);
        await grant('advertising');
        expect(names()).to.deep.equal(['/b.js']);
      });

      it('runs nothing of an element that is no script of ours any more', async () => {
        const {grant, names} = setup({
          html: '<script type="text/plain" data-consent="analytics">before()</script>',
        });
        script().type = 'application/json';
        await grant('analytics');
        expect(names()).to.deep.equal([]);
      });
    });

    it('finds tags beside a form whose field stands in for a method', async () => {
      const {grant, names} = setup({html: ''});
      root.innerHTML = `<form><input name="querySelectorAll"><input name="firstElementChild">
        <script type="text/plain" data-consent="analytics">inside()</script></form>
        <script type="text/plain" data-consent="analytics">beside()</script>`;
      await turn();
      await grant('analytics');
      expect(names()).to.deep.equal(['inside()', 'beside()']);
      expect(reported).to.deep.equal([]);
    });

    describe('that go', () => {
      it('does not run one that was taken out before it was granted', async () => {
        const {names, grant} = setup({html: script('data-consent=analytics', 'gone')});
        root.textContent = '';
        await grant('analytics');
        expect(names()).to.deep.equal([]);
      });

      it('runs one that was taken out and put back', async () => {
        const {names, grant} = setup({html: script('data-consent=analytics', 'back')});
        const element = root.firstChild as HTMLElement;
        element.remove();
        await grant('analytics');
        root.append(element);
        await turn();
        expect(names()).to.deep.equal(['back']);
      });

      it('runs what comes behind one that was taken out', async () => {
        const {names, grant} = setup({
          html: script('data-consent=analytics', 'gone') + script('data-consent=analytics', 'stays'),
        });
        root.firstElementChild?.remove();
        await grant('analytics');
        expect(names()).to.deep.equal(['stays']);
      });

      it('does not tell of one that was taken out', async () => {
        const {loads, grant} = setup({html: script('data-consent=analytics', 'gone')});
        root.textContent = '';
        await grant('analytics');
        expect(loads).to.deep.equal([]);
      });
    });

    describe('where the loader has a nonce', () => {
      it('runs what has the same', async () => {
        const {names, grant} = setup({nonce: 'abc', html: script('data-consent=analytics nonce=abc', 'one')});
        await grant('analytics');
        expect(names()).to.deep.equal(['one']);
      });

      it('reads it as a property, since browsers hide the attribute', async () => {
        const {names, grant} = setup({nonce: 'abc', html: ''});
        const element = document.createElement('script');
        element.type = 'text/plain';
        element.dataset['consent'] = 'analytics';
        element.nonce = 'abc';
        element.text = 'one';
        root.append(element);
        await grant('analytics');
        expect(names()).to.deep.equal(['one']);
      });

      for (const attribute of ['', 'nonce', 'nonce=xyz']) {
        it(`refuses one with ${attribute || 'none'}`, async () => {
          const {names, grant, loads} = setup({
            nonce: 'abc',
            html: script(`data-consent=analytics ${attribute}`, 'one'),
          });
          await grant('analytics');
          expect(names()).to.deep.equal([]);
          expect(loads).to.deep.equal(['-|analytics| failed: no nonce']);
        });
      }

      it('asks none of declared vendors', async () => {
        const {names} = setup({nonce: 'abc', vendors: [heatmap], granted: ['heatmap']});
        await turn();
        expect(names()).to.deep.equal([heatmap.src]);
      });
    });

    describe('where the configuration lists what may run without a nonce', () => {
      const markup = {sha256: []};

      it('asks for each before it runs, and runs what was vouched for', async () => {
        const asked: string[] = [];
        const vouch = async ({url, text}: ScriptTag) => {
          asked.push(url || `${text}`);
          if (text === 'two') throw Error('not listed');
        };
        const {names, loads, grant} = setup({
          html: script('data-consent=analytics', 'one') + script('data-consent=analytics', 'two'),
          markup,
          vouch,
        });
        await grant('analytics');
        expect(asked).to.deep.equal(['one', 'two']);
        expect(names()).to.deep.equal(['one']);
        expect(loads).to.include('-|analytics| failed: not listed');
      });

      it('asks again for what is another’s by the time that it has been vouched for', async () => {
        const answers: (() => void)[] = [];
        const vouch = () => new Promise<void>((resolve) => answers.push(resolve));
        const {names, grant} = setup({html: script('data-consent=analytics', 'one'), markup, vouch});
        await grant('analytics');
        (root.firstElementChild as HTMLElement).dataset['consent'] = 'advertising';
        answers[0]?.();
        await turn();
        expect(names()).to.deep.equal([]);
        await grant('analytics', 'advertising');
        answers[1]?.();
        await turn();
        expect(names()).to.deep.equal(['one']);
      });

      it('runs nothing whose grant is taken back meanwhile', async () => {
        const answers: (() => void)[] = [];
        const vouch = () => new Promise<void>((resolve) => answers.push(resolve));
        const {names, grant} = setup({html: script('data-consent=analytics', 'one'), markup, vouch});
        await grant('analytics');
        await grant();
        answers[0]?.();
        await turn();
        expect(names()).to.deep.equal([]);
      });

      for (const [what, options] of Object.entries({
        'declared vendors': {vendors: [heatmap], granted: ['heatmap']},
        'what has the nonce of the loader': {
          nonce: 'abc',
          granted: ['analytics'],
          html: script('data-consent=analytics nonce=abc', 'one'),
        },
      }))
        it(`asks none of ${what}`, async () => {
          const vouch = () => Promise.reject(Error('asked'));
          const {names} = setup({...options, markup, vouch});
          await turn();
          expect(names()).to.have.length(1);
        });
    });

    it('leaves a script its own nonce where the loader has none', async () => {
      const {grant} = setup({
        html: script('data-consent=analytics nonce=abc', '0'),
        injectTag: createInjectTag('', {vendors: []}),
      });
      await grant('analytics');
      expect((root.lastElementChild as HTMLScriptElement).type).to.equal('');
      expect((root.lastElementChild as HTMLScriptElement).nonce).to.equal('abc');
    });
  });

  describe('with frames, images and stylesheets in the page', () => {
    const frame = `<iframe data-consent=advertising data-src="${PAGE}"></iframe>`;

    it('leaves them empty before they are granted', async () => {
      setup({html: frame, granted: ['analytics']});
      await turn();
      expect(root.firstElementChild?.hasAttribute('src')).to.equal(false);
    });

    it('lets them fetch once they are', async () => {
      const {grant} = setup({
        html: `${frame}<img data-consent=advertising data-src="${PAGE}"><link data-consent=advertising data-href="${PAGE}">`,
      });
      await grant('advertising');
      const [first, second, third] = root.children;
      expect(first?.getAttribute('src')).to.equal(PAGE);
      expect(second?.getAttribute('src')).to.equal(PAGE);
      expect(third?.getAttribute('href')).to.equal(PAGE);
    });

    it('empties a frame that is revoked, and fills it again', async () => {
      const {grant} = setup({html: frame});
      const element = root.firstElementChild as HTMLIFrameElement;
      await grant('advertising');
      await grant();
      expect(element.hasAttribute('src')).to.equal(false);
      expect(element.isConnected).to.equal(true);
      await grant('advertising');
      expect(element.getAttribute('src')).to.equal(PAGE);
    });

    for (const [what, html] of Object.entries({
      'a frame': frame,
      'an image': `<img data-consent=advertising data-src="${PAGE}" data-srcset="${PAGE} 1x">`,
      'a stylesheet': `<link rel=stylesheet data-consent=advertising data-href="${PAGE}">`,
      'a picture': `<picture data-consent=advertising><source data-srcset="${PAGE}"><img data-src="${PAGE}"></picture>`,
      'a style': `<div style="color: red" data-consent=advertising data-style="background: url(${PAGE})"></div>`,
    }))
      it(`empties a copy of ${what} from while it was granted, and fills it again`, async () => {
        const {grant} = setup({html});
        await grant('advertising');
        const copy = root.firstElementChild?.cloneNode(true) as HTMLElement;
        const addressesOf = (element: HTMLElement) =>
          [element, ...element.querySelectorAll<HTMLElement>('*')].flatMap((part) =>
            ['src', 'srcset', 'href', 'style'].flatMap((name) => {
              const value = name in part.dataset ? part.getAttribute(name) : null;
              return value?.includes(PAGE) ? name : [];
            }),
          );
        const before = addressesOf(copy);
        expect(before).not.to.deep.equal([]);
        await grant();
        root.replaceChildren(copy);
        await turn();
        expect(addressesOf(copy)).to.deep.equal([]);
        await grant('advertising');
        expect(addressesOf(copy)).to.deep.equal(before);
      });

    it('leaves an element its own style and the pictures of the site', async () => {
      const style = 'color: red';
      const {grant} = setup({
        html: `<img style="${style}" src="data:," data-consent=advertising data-src="${PAGE}">
          <div style="${style}" data-consent=advertising data-style="background: url(${PAGE})"></div>`,
      });
      await turn();
      const [image, box] = root.children as unknown as HTMLElement[];
      expect(image?.getAttribute('src')).to.equal('data:,');
      expect(box?.getAttribute('style')).to.equal(style);
      await grant('advertising');
      await grant();
      expect(image?.getAttribute('style')).to.equal(style);
    });

    it('is another’s as soon as its marks say so', async () => {
      const {grant} = setup({html: frame});
      await grant('advertising');
      const element = root.firstElementChild as HTMLElement;
      element.dataset['consent'] = 'analytics';
      await turn();
      expect(element.hasAttribute('src')).to.equal(false);
      element.dataset['consent'] = 'advertising';
      await turn();
      expect(element.getAttribute('src')).to.equal(PAGE);
    });

    it('costs a change of the page what has changed, however many there are', async () => {
      // The gates of other tests watch the document, and not what is in here.
      const host = root.appendChild(document.createElement('div'));
      const shadow = host.attachShadow({mode: 'open'});
      shadow.innerHTML = frame.repeat(50);
      const {gate} = setup({watch: false});
      gate.watch(shadow);
      await turn();
      const {deref} = WeakRef.prototype;
      let looks = 0;
      WeakRef.prototype.deref = function (this: WeakRef<WeakKey>) {
        looks++;
        return deref.call(this);
      };
      try {
        shadow.append(document.createElement('p'));
        await turn();
        expect(looks).to.equal(0);
        shadow.append(shadow.firstElementChild?.cloneNode() as Node);
        await turn();
        expect(looks).to.equal(1);
      } finally {
        WeakRef.prototype.deref = deref;
      }
    });

    it('asks for the grant of a declared vendor', async () => {
      const {src: _, ...declared} = heatmap;
      const {grant} = setup({
        vendors: [declared],
        html: `<iframe data-consent=analytics data-vendor=heatmap data-src="${PAGE}"></iframe>`,
      });
      await grant('analytics');
      expect(root.firstElementChild?.hasAttribute('src')).to.equal(false);
      await grant('heatmap');
      expect(root.firstElementChild?.hasAttribute('src')).to.equal(true);
    });

    it('finds one that is added', async () => {
      setup({html: '', granted: ['advertising']});
      root.innerHTML = frame;
      await turn();
      expect(root.firstElementChild?.getAttribute('src')).to.equal(PAGE);
    });

    it('leaves one empty that was taken out, until it is back', async () => {
      const {grant} = setup({html: frame});
      const element = root.firstElementChild as HTMLIFrameElement;
      element.remove();
      await grant('advertising');
      expect(element.hasAttribute('src')).to.equal(false);
      root.append(element);
      await turn();
      expect(element.getAttribute('src')).to.equal(PAGE);
    });

    it('is told of once it has loaded, and not before; emptied, it waits again', async () => {
      const {gate, grant, loads} = setup({html: frame});
      const element = root.firstElementChild as HTMLIFrameElement;
      const states: string[] = [];
      // Ahead of the gate's own listener: what holds until the frame has come.
      element.addEventListener('load', () => states.push(`${gate.tags[0]?.state}`), {capture: true});
      const loaded = untilLoaded(element);
      await grant('advertising');
      await loaded;
      expect(states.at(-1)).to.equal('inserted');
      expect(gate.tags[0]).to.include({state: 'loaded', url: PAGE, element: 'iframe'});
      expect(loads).to.deep.equal([`-|advertising|${PAGE}`]);
      await grant();
      await turn();
      expect(gate.tags[0]?.state).to.equal('waiting');
      const again = untilLoaded(element);
      await grant('advertising');
      await again;
      expect(loads).to.have.length(2);
    });

    it('is told of as failed where what it asks for is no image, or may not be asked for', async () => {
      const {gate, grant, loads} = setup({
        html: `<picture data-consent=advertising><source data-srcset="${PAGE}"><img alt=""></picture>
          <iframe data-consent=advertising data-src="javascript:1"></iframe>`,
      });
      const failed = new Promise((resolve) => root.querySelector('img')?.addEventListener('error', resolve));
      await grant('advertising');
      await failed;
      expect(gate.tags.map(({state, error, url}) => [state, error, url])).to.deep.equal([
        ['failed', 'error', PAGE],
        ['failed', 'not https:', 'javascript:1'],
      ]);
      expect(loads).to.deep.equal([
        '-|advertising|javascript:1 failed: not https:',
        `-|advertising|${PAGE} failed: error`,
      ]);
    });

    it('is told of once where it was emptied and filled again before it had come', async () => {
      // Disabled, it asks for nothing: all that it says comes from here.
      const {gate, grant, loads} = setup({
        html: '<link rel=stylesheet disabled data-consent=advertising data-href="https://a.example/a.css">',
      });
      const say = (type: string) => root.firstElementChild?.dispatchEvent(new Event(type));
      await grant('advertising');
      await grant();
      say('load');
      expect([gate.tags[0]?.state, loads.length]).to.deep.equal(['waiting', 0]);
      await grant('advertising');
      await grant();
      await grant('advertising');
      say('load');
      say('error');
      expect([gate.tags[0]?.state, loads.length]).to.deep.equal(['loaded', 1]);
    });

    it('is told of at once where no element says when it has come', async () => {
      const {gate, grant} = setup({
        html: `<link rel=preconnect data-consent=advertising data-href="https://a.example/"><video data-consent=advertising preload=none data-poster="${PAGE}"></video><template data-consent=advertising></template>`,
      });
      await grant('advertising');
      expect(gate.tags.map(({state}) => state)).to.deep.equal(['loaded', 'loaded', 'loaded']);
    });

    it('is held up by no script', async () => {
      const {grant} = setup({
        html: script('data-consent=advertising src="https://a.example/hangs.js"') + frame,
      });
      await grant('advertising');
      expect(root.querySelector('iframe')?.getAttribute('src')).to.equal(PAGE);
    });
  });

  describe('with templates in the page', () => {
    const template = (content: string, attributes = 'data-consent=advertising') =>
      `<template ${attributes}>${content}</template>`;
    const textOf = () => root.innerText.replace(/\s+/g, ' ').trim();

    it('shows nothing before it is granted', async () => {
      setup({html: template('<p>video</p>')});
      await turn();
      expect(textOf()).to.equal('');
    });

    it('shows its content once it is, behind it', async () => {
      const {grant} = setup({html: `${template('<p>one</p><p>two</p>')}<p>three</p>`});
      await grant('advertising');
      expect(textOf()).to.equal('one two three');
      expect(root.firstElementChild?.localName).to.equal('template');
    });

    it('runs its scripts in their order', async () => {
      const {names, grant, finish} = setup({
        html: template(
          '<script>one</script><div><script src="https://a.example/2.js"></script></div><script>three</script>',
        ),
      });
      await grant('advertising');
      expect(names()).to.deep.equal(['one', 'https://a.example/2.js']);
      await finish('https://a.example/2.js');
      expect(names()).to.deep.equal(['one', 'https://a.example/2.js', 'three']);
    });

    it('lets its scripts join the lane of its vendor', async () => {
      const {names, grant} = setup({
        vendors: [pixel],
        html: template('<script>one</script>', 'data-consent=advertising data-vendor=pixel'),
      });
      await grant('pixel');
      expect(names()).to.deep.equal([pixel.src]);
    });

    it('takes its content out once it is revoked, and puts it back', async () => {
      const {grant} = setup({html: `${template('<p>one</p>')}<p>two</p>`});
      await grant('advertising');
      await grant();
      expect(textOf()).to.equal('two');
      await grant('advertising');
      expect(textOf()).to.equal('one two');
    });

    it('is shown once where it comes back together with what it had shown', async () => {
      const {grant} = setup({html: `${template('<p>one</p> and <p>two</p>')}<p>three</p>`});
      await grant('advertising');
      const text = root.innerHTML;
      root.innerHTML = text;
      await turn();
      expect(textOf()).to.equal('one and two three');
    });

    it('takes out what it had shown where it comes back after a refusal', async () => {
      const {grant} = setup({html: `${template('<p>one</p> and <p>two</p>')}<p>three</p>`});
      await grant('advertising');
      const text = root.innerHTML;
      await grant();
      root.innerHTML = text;
      await turn();
      expect(textOf()).to.equal('three');
    });

    it('leaves alone what a template around it has shown', async () => {
      const {grant} = setup({
        html: template(`${template('<p>inner</p>', 'data-consent=analytics')}<p>outer</p>`),
      });
      await grant('advertising');
      await grant('advertising', 'analytics');
      expect(textOf()).to.equal('inner outer');
    });

    it('runs its scripts once, however often it is shown', async () => {
      const {names, grant} = setup({html: template('<script>one</script>')});
      await grant('advertising');
      await grant();
      await grant('advertising');
      expect(names()).to.deep.equal(['one']);
    });

    it('keeps a frame inside that is marked up for itself', async () => {
      const {grant} = setup({html: template(`<iframe data-consent=analytics data-src="${PAGE}"></iframe>`)});
      await grant('advertising');
      expect(root.querySelector('iframe')?.hasAttribute('src')).to.equal(false);
      await grant('advertising', 'analytics');
      expect(root.querySelector('iframe')?.hasAttribute('src')).to.equal(true);
    });

    it('keeps a script inside that is marked up for itself', async () => {
      const {names, grant} = setup({html: template(script('data-consent=analytics', 'one'))});
      await grant('advertising');
      expect(names()).to.deep.equal([]);
      await grant('advertising', 'analytics');
      expect(names()).to.deep.equal(['one']);
    });

    it('finds one that is added', async () => {
      setup({html: '', granted: ['advertising']});
      root.innerHTML = template('<p>late</p>');
      await turn();
      expect(textOf()).to.equal('late');
    });
  });

  describe('calls that the page makes for a vendor', () => {
    const definition = (calls: string[]): VendorDefinition => ({
      id: 'queued',
      category: 'analytics',
      src: () => 'https://queued.example/t.js',
      drop: () => calls.push('drop'),
      start: () => calls.push('start'),
    });

    it('are kept while nobody has answered', async () => {
      const calls: string[] = [];
      const {grant} = setup({catalogue: [definition(calls)], vendors: [{id: 'queued'}]});
      await grant();
      expect(calls).to.deep.equal([]);
      await grant('queued');
      expect(calls).to.deep.equal(['start']);
    });

    it('are forgotten with a refusal, and again before a later grant', async () => {
      const calls: string[] = [];
      const {grant, refused} = setup({catalogue: [definition(calls)], vendors: [{id: 'queued'}]});
      refused.add('queued');
      await grant();
      expect(calls).to.deep.equal(['drop']);
      refused.clear();
      await grant('queued');
      expect(calls).to.deep.equal(['drop', 'drop', 'start']);
      await grant('queued');
      expect(calls).to.deep.equal(['drop', 'drop', 'start']);
    });
  });

  describe('the list in which a vendor\u2019s stub has its calls', () => {
    const page = window as unknown as Record<string, unknown>;
    const rows: [queue: string, put: (list: unknown[]) => void][] = [
      ['queuedList', (list) => Object.assign(page, {queuedList: list})],
      ['queuedObject.cmd', (list) => Object.assign(page, {queuedObject: {cmd: list}})],
      [
        'queuedFunction queue',
        (list) => Object.assign(page, {queuedFunction: Object.assign(() => {}, {queue: list})}),
      ],
      [
        'queuedFunction queuedBeside',
        (list) => Object.assign(page, {queuedFunction() {}, queuedBeside: list}),
      ],
    ];
    afterEach(() => {
      for (const name of Object.keys(page)) if (name.startsWith('queued')) delete page[name];
    });
    const queued = (queue: string) => ({
      catalogue: [{id: 'queued', category: 'analytics', src: () => 'https://queued.example/t.js', queue}],
      vendors: [{id: 'queued'}],
    });

    for (const [queue, put] of rows) {
      it(`is emptied with a refusal, and again before a later grant: ${queue}`, async () => {
        const list: unknown[] = ['undecided'];
        put(list);
        const {grant, refused, names} = setup(queued(queue));
        refused.add('queued');
        await grant();
        expect(list).to.deep.equal([]);
        list.push('while refused');
        refused.clear();
        await grant('queued');
        expect(list).to.deep.equal([]);
        expect(names()).to.deep.equal(['https://queued.example/t.js']);
      });
    }

    it('is left to the script that has been let in, which finds its stop call there', async () => {
      const list: unknown[] = [];
      page['queuedList'] = list;
      const {grant, refused} = setup({...queued('queuedList'), granted: ['queued']});
      await turn();
      list.push(['start'], ['stop']);
      refused.add('queued');
      await grant();
      expect(list).to.deep.equal([['start'], ['stop']]);
    });

    it('is nobody\u2019s where the page has put something else there', async () => {
      page['queuedList'] = {push() {}};
      const {grant, refused} = setup(queued('queuedList'));
      refused.add('queued');
      await grant();
      expect(reported).to.deep.equal([]);
    });
  });

  describe('after a choice', () => {
    it('lets vendors in slice by slice, each a task of its own, so that the page can paint and answer in between', async () => {
      const tasks: string[] = [];
      const {gate, grantSilently} = setup({
        vendors: [heatmap, pixel],
        injectTag: async ({url}) => {
          tasks.push(`${url}`);
          // More than fits into a slice.
          const start = performance.now();
          while (performance.now() - start < 12);
          // The last microtask of this task, after all that the gate may have put into the queue of microtasks.
          for (let turn = 0; turn < 20; turn++) await null;
          tasks.push('end of task');
        },
      });
      grantSilently('heatmap', 'pixel');
      gate.open(createPace());
      for (let turn = 0; turn < 20; turn++) await null;
      tasks.push('end of task');
      while (tasks.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
      expect(tasks).to.deep.equal(['end of task', heatmap.src, 'end of task', pixel.src, 'end of task']);
    });

    it('lets nothing in that is revoked before its task has come', async () => {
      const {gate, names, grantSilently} = setup({vendors: [heatmap]});
      const pace = createPace();
      grantSilently('heatmap');
      gate.open(pace);
      await null;
      grantSilently();
      gate.open(pace);
      await null;
      // Behind the task in which the vendor would have come.
      await new Promise<void>((resolve) => pace.later({}, resolve));
      expect(names()).to.deep.equal([]);
    });
  });

  describe('a queue that several vendors share', () => {
    const drops: string[] = [];
    const drop = () => drops.push('drop');
    const pair = ['one', 'two'].map((id) => ({
      id,
      category: 'analytics',
      src: () => `https://${id}.example/t.js`,
      drop,
    }));
    beforeEach(() => {
      drops.length = 0;
    });

    it('is kept where one is refused and another hears it', async () => {
      const {grant, refused} = setup({
        catalogue: pair,
        vendors: [{id: 'one'}, {id: 'two'}],
        granted: ['one'],
      });
      refused.add('two');
      await grant('one');
      expect(drops).to.deep.equal([]);
    });

    it('is forgotten where all had been refused and are granted together', async () => {
      const {grant, refused} = setup({catalogue: pair, vendors: [{id: 'one'}, {id: 'two'}]});
      refused.add('one').add('two');
      await grant();
      drops.length = 0;
      refused.clear();
      await grant('one', 'two');
      expect(drops).not.to.deep.equal([]);
    });
  });

  describe('a vendor that needs events which are over', () => {
    it('stays out where its grant is taken back before somebody looks after them, and comes in later', async () => {
      let attend = () => {};
      const {grant, names} = setup({
        vendors: [{...heatmap, lateEvents: true}],
        attend: () => new Promise<void>((resolve) => (attend = resolve)),
      });
      await grant('heatmap');
      await grant();
      attend();
      await turn();
      expect(names()).to.deep.equal([]);
      await grant('heatmap');
      attend();
      await turn();
      expect(names()).to.deep.equal([heatmap.src]);
    });

    it('is let in once somebody looks after them', async () => {
      const {grant, names, attended} = setup({vendors: [{...heatmap, lateEvents: true}, pixel]});
      expect(attended).to.deep.equal([]);
      await grant('heatmap', 'pixel');
      expect(names()).to.have.members([heatmap.src, pixel.src]);
      expect(attended).to.deep.equal(['heatmap']);
    });
  });

  describe('tells of every tag what has become of it:', () => {
    it('waiting, inserted, loaded', async () => {
      const {gate, grant, finish} = setup({vendors: [heatmap, pixel]});
      expect(gate.tags.map(({vendor, state}) => [vendor, state])).to.deep.equal([
        ['heatmap', 'waiting'],
        ['pixel', 'waiting'],
      ]);
      await grant('heatmap');
      expect(gate.tags[0]).to.include({vendor: 'heatmap', category: 'analytics', state: 'inserted'});
      expect(gate.tags[0]?.insertedAt).to.be.a('number');
      await finish(heatmap.src);
      expect(gate.tags[0]?.state).to.equal('loaded');
      expect(gate.tags[1]?.state).to.equal('waiting');
    });

    it('failed, and why', async () => {
      const {gate, grant, fail} = setup({vendors: [heatmap]});
      await grant('heatmap');
      await fail(heatmap.src);
      expect(gate.tags[0]?.state).to.equal('failed');
      expect(gate.tags[0]?.error).to.be.a('string');
    });
  });

  it('reports a tag that does not answer, once, and one that answers after all', async () => {
    const {setTimeout: wait} = window;
    const timers: (() => void)[] = [];
    window.setTimeout = ((run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
      delay > 10_000 ? timers.push(() => run(...args)) : wait(run, delay)) as typeof setTimeout;
    try {
      const {grant, loads, finish} = setup({vendors: [heatmap]});
      await grant('heatmap');
      for (const ring of timers) ring();
      expect(loads).to.deep.equal([`heatmap|analytics|${heatmap.src} failed: no answer`]);
      await finish(heatmap.src);
      expect(loads.slice(1)).to.deep.equal([`heatmap|analytics|${heatmap.src}`]);
    } finally {
      window.setTimeout = wait;
    }
  });

  it('watches an open shadow root where it is asked to', async () => {
    const {gate, grant, names} = setup();
    const shadow = document.createElement('div').attachShadow({mode: 'open'});
    shadow.innerHTML = script('data-consent=analytics', 'one');
    root.append(shadow.host);
    gate.watch(shadow);
    await grant('analytics');
    expect(names()).to.deep.equal(['one']);
    const later = document.createElement('p');
    later.innerHTML = script('data-consent=analytics', 'two');
    shadow.append(later);
    await turn();
    expect(names()).to.deep.equal(['one', 'two']);
  });
});
