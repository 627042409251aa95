import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import type {AgeBand, Settings} from '../../../src/config/types.js';
import {resolveCircumstances, resolveRegime} from '../../../src/policy/resolve-regime.js';

type Table = Settings['regime'];

/** What a site with visitors in several legal systems writes. */
const WORLD = {default: 'opt-in', JP: 'notice', US: 'notice', 'US-CA': 'opt-out', DE: 'opt-in'} as const;

function setup({
  regime,
  prompt,
  region,
  ageBand,
  gpc = false,
}: {
  regime?: unknown;
  prompt?: unknown;
  region?: unknown;
  ageBand?: unknown;
  gpc?: boolean;
}) {
  const settings = {regime, ...(prompt !== undefined && {ui: {prompt}})} as Pick<Settings, 'regime' | 'ui'>;
  return resolveCircumstances(
    settings,
    {region: region as string | undefined, ageBand: ageBand as AgeBand | undefined},
    gpc,
  );
}

describe('resolveRegime', () => {
  // Rows: what the site wrote | where the visitor is | which regime holds
  const rows: [table: unknown, region: unknown, regime: string][] = [
    // One regime for everybody
    [undefined, undefined, 'opt-in'],
    [undefined, 'US-CA', 'opt-in'],
    ['opt-in', undefined, 'opt-in'],
    ['opt-out', undefined, 'opt-out'],
    ['notice', 'DE', 'notice'],
    // By region: the very region first, then its country, then the default
    [WORLD, 'US-CA', 'opt-out'],
    [WORLD, 'US-NY', 'notice'],
    [WORLD, 'US', 'notice'],
    [WORLD, 'JP', 'notice'],
    [WORLD, 'JP-13', 'notice'],
    [WORLD, 'DE', 'opt-in'],
    [WORLD, 'FR', 'opt-in'],
    [{default: 'notice', DE: 'opt-in'}, 'DE-BY', 'opt-in'],
    [{default: 'notice', DE: 'opt-in'}, 'FR', 'notice'],
    [{'US-CA': 'opt-out'}, 'US-NY', 'opt-in'],
    // Nobody knows where the visitor is
    [WORLD, undefined, 'opt-in'],
    [WORLD, '', 'opt-in'],
    [WORLD, null, 'opt-in'],
    [{default: 'opt-out'}, undefined, 'opt-in'],
    [{default: 'notice'}, '', 'opt-in'],
    // The site wrote no such regime
    ['opt-everything', 'JP', 'opt-in'],
    ['', 'JP', 'opt-in'],
    ['Opt-Out', 'JP', 'opt-in'],
    ['constructor', 'JP', 'opt-in'],
    ['toString', 'JP', 'opt-in'],
    [{default: 'none'}, 'JP', 'opt-in'],
    [{default: 'notice', JP: 'anything'}, 'JP', 'opt-in'],
    [{}, 'JP', 'opt-in'],
    [null, 'JP', 'opt-in'],
    [1, 'JP', 'opt-in'],
    [['opt-out'], 'JP', 'opt-in'],
    [{default: ['constructor']}, 'JP', 'opt-in'],
    [{default: true}, 'JP', 'opt-in'],
    // What objects inherit is no region
    [WORLD, 'constructor', 'opt-in'],
    [{JP: 'notice'}, 'toString', 'opt-in'],
    [{JP: 'notice'}, '__proto__', 'opt-in'],
    [{JP: 'notice'}, 'hasOwnProperty', 'opt-in'],
  ];
  for (const [table, region, regime] of rows) {
    it(`${JSON.stringify(table)} and ${JSON.stringify(region)} make ${regime}`, () => {
      expect(resolveRegime(table as Table, region as string)).to.equal(regime);
    });
  }
});

