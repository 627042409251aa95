/**
 * The product's addresses in applications with real routers, which handle links before the browser does and keep their own
 * account of the address: what is asked for is done and said, and the application goes on where it was.
 */
import type {Page} from 'playwright/test';
import {APPLICATIONS, type Application, serveApplication} from '../support/routers.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';

const META = '/en_US/fbevents.js';
const YAHOO = '/images/listing/tool/cv/ytag.js';
const ADDRESS = '#consent-opt-out=meta-pixel';

/** The address of a view, with the fragment that somebody came by where the router has no use for it. */
const addressOf = ({router}: Application, view = '/orders/7') =>
  router === 'hash' ? `/#${view}` : `${view}#section-3`;

declare global {
  interface Window {
    isFirst?: boolean;
  }
}

/** What the console says, the product's own remarks on local hosts aside. */
function listen({page}: Tab): string[] {
  const words: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (/error|warning/.test(message.type()) && !text.startsWith('consent-gate: ')) words.push(text);
  });
  return words;
}

/** The documents that a tab has loaded since its application stood at the order. */
const loads = new WeakMap<Page, readonly string[]>();

/** Everything is granted, and the application stands at an order. */
async function visitOrder(site: Site, application: Application): Promise<Tab> {
  await serveApplication(site, application);
  await site.remember(recordOf());
  const tab = await site.visit(addressOf(application));
  await expect(tab.page.locator('#view')).toHaveText('Order 7');
  await site.expectTags([META, YAHOO]);
  await tab.page.evaluate(() => document.fonts.ready);
  site.wire.forget();
  const loaded: string[] = [];
  tab.page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === tab.page.mainFrame()) loaded.push(request.url());
  });
  loads.set(tab.page, loaded);
  return tab;
}

/** The vendor is denied, on the wire and in the record, and the visitor is told so. */
async function expectDenied(site: Site, tab: Tab): Promise<void> {
  await expect(tab.banner).toContainText(/Meta/);
  await expect(tab.banner.locator('[data-action="undo"]')).toBeVisible();
  await site.wire.quiet();
  const granted = await tab.granted();
  expect(granted).toContain('yahoo-japan-ads');
  expect(granted).not.toContain('meta-pixel');
  expect(site.wire.tags()).not.toContain(META);
  expect(Object.keys(await site.cookies())).not.toContain('_fbp');
}

/** The address and the view are those of before, the router still works, and the next page is without the vendor. */
async function expectUnmoved(site: Site, tab: Tab, application: Application): Promise<void> {
  const {page} = tab;
  const address = site.origin + addressOf(application);
  await expect(page).toHaveURL(address);
  await expect(page.locator('#view')).toHaveText('Order 7');
  // One reload at most. What a router fetches ahead, for a link under the pointer, is its own.
  expect(loads.get(page)?.length).toBeLessThanOrEqual(1);

  await page.locator('#to-home').click();
  await expect(page.locator('#view')).toHaveText('Home');
  await page.goBack();
  await expect(page.locator('#view')).toHaveText('Order 7');
  await expect(page).toHaveURL(address);
  await expectDenied(site, tab);

  site.wire.forget();
  await tab.reload();
  await site.expectTags([YAHOO]);
  await expect(page).toHaveURL(address);
}

const pressing = (selector: string) => (tab: Tab) => tab.page.locator(selector).click();

/** How a visitor, or the application, comes by the address. */
const WAYS: Readonly<Record<string, (tab: Tab) => Promise<unknown>>> = {
  'a link of the router': pressing('#router-link'),
  'a plain link': pressing('#plain-link'),
  'a plain link of the form that is a selector': pressing('#selector-link'),
  'a call of the router': pressing('#push'),
  'an edited fragment': (tab) =>
    tab.page.evaluate(() => {
      location.hash = '#consent-opt-out--meta-pixel';
    }),
};

/** Firefox takes seconds to open a page: it has one router of each kind, and the ways that end in different calls. */
const IN_FIREFOX = /^(React Router|Vue Router by hash|Next|Astro)$/;
const WAYS_IN_FIREFOX = /router|edited/;

