/**
 * Google's one call queue, `dataLayer`, shared by Analytics, Ads and Tag Manager, and by Consent Mode.
 * The queue lives in memory: nothing is sent before one of Google's scripts is let in and reads it.
 */
import type {VendorDefinition, VendorWindow} from '../config/types.js';
import {hold} from './call-queue.js';

/** The queue. `told` counts our own entries, which stand at its head: `consent-default.ts` may have begun. */
type Layer = unknown[] & {told?: number};

let isStarted = false;

/** Puts `dataLayer` and `gtag()` in place. Google reads commands only from an `arguments` object, not from an array. */
export function installGtag(window: VendorWindow): Layer {
  window['gtag'] ??= function gtag() {
    const layer = window['dataLayer'] as Layer;
    if (isTakenOver(layer)) layer.push(arguments);
    else hold(layer, arguments);
  };
  return (window['dataLayer'] ??= []) as Layer;
}

/** A Google script has read the queue: its `push` is its own. */
const isTakenOver = (layer: Layer) => Object.hasOwn(layer, 'push');

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
