import {expect} from '@esm-bundle/chai';
import type {TagReport} from '../../../src/debug/contract.js';
import {
  dayOf,
  explainGrant,
  explainTag,
  type Facts,
  grantOf,
  idsOf,
  isoOf,
} from '../../../src/debug/explain.js';
import {CONFIG, type CoreOptions, createCore, NOW, tag} from './support.js';

const DAY = 86400;
const GRANTED = 'essential_functional_analytics_advertising.-.-.-';
const REJECTED = 'essential.functional_analytics_advertising.-.-';
const REVISED = {
  policy: {version: '2026-11-10', revisions: [{version: '2026-11-10', material: ['meta-pixel']}]},
};

function factsOf(options: CoreOptions & {isPrerendering?: boolean} = {}): Facts {
  const {core} = createCore(options);
  const {settings, look, store, tags} = core;
  return {
    settings,
    tags,
    circumstances: look(),
    record: store.record,
    state: store.state,
    now: options.now ?? NOW,
    isPrerendering: options.isPrerendering ?? false,
  };
}

describe('why a category or vendor is granted or denied', () => {
  const table: [what: CoreOptions, id: string, code: string, text: string][] = [
    [{}, 'essential', 'required', 'granted: essential is required'],
    [{}, 'analytics', 'undecided', 'no choice yet (opt-in)'],
    [
      {config: {...CONFIG, regime: 'opt-out'}, visitor: {region: 'JP'}},
      'meta-pixel',
      'undecided',
      'granted until there is a choice (opt-out)',
    ],
    [
      {config: {regime: 'notice', categories: [{id: 'matching', optIn: true}]}, visitor: {region: 'JP'}},
      'matching',
      'undecided',
      'no choice yet (matching is asked about first)',
    ],
    [{stored: GRANTED}, 'meta-pixel', 'record', 'granted by the record (banner, 2026-11-02)'],
    [
      {
        config: {vendors: [{id: 'both', category: 'analytics advertising'}]},
        stored: 'essential_analytics.functional_advertising.-.-',
        gpc: true,
      },
      'both',
      'gpc',
      'denied: Global Privacy Control (advertising sells or shares)',
    ],
    [{stored: REJECTED}, 'meta-pixel', 'record', 'denied by the record (banner, 2026-11-02)'],
    [
      {stored: 'analytics_advertising.functional.-.meta-pixel'},
      'meta-pixel',
      'vendor',
      'vendor denied, category granted, by the record (banner, 2026-11-02)',
    ],
    [
      {stored: '-.functional_analytics_advertising.meta-pixel.-'},
      'meta-pixel',
      'vendor',
      'vendor granted, category denied, by the record (banner, 2026-11-02)',
    ],
    [
      {stored: GRANTED, gpc: true},
      'meta-pixel',
      'gpc',
      'denied: Global Privacy Control (advertising sells or shares)',
    ],
    [{stored: GRANTED, gpc: true}, 'analytics', 'record', 'granted by the record (banner, 2026-11-02)'],
    [
      {stored: GRANTED, visitor: {ageBand: 'u13'}},
      'analytics',
      'age',
      'denied: age, nothing optional is allowed',
    ],
    [
      {stored: GRANTED, now: NOW + 200 * DAY},
      'analytics',
      'expired',
      'denied (opt-in): the record (banner, 2026-11-02) has expired',
    ],
    [
      {stored: GRANTED, config: {...CONFIG, ...REVISED}},
      'meta-pixel',
      'revised',
      'denied (opt-in): the policy was revised after the record (banner, 2026-11-02)',
    ],
    [
      {stored: GRANTED, config: {...CONFIG, ...REVISED}},
      'analytics',
      'record',
      'granted by the record (banner, 2026-11-02)',
    ],
    [
      {stored: REJECTED, now: NOW + 200 * DAY},
      'analytics',
      'record',
      'denied by the record (banner, 2026-11-02)',
    ],
    [
      {stored: GRANTED, config: {vendors: [{id: 'meta-pixel', tagId: 'UA-1'}]}},
      'meta-pixel',
      'mistake',
      'closed: mistake in the configuration of meta-pixel',
    ],
    [{}, 'analitycs', 'no-category', 'denied: there is no category "analitycs"'],
  ];
  for (const [options, id, code, text] of table) {
    it(`${id}: ${text}`, () => {
      expect(explainGrant(factsOf(options), id)).to.deep.equal({code, text});
    });
  }

  it('takes no name of a prototype for a grant', () => {
    expect(grantOf(factsOf({stored: GRANTED}).state, 'constructor')).to.equal('denied');
  });
});

