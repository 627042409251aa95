import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig} from '../../../src/config/types.js';
import {type Answers, answerAll, decide, losesGrants, shorten} from '../../../src/consent/decide.js';
import {type Grants, resolveLock, resolveState} from '../../../src/consent/grants.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from '../../../src/consent/record.js';
import {resolveCircumstances} from '../../../src/policy/resolve-regime.js';
import {catalogue} from '../../../src/vendors/index.js';

const NOW = 1_800_000_000;
const DAY = 86_400;

const CONFIG: ConsentConfig = {
  policy: {version: '2'},
  vendors: [
    {id: 'login', category: 'essential'},
    {id: 'heatmap', category: 'analytics'},
    {id: 'counter', category: 'analytics'},
    {id: 'meta-pixel'},
  ],
};

interface Situation {
  config?: ConsentConfig;
  /** The four lists of the record before; none: no record. */
  record?: string;
  version?: string;
  daysAgo?: number;
  gpc?: boolean;
  isChild?: boolean;
  id?: string;
}

function setup({
  config = CONFIG,
  record: lists,
  version = '2',
  daysAgo = 1,
  gpc = false,
  isChild = false,
  id = '-',
}: Situation = {}) {
  const settings = normalizeConfig(config, catalogue);
  const time = (NOW - daysAgo * DAY).toString(36);
  const record = lists === undefined ? null : decodeRecord(`1.${version}.${time}.banner.${lists}.${id}`);
  if (lists !== undefined && !record) throw Error(`no record: ${lists}`);
  const circumstances = resolveCircumstances(
    settings,
    {region: 'JP', ageBand: isChild ? 'u13' : undefined},
    gpc,
  );
  const lockOf = (id: string) => {
    const category = settings.categories.find((known) => known.id === id);
    return category ? resolveLock(category, circumstances) : null;
  };
  const answer = (answers: Answers | object) =>
    decide(settings, record, {answers, source: 'preferences', now: NOW, lockOf});
  return {settings, record, circumstances, answer};
}

/** `analytics+ advertising-`, in the order of the names. */
const words = (grants: Grants) =>
  Object.entries(grants)
    .map(([id, grant]) => id + (grant === 'granted' ? '+' : grant === 'denied' ? '-' : `?${grant}`))
    .sort()
    .join(' ');

const both = ({categories, vendors}: ConsentRecord) => `${words(categories)} | ${words(vendors)}`.trim();

