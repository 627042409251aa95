import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {AgeBand, ConsentConfig} from '../../../src/config/types.js';
import {dropStale, type Grants, resolveLock, resolveState} from '../../../src/consent/grants.js';
import {decodeRecord} from '../../../src/consent/record.js';
import {resolveCircumstances} from '../../../src/policy/resolve-regime.js';
import {catalogue} from '../../../src/vendors/index.js';

const NOW = 1_800_000_000;
const DAY = 86_400;

interface Situation {
  config?: ConsentConfig;
  regime?: string;
  gpc?: boolean;
  age?: unknown;
  /** The four lists of a record, `granted.denied.grantedVendors.deniedVendors`; none: no record. */
  record?: string | undefined;
  version?: string;
  daysAgo?: number;
}

function setup({config = {}, regime, gpc = false, age, record, version = '1', daysAgo = 0}: Situation) {
  const settings = normalizeConfig(
    {...config, regime: regime ?? config.regime, policy: {version: '1', ...config.policy}},
    catalogue,
  );
  const time = (NOW - daysAgo * DAY).toString(36);
  const decoded = record === undefined ? null : decodeRecord(`1.${version}.${time}.preferences.${record}.-`);
  if (record !== undefined && !decoded) throw Error(`no record: ${record}`);
  const circumstances = resolveCircumstances(
    settings,
    {region: 'JP', ageBand: age as AgeBand | undefined},
    gpc,
  );
  return {
    settings,
    record: decoded,
    circumstances,
    state: resolveState(settings, decoded, circumstances, NOW),
  };
}

/** `granted` and `denied` as a lawyer may tick them off. */
const letters = (grants: Grants, ids: readonly string[]) =>
  ids
    .map((id) => (grants[id] === 'granted' ? 'G' : grants[id] === 'denied' ? 'd' : `?${grants[id]}`))
    .join(' ');

const CATEGORIES = ['essential', 'functional', 'analytics', 'advertising'];

