/** `consent-gate snippet`: prints what a page has to have inline, with its hash for a Content Security Policy. */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {normalizeConfig} from '../config/normalize-config.js';
import type {Settings} from '../config/types.js';
import {findMistakes} from '../diagnostics/check-config.js';
import {resolveCircumstances} from '../policy/resolve-regime.js';
import {catalogue} from '../vendors/index.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {known} from './known-vendors.js';
import type {Outcome} from './outcome.js';

/** Options as they are on the command line. */
export interface SnippetOptions {
  readonly config?: string | undefined;
  readonly 'consent-default'?: boolean | undefined;
  readonly preload?: boolean | undefined;
  /** For `preload`: where `dist/cdn` is on the site. */
  readonly base?: string | undefined;
}

/** Throws where it was called wrongly. */
export function snippet({config: file, base, ...options}: SnippetOptions): Outcome {
  const {'consent-default': isDefault, preload: isPreload} = options;
  if (file === undefined) throw new Error('snippet: no --config');
  if (!isDefault === !isPreload) throw new Error('snippet: say which: --consent-default or --preload');
  if (isPreload && base === undefined) throw new Error('snippet: no --base');
  if (isDefault && base !== undefined) throw new Error('snippet: --base is for --preload');
  // It stands in a script, in quotes.
  if (base !== undefined && !/^(https?:\/\/|\/)([\w.~:@!$&+,;=%/-]*\/)?$/.test(base))
    throw new Error(
      `snippet: --base: expected an address that ends with "/", as in /consent/, got "${base}"`,
    );
  const text = readFileSync(file, 'utf8');
  const found = findConfiguration(file, text, elementsIn(file, text));
  if ('address' in found)
    throw new Error(`${file}: its configuration is at ${found.address} (data-config): name that file`);
  const mistakes = findMistakes(found.config, known);
  if (mistakes.length)
    return {lines: [], errors: mistakes.map((mistake) => `${file}: ${mistake}`), exitCode: 1};
  const settings = normalizeConfig(found.config, known.catalogue);
  const script =
    base === undefined
      ? fill('consent-default.js', {
          NAME: settings.cookie.name,
          VERSION: settings.policy.version,
          ANALYTICS: categoryOf(settings, 'google-analytics', 'analytics'),
          ADS: categoryOf(settings, 'google-ads', 'advertising'),
          SOLD: settings.categories
            .filter(({id, sale = id === 'advertising'}) => sale)
            .map(({id}) => id)
            .join('_'),
        })
      : fill('preload.js', {
          NAME: settings.cookie.name,
          LANGUAGE: `${settings.ui?.language ?? 'auto'}`,
          FILES: filesOfBanner(settings)
            .map((name) => base + name)
            .join(' '),
        });
  const hash = createHash('sha256').update(script).digest('base64');
  const isInVain = isPreload && !resolveCircumstances(settings, settings, false).prompts;
  return {
    lines: [`<script>${script}</script>`],
    errors: [
      `script-src 'sha256-${hash}' (or give it the nonce of the page)`,
      ...(isInVain ? [`notice: with ${file} nobody is asked unasked: what is preloaded is not used`] : []),
    ],
    exitCode: 0,
  };
}

/** @returns where the site has put the vendor, or else what it belongs to */
const categoryOf = ({vendors}: Settings, vendor: string, category: string) =>
  vendors.find(({id}) => id === vendor)?.category ?? category;

/** What `start.ts` and `ui-door.ts` ask for before the banner shows; `*` stands for the language. */
function filesOfBanner({vendors}: Settings): string[] {
  const disclosures = vendors
    .filter(({id}) => catalogue.some((definition) => definition.id === id && definition.held))
    .map(({id}) => `disclosures/*/${id}.js`);
  return ['prompt.js', ...disclosures];
}

/** @returns the built script with its texts */
function fill(name: string, texts: Readonly<Record<string, string>>): string {
  // From dist/esm/cli to the built script.
  const script = readFileSync(new URL(`../../cdn/${name}`, import.meta.url), 'utf8').trim();
  return script.replace(/%([A-Z]+)%/g, (_, text: string) => texts[text] ?? '');
}
