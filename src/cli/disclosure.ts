/**
 * `consent-gate disclosure`: prints what `<consent-disclosure>` shows, for visitors without scripts and for documents that
 * are made elsewhere. Reads the file; who is told of, and in which words, is for `src/disclosure` to say.
 */
import {normalizeConfig} from '../config/normalize-config.js';
import type {Settings} from '../config/types.js';
import {describeRecipients, type RecipientGroup} from '../disclosure/describe-recipients.js';
import {type DisclosureTexts, disclosureTexts, textsIn} from '../disclosure/texts.js';
import {withCookies} from '../disclosure/with-cookies.js';
import {vendors} from '../vendors/catalogue.js';
import {findConfiguration} from './find-configuration.js';
import {type Disclosure, formatDisclosure} from './format-disclosure.js';
import type {Outcome} from './outcome.js';
import {readText} from './read-text.js';

/** Options as they are on the command line. */
export interface DisclosureOptions {
  readonly config?: string | undefined;
  readonly format?: string | undefined;
  readonly language?: string | undefined;
  readonly profile?: string | undefined;
}

const FORMATS = ['html', 'md', 'json'] as const;

/** Throws where it was called wrongly. */
export function disclosure(options: DisclosureOptions): Outcome {
  const {config: file, format: wanted = 'html', language, profile, ...others} = options;
  const stranger = Object.keys(others)[0];
  if (stranger) throw new Error(`disclosure: no option --${stranger}`);
  if (file === undefined) throw new Error('disclosure: no --config');
  const format = FORMATS.find((name) => name === wanted);
  if (!format) throw new Error(`disclosure: --format is ${FORMATS.join(' | ')}, not "${wanted}"`);
  if (profile !== undefined && profile !== 'jp') {
    throw new Error(`disclosure: --profile is jp, not "${profile}"`);
  }
  if (language !== undefined && !disclosureTexts[language]) {
    const known = Object.keys(disclosureTexts).join(' | ');
    throw new Error(`disclosure: --language is ${known}, not "${language}"`);
  }

  const fail = (error: string): Outcome => ({lines: [], errors: [`${file}: ${error}`], exitCode: 2});
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return fail((error as Error).message);
  }
  const found = findConfiguration(file, text);
  if ('address' in found) {
    return fail(`its configuration is at ${found.address} (data-config): name that file`);
  }
  if (typeof found.config === 'string')
    return fail('there is no configuration that could be read: consent-gate lint');

  const catalogue = vendors.map(({definition}) => definition);
  const written = Object(found.config);
  const isJp = (profile ?? Object(written.disclosure).profile) === 'jp';
  // A vendor that lacks one of the items of the notice is left out, as it is in the page.
  const settings = normalizeConfig(isJp ? {...written, disclosure: {profile: 'jp'}} : written, catalogue);
  const texts = textsIn(language ?? languageOf(settings, isJp));
  const shown: Disclosure = {isJp, texts, groups: recipientsOf(settings, texts)};
  // What is disclosed is what happens: of a vendor that is closed, there is nothing to disclose.
  const closed = settings.vendors.filter(({isBroken}) => isBroken);
  return {
    lines: [formatDisclosure(shown, format)],
    errors: closed.map(
      ({id}) =>
        `${file}: ${id} is left out, since a mistake in its configuration closes it: consent-gate lint`,
    ),
    exitCode: closed.length ? 1 : 0,
  };
}

function recipientsOf(
  {categories, vendors: configured}: Settings,
  {lang}: DisclosureTexts,
): RecipientGroup[] {
  const disclosures = Object.fromEntries(
    vendors.map((vendor) => [vendor.definition.id, withCookies(vendor)]),
  );
  return describeRecipients({categories, vendors: configured, disclosures, language: lang});
}

/** The notice is Japanese unless something else is asked for. */
function languageOf({ui, policy}: Settings, isJp: boolean): string {
  if (isJp) return 'ja';
  const {language = 'auto'} = Object(ui);
  return language === 'auto' ? `${policy.prevailingLanguage ?? 'en'}` : `${language}`;
}
