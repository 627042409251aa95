import {expect} from '@esm-bundle/chai';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import {makeRoom} from '../../../src/ui/make-room.js';
import {NOTHING} from '../../../src/ui-contract.js';
import {violations} from '../../support/axe.js';
import {defaultSettings, grants, vendor} from './fake-host.js';
import {find, focused, has, mount, tearDown, textOf, until} from './support.js';

const LOCALES = {en, ja, ru};
const shown = (element: Element) => element.getBoundingClientRect().height > 0;

describe('<consent-banner>', () => {
  afterEach(tearDown);

  it('has no accessibility violations', async () => {
    const {banner, open} = mount();
    await open('banner');
    expect(await violations(banner)).to.deep.equal([]);
  });

  it('has no accessibility violations as a message', async () => {
    const {banner, open} = mount();
    await open('banner', {denied: 'meta-pixel'});
    expect(await violations(banner)).to.deep.equal([]);
  });

  it('is a named region that is first in the body', async () => {
    const {banner, open} = mount();
    await open('banner');
    expect(document.body.firstElementChild).to.equal(banner);
    expect(find(banner, '[role="region"]').getAttribute('aria-labelledby')).to.equal('title');
    expect(find(banner, 'h2#title').innerText).to.equal(en.bannerTitle);
  });

  it('is itself the fixed box, and empty while closed', async () => {
    const {banner, open, press} = mount();
    expect(shown(banner)).to.equal(false);
    await open('banner');
    const {position, display} = getComputedStyle(banner);
    expect([position, display]).to.deep.equal(['fixed', 'block']);
    await press(banner, 'reject-all');
    expect(shown(banner)).to.equal(false);
    expect(has(banner, '.box')).to.equal(false);
  });

  it('takes no focus', async () => {
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    const {open} = mount();
    await open('banner');
    expect(focused()).to.equal(input);
    input.remove();
  });

  it('can be worked by keyboard: every control is a native button or link in reading order', async () => {
    const {banner, open} = mount();
    await open('banner');
    const stops = [...(banner.shadowRoot?.querySelectorAll<HTMLElement>('a, button, [tabindex]') ?? [])];
    expect(stops.map((stop) => stop.dataset['action'] ?? stop.getAttribute('href'))).to.deep.equal([
      '/privacy/',
      '/cookies/',
      'reject-all',
      'accept-all',
      'preferences',
    ]);
    expect(stops.every(({tabIndex}) => tabIndex === 0)).to.equal(true);
  });

  for (const [name, locale] of Object.entries(LOCALES)) {
    it(`gives accept and reject the same weight (${name})`, async () => {
      const {banner, open} = mount({locale});
      await open('banner');
      const [accept, reject] = ['accept-all', 'reject-all'].map((action) =>
        find(banner, `[data-action="${action}"]`),
      );
      const look = (element: HTMLElement) =>
        Object.fromEntries(
          [...getComputedStyle(element)].map((key) => [key, getComputedStyle(element).getPropertyValue(key)]),
        );
      const box = (element: HTMLElement) => {
        const {top, width, height} = element.getBoundingClientRect();
        return {top, width, height};
      };
      expect(look(reject as HTMLElement)).to.deep.equal(look(accept as HTMLElement));
      expect(box(reject as HTMLElement)).to.deep.equal(box(accept as HTMLElement));
      expect(reject?.className).to.equal(accept?.className);
    });

    it(`offers targets of 44 pixels (${name})`, async () => {
      const {banner, open} = mount({locale});
      await open('banner');
      for (const button of banner.shadowRoot?.querySelectorAll('button') ?? []) {
        expect(button.getBoundingClientRect().height, button.innerText).to.be.at.least(44);
      }
    });

    it(`names the controller, the purposes and the recipients (${name})`, async () => {
      const {banner, open} = mount({locale});
      await open('banner');
      const text = textOf(banner);
      expect(text).to.contain((defaultSettings.controller.name as Record<string, string>)[name]);
      for (const id of ['functional', 'analytics', 'advertising']) {
        expect(text).to.contain(locale.categories[id]?.purpose);
      }
      expect(text).to.contain('Google LLC').and.to.contain('3').and.not.to.contain('Example ID');
    });
  }

  it('is short: 60 words in English, 120 characters in Japanese', async () => {
    const english = mount();
    await english.open('banner');
    expect(textOf(english.banner, '.text p').split(' ').length).to.be.at.most(60);
    tearDown();
    const japanese = mount({locale: ja});
    await japanese.open('banner');
    expect(textOf(japanese.banner, '.text p').length).to.be.at.most(120);
  });

  it('says that tags already run where the regime lets them', async () => {
    const {banner, open} = mount({state: {regime: 'notice'}});
    await open('banner');
    expect(textOf(banner)).to.contain('You can reject all of it');
  });

  it('says what has changed when it asks again, but nothing older than the choice', async () => {
    const decidedAt = Date.parse('2026-10-01') / 1000;
    const revisions = [
      {version: '2026-11-01', material: true, summary: {en: 'Meta is new.'}, url: '/changes/'},
      {version: '2026-04-01', material: true, summary: 'Old news.'},
    ];
    const {banner, open} = mount({
      state: {decidedAt},
      settings: {policy: {version: '2026-11-01', revisions}},
    });
    await open('banner');
    expect(textOf(banner)).to.contain(`${en.changed} Meta is new.`).and.not.to.contain('Old news');
  });

  it('is out of sight with the press, and emptied only after the frame that shows that', async () => {
    const {banner, open} = mount();
    await open('banner');
    find(banner, '[data-action="reject-all"]').click();
    await Promise.resolve();
    expect([shown(banner), has(banner, '.box')]).to.deep.equal([false, true]);
    await until(() => !has(banner, '.box'));
    await open('banner');
    expect([shown(banner), has(banner, '.box')]).to.deep.equal([true, true]);
  });

  it('closes, and then writes by its own name', async () => {
    for (const [action, request] of [
      ['accept-all', 'acceptAll'],
      ['reject-all', 'rejectAll'],
    ] as const) {
      const {banner, host, open, press} = mount();
      await open('banner');
      await press(banner, action);
      expect(host.requests).to.deep.equal([
        ['closed', 'banner'],
        [request, 'banner'],
      ]);
      tearDown();
    }
  });

  it('announces the choice in a region that outlives it', async () => {
    const {banner, open, press} = mount();
    await open('banner');
    const region = find(banner, '[role="status"]');
    await press(banner, 'reject-all');
    await until(() => region.textContent === en.saved);
    expect(find(banner, '[role="status"]')).to.equal(region);
    expect(getComputedStyle(region).display).to.not.equal('none');
  });

  it('announces a choice that is carried out later only then, and closes at once', async () => {
    const {banner, host, open} = mount();
    await open('banner');
    const region = find(banner, '[role="status"]');
    const {rejectAll} = host;
    host.rejectAll = (source) => void host.requests.push(['queued', source]);
    find(banner, '[data-action="reject-all"]').click();
    await until(() => !has(banner, '.box'));
    expect([shown(banner), region.textContent]).to.deep.equal([false, '']);
    rejectAll('banner');
    await until(() => region.textContent === en.saved);
  });

  it('announces no choice that is made elsewhere', async () => {
    const {banner, host, open} = mount();
    await open('banner');
    host.set({decided: true, decidedAt: 1_790_000_000});
    await open('preferences');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(find(banner, '[role="status"]').textContent).to.equal('');
  });

  it('takes five presses for one', async () => {
    const {banner, host, open} = mount();
    await open('banner');
    for (let count = 0; count < 5; count++) find(banner, '[data-action="accept-all"]').click();
    expect(host.requests.filter(([name]) => name === 'acceptAll')).to.have.length(1);
  });

  it('leads to the preferences and stays', async () => {
    const {banner, host, open, press} = mount();
    await open('banner');
    await press(banner, 'preferences');
    expect(host.requests[0]?.slice(0, 2)).to.deep.equal(['open', 'preferences']);
    expect(shown(banner)).to.equal(true);
  });

  it('closes when the choice is made elsewhere', async () => {
    const {banner, host, open} = mount();
    await open('banner');
    host.set({decided: true, decidedAt: 1_790_000_000});
    expect(shown(banner)).to.equal(false);
  });

  it('writes nothing and stays on Escape', async () => {
    const {banner, host, open} = mount();
    await open('banner');
    find(banner, 'button').dispatchEvent(
      new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, composed: true}),
    );
    expect(host.requests).to.deep.equal([]);
    expect(shown(banner)).to.equal(true);
  });

  it('gives the focus back to where it came from', async () => {
    const opener = document.body.appendChild(document.createElement('button'));
    opener.focus();
    const {banner, open, press} = mount();
    await open('banner');
    find(banner, '[data-action="reject-all"]').focus();
    await press(banner, 'reject-all');
    expect(focused()).to.equal(opener);
    opener.remove();
  });

  describe('as a message', () => {
    it('says which vendor is denied, in a status region that was there before', async () => {
      const {banner, host} = mount();
      // Not awaited to the end of the animation: by then it has been said.
      host.ui?.open('banner', {denied: 'meta-pixel'});
      await banner.updateComplete;
      const region = find(banner, '[role="status"]');
      expect(region.textContent).to.equal('');
      expect(textOf(banner, 'h2')).to.contain('Meta Pixel');
      await until(() => region.textContent?.includes('Meta Pixel') ?? false);
      expect(has(banner, '[data-action="accept-all"]')).to.equal(false);
    });

    it('says what has become of the choice, with nothing to undo', async () => {
      const {banner, open} = mount();
      await open('banner', {denied: NOTHING});
      expect(textOf(banner, 'h2')).to.equal(en.saved);
      const buttons = [...(banner.shadowRoot?.querySelectorAll('button') ?? [])];
      expect(buttons.map(({dataset}) => dataset['action'])).to.deep.equal(['close']);
    });

    it('says that everything optional is denied', async () => {
      const {banner, open} = mount();
      await open('banner', {denied: '*'});
      expect(textOf(banner, 'h2')).to.equal(en.allDenied);
    });

    it('names a denied category', async () => {
      const {banner, open} = mount({locale: ja});
      await open('banner', {denied: 'advertising'});
      expect(textOf(banner, 'h2')).to.contain('広告');
    });

    it('undoes', async () => {
      const {banner, host, open, press} = mount({state: {decided: true, decidedAt: 1}});
      await open('banner', {denied: 'meta-pixel'});
      await press(banner, 'undo');
      expect(host.requests).to.deep.equal([['undo'], ['closed', 'banner']]);
      expect(shown(banner)).to.equal(false);
    });

    it('comes before the question, which follows it', async () => {
      const {banner, host, open, press} = mount();
      await open('banner', {denied: '*'});
      await open('banner');
      expect(textOf(banner, 'h2')).to.equal(en.allDenied);
      await press(banner, 'close');
      expect(textOf(banner, 'h2')).to.equal(en.bannerTitle);
      expect(host.requests).to.deep.equal([]);
    });

    it('says a note behind it, on screen and to screen readers, and not behind the next message', async () => {
      const {banner, open, press} = mount({state: {decided: true, decidedAt: 1}});
      await open('banner', {denied: '-', note: 'One did not fit.'});
      expect(textOf(banner, 'h2')).to.equal(en.saved);
      expect(textOf(banner, '.text p')).to.equal('One did not fit.');
      await until(() => textOf(banner, '[role="status"]') === `${en.saved} One did not fit.`);
      await press(banner, 'close');
      await open('banner', {denied: '*'});
      expect(has(banner, '.text p')).to.equal(false);
    });

    it('writes nothing when closed', async () => {
      const {banner, host, open, press} = mount({state: {decided: true, decidedAt: 1}});
      await open('banner', {denied: '*'});
      await press(banner, 'close');
      expect(host.requests).to.deep.equal([['closed', 'banner']]);
    });
  });

  describe('in the page', () => {
    const reserved = () => [
      document.documentElement.style.scrollPaddingBottom,
      document.body.style.paddingBottom,
    ];
    const heightOf = (banner: Element) => Math.ceil(innerHeight - banner.getBoundingClientRect().top);

    it('reserves its height at the foot, and gives it back', async () => {
      const {banner, open, press} = mount();
      makeRoom(banner);
      document.body.style.margin = '0';
      await open('banner');
      await until(() => reserved().every((length) => length === `${heightOf(banner)}px`));
      await press(banner, 'reject-all');
      await until(() => reserved().every((length) => length === ''));
      document.body.removeAttribute('style');
    });

    it('adds to what the author reserved and restores it', async () => {
      document.body.setAttribute('style', 'padding-bottom: 7px');
      const {banner, open, press} = mount();
      makeRoom(banner);
      await open('banner');
      await until(() => document.body.style.paddingBottom === `${heightOf(banner) + 7}px`);
      await press(banner, 'reject-all');
      await until(() => document.body.style.paddingBottom === '7px');
      document.body.removeAttribute('style');
    });

    it('reserves nothing once an extension has hidden it', async () => {
      const {banner, open} = mount();
      makeRoom(banner);
      await open('banner');
      await until(() => reserved()[1] !== '');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('consent-banner {display: none !important}');
      document.adoptedStyleSheets = [sheet];
      await until(() => reserved().every((length) => length === ''));
      document.adoptedStyleSheets = [];
    });

    it('leaves no style attribute behind', async () => {
      const {banner, open, press} = mount();
      makeRoom(banner);
      await open('banner');
      await until(() => reserved()[1] !== '');
      await press(banner, 'reject-all');
      await until(() => !document.body.hasAttribute('style'));
      expect(document.documentElement.hasAttribute('style')).to.equal(false);
    });

    it('stands above every z-index of the page', async () => {
      const header = document.body.appendChild(document.createElement('div'));
      header.setAttribute('style', 'position: fixed; inset: 0; z-index: 2147483647; background: red');
      const {banner, open} = mount();
      await open('banner');
      for (const button of banner.shadowRoot?.querySelectorAll('button') ?? []) {
        const {left, top} = button.getBoundingClientRect();
        expect(document.elementFromPoint(left + 5, top + 5) === banner).to.equal(true);
      }
      header.remove();
    });

    it('can be used again once a modal dialog of the page has closed', async () => {
      const dialog = document.body.appendChild(document.createElement('dialog'));
      dialog.showModal();
      const {banner, open} = mount();
      await open('banner');
      expect(banner.matches(':popover-open')).to.equal(false);
      dialog.close();
      await until(() => banner.matches(':popover-open'));
      dialog.remove();
    });

    it('looks the same whatever the page says of every element', async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'body, body * {all: unset; color: red !important; font-size: 40px !important} button {display: none !important}',
      );
      document.adoptedStyleSheets = [sheet];
      const {banner, open} = mount();
      await open('banner');
      const {fontSize, color, display} = getComputedStyle(find(banner, '[data-action="reject-all"]'));
      expect([fontSize, color, display]).to.deep.equal(['15px', 'rgb(255, 255, 255)', 'block']);
      expect(getComputedStyle(banner).position).to.equal('fixed');
      document.adoptedStyleSheets = [];
    });

    it('is not printed by search engines and has neither style elements nor style attributes', async () => {
      const {banner, open} = mount();
      await open('banner');
      expect(banner.hasAttribute('data-nosnippet')).to.equal(true);
      expect(banner.shadowRoot?.querySelectorAll('style, [style]').length).to.equal(0);
      expect(banner.hasAttribute('style')).to.equal(false);
    });
  });

  it('says its language and direction, and follows a forced theme', async () => {
    const {banner, open} = mount({
      locale: {...ja, dir: 'rtl'},
      settings: {ui: {...defaultSettings.ui, theme: 'dark', layout: 'box'}},
    });
    await open('banner');
    expect([banner.lang, banner.dir]).to.deep.equal(['ja', 'rtl']);
    expect([banner.getAttribute('theme'), banner.getAttribute('layout')]).to.deep.equal(['dark', 'box']);
    expect(getComputedStyle(find(banner, '.box')).colorScheme).to.equal('dark');
  });

  it('says where a browser signal has been honoured', async () => {
    const {banner, open} = mount({locks: {advertising: 'gpc'}});
    await open('banner');
    expect(textOf(banner)).to.contain(en.gpcHonoured);
  });

  it('names three recipients without counting', async () => {
    const vendors = ['google-ads', 'meta-pixel', 'yahoo-japan-ads'].map((id) => vendor(id, 'advertising'));
    const {banner, open} = mount({
      settings: {vendors},
      state: grants({...defaultSettings, vendors}, 'denied'),
    });
    await open('banner');
    expect(textOf(banner)).to.contain('Google LLC, Meta Platforms, Inc., and LY Corporation');
  });
});
