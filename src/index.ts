/** Entry of the npm package: `start()` and the public types. Importing it does nothing, in a browser or in Node. */
import {createChoice} from './choice.js';
import type {ConsentConfig} from './config/types.js';
import type {Load} from './load.js';
import {type ConsentGate, startGate} from './start.js';

/** Fetched when they are needed: the UI, one language, and what few pages need. */
const files: Readonly<Record<string, () => Promise<unknown>>> = {
  'ui.js': () => import('./ui/index.js'),
  'locales/en.js': () => import('./locales/en.js'),
  'locales/ja.js': () => import('./locales/ja.js'),
  'locales/ru.js': () => import('./locales/ru.js'),
  'late-events.js': () => import('./gate/late-events.js'),
  'check-config.js': () => import('./diagnostics/check-config.js'),
  'debug.js': () => import('./debug/index.js'),
};

const load = ((file: string) => files[file.split('?', 1)[0] as string]?.()) as Load;

/**
 * Starts the gate of this page. Call it once, as early as you can: until then nothing is let in.
 * @param config all fields may be left out; mistakes are reported on the console and close what they concern
 * @param options `nonce`: the page's CSP nonce, handed to every script that is let in
 * @returns the gate; the first one where the page has one already
 */
export function start(config: ConsentConfig = {}, {nonce = ''}: {nonce?: string} = {}): ConsentGate {
  return startGate(config, {nonce, load, createChoice});
}

export type * from './config/types.js';
export type {ConsentEvent, ConsentEvents} from './consent/change-event.js';
export type {Answers} from './consent/decide.js';
export type {ConsentState, Grant, Grants, Lock} from './consent/grants.js';
export type {Source} from './consent/record.js';
export type {AuditReport} from './debug/contract.js';
export type {ConsentGate, FullRecord} from './start.js';
