/**
 * The table of what is measured. `id` names a scenario in the results; `tags` are the gated tags of its page; a scenario
 * with `isMain` is run with every adapter, any other without those that differ from one only in how they are embedded (which
 * tells nothing where files come at once: four embeddings, one figure).
 */
import {accept, comeBack, meetLargePage, reject, stayOnBusyPage, withdraw} from './journeys.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} title
 * @property {Function} journey
 * @property {'none' | 'slow4g'} network
 * @property {number} [tags]
 * @property {string} [query] for the vendors' server
 * @property {string} [firstQuery] for the first tag alone, which nobody then waits for
 * @property {boolean} [isWarm] its files are in the HTTP cache
 * @property {boolean} [isReturn] with a stored consent
 * @property {boolean} [isMarked] consent-gate's tags are marked up and not declared
 * @property {Large} [large] what the page has much of; such a scenario is run with `consent-gate` alone
 * @property {boolean} [isMain]
 * @property {boolean} [isQuick] part of `--quick`
 */

/**
 * @typedef {object} Large
 * @property {'vendors' | 'images' | 'kilobytes'} what vendors that are declared, marked-up images, the configuration's size
 * @property {number} amount
 */

/** @type {Large[]} */
const LARGE = [
  ...[10, 100, 500].map((amount) => ({what: 'vendors', amount})),
  ...[100, 1000, 10_000].map((amount) => ({what: 'images', amount})),
  ...[10, 100, 1000].map((amount) => ({what: 'kilobytes', amount})),
];

const SLOW = {network: 'slow4g', isMain: true};
const FULL = {network: 'none', isMain: true};

/** @type {Scenario[]} */
export const SCENARIOS = [
  {id: 'first-slow4g', title: 'First visit and accept, Slow 4G', journey: accept, ...SLOW, isQuick: true},
  {
    id: 'first-none',
    title: 'First visit and accept, no network throttling',
    journey: accept,
    network: 'none',
  },
  {
    id: 'first-warm-slow4g',
    title: 'First visit, files in the HTTP cache, Slow 4G',
    journey: accept,
    network: 'slow4g',
    isWarm: true,
  },
  {id: 'reject-slow4g', title: 'Reject, Slow 4G', journey: reject, network: 'slow4g'},
  {
    id: 'return-slow4g',
    title: 'Returning visit, Slow 4G',
    journey: comeBack,
    ...SLOW,
    isReturn: true,
    isQuick: true,
  },
  {
    id: 'return-none',
    title: 'Returning visit, no network throttling',
    journey: comeBack,
    ...FULL,
    isReturn: true,
    isQuick: true,
  },
  {
    id: 'return-warm-slow4g',
    title: 'Returning visit, files in the HTTP cache, Slow 4G',
    journey: comeBack,
    ...SLOW,
    isReturn: true,
    isWarm: true,
  },
  {id: 'withdraw-slow4g', title: 'Withdrawal, Slow 4G', journey: withdraw, network: 'slow4g', isReturn: true},
  ...[10, 100, 1000].map((tags) => ({
    id: `tags-${tags}`,
    title: `Accept with ${tags.toLocaleString('en')} gated tags, no network throttling`,
    journey: accept,
    network: 'none',
    tags,
    isMarked: true,
    isQuick: tags === 100,
  })),
  {
    id: 'heavy',
    title: 'Accept with ten heavy tags (50 ms of work each), no network throttling',
    journey: accept,
    network: 'none',
    tags: 10,
    query: 'busy=50',
    isQuick: true,
  },
  {
    id: 'slow-vendor',
    title: 'Returning visit, one of three vendors answers after 1.5 s, no network throttling',
    journey: comeBack,
    network: 'none',
    isReturn: true,
    firstQuery: 'delay=1500',
  },
  {
    id: 'dead-vendor',
    title: 'Returning visit, one of three vendors never answers, no network throttling',
    journey: comeBack,
    network: 'none',
    isReturn: true,
    firstQuery: 'dead',
    isQuick: true,
  },
  {
    id: 'busy-page',
    title: '500 nodes a second added for 5 s, after a returning visit, no network throttling',
    journey: stayOnBusyPage,
    network: 'none',
    isReturn: true,
  },
  ...LARGE.map((large) => ({
    id: `large-${large.what}-${large.amount}`,
    title: `A page with ${large.amount.toLocaleString('en')} ${large.what}`,
    journey: meetLargePage,
    network: 'none',
    large,
  })),
];
