/** `consent-gate snippet`: prints what a page has to have inline, with its hash for a Content Security Policy. */
import {readFileSync} from 'node:fs';
import {normalizeConfig} from '../config/normalize-config.js';
import type {Settings} from '../config/types.js';
import {findMistakes} from '../diagnostics/check-config.js';
import {resolveCircumstances} from '../policy/resolve-regime.js';
import {catalogue} from '../vendors/index.js';
import {elementsIn, findConfiguration} from './find-configuration.js';
import {firstLayer, languages} from './first-layer.js';
import {inlineLoader} from './inline.js';
import {known} from './known-vendors.js';
import {hashOf, markedScripts} from './marked-scripts.js';
import type {Outcome} from './outcome.js';
import {readText} from './read-text.js';

/** Options as they are on the command line. */
export interface SnippetOptions {
  readonly config?: string | undefined;
  readonly 'consent-default'?: boolean | undefined;
  readonly preload?: boolean | undefined;
  readonly inline?: boolean | undefined;
  /** With `inline`: the banner as HTML as well. */
  readonly 'first-layer'?: boolean | undefined;
  readonly language?: string | undefined;
  /** For `preload` and `inline`: where `dist/cdn` is on the site. */
  readonly base?: string | undefined;
}

/** Throws where it was called wrongly. */
export function snippet({config: file, base, ...options}: SnippetOptions): Outcome {
  const {
    'consent-default': isDefault,
    preload: isPreload,
    inline: isInline,
    'first-layer': hasFirstLayer,
  } = options;
  if (file === undefined) throw new Error('snippet: no --config');
  if ([isDefault, isPreload, isInline].filter(Boolean).length !== 1)
    throw new Error('snippet: say which: --consent-default, --preload or --inline');
  if (!isDefault && base === undefined)
    throw new Error(
      'snippet: expected --base, the folder that the other files are in, as in --base /consent/',
    );
  if (isDefault && base !== undefined) throw new Error('snippet: --base is for --preload and --inline');
  if (hasFirstLayer && !isInline) throw new Error('snippet: --first-layer is for --inline');
  if (options.language !== undefined && !hasFirstLayer)
    throw new Error('snippet: --language is for --first-layer');
  // It stands in a script, in quotes.
  if (base !== undefined && !/^(https?:\/\/|\/)([\w.~:@!$&+,;=%/-]*\/)?$/.test(base))
    throw new Error(
      `snippet: --base: expected an address that ends with "/", as in /consent/, got "${base}"`,
    );
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return {lines: [], errors: [`${file}: ${(error as Error).message}`], exitCode: 2};
  }
  const elements = elementsIn(file, text);
  const found = findConfiguration(file, text, elements);
  if ('address' in found)
    throw new Error(`${file}: its configuration is at ${found.address} (data-config): name that file`);
  const mistakes = findMistakes(found.config, known);
  if (mistakes.length)
    return {lines: [], errors: mistakes.map((mistake) => `${file}: ${mistake}`), exitCode: 1};
  const settings = normalizeConfig(found.config, known.catalogue);
  const {markup = markedScripts(elements)} = settings;
  if (isInline)
    return inline(
      {...Object(found.config), ...(markup && {markup})},
      {...settings, ...(markup && {markup})},
      {base: base as string, hasFirstLayer, language: options.language},
    );
  const script =
    base === undefined
      ? fill('consent-default.js', {
          NAME: settings.cookie.name,
          VERSION: settings.policy.version,
          DAYS: `${settings.cookie.days}`,
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
  const isInVain = isPreload && !resolveCircumstances(settings, settings, false).prompts;
  return {
    lines: [`<script>${script}</script>`],
    errors: [
      `script-src ${sourceOf(script)} (or give it the nonce of the page)`,
      ...(isInVain ? [`notice: with ${file} nobody is asked unasked: what is preloaded is not used`] : []),
    ],
    exitCode: 0,
  };
}

interface InlineOptions {
  readonly base: string;
  readonly hasFirstLayer?: boolean | undefined;
  readonly language?: string | undefined;
}

/** The whole loader, and the banner of those who are to be asked. */
function inline(
  config: unknown,
  settings: Settings,
  {base, hasFirstLayer = false, language}: InlineOptions,
): Outcome {
  const script = inlineLoader({settings, config, base, hasFirstLayer});
  const errors = [
    `script-src ${sourceOf(script)} (or give it the nonce of the page)`,
    settings.markup
      ? 'notice: without a nonce, it lets in the marked-up scripts that `markup` lists, and no others'
      : 'notice: without a nonce, it lets in no marked-up script: `markup` of the configuration lists those that it may',
  ];
  const lines = [`<script>${script}</script>`];
  if (hasFirstLayer) {
    const {language: configured = 'auto'} = Object(settings.ui);
    const spoken = language ?? (configured === 'auto' ? 'en' : configured);
    if (!languages.includes(spoken))
      throw new Error(`snippet: --language is ${languages.join(' | ')}, not "${spoken}"`);
    if (configured !== 'auto' && configured !== spoken)
      throw new Error(`snippet: --language is ${spoken}, but ui.language is ${configured}`);
    const {html, styles} = firstLayer(settings, spoken);
    lines.push(
      '<!-- The script belongs into the head; what follows, to the beginning of the body. -->',
      html,
    );
    errors.push(`style-src ${sourceOf(styles)}`);
  }
  return {lines, errors, exitCode: 0};
}

const sourceOf = (text: string) => `'sha256-${hashOf(text)}'`;

/** @returns where the site has put the vendor, or else what it belongs to */
function categoryOf({vendors}: Settings, vendor: string, category: string): string {
  const {needs = [category]} = vendors.find(({id}) => id === vendor) ?? {};
  if (needs.length > 1)
    throw new Error(`snippet: --consent-default knows one category of ${vendor}, not "${needs.join(' ')}"`);
  return needs[0] as string;
}

/** What `start.ts` and `prompt.ts` ask for before the banner shows; `*` stands for the language. */
function filesOfBanner({vendors}: Settings): string[] {
  const disclosures = vendors
    .filter(({id}) => catalogue.some((definition) => definition.id === id && definition.isStandIn))
    .map(({id}) => `disclosures/*/${id}.js`);
  return ['prompt/*.js', ...disclosures];
}

/** @returns the built script with its texts */
function fill(name: string, texts: Readonly<Record<string, string>>): string {
  // From dist/esm/cli to the built script.
  const script = readFileSync(new URL(`../../cdn/${name}`, import.meta.url), 'utf8').trim();
  return script.replace(/%([A-Z]+)%/g, (_, text: string) => texts[text] ?? '');
}
