/** Entry of the npm package: `start()` and the public types. Importing it does nothing, in a browser or in Node. */
import {createChoice} from './choice.js';
import type {ConsentConfig} from './config/types.js';
import {type ConsentGate, startGate} from './start.js';

/** One language a file, each fetched only when it is shown. */
const locales: Readonly<Record<string, () => Promise<typeof import('./locales/en.js')>>> = {
  en: () => import('./locales/en.js'),
  ja: () => import('./locales/ja.js'),
  ru: () => import('./locales/ru.js'),
};

/**
 * Starts the gate of this page. Call it once, as early as you can: until then nothing is let in.
 * @param config all fields may be left out; mistakes are reported on the console and close what they concern
 * @param options `nonce`: the page's CSP nonce, handed to every script that is let in
 * @returns the gate; the first one where the page has one already
 */
export function start(config: ConsentConfig = {}, {nonce = ''}: {nonce?: string} = {}): ConsentGate {
  return startGate(config, {
    window,
    nonce,
    loadChoice: (use) => use(createChoice),
    explain: (flawed) => import('./diagnostics/check-config.js').then(({checkConfig}) => checkConfig(flawed)),
    loadUi: async (language) => {
      const loadLocale = locales[language] as () => Promise<typeof import('./locales/en.js')>;
      const [{mountUi}, {locale}] = await Promise.all([import('./ui/index.js'), loadLocale()]);
      return {mountUi, locale};
    },
  });
}

export type * from './config/types.js';
export type {ConsentEvent, ConsentEvents} from './consent/change-event.js';
export type {Answers} from './consent/decide.js';
export type {ConsentState, Grant, Grants, Lock} from './consent/grants.js';
export type {Source} from './consent/record.js';
export type {ConsentGate, FullRecord} from './start.js';
