/**
 * What the project asks of itself, as numbers. Each target reads medians and says what was measured and what was allowed; one
 * that is about time is met as well where it is missed by no more than noise, and says so.
 */
import {isNoise, ratio} from './statistics.mjs';

const EXTERNAL = 'consent-gate';
const INLINE = 'consent-gate-inline';
const FIRST_LAYER = 'consent-gate-first-layer';
/** In the place of an adapter: the least median of those that gate the same tags. */
const BEST_PEER = 'best peer';
const PEERS = ['c15t', 'klaro', 'orejime', 'tarteaucitron', 'vanilla-cookieconsent'];

/**
 * @typedef {object} Target
 * @property {string} what
 * @property {string} scenario
 * @property {string} adapter whose median counts
 * @property {string} metric
 * @property {'B' | 'ms' | '×'} unit
 * @property {number} limit in that unit; for ms behind `of`, what may be added to it
 * @property {{adapter?: string, metric?: string, scenario?: string}} [of] the median that it is compared with; by default
 *   that of the floor, in the same scenario and metric; `best peer` is the least of theirs
 * @property {string} [note]
 */

/** @type {Target[]} */
export const TARGETS = [
  {
    what: 'returning visitor: bytes of assets',
    scenario: 'return-slow4g',
    adapter: EXTERNAL,
    metric: 'assetBytes',
    unit: 'B',
    limit: 6000,
  },
  ...[
    [EXTERNAL, 'external', 1.95],
    [INLINE, 'inlined', 1.1],
  ].map(([adapter, how, limit]) => ({
    what: `returning visitor: navigation to first tag asked for, ${how}`,
    scenario: 'return-slow4g',
    adapter,
    metric: 'firstRequest',
    unit: '×',
    limit,
    of: {},
  })),
  {
    what: 'returning visitor: navigation to first tag asked for, external, beside the best peer',
    scenario: 'return-slow4g',
    adapter: EXTERNAL,
    metric: 'firstRequest',
    unit: '×',
    limit: 1,
    of: {adapter: BEST_PEER},
  },
  {
    what: 'returning visitor: first to last of three tags',
    scenario: 'return-slow4g',
    adapter: EXTERNAL,
    metric: 'spread',
    unit: 'ms',
    limit: 10,
  },
  {
    what: 'returning visitor: script time, no network throttling',
    scenario: 'return-none',
    adapter: EXTERNAL,
    metric: 'scriptMs',
    unit: 'ms',
    limit: 15,
    of: {},
  },
  {
    what: 'first visit: banner visible, as the README has it, beside Orejime',
    scenario: 'first-slow4g',
    adapter: EXTERNAL,
    metric: 'shown',
    unit: '×',
    limit: 1,
    of: {adapter: 'orejime'},
  },
  {
    what: 'first visit: banner visible, inlined first layer, beside its own first contentful paint',
    scenario: 'first-slow4g',
    adapter: FIRST_LAYER,
    metric: 'shown',
    unit: '×',
    limit: 1,
    of: {adapter: FIRST_LAYER, metric: 'fcp'},
  },
  {
    what: 'first visit: bytes until the inlined first layer can be pressed, beyond the page of the floor',
    scenario: 'first-slow4g',
    adapter: FIRST_LAYER,
    metric: 'pressableBytes',
    unit: 'B',
    limit: 9000,
    of: {},
  },
  {
    what: 'first visit: bytes of assets until the banner shows',
    scenario: 'first-slow4g',
    adapter: EXTERNAL,
    metric: 'shownBytes',
    unit: 'B',
    limit: 14_500,
  },
  {
    what: 'accept: click to last request of three tags, beside the best peer',
    scenario: 'first-slow4g',
    adapter: EXTERNAL,
    metric: 'clickToLast',
    unit: 'ms',
    limit: 20,
    of: {adapter: BEST_PEER},
  },
  {
    what: 'reject: click to banner gone',
    scenario: 'reject-slow4g',
    adapter: EXTERNAL,
    metric: 'clickToGone',
    unit: 'ms',
    limit: 24,
  },
  {
    what: 'accept with ten heavy tags: interaction',
    scenario: 'heavy',
    adapter: EXTERNAL,
    metric: 'inp',
    unit: 'ms',
    limit: 64,
  },
  {
    what: '1,000 tags: click to all have run',
    scenario: 'tags-1000',
    adapter: EXTERNAL,
    metric: 'clickToRun',
    unit: '×',
    limit: 1.2,
    of: {},
  },
  ...[
    ['tags-1000', '1,000 tags: longest task', 'longest', 60],
    ['tags-1000', '1,000 tags: interaction', 'inp', 40],
    ['tags-100', '100 tags: interaction', 'inp', 32],
  ].map(([scenario, what, metric, limit]) => ({
    what,
    scenario,
    adapter: EXTERNAL,
    metric,
    unit: 'ms',
    limit,
  })),
  {
    what: 'first visit: largest contentful paint',
    scenario: 'first-slow4g',
    adapter: EXTERNAL,
    metric: 'lcp',
    unit: 'ms',
    limit: 40,
    of: {},
  },
  ...[
    [EXTERNAL, 'external', 1.22],
    [INLINE, 'inlined', 1.1],
  ].map(([adapter, how, limit]) => ({
    what: `returning visitor, files in the cache: navigation to first tag asked for, ${how}`,
    scenario: 'return-warm-slow4g',
    adapter,
    metric: 'firstRequest',
    unit: '×',
    limit,
    of: {},
  })),
  {
    what: 'one dead vendor: delay of the others',
    scenario: 'dead-vendor',
    adapter: EXTERNAL,
    metric: 'othersLastRequest',
    unit: 'ms',
    limit: 0,
    of: {adapter: EXTERNAL, scenario: 'return-none'},
  },
];

/**
 * @param {Target} target
 * @param statsOf `(scenario, adapter) => summary`
 * @returns `{value, allowed, verdict}`; `value` is `undefined` where it was not measured
 */
export function judge(target, statsOf, network) {
  const {scenario, adapter, metric, unit, limit, of} = target;
  const own = statsOf(scenario, adapter)?.[metric]?.median;
  const reference = of && referenceOf(target, statsOf);
  if (own === undefined || (of && reference === undefined)) return {verdict: 'not measured'};
  if (unit === '×') {
    const value = ratio(own, reference);
    return {value, own, reference, verdict: verdictOf(own, reference * limit, network)};
  }
  const value = of ? own - reference : own;
  // Bytes, and what a browser counts itself in steps, have no noise of the network.
  const verdict = of ? verdictOf(own, reference + limit, network) : value <= limit ? 'met' : 'missed';
  return {value, own, reference, verdict};
}

function referenceOf({scenario, metric, of}, statsOf) {
  const medianOf = (adapter) => statsOf(of.scenario ?? scenario, adapter)?.[of.metric ?? metric]?.median;
  if (of.adapter !== BEST_PEER) return medianOf(of.adapter ?? 'floor');
  const medians = PEERS.map(medianOf).filter((value) => value !== undefined);
  return medians.length ? Math.min(...medians) : undefined;
}

function verdictOf(value, allowed, network) {
  if (value <= allowed) return 'met';
  return isNoise(value, allowed, network) ? 'missed, within noise' : 'missed';
}
