/** The first layer in the HTML: there with the page, for those alone who are asked, and the element takes over unseen. */
import {readFileSync} from 'node:fs';
import {inlined} from '../support/inlined.js';
import {VENDORS} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';

const PATH = '/page.html';
const config = {
  controller: {
    name: {en: 'Example Ltd', ja: '例株式会社', ru: 'ООО «Пример»'},
    contact: 'mailto:privacy@example.com',
  },
  links: {privacyPolicy: '/privacy.html', cookiePolicy: '/cookies.html'},
  policy: {version: '2026-11-01'},
  vendors: [VENDORS.analytics, VENDORS.ads, VENDORS.yahoo, VENDORS.meta],
};
const TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456', '/images/listing/tool/cv/ytag.js'];
const inEnglish = inlined(config, '--first-layer');
const LAYER = 'consent-banner [data-first-layer]';

/** Lets the first layer through once the returned function is called. */
async function holdPrompt(site: Site): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await site.context.route('**/prompt/*.js', async (route) => {
    await released;
    await route.fallback().catch(() => {});
  });
  return release;
}

/** A page whose banner's code has not come yet. In Firefox a module on its way holds back the load event. */
async function visitHeld(site: Site, html = inEnglish.page()): Promise<Tab & {release(): void}> {
  const release = await holdPrompt(site);
  await site.serve(PATH, html);
  const tab = await site.newTab();
  await tab.page.goto(site.origin + PATH, {waitUntil: 'commit'});
  await tab.state();
  return {...tab, release};
}

const isTakenOver = (tab: Tab) => expect(tab.page.locator(LAYER)).toHaveCount(0);

/** What a visitor sees of the banner: its words, and where each of them is. */
const look = (tab: Tab) =>
  tab.page.evaluate(() => {
    const root = document.querySelector('consent-banner')?.shadowRoot as ShadowRoot;
    return [...root.querySelectorAll('.box, .box *')].map((element) => {
      const {x, y, width, height} = element.getBoundingClientRect();
      const {color, font, backgroundColor, borderColor} = getComputedStyle(element);
      const own = [...element.childNodes]
        .filter((node) => node instanceof Text)
        .map((node) => node.nodeValue);
      return [
        element.localName,
        ...['class', 'id', 'part', 'href', 'role', 'type', 'data-action', 'aria-labelledby'].map(
          (name) => element.getAttribute(name) ?? '',
        ),
        own.join('').replace(/\s+/g, ' ').trim(),
        [x, y, width, height].map((length) => length.toFixed(1)).join(' '),
        color,
        font,
        backgroundColor,
        borderColor,
      ].join(' | ');
    });
  });

for (const [language, parts] of Object.entries({
  en: {lang: 'en'},
  ja: {lang: 'ja'},
  ru: {lang: 'ru'},
})) {
  test(`it is what the element renders, word for word and place for place (${language})`, async ({site}) => {
    const tab = await visitHeld(site, inlined(config, '--first-layer', '--language', language).page(parts));
    await tab.expectBanner();
    await tab.page.evaluate(() => {
      Object.assign(window, {shifts: [], seen: []});
      const {shifts, seen} = window as unknown as {shifts: number[]; seen: boolean[]};
      if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as {value: number}).value);
        }).observe({type: 'layout-shift'});
      }
      const frame = () => {
        const box = document.querySelector('consent-banner')?.shadowRoot?.querySelector('.box');
        seen.push(!!box?.getBoundingClientRect().height);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const before = await look(tab);
    tab.release();
    await isTakenOver(tab);
    expect(await look(tab)).toEqual(before);
    expect(before.length).toBeGreaterThan(12);
    const {shifts, seen} = await tab.page.evaluate(() => {
      const {shifts, seen} = window as unknown as {shifts: number[]; seen: boolean[]};
      return {shifts, seen};
    });
    expect(shifts).toEqual([]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(false);
    expect(site.wire.toVendors()).toEqual([]);
  });
}

test('accepting in it does not wait for the banner’s code', async ({site}) => {
  const tab = await visitHeld(site);
  await tab.expectBanner();
  await tab.press('accept-all');
  await expect(tab.banner).toBeHidden();
  await expect.poll(site.wire.tags).toEqual(TAGS);
  tab.release();
  await site.expectTags(TAGS);
  expect(await tab.state()).toMatchObject({decided: true, source: 'banner'});
  await expect(tab.banner).toBeHidden();
  await expect(tab.page.locator('consent-banner [data-saved]')).toHaveText('Your choice has been saved.');
});

test('rejecting in it does not wait for the banner’s code', async ({site}) => {
  const tab = await visitHeld(site);
  await tab.press('reject-all');
  await expect(tab.banner).toBeHidden();
  await expect.poll(tab.state).toMatchObject({decided: true, source: 'banner'});
  expect(await site.cookies()).toHaveProperty('consent');
  tab.release();
  await site.wire.quiet();
  await expect(tab.banner).toBeHidden();
  expect(site.wire.toVendors()).toEqual([]);
});

test('it leads to the preferences', async ({site}) => {
  const tab = await visitHeld(site);
  await tab.press('preferences');
  tab.release();
  await expect(tab.preferences).toBeVisible();
  await expect(tab.banner).toBeVisible();
});