for (const application of APPLICATIONS) {
  test.describe(application.name, () => {
    test.beforeAll(async () => {
      test.setTimeout(180_000);
      const {buildRouter} = await import('./fixtures/routers/build.mjs');
      await buildRouter(application.folder);
    });
    test.skip(
      ({browserName}) => browserName === 'firefox' && !IN_FIREFOX.test(application.name),
      'Firefox has one router of each kind',
    );

    for (const [way, go] of Object.entries(WAYS)) {
      test(`${way} denies, says so, and the application goes on where it was`, async ({
        site,
        browserName,
      }) => {
        test.skip(browserName === 'firefox' && !WAYS_IN_FIREFOX.test(way), 'the same calls as in Chromium');
        const tab = await visitOrder(site, application);
        const words = listen(tab);
        await go(tab);
        await expectDenied(site, tab);
        await expectUnmoved(site, tab, application);
        expect(words).toEqual([]);
      });
    }

    test('a link to the settings opens them over the view that was there', async ({site}) => {
      const tab = await visitOrder(site, application);
      const words = listen(tab);
      await tab.page.evaluate(() => {
        window.isFirst = true;
      });
      await tab.page.locator('#settings-link').click();
      await expect(tab.preferences).toBeVisible();
      await expect(tab.page).toHaveURL(site.origin + addressOf(application));
      await expect(tab.page.locator('#view')).toHaveText('Order 7');
      await tab.press('close');
      await expect(tab.preferences).toBeHidden();
      await tab.page.locator('#to-home').click();
      await expect(tab.page.locator('#view')).toHaveText('Home');
      await tab.page.goBack();
      await expect(tab.page.locator('#view')).toHaveText('Order 7');
      expect(await tab.page.evaluate(() => window.isFirst)).toBe(true);
      expect(words).toEqual([]);
    });

    test('an address that somebody opens does its work once, and not again after a newer choice', async ({
      site,
    }) => {
      await serveApplication(site, application);
      await site.remember(recordOf());
      const tab = await site.visit(`/${ADDRESS}`);
      await expectDenied(site, tab);
      await expect(tab.page.locator('#view')).toHaveText('Home');
      await expect(tab.page).not.toHaveURL(/consent/);
      await tab.press('close');
      await expect(tab.banner).toBeHidden();

      await tab.page.evaluate(() =>
        (window as unknown as {consentGate: {acceptAll(): void}}).consentGate.acceptAll(),
      );
      await expect.poll(tab.granted).toContain('meta-pixel');
      // The application may put the fragment back, now or as it goes on.
      await tab.page.locator('#to-order').click();
      await expect(tab.page.locator('#view')).toHaveText('Order 7');
      await tab.page.goBack();
      await expect(tab.page.locator('#view')).toHaveText('Home');
      site.wire.forget();
      await tab.reload();
      await site.expectTags([META, YAHOO]);
      expect(await tab.granted()).toContain('meta-pixel');
    });

    test('an address does its work in an application that was here before the loader', async ({site}) => {
      test.skip(application.router !== 'hash', 'other routers leave the fragment alone');
      await serveApplication(site, application);
      await site.remember(recordOf());
      const tab = await site.newTab();
      await tab.page.route('**/dist/cdn/consent-gate.js', async (route) => {
        await tab.page.locator('#view').waitFor();
        await route.continue();
      });
      await tab.goTo(`/${ADDRESS}`);
      await expectDenied(site, tab);
      await expect(tab.page.locator('#view')).toHaveText('Home');
      await expect(tab.page).not.toHaveURL(/consent/);
      await tab.page.locator('#to-order').click();
      await expect(tab.page.locator('#view')).toHaveText('Order 7');
      await tab.page.goBack();
      await expect(tab.page.locator('#view')).toHaveText('Home');
      await expectDenied(site, tab);
    });

    test('a link of another path is the router’s or the browser’s, and does its work on arrival', async ({
      site,
    }) => {
      test.skip(application.router === 'hash', 'the path is another application’s');
      const tab = await visitOrder(site, application);
      await tab.page.locator('#elsewhere-link').click();
      await expect(tab.page.locator('#view')).toHaveText('Policy');
      await expectDenied(site, tab);
      expect(new URL(tab.page.url()).pathname).toBe('/policy');
    });
  });
}
