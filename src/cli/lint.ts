/** `consent-gate lint`: the mistakes that the console of a page would report, before there is a page. */
import {readFileSync} from 'node:fs';
import {findMistakes} from '../diagnostics/check-config.js';
import {findConfiguration} from './find-configuration.js';

/** What a command has to say, and with what it ends. */
export interface Outcome {
  /** For the output. */
  readonly lines: readonly string[];
  /** For the error output: what kept it from its work. */
  readonly errors: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

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
  const say = (exitCode: 0 | 1, ...lines: string[]): Outcome => ({
    lines: lines.map((line) => `${file}: ${line}`),
    errors: [],
    exitCode,
  });
  const found = findConfiguration(file, text);
  if ('address' in found) {
    return say(0, `its configuration is at ${found.address} (data-config): lint that file`);
  }
  const mistakes = findMistakes(found.config);
  if (found.others) {
    mistakes.push(`configuration: expected one in a page, got ${found.others + 1}; the first counts`);
  }
  return mistakes.length ? say(1, ...mistakes) : say(0, 'no mistakes');
}