describe('why a tag is where it is', () => {
  const ahead = (fields: Partial<TagReport>) => tag({url: 'https://a.example/0.js', ...fields});
  const table: [
    what: CoreOptions & {isPrerendering?: boolean},
    tag: TagReport,
    code: string,
    text: string,
  ][] = [
    [{}, tag(), 'undecided', 'no choice yet (opt-in)'],
    [
      {stored: GRANTED},
      tag({state: 'loaded', insertedAt: 1}),
      'record',
      'granted by the record (banner, 2026-11-02)',
    ],
    [{stored: GRANTED}, tag({state: 'inserted', insertedAt: 1}), 'loading', 'let in, has not answered yet'],
    [{stored: GRANTED}, tag({state: 'failed', error: 'no nonce'}), 'error', 'not let in: no nonce'],
    [
      {stored: GRANTED},
      tag({state: 'failed', insertedAt: 1, error: 'error'}),
      'error',
      'did not load: unreachable, blocked, or not what its integrity says',
    ],
    [
      {stored: REJECTED},
      tag({state: 'loaded', insertedAt: 1}),
      'revoked',
      'runs until the page is loaded again, though denied by the record (banner, 2026-11-02)',
    ],
    [{stored: GRANTED, isPrerendering: true}, tag(), 'prerendering', 'waits: the page is prerendering'],
    [
      {stored: GRANTED},
      tag({category: 'analitycs'}),
      'no-category',
      'denied: there is no category "analitycs"',
    ],
    [
      {stored: REJECTED},
      tag({vendor: 'youtube', category: 'functional'}),
      'record',
      'denied by the record (banner, 2026-11-02)',
    ],
    [
      {stored: GRANTED},
      tag({vendor: 'heatmap', after: 'gone'}),
      'after',
      'waits for gone, which has no tag in this page',
    ],
    [
      {stored: GRANTED, tags: [ahead({state: 'inserted'})]},
      tag({vendor: 'heatmap', after: 'google-analytics'}),
      'after',
      'waits for google-analytics, which has not loaded',
    ],
    [
      {stored: GRANTED, tags: [ahead({state: 'failed'})]},
      tag({vendor: 'heatmap', after: 'google-analytics'}),
      'after-failed',
      'waits for google-analytics, which failed',
    ],
    [
      {stored: GRANTED, tags: [ahead({state: 'inserted'})]},
      tag(),
      'lane',
      'waits behind https://a.example/0.js, which has not loaded',
    ],
    [
      {stored: GRANTED, tags: [ahead({state: 'failed'})]},
      tag(),
      'lane-failed',
      'waits behind https://a.example/0.js, which failed',
    ],
    [
      {stored: GRANTED, tags: [ahead({state: 'failed', vendor: undefined})]},
      tag({vendor: undefined}),
      'parsing',
      'waits for its turn',
    ],
    [{stored: GRANTED}, tag(), 'parsing', 'granted: not parsed yet, or taken out of the page'],
  ];
  for (const [options, subject, code, text] of table) {
    it(`${subject.state}: ${text}`, () => {
      const facts = factsOf({...options, tags: [...(options.tags ?? []), subject]});
      expect(explainTag(facts, subject)).to.deep.equal({code, text});
    });
  }

  it('asks for the vendor, and for the category of the markup where it is another one', () => {
    const {settings} = factsOf();
    expect(idsOf(settings, tag())).to.deep.equal(['google-analytics']);
    expect(idsOf(settings, tag({category: 'advertising'}))).to.deep.equal([
      'google-analytics',
      'advertising',
    ]);
    expect(idsOf(settings, tag({vendor: 'youtube', category: 'functional'}))).to.deep.equal(['functional']);
  });
});

it('has no word for what is no time', () => {
  expect(isoOf(Number.NaN)).to.equal('');
  expect(dayOf(1e20)).to.equal('');
});