describe('decide', () => {
  describe('keeps, in order: answer, record before, categories and vendors after', () => {
    type Row = [rule: string, record: string | undefined, answers: Answers, after: string];
    const rows: Row[] = [
      ['a grant', undefined, {categories: {analytics: 'granted'}}, 'analytics+ essential+ |'],
      ['a refusal', undefined, {categories: {analytics: 'denied'}}, 'analytics- essential+ |'],
      [
        'what is not answered',
        'functional.analytics.-.-',
        {categories: {advertising: 'denied'}},
        'advertising- analytics- essential+ functional+ |',
      ],
      ['the last word', 'analytics.-.-.-', {categories: {analytics: 'denied'}}, 'analytics- essential+ |'],
      ['nothing where nothing is answered', undefined, {}, 'essential+ |'],
      // Vendors
      [
        'a vendor as an exception',
        undefined,
        {categories: {analytics: 'granted'}, vendors: {heatmap: 'denied'}},
        'analytics+ essential+ | heatmap-',
      ],
      ['a vendor granted alone', undefined, {vendors: {heatmap: 'granted'}}, 'essential+ | heatmap+'],
      [
        'no exception that is none',
        undefined,
        {categories: {analytics: 'granted'}, vendors: {heatmap: 'granted', counter: 'denied'}},
        'analytics+ essential+ | counter-',
      ],
      [
        'no exception that has become none',
        'analytics.-.-.heatmap',
        {categories: {analytics: 'denied'}},
        'analytics- essential+ |',
      ],
      [
        'no vendor granted by name in a category refused later',
        '-.analytics.heatmap.-',
        {categories: {analytics: 'denied'}},
        'analytics- essential+ |',
      ],
      [
        'a vendor refused by name in a category granted later',
        '-.-.-.heatmap',
        {categories: {analytics: 'granted'}},
        'analytics+ essential+ | heatmap-',
      ],
      [
        'a vendor granted by name while another category is answered',
        '-.analytics.heatmap.-',
        {categories: {advertising: 'granted'}},
        'advertising+ analytics- essential+ | heatmap+',
      ],
      [
        'one vendor as it was while another is answered',
        'analytics.-.-.heatmap',
        {vendors: {counter: 'denied'}},
        'analytics+ essential+ | counter- heatmap-',
      ],
      // What other pages of the site asked about
      [
        'the word of other pages',
        'partners.shops.far-vendor.near-vendor',
        {categories: {analytics: 'granted'}},
        'analytics+ essential+ partners+ shops- | far-vendor+ near-vendor-',
      ],
      [
        'an answer about what other pages asked',
        'partners.-.far-vendor.-',
        {categories: {partners: 'denied'}, vendors: {'far-vendor': 'denied'}},
        'essential+ partners- | far-vendor-',
      ],
      [
        'no answer about what nobody asked',
        undefined,
        {categories: {nowhere: 'granted'}, vendors: {nobody: 'granted'}},
        'essential+ |',
      ],
      // What is required
      [
        'what is required, whatever the answer',
        undefined,
        {categories: {essential: 'denied'}},
        'essential+ |',
      ],
      ['what is required, whatever the record', '-.essential.-.-', {}, 'essential+ |'],
    ];
    for (const [rule, record, answers, after] of rows) {
      it(rule, () => {
        const {answer} = setup({...(record !== undefined && {record})});
        expect(both(answer(answers))).to.equal(after);
      });
    }
  });

  describe('takes for a refusal every answer but the very word granted', () => {
    for (const answer of [
      true,
      1,
      'Granted',
      'granted ',
      'yes',
      'denied',
      {},
      ['granted'],
      Object('granted'),
    ]) {
      it(`${typeof answer} ${JSON.stringify(answer)}`, () => {
        const answers = {categories: {analytics: answer}, vendors: {'meta-pixel': answer}};
        expect(both(setup().answer(answers))).to.equal('analytics- essential+ | meta-pixel-');
      });
    }
  });

  describe('takes for no answer', () => {
    for (const answer of [undefined, null, '', 0, false]) {
      it(JSON.stringify(answer) ?? 'undefined', () => {
        const {answer: give} = setup({record: 'analytics.-.-.heatmap'});
        const after = give({categories: {analytics: answer}, vendors: {heatmap: answer}});
        expect(both(after)).to.equal('analytics+ essential+ | heatmap-');
      });
    }
  });

  it('hears only what an answer itself says, not what it inherits', () => {
    const answers = {
      categories: Object.create({analytics: 'granted'}),
      vendors: Object.create({heatmap: 'granted'}),
    };
    expect(both(setup().answer(answers))).to.equal('essential+ |');
  });

  it('never grants, and never throws, for answers that are none', () => {
    const {answer} = setup();
    fc.assert(
      fc.property(fc.anything({withNullPrototype: true}), fc.anything(), (categories, vendors) => {
        const after = answer({categories, vendors});
        fc.pre(!JSON.stringify([categories, vendors])?.includes('"granted"'));
        expect(words(after.categories)).to.not.match(/(analytics|advertising|functional)\+/);
        expect(words(after.vendors)).to.not.include('+');
      }),
    );
  });

  describe('with ids that objects inherit', () => {
    const config: ConsentConfig = {
      categories: ['constructor', 'toString', 'analytics'],
      vendors: [
        {id: 'valueOf', category: 'constructor'},
        {id: 'hasOwnProperty', category: 'analytics'},
      ],
    };

    it('leaves them undecided until they are answered', () => {
      expect(both(setup({config}).answer({categories: {analytics: 'granted'}}))).to.equal('analytics+ |');
    });

    it('keeps what is answered', () => {
      const answers: Answers = {
        categories: {constructor: 'granted', toString: 'denied'} as unknown as Grants,
        vendors: {valueOf: 'denied', hasOwnProperty: 'granted'} as unknown as Grants,
      };
      expect(both(setup({config}).answer(answers))).to.equal(
        'constructor+ toString- | hasOwnProperty+ valueOf-',
      );
    });

    it('makes a record in which they are undecided as well', () => {
      const {settings, circumstances, answer} = setup({config});
      const after = answer({categories: {analytics: 'denied'}});
      const {categories, vendors, decided} = resolveState(settings, after, circumstances, NOW);
      expect(words(categories)).to.equal('analytics- constructor- toString-');
      expect(words(vendors)).to.equal('hasOwnProperty- valueOf-');
      expect(decided).to.equal(false);
    });
  });

  describe('where a signal or an age locks a category', () => {
    it('keeps a refusal, so that the answer cannot take effect once the signal is gone', () => {
      const after = setup({gpc: true}).answer({categories: {advertising: 'granted', analytics: 'granted'}});
      expect(words(after.categories)).to.equal('advertising- analytics+ essential+');
    });

    it('grants nothing to a child', () => {
      const {answer, settings} = setup({isChild: true});
      const after = answer(answerAll(settings, 'granted'));
      expect(words(after.categories)).to.equal('advertising- analytics- essential+ functional-');
    });

    it('grants none of its vendors either', () => {
      const {answer, settings} = setup({gpc: true});
      expect(words(answer(answerAll(settings, 'granted')).vendors)).to.equal('');
      expect(words(answer({vendors: {'meta-pixel': 'granted'}}).vendors)).to.not.include('meta-pixel+');
    });

    it('grants nothing that would hold for a child who has grown older', () => {
      const child = setup({isChild: true});
      const after = child.answer(answerAll(child.settings, 'granted'));
      const {settings, circumstances} = setup();
      const {vendors} = resolveState(settings, after, circumstances, NOW);
      expect(words(vendors)).to.equal('counter- heatmap- login+ meta-pixel-');
    });
  });

  describe('after the choice before has gone stale', () => {
    it('keeps its refusals', () => {
      const {answer} = setup({record: '-.advertising.-.heatmap', daysAgo: 200});
      expect(both(answer({categories: {analytics: 'granted'}}))).to.equal(
        'advertising- analytics+ essential+ | heatmap-',
      );
    });

    it('drops its grants by time', () => {
      const {answer} = setup({record: 'advertising_functional.-.heatmap.-', daysAgo: 200});
      expect(both(answer({categories: {analytics: 'denied'}}))).to.equal('analytics- essential+ |');
    });

    it('drops the grants that a material revision names', () => {
      const config = {
        ...CONFIG,
        policy: {version: '2', revisions: [{version: '2', material: ['advertising', 'heatmap']}]},
      };
      const {answer} = setup({config, record: 'advertising_functional.-.heatmap.-', version: '1'});
      expect(both(answer({categories: {analytics: 'denied'}}))).to.equal(
        'analytics- essential+ functional+ |',
      );
    });
  });

  it('notes policy version, time and source', () => {
    expect(setup({record: '-.-.-.-', version: '1'}).answer({})).to.include({
      policyVersion: '2',
      decidedAt: NOW,
      source: 'preferences',
    });
  });

  it('leaves the record before as it was', () => {
    const {answer, record} = setup({record: 'analytics.-.heatmap.-'});
    answer({categories: {analytics: 'denied'}, vendors: {heatmap: 'denied'}});
    expect(both(record as ConsentRecord)).to.equal('analytics+ | heatmap+');
  });

  describe('gives an id', () => {
    const config = {...CONFIG, recordEndpoint: '/records'};

    it('to no record where the site keeps none', () => {
      expect(setup().answer({}).id).to.equal(null);
    });

    it('that is taken away where the site keeps records no longer', () => {
      expect(setup({record: '-.-.-.-', id: 'a-1'}).answer({}).id).to.equal(null);
    });

    it('of random characters that a record can hold', () => {
      const record = setup({config}).answer({});
      expect(record.id).to.match(/^[a-z0-9-]{8,40}$/);
      expect(decodeRecord(encodeRecord(record))?.id).to.equal(record.id);
    });

    it('of its own to each visitor', () => {
      const ids = new Set(Array.from({length: 50}, () => setup({config}).answer({}).id));
      expect(ids.size).to.equal(50);
    });

    it('that stays the same for later choices', () => {
      expect(setup({config, record: '-.-.-.-', id: 'a-1'}).answer({}).id).to.equal('a-1');
    });
  });

  it('answers the question: who has answered everything is not asked again', () => {
    const version = fc.constantFrom(undefined, '1', '2', '10', '2026-04-01', '2026-11-01');
    const revision = fc.record({
      version: version.map((text) => text ?? '3'),
      material: fc.constantFrom(true, false, ['analytics'], ['heatmap', 'advertising']),
    });
    fc.assert(
      fc.property(
        version,
        fc.array(revision, {maxLength: 3}),
        fc.constantFrom('granted' as const, 'denied' as const),
        (version, revisions, grant) => {
          const policy = {...(version && {version}), revisions};
          const {settings, circumstances, answer} = setup({config: {...CONFIG, policy}});
          const state = resolveState(settings, answer(answerAll(settings, grant)), circumstances, NOW);
          expect(state.decided).to.equal(true);
          expect(state.categories['analytics']).to.equal(grant);
        },
      ),
    );
  });

  it('stores no more than was decided, whatever characters the ids hold', () => {
    const id = fc.string({unit: fc.constantFrom('a', 'b', '_', '.', '-'), minLength: 1, maxLength: 3});
    const ids = fc.uniqueArray(id, {minLength: 2, maxLength: 5});
    fc.assert(
      fc.property(ids, ids, ([first = '', ...others], names) => {
        const config: ConsentConfig = {
          categories: [first, ...others],
          vendors: names.map((name) => ({id: name, category: first})),
        };
        const {settings, circumstances, answer} = setup({config});
        const decided = answer({
          categories: {[first]: 'granted'},
          vendors: {[names[0] as string]: 'granted'},
        });
        const now = resolveState(settings, decided, circumstances, NOW);
        const stored = resolveState(settings, decodeRecord(encodeRecord(decided)), circumstances, NOW);
        expect(words(stored.categories)).to.equal(words(now.categories));
        expect(words(stored.vendors)).to.equal(words(now.vendors));
      }),
    );
  });
});

