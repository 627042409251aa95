import {expect} from '@esm-bundle/chai';
import '../../../src/elements/consent-disclosure.js';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import type {ConsentDisclosureElement} from '../../../src/ui/disclosure-element.js';
import {violations} from '../../support/axe.js';
import {createFakeHost, defaultSettings, type FakeOptions, vendor} from './fake-host.js';
import {find, has, textOf} from './support.js';

const lang = document.documentElement.lang;

/** Puts the element into the page, connected to a core that there is not. */
async function setup(
  options: FakeOptions = {},
  attributes: Record<string, string> = {},
  page = options.locale?.lang ?? 'en',
) {
  document.documentElement.lang = page;
  const host = createFakeHost(options);
  const place = document.createElement('main');
  const element = document.createElement('consent-disclosure') as ConsentDisclosureElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append('static');
  place.append(element);
  document.body.append(place);
  const connect = async () => {
    element.connect(host);
    await element.updateComplete;
  };
  return {host, element, connect, settle: () => element.updateComplete};
}

async function show(options?: FakeOptions, attributes?: Record<string, string>, page?: string) {
  const made = await setup(options, attributes, page);
  await made.connect();
  return made;
}

const all = (element: Element, selector: string) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const shown = (element: Element) => all(element, '[part=vendor]').map(({dataset}) => dataset['vendor']);
const withoutLatin = (text: string) => text.replace(/https?:\S+/g, '');

