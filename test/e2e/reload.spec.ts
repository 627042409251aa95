/**
 * Withdrawing harms nothing in the page: what the visitor has sent is not sent again, what was typed is not lost, and the
 * vendor is stopped all the same. Counted by a server, as a shop would.
 */
import type {Page} from 'playwright/test';
import {pageOf, VENDORS} from '../support/page.js';
import {test} from '../support/shop.js';
import {expect, recordOf, type Site, type Tab} from '../support/site.js';

const META = '/en_US/fbevents.js';
const YAHOO = '/images/listing/tool/cv/ytag.js';

interface Gate {
  withdraw(id?: string): void;
  rejectAll(): void;
  erase(): void;
  setAgeBand(band: string): void;
}

const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.meta, VENDORS.yahoo]};

const pageWith = (body = '', head = '') => pageOf({config, head, body});

const call = (page: Page, name: keyof Gate, ...args: string[]) =>
  page.evaluate(
    ([method, values]) => {
      const gate = (window as unknown as {consentGate: Record<string, (...values: string[]) => void>})
        .consentGate;
      gate[method]?.(...values);
    },
    [name, args] as const,
  );

const FORM = `<form action="/order" method="post"><input type="hidden" name="item" value="7">
  <button id="send">Order</button></form>`;

/** The visitor is on a page on which both tags have run. */
async function visit(site: Site, path: string): Promise<Tab> {
  await site.remember(recordOf());
  const tab = await site.visit(path);
  await site.expectTags([META, YAHOO]);
  site.wire.forget();
  return tab;
}

/** Nothing is asked for any more, whatever was going to happen. */
async function settle(site: Site, tab: Tab): Promise<void> {
  await site.wire.quiet();
  await tab.page.waitForTimeout(600);
  await site.wire.quiet();
}

/** Ways to withdraw in the page, or elsewhere. */
const WAYS: Readonly<Record<string, (tab: Tab, site: Site) => Promise<unknown>>> = {
  'a link': ({page}) => page.locator('#opt-out').click(),
  'an address': ({page}) => page.evaluate(() => void (location.hash = '#consent-opt-out')),
  'a switch in the preferences': (tab) => tab.choose({'yahoo-japan-ads': false, 'meta-pixel': false}),
  'the button that rejects everything': async (tab) => {
    await tab.openPreferences();
    await tab.press('reject-all');
  },
  'withdraw()': ({page}) => call(page, 'withdraw'),
  'rejectAll()': ({page}) => call(page, 'rejectAll'),
  'a lower age': ({page}) => call(page, 'setAgeBand', 'u13'),
  'erasing the choice': ({page}) => call(page, 'erase'),
  'another tab': async (_, site) => {
    const other = await site.visit('/plain.html');
    await other.untilReloaded(() => call(other.page, 'rejectAll'));
    await other.page.close();
    // Its own tags are not those of the page that is looked at.
    site.wire.forget();
  },
  'the end of the time for which a choice holds': async ({page}) => {
    await page.clock.setFixedTime(Date.now() + 190 * 86_400_000);
    await page.evaluate(() => void dispatchEvent(new Event('pageshow')));
  },
};

const OPT_OUT = '<p><a id="opt-out" href="#consent-opt-out">Nothing optional</a></p>';

