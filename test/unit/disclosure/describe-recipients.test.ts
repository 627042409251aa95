import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig, VendorDisclosure} from '../../../src/config/types.js';
import {
  describeRecipients,
  formatLifetime,
  joinItems,
  type RecipientRow,
} from '../../../src/disclosure/describe-recipients.js';
import {disclosureTexts, textsIn} from '../../../src/disclosure/texts.js';
import {withCookies} from '../../../src/disclosure/with-cookies.js';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import {pickText} from '../../../src/ui-contract.js';
import {vendors as catalogue} from '../../../src/vendors/catalogue.js';

const definitions = catalogue.map(({definition}) => definition);
const disclosures: Record<string, VendorDisclosure> = Object.fromEntries(
  catalogue.map((vendor) => [vendor.definition.id, withCookies(vendor)]),
);

const heat = {
  id: 'heat',
  category: 'analytics',
  name: {ja: 'ヒートマップ', en: 'Heatmap'},
  recipient: 'Heat Ltd',
  country: 'JP',
  transmits: [
    {ja: '操作', en: 'actions'},
    {ja: '題名', en: 'titles'},
  ],
  purpose: {ja: '分析'},
  cookies: ['_heat'],
  privacyUrl: 'https://heat.example/privacy',
  optOutUrl: 'javascript:alert(1)',
};

function setup(config: ConsentConfig, language = 'en', only = {}) {
  const {categories, vendors} = normalizeConfig(config, definitions);
  const groups = describeRecipients({categories, vendors, disclosures, language, only});
  return {groups, rows: groups.flatMap(({recipients}) => recipients)};
}

const rowOf = (vendor: object, language?: string) =>
  setup({vendors: [vendor as never]}, language).rows[0] as RecipientRow;

describe('describeRecipients', () => {
  it('groups by category in the order of the configuration, and leaves empty categories out', () => {
    const {groups} = setup({
      categories: ['advertising', 'functional', 'analytics'],
      vendors: [heat, 'google-analytics', 'meta-pixel'],
    });
    expect(groups.map(({id, name, recipients}) => [id, name, recipients.map((row) => row.id)])).to.deep.equal(
      [
        ['advertising', 'Advertising', ['meta-pixel']],
        ['analytics', 'Analytics', ['heat', 'google-analytics']],
      ],
    );
  });

  it('takes the words of the site before those of the catalogue', () => {
    const own = {id: 'x-pixel', name: 'Our X', recipient: 'X Corp. Japan'};
    const row = rowOf(own);
    expect([row.name, row.recipient, row.country]).to.deep.equal(['Our X', 'X Corp. Japan', 'United States']);
    expect(row.transmits).to.include('IP address');
  });

  it('says what there is in another language only, and in which', () => {
    const {name, purpose, foreign} = rowOf(heat, 'ru');
    expect([name, purpose]).to.deep.equal(['Heatmap', '分析']);
    expect(foreign).to.deep.equal({name: 'en', transmits: 'en', purpose: 'ja'});
    expect(rowOf(heat, 'ja').foreign).to.deep.equal({});
  });

  it('lists cookies of the catalogue with their lifetimes, and those of the site', () => {
    const {cookies} = rowOf({id: 'x-pixel', cookies: ['_own']}, 'ja');
    expect(cookies).to.deep.include.members([
      {name: '_twclid', lifetime: '90日'},
      {name: '_own', lifetime: ''},
    ]);
    expect(new Set(cookies.map(({name}) => name)).size).to.equal(cookies.length);
  });

  it('links to pages only', () => {
    const {privacyUrl, optOutUrl} = rowOf(heat);
    expect([privacyUrl, optOutUrl]).to.deep.equal(['https://heat.example/privacy', '']);
    for (const url of ['java\tscript:alert(1)', 'data:text/html,x', '', 5, null]) {
      expect(rowOf({...heat, privacyUrl: url}).privacyUrl).to.equal('');
    }
    expect(rowOf({...heat, privacyUrl: '/privacy/'}).privacyUrl).to.equal('/privacy/');
  });

  it('leaves out what a mistake has closed', () => {
    const {rows} = setup({vendors: [{...heat, category: 'nowhere'}, 'meta-pixel']});
    expect(rows.map(({id}) => id)).to.deep.equal(['meta-pixel']);
  });

  it('can be limited to vendors and to categories', () => {
    const config = {vendors: [heat, 'google-analytics', 'meta-pixel']};
    const ids = (only: object) => setup(config, 'en', only).rows.map(({id}) => id);
    expect(ids({vendors: ['heat', 'meta-pixel', 'nobody']})).to.deep.equal(['heat', 'meta-pixel']);
    expect(ids({categories: ['analytics']})).to.deep.equal(['heat', 'google-analytics']);
    expect(ids({categories: ['analytics'], vendors: ['meta-pixel']})).to.deep.equal([]);
  });

  it('marks what cannot be refused', () => {
    expect(rowOf({...heat, category: 'essential'}).isRequired).to.equal(true);
    expect(rowOf(heat).isRequired).to.equal(false);
  });

  it('has nothing to say of a vendor that nobody describes, but its id', () => {
    const row = rowOf({id: 'bare', category: 'analytics'});
    const {name, recipient, transmits, cookies, country} = row;
    expect({name, recipient, transmits, cookies, country}).to.deep.equal({
      name: 'bare',
      recipient: '',
      transmits: [],
      cookies: [],
      country: '',
    });
  });
});