describe('<consent-disclosure>', () => {
  afterEach(() => {
    for (const place of document.querySelectorAll('main')) place.remove();
    document.documentElement.lang = lang;
  });

  for (const width of ['20rem', '70rem']) {
    for (const profile of ['', 'jp']) {
      it(`has no accessibility violations, ${profile || 'as a table'}, ${width} wide`, async () => {
        const {element} = await show({}, {profile});
        element.style.inlineSize = width;
        // What it stands under is the page's to say.
        const rules = {'heading-order': {enabled: false}};
        expect(await violations(element, {rules})).to.deep.equal([]);
      });
    }
  }

  it('lists every vendor in its category, and none that a mistake has closed', async () => {
    const vendors = [...defaultSettings.vendors, vendor('broken', 'analytics', {isBroken: true})];
    const {element} = await show({settings: {vendors}});
    expect(shown(element)).to.have.members(defaultSettings.vendors.map(({id}) => id));
    expect(all(element, 'caption').map(({innerText}) => innerText.split(':').at(-1)?.trim())).to.deep.equal([
      'Essential',
      'Analytics',
      'Advertising',
    ]);
  });

  it('can be limited by vendor and by category, and changes with its attributes', async () => {
    const {element, settle} = await show({}, {vendors: 'meta-pixel our-heatmap'});
    expect(shown(element)).to.have.members(['meta-pixel', 'our-heatmap']);
    element.removeAttribute('vendors');
    element.setAttribute('category', 'analytics');
    await settle();
    expect(shown(element)).to.deep.equal(['google-analytics', 'our-heatmap']);
  });

  for (const [locale, words] of [
    [en, ['Google Analytics', 'Google LLC', 'United States', 'measuring visits', 'IP address', 'Off']],
    [ja, ['Googleアナリティクス', 'アメリカ合衆国', 'アクセス解析', 'IPアドレス', '送信される情報', 'オフ']],
    [
      ru,
      ['Google Analytics', 'Соединенные Штаты', 'анализ посещений', 'IP-адрес', 'Получатель', 'Выключено'],
    ],
  ] as const) {
    it(`says in ${locale.lang} who receives what, and what for`, async () => {
      const {element} = await show({locale}, {category: 'analytics'});
      expect(element.lang).to.equal(locale.lang);
      for (const word of words) expect(textOf(element), word).to.include(word);
    });
  }

  it('keeps the roles of a table where it is laid out as cards', async () => {
    const {element} = await show();
    element.style.inlineSize = '20rem';
    expect(getComputedStyle(find(element, 'td:not(.empty)')).display).to.equal('block');
    for (const [selector, role] of [
      ['table', 'table'],
      ['tr', 'row'],
      ['td', 'cell'],
      ['thead th', 'columnheader'],
      ['tbody th', 'rowheader'],
    ] as const) {
      for (const node of all(element, selector)) expect(node.getAttribute('role')).to.equal(role);
    }
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  it('opens pages of recipients in a new tab and says so; its own links stay', async () => {
    const {element} = await show({}, {vendors: 'google-analytics'});
    const links = all(element, 'a') as HTMLAnchorElement[];
    expect(links.map((link) => [link.getAttribute('href'), link.target])).to.deep.equal([
      ['https://policies.google.com/privacy', '_blank'],
      ['https://tools.google.com/dlpage/gaoptout', '_blank'],
      ['#consent=google-analytics', ''],
    ]);
    expect(links[0]?.textContent).to.include('opens in a new tab');
    expect(links[2]?.getAttribute('aria-label')).to.include('Google Analytics');
  });

  it('follows what the visitor chooses', async () => {
    const {element, host, settle} = await show({}, {vendors: 'meta-pixel login'});
    const states = () => all(element, '[part=state]').map(({innerText}) => innerText);
    expect(states()).to.deep.equal(['Always on', 'Off (nothing is sent)']);
    host.set({vendors: {...host.state.vendors, 'meta-pixel': 'granted'}});
    await settle();
    expect(states()).to.deep.equal(['Always on', 'On (data is sent)']);
    host.set({vendors: {...host.state.vendors, 'meta-pixel': 'denied'}});
    await settle();
    expect(states()).to.deep.equal(['Always on', 'Off (nothing is sent)']);
    expect(host.requests).to.deep.equal([]);
  });

  it('shows what stands between its tags until the list is there', async () => {
    const {element, connect, settle} = await setup();
    await settle();
    expect(has(element, 'slot')).to.equal(true);
    await connect();
    expect(has(element, 'slot')).to.equal(false);
  });

  it('says so where there is nobody to list', async () => {
    const {element} = await show({settings: {vendors: []}});
    expect(textOf(element)).to.equal('No recipients are listed.');
  });

  it('marks what there is in another language only', async () => {
    const vendors = [vendor('own', 'analytics', {name: {ja: '自社'}, purpose: {ja: '分析'}})];
    const {element} = await show({settings: {vendors}});
    expect(all(element, '[lang=ja]').map(({innerText}) => innerText)).to.deep.equal(['自社', '分析']);
  });
});

describe('<consent-disclosure profile="jp">', () => {
  afterEach(() => {
    for (const place of document.querySelectorAll('main')) place.remove();
    document.documentElement.lang = lang;
  });

  it('tells of each recipient, of what is sent, and of the purpose, in this order', async () => {
    const {element} = await show({locale: ja}, {profile: 'jp'});
    const blocks = all(element, '[part=vendor]').filter(
      ({dataset}) => !/^(login|our-)/.test(`${dataset['vendor']}`),
    );
    expect(blocks.length).to.equal(5);
    for (const block of blocks) {
      const terms = [...block.querySelectorAll('dt')].map(({innerText}) => innerText);
      expect(terms.slice(0, 3)).to.deep.equal(['送信先', '送信される情報', '利用目的']);
      expect([...block.querySelectorAll('dd')].slice(0, 3).every(({innerText}) => innerText.trim())).to.equal(
        true,
      );
    }
  });

  it('leaves no text untranslated', async () => {
    const vendors = defaultSettings.vendors.filter(({id}) => !/^(login|our-)/.test(id));
    const {element} = await show({locale: ja, settings: {vendors}}, {profile: 'jp'});
    for (const text of all(element, 'h3, h4, dt, p, [part=state], a')) {
      const words = withoutLatin(text.innerText);
      if (words && words !== 'Cookie') expect(words).to.match(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
    for (const [index, text] of all(element, 'dl')
      .flatMap((list) => [...list.querySelectorAll('dd')].slice(1, 3))
      .entries()) {
      expect((text as HTMLElement).innerText, `${index}`).to.match(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });

  it('is never smaller than 16 pixels, on a page with a small font too', async () => {
    document.documentElement.style.fontSize = '62.5%';
    const {element} = await show({locale: ja}, {profile: 'jp'});
    const sizes = all(element, 'h3, h4, h5, p:not(.hidden), dt, dd, a, li').map((node) =>
      Number.parseFloat(getComputedStyle(node).fontSize),
    );
    document.documentElement.style.fontSize = '';
    expect(Math.min(...sizes)).to.be.at.least(16);
  });

  for (const [page, locale, language] of [
    ['ja', ja, 'ja'],
    ['en', en, 'en'],
    ['ru', ru, 'ru'],
    ['fr', en, 'ja'],
    ['', en, 'ja'],
  ] as const) {
    it(`is in ${language} on a page in "${page}"`, async () => {
      const {element} = await show({locale}, {profile: 'jp'}, page);
      expect(element.lang).to.equal(language);
    });
  }

  it('takes any other profile for none', async () => {
    const {element} = await show({}, {profile: 'eu'});
    expect(has(element, 'table')).to.equal(true);
  });
});
