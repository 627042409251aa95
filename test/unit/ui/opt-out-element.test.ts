import {expect} from '@esm-bundle/chai';
import '../../../src/elements/consent-opt-out.js';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import type {ConsentOptOutElement} from '../../../src/ui/opt-out-element.js';
import type {ConsentConnectEvent} from '../../../src/ui-contract.js';
import {vendors} from '../../../src/vendors/catalogue.js';
import {formerOptOuts} from '../../../src/vendors/former-opt-outs.js';
import {violations} from '../../support/axe.js';
import {createFakeHost, defaultSettings, type FakeOptions, grants, vendor} from './fake-host.js';
import {find, focused, has, textOf, until} from './support.js';

const settings = {
  ...defaultSettings,
  vendors: [
    ...defaultSettings.vendors,
    vendor('beyondx', 'advertising', {name: 'BEYONDX PMP'}),
    vendor('broken', 'advertising', {isBroken: true}),
  ],
};
const FALLBACK = '<a href="#consent-opt-out=yahoo-japan-ads">Stop</a>';
const {warn} = console;

interface SetupOptions extends FakeOptions {
  attributes?: Record<string, string>;
}

/** Puts the element into a paragraph, with what an author writes inside of it. */
async function setup({attributes = {vendor: 'yahoo-japan-ads'}, ...options}: SetupOptions = {}) {
  const host = createFakeHost({settings, ...options});
  const paragraph = document.createElement('p');
  const element = document.createElement('consent-opt-out') as ConsentOptOutElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(document.createRange().createContextualFragment(FALLBACK));
  paragraph.append(element);
  document.body.append(paragraph);
  element.connect(host);
  await element.updateComplete;
  const input = () => find<HTMLInputElement>(element, 'input');
  return {
    host,
    element,
    input,
    async press() {
      input().click();
      await element.updateComplete;
    },
    said: (words: string) => until(() => find(element, '[role="status"]').textContent === words),
  };
}