test.describe('a page that answers a form', () => {
  async function order(site: Site, shop: {serve(request: string, page: string): void}, form = FORM) {
    shop.serve('/plain.html', pageWith());
    shop.serve('/cart', pageWith(form));
    shop.serve('/order', pageWith(`<h2 id="done">Thank you</h2>${OPT_OUT}`));
    const tab = await visit(site, '/cart');
    await tab.page.locator('#send').click();
    await expect(tab.page.locator('#done')).toBeVisible();
    await site.expectTags([META, YAHOO]);
    site.wire.forget();
    return tab;
  }

  for (const [way, withdraw] of Object.entries(WAYS)) {
    test(`is not asked for again after ${way}`, async ({site, shop}) => {
      const tab = await order(site, shop);
      await withdraw(tab, site);
      await expect.poll(tab.granted).not.toContain('meta-pixel');
      await settle(site, tab);
      expect(shop.orders().filter((one) => /order/.test(one))).toEqual(['POST /order item=7']);
      await expect(tab.page.locator('#done')).toBeVisible();
      expect(site.wire.tags()).toEqual([]);
    });
  }

  for (const [kind, form] of Object.entries({
    'sent by submit()': `<form id="f" action="/order" method="post"><input type="hidden" name="item" value="7"></form>
      <button id="send" onclick="document.forms.f.submit()">Order</button>`,
    'sent by requestSubmit()': `<form id="f" action="/order" method="post"><input type="hidden" name="item" value="7"></form>
      <button id="send" onclick="document.forms.f.requestSubmit()">Order</button>`,
    'whose method is that of its button': `<form action="/order"><input type="hidden" name="item" value="7">
      <button id="send" formmethod="post">Order</button></form>`,
    'whose address is that of its button': `<form action="/cart" method="post"><input type="hidden" name="item" value="7">
      <button id="send" formaction="/order">Order</button></form>`,
    'that carries another method in a field': `<form action="/order" method="post">
      <input type="hidden" name="method" value="get"><input type="hidden" name="action" value="/">
      <button id="send">Order</button></form>`,
    'that is made for the purpose': `<button id="send">Order</button><script>
      document.querySelector('#send').onclick = () => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = '/order';
        document.body.append(form);
        form.submit();
        form.remove();
      };</script>`,
  })) {
    test(`is not asked for again: a form ${kind}`, async ({site, shop}) => {
      const tab = await order(site, shop, form);
      await call(tab.page, 'withdraw');
      await expect.poll(tab.granted).toEqual(['essential']);
      await settle(site, tab);
      const orders = shop.orders().filter((one) => /order/.test(one));
      expect(orders.map((one) => one.split(' ')[0])).toEqual(['POST']);
      await expect(tab.page.locator('#done')).toBeVisible();
    });
  }

  // Nothing in the browser tells of these: such a page may be loaded anew, by a GET, which sends nothing again.
  for (const [kind, form] of Object.entries({
    'inside a shadow root': `<div><template shadowrootmode="open"><form action="/order" method="post">
      <input type="hidden" name="item" value="7"><button id="send">Order</button></form></template></div>`,
    'whose page stops its event': `${FORM.replace('id="send"', 'id="send"')}<script>
      for (const type of ['submit', 'formdata'])
        addEventListener(type, (event) => event.stopImmediatePropagation(), true);
    </script>`,
  })) {
    test(`is not sent again: a form ${kind}`, async ({site, shop}) => {
      const tab = await order(site, shop, form);
      await call(tab.page, 'withdraw');
      await settle(site, tab);
      expect(await tab.granted()).toEqual(['essential']);
      await settle(site, tab);
      expect(shop.orders().filter((one) => /^POST/.test(one))).toHaveLength(1);
    });
  }

  test('is not sent again where the form’s page has no gate, or opens another tab', async ({site, shop}) => {
    shop.serve('/cart', FORM.replace('method=', 'target="_blank" method='));
    shop.serve('/order', pageWith('<h2 id="done">Thank you</h2>'));
    await site.remember(recordOf());
    const tab = await site.visit('/cart');
    const [page] = await Promise.all([site.context.waitForEvent('page'), tab.page.locator('#send').click()]);
    await site.expectTags([META, YAHOO]);
    await call(page, 'withdraw');
    await settle(site, tab);
    expect(shop.orders().filter((one) => /^POST/.test(one))).toEqual(['POST /order item=7']);
  });

  test('is not asked for again after a 307, which repeats the form elsewhere', async ({site, shop}) => {
    shop.serve('/cart', pageWith(FORM));
    shop.serve('/order', {html: '', status: 307, headers: {location: '/paid'}});
    shop.serve('/paid', pageWith('<h2 id="done">Thank you</h2>'));
    const tab = await visit(site, '/cart');
    await tab.page.locator('#send').click();
    await site.expectTags([META, YAHOO]);
    await call(tab.page, 'withdraw');
    await settle(site, tab);
    expect(shop.orders()).not.toContain('GET /paid');
    expect(shop.orders().filter((one) => /POST/.test(one))).toEqual([
      'POST /order item=7',
      'POST /paid item=7',
    ]);
  });

  test('is not asked for again by what the visitor reloads or comes back to', async ({
    site,
    shop,
    browserName,
  }) => {
    test.skip(browserName === 'firefox', 'it asks before it shows such a page again');
    const tab = await order(site, shop);
    await tab.goTo('/plain.html');
    await tab.page.goBack();
    await expect(tab.page.locator('#done')).toBeVisible();
    const before = shop.orders();
    await call(tab.page, 'withdraw');
    await settle(site, tab);
    expect(shop.orders()).toEqual(before);
  });

  test('which sends the browser on is loaded by GET at most', async ({site, shop}) => {
    shop.serve('/cart', pageWith(FORM));
    shop.serve('POST /order', {html: '', status: 303, headers: {location: '/done?item=7'}});
    shop.serve('/done', pageWith('<h2 id="done">Thank you</h2>'));
    const tab = await visit(site, '/cart');
    await tab.page.locator('#send').click();
    await site.expectTags([META, YAHOO]);
    site.wire.forget();
    await call(tab.page, 'withdraw');
    await settle(site, tab);
    expect(shop.orders().filter((one) => /POST/.test(one))).toEqual(['POST /order item=7']);
    expect(shop.orders().filter((one) => /done/.test(one)).length).toBeLessThanOrEqual(2);
    expect(site.wire.tags()).toEqual([]);
  });
});

