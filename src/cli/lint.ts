/**
 * `consent-gate lint`: the mistakes that the console of a page would report, and those that it cannot know of, before there
 * is a page.
 */
import {normalizeConfig} from '../config/normalize-config.js';
import {findMistakes} from '../diagnostics/check-config.js';
import {findLimits} from '../diagnostics/measure-record.js';
import {checkCategories, checkPage, type PageMistake} from './check-page.js';
import {checkVendors, type Findings} from './check-vendors.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {known} from './known-vendors.js';
import type {Outcome} from './outcome.js';
import type {PageElement} from './parse-page.js';
import {readText} from './read-text.js';

/** @param files names of JSON and HTML files */
export function lint(files: readonly string[]): Outcome {
  const outcomes = files.map(lintFile);
  const codes = outcomes.map(({exitCode}) => exitCode);
  return {
    lines: outcomes.flatMap(({lines}) => lines),
    errors: outcomes.flatMap(({errors}) => errors),
    // A file that cannot be read weighs more than a mistake: nothing is known about it.
    exitCode: codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0,
  };
}

function lintFile(file: string): Outcome {
  let text: string;
  let elements: PageElement[];
  try {
    text = readText(file);
    elements = elementsIn(file, text);
  } catch (error) {
    return {lines: [], errors: [`${file}: ${(error as Error).message}`], exitCode: 2};
  }
  const inPage = [...checkPage(elements), ...categoriesIn(file, text, elements)].map(
    ({line, mistake}) => `${file}:${line}: ${mistake}`,
  );
  const {mistakes, notices} = lintConfiguration(file, text, elements);
  const told = [...mistakes.map((mistake) => `${file}: ${mistake}`), ...inPage];
  return {
    lines: [
      ...told,
      ...notices.map((notice) => `${file}: notice: ${notice}`),
      ...(told.length ? [] : [`${file}: no mistakes`]),
    ],
    errors: [],
    exitCode: told.length ? 1 : 0,
  };
}

/** Of a page that has its configuration elsewhere nothing is known. */
function categoriesIn(file: string, text: string, elements: PageElement[]): PageMistake[] {
  const found = findConfiguration(file, text, elements);
  if ('address' in found) return [];
  return checkCategories(
    elements,
    normalizeConfig(found.config, known.catalogue).categories.map(({id}) => id),
  );
}

function lintConfiguration(file: string, text: string, elements: PageElement[]): Findings {
  const found = findConfiguration(file, text, elements);
  if ('address' in found) {
    return {
      mistakes: [],
      notices: [`its configuration is at ${found.address} (data-config): lint that file`],
    };
  }
  const {mistakes, notices} = checkVendors(found.config);
  const twice = `configuration: expected one in a page, got ${found.others + 1}; the first counts`;
  return {
    mistakes: [
      ...findMistakes(found.config, known),
      ...findLimits(found.config, known.catalogue),
      ...(found.others ? [twice] : []),
      ...mistakes,
    ],
    notices,
  };
}
