/** axe finds nothing: on every demo page, with the banner and with the preferences, light and dark, in every language. */
import {readFileSync} from 'node:fs';
import type axe from 'axe-core';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each violation: the rule, and where. */
async function violations({page}: Tab): Promise<string[]> {
  await page.evaluate(AXE);
  // Not every engine can be told to do without: what still fades in is waited for.
  await page.evaluate(() => {
    const roots = [...document.querySelectorAll('*')].flatMap(({shadowRoot}) => shadowRoot ?? []);
    const animations = [document, ...roots].flatMap((root) => root.getAnimations());
    return Promise.allSettled(animations.map(({finished}) => finished));
  });
  return page.evaluate(async (tags) => {
    const {run} = (window as unknown as {axe: typeof axe}).axe;
    // Frames have pages of their own.
    const results = await run(document, {runOnly: tags, resultTypes: ['violations'], iframes: false});
    return results.violations.flatMap(({id, nodes}) =>
      nodes.map(({target, failureSummary}) => `${id} at ${target.flat().join(' >>> ')}: ${failureSummary}`),
    );
  }, TAGS);
}

async function open(site: Site, path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Tab> {
  const tab = await site.newTab();
  // Colours that are on their way elsewhere would be judged before they have arrived.
  await tab.page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
  await tab.goTo(path);
  return tab;
}

const PAGES = [
  '/index.html',
  '/marketing.html',
  '/embeds.html',
  '/policy.html',
  '/spa.html',
  '/spa.html?lang=ja',
  '/spa.html?lang=ru',
];

for (const path of PAGES) {
  test(`${path}, its banner and its preferences have no finding, light and dark`, async ({
    site,
    browserName,
  }) => {
    // Firefox changes its colour scheme at launch only; the colours are Chromium's to judge.
    for (const scheme of browserName === 'chromium' ? (['light', 'dark'] as const) : (['light'] as const)) {
      const tab = await open(site, path, scheme);
      await tab.expectBanner();
      expect(await tab.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(
        scheme === 'dark',
      );
      expect(await violations(tab), `${scheme}, banner`).toEqual([]);
      await tab.openPreferences();
      for (const summary of await tab.preferences.locator('summary').all()) await summary.click();
      expect(await violations(tab), `${scheme}, preferences`).toEqual([]);
      await tab.page.close();
    }
  });
}

test('the message of a link that denies has no finding', async ({site}) => {
  await site.remember(recordOf());
  const tab = await open(site, '/policy.html#consent-opt-out=yahoo-japan-ads');
  await tab.expectBanner();
  expect(await violations(tab)).toEqual([]);
});

test('the marketing page with everything granted has no finding', async ({site}) => {
  await site.remember(recordOf());
  const tab = await open(site, '/marketing.html');
  await expect(tab.page.locator('#reviews blockquote')).toHaveCount(3);
  expect(await violations(tab)).toEqual([]);
});

test('the preferences as part of an account page have no finding', async ({site}) => {
  const tab = await open(site, '/spa/account');
  await tab.expectBanner();
  await expect(tab.page.locator('consent-preferences[inline] input').first()).toBeVisible();
  expect(await violations(tab)).toEqual([]);
});

test('these tests see a finding where there is one', async ({site}) => {
  const tab = await open(site, '/index.html');
  await tab.expectBanner();
  await tab.page.evaluate(() => document.body.append(document.createElement('button')));
  expect(await violations(tab)).toEqual([expect.stringMatching(/^button-name at body > button:/)]);
});
