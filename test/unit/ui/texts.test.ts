import {expect} from '@esm-bundle/chai';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import {fill, listIn, nameOf, textIn} from '../../../src/ui/texts.js';
import {disclosures} from '../../../src/vendors/disclosures.js';
import {createFakeHost} from './fake-host.js';

/** Labels that tools which reject for their users look for. */
const REJECT = {en: /^reject all$/i, ja: /^すべて拒否$/, ru: /^отклонить все$/i};

describe('texts', () => {
  for (const [language, locale] of Object.entries({en, ja, ru})) {
    it(`name rejection as tools expect it (${language})`, () => {
      expect(locale.rejectAll).to.match(REJECT[language as keyof typeof REJECT]);
    });

    it(`list as the language does (${language})`, () => {
      const items = ['A, Inc.', 'B', 'C', 'D'];
      for (let count = 0; count <= items.length; count++) {
        const some = items.slice(0, count);
        expect(listIn(locale, some), `${count}`).to.equal(new Intl.ListFormat(language).format(some));
      }
    });

    it(`have their own language tag (${language})`, () => {
      expect(locale.lang).to.equal(language);
    });
  }

  for (const language of ['en', 'ja', 'ru']) {
    it(`say everything about the loader's own vendors (${language})`, () => {
      const facts = Object.values(disclosures).flatMap(({purpose, transmits}) => [purpose, transmits].flat());
      const missing = facts.filter((fact) => typeof fact !== 'object' || !(language in fact));
      expect(missing).to.deep.equal([]);
    });
  }

  it('fall back from a region to its language, then to English, then to what there is', () => {
    expect(textIn({...ja, lang: 'ja-JP'}, {ja: 'a', en: 'b'})).to.equal('a');
    expect(textIn(ru, {ja: 'a', en: 'b'})).to.equal('b');
    expect(textIn(ru, {ja: 'a'})).to.equal('a');
    expect(textIn(ru, undefined)).to.equal('');
  });

  it('name a vendor by the site, else the catalogue, else its id', () => {
    expect(nameOf(createFakeHost({locale: en}), {id: 'google-ads', name: 'Ads'})).to.equal('Ads');
    expect(nameOf(createFakeHost({locale: ja}), {id: 'google-ads'})).to.equal('Google広告');
    expect(nameOf(createFakeHost({locale: ja}), {id: 'analytics'})).to.equal('アクセス解析');
    expect(nameOf(createFakeHost({locale: ja}), {id: 'unknown'})).to.equal('unknown');
  });

  it('fill in what is named', () => {
    expect(fill('{a} and {b}', {a: '$&', b: 2})).to.equal('$& and 2');
  });
});
