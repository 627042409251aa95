/** Words for what is shown: the site's own before the catalogue's, in the visitor's language where there are any. */
import type {LocalizedText, Vendor} from '../config/types.js';
import type {Locale} from '../locales/locale.js';
import {pickText, type UiHost} from '../ui-contract.js';

/** @returns the text in the language of the locale, or in the next best one */
export function textIn({lang}: Locale, text: LocalizedText | undefined): string {
  return pickText(text, lang);
}

/** `fill('{a} and {b}', {a: 'x', b: 'y'})` is `'x and y'`. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/{(\w+)}/g, (_, name: string) => `${values[name]}`);
}

/** @returns `a, b, and c`. Not by `Intl.ListFormat`, the first of which takes a page 20 ms, and a slow phone 80. */
export function listIn({comma, and, lastly}: Locale, items: readonly string[]): string {
  const [last = '', ...others] = [...items].reverse();
  return others.length ? others.reverse().join(comma) + (others[1] ? lastly : and) + last : last;
}

/** @returns the vendor with what the catalogue knows about it */
export const describeVendor = ({disclosures}: Pick<UiHost, 'disclosures'>, vendor: Vendor): Vendor => ({
  ...disclosures[vendor.id],
  ...vendor,
});

/** @returns the name of a vendor or category, at worst its id */
export function nameOf(
  {locale, disclosures}: Pick<UiHost, 'locale' | 'disclosures'>,
  {id, name}: Pick<Vendor, 'id' | 'name'>,
): string {
  return textIn(locale, name ?? disclosures[id]?.name) || (locale.categories[id]?.name ?? id);
}

/** @returns the name of a country code; a country in words stays as it is */
export function countryIn(language: string, country: string): string | undefined {
  return /^[A-Z]{2}$/.test(country) ? new Intl.DisplayNames(language, {type: 'region'}).of(country) : country;
}