describe('answerAll', () => {
  it('answers for every category and vendor of the site', () => {
    expect(answerAll(setup().settings, 'granted')).to.deep.equal({
      categories: {essential: 'granted', functional: 'granted', analytics: 'granted', advertising: 'granted'},
      vendors: {login: 'granted', heatmap: 'granted', counter: 'granted', 'meta-pixel': 'granted'},
    });
  });

  it('answers with a record for what its other pages asked as well', () => {
    const {settings, record} = setup({record: 'partners.-.far-vendor.-'});
    const {categories, vendors} = answerAll(settings, 'denied', record);
    expect(categories?.['partners']).to.equal('denied');
    expect(vendors?.['far-vendor']).to.equal('denied');
  });

  it('makes, granted, a record without exceptions', () => {
    const {settings, answer} = setup({record: '-.analytics.-.meta-pixel'});
    expect(both(answer(answerAll(settings, 'granted')))).to.equal(
      'advertising+ analytics+ essential+ functional+ |',
    );
  });

  it('makes, denied, a record in which nothing optional is granted', () => {
    const {settings, record, answer} = setup({record: 'analytics_partners.-.far-vendor_meta-pixel.-'});
    const after = answer(answerAll(settings, 'denied', record));
    expect(words(after.categories)).to.equal('advertising- analytics- essential+ functional- partners-');
    expect(words(after.vendors)).to.not.include('+');
  });
});

