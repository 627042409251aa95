/** `consent-gate csp`: prints the Content Security Policy for a configuration. Reads the file; `content-policy.ts` knows. */
import {attempt} from '../attempt.js';
import {findMistakes} from '../diagnostics/check-config.js';
import {contentPolicyOf, formatPolicy} from './content-policy.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {known} from './known-vendors.js';
import type {Outcome} from './outcome.js';
import {readText} from './read-text.js';

/** Options as they are on the command line. */
export interface CspOptions {
  readonly config?: string | undefined;
  readonly origin?: string | undefined;
  readonly nonce?: boolean | undefined;
  readonly 'host-list'?: boolean | undefined;
  readonly format?: string | undefined;
}

const FORMATS = ['header', 'meta', 'json'] as const;

/** Throws where it was called wrongly. */
export function csp({
  config: file,
  origin,
  nonce,
  'host-list': hostList,
  format = 'header',
}: CspOptions): Outcome {
  if (file === undefined) throw new Error('csp: no --config');
  if (nonce && hostList) throw new Error('csp: --nonce or --host-list, not both');
  const form = FORMATS.find((name) => name === format);
  if (!form) throw new Error(`csp: --format is ${FORMATS.join(' | ')}, not "${format}"`);
  const ours = origin === undefined ? undefined : attempt(() => new URL(origin));
  if (origin !== undefined && !/^https?:$/.test(ours?.protocol ?? '')) {
    throw new Error(`csp: --origin is an address like https://cdn.example, not "${origin}"`);
  }

  const fail = (exitCode: 1 | 2, errors: readonly string[]): Outcome => ({
    lines: [],
    errors: errors.map((error) => `${file}: ${error}`),
    exitCode,
  });
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return fail(2, [(error as Error).message]);
  }
  const elements = elementsIn(file, text);
  const found = findConfiguration(file, text, elements);
  if ('address' in found) {
    return fail(2, [`its configuration is at ${found.address} (data-config): name that file`]);
  }
  // A vendor with a mistake is closed: the policy would be one for a page without it.
  const mistakes = findMistakes(found.config, known);
  if (mistakes.length) return fail(1, mistakes);

  const {directives, notes} = contentPolicyOf(found.config, {
    scripts: hostList ? 'host-list' : 'nonce',
    origin: ours?.origin,
    elements,
  });
  return {lines: [formatPolicy(directives, form)], errors: notes, exitCode: 0};
}
