/**
 * Words for mistakes: what `normalize-config.ts` closes without one. Beside the flow: fetched only where something has
 * been closed or where a site is made, and by the command line. In: the configuration as the site wrote it. Out: lines on
 * the console. Changes nothing, grants nothing, never throws.
 */

import {attempt} from '../attempt.js';
import {normalizeConfig} from '../config/normalize-config.js';
import {ownDocument} from '../own-document.js';
import {catalogue} from '../vendors/index.js';
import {tagIdForms} from '../vendors/tag-ids.js';
import {warn} from '../warn.js';
import {checkMarkup} from './check-markup.js';
import {configRules} from './config-rules.js';
import {findContradictions, type Known} from './find-contradictions.js';
import {findJsonError} from './find-json-error.js';
import {findLimits} from './measure-record.js';
import {kindOf, wrong} from './rules.js';

const MISSING =
  'no configuration found: marked-up tags are gated, no vendor is known; ' +
  'add <script type="application/json" data-consent-config>';
/** What JavaScript allows and JSON does not: what stands before and behind the place, and what to do. */
const HABITS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/,\s*$/, /^[\]}]/, 'take out the comma before it'],
  [/(?:)/, /^\/[/*]/, 'JSON has no comments'],
  [/(?:)/, /^'/, 'a text stands in double quotes'],
  [/[{,]\s*$/, /^[A-Za-z_$]/, 'the name of a field stands in double quotes'],
];
const UNREADABLE = 'configuration: expected plain data, got something unreadable';

/**
 * @param config whatever `start()` or the loader was given; the text of a file that is no JSON stands for that file
 * @param known the vendors known by name; default: those of the loader
 * @returns every mistake in one sentence: path of the field, what was expected, what was found
 */
export function findMistakes(config: unknown, known: Known = {catalogue, tagIdForms}): string[] {
  // A getter or a trap of a proxy may throw, once for each field that is looked at.
  return attempt(() => [...new Set(read(config, known))]) ?? [UNREADABLE];
}

/** Warns of each mistake in the configuration, and of those in the markup once the page has been parsed. */
export function checkConfig(config: unknown): void {
  const file = typeof config === 'string' ? findFile() : undefined;
  for (const mistake of [...findMistakes(config), ...findLimits(config, catalogue)])
    warn('config', file ? `${file}: ${mistake}` : mistake);
  if (typeof document === 'undefined') return;
  const ids: unknown[] = normalizeConfig(config, catalogue).categories.map(({id}) => id);
  const categories = ids.filter((id) => typeof id === 'string');
  const check = () => checkMarkup(ownDocument, categories);
  if (ownDocument.readyState === 'loading')
    ownDocument.addEventListener('DOMContentLoaded', check, {once: true});
  else check();
}

function read(config: unknown, known: Known): string[] {
  if (typeof config === 'string') return readText(config);
  const mistakes = configRules(config, '');
  return kindOf(config) === 'object'
    ? [...mistakes, ...findContradictions(Object(config), known)]
    : [...mistakes];
}

/** The loader hands on the text itself where it could not parse it. */
function readText(text: string): string[] {
  if (!text.trim()) return [MISSING];
  const position = findJsonError(text);
  if (position === undefined) {
    const value: unknown = JSON.parse(text);
    return [wrong('', 'an object', kindOf(value) === 'object' ? text : value)];
  }
  const lines = text.slice(0, position).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1) as string).length + 1}`;
  const hint = HABITS.find(
    ([before, after]) => before.test(text.slice(0, position)) && after.test(text.slice(position)),
  );
  return [`${wrong('', 'JSON', text.slice(position) || undefined)} in ${place}${hint ? `; ${hint[2]}` : ''}`];
}

/** @returns the address from which the loader took the configuration, where it did */
function findFile(): string | undefined {
  if (typeof document === 'undefined' || ownDocument.querySelector('script[data-consent-config]'))
    return undefined;
  return ownDocument.querySelector<HTMLElement>('script[data-config]')?.dataset['config'];
}