describe('resolveState', () => {
  describe('gives the four categories, by regime, Global Privacy Control, age and record', () => {
    const ALL = 'essential_functional_analytics_advertising.-.-.-';
    const NONE = 'essential.functional_analytics_advertising.-.-';
    const SOME = 'essential_analytics.functional_advertising.-.-';
    const PART = 'analytics.-.-.-';
    type Row = [
      regime: string,
      gpc: 'GPC' | '',
      age: unknown,
      record: string | undefined,
      grants: string,
      decided: boolean,
      source: string | null,
    ];
    // G granted, d denied, in the order: essential, functional, analytics, advertising
    const rows: Row[] = [
      // Nobody has chosen yet
      ['opt-in', '', '16+', undefined, 'G d d d', false, null],
      ['opt-out', '', '16+', undefined, 'G G G G', false, null],
      ['notice', '', '16+', undefined, 'G G G G', false, null],
      ['nonsense', '', '16+', undefined, 'G d d d', false, null],
      // Global Privacy Control denies what sells or shares, in every regime
      ['opt-in', 'GPC', '16+', undefined, 'G d d d', false, 'gpc'],
      ['opt-out', 'GPC', '16+', undefined, 'G G G d', false, 'gpc'],
      ['notice', 'GPC', '16+', undefined, 'G G G d', false, 'gpc'],
      // 13 to 15: opt-in everywhere
      ['opt-in', '', '13-15', undefined, 'G d d d', false, null],
      ['opt-out', '', '13-15', undefined, 'G d d d', false, null],
      ['notice', '', '13-15', undefined, 'G d d d', false, null],
      ['opt-out', '', '13-15', ALL, 'G G G G', true, 'preferences'],
      // Under 13, or an age that cannot be read: nothing optional, and nothing to ask
      ['opt-in', '', 'u13', undefined, 'G d d d', true, 'age'],
      ['opt-out', '', 'u13', undefined, 'G d d d', true, 'age'],
      ['notice', '', 'u13', undefined, 'G d d d', true, 'age'],
      ['opt-out', 'GPC', 'u13', undefined, 'G d d d', true, 'age'],
      ['opt-out', '', 'twelve', undefined, 'G d d d', true, 'age'],
      ['opt-in', '', 'u13', ALL, 'G d d d', true, 'preferences'],
      ['opt-out', '', 'u13', ALL, 'G d d d', true, 'preferences'],
      // A choice holds in every regime
      ['opt-in', '', '16+', ALL, 'G G G G', true, 'preferences'],
      ['opt-in', '', '16+', NONE, 'G d d d', true, 'preferences'],
      ['opt-in', '', '16+', SOME, 'G d G d', true, 'preferences'],
      ['opt-out', '', '16+', ALL, 'G G G G', true, 'preferences'],
      ['opt-out', '', '16+', NONE, 'G d d d', true, 'preferences'],
      ['opt-out', '', '16+', SOME, 'G d G d', true, 'preferences'],
      ['notice', '', '16+', NONE, 'G d d d', true, 'preferences'],
      ['notice', '', '16+', SOME, 'G d G d', true, 'preferences'],
      // What it does not name is undecided
      ['opt-in', '', '16+', PART, 'G d G d', false, 'preferences'],
      ['opt-out', '', '16+', PART, 'G G G G', false, 'preferences'],
      ['notice', '', '16+', PART, 'G G G G', false, 'preferences'],
      ['opt-in', '', '16+', '-.-.-.-', 'G d d d', false, 'preferences'],
      // Global Privacy Control goes before a choice
      ['opt-in', 'GPC', '16+', ALL, 'G G G d', true, 'preferences'],
      ['opt-out', 'GPC', '16+', ALL, 'G G G d', true, 'preferences'],
      ['notice', 'GPC', '16+', SOME, 'G d G d', true, 'preferences'],
      ['opt-in', 'GPC', '16+', 'functional.analytics.-.-', 'G G d d', true, 'preferences'],
      // What is required cannot be refused
      [
        'opt-in',
        '',
        '16+',
        '-.essential_functional_analytics_advertising.-.-',
        'G d d d',
        true,
        'preferences',
      ],
      ['opt-out', '', 'u13', '-.essential.-.-', 'G d d d', true, 'preferences'],
    ];
    for (const [regime, gpc, age, record, grants, decided, source] of rows) {
      it(`${regime} ${gpc || '-'} ${age} ${record ?? 'no record'}: ${grants}`, () => {
        const {state} = setup({regime, gpc: gpc === 'GPC', age, record});
        expect(letters(state.categories, CATEGORIES)).to.equal(grants);
        expect(state).to.include({decided, source});
      });
    }
  });

  describe('asks first, in every regime, about a category with optIn', () => {
    const config: ConsentConfig = {
      categories: [{id: 'essential', required: true}, {id: 'health', optIn: true}, 'analytics'],
    };
    const rows: [regime: string, record: string | undefined, grants: string, decided: boolean][] = [
      ['opt-in', undefined, 'd d', false],
      ['opt-out', undefined, 'd G', false],
      ['notice', undefined, 'd G', false],
      ['opt-out', 'health.-.-.-', 'G G', false],
      ['opt-out', '-.health.-.-', 'd G', false],
      ['opt-out', 'analytics.-.-.-', 'd G', false],
      ['opt-out', 'health_analytics.-.-.-', 'G G', true],
    ];
    for (const [regime, record, grants, decided] of rows) {
      it(`${regime} ${record ?? 'no record'}: ${grants}`, () => {
        const {state} = setup({config, regime, record});
        expect(letters(state.categories, ['health', 'analytics'])).to.equal(grants);
        expect(state.decided).to.equal(decided);
      });
    }
  });

  describe('lets Global Privacy Control deny what sells or shares', () => {
    const rows: [sale: unknown, id: string, grant: string][] = [
      [undefined, 'advertising', 'denied'],
      [true, 'advertising', 'denied'],
      [false, 'advertising', 'granted'],
      [undefined, 'analytics', 'granted'],
      [true, 'analytics', 'denied'],
      [undefined, 'partners', 'granted'],
      [true, 'partners', 'denied'],
      ['yes', 'partners', 'denied'],
    ];
    for (const [sale, id, grant] of rows) {
      it(`${id}, sale: ${sale}: ${grant}`, () => {
        const config = {categories: [{id, ...(sale !== undefined && {sale})}]} as unknown as ConsentConfig;
        const {state} = setup({config, regime: 'opt-out', gpc: true, record: `${id}.-.-.-`});
        expect(state.categories[id]).to.equal(grant);
      });
    }
  });

  it('takes nothing but true for required', () => {
    for (const required of ['true', 1, 'yes', {}, null]) {
      const config = {categories: [{id: 'partners', required}]} as unknown as ConsentConfig;
      expect(setup({config}).state.categories['partners'], String(required)).to.equal('denied');
    }
  });

  describe('gives the vendors', () => {
    const config: ConsentConfig = {
      vendors: [
        {id: 'login', category: 'essential'},
        {id: 'heatmap', category: 'analytics', src: 'https://heat.example/h.js'},
        {id: 'meta-pixel', tagId: '123456789012345'},
        {id: 'google-ads', tagId: 'AW-123456789'},
      ],
    };
    const VENDORS = ['login', 'heatmap', 'meta-pixel', 'google-ads'];
    type Row = [regime: string, gpc: 'GPC' | '', age: string, record: string | undefined, grants: string];
    // In the order: login (essential), heatmap (analytics), meta-pixel, google-ads (advertising)
    const rows: Row[] = [
      ['opt-in', '', '16+', undefined, 'G d d d'],
      ['opt-out', '', '16+', undefined, 'G G G G'],
      ['opt-out', 'GPC', '16+', undefined, 'G G d d'],
      ['opt-out', '', 'u13', undefined, 'G d d d'],
      // Each has what its category has
      ['opt-in', '', '16+', 'analytics.advertising.-.-', 'G G d d'],
      ['opt-in', '', '16+', 'advertising.analytics.-.-', 'G d G G'],
      // but for exceptions
      ['opt-in', '', '16+', 'advertising.analytics.-.meta-pixel', 'G d d G'],
      ['opt-in', '', '16+', '-.analytics_advertising.meta-pixel.-', 'G d G d'],
      ['opt-in', '', '16+', '-.-.heatmap.-', 'G G d d'],
      ['opt-out', '', '16+', '-.-.-.heatmap', 'G d G G'],
      ['notice', '', '16+', 'advertising.-.-.google-ads', 'G G G d'],
      // A signal or an age goes before an exception
      ['opt-in', 'GPC', '16+', 'analytics.-.meta-pixel.-', 'G G d d'],
      ['opt-in', '', 'u13', 'analytics.-.meta-pixel_heatmap.-', 'G d d d'],
      // What is required cannot be refused by name
      ['opt-in', '', '16+', '-.-.-.login', 'G d d d'],
      // A name of another kind is none
      ['opt-in', '', '16+', 'meta-pixel.-.advertising.-', 'G d d d'],
    ];
    for (const [regime, gpc, age, record, grants] of rows) {
      it(`${regime} ${gpc || '-'} ${age} ${record ?? 'no record'}: ${grants}`, () => {
        const {state} = setup({config, regime, gpc: gpc === 'GPC', age, record});
        expect(letters(state.vendors, VENDORS)).to.equal(grants);
      });
    }

    describe('of two categories what both have:', () => {
      const both = {id: 'both', category: '  analytics\n\tadvertising ', src: 'https://both.example/b.js'};
      const cases: [regime: string, gpc: 'GPC' | '', record: string | undefined, grant: string][] = [
        ['opt-in', '', undefined, 'd'],
        ['opt-out', '', undefined, 'G'],
        ['opt-out', 'GPC', undefined, 'd'],
        ['opt-in', '', 'analytics_advertising.-.-.-', 'G'],
        ['opt-in', '', 'analytics.advertising.-.-', 'd'],
        ['opt-in', '', 'advertising.analytics.-.-', 'd'],
        ['opt-in', '', 'analytics.-.-.-', 'd'],
        ['opt-in', '', 'analytics_advertising.-.-.both', 'd'],
        // Its name alone grants it in the first of them at most.
        ['opt-in', '', 'analytics.advertising.both.-', 'd'],
        ['opt-in', '', 'advertising.analytics.both.-', 'G'],
        ['opt-in', 'GPC', 'analytics_advertising.-.both.-', 'd'],
      ];
      for (const [regime, gpc, record, grant] of cases) {
        it(`${regime} ${gpc || '-'} ${record ?? 'no record'}: ${grant}`, () => {
          const {state, settings} = setup({config: {vendors: [both]}, regime, gpc: gpc === 'GPC', record});
          expect(settings.vendors[0]).to.include({category: 'analytics', isBroken: false});
          expect(letters(state.vendors, ['both'])).to.equal(grant);
        });
      }

      it('a third that there is not is a mistake', () => {
        const {state, settings} = setup({
          config: {vendors: [{...both, category: 'analytics advertising social'}]},
          record: 'analytics_advertising_social.-.both.-',
        });
        expect(settings.vendors[0]?.isBroken).to.equal(true);
        expect(letters(state.vendors, ['both'])).to.equal('d');
      });
    });

    it('with a mistake nothing, whatever anyone chooses', () => {
      const broken: ConsentConfig = {
        vendors: [
          {id: 'meta-pixel', tagId: 'UA-1'},
          {id: 'heatmap', category: 'no-such'},
          {id: 'login', category: 'essential', cookies: ['*']},
        ],
      };
      const record = 'essential_functional_analytics_advertising.-.meta-pixel_heatmap_login.-';
      for (const regime of ['opt-in', 'opt-out', 'notice']) {
        const {state} = setup({config: broken, regime, record});
        expect(letters(state.vendors, ['meta-pixel', 'heatmap', 'login']), regime).to.equal('d d d');
      }
    });

    it('with a mistake leaves the question answered', () => {
      const broken: ConsentConfig = {
        categories: ['analytics'],
        vendors: [{id: 'meta-pixel', tagId: 'UA-1', category: 'analytics'}],
      };
      expect(setup({config: broken, record: 'analytics.-.-.-'}).state.decided).to.equal(true);
    });

    it('that nobody declared no grant at all', () => {
      const {state} = setup({config, record: 'essential_partners.-.other-vendor_constructor.-'});
      expect(Object.keys(state.categories)).to.have.members(CATEGORIES);
      expect(Object.keys(state.vendors)).to.have.members(VENDORS);
    });
  });

  describe('after a revision of the policy', () => {
    const ALL = 'essential_functional_analytics_advertising.-.-.-';
    const vendors: ConsentConfig['vendors'] = [
      {id: 'meta-pixel', tagId: '123456789012345'},
      {id: 'google-ads', tagId: 'AW-123456789'},
    ];
    type Row = [
      current: string,
      revised: string,
      material: unknown,
      recordVersion: string,
      regime: string,
      record: string,
      grants: string,
      decided: boolean,
    ];
    // functional, analytics, advertising | meta-pixel, google-ads
    const rows: Row[] = [
      // Not material: the choice stands
      ['2', '2', undefined, '1', 'opt-in', ALL, 'G G G | G G', true],
      ['2', '2', false, '1', 'opt-in', ALL, 'G G G | G G', true],
      ['2', '2', [], '1', 'opt-in', ALL, 'G G G | G G', true],
      // Material: everybody is asked again
      ['2', '2', true, '1', 'opt-in', ALL, 'd d d | d d', false],
      ['2', '2', true, '1', 'opt-out', ALL, 'G G G | G G', false],
      ['2', '2', true, '2', 'opt-in', ALL, 'G G G | G G', true],
      ['3', '2', true, '1', 'opt-in', ALL, 'd d d | d d', false],
      ['3', '2', true, '2', 'opt-in', ALL, 'G G G | G G', true],
      ['3', '2', true, '3', 'opt-in', ALL, 'G G G | G G', true],
      // Material for some: the others keep their choice
      ['2', '2', ['analytics'], '1', 'opt-in', ALL, 'G d G | G G', false],
      ['2', '2', ['advertising'], '1', 'opt-in', ALL, 'G G d | d d', false],
      ['2', '2', ['meta-pixel'], '1', 'opt-in', ALL, 'G G G | d G', false],
      [
        '2',
        '2',
        ['meta-pixel'],
        '1',
        'opt-in',
        'functional_analytics.advertising.meta-pixel.-',
        'G G d | d d',
        false,
      ],
      ['2', '2', ['no-such'], '1', 'opt-in', ALL, 'G G G | G G', true],
      // Versions are numbers within text
      ['10', '10', true, '9', 'opt-in', ALL, 'd d d | d d', false],
      ['10', '9', true, '10', 'opt-in', ALL, 'G G G | G G', true],
      ['2026-11-01', '2026-11-01', true, '2026-4-1', 'opt-in', ALL, 'd d d | d d', false],
      ['2026-11-01', '2026-04-01', true, '2026-11-01', 'opt-in', ALL, 'G G G | G G', true],
      // A refusal stands: nobody has to refuse twice
      ['2', '2', true, '1', 'opt-in', '-.functional_analytics_advertising.-.-', 'd d d | d d', false],
      ['2', '2', true, '1', 'opt-out', '-.functional_analytics_advertising.-.-', 'd d d | d d', false],
      ['2', '2', true, '1', 'notice', 'functional.advertising.-.-', 'G G d | d d', false],
      ['2', '2', true, '1', 'opt-out', `${ALL.slice(0, -1)}meta-pixel`, 'G G G | d G', false],
      // What cannot be read asks nobody
      ['2', '2', {}, '1', 'opt-in', ALL, 'G G G | G G', true],
    ];
    for (const [current, revised, material, version, regime, record, grants, decided] of rows) {
      it(`${current}, revised in ${revised} (${JSON.stringify(material)}), ${regime}, chosen under ${version}: ${record}: ${grants}`, () => {
        const revisions = [{version: revised, material: material as boolean}];
        const {state} = setup({
          config: {vendors, policy: {version: current, revisions}},
          regime,
          record,
          version,
        });
        const given = `${letters(state.categories, CATEGORIES.slice(1))} | ${letters(state.vendors, ['meta-pixel', 'google-ads'])}`;
        expect(given).to.equal(grants);
        expect(state.decided).to.equal(decided);
        expect(state.policyVersion).to.equal(current);
      });
    }
  });

  describe('after a time', () => {
    const ALL = 'essential_functional_analytics_advertising.-.-.-';
    const NONE = '-.functional_analytics_advertising.-.-';
    type Row = [
      days: number | undefined,
      daysAgo: number,
      regime: string,
      record: string,
      grants: string,
      decided: boolean,
    ];
    const rows: Row[] = [
      [undefined, 181, 'opt-in', ALL, 'G G G', true],
      [undefined, 182, 'opt-in', ALL, 'G G G', true],
      [undefined, 183, 'opt-in', ALL, 'd d d', false],
      [30, 30, 'opt-in', ALL, 'G G G', true],
      [30, 31, 'opt-in', ALL, 'd d d', false],
      [30, 31, 'opt-out', ALL, 'G G G', false],
      // A refusal stands
      [30, 31, 'opt-in', NONE, 'd d d', false],
      [30, 31, 'opt-out', NONE, 'd d d', false],
      [30, 9999, 'notice', NONE, 'd d d', false],
    ];
    for (const [days, daysAgo, regime, record, grants, decided] of rows) {
      it(`of ${daysAgo} days where ${days ?? 'the default'} is the limit, ${regime}: ${grants}`, () => {
        const {state} = setup({config: {...(days && {cookie: {days}})}, regime, record, daysAgo});
        expect(letters(state.categories, CATEGORIES.slice(1))).to.equal(grants);
        expect(state.decided).to.equal(decided);
      });
    }
  });

  it('names time, source and id of the choice', () => {
    const settings = normalizeConfig({}, catalogue);
    const record = decodeRecord('1.0.t5k2x1.link.-.analytics.-.-.a-1');
    const circumstances = resolveCircumstances(settings, {region: 'JP'}, false);
    expect(resolveState(settings, record, circumstances, NOW)).to.include({
      decidedAt: parseInt('t5k2x1', 36),
      source: 'link',
      id: 'a-1',
      region: 'JP',
      regime: 'opt-in',
    });
  });

  it('names none before a choice', () => {
    expect(setup({}).state).to.include({decidedAt: null, source: null, id: null});
  });

  it('is frozen in depth', () => {
    const {state} = setup({config: {vendors: ['a8-net']}});
    expect(
      Object.isFrozen(state) && Object.isFrozen(state.categories) && Object.isFrozen(state.vendors),
    ).to.equal(true);
  });

  it('gives categories whose names objects inherit what their regime gives', () => {
    const config: ConsentConfig = {
      categories: ['constructor', 'toString', 'hasOwnProperty'],
      vendors: [{id: 'valueOf', category: 'constructor'}],
    };
    for (const record of [undefined, 'analytics.-.-.-']) {
      const {state} = setup({config, record});
      expect(letters(state.categories, ['constructor', 'toString', 'hasOwnProperty'])).to.equal('d d d');
      expect(letters(state.vendors, ['valueOf'])).to.equal('d');
      expect(state.decided).to.equal(false);
    }
  });
});