describe('resolveCircumstances', () => {
  describe('by regime', () => {
    // Rows: regime | what the undecided have | whether they are asked unasked
    const rows: [regime: string, undecided: string, prompts: boolean][] = [
      ['opt-in', 'denied', true],
      ['opt-out', 'granted', false],
      ['notice', 'granted', true],
    ];
    for (const [regime, undecided, prompts] of rows) {
      it(`${regime}: the undecided have ${undecided} and are ${prompts ? '' : 'not '}asked`, () => {
        expect(setup({regime, region: 'JP'})).to.include({regime, undecided, prompts});
      });
    }
  });

  describe('where the visitor has not seen yet that tags run', () => {
    // Rows: regime | ui.prompt | what the undecided have | whether they are to be told first
    const rows: [regime: string, prompt: string, undecided: string, isUntold: boolean][] = [
      ['notice', 'auto', 'denied', true],
      ['notice', 'always', 'denied', true],
      // The site tells them in another way.
      ['notice', 'never', 'granted', false],
      ['opt-out', 'always', 'granted', false],
      ['opt-in', 'auto', 'denied', false],
    ];
    for (const [regime, prompt, undecided, isUntold] of rows)
      it(`${regime}, ${prompt}: the undecided have ${undecided}`, () => {
        const settings = {regime, ui: {prompt}} as unknown as Pick<Settings, 'regime' | 'ui'>;
        const circumstances = resolveCircumstances(settings, {region: 'JP'}, false, false, true);
        expect(circumstances).to.include({undecided, isUntold});
      });
  });

  describe('by age', () => {
    // Rows: age band | regime of the site | regime that holds | a child | asked
    const rows: [ageBand: unknown, regime: string, holds: string, isChild: boolean, prompts: boolean][] = [
      [undefined, 'opt-out', 'opt-out', false, false],
      ['16+', 'opt-out', 'opt-out', false, false],
      ['16+', 'notice', 'notice', false, true],
      ['13-15', 'opt-in', 'opt-in', false, true],
      ['13-15', 'opt-out', 'opt-in', false, true],
      ['13-15', 'notice', 'opt-in', false, true],
      ['u13', 'opt-in', 'opt-in', true, false],
      ['u13', 'opt-out', 'opt-in', true, false],
      ['u13', 'notice', 'opt-in', true, false],
      // What cannot be read may be a child's age.
      [null, 'opt-out', 'opt-in', true, false],
      ['', 'opt-out', 'opt-in', true, false],
      ['adult', 'opt-out', 'opt-in', true, false],
      ['18', 'opt-out', 'opt-in', true, false],
      [17, 'opt-out', 'opt-in', true, false],
      [['16+'], 'opt-out', 'opt-in', true, false],
      ['constructor', 'notice', 'opt-in', true, false],
    ];
    for (const [ageBand, regime, holds, isChild, prompts] of rows) {
      it(`${JSON.stringify(ageBand)} where the site has ${regime}`, () => {
        const circumstances = setup({regime, region: 'JP', ageBand});
        expect(circumstances).to.include({regime: holds, isChild, prompts});
        expect(circumstances.undecided).to.equal(holds === 'opt-in' ? 'denied' : 'granted');
      });
    }
  });

  describe('by what the site says about asking', () => {
    // Rows: ui.prompt | regime | age | asked
    const rows: [prompt: unknown, regime: string, ageBand: string, prompts: boolean][] = [
      ['auto', 'opt-in', '16+', true],
      ['auto', 'opt-out', '16+', false],
      ['auto', 'notice', '16+', true],
      ['always', 'opt-out', '16+', true],
      ['never', 'opt-in', '16+', false],
      ['never', 'notice', '16+', false],
      ['always', 'opt-in', 'u13', false],
      ['sometimes', 'opt-in', '16+', true],
      ['sometimes', 'opt-out', '16+', false],
    ];
    for (const [prompt, regime, ageBand, prompts] of rows) {
      it(`${prompt}, ${regime}, ${ageBand}: ${prompts ? 'asked' : 'not asked'}`, () => {
        expect(setup({prompt, regime, ageBand, region: 'JP'}).prompts).to.equal(prompts);
      });
    }
  });

  it('does without anything about the prompt', () => {
    for (const ui of [undefined, null, 'bar', 1]) {
      const circumstances = resolveCircumstances({ui: ui as unknown as Settings['ui'] & {}}, {}, false);
      expect(circumstances.prompts, String(ui)).to.equal(true);
    }
  });

  it('hands on region and Global Privacy Control as they are', () => {
    expect(setup({regime: WORLD, region: 'US-CA', gpc: true})).to.include({region: 'US-CA', gpc: true});
  });

  it('is a pure function: the same in, the same out', () => {
    expect(setup({regime: WORLD, region: 'US-CA'})).to.deep.equal(setup({regime: WORLD, region: 'US-CA'}));
  });

  /** No text can be made of the first ones. */
  const NO_REGIONS = [
    {toString: ''},
    Object.create(null),
    Symbol('JP'),
    [Object.create(null)],
    1n,
    [1n],
    {},
    5,
  ];
  const anything = fc.anything({withNullPrototype: true, withBigInt: true});

  it('never throws, and ends as opt-in for every region and regime that it does not know', () => {
    fc.assert(
      fc.property(anything, anything, anything, (regime, region, ageBand) => {
        fc.pre(!['opt-out', 'notice'].includes(regime as string));
        expect(setup({regime, region, ageBand})).to.include({regime: 'opt-in', undecided: 'denied'});
      }),
      {
        numRuns: 300,
        examples: NO_REGIONS.map((region) => [{}, region, undefined] as [unknown, unknown, undefined]),
      },
    );
  });

  it('never throws for a region that no code is, nor does who writes down what it has made', () => {
    fc.assert(
      fc.property(anything, (region) => {
        const circumstances = setup({regime: {default: 'notice'}, region});
        expect(['opt-in', 'notice']).to.include(circumstances.regime);
        JSON.stringify(circumstances);
      }),
      {numRuns: 300, examples: NO_REGIONS.map((region) => [region] as [unknown])},
    );
  });
});