describe('joinItems', () => {
  for (const [language, joined] of [
    ['en', 'a, b, and c'],
    ['ja', 'a、b、c'],
    ['ru', 'a, b и c'],
  ] as const) {
    it(`joins as ${language} does`, () => expect(joinItems(['a', 'b', 'c'], language)).to.equal(joined));
  }
});

describe('formatLifetime', () => {
  const rows: [given: string, en: string, ja: string, ru: string][] = [
    ['13 months', '13\u00a0months', '13か月', '13\u00a0месяцев'],
    ['1 day', '1\u00a0day', '1日', '1\u00a0день'],
    [
      '90 days to 13 months',
      '90\u00a0days to 13\u00a0months',
      '90日～13か月',
      '90\u00a0дней – 13\u00a0месяцев',
    ],
    [
      '6 to 13 months',
      '6\u00a0months to 13\u00a0months',
      '6か月～13か月',
      '6\u00a0месяцев – 13\u00a0месяцев',
    ],
    ['up to 2 years', 'up to 2\u00a0years', '最長2年', 'максимум 2\u00a0года'],
    ['3 moons', '', '', ''],
    ['session', 'until the browser is closed', 'ブラウザを閉じるまで', 'до закрытия браузера'],
    ['as long as it likes', '', '', ''],
    ['', '', '', ''],
  ];
  for (const [given, ...expected] of rows) {
    it(`puts "${given}" into words`, () => {
      const said = ['en', 'ja', 'ru'].map((language) => formatLifetime(given, textsIn(language)));
      expect(said).to.deep.equal(expected);
    });
  }
});

describe('the texts of the disclosure', () => {
  it('name the categories as the UI does', () => {
    for (const {lang, dir, categories, alwaysOn} of [en, ja, ru]) {
      const texts = textsIn(lang);
      expect([texts.lang, texts.dir, texts.alwaysOn]).to.deep.equal([lang, dir, alwaysOn]);
      for (const [id, {name}] of Object.entries(categories)) expect(texts.categories[id]).to.equal(name);
    }
  });

  it('are English where there are none', () => {
    expect(textsIn('fr').lang).to.equal('en');
    expect(textsIn('ja-JP').lang).to.equal('ja');
    expect(Object.keys(disclosureTexts)).to.have.members(['en', 'ja', 'ru']);
  });
});

describe('every vendor of the catalogue', () => {
  for (const {definition, disclosure, facts} of catalogue) {
    it(`${definition.id} says who receives what, and what for, in Japanese`, () => {
      const {recipient, transmits, purpose} = disclosure;
      for (const text of [recipient, purpose]) expect(pickText(text, 'ja')).to.not.equal('');
      const items = [transmits ?? []].flat();
      expect(items).to.not.equal([]);
      for (const text of [...items, purpose]) {
        expect(pickText(text as string, 'ja')).to.match(/[\u3040-\u30ff\u4e00-\u9fff]/);
      }
      const {foreign} = rowOf({id: definition.id}, 'ja');
      expect(foreign).to.not.have.any.keys('transmits', 'purpose', 'retention');
    });

    it(`${definition.id} has lifetimes that can be translated`, () => {
      for (const lifetime of Object.values(facts.cookieLifetimes ?? {})) {
        expect(formatLifetime(lifetime, textsIn('ja')), lifetime).to.not.equal('');
      }
    });
  }
});
