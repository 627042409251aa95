import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {type Choice, type Core, createChoice} from '../../src/choice.js';
import {normalizeConfig} from '../../src/config/normalize-config.js';
import type {AgeBand, ConsentConfig} from '../../src/config/types.js';
import type {ConsentEvents} from '../../src/consent/change-event.js';
import {createConsentStore, grantsOf} from '../../src/consent/consent-store.js';
import {createCookieJar, recordIn} from '../../src/consent/cookie-jar.js';
import type {Answers} from '../../src/consent/decide.js';
import {type ConsentRecord, decodeRecord, encodeRecord, type Source} from '../../src/consent/record.js';
import type {Link} from '../../src/follow-links.js';
import type {Load} from '../../src/load.js';
import {resolveCircumstances, type Visitor} from '../../src/policy/resolve-regime.js';
import type {ConsentGate} from '../../src/start.js';
import {ConsentConnectEvent, type OpenOptions, type Ui, type UiHost} from '../../src/ui-contract.js';
import {catalogue} from '../../src/vendors/index.js';
import {clearStorage, setCookie, withBlocked} from './consent/support.js';

const CONFIG: ConsentConfig = {
  vendors: [
    {id: 'heatmap', category: 'analytics', cookies: ['_heat*']},
    'meta-pixel',
    {id: 'login', category: 'essential'},
  ],
};

interface Options {
  config?: ConsentConfig;
  /** Lists of a record that is stored already. */
  stored?: string;
  visitor?: Visitor;
  gpc?: boolean;
  /** Whether a withdrawal makes the page reload. */
  reloads?: boolean;
  /** Where it must not. */
  stays?: boolean;
  /** A link has denied, and the page is held back until `release()`. */
  isHeld?: boolean;
  /** A file that never comes. */
  failing?: string;
}

const restore: (() => void)[] = [];
afterEach(() => {
  for (const run of restore.splice(0)) run();
  // WebKit allows this a hundred times in ten seconds.
  if (location.hash || history.state) history.replaceState(null, '', location.pathname + location.search);
  clearStorage();
});

const grantsOfText = (text: string) => Object.keys(decodeRecord(text)?.vendors ?? {});

const turn = () => new Promise((resolve) => setTimeout(resolve));
/** Behind which a press in the first layer is carried out. */
const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 150));

/** A choice made a minute ago, unless told otherwise. */
const recordText = (lists: string, secondsAgo = 60) =>
  `1.0.${Math.floor(Date.now() / 1000 - secondsAgo).toString(36)}.banner.${lists}.-`;

/** A choice on a core with a real store and real storage; gate and UI are counted, not real. */
function setup({
  config = CONFIG,
  stored,
  visitor = {},
  gpc = false,
  reloads = false,
  stays = false,
  isHeld = false,
  failing,
}: Options = {}) {
  if (stored !== undefined) {
    const text = recordText(stored);
    setCookie(`consent=${text}`);
    localStorage.setItem('consent', text);
  }
  const settings = normalizeConfig(config, catalogue);
  const jar = createCookieJar(settings);
  const known = {...visitor};
  /** What had been stored when each change was told. */
  const storedAtChange: string[] = [];
  const look = () => resolveCircumstances(settings, known, gpc, isHeld);
  const store = createConsentStore(settings, jar, look, (before, now) => {
    storedAtChange.push(jar.copies()[0]);
    choice.carryOut(before, now);
  });
  const isGranted = (id: string) => grantsOf(store.state)[id] === 'granted';
  /** Every vendor that is granted from the start has run. */
  const running = settings.vendors
    .filter(({id, definition}) => reloads && isGranted(id) && !definition)
    .map(({id, category}) => [id, {owner: {vendor: id, category}, isOn: true}] as const);
  /** Whether this page, which stays, would be loaded anew by now. */
  let isComing = false;
  const createRenewal = (_: () => boolean, putOff: () => void) => ({
    get isComing() {
      return isComing;
    },
    request() {
      if (stays) putOff();
      else isComing = true;
    },
  });

  const files: string[] = [];
  const opened: [string, OpenOptions][] = [];
  const events: [string, object][] = [];
  const checked: unknown[] = [];
  const lines: string[] = [];
  const hosts: UiHost[] = [];
  let prompts = 0;
  let closed = 0;

  const {warn} = console;
  console.warn = (line: string) => lines.push(line);
  restore.push(() => {
    console.warn = warn;
  });

  const load = (async (file: string) => {
    files.push(file);
    if (file === failing) throw Error('blocked');
    if (file === 'check-config.js') return {checkConfig: (value: unknown) => checked.push(value)};
    if (file === 'attend.js') return {watchListeners: () => {}};
    if (file === 'denied.js') return {answer: () => {}};
    if (file === 'shortened.js') return {noteIn: (language: string) => `too long, ${language}`};
    if (file.startsWith('locales/')) return {locale: {}, disclosures: {}};
    return {
      mountUi(host: UiHost) {
        hosts.push(host);
        return {
          open: (view: string, options: OpenOptions) => opened.push([view, options]),
          close: () => closed++,
        };
      },
    };
  }) as unknown as Load;

  const core: Core = {
    config,
    settings,
    jar,
    store,
    load,
    api: {
      subscribe: () => () => {},
      record: () => ({schema: 'consent-gate/1', ...store.state}),
      isGranted,
    } as unknown as ConsentGate,
    look,
    isHeld: () => isHeld,
    gate: {
      open() {},
      watch() {},
      tags: [],
      running: new Map(running),
      isOwnerGranted: ({vendor}) => isGranted(`${vendor}`),
    },
    tellGoogle() {},
    tell: (type: keyof ConsentEvents, fields: object) => events.push([type, fields]),
    visitor: known,
    promptIfDue: () => prompts++,
    see() {},
  };
  const choice: Choice = createChoice(core, createRenewal);

  return {
    choice,
    store,
    jar,
    files,
    opened,
    events,
    checked,
    lines,
    storedAtChange,
    prompts: () => prompts,
    closed: () => closed,
    isComing: () => isComing,
    /** As where the code that decides does not come: the page is held back from now on. */
    hold() {
      isHeld = true;
      store.refresh();
    },
    /** The link has been followed: its denial is stored, and what was granted counts again. */
    release() {
      isHeld = false;
      choice.tidy(true);
    },
    granted: () => {
      const grants = grantsOf(store.state);
      return Object.keys(grants).filter((id) => grants[id] === 'granted');
    },
    /** What the UI is given. */
    async host(): Promise<UiHost> {
      choice.connect(new ConsentConnectEvent((host) => hosts.push(host)));
      await turn();
      return hosts.at(-1) as UiHost;
    },
  };
}