test('it keeps the focus, and gives way once the focus has left', async ({site}) => {
  const tab = await visitHeld(site);
  const accept = tab.page.locator(`${LAYER} [data-action="accept-all"]`);
  await accept.focus();
  tab.release();
  await expect.poll(() => tab.page.evaluate(() => !!customElements.get('consent-banner'))).toBe(true);
  await site.wire.quiet();
  await expect(accept).toBeFocused();
  await tab.page.keyboard.press('Shift+Tab');
  await expect(tab.page.locator(`${LAYER} [data-action="reject-all"]`)).toBeFocused();
  await tab.page.locator('h1').click();
  await isTakenOver(tab);
  await tab.expectBanner();
  await tab.acceptAll();
  await site.expectTags(TAGS);
});

test('by keyboard alone, before its code has come', async ({site}) => {
  const tab = await visitHeld(site);
  await tab.expectBanner();
  await tab.page.locator(`${LAYER} [data-action="reject-all"]`).focus();
  await tab.page.keyboard.press('Enter');
  await expect.poll(tab.state).toMatchObject({decided: true, source: 'banner'});
  tab.release();
});

test('refusing weighs as much as accepting', async ({site}) => {
  const tab = await visitHeld(site);
  const looks = await Promise.all(
    ['reject-all', 'accept-all'].map((action) =>
      tab.page.locator(`${LAYER} [data-action="${action}"]`).evaluate((element) => {
        const {width, height} = element.getBoundingClientRect();
        const {color, backgroundColor, fontWeight, fontSize, borderColor} = getComputedStyle(element);
        return {width, height, color, backgroundColor, fontWeight, fontSize, borderColor};
      }),
    ),
  );
  expect(looks[0]).toEqual(looks[1]);
  tab.release();
});

test('axe finds nothing in it', async ({site}) => {
  const tab = await visitHeld(site);
  await tab.expectBanner();
  await tab.page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  const found = await tab.page.evaluate(async () => {
    const {axe} = window as unknown as {axe: {run(node: string): Promise<{violations: {id: string}[]}>}};
    return (await axe.run('consent-banner')).violations.map(({id}) => id);
  });
  expect(found).toEqual([]);
  tab.release();
});

test.describe('it is never seen', () => {
  /** Whether any frame so far had a banner in it. */
  const watch = (site: Site) =>
    site.context.addInitScript(() => {
      const isSeen = () =>
        document
          .querySelector('consent-banner')
          ?.shadowRoot?.querySelector('[data-first-layer]')
          ?.getBoundingClientRect().height;
      const frame = () => {
        if (isSeen()) Object.assign(window, {wasSeen: true});
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  const wasSeen = (tab: Tab) => tab.page.evaluate(() => 'wasSeen' in window);

  test('but by those who are asked: what the other tests here look with does see it', async ({site}) => {
    await watch(site);
    const tab = await visitHeld(site);
    await expect.poll(() => wasSeen(tab)).toBe(true);
    tab.release();
  });

  test('by those who have chosen', async ({site}) => {
    await watch(site);
    await site.serve(PATH, inEnglish.page());
    await site.remember(recordOf());
    const tab = await site.visit(PATH);
    await site.expectTags(TAGS);
    expect(await wasSeen(tab)).toBe(false);
  });

  test('in another language than the page’s: the element asks in the right one', async ({site}) => {
    await watch(site);
    await site.serve(PATH, inEnglish.page({lang: 'ja'}));
    const tab = await site.visit(PATH);
    await tab.expectBanner();
    await expect(tab.banner).toContainText('すべて拒否');
    expect(await wasSeen(tab)).toBe(false);
  });

  test('where the browser sends an opt-out signal, of which it knows nothing', async ({site}) => {
    await site.context.addInitScript(() =>
      Object.defineProperty(navigator, 'globalPrivacyControl', {value: true}),
    );
    await watch(site);
    await site.serve(PATH, inEnglish.page());
    const tab = await site.visit(PATH);
    await tab.expectBanner();
    await expect(tab.banner).toContainText('GPC');
    expect(await wasSeen(tab)).toBe(false);
  });

  test('where the page’s policy refuses its styles', async ({site}) => {
    await watch(site);
    const headers = {'content-security-policy': `style-src 'self'`};
    await site.serve(PATH, {html: inEnglish.page(), headers});
    const tab = await site.visit(PATH);
    await tab.expectBanner();
    await isTakenOver(tab);
    expect(await wasSeen(tab)).toBe(false);
  });

  test('without the loader', async ({site}) => {
    await watch(site);
    await site.serve(PATH, inEnglish.page().replace(/<script>[!(].*?<\/script>/s, ''));
    const tab = await site.visit(PATH);
    await site.wire.quiet();
    await expect(tab.banner).toBeHidden();
    expect(await wasSeen(tab)).toBe(false);
  });
});

test('its styles are allowed by their hash alone', async ({site}) => {
  const headers = {'content-security-policy': `style-src 'self' ${inEnglish.hashes[1]}`};
  await site.serve(PATH, {html: inEnglish.page(), headers});
  const release = await holdPrompt(site);
  const tab = await site.newTab();
  await tab.page.goto(site.origin + PATH, {waitUntil: 'commit'});
  await tab.expectBanner();
  await expect(tab.page.locator(LAYER)).toHaveCount(1);
  release();
  await isTakenOver(tab);
});
