import {expect} from '@esm-bundle/chai';
import {findLanguage} from '../../src/find-language.js';

/** @returns what is found on a page in `lang` for a visitor who reads `languages` */
function find(setting: string, lang: string, languages: readonly string[]): string {
  const before = document.documentElement.lang;
  document.documentElement.lang = lang;
  Object.defineProperty(navigator, 'languages', {value: languages, configurable: true});
  const found = findLanguage(setting);
  delete (navigator as {languages?: unknown}).languages;
  document.documentElement.lang = before;
  return found;
}

describe('findLanguage', () => {
  for (const [what, setting, lang, languages, expected] of [
    ['the page’s', 'auto', 'ja', ['en'], 'ja'],
    ['a region of it', 'auto', 'ru-RU', ['en'], 'ru'],
    ['in capitals', 'auto', 'JA', [], 'ja'],
    ['the visitor’s, where there are no texts in the page’s', 'auto', 'fr', ['de', 'ja-JP', 'en'], 'ja'],
    ['English, where there is nothing else', 'auto', '', ['de'], 'en'],
    ['the configured one, whatever the page says', 'ru', 'ja', ['en'], 'ru'],
    ['English, where there are no texts in the configured one', 'fr', 'ja', ['ru'], 'en'],
    ['no part of another word', 'auto', 'enx', ['jam', 'ru'], 'ru'],
  ] as const) {
    it(`is ${what}`, () => {
      expect(find(setting, lang, languages)).to.equal(expected);
    });
  }
});
