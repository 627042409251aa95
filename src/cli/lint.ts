/**
 * `consent-gate lint`: the mistakes that the console of a page would report, and those that it cannot know of, before there
 * is a page.
 */
import {readFileSync} from 'node:fs';
import {findMistakes} from '../diagnostics/check-config.js';
import {checkPage} from './check-page.js';
import {checkVendors, type Findings} from './check-vendors.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {known} from './known-vendors.js';
import type {Outcome} from './outcome.js';
import type {PageElement} from './parse-page.js';

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
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return {lines: [], errors: [`${file}: ${(error as Error).message}`], exitCode: 2};
  }
  const elements = elementsIn(file, text);
  const inPage = checkPage(elements).map(({line, mistake}) => `${file}:${line}: ${mistake}`);
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
    mistakes: [...findMistakes(found.config, known), ...(found.others ? [twice] : []), ...mistakes],
    notices,
  };
}