test.describe('what somebody has entered', () => {
  test.skip(({browserName}) => browserName === 'firefox', 'the same code as in Chromium');

  /** Its markup, how it is filled, and what is read from it. */
  const CONTROLS: Readonly<
    Record<string, readonly [body: string, fill: (page: Page) => Promise<unknown>, read: string]>
  > = {
    'in a field': ['<input id="c">', (page) => page.locator('#c').fill('typed'), '.value'],
    'in a search field without a form': [
      '<input type="search" id="c" value="before">',
      (page) => page.locator('#c').fill(''),
      '.value',
    ],
    'in a text area': [
      '<textarea id="c">Dear</textarea>',
      (page) => page.locator('#c').fill('typed'),
      '.value',
    ],
    'in a list': [
      '<select id="c"><option>one<option>two</select>',
      (page) => page.locator('#c').selectOption('two'),
      '.value',
    ],
    'in a list of several': [
      '<select multiple id="c"><option>one<option>two</select>',
      (page) => page.locator('#c').selectOption(['one', 'two']),
      '.selectedOptions.length',
    ],
    'in a box': ['<input type="checkbox" id="c">', (page) => page.locator('#c').check(), '.checked'],
    'in a radio button': [
      '<input type="radio" name="r" checked><input type="radio" name="r" id="c">',
      (page) => page.locator('#c').check(),
      '.checked',
    ],
    'in a file field': [
      '<input type="file" id="c">',
      (page) =>
        page.locator('#c').setInputFiles({name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a')}),
      '.files.length',
    ],
    'in an editor': [
      '<div contenteditable id="c"></div>',
      (page) => page.locator('#c').pressSequentially('typed'),
      '.textContent',
    ],
    'in an open shadow root': [
      '<x-field><template shadowrootmode="open"><input id="c"></template></x-field>',
      (page) => page.locator('#c').fill('typed'),
      '.value',
    ],
    'in a closed shadow root': [
      `<x-field id="c"></x-field><script>customElements.define('x-field', class extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({mode: 'closed'});
          root.innerHTML = '<input style="width:10em;height:2em">';
          root.firstChild.oninput = () => this.typed = root.firstChild.value;
        }
      })</script>`,
      async (page) => {
        await page.locator('#c').click();
        await page.keyboard.type('typed');
      },
      '.typed',
    ],
    'in a frame of the site': [
      '<iframe id="f" srcdoc="<input id=c>"></iframe>',
      (page) => page.frameLocator('#f').locator('#c').fill('typed'),
      '.value',
    ],
  };
  const readWith = async (page: Page, read: string) => {
    const frame = page.frames().find((one) => one.url() === 'about:srcdoc') ?? page;
    return frame.locator('#c').evaluate(`(element) => element${read}`);
  };

  for (const [where, [body, fill, read]] of Object.entries(CONTROLS)) {
    test(`${where} is still there after a withdrawal here and in another tab`, async ({site, shop}) => {
      shop.serve('/plain.html', pageWith());
      shop.serve('/form', pageWith(body + OPT_OUT));
      const tab = await visit(site, '/form?a=1#part');
      await fill(tab.page);
      const typed = await readWith(tab.page, read);
      const other = await site.visit('/plain.html');
      await other.untilReloaded(() => call(other.page, 'withdraw', 'meta-pixel'));
      await other.page.close();
      await tab.page.bringToFront();
      await settle(site, tab);
      expect(await tab.granted()).not.toContain('meta-pixel');
      expect(await readWith(tab.page, read)).toBe(typed);
      await tab.page.locator('#opt-out').click();
      await settle(site, tab);
      expect(await tab.granted()).toEqual(['essential']);
      expect(await readWith(tab.page, read)).toBe(typed);
      expect(shop.orders().filter((one) => /form/.test(one))).toEqual(['GET /form?a=1']);
    });
  }

  test('in our own preferences is no reason to stay', async ({site, shop}) => {
    shop.serve('/form', pageWith('<input value="untouched">'));
    const tab = await visit(site, '/form');
    await tab.untilReloaded(() => tab.choose({'yahoo-japan-ads': false}));
    await site.expectTags([META]);
    expect(shop.orders()).toEqual(['GET /form', 'GET /form']);
  });
});

test.describe('where the page stays', () => {
  test('the vendor is stopped, swept now and as the page is left, and the visitor is told', async ({
    site,
    shop,
  }) => {
    shop.serve('/plain.html', pageWith());
    shop.serve('/form', pageWith('<input id="c">'));
    const tab = await visit(site, '/form');
    await expect.poll(async () => Object.keys(await site.cookies())).toContain('_fbp');
    await tab.page.locator('#c').fill('typed');
    await tab.page.evaluate(() => {
      // A tag that writes once more as its page goes away.
      addEventListener('pagehide', () => {
        document.cookie = '_fbp=again; path=/';
      });
    });
    await tab.openPreferences();
    await tab.press('reject-all');
    await expect.poll(async () => Object.keys(await site.cookies())).toEqual(['consent']);
    const {locale} = (await import(new URL('../../src/locales/en.ts', import.meta.url).href)) as unknown as {
      locale: {stopsLater?: string};
    };
    const sentence = locale.stopsLater?.replace(/\{.*/, '');
    expect(sentence, 'the sentence of the UI').toBeTruthy();
    await expect(tab.page.locator('consent-banner, consent-preferences').first()).toContainText(
      sentence ?? '',
    );

    await site.wire.quiet();
    const hits = site.wire.hits().length;
    await tab.page.evaluate(() => {
      const {fbq} = window as unknown as {fbq(...command: unknown[]): void};
      fbq('track', 'Purchase');
    });
    await settle(site, tab);
    expect(site.wire.hits().length).toBe(hits);
    await expect(tab.page.locator('#c')).toHaveValue('typed');

    site.wire.forget();
    await tab.goTo('/plain.html');
    await settle(site, tab);
    expect(site.wire.toVendors()).toEqual([]);
    expect(Object.keys(await site.cookies())).toEqual(['consent']);
  });
});

test.describe('where nothing is in the way', () => {
  test('the page is loaded anew by a fresh GET of the same address, once', async ({site, shop}) => {
    shop.serve('/page', pageWith(`${FORM}<input value="untouched"><h2 id="part">Part</h2>`));
    const tab = await visit(site, '/page?a=1&b=%20#part');
    await tab.untilReloaded(() => call(tab.page, 'withdraw'));
    await settle(site, tab);
    expect(shop.orders()).toEqual(['GET /page?a=1&b=%20', 'GET /page?a=1&b=%20']);
    await expect(tab.page).toHaveURL(`${site.origin}/page?a=1&b=%20#part`);
    expect(site.wire.tags()).toEqual([]);
    expect(Object.keys(await site.cookies())).toEqual(['consent']);
    // Back leads to where the visitor came from, not to the same page.
    expect(await tab.page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  });

  test('with a link that denies, its place and its fragment are kept', async ({site, shop}) => {
    const gap = '<div style="height: 3000px"></div>';
    shop.serve('/page', pageWith(`${gap}<h2 id="part">Part</h2>${OPT_OUT}${gap}`));
    const tab = await visit(site, '/page?a=1#part');
    await tab.untilReloaded(() => tab.page.locator('#opt-out').click());
    await settle(site, tab);
    expect(shop.orders()).toEqual(['GET /page?a=1', 'GET /page?a=1']);
    await expect(tab.page).toHaveURL(`${site.origin}/page?a=1#part`);
    await expect(tab.banner.locator('[data-action="undo"]')).toBeVisible();
    expect(await tab.page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  });

  /** What the page is told of itself; browsers without a window show every page at once. */
  const hide = (page: Page, isHidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(Document.prototype, 'hidden', {get: () => value, configurable: true});
      Object.defineProperty(Document.prototype, 'visibilityState', {
        get: () => (value ? 'hidden' : 'visible'),
        configurable: true,
      });
      document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
    }, isHidden);

  test('a page in the background is loaded anew once it is looked at', async ({site, shop}) => {
    shop.serve('/plain.html', pageWith());
    shop.serve('/page', pageWith());
    const tab = await visit(site, '/page');
    await hide(tab.page, true);
    const other = await site.visit('/plain.html');
    await call(other.page, 'withdraw');
    await settle(site, other);
    expect(shop.orders().filter((one) => /page/.test(one))).toEqual(['GET /page']);
    expect(await tab.granted()).toEqual(['essential']);
    await tab.untilReloaded(() => hide(tab.page, false));
    await settle(site, tab);
    expect(shop.orders().filter((one) => /page/.test(one))).toEqual(['GET /page', 'GET /page']);
  });

  test('a page in the background stays where something was entered', async ({site, shop}) => {
    shop.serve('/plain.html', pageWith());
    shop.serve('/page', pageWith('<input id="c">'));
    const tab = await visit(site, '/page');
    await hide(tab.page, true);
    const other = await site.visit('/plain.html');
    await call(other.page, 'withdraw');
    await settle(site, other);
    // Filled by the browser or a script of the page, before the visitor looks.
    await tab.page.locator('#c').fill('typed');
    await hide(tab.page, false);
    await settle(site, tab);
    expect(shop.orders().filter((one) => /page/.test(one))).toEqual(['GET /page']);
    await expect(tab.page.locator('#c')).toHaveValue('typed');
  });
});
