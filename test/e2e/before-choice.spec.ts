/** Before a choice: nothing leaves, nothing is written, and nothing but a button grants. */
import {expect, MARKETING_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';

const PAGES = ['/marketing.html', '/policy.html', '/spa.html', '/index.html'];

/** Nothing was asked of anyone else, nothing arrived there, nothing is kept: of the vendors' and of ours. */
async function expectNothing(site: Site, {page, storage}: Tab) {
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
  expect(await site.context.cookies()).toEqual([]);
  expect(await storage()).toEqual({});
  // A connection opened ahead of time tells the vendor who is there as well.
  await expect(
    page.locator('link:is([rel~="preconnect"], [rel~="dns-prefetch"], [rel~="preload"], [rel~="prefetch"])'),
  ).toHaveCount(0);
}

for (const path of PAGES) {
  test(`${path} asks no vendor for anything and keeps nothing before a choice`, async ({site}) => {
    const tab = await site.visit(path);
    await tab.expectBanner();
    await expectNothing(site, tab);
  });
}

test('where scripts are off, nothing of a vendor is asked for either', async ({
  site,
  browser,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Over WebDriver BiDi scripts stay on');
  const context = await browser.newContext({javaScriptEnabled: false});
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const page = await context.newPage();
  for (const path of PAGES) {
    await page.goto(site.origin + path);
    await expect(page.locator('h1')).toBeVisible();
    // The loader belongs to the page's load event: it really did not run.
    expect(await page.evaluate(() => 'consentGate' in window)).toBe(false);
  }
  expect(asked.filter((url) => !url.startsWith(site.origin))).toEqual([]);
  await context.close();
});

test('the witness of these tests sees what a granted page asks for and keeps', async ({site}) => {
  await site.remember(recordOf());
  const tab = await site.visit('/marketing.html');
  await site.expectTags(MARKETING_TAGS);
  expect((await site.received()).map(({path}) => path)).toContain('/gtag/js');
  expect(Object.keys(await site.cookies())).toEqual(expect.arrayContaining(['_ga', '_fbp', '_yjsu_yjad']));
  expect(Object.keys(await tab.storage())).toEqual(expect.arrayContaining(['consent', 'demo-reviews:seen']));
});

test('reading on, scrolling, clicking the page and pressing Escape grant nothing', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  const {page} = tab;
  await tab.expectBanner();
  await page.mouse.wheel(0, 4000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await page.getByRole('heading', {level: 2}).first().click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('#trial-form [name="name"]').fill('青葉 みどり');
  await page.locator('#trial-form [name="email"]').fill('midori@aoba.example');
  await page.locator('#trial-form button').click();
  await expect(page.locator('#trial-status')).not.toBeEmpty();
  await tab.expectBanner();
  await expectNothing(site, tab);
});

test('going on to a second page grants nothing and asks again', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tab.page.locator('footer a[href="policy.html"]').click();
  await tab.page.waitForURL('**/policy.html');
  await tab.expectBanner();
  await expectNothing(site, tab);
  await tab.goTo('/marketing.html');
  await tab.expectBanner();
  await expectNothing(site, tab);
});

test('opening the preferences, switching without saving and closing grants nothing', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tab.openPreferences();
  await (await tab.switchOf('advertising')).setChecked(true);
  await tab.press('close');
  await expect(tab.preferences).toBeHidden();
  await tab.expectBanner();
  await expectNothing(site, tab);
});

test('a view of the single-page application that is changed to grants nothing', async ({site}) => {
  const tab = await site.visit('/spa.html');
  await tab.expectBanner();
  await tab.page.getByRole('link', {name: 'Courses'}).click();
  await expect(tab.page.getByRole('heading', {level: 1})).toHaveText('Courses');
  await tab.expectBanner();
  await expectNothing(site, tab);
});