describe('resolveLock', () => {
  const rows: [category: object, gpc: boolean, isChild: boolean, lock: string | null][] = [
    [{id: 'analytics'}, false, false, null],
    [{id: 'analytics'}, true, false, null],
    [{id: 'advertising'}, false, false, null],
    [{id: 'advertising'}, true, false, 'gpc'],
    [{id: 'advertising', sale: false}, true, false, null],
    [{id: 'analytics', sale: true}, true, false, 'gpc'],
    [{id: 'analytics'}, false, true, 'age'],
    [{id: 'advertising'}, true, true, 'age'],
    [{id: 'essential', required: true}, false, false, 'required'],
    [{id: 'essential', required: true}, true, true, 'required'],
    [{id: 'advertising', required: true}, true, false, 'required'],
  ];
  for (const [category, gpc, isChild, lock] of rows) {
    it(`${JSON.stringify(category)}${gpc ? ' GPC' : ''}${isChild ? ' child' : ''}: ${lock}`, () => {
      const {circumstances} = setup({});
      expect(resolveLock(category as {id: string}, {...circumstances, gpc, isChild})).to.equal(lock);
    });
  }
});

describe('dropStale', () => {
  it('keeps all of a choice that stands', () => {
    const {settings, record} = setup({record: 'analytics.advertising.meta-pixel.heatmap'});
    const [categories, vendors] = dropStale(settings, record, NOW);
    expect(Object.entries(categories)).to.have.deep.members([
      ['analytics', 'granted'],
      ['advertising', 'denied'],
    ]);
    expect(Object.entries(vendors)).to.have.deep.members([
      ['meta-pixel', 'granted'],
      ['heatmap', 'denied'],
    ]);
  });

  it('keeps the refusals of an expired choice and nothing else', () => {
    const {settings, record} = setup({record: 'analytics.advertising.meta-pixel.heatmap', daysAgo: 183});
    const [categories, vendors] = dropStale(settings, record, NOW);
    expect(Object.entries(categories)).to.deep.equal([['advertising', 'denied']]);
    expect(Object.entries(vendors)).to.deep.equal([['heatmap', 'denied']]);
  });

  it('drops the grants that a material revision names', () => {
    const revisions = [{version: '2', material: ['analytics', 'meta-pixel']}];
    const config: ConsentConfig = {policy: {version: '2', revisions}};
    const {settings, record} = setup({config, record: 'analytics_functional.-.meta-pixel_heatmap.-'});
    const [categories, vendors] = dropStale(settings, record, NOW);
    expect(Object.keys(categories)).to.deep.equal(['functional']);
    expect(Object.keys(vendors)).to.deep.equal(['heatmap']);
  });

  it('has nothing to keep of no choice', () => {
    const [categories, vendors] = dropStale(setup({}).settings, null, NOW);
    expect([Object.keys(categories), Object.keys(vendors)]).to.deep.equal([[], []]);
  });
});