describe('<consent-opt-out>', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('consent-opt-out')) element.parentElement?.remove();
    console.warn = warn;
    sessionStorage.clear();
  });

  for (const attributes of [{vendor: 'yahoo-japan-ads'}, {vendor: 'a8-net'}, {category: 'advertising'}]) {
    it(`has no accessibility violations: ${JSON.stringify(attributes)}`, async () => {
      const {element} = await setup({attributes});
      expect(await violations(element)).to.deep.equal([]);
    });
  }

  it('is a native switch whose name has the vendor in it', async () => {
    const {input} = await setup();
    expect([input().type, input().getAttribute('role')]).to.deep.equal(['checkbox', 'switch']);
    expect(input().dataset['vendor']).to.equal('yahoo-japan-ads');
    expect(input().labels?.[0]?.innerText).to.equal('Send data to Yahoo! JAPAN Ads');
  });

  it('says in words what is the case, and the switch agrees', async () => {
    const {element, host, input} = await setup();
    expect([textOf(element, '#state'), input().checked]).to.deep.equal(['This is stopped.', false]);
    host.acceptAll('banner');
    await element.updateComplete;
    expect([textOf(element, '#state'), input().checked]).to.deep.equal(['You allow this.', true]);
  });

  it('does not say that anything was allowed where nobody was asked', async () => {
    const {element} = await setup({state: {regime: 'notice', ...grants(settings, 'granted')}});
    expect(textOf(element, '#state')).to.equal('Data is being sent.');
  });

  it('stops that vendor and no other, by the name of preferences, and says so', async () => {
    const {host, press, said} = await setup({state: {decidedAt: 1, ...grants(settings, 'granted')}});
    await press();
    expect(host.requests).to.deep.equal([
      ['decide', {categories: {}, vendors: {'yahoo-japan-ads': 'denied'}}, 'preferences'],
    ]);
    await said(en.vendorDenied.replace('{vendor}', 'Yahoo! JAPAN Ads'));
  });

  it('allows that vendor again, and says so', async () => {
    const {host, press, said} = await setup();
    await press();
    expect(host.requests[0]?.[1]).to.deep.equal({categories: {}, vendors: {'yahoo-japan-ads': 'granted'}});
    await said('Sending data to Yahoo! JAPAN Ads is allowed now.');
  });

  it('works by the keyboard: a native checkbox takes the space bar', async () => {
    const {input, element} = await setup();
    input().focus();
    expect(focused()).to.equal(input());
    const focusable = element.shadowRoot?.querySelectorAll('input, a[href], button, [tabindex]');
    expect([...(focusable ?? [])].map((node) => node.localName)).to.deep.equal(['input', 'a']);
  });

  it('shows what is, where what was asked for is refused', async () => {
    const {host, input, press} = await setup();
    host.decide = () => {};
    await press();
    expect(input().checked).to.equal(false);
  });

  it('follows what is chosen elsewhere', async () => {
    const {element, host, input} = await setup();
    host.set({decidedAt: 5, ...grants(settings, 'granted')});
    await element.updateComplete;
    expect(input().checked).to.equal(true);
  });

  for (const [lock, reason] of [
    ['required', en.alwaysOn],
    ['gpc', en.gpcHonoured],
    ['age', en.ageLocked],
  ] as const) {
    it(`cannot be switched where ${lock} decides, and says why`, async () => {
      const {element, input} = await setup({locks: {advertising: lock}});
      expect(input().disabled).to.equal(true);
      expect(textOf(element, '#state')).to.contain(reason);
      expect(input().getAttribute('aria-describedby')).to.equal('state');
    });
  }

  describe('the vendor\u2019s own opt-out', () => {
    it('is a link that says it opens a new tab', async () => {
      const {element} = await setup();
      const link = find<HTMLAnchorElement>(element, 'a');
      expect(link.href).to.equal('https://btoptout.yahoo.co.jp/optout/index.html');
      expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener']);
      expect(link.textContent).to.equal(`Opt-out page of Yahoo! JAPAN Ads${en.newTab}`);
    });

    it('is the one that the site has named', async () => {
      const named = vendor('yahoo-japan-ads', 'advertising', {optOutUrl: 'https://example.jp/opt-out'});
      const {element} = await setup({settings: {...settings, vendors: [named]}});
      expect(find<HTMLAnchorElement>(element, 'a').href).to.equal('https://example.jp/opt-out');
    });

    it('is this switch, where the vendor offers none', async () => {
      const {element} = await setup({attributes: {vendor: 'a8-net'}});
      expect(has(element, 'a')).to.equal(false);
      expect(textOf(element)).to.contain('A8.net has no opt-out page of its own. This switch stops');
    });

    it('says what has become of the address in older policies, and when that was checked', async () => {
      const {element} = await setup();
      expect(textOf(element)).to.contain(
        'The address in older policies, http://btoptout.yahoo.co.jp/optout/index.html, is now the https page above (checked on November 21, 2026).',
      );
    });

    it('says that it is closed, where it is, and leads nowhere', async () => {
      const {element} = await setup({attributes: {vendor: 'beyondx'}});
      expect(has(element, 'a')).to.equal(false);
      expect(textOf(element)).to.contain('http://www.beyondx.jp/optout.html, no longer leads to a page');
    });

    it('has nothing to say of an address that is still good', async () => {
      const amazon = vendor('amazon-ads', 'advertising', {optOutUrl: 'https://www.amazon.co.jp/adprefs'});
      const {element} = await setup({
        settings: {...settings, vendors: [amazon]},
        attributes: {vendor: 'amazon-ads'},
      });
      expect(formerOptOuts['amazon-ads']?.status).to.equal('current');
      expect(textOf(element)).to.not.contain('older policies');
    });

    it('is known of every vendor of the catalogue that had another address', () => {
      const known = vendors.flatMap(({definition, facts}) =>
        facts?.formerOptOut ? [[definition.id, facts.formerOptOut] as const] : [],
      );
      expect(formerOptOuts).to.deep.equal(Object.fromEntries(known));
    });
  });

  describe('for a category', () => {
    const attributes = {category: 'advertising'};
    const ids = settings.vendors.filter((one) => one.category === 'advertising' && !one.isBroken);

    it('switches all of its vendors', async () => {
      const {host, press, input, said} = await setup({
        attributes,
        state: {decidedAt: 1, ...grants(settings, 'granted')},
      });
      expect(input().dataset['category']).to.equal('advertising');
      await press();
      expect(host.requests[0]?.[1]).to.deep.equal({
        categories: {advertising: 'denied'},
        vendors: Object.fromEntries(ids.map(({id}) => [id, 'denied'])),
      });
      await said('Sending data for \u201cAdvertising\u201d has been stopped.');
    });

    it('is mixed where its vendors differ, in words too', async () => {
      const {element, host, input} = await setup({attributes});
      host.set({vendors: {...host.state.vendors, 'meta-pixel': 'granted'}});
      await element.updateComplete;
      expect(input().indeterminate).to.equal(true);
      expect(textOf(element, '#state')).to.equal('Allowed for some recipients.');
    });
  });

  describe('keeps what the author has written', () => {
    for (const attributes of [
      {vendor: 'nobody'},
      {vendor: 'broken'},
      {category: 'nobody'},
      {},
      {vendor: ''},
    ]) {
      it(`where nobody has that id, and says so once: ${JSON.stringify(attributes)}`, async () => {
        const lines: string[] = [];
        console.warn = (line: string) => lines.push(line);
        const {element, host} = await setup({attributes});
        host.set({decidedAt: 1});
        await element.updateComplete;
        expect(has(element, 'input')).to.equal(false);
        expect(find<HTMLSlotElement>(element, 'slot').assignedElements()[0]?.localName).to.equal('a');
        expect(element.innerText).to.contain('Stop');
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(/^consent-gate: <consent-opt-out>: expected .*docs\/warnings.md#markup/);
      });
    }

    it('as long as there is no core', async () => {
      const element = document.createElement('consent-opt-out');
      element.setAttribute('vendor', 'yahoo-japan-ads');
      element.append(document.createRange().createContextualFragment(FALLBACK));
      const paragraph = document.createElement('p');
      paragraph.append(element);
      document.body.append(paragraph);
      await element.updateComplete;
      expect(has(element, 'slot')).to.equal(true);
      expect(element.innerText).to.contain('Stop');
    });
  });

  it('asks for its core, also where that comes later', async () => {
    const host = createFakeHost({settings});
    const element = document.createElement('consent-opt-out');
    element.vendor = 'meta-pixel';
    const paragraph = document.createElement('p');
    paragraph.append(element);
    document.body.append(paragraph);
    const answer = (event: Event) => (event as ConsentConnectEvent).connect(host);
    document.addEventListener('consent-connect', answer);
    document.dispatchEvent(new Event('consent-ready'));
    document.removeEventListener('consent-connect', answer);
    await element.updateComplete;
    expect(find<HTMLInputElement>(element, 'input').dataset['vendor']).to.equal('meta-pixel');
  });

  it('is for another vendor once its attribute says so', async () => {
    const {element, input} = await setup();
    element.setAttribute('vendor', 'meta-pixel');
    await element.updateComplete;
    expect(input().dataset['vendor']).to.equal('meta-pixel');
  });

  for (const [locale, label, state] of [
    [ja, 'Yahoo!広告への送信', '送信を停止しています'],
    [en, 'Send data to Yahoo! JAPAN Ads', 'This is stopped.'],
    [ru, 'Передача данных: Yahoo! JAPAN Ads', 'Передача остановлена.'],
  ] as const) {
    it(`speaks ${locale.lang}`, async () => {
      const {element, press, said} = await setup({locale});
      expect(element.lang).to.equal(locale.lang);
      expect(find(element, 'label').innerText).to.equal(label);
      expect(textOf(element, '#state')).to.equal(state);
      expect(element.shadowRoot?.textContent).to.not.match(/undefined|\{\w+\}/);
      await press();
      await press();
      await said(
        locale.vendorDenied.replace(
          '{vendor}',
          label.includes('Yahoo!広告') ? 'Yahoo!広告' : 'Yahoo! JAPAN Ads',
        ),
      );
    });
  }

  it('speaks English where the site has another language', async () => {
    const {element} = await setup({locale: {...en, lang: 'de'}});
    expect(find(element, 'label').innerText).to.equal('Send data to Yahoo! JAPAN Ads');
  });

  it('is no wider than a phone, and its switch is large enough for a finger', async () => {
    const {element, input} = await setup({locale: ja});
    // In a grid whose column is as wide as its content, too.
    Object.assign((element.parentElement as HTMLElement).style, {inlineSize: '280px', display: 'grid'});
    await element.updateComplete;
    expect(element.getBoundingClientRect().width).to.be.at.most(280);
    expect(find(element, '.box').scrollWidth).to.be.at.most(find(element, '.box').clientWidth);
    expect(input().getBoundingClientRect().height).to.be.at.least(44);
  });
});
