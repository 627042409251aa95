/** `consent-gate snippet`: prints what a page has to have inline, with its hash for a Content Security Policy. */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {normalizeConfig} from '../config/normalize-config.js';
import {findMistakes} from '../diagnostics/check-config.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {known} from './known-vendors.js';
import type {Outcome} from './outcome.js';

/** Options as they are on the command line. */
export interface SnippetOptions {
  readonly config?: string | undefined;
  readonly 'consent-default'?: boolean | undefined;
}

/** Throws where it was called wrongly. */
export function snippet({config: file, 'consent-default': consentDefault}: SnippetOptions): Outcome {
  if (file === undefined) throw new Error('snippet: no --config');
  if (!consentDefault) throw new Error('snippet: say which: --consent-default');
  const text = readFileSync(file, 'utf8');
  const found = findConfiguration(file, text, elementsIn(file, text));
  if ('address' in found)
    throw new Error(`${file}: its configuration is at ${found.address} (data-config): name that file`);
  const mistakes = findMistakes(found.config, known);
  if (mistakes.length)
    return {lines: [], errors: mistakes.map((mistake) => `${file}: ${mistake}`), exitCode: 1};
  const {cookie, policy} = normalizeConfig(found.config, known.catalogue);
  // From dist/esm/cli to the built script.
  const script = readFileSync(new URL('../../cdn/consent-default.js', import.meta.url), 'utf8')
    .trim()
    .replace('%NAME%', cookie.name)
    .replace('%VERSION%', policy.version);
  const hash = createHash('sha256').update(script).digest('base64');
  return {
    lines: [`<script>${script}</script>`],
    errors: [`script-src 'sha256-${hash}' (or give it the nonce of the page)`],
    exitCode: 0,
  };
}
