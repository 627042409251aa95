/**
 * Words for mistakes: what `normalize-config.ts` closes without one. Beside the flow: fetched only where something has
 * been closed or where a site is made, and by the command line. In: the configuration as the site wrote it. Out: lines on
 * the console. Changes nothing, grants nothing, never throws.
 */
import {attempt} from '../attempt.js';
import {normalizeConfig} from '../config/normalize-config.js';
import {catalogue} from '../vendors/index.js';
import {warn} from '../warn.js';
import {checkMarkup} from './check-markup.js';
import {configRules} from './config-rules.js';
import {findContradictions} from './find-contradictions.js';
import {kindOf, wrong} from './rules.js';

const MISSING =
  'no configuration found: marked-up tags are gated, no vendor is known; ' +
  'add <script type="application/json" data-consent-config>';

/**
 * @param config whatever `start()` or the loader was given; the text of a file that is no JSON stands for that file
 * @returns every mistake in one sentence: path of the field, what was expected, what was found
 */
export function findMistakes(config: unknown): string[] {
  // A getter or a trap of a proxy may throw, once for each field that is looked at.
  return attempt(() => [...new Set(read(config))]) ?? ['configuration: expected plain data, got something unreadable'];
}

/** Warns of each mistake in the configuration, and of those in the markup once the page has been parsed. */
export function checkConfig(config: unknown): void {
  for (const mistake of findMistakes(config)) warn('config', mistake);
  if (typeof document === 'undefined') return;
  const categories = normalizeConfig(config, catalogue).categories.map(({id}) => id);
  const check = () => checkMarkup(document, categories);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', check, {once: true});
  else check();
}

function read(config: unknown): string[] {
  if (typeof config === 'string') return readText(config);
  const mistakes = configRules(config, '');
  return kindOf(config) === 'object' ? [...mistakes, ...findContradictions(Object(config))] : [...mistakes];
}

/** The loader hands on the text itself where it could not parse it. */
function readText(text: string): string[] {
  if (!text.trim()) return [MISSING];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`${wrong('', 'JSON', text.trim())}: ${locate(`${(error as Error).message}`, text)}`];
  }
  return [wrong('', 'an object', kindOf(value) === 'object' ? text : value)];
}

/** Chromium and Node tell the position, Firefox line and column; people look for the line. */
function locate(message: string, text: string): string {
  const position = /line \d/.test(message) ? undefined : /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return message;
  const lines = text.slice(0, Number(position)).split('\n');
  return `${message} (line ${lines.length} column ${(lines.at(-1) as string).length + 1})`;
}
