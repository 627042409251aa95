/**
 * Google's one call queue, `dataLayer`, shared by Analytics, Ads and Tag Manager, and by Consent Mode.
 * The queue lives in memory: nothing is sent before one of Google's scripts is let in and reads it.
 */
import type {
  AwaitedFunction,
  QueuedCall,
  VendorAnswers,
  VendorDefinition,
  VendorWindow,
} from '../config/types.js';
import {installStub, isTakenOver} from './call-queue.js';

/** The queue. `told` counts our own entries, which stand at its head: `consent-default.ts` may have begun. */
type Layer = unknown[] & {told?: number};

let isStarted = false;

/** Puts `dataLayer` and `gtag()` in place. Google reads commands only from an `arguments` object, not from an array. */
export const installGtag = (window: VendorWindow): Layer => installStub(window, 'gtag dataLayer');

/** Forgets what the page has in the queue. What we have said stays, and so does what a script has heard. */
export function dropCalls(window: VendorWindow): void {
  const layer = installGtag(window);
  if (!isTakenOver(layer)) layer.splice(layer.told ?? 0);
}

/**
 * Says something to Google ahead of whatever the page has queued: signals and `config` only count for what follows.
 * Once a Google script has taken the queue over, there is no "ahead" any more.
 */
export function tellGoogle(window: VendorWindow, entry: unknown): void {
  const layer = installGtag(window);
  layer.told ??= 0;
  if (isTakenOver(layer)) layer.push(entry);
  else layer.splice(layer.told++, 0, entry);
}

/** A `gtag()` command, ahead of the page's own. */
export function callGtag(window: VendorWindow, ...command: unknown[]): void {
  tellGoogle(window, toArguments(...command));
}

function toArguments(..._command: unknown[]): IArguments {
  return arguments;
}

/**
 * What Google's vendors share: one `gtag.js`, asked for with the first granted id; the others join it by `config` alone.
 */
export const googleTag = {
  src: (tagId) => `https://www.googletagmanager.com/gtag/js?id=${tagId}`,
  script: 'google-tag',
  install: installGtag,
  start(window, tagId) {
    if (!isStarted) callGtag(window, 'js', new Date());
    isStarted = true;
    callGtag(window, 'config', tagId);
  },
} satisfies Partial<VendorDefinition>;

/**
 * What Google puts into the address of an advertisement (`gad` until 2023), hands from one host to another (`_gl`), and reads of
 * campaigns. https://support.google.com/google-ads/answer/16193746
 */
export const googleParameters: readonly string[] = [
  'gclid',
  'gclsrc',
  'dclid',
  'wbraid',
  'gbraid',
  'gad',
  'gad_*',
  'srsltid',
  '_gl',
  'utm_*',
];

const PRODUCTS: Readonly<Record<string, string>> = {
  AW: 'google-ads',
  G: 'google-analytics',
  UA: 'google-analytics',
};

/** `AW-1/label` → that tag, and the vendor whose it is. The name of a group says neither. */
const targetsIn = (targets: unknown): string[] =>
  [targets].flat().flatMap((target) => {
    const [, tagId = '', product = ''] = /^((\w+)-[^/]+)/.exec(`${target}`) ?? [];
    return PRODUCTS[product] ? [tagId, PRODUCTS[product]] : [];
  });

/**
 * Tag Manager stands for its own calls and hears those of `gtag()`, too. Google gives a callback the id of the tag, also
 * where time is up; to `get`, nothing is known.
 */
export const answers: VendorAnswers = {
  lists: ['dataLayer'],
  takesPush: true,
  script: /\bgoogletagmanager\.com\/gt/,
  find: (call) => (`${call}` === '[object Arguments]' ? findInCommand(call) : findInPush(call)),
};

function findInCommand({0: command, 1: name, 2: value}: QueuedCall): AwaitedFunction | undefined {
  if (command === 'get') return {path: [3], to: targetsIn(name)};
  if (command !== 'event' && command !== 'config') return undefined;
  const {event_timeout: timeout, send_to: targets} = Object(value);
  const to = targetsIn(command === 'config' ? name : targets);
  return {
    path: [2, 'event_callback'],
    timeout,
    to: to.length ? [...to, 'google-tag-manager'] : [],
    values: (tagId) => [tagId],
  };
}

function findInPush({event, eventTimeout: timeout}: QueuedCall): AwaitedFunction | undefined {
  const to = ['GTM-', 'google-tag-manager'];
  return event ? {path: ['eventCallback'], timeout, to, values: (tagId) => [tagId]} : undefined;
}