describe('shorten', () => {
  /** A hundred vendors in each of two categories, and what a record says about some of them. */
  function setupMany(vendors: Grants, categories: Grants = {functional: 'granted', analytics: 'granted'}) {
    const many = ['functional', 'analytics'].flatMap((category) =>
      Array.from({length: 100}, (_, index) => ({id: `${category}-vendor-${index}`, category})),
    );
    const settings = normalizeConfig({vendors: many}, []);
    const record: ConsentRecord = {
      policyVersion: '0',
      decidedAt: NOW,
      source: 'preferences',
      categories: {essential: 'granted', ...categories},
      vendors,
      id: 'a-1',
    };
    return {record, short: shorten(settings, record)};
  }
  const hundred = (prefix: string, grant: 'granted' | 'denied'): Grants =>
    Object.fromEntries(Array.from({length: 100}, (_, index) => [`${prefix}-${index}`, grant]));

  it('leaves a record as it is where it can be stored', () => {
    const {record, short} = setupMany({'analytics-vendor-1': 'denied'});
    expect(short).to.equal(record);
  });

  const granted = ({vendors}: ConsentRecord) =>
    Object.keys(vendors).filter((id) => vendors[id] === 'granted');
  const some = (from: number, to: number, grant: 'granted' | 'denied') =>
    Object.fromEntries(Object.entries(hundred('analytics-vendor', grant)).slice(from, to));

  it('refuses a whole category where all in it are refused', () => {
    const {short} = setupMany(hundred('analytics-vendor', 'denied'));
    expect(both(short)).to.equal('analytics- essential+ functional+ |');
  });

  it('names those granted in a category in place of those refused, where these are more', () => {
    const {short} = setupMany(some(0, 70, 'denied'));
    expect(words(short.categories)).to.equal('analytics- essential+ functional+');
    expect(short.vendors).to.deep.equal(some(70, 100, 'granted'));
  });

  it('keeps as many of the vendors granted by name as have room, the first ones', () => {
    const {short} = setupMany(hundred('analytics-vendor', 'granted'), {
      analytics: 'denied',
      functional: 'granted',
    });
    expect(words(short.categories)).to.equal('analytics- essential+ functional+');
    expect(granted(short)).to.deep.equal(Object.keys(some(0, granted(short).length, 'granted')));
    const room = 1000 - encodeRecord(short).length;
    expect(room).to.be.within(1, '_analytics-vendor-99'.length);
  });

  it('leaves a category alone in which nobody was refused', () => {
    const {short} = setupMany(hundred('functional-vendor', 'denied'));
    expect(both(short)).to.equal('analytics+ essential+ functional- |');
  });

  it('grants no vendor of a category that nobody has granted', () => {
    const {short} = setupMany({...some(0, 80, 'denied'), ...some(80, 100, 'granted')}, {});
    expect(both(short)).to.equal(
      `analytics- essential+ | ${Object.keys(some(80, 100, 'granted'))
        .map((id) => `${id}+`)
        .join(' ')}`,
    );
  });

  it('loses grants only where one was named that has no room', () => {
    const loses = (vendors: Grants, categories?: Grants) => {
      const {record, short} = setupMany(vendors, categories);
      return losesGrants(record, short);
    };
    expect(loses(some(0, 5, 'granted'), {})).to.equal(false);
    expect(loses(hundred('far-vendor', 'denied'), {})).to.equal(false);
    expect(loses(hundred('analytics-vendor', 'granted'), {})).to.equal(true);
    expect(loses(hundred('analytics-vendor', 'denied'))).to.equal(true);
  });

  it('never grants what was not, and always makes a record that can be stored', () => {
    const grant = fc.constantFrom('granted', 'denied') as fc.Arbitrary<'granted' | 'denied'>;
    const ids = [
      ...Object.keys(hundred('analytics-vendor', 'granted')),
      ...Object.keys(hundred('functional-vendor', 'granted')),
    ];
    const vendors = fc.dictionary(fc.constantFrom(...ids, 'far-vendor'), grant, {maxKeys: 200, size: 'max'});
    const categories = fc.dictionary(fc.constantFrom('functional', 'analytics', 'far-category'), grant);
    fc.assert(
      fc.property(vendors, categories, (vendors, categories) => {
        const {record, short} = setupMany(vendors, categories);
        expect(decodeRecord(encodeRecord(short))).to.not.equal(null);
        for (const id of ids) {
          const category = id.split('-', 1)[0] as string;
          const grantIn = ({vendors, categories}: ConsentRecord) => vendors[id] ?? categories[category];
          if (grantIn(short) === 'granted') expect(grantIn(record)).to.equal('granted');
          if (grantIn(record) === 'denied') expect(grantIn(short)).to.equal('denied');
        }
        // A vendor of another page may be in any category.
        if (record.vendors['far-vendor'] === 'denied' && short.vendors['far-vendor'] !== 'denied')
          expect(words(short.categories)).to.not.match(/(functional|analytics|far-category)\+/);
      }),
    );
  });

  it('refuses everything optional where a vendor of another page was refused', () => {
    const {short} = setupMany(hundred('far-vendor', 'denied'));
    expect(words(short.categories)).to.equal('advertising- analytics- essential+ functional-');
  });

  it('refuses for them what only other pages ask about as well', () => {
    const {short} = setupMany(hundred('far-vendor', 'denied'), {'far-category': 'granted'});
    expect(words(short.categories)).to.include('far-category-');
  });

  it('makes a record that can be stored, with time, source and id as they were', () => {
    const {short} = setupMany(hundred('analytics-vendor', 'denied'));
    expect(decodeRecord(encodeRecord(short))).to.deep.include({
      decidedAt: NOW,
      source: 'preferences',
      id: 'a-1',
    });
  });

  it('never grants a category that was not', () => {
    for (const vendors of [hundred('far-vendor', 'granted'), hundred('analytics-vendor', 'granted')]) {
      const {short} = setupMany(vendors, {analytics: 'denied'});
      expect(words(short.categories)).to.equal('analytics- essential+');
    }
  });
});
