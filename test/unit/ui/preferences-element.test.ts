import {expect} from '@esm-bundle/chai';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import type {ConsentPreferencesElement} from '../../../src/ui/preferences-element.js';
import {violations} from '../../support/axe.js';
import {createFakeHost, defaultSettings, grants, vendor} from './fake-host.js';
import {find, focused, has, mount, tearDown, textOf, until} from './support.js';

const inputs = (element: Element) => [...(element.shadowRoot?.querySelectorAll('input') ?? [])];
const input = (element: Element, selector: string) => find<HTMLInputElement>(element, `input${selector}`);
const dialogOf = (element: Element) => find<HTMLDialogElement>(element, 'dialog');

describe('<consent-preferences>', () => {
  afterEach(tearDown);

  it('has no accessibility violations', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    for (const details of preferences.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    expect(await violations(preferences)).to.deep.equal([]);
  });

  it('is a modal dialog whose heading has the focus', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    expect(dialogOf(preferences).matches(':modal')).to.equal(true);
    expect(focused()).to.equal(find(preferences, 'h2'));
  });

  it('does not block the page while an extension hides it', async () => {
    const {preferences, open} = mount();
    preferences.style.setProperty('display', 'none', 'important');
    await open('preferences');
    expect(dialogOf(preferences).matches(':modal')).to.equal(false);
    preferences.style.removeProperty('display');
    await open('preferences');
    expect(dialogOf(preferences).matches(':modal')).to.equal(true);
  });

  it('names the cookies that could not be removed', async () => {
    const {preferences, open, host} = mount();
    await open('preferences');
    expect(textOf(preferences)).not.to.include('Could not be deleted');
    Object.assign(host, {kept: ['_stuck', '_other']});
    await open('preferences');
    expect(textOf(preferences)).to.include('Could not be deleted: _stuck, _other');
  });

  it('has native switches, named and explained', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    for (const control of inputs(preferences)) {
      expect([control.type, control.getAttribute('role')]).to.deep.equal(['checkbox', 'switch']);
      expect(control.labels?.[0]?.textContent?.trim()).to.not.equal('');
    }
    expect(input(preferences, '[data-category="analytics"]').labels?.[0]?.innerText).to.equal('Analytics');
  });

  it('has nothing optional switched on at first open', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    const on = inputs(preferences).filter(({checked}) => checked);
    expect(on.map(({dataset}) => dataset['category'])).to.deep.equal(['essential']);
  });

  it('shows the stored choice and its date when opened again', async () => {
    const {preferences, open} = mount({
      state: {
        decided: true,
        decidedAt: Date.parse('2026-11-05T12:00Z') / 1000,
        ...grants(defaultSettings, 'granted'),
      },
    });
    await open('preferences');
    expect(inputs(preferences).every(({checked}) => checked)).to.equal(true);
    expect(textOf(preferences)).to.contain('Chosen on November 5, 2026');
  });

  it('saves every answer as shown, by the name of preferences', async () => {
    const {preferences, host, open, press} = mount();
    await open('preferences');
    input(preferences, '[data-category="analytics"]').click();
    input(preferences, '[data-vendor="meta-pixel"]').click();
    await press(preferences, 'save');
    expect(host.requests[0]).to.deep.equal([
      'decide',
      {
        categories: {functional: 'denied', analytics: 'granted', advertising: 'denied'},
        vendors: {
          'google-analytics': 'granted',
          'our-heatmap': 'granted',
          'google-ads': 'denied',
          'yahoo-japan-ads': 'denied',
          'meta-pixel': 'granted',
          'a8-net': 'denied',
        },
      },
      'preferences',
    ]);
    expect(host.requests[1]).to.deep.equal(['closed', 'preferences']);
  });

  it('announces that the choice is saved, after closing', async () => {
    const {preferences, open, press} = mount();
    await open('preferences');
    const region = find(preferences, '[role="status"]');
    await press(preferences, 'save');
    expect(dialogOf(preferences).open).to.equal(false);
    await until(() => region.textContent === en.saved);
  });

  it('shows a category whose vendors differ as mixed, in words too', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    const category = input(preferences, '[data-category="advertising"]');
    input(preferences, '[data-vendor="google-ads"]').click();
    await preferences.updateComplete;
    expect([category.indeterminate, category.checked]).to.deep.equal([true, false]);
    expect(textOf(preferences, '#cd-advertising')).to.contain(en.mixed);
  });

  it('switches all vendors of a category with it, and the category with all its vendors', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    const category = input(preferences, '[data-category="analytics"]');
    const vendors = ['google-analytics', 'our-heatmap'].map((id) =>
      input(preferences, `[data-vendor="${id}"]`),
    );
    category.click();
    await preferences.updateComplete;
    expect(vendors.map(({checked}) => checked)).to.deep.equal([true, true]);
    for (const control of vendors) control.click();
    await preferences.updateComplete;
    expect([category.checked, category.indeterminate]).to.deep.equal([false, false]);
    for (const control of vendors) control.click();
    await preferences.updateComplete;
    expect(category.checked).to.equal(true);
  });

  it('turns a mixed category on at the first press', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    const category = input(preferences, '[data-category="advertising"]');
    input(preferences, '[data-vendor="google-ads"]').click();
    await preferences.updateComplete;
    category.click();
    await preferences.updateComplete;
    expect([category.checked, category.indeterminate]).to.deep.equal([true, false]);
    expect(input(preferences, '[data-vendor="a8-net"]').checked).to.equal(true);
  });

  it('locks a vendor of two categories until the other one is on, and names both', async () => {
    const both = vendor('both', 'analytics', {name: 'Both', needs: ['analytics', 'advertising']});
    const {preferences, open, host} = mount({settings: {vendors: [both]}});
    await open('preferences');
    const own = () => input(preferences, '[data-vendor="both"]');
    const press = async (category: string) => {
      input(preferences, `[data-category="${category}"]`).click();
      await preferences.updateComplete;
    };
    expect(own().labels?.[0]?.textContent).to.equal('Both (Analytics + Advertising)');
    await press('analytics');
    expect([own().checked, own().disabled]).to.deep.equal([false, true]);
    // What its own switch does not say is no reason to call the category mixed.
    expect(input(preferences, '[data-category="analytics"]').indeterminate).to.equal(false);
    await press('advertising');
    expect([own().checked, own().disabled]).to.deep.equal([true, false]);
    await press('advertising');
    expect([own().checked, own().disabled]).to.deep.equal([false, true]);
    find<HTMLButtonElement>(preferences, '[data-action="save"]').click();
    const [, choice] = host.requests.find(([name]) => name === 'decide') as [string, Record<string, object>];
    expect(choice['categories']).to.include({analytics: 'granted', advertising: 'denied'});
    // Nothing is said of it by name: the record would keep that.
    expect(choice['vendors']).to.deep.equal({});
  });

  it('says why a category cannot be switched', async () => {
    const {preferences, open} = mount({locks: {advertising: 'gpc', functional: 'age'}});
    await open('preferences');
    for (const [id, reason] of Object.entries({
      essential: en.alwaysOn,
      advertising: en.gpcHonoured,
      functional: en.ageLocked,
    })) {
      expect(input(preferences, `[data-category="${id}"]`).disabled, id).to.equal(true);
      expect(textOf(preferences, `#cd-${id}`)).to.contain(reason);
    }
    expect(input(preferences, '[data-vendor="google-ads"]').disabled).to.equal(true);
  });

  it('leaves locked categories out of the choice', async () => {
    const {preferences, host, open, press} = mount({locks: {advertising: 'gpc'}});
    await open('preferences');
    await press(preferences, 'save');
    const [, choice] = host.requests[0] as [string, {categories: object; vendors: object}];
    expect(Object.keys(choice.categories)).to.deep.equal(['functional', 'analytics']);
    expect(choice.vendors).to.not.have.property('google-ads');
  });

  it('lists vendors that are required without a switch, and broken ones not at all', async () => {
    const {preferences, open} = mount({
      settings: {
        vendors: [...defaultSettings.vendors, vendor('bad', 'analytics', {isBroken: true, name: 'Bad'})],
      },
    });
    await open('preferences');
    expect(has(preferences, 'input[data-vendor="login"]')).to.equal(false);
    expect(find(preferences, '#v-login').textContent).to.contain('Example ID K.K.');
    expect(has(preferences, '#v-bad')).to.equal(false);
  });

  it('says of each vendor who receives what, why and where', async () => {
    const {preferences, open} = mount({locale: ja});
    await open('preferences', {vendor: 'yahoo-japan-ads'});
    const text = textOf(preferences, '#v-yahoo-japan-ads');
    for (const part of [
      'Yahoo!広告',
      'LINEヤフー株式会社',
      '日本',
      '閲覧ページとリンク元のURL、',
      '広告の効果測定',
    ]) {
      expect(text).to.contain(part);
    }
    const [policy, optOut] = find(preferences, '#v-yahoo-japan-ads').querySelectorAll('a');
    expect(policy?.href).to.equal('https://www.lycorp.co.jp/ja/company/privacypolicy/');
    expect(optOut?.href).to.equal('https://btoptout.yahoo.co.jp/optout/index.html');
    expect([optOut?.target, optOut?.rel, optOut?.textContent?.includes(ja.newTab)]).to.deep.equal([
      '_blank',
      'noopener',
      true,
    ]);
  });

  it('prefers the words of the site to those of the catalogue', async () => {
    const vendors = [
      vendor('google-ads', 'advertising', {purpose: {en: 'Our campaign', ja: '広告'}, retention: '90 days'}),
    ];
    const {preferences, open} = mount({settings: {vendors}});
    await open('preferences', {vendor: 'google-ads'});
    expect(textOf(preferences, '#v-google-ads'))
      .to.contain('Our campaign')
      .and.contain('90 days')
      .and.contain('Google LLC');
  });

  it('says which language a text is in that is missing in the language shown', async () => {
    const categories = [{id: 'x', required: false, optIn: false, sale: false, name: {en: 'Games'}}];
    const {preferences, open} = mount({locale: ja, settings: {categories, vendors: []}});
    await open('preferences');
    expect(find(preferences, '#c-x span').lang).to.equal('en');
  });

  it('opens at a vendor: its details open, its switch focused', async () => {
    const {preferences, open} = mount();
    await open('preferences', {vendor: 'meta-pixel'});
    const control = input(preferences, '[data-vendor="meta-pixel"]');
    expect(focused()).to.equal(control);
    expect(control.closest('details')?.open).to.equal(true);
  });

  it('opens at a category', async () => {
    const {preferences, open} = mount();
    await open('preferences', {vendor: 'analytics'});
    expect(focused()).to.equal(input(preferences, '[data-category="analytics"]'));
  });

  it('opens at a vendor that cannot be switched, and for an unknown one at the heading', async () => {
    const {preferences, open} = mount();
    await open('preferences', {vendor: 'login'});
    expect(focused()).to.equal(find(preferences, '#v-login'));
    await open('preferences', {vendor: 'nobody'});
    expect(focused()).to.equal(find(preferences, 'h2'));
  });

  for (const [name, leave] of Object.entries<(element: ConsentPreferencesElement) => void>({
    Escape: (element) => {
      // What the browser does on Escape: an event that could be prevented, then the closing.
      const dialog = dialogOf(element);
      if (dialog.dispatchEvent(new Event('cancel', {cancelable: true}))) dialog.close();
    },
    'the close button': (element) => find(element, '[data-action="close"]').click(),
    'close()': (element) => element.close(),
  })) {
    it(`writes nothing on ${name}, forgets the draft and gives the focus back`, async () => {
      const opener = document.body.appendChild(document.createElement('button'));
      opener.focus();
      const {preferences, host, open} = mount();
      await open('preferences');
      input(preferences, '[data-category="analytics"]').click();
      leave(preferences);
      await until(() => host.requests.length > 0);
      expect(host.requests).to.deep.equal([['closed', 'preferences']]);
      expect(focused()).to.equal(opener);
      await open('preferences');
      expect(input(preferences, '[data-category="analytics"]').checked).to.equal(false);
      opener.remove();
    });
  }

  it('keeps what was switched when a choice arrives from another tab, and shows the rest of it', async () => {
    const {preferences, host, open} = mount();
    await open('preferences');
    input(preferences, '[data-vendor="google-analytics"]').click();
    host.set({
      decided: true,
      decidedAt: 5,
      ...grants(defaultSettings, 'granted'),
      vendors: {
        ...grants(defaultSettings, 'granted').vendors,
        'google-analytics': 'denied',
      },
    });
    await preferences.updateComplete;
    expect(input(preferences, '[data-vendor="google-analytics"]').checked).to.equal(true);
    expect(input(preferences, '[data-category="advertising"]').checked).to.equal(true);
  });

  for (const [name, locale] of Object.entries({en, ja, ru})) {
    it(`gives accept and reject the same weight (${name})`, async () => {
      const {preferences, open} = mount({locale});
      await open('preferences');
      const [accept, reject] = ['accept-all', 'reject-all'].map((action) => {
        const button = find(preferences, `[data-action="${action}"]`);
        const style = getComputedStyle(button);
        const {top, width, height} = button.getBoundingClientRect();
        return {
          top,
          width,
          height,
          ...Object.fromEntries([...style].map((key) => [key, style.getPropertyValue(key)])),
        };
      });
      expect(reject).to.deep.equal(accept);
    });
  }

  it('accepts and rejects all by the name of preferences', async () => {
    const {preferences, host, open, press} = mount();
    await open('preferences');
    await press(preferences, 'accept-all');
    await open('preferences');
    await press(preferences, 'reject-all');
    expect(host.requests.filter(([name]) => name !== 'closed')).to.deep.equal([
      ['acceptAll', 'preferences'],
      ['rejectAll', 'preferences'],
    ]);
  });

  it('offers targets of 44 pixels', async () => {
    const {preferences, open} = mount({locale: ru});
    await open('preferences');
    for (const control of preferences.shadowRoot?.querySelectorAll('button, input') ?? []) {
      const {width, height} = control.getBoundingClientRect();
      if (width) expect(Math.min(width, height), control.outerHTML).to.be.at.least(44);
    }
  });

  it('says its language and direction, and has neither style elements nor style attributes', async () => {
    const {preferences, open} = mount({locale: {...ja, dir: 'rtl'}});
    await open('preferences');
    expect([preferences.lang, preferences.dir]).to.deep.equal(['ja', 'rtl']);
    expect(preferences.shadowRoot?.querySelectorAll('style, [style]').length).to.equal(0);
  });

  describe('inline', () => {
    /** As a page would write it, with a core that answers the element's request. */
    async function place(): Promise<ConsentPreferencesElement> {
      const host = createFakeHost();
      document.addEventListener(
        'consent-connect',
        (event) => (event as Event & {connect(core: unknown): void}).connect(host),
        {once: true},
      );
      const element = document.createElement('consent-preferences');
      element.setAttribute('inline', '');
      document.body.append(element);
      await element.updateComplete;
      return element;
    }

    it('connects by itself and is part of the page, without a dialog', async () => {
      const element = await place();
      expect(has(element, 'dialog')).to.equal(false);
      expect(has(element, '[data-action="close"]')).to.equal(false);
      expect(input(element, '[data-category="analytics"]').checked).to.equal(false);
      expect(await violations(element)).to.deep.equal([]);
    });

    it('saves and says so', async () => {
      const element = await place();
      input(element, '[data-category="analytics"]').click();
      find(element, '[data-action="save"]').click();
      await until(() => textOf(element, '[role="status"]') === en.saved);
      expect(input(element, '[data-category="analytics"]').checked).to.equal(true);
    });

    it('waits for a core that starts later', async () => {
      const element = document.createElement('consent-preferences');
      element.setAttribute('inline', '');
      document.body.append(element);
      await element.updateComplete;
      expect(has(element, '.box')).to.equal(false);
      const host = createFakeHost();
      const answer = (event: Event) => (event as Event & {connect(core: unknown): void}).connect(host);
      document.addEventListener('consent-connect', answer, {once: true});
      document.dispatchEvent(new Event('consent-ready'));
      await element.updateComplete;
      expect(has(element, '.box')).to.equal(true);
    });
  });
});
