/** An answer that is faster than the code that carries it out: nothing is lost, nothing is let in early, nothing is claimed. */
import {type PromptTexts, promptTexts} from '../../src/prompt-texts.js';
import {inlined} from '../support/inlined.js';
import {pageOf, VENDORS} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';

declare const consentGate: {rejectAll(): void; withdraw(): void; erase(): void};

const {locale, notSaved} = promptTexts['en'] as PromptTexts;
const PATH = '/page.html';
const config = {
  controller: {name: 'Example Ltd', contact: 'mailto:privacy@example.com'},
  policy: {version: '2026-11-01'},
  vendors: [VENDORS.analytics, VENDORS.meta],
};
const TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456'];
const CHOICE = '**/choice.js*';

/** Holds the code of choices back until the returned function is called. */
async function holdChoice(site: Site): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await site.context.route(CHOICE, async (route) => {
    await released;
    await route.fallback().catch(() => {});
  });
  return release;
}

/** A page whose banner is there, and whose code of choices is not. In Firefox a module on its way holds back the load event. */
async function visit(site: Site, html = pageOf({config})): Promise<Tab> {
  await site.serve(PATH, html);
  const tab = await site.newTab();
  await tab.page.goto(site.origin + PATH, {waitUntil: 'commit'});
  await expect(tab.banner).toBeVisible();
  return tab;
}

const button = (tab: Tab, action: string) => tab.page.locator(`consent-banner [data-action="${action}"]`);
const title = (tab: Tab) => tab.page.locator('consent-banner h2');
const changes = (tab: Tab) => tab.page.evaluate(() => (window as unknown as {changes: number}).changes);
const countChanges = (tab: Tab) =>
  tab.page.evaluate(() => {
    Object.assign(window, {changes: 0});
    document.addEventListener('consent-change', () => (window as unknown as {changes: number}).changes++);
  });

test('the banner is there while the code of choices is not', async ({site}) => {
  await holdChoice(site);
  const tab = await visit(site);
  await expect(button(tab, 'accept-all')).toBeVisible();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('the banner closes with the press; the tags come with the code, and the record', async ({site}) => {
  const release = await holdChoice(site);
  const tab = await visit(site);
  await countChanges(tab);
  await button(tab, 'accept-all').dblclick();
  await expect(tab.banner).toBeHidden();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.cookies()).toEqual({});
  release();
  await site.expectTags(TAGS);
  expect(await site.cookies()).toHaveProperty('consent');
  expect(await changes(tab)).toBe(1);
  await expect(tab.page.locator('consent-banner [role="status"]')).toHaveText(locale.saved);
});

for (const [action, later, granted] of [
  ['accept-all', 'rejectAll', false],
  ['reject-all', 'acceptAll', true],
] as const) {
  test(`${action}, and then ${later}() by the page, end as the last one says`, async ({site}) => {
    const release = await holdChoice(site);
    const tab = await visit(site);
    await button(tab, action).click();
    await tab.page.evaluate(
      (name) => (window as unknown as {consentGate: Record<string, () => void>}).consentGate[name]?.(),
      later,
    );
    release();
    await expect.poll(async () => (await tab.state()).decided).toBe(true);
    await expect.poll(async () => (await tab.granted()).includes('analytics')).toBe(granted);
  });
}

for (const [action, tags] of [
  ['accept-all', TAGS],
  ['reject-all', []],
] as const) {
  test(`who leaves the page ahead of the code is not asked again: ${action}`, async ({site}) => {
    await holdChoice(site);
    const tab = await visit(site);
    await button(tab, action).click();
    await expect(tab.banner).toBeHidden();
    await site.context.unroute(CHOICE);
    await site.serve('/next.html', pageOf({config}));
    await tab.page.goto(`${site.origin}/next.html`);
    await expect.poll(async () => (await tab.state()).decided).toBe(true);
    await expect(tab.banner).toBeHidden();
    await site.expectTags(tags);
    expect(await site.cookies()).toHaveProperty('consent');
  });
}

test('a choice whose code never comes is told of, stays denied, and is asked for again', async ({site}) => {
  await site.context.route(CHOICE, (route) => route.abort());
  const tab = await visit(site);
  await button(tab, 'accept-all').click();
  await expect(title(tab)).toHaveText(notSaved);
  await expect(tab.page.locator('consent-banner [role="status"]')).toHaveText(notSaved);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await tab.granted()).toEqual(['essential']);
  await button(tab, 'close').click();
  await expect(tab.banner).toBeHidden();
  await site.context.unroute(CHOICE);
  await tab.reload();
  await tab.expectBanner();
  await expect(title(tab)).toHaveText(locale.bannerTitle);
  expect(site.wire.toVendors()).toEqual([]);
});

test('the preferences that cannot come are told of, and the question stays', async ({site}) => {
  await site.context.route(CHOICE, (route) => route.abort());
  const tab = await visit(site);
  await button(tab, 'preferences').click();
  await expect(title(tab)).toHaveText(notSaved);
  await button(tab, 'close').click();
  await expect(title(tab)).toHaveText(locale.bannerTitle);
});

test('a press in the first layer of the HTML is told of as well where its code never comes', async ({
  site,
}) => {
  await site.context.route(CHOICE, (route) => route.abort());
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await site.context.route('**/prompt/*.js', async (route) => {
    await released;
    await route.fallback().catch(() => {});
  });
  const tab = await visit(site, inlined(config, '--first-layer').page());
  await button(tab, 'reject-all').click();
  await expect(tab.banner).toBeHidden();
  release();
  await expect(title(tab)).toHaveText(notSaved);
  expect(site.wire.toVendors()).toEqual([]);
});

for (const [what, refuse] of Object.entries({
  'a link that denies': () => document.querySelector<HTMLElement>('#out')?.click(),
  'rejectAll()': () => consentGate.rejectAll(),
  'withdraw()': () => consentGate.withdraw(),
  'erase()': () => consentGate.erase(),
})) {
  test(`accepted, then refused by ${what} before the code of choices has come: the next page lets nothing in, and asks`, async ({
    site,
  }) => {
    const release = await holdChoice(site);
    const html = pageOf({config, body: '<a id="out" href="#consent-opt-out">Do not track me</a>'});
    await site.serve('/next.html', html);
    const tab = await visit(site, html);
    await button(tab, 'accept-all').click();
    await expect(tab.banner).toBeHidden();
    await tab.page.evaluate(refuse);
    await tab.page.goto(`${site.origin}/next.html`, {waitUntil: 'commit'});
    release();
    await expect(tab.banner).toBeVisible();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    expect(await site.cookies()).toEqual({});
  });
}
