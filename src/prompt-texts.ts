/**
 * What the first layer says, in every language: of a locale and of what vendors disclose, the few words that it shows. The
 * build gives each `prompt/<language>.js` those of its language.
 */
import type {VendorDisclosure} from './config/types.js';
import type {LocaleFile} from './load.js';
import {locale as en} from './locales/en.js';
import {locale as ja} from './locales/ja.js';
import type {Locale} from './locales/locale.js';
import {locale as ru} from './locales/ru.js';
import {pickText} from './ui-contract.js';
import {disclosures} from './vendors/disclosures.js';

/** Texts that the banner shows or says. */
const FIELDS = [
  ...([
    'lang',
    'dir',
    'bannerTitle',
    'bannerText',
    'noticeText',
    'acceptAll',
    'rejectAll',
    'settings',
  ] as const),
  ...([
    'privacyPolicy',
    'cookiePolicy',
    'comma',
    'and',
    'lastly',
    'more',
    'recipients',
    'close',
    'changed',
    'gpcHonoured',
  ] as const),
  ...(['saved', 'vendorDenied', 'allDenied', 'undo', 'undone', 'stopsLater'] as const),
] satisfies (keyof Locale)[];

/** What only this layer has to say, as it alone is there before the code that carries a choice out. */
const NOT_SAVED: Readonly<Record<string, string>> = {
  en: 'Nothing was saved. Please load the page again.',
  ja: '選択は保存されていません。ページを再読み込みしてください。',
  ru: 'Ничего не сохранено. Обновите страницу.',
};

/** The texts of one language. */
export interface PromptTexts extends LocaleFile {
  readonly notSaved: string;
}

/** By language. The rest of a locale and of what vendors disclose is not there. */
export const promptTexts: Readonly<Record<string, PromptTexts>> = Object.fromEntries(
  [en, ja, ru].map((locale) => [
    locale.lang,
    {
      locale: pickLocale(locale),
      disclosures: pickDisclosures(locale),
      notSaved: NOT_SAVED[locale.lang] as string,
    },
  ]),
);

function pickLocale(locale: Locale): Locale {
  const categories = Object.entries(locale.categories).map(([id, {name, purpose}]) => [id, {name, purpose}]);
  const texts = FIELDS.map((field) => [field, locale[field]]);
  return Object.fromEntries([...texts, ['categories', Object.fromEntries(categories)]]);
}

function pickDisclosures({lang}: Locale): LocaleFile['disclosures'] {
  const pick = ({name, recipient}: VendorDisclosure) => ({
    name: pickText(name, lang),
    recipient: pickText(recipient, lang),
  });
  return Object.fromEntries(Object.entries(disclosures).map(([id, disclosure]) => [id, pick(disclosure)]));
}