const ALL = ['essential', 'functional', 'analytics', 'advertising', 'heatmap', 'meta-pixel', 'login'];
const REQUIRED = ['essential', 'login'];

describe('createChoice', () => {
  describe('deciding', () => {
    it('grants everything by acceptAll', () => {
      const {choice, granted, store} = setup();
      choice.acceptAll();
      expect(granted()).to.have.members(ALL);
      expect(store.state.decided).to.equal(true);
    });

    it('denies everything optional by rejectAll', () => {
      const {choice, granted, store} = setup({stored: 'analytics_advertising.-.-.-'});
      choice.rejectAll();
      expect(granted()).to.have.members(REQUIRED);
      expect(store.state.decided).to.equal(true);
    });

    it('denies by rejectAll what other pages of the site asked about', () => {
      const {choice, jar} = setup({stored: 'partners.-.far-vendor.-'});
      choice.rejectAll();
      const record = recordIn(jar.copies());
      expect(record?.categories['partners']).to.equal('denied');
      expect(record?.vendors['far-vendor']).to.not.equal('granted');
    });

    it('keeps what is not answered by decide', () => {
      const {choice, granted} = setup({stored: 'functional.-.-.-'});
      choice.decide({categories: {analytics: 'granted'}, vendors: {heatmap: 'denied'}});
      expect(granted()).to.have.members([...REQUIRED, 'functional', 'analytics']);
    });

    for (const answers of [undefined, null, 1, 'granted', [], {categories: 'granted', vendors: null}]) {
      it(`grants nothing, and does not throw, for ${JSON.stringify(answers)}`, () => {
        const {choice, granted} = setup();
        choice.decide(answers as unknown as Answers);
        expect(granted()).to.have.members(REQUIRED);
      });
    }

    it('stores the choice before anyone is told', () => {
      const {choice, storedAtChange, store} = setup();
      choice.acceptAll();
      expect(storedAtChange).to.deep.equal([encodeRecord(store.record as ConsentRecord)]);
    });

    it('stores cookie and mirror', () => {
      const {choice, jar, store} = setup();
      choice.acceptAll();
      const text = encodeRecord(store.record as ConsentRecord);
      expect(jar.copies()).to.deep.equal([text, text]);
    });

    describe('a press in the first layer', () => {
      it('is carried out behind the frame that shows that it was heard', async () => {
        const {choice, granted} = setup();
        choice.acceptAll('banner');
        expect(granted()).to.have.members(REQUIRED);
        await nextFrame();
        expect(granted()).to.have.members(ALL);
      });

      it('comes before whatever is decided after it', async () => {
        const {choice, granted} = setup();
        choice.acceptAll('banner');
        choice.rejectAll();
        expect(granted()).to.have.members(REQUIRED);
        await nextFrame();
        expect(granted()).to.have.members(REQUIRED);
      });

      it('is one that the page does not outlive', () => {
        const {choice, granted} = setup();
        choice.acceptAll('banner');
        dispatchEvent(new PageTransitionEvent('pagehide'));
        expect(granted()).to.have.members(ALL);
      });

      it('is forgotten with all else', async () => {
        const {choice, granted} = setup();
        choice.acceptAll('banner');
        choice.erase();
        await nextFrame();
        expect(granted()).to.have.members(REQUIRED);
      });
    });

    it('notes what caused it', async () => {
      const {choice, store} = setup();
      choice.acceptAll('banner');
      await nextFrame();
      expect(store.state.source).to.equal('banner');
      choice.rejectAll('preferences');
      expect(store.state.source).to.equal('preferences');
      choice.decide({}, 'embed');
      expect(store.state.source).to.equal('embed');
    });

    it('notes the page itself where it is not told, or told nonsense', () => {
      const {choice, store} = setup();
      for (const source of [undefined, 'vendor', new Event('click'), null]) {
        choice.acceptAll(source as unknown as Source);
        expect(store.state.source).to.equal('api');
      }
    });

    it('grants nothing that Global Privacy Control denies', () => {
      const {choice, granted} = setup({gpc: true});
      choice.acceptAll();
      expect(granted()).to.have.members(ALL.filter((id) => id !== 'advertising' && id !== 'meta-pixel'));
    });

    it('builds on what another tab has stored, even before anybody has heard of it', () => {
      const {choice, granted} = setup();
      setCookie(`consent=${recordText('functional.-.-.-')}`);
      choice.decide({categories: {analytics: 'granted'}});
      expect(granted()).to.include.members(['functional', 'analytics']);
    });

    it('stores a choice with more exceptions than a record can hold: refusing comes first', () => {
      const ids = Array.from({length: 200}, (_, index) => `vendor-${index}-of-many`);
      const vendors = ids.map((id, index) => ({id, category: index % 2 ? 'analytics' : 'functional'}));
      const {choice, jar, granted} = setup({config: {vendors}});
      const refused = ids.filter((_, index) => index % 2);
      choice.decide({
        categories: {functional: 'granted', analytics: 'granted', advertising: 'granted'},
        vendors: Object.fromEntries(refused.map((id) => [id, 'denied' as const])),
      });
      expect(recordIn(jar.copies())).to.not.equal(null);
      expect(granted()).to.not.include.members(['analytics']);
      for (const id of refused) expect(granted(), id).to.not.include(id);
      expect(granted()).to.include.members(['essential', 'functional', 'advertising']);
    });

    it('holds for this page where storage is blocked, and says so', () => {
      const {choice, granted, lines} = setup();
      withBlocked(['cookie', 'storage'], () => choice.acceptAll());
      expect(granted()).to.have.members(ALL);
      expect(lines.join()).to.match(/cannot be stored/);
    });
  });

  describe('withdraw', () => {
    it('denies one vendor', () => {
      const {choice, granted, store} = setup({stored: 'analytics_advertising.-.-.-'});
      choice.withdraw('heatmap');
      expect(granted()).to.have.members([...REQUIRED, 'analytics', 'advertising', 'meta-pixel']);
      expect(store.state.source).to.equal('api');
    });

    it('denies one category and its vendors', () => {
      const {choice, granted} = setup({stored: 'analytics_advertising.-.-.-'});
      choice.withdraw('analytics');
      expect(granted()).to.have.members([...REQUIRED, 'advertising', 'meta-pixel']);
    });

    it('denies a vendor that was granted by name', () => {
      const {choice, granted} = setup({stored: '-.analytics.heatmap.-'});
      choice.withdraw('heatmap');
      expect(granted()).to.have.members(REQUIRED);
    });

    it('denies everything optional without an id', () => {
      const {choice, granted} = setup({stored: 'functional_analytics_advertising.-.-.-'});
      choice.withdraw();
      expect(granted()).to.have.members(REQUIRED);
    });

    for (const id of ['nobody', '', 'constructor', 'Heatmap']) {
      it(`changes nothing for the unknown id "${id}", and says so`, () => {
        const {choice, granted, store, lines} = setup({stored: 'analytics.-.-.-'});
        const {record} = store;
        choice.withdraw(id);
        expect(granted()).to.include('analytics');
        expect(store.record).to.equal(record);
        expect(lines.join()).to.contain(`withdraw: expected the id of a category or vendor, got "${id}"`);
      });
    }

    it('keeps the refusal for the next page', () => {
      const {choice, jar} = setup({stored: 'analytics_advertising.-.-.-'});
      choice.withdraw('heatmap');
      expect(recordIn(jar.copies())?.vendors['heatmap']).to.equal('denied');
    });

    it('cannot be used to grant', () => {
      const {choice, granted} = setup({stored: '-.analytics.-.heatmap'});
      for (const id of ALL) choice.withdraw(id);
      expect(granted()).to.have.members(REQUIRED);
    });
  });

  describe('the history', () => {
    const KEY = 'consent-history';
    const past = () => (JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]).map(decodeRecord);

    it('is empty before a choice, and nothing is stored', async () => {
      const {host} = setup();
      expect((await host()).history()).to.deep.equal([]);
      expect(localStorage.getItem(KEY)).to.equal(null);
    });

    it('has every decision in the form of the cookie, the newest last', async () => {
      const {choice, host, jar} = setup();
      choice.acceptAll('banner');
      choice.withdraw('heatmap', 'preferences');
      choice.rejectAll('link');
      expect(past().map((record) => record?.source)).to.deep.equal(['banner', 'preferences', 'link']);
      expect(JSON.parse(localStorage.getItem(KEY) ?? '').at(-1)).to.equal(jar.copies()[0]);
      expect((await host()).history().map(({source}) => source)).to.deep.equal([
        'banner',
        'preferences',
        'link',
      ]);
    });

    it('a withdrawal stands beside the grant that it took back', () => {
      const {choice} = setup();
      choice.acceptAll();
      choice.withdraw('analytics');
      expect(past().map((record) => record?.categories['analytics'])).to.deep.equal(['granted', 'denied']);
    });

    it('ends with the choice that stands, also where a server has set it', async () => {
      const {host} = setup({stored: 'analytics.-.-.-'});
      expect((await host()).history().map(({categories}) => ({...categories}))).to.deep.equal([
        {analytics: 'granted'},
      ]);
    });

    it('is gone with the record', async () => {
      const {choice, host} = setup();
      choice.acceptAll();
      choice.erase();
      expect(localStorage.getItem(KEY)).to.equal(null);
      expect((await host()).history()).to.deep.equal([]);
    });

    it('grants nothing, whatever it says', () => {
      localStorage.setItem(KEY, JSON.stringify([recordText('analytics_advertising.-.heatmap.-')]));
      const {granted, choice} = setup();
      expect(granted()).to.have.members(REQUIRED);
      choice.withdraw('heatmap');
      expect(granted()).to.have.members(REQUIRED);
    });

    it('is written before the page is told, which may reload it', () => {
      const {choice, storedAtChange} = setup();
      const {setItem} = Storage.prototype;
      const order: string[] = [];
      Storage.prototype.setItem = function (key, value) {
        order.push(`${key} after ${storedAtChange.length}`);
        setItem.call(this, key, value);
      };
      choice.acceptAll();
      Storage.prototype.setItem = setItem;
      expect(order).to.deep.equal(['consent after 0', 'consent-history after 0']);
    });

    it('is not there where storage is blocked; the choice is', () => {
      const {choice, granted} = setup();
      withBlocked(['storage'], () => choice.acceptAll());
      expect(granted()).to.have.members(ALL);
      expect(localStorage.getItem(KEY)).to.equal(null);
    });

    it('is not written by what only tidies', () => {
      const {choice} = setup({stored: 'analytics.-.-.-'});
      localStorage.removeItem('consent');
      choice.tidy();
      expect(localStorage.getItem(KEY)).to.equal(null);
    });
  });

  describe('erase', () => {
    it('goes back to a first visit', () => {
      const {choice, store, jar} = setup({stored: 'analytics.-.-.-'});
      choice.erase();
      expect(store.record).to.equal(null);
      expect(store.state).to.include({decided: false, decidedAt: null, source: null});
      expect(jar.copies()).to.deep.equal(['', '']);
    });

    it('asks again', () => {
      const {choice, prompts} = setup({stored: 'analytics.-.-.-'});
      choice.erase();
      expect(prompts()).to.equal(1);
    });
  });

  describe('the age', () => {
    const rows: [before: AgeBand | undefined, after: unknown, keeps: boolean][] = [
      ['16+', '13-15', false],
      ['16+', 'u13', false],
      ['13-15', 'u13', false],
      ['16+', 'nonsense', false],
      ['16+', '16+', true],
      ['13-15', '16+', true],
      ['u13', '16+', true],
      ['13-15', '13-15', true],
      // It has only become known: the choice was made by the same person.
      [undefined, '13-15', true],
    ];
    for (const [before, after, keeps] of rows) {
      it(`${before ?? 'unknown'}, then ${after}: the choice ${keeps ? 'stands' : 'is erased'}`, () => {
        const {choice, store} = setup({stored: 'analytics.-.-.-', visitor: {ageBand: before}});
        choice.setAgeBand(after as AgeBand);
        expect(store.record !== null).to.equal(keeps);
      });
    }

    it('revokes at once what a child cannot have', () => {
      const {choice, granted} = setup({stored: 'analytics.-.-.-'});
      choice.setAgeBand('u13');
      expect(granted()).to.have.members(REQUIRED);
    });
  });

  describe('where the page reloads because of it', () => {
    it('a lower age is a choice that the next page finds', () => {
      const {choice, jar} = setup({stored: 'analytics.-.-.-', visitor: {ageBand: '16+'}, reloads: true});
      choice.setAgeBand('u13');
      expect(recordIn(jar.copies())).to.include({source: 'age'});
      expect(setup().granted()).to.have.members(REQUIRED);
    });

    it('a stricter region is a choice that the next page finds', () => {
      const config: ConsentConfig = {...CONFIG, regime: {default: 'opt-in', JP: 'notice'}, region: 'JP'};
      const {choice} = setup({config, visitor: {region: 'JP'}, reloads: true});
      choice.setRegion('DE');
      expect(setup({config, visitor: {region: 'JP'}}).granted()).to.have.members(REQUIRED);
    });

    describe('only refusals are stored, whatever the regime gives to those who have not answered:', () => {
      const config: ConsentConfig = {
        ...CONFIG,
        regime: {default: 'opt-in', JP: 'notice', US: 'opt-out'},
      };
      const rows: [what: string, ...calls: ((choice: Choice) => void)[]][] = [
        [
          'a region that is corrected',
          (choice) => choice.setRegion('DE'),
          (choice) => choice.setRegion('US'),
        ],
        [
          'a region behind a withdrawal',
          (choice) => choice.withdraw('heatmap'),
          (choice) => choice.setRegion('US'),
        ],
        [
          'an age behind a withdrawal',
          (choice) => choice.withdraw('heatmap'),
          (choice) => choice.setAgeBand('16+'),
        ],
      ];
      for (const [what, ...calls] of rows) {
        it(what, () => {
          const {choice, jar} = setup({config, visitor: {region: 'JP'}, reloads: true});
          for (const call of calls) call(choice);
          const {categories, vendors} = recordIn(jar.copies()) as ConsentRecord;
          const grants = Object.entries({...categories, ...vendors}).filter(
            ([, grant]) => grant === 'granted',
          );
          expect(grants).to.deep.equal([['essential', 'granted']]);
          // Elsewhere nobody takes for an answer what only the regime had given.
          expect(setup({config, visitor: {region: 'DE'}}).granted()).to.have.members(REQUIRED);
        });
      }
    });
  });

  describe('more answers than a record can hold', () => {
    const many = Array.from({length: 100}, (_, index) => `one-of-a-hundred-recipients-${index}`);
    const config: ConsentConfig = {
      ui: {language: 'ja'},
      vendors: [...many.map((id) => ({id, category: 'analytics'})), 'meta-pixel'],
    };
    const half = {vendors: Object.fromEntries(many.slice(50).map((id) => [id, 'granted' as const]))};
    const SHORT = ['banner', {denied: '-', note: 'too long, ja'}];

    it('are told of, and the first that have room are granted', async () => {
      const {choice, opened, granted, jar} = setup({config});
      choice.rejectAll();
      choice.decide(half, 'preferences');
      await turn();
      expect(opened).to.deep.equal([SHORT]);
      const kept = granted().filter((id) => id !== 'essential');
      expect(kept).to.deep.equal(many.slice(50, 50 + kept.length));
      expect(kept.length).to.be.above(20);
      expect(grantsOfText(jar.copies()[0])).to.deep.equal(kept);
    });

    it('are told of no more once the next choice fits', async () => {
      const {choice, opened} = setup({config});
      choice.decide(half);
      choice.acceptAll();
      choice.follow(['-opt-out', 'meta-pixel']);
      await turn();
      expect(opened).to.deep.equal([['banner', {denied: 'meta-pixel'}], SHORT]);
    });

    it('are not told of where only refusals had no room, which hold all the same', async () => {
      const far = Array.from({length: 33}, (_, index) => `recipient-of-another-page-${index}`);
      const stored = `essential.analytics.-.${far.join('_')}`;
      const {choice, opened, jar, granted} = setup({config, stored});
      choice.rejectAll();
      await turn();
      expect(jar.copies()[0]).to.match(/\.essential\.analytics_functional_advertising\.-\.recipient/);
      expect(granted()).to.deep.equal(['essential']);
      expect(opened).to.deep.equal([]);
    });

    it('are told of by a link that denies one more', async () => {
      const stored = `essential_analytics.-.-.${many.slice(0, 30).join('_')}`;
      const {choice, opened, granted} = setup({config, stored});
      choice.follow(['-opt-out', many[99]]);
      choice.follow(['-opt-out', many[98]]);
      await turn();
      expect(granted()).to.include(many[50]).and.not.include(many[99]);
      expect(opened.at(-1)).to.deep.equal(['banner', {denied: many[98], note: 'too long, ja'}]);
    });

    it('are told of by the page that comes, where the page is loaded anew', async () => {
      const first = setup({config, stored: 'essential_analytics.advertising.-.-', reloads: true});
      first.choice.decide({...half, categories: {analytics: 'denied'}});
      await turn();
      expect(first.isComing()).to.equal(true);
      expect(first.opened).to.deep.equal([]);
      const second = setup({config});
      await turn();
      expect(second.opened).to.deep.equal([SHORT]);
      const third = setup({config});
      await turn();
      expect(third.opened).to.deep.equal([]);
    });

    it('are told of without the words where their file does not come', async () => {
      const {choice, opened} = setup({config, failing: 'shortened.js'});
      choice.decide(half);
      await turn();
      expect(opened).to.deep.equal([['banner', {denied: '-', note: undefined}]]);
    });
  });

  describe('a page that a link holds back', () => {
    const stored = 'analytics_advertising.-.-.-';
    /** Cookies of vendors, once nothing of an earlier test is still to be swept. */
    const leave = async () => {
      await turn();
      setCookie('_heat1=1');
      setCookie('_fbp=1');
    };

    it('is swept of nothing, since its grants are only not counted yet', async () => {
      const {choice} = setup({stored, isHeld: true});
      await leave();
      choice.tidy();
      choice.tidy(true);
      expect(document.cookie)
        .to.match(/_heat1/)
        .and.to.match(/_fbp/);
    });

    it('is swept of nothing by a choice either, until the link has been followed', async () => {
      const {choice, granted, release} = setup({stored, isHeld: true});
      await leave();
      choice.withdraw('meta-pixel');
      await turn();
      expect(document.cookie)
        .to.match(/_heat1/)
        .and.to.match(/_fbp/);
      release();
      expect(granted()).to.have.members([...REQUIRED, 'analytics', 'advertising', 'heatmap']);
      expect(document.cookie)
        .to.match(/_heat1/)
        .and.not.to.match(/_fbp/);
    });

    it('is not looked after for what another tab stores', async () => {
      const {jar, store} = setup({stored, isHeld: true});
      setCookie(`consent=${recordText('analytics.-.-.-', 10)}`);
      const copies = jar.copies();
      store.refresh();
      await turn();
      expect(store.record?.categories).to.not.have.property('advertising');
      expect(jar.copies()).to.deep.equal(copies);
    });

    it('does not reload: the next page would be held back as well', () => {
      const {hold, granted, isComing} = setup({stored, reloads: true});
      hold();
      expect(granted()).to.have.members(REQUIRED);
      expect(isComing()).to.equal(false);
    });
  });

  it('takes over the region at once', () => {
    const {choice, store} = setup({config: {...CONFIG, regime: {default: 'opt-in', 'US-CA': 'opt-out'}}});
    choice.setRegion('US-CA');
    expect(store.state).to.include({region: 'US-CA', regime: 'opt-out'});
  });

  describe('open', () => {
    const rows: [view: unknown, opens: string][] = [
      ['banner', 'banner'],
      ['preferences', 'preferences'],
      [undefined, 'preferences'],
      ['', 'preferences'],
      ['Banner', 'preferences'],
      [new Event('click'), 'preferences'],
    ];
    for (const [view, opens] of rows) {
      it(`${view === undefined ? 'nothing' : JSON.stringify(view)} opens the ${opens}`, async () => {
        const {choice, opened} = setup();
        choice.open(view as string, {vendor: 'heatmap'});
        await turn();
        expect(opened).to.deep.equal([[opens, {vendor: 'heatmap'}]]);
      });
    }

    it('tells the page', async () => {
      const {choice, events} = setup();
      choice.open('banner');
      await turn();
      expect(events).to.deep.equal([['consent-open', {view: 'banner'}]]);
    });

    it('decides nothing', async () => {
      const {choice, store} = setup();
      choice.open('banner');
      await turn();
      choice.close();
      await turn();
      expect(store.record).to.equal(null);
    });
  });

  describe('close', () => {
    it('closes what is open', async () => {
      const {choice, closed} = setup();
      choice.open('banner');
      await turn();
      choice.close();
      await turn();
      expect(closed()).to.equal(1);
    });
  });

  describe('a link', () => {
    const stored = 'functional_analytics_advertising.-.-.-';
    const GRANTED = ALL;

    describe('does, in order: address, what is granted after, what opens', () => {
      type Row = [
        optOut: string | undefined,
        id: string | undefined,
        granted: string[],
        view: string,
        options: OpenOptions,
      ];
      const rows: Row[] = [
        [undefined, undefined, GRANTED, 'preferences', {vendor: undefined}],
        [undefined, 'heatmap', GRANTED, 'preferences', {vendor: 'heatmap'}],
        ['-opt-out', undefined, REQUIRED, 'banner', {denied: '*'}],
        ['-opt-out', 'heatmap', GRANTED.filter((id) => id !== 'heatmap'), 'banner', {denied: 'heatmap'}],
        [
          '-opt-out',
          'analytics',
          GRANTED.filter((id) => id !== 'heatmap' && id !== 'analytics'),
          'banner',
          {denied: 'analytics'},
        ],
        ['-opt-out', 'nobody', GRANTED, 'preferences', {vendor: 'nobody'}],
        [undefined, 'nobody', GRANTED, 'preferences', {vendor: 'nobody'}],
      ];
      for (const [optOut, id, after, view, options] of rows) {
        it(`#consent${optOut ?? ''}${id ? `=${id}` : ''}`, async () => {
          const {choice, granted, opened} = setup({stored});
          choice.follow([optOut, id]);
          await turn();
          expect(granted()).to.have.members(after);
          expect(opened).to.deep.equal([[view, options]]);
        });
      }
    });

    it('is noted as what caused the denial', () => {
      const {choice, store, jar} = setup({stored});
      choice.follow(['-opt-out', 'heatmap']);
      expect(store.state.source).to.equal('link');
      expect(recordIn(jar.copies())?.source).to.equal('link');
    });

    it('denies on a first visit as well, for good', () => {
      const {choice, jar} = setup({config: {...CONFIG, regime: 'opt-out'}, visitor: {region: 'US-CA'}});
      choice.follow(['-opt-out', 'heatmap']);
      expect(recordIn(jar.copies())?.vendors['heatmap']).to.equal('denied');
    });

    it('says so where it names nobody', () => {
      const {choice, lines} = setup({stored});
      choice.follow(['-opt-out', 'no-vendor']);
      expect(lines.join()).to.contain('link: expected the id of a category or vendor, got "no-vendor"');
    });

    for (const id of ['essential', 'login']) {
      it(`cannot deny what is required: ${id}`, async () => {
        const {choice, store, opened} = setup({stored});
        const {record} = store;
        choice.follow(['-opt-out', id]);
        await turn();
        expect(store.record).to.equal(record);
        expect(opened).to.deep.equal([['preferences', {vendor: id}]]);
      });
    }

    it('can never grant', () => {
      const ids = fc.oneof(fc.constantFrom(undefined, ...ALL, 'constructor', '*', 'granted'), fc.string());
      fc.assert(
        fc.property(fc.constantFrom(undefined, '', '-opt-out'), ids, (optOut, id) => {
          const {choice, granted} = setup({stored: 'functional.advertising.heatmap.-'});
          const before = granted();
          choice.follow([optOut, id]);
          expect(before).to.include.members(granted());
          clearStorage();
        }),
        {numRuns: 60},
      );
    });

    describe('that was found in the address', () => {
      const answer = recordText('functional_analytics_advertising.-.-.-', -5);
      const setupArrived = (state: unknown) => {
        const page = setup({stored});
        page.choice.follow(['-opt-out', 'heatmap'], true);
        setCookie(`consent=${answer}`);
        localStorage.setItem('consent', answer);
        page.store.refresh();
        history.replaceState(state, '');
        return page;
      };

      it('does nothing where a router puts it back after a newer choice', () => {
        const {choice, granted} = setupArrived({key: 'a route of the page'});
        choice.follow(['-opt-out', 'heatmap'], true);
        expect(granted()).to.include('heatmap');
      });

      it('does nothing either on the page that is loaded with what the router has put back', () => {
        setupArrived({key: 'a route of the page'}).choice.follow(['-opt-out', 'heatmap'], true);
        const {choice, granted} = setup();
        choice.follow(['-opt-out', 'heatmap'], true);
        expect(granted()).to.include('heatmap');
      });

      it('denies again where the visitor enters it again', () => {
        const {choice, granted} = setupArrived(null);
        choice.follow(['-opt-out', 'heatmap'], true);
        expect(granted()).to.not.include('heatmap');
      });

      it('denies where it is pressed, whatever was found there before', () => {
        const {choice, granted} = setupArrived({key: 'a route of the page'});
        choice.follow(['-opt-out', 'heatmap']);
        expect(granted()).to.not.include('heatmap');
      });
    });

    describe('where the page is loaded anew', () => {
      it('is said by the page that comes', async () => {
        const first = setup({stored, reloads: true});
        first.choice.follow(['-opt-out', 'heatmap']);
        await turn();
        expect(first.opened).to.deep.equal([]);
        const second = setup();
        await turn();
        expect(second.opened).to.deep.equal([['banner', {denied: 'heatmap'}]]);
        const third = setup();
        await turn();
        expect(third.opened).to.deep.equal([]);
      });

      it('is said at once where the page has to stay', async () => {
        const {choice, opened, host} = setup({stored, reloads: true, stays: true});
        choice.follow(['-opt-out', 'heatmap']);
        await turn();
        expect(opened).to.deep.equal([['banner', {denied: 'heatmap'}]]);
        expect((await host()).stopsLater).to.equal(true);
      });
    });

    it('leaves it to no link to say that what runs stops later', async () => {
      const {choice, opened, host} = setup({stored, reloads: true, stays: true});
      choice.rejectAll('preferences');
      await turn();
      expect(opened).to.deep.equal([['banner', {denied: '-'}]]);
      expect((await host()).stopsLater).to.equal(true);
      choice.acceptAll('preferences');
      expect((await host()).stopsLater).to.equal(false);
    });

    describe('can be undone', () => {
      it('which puts the earlier choice back, letter for letter', async () => {
        const {choice, host, jar, granted} = setup({stored});
        const before = jar.copies();
        choice.follow(['-opt-out', undefined]);
        (await host()).undo();
        expect(granted()).to.have.members(GRANTED);
        expect(jar.copies()).to.deep.equal(before);
      });

      it('which goes back to a first visit where there was no choice', async () => {
        const {choice, host, store, prompts} = setup();
        choice.follow(['-opt-out', undefined]);
        expect(store.state.decided).to.equal(true);
        (await host()).undo();
        expect(store.record).to.equal(null);
        expect(prompts()).to.equal(1);
      });

      it('which never gives more than there was', async () => {
        const {choice, host, granted} = setup({stored: 'analytics.advertising.-.-'});
        choice.follow(['-opt-out', undefined]);
        (await host()).undo();
        expect(granted()).to.have.members([...REQUIRED, 'analytics', 'heatmap']);
      });

      it('but not once something else has been chosen', async () => {
        const {choice, host, granted} = setup({stored});
        choice.follow(['-opt-out', 'heatmap']);
        const ui = await host();
        choice.rejectAll();
        ui.undo();
        expect(granted()).to.have.members(REQUIRED);
      });

      it('but not over what another tab has chosen since', async () => {
        const {choice, host, granted} = setup({stored});
        choice.follow(['-opt-out', 'heatmap']);
        const ui = await host();
        const refusal = recordText('-.functional_analytics_advertising.-.-', -1);
        setCookie(`consent=${refusal}`);
        localStorage.setItem('consent', refusal);
        ui.undo();
        expect(granted()).to.have.members(REQUIRED);
      });

      it('after a reload', async () => {
        const first = setup({stored, reloads: true});
        first.choice.follow(['-opt-out', 'heatmap']);
        // The page after the reload: the denial is stored.
        const second = setup();
        expect(second.granted()).to.not.include('heatmap');
        (await second.host()).undo();
        expect(second.granted()).to.have.members(GRANTED);
      });

      it('after a reload, where there was no choice', async () => {
        const config: ConsentConfig = {...CONFIG, regime: 'opt-out'};
        const first = setup({config, reloads: true});
        first.choice.follow(['-opt-out', 'heatmap']);
        const second = setup({config});
        expect(second.granted()).to.not.include('heatmap');
        (await second.host()).undo();
        expect(second.store.record).to.equal(null);
      });

      it('and leaves nothing behind', async () => {
        const first = setup({stored, reloads: true});
        first.choice.follow(['-opt-out', 'heatmap']);
        setup();
        expect(sessionStorage).to.have.length(0);
      });
    });
  });

  describe('recordEndpoint', () => {
    interface Posted {
      url: string;
      init: RequestInit;
    }

    function setupEndpoint(options: Options & {fails?: number} = {}) {
      const posted: Posted[] = [];
      let {fails = 0} = options;
      const {fetch} = window;
      window.fetch = async (url, init = {}) => {
        posted.push({url: String(url), init});
        if (fails-- > 0) throw TypeError('offline');
        return new Response();
      };
      restore.push(() => {
        window.fetch = fetch;
      });
      return {posted, ...setup({config: {...CONFIG, recordEndpoint: '/records'}, ...options})};
    }
    const bodyOf = (posted: Posted | undefined) =>
      JSON.parse(String(posted?.init.body)) as Record<string, unknown>;

    it('receives every decision as JSON, even on the way out of the page', async () => {
      const {choice, posted} = setupEndpoint();
      choice.acceptAll('banner');
      await nextFrame();
      expect(posted).to.have.length(1);
      expect(posted[0]?.url).to.equal('/records');
      expect(posted[0]?.init).to.deep.include({
        method: 'POST',
        keepalive: true,
        headers: {'content-type': 'application/json'},
      });
    });

    it('receives the full record of the new choice', async () => {
      const {choice, posted, store} = setupEndpoint();
      choice.acceptAll('banner');
      await nextFrame();
      const body = bodyOf(posted[0]);
      expect(body).to.deep.include({schema: 'consent-gate/1', decided: true, source: 'banner'});
      expect(body['categories']).to.deep.equal(store.state.categories);
      expect(body['id']).to.be.a('string').that.is.equal(store.record?.id);
    });

    it('receives a withdrawal under the same id', async () => {
      const {choice, posted} = setupEndpoint();
      choice.acceptAll();
      await turn();
      choice.withdraw();
      await turn();
      expect(posted).to.have.length(2);
      expect(bodyOf(posted[0])['categories']).to.include({analytics: 'granted'});
      expect(bodyOf(posted[1])['categories']).to.include({analytics: 'denied'});
      expect(bodyOf(posted[1])['id']).to.equal(bodyOf(posted[0])['id']);
    });

    it('receives of a link what holds once it has been followed, and not that everything is held back', async () => {
      const stored = 'analytics_advertising.-.-.-';
      const {choice, posted, release} = setupEndpoint({stored, isHeld: true});
      choice.follow(['-opt-out', 'heatmap']);
      release();
      await turn();
      expect(posted).to.have.length(1);
      const body = bodyOf(posted[0]);
      expect(body).to.include({source: 'link'});
      expect(body['vendors']).to.deep.equal({heatmap: 'denied', 'meta-pixel': 'granted', login: 'granted'});
    });

    it('receives nothing where nobody decides', async () => {
      const {choice, posted} = setupEndpoint({
        config: {...CONFIG, recordEndpoint: '/records'},
        stored: 'analytics.-.-.-',
      });
      choice.open('banner');
      choice.withdraw('nobody');
      choice.tidy();
      await turn();
      expect(posted).to.deep.equal([]);
    });

    for (const recordEndpoint of [undefined, null, 5, true, {}]) {
      it(`is none where it is ${JSON.stringify(recordEndpoint)}`, async () => {
        const {choice, posted} = setupEndpoint({
          config: {...CONFIG, recordEndpoint} as unknown as ConsentConfig,
        });
        choice.acceptAll();
        await turn();
        expect(posted).to.deep.equal([]);
      });
    }

    it('receives it once the visitor is online again, and only once', async () => {
      const {choice, posted} = setupEndpoint({fails: 1});
      choice.acceptAll();
      await turn();
      expect(posted).to.have.length(1);
      window.dispatchEvent(new Event('online'));
      window.dispatchEvent(new Event('online'));
      await turn();
      expect(posted).to.have.length(2);
    });

    it('holds nothing up where it cannot be reached', async () => {
      const {choice, granted} = setupEndpoint({fails: 1});
      choice.acceptAll();
      await turn();
      expect(granted()).to.have.members(ALL);
    });
  });

  describe('tidy', () => {
    it('removes what denied vendors have left', () => {
      const {choice} = setup({stored: '-.analytics.-.-'});
      setCookie('_heat1=1');
      setCookie('_fbp=1');
      localStorage.setItem('_heat2', '1');
      setCookie('session=1');
      choice.tidy();
      expect(document.cookie).to.not.match(/_heat|_fbp/);
      expect(document.cookie).to.match(/session=1/);
      expect(localStorage.getItem('_heat2')).to.equal(null);
    });

    it('leaves what granted vendors have', () => {
      const {choice} = setup({stored: 'analytics.-.-.-'});
      setCookie('_heat1=1');
      choice.tidy();
      expect(document.cookie).to.match(/_heat1=1/);
    });

    it('makes the missing mirror', () => {
      const text = recordText('analytics.-.-.-');
      setCookie(`consent=${text}`);
      const {choice, jar} = setup();
      choice.tidy();
      expect(jar.copies()).to.deep.equal([text, text]);
    });

    it('makes the missing cookie', () => {
      const text = recordText('analytics.-.-.-');
      localStorage.setItem('consent', text);
      const {choice, jar} = setup();
      choice.tidy();
      expect(jar.copies()).to.deep.equal([text, text]);
    });

    it('lets the newest of two go on', () => {
      const newest = recordText('-.analytics.-.-');
      setCookie(`consent=${recordText('analytics.-.-.-', 120)}`);
      localStorage.setItem('consent', newest);
      const {choice, jar} = setup();
      choice.tidy();
      expect(jar.copies()).to.deep.equal([newest, newest]);
    });

    it('changes nothing that is in order', () => {
      const {choice, jar, storedAtChange} = setup({stored: 'analytics.-.-.-'});
      const before = jar.copies();
      choice.tidy();
      expect(jar.copies()).to.deep.equal(before);
      expect(storedAtChange).to.deep.equal([]);
    });

    it('stores nothing where there is no choice', () => {
      const {choice, jar} = setup();
      choice.tidy();
      expect(jar.copies()).to.deep.equal(['', '']);
    });
  });

  it('has page code answered that waits for a vendor, once that has been taken back', async () => {
    const {choice, files} = setup();
    choice.acceptAll();
    await turn();
    expect(files).to.not.include('denied.js');
    choice.withdraw('analytics');
    await turn();
    expect(files).to.include('denied.js');
  });

  describe('the UI', () => {
    it('is not loaded by a choice', async () => {
      const {choice, files} = setup();
      choice.acceptAll();
      choice.withdraw();
      await turn();
      expect(files.filter((file) => !/^(check-config|attend|denied)/.test(file))).to.deep.equal([]);
    });

    it('is told why a category cannot be switched', async () => {
      const {host} = setup({gpc: true});
      const {lockOf} = await host();
      expect(['essential', 'analytics', 'advertising', 'nobody'].map(lockOf)).to.deep.equal([
        'required',
        null,
        'gpc',
        null,
      ]);
    });

    it('sees the state of now', async () => {
      const {choice, host} = setup();
      const uiHost = await host();
      choice.acceptAll();
      expect(uiHost.state.categories['analytics']).to.equal('granted');
    });

    it('has every setting of how it is to look', async () => {
      const {host} = setup({config: {...CONFIG, ui: {layout: 'box'}}});
      expect((await host()).settings.ui).to.deep.equal({
        layout: 'box',
        language: 'auto',
        theme: 'auto',
        prompt: 'auto',
      });
    });

    it('gets no link that would run as it is pressed', async () => {
      const evil = 'javascript:alert(1)';
      const {host} = setup({
        config: {
          controller: {name: 'Example', contact: evil},
          links: {privacyPolicy: '/privacy/', cookiePolicy: evil},
          policy: {revisions: [{version: '0', url: evil, diff: '/diff'}]},
          vendors: [
            {id: 'heatmap', category: 'analytics', privacyUrl: evil, optOutUrl: 'https://heat.example/'},
          ],
        },
      });
      const {settings} = await host();
      expect(JSON.stringify(settings)).to.not.contain('javascript:');
      expect(settings.controller).to.deep.equal({name: 'Example'});
      expect(settings.links).to.deep.equal({privacyPolicy: '/privacy/'});
      expect(settings.vendors[0]?.optOutUrl).to.equal('https://heat.example/');
    });

    it('decides by the same way as the page', async () => {
      const {host, store, granted} = setup();
      const uiHost = await host();
      uiHost.acceptAll('banner');
      await nextFrame();
      expect(granted()).to.have.members(ALL);
      uiHost.decide({categories: {analytics: 'denied'}}, 'preferences');
      expect(granted()).to.not.include('analytics');
      uiHost.rejectAll('banner');
      await nextFrame();
      expect(granted()).to.have.members(REQUIRED);
      expect(store.state.source).to.equal('banner');
    });

    it('tells what was closed, and the preferences lead back to the question', async () => {
      const {host, events, prompts} = setup();
      const uiHost = await host();
      uiHost.closed('banner');
      expect([events, prompts()]).to.deep.equal([[['consent-close', {view: 'banner'}]], 0]);
      uiHost.closed('preferences');
      expect(events[1]).to.deep.equal(['consent-close', {view: 'preferences'}]);
      expect(prompts()).to.equal(1);
    });
  });

  it('asks, and asks no more once the site has learnt that nobody is asked there', async () => {
    const config = {...CONFIG, regime: {default: 'opt-in', US: 'opt-out'}} as ConsentConfig;
    const asking = setup({config, visitor: {region: 'DE'}});
    asking.choice.ask();
    while (!asking.opened.length) await turn();
    const {choice, opened} = setup({config, visitor: {region: 'DE'}});
    choice.ask();
    choice.setRegion('US-CA');
    for (let count = 0; count < 10; count++) await turn();
    expect([asking.opened[0]?.[0], opened]).to.deep.equal(['banner', []]);
  });

  it('sweeps by the grants of the moment in which it does', async () => {
    const {choice} = setup();
    setCookie('_heat1=1');
    setCookie('_fbp=1');
    choice.rejectAll();
    choice.decide({categories: {analytics: 'granted'}});
    while (document.cookie.includes('_fbp')) await turn();
    expect(document.cookie).to.match(/_heat1=1/);
  });

  describe('a first layer that was there before it', () => {
    const join = (isOpen: boolean) => {
      const given = setup();
      const shown: [string, OpenOptions][] = [];
      let closed = 0;
      const ui = {
        open: (view: string, options: OpenOptions) => shown.push([view, options]),
        close: () => closed++,
      };
      given.choice.join(ui as unknown as Ui, isOpen);
      return {...given, shown, closed: () => closed};
    };

    it('shows what is to be shown from then on', async () => {
      const {choice, files, shown} = join(true);
      choice.follow(['opt-out', 'heatmap'] as unknown as Link);
      await turn();
      expect(shown).to.deep.equal([['banner', {denied: 'heatmap'}]]);
      expect(files).to.not.include('ui.js');
    });

    it('has the page around it looked after where it is open already', async () => {
      expect(join(true).files).to.include('around.js');
      expect(join(false).files).to.not.include('around.js');
    });

    it('gives way to the second one, which shows both', async () => {
      const {choice, opened, shown} = join(true);
      choice.open('preferences');
      choice.open('banner');
      while (opened.length < 2) await turn();
      expect([opened.map(([view]) => view), shown]).to.deep.equal([['preferences', 'banner'], []]);
    });

    it('is closed with the rest', async () => {
      const {choice, closed} = join(true);
      choice.close();
      await turn();
      expect(closed()).to.equal(1);
    });

    it('takes a denial by a link back', async () => {
      const {choice, granted} = join(true);
      choice.acceptAll();
      choice.follow(['opt-out', 'heatmap'] as unknown as Link);
      expect(granted()).to.not.include('heatmap');
      choice.undo();
      expect(granted()).to.include('heatmap');
    });
  });

  it('has the configuration checked where a site is made', async () => {
    const {checked} = setup();
    await turn();
    expect(checked, 'the question comes first').to.be.empty;
    while (!checked.length) await turn();
    expect(checked).to.deep.equal([CONFIG]);
  });
});

describe('a record in a cookie', () => {
  it('is never more than what was decided', () => {
    const grant = fc.constantFrom('granted' as const, 'denied' as const, true, 1, null);
    const answers = fc.record({
      categories: fc.dictionary(fc.constantFrom(...ALL, 'other'), grant),
      vendors: fc.dictionary(fc.constantFrom(...ALL, 'other'), grant),
    });
    fc.assert(
      fc.property(answers, (given) => {
        const {choice, jar, granted} = setup();
        choice.decide(given as unknown as Answers);
        const read = decodeRecord(jar.copies()[0]);
        expect(setup().granted()).to.have.members(granted());
        for (const id of Object.keys(read?.categories ?? {})) {
          if (read?.categories[id] === 'granted' && id !== 'essential') {
            expect(given.categories[id], id).to.equal('granted');
          }
        }
        clearStorage();
      }),
      {numRuns: 60},
    );
  });
});
