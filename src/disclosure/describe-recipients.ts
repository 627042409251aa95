/**
 * From what a site and the catalogue say of each vendor to what visitors read: rows of plain strings in one language. The
 * element and the command line both show these, so that they cannot disagree. Pure: no DOM, nothing fetched, nothing kept.
 */
import {attempt} from '../attempt.js';
import type {CategoryConfig, LocalizedText, Vendor, VendorDisclosure} from '../config/types.js';
import {pickText} from '../ui-contract.js';
import {type DisclosureTexts, textsIn} from './texts.js';

/** One cookie: its name (`*` stands for any characters), and how long it lives in words, or `''`. */
export interface CookieRow {
  readonly name: string;
  readonly lifetime: string;
}

/** One recipient's product. What is not known is `''` or an empty list. */
export interface RecipientRow {
  readonly id: string;
  readonly category: string;
  /** The product, at worst the id. */
  readonly name: string;
  /** Who receives the data: the legal name. */
  readonly recipient: string;
  readonly transmits: readonly string[];
  readonly purpose: string;
  readonly retention: string;
  /** Name of the country, not its code. */
  readonly country: string;
  readonly cookies: readonly CookieRow[];
  readonly privacyUrl: string;
  /** The recipient's own opt-out page. */
  readonly optOutUrl: string;
  /** Cannot be refused. */
  readonly isRequired: boolean;
  /** Fields that there are in another language only → that language. */
  readonly foreign: Readonly<Record<string, string>>;
}

/** The recipients of one category. */
export interface RecipientGroup {
  readonly id: string;
  readonly name: string;
  readonly recipients: readonly RecipientRow[];
}

export interface RecipientSource {
  readonly categories: readonly CategoryConfig[];
  readonly vendors: readonly Vendor[];
  /** What the catalogue says of its vendors, by id. */
  readonly disclosures: Readonly<Record<string, VendorDisclosure>>;
  /** BCP 47; one without texts of its own is English. */
  readonly language: string;
  /** Ids of those to show. Default: all. */
  readonly only?: {readonly vendors?: readonly string[]; readonly categories?: readonly string[]};
}

/**
 * @returns the categories that have recipients, in the order of the configuration. A vendor with a mistake in its
 *   configuration is never loaded, so it receives nothing and is not among them
 */
export function describeRecipients({
  categories,
  vendors,
  disclosures,
  language,
  only = {},
}: RecipientSource): RecipientGroup[] {
  const isWanted = (ids: readonly string[] | undefined, id: string) => !ids || ids.includes(id);
  return categories
    .filter(({id}) => isWanted(only.categories, id))
    .map(({id, name, required}) => ({
      id,
      name: pickText(name, language) || textsIn(language).categories[id] || id,
      recipients: vendors
        .filter((vendor) => vendor.category === id && !vendor.isBroken && isWanted(only.vendors, vendor.id))
        .map((vendor) =>
          describeRecipient(vendor, disclosures[vendor.id], {language, isRequired: !!required}),
        ),
    }))
    .filter(({recipients}) => recipients.length);
}

/** `['a', 'b', 'c']` is `'a, b, and c'` in English. */
export function joinItems(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language).format(items);
}

function describeRecipient(
  vendor: Vendor,
  disclosure: VendorDisclosure | undefined,
  {language, isRequired}: {language: string; isRequired: boolean},
): RecipientRow {
  const {id, category, name, recipient, transmits, purpose, retention, country, privacyUrl, optOutUrl} = {
    ...disclosure,
    ...vendor,
  };
  const foreign: Record<string, string> = {};
  const pick = (field: string, text: LocalizedText | undefined) => {
    const shown = pickText(text, language);
    const found =
      typeof text === 'object' && Object.entries(text).find(([, translation]) => translation === shown);
    if (found && !isSameLanguage(found[0], language)) foreign[field] = found[0];
    return shown;
  };
  return {
    id,
    category,
    name: pick('name', name) || id,
    recipient: pick('recipient', recipient),
    transmits: ([transmits ?? []].flat() as LocalizedText[])
      .map((item) => pick('transmits', item))
      .filter(Boolean),
    purpose: pick('purpose', purpose),
    retention: pick('retention', retention),
    country: country ? countryIn(language, country) : '',
    cookies: cookiesOf(vendor, disclosure, textsIn(language)),
    privacyUrl: safeAddress(privacyUrl),
    optOutUrl: safeAddress(optOutUrl),
    isRequired,
    foreign,
  };
}

/** The catalogue's, with how long they live where that is known, and the site's own. */
function cookiesOf(
  {definition, cookies = []}: Vendor,
  disclosure: VendorDisclosure | undefined,
  texts: DisclosureTexts,
): CookieRow[] {
  const lifetimes = disclosure?.cookieLifetimes ?? {};
  const names = new Set([...Object.keys(lifetimes), ...(definition?.cookies ?? []), ...cookies]);
  return [...names].map((name) => ({name, lifetime: formatLifetime(lifetimes[name] ?? '', texts)}));
}

/** A quantity, the most there may be, or a range: `13 months`, `up to 2 years`, `6 to 13 months`, `90 days to 13 months`. */
const LIFETIME =
  /^(?:(?<upTo>up to )|(?<least>\d+)(?: (?<leastUnit>[a-z]+?)s?)? to )?(?<most>\d+) (?<unit>[a-z]+?)s?$/;
const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'];

/** @returns the lifetime in that language; `''` where it is put in words that nobody has translated */
export function formatLifetime(lifetime: string, {lang, session, range, atMost}: DisclosureTexts): string {
  if (lifetime === 'session') return session;
  const {upTo, least, leastUnit, most, unit = ''} = LIFETIME.exec(lifetime)?.groups ?? {};
  if (![unit, leastUnit ?? unit].every((name) => UNITS.includes(name))) return '';
  const quantity = (count: string | undefined, name: string) =>
    new Intl.NumberFormat(lang, {style: 'unit', unit: name, unitDisplay: 'long'})
      .format(Number(count))
      // Japanese has no space there.
      .replace(/\s/g, lang === 'ja' ? '' : '\u00a0');
  const end = quantity(most, unit);
  if (upTo) return atMost.replace('{most}', end);
  return least ? range.replace('{least}', quantity(least, leastUnit ?? unit)).replace('{most}', end) : end;
}

/** @returns the name of a country code; a country in words stays as it is */
function countryIn(language: string, country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(language, {type: 'region'}).of(country) ?? country;
}

/** An address of a page, never one that runs when it is pressed. */
function safeAddress(address: unknown): string {
  const isPage =
    typeof address === 'string' &&
    address &&
    attempt(() => /^https?:$/.test(new URL(address, 'https://site.example/').protocol));
  return isPage ? address : '';
}

const isSameLanguage = (one: string, other: string) => one.split('-')[0] === other.split('-')[0];
