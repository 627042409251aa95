/** Entry of the npm package: `start()` and the public types. Importing it does nothing, in a browser or in Node. */
import {createChoice} from './choice.js';
import type {ConsentConfig} from './config/types.js';
import {withCookies} from './disclosure/with-cookies.js';
import type {Load, LocaleFile} from './load.js';
import {type ConsentGate, startGate} from './start.js';
import {vendorFiles} from './vendors/vendor-files.js';

const inLanguage = async (locale: Promise<Omit<LocaleFile, 'disclosures'>>): Promise<LocaleFile> => {
  const [{disclosures}, {leavings}] = await Promise.all([
    import('./vendors/disclosures.js'),
    import('./vendors/leavings.js'),
  ]);
  const told = Object.entries(disclosures).map(([id, disclosure]) => [
    id,
    withCookies({definition: {}, disclosure, leavings: leavings[id]}),
  ]);
  return {...(await locale), disclosures: Object.fromEntries(told)};
};

/** Fetched when they are needed: the UI, one language, vendors beyond the first few, and what few pages need. */
const files: Readonly<Record<string, () => Promise<unknown>>> = {
  'ui.js': () => import('./ui/index.js'),
  'around.js': () => import('./ui/around.js'),
  'locales/en.js': () => inLanguage(import('./locales/en.js')),
  'locales/ja.js': () => inLanguage(import('./locales/ja.js')),
  'locales/ru.js': () => inLanguage(import('./locales/ru.js')),
  'denied.js': () => import('./denied.js'),
  'stubs.js': () => import('./vendors/stubs.js'),
  'attend.js': () => import('./gate/attend.js'),
  'fetchers.js': () => import('./gate/fetchers.js'),
  'consent-mode.js': () => import('./signals/extended-consent-mode.js'),
  'attribution.js': () => import('./signals/attribution.js'),
  'check-config.js': () => import('./diagnostics/check-config.js'),
  'debug.js': () => import('./debug/index.js'),
  'shortened.js': () => import('./shortened.js'),
};

/** A vendor's one module has what the script tag finds in `vendors/` and in `disclosures/<language>/`. */
const loadVendor = async (id: string) => {
  const {definition: vendor, disclosure} = await (vendorFiles[id]?.() ??
    Promise.reject(Error(`no vendor ${id}`)));
  // Without the facts: a bundler would put all of them into what a grant fetches.
  return {vendor, disclosure: withCookies({definition: vendor, disclosure})};
};

const load = ((file: string) => {
  const name = file.split('?', 1)[0] as string;
  const [, vendor] = /^(?:vendors|disclosures\/\w+)\/([\w-]+)\.js$/.exec(name) ?? [];
  return vendor ? loadVendor(vendor) : files[name]?.();
}) as Load;

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
export type {FullRecord, Source} from './consent/record.js';
export type {AuditReport} from './debug/contract.js';
export type {ConsentGate} from './start.js';
