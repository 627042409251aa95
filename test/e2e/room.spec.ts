/** Whatever scrolls beneath the banner has an end that can be seen, and so has what gets the focus; all of it is given back. */
import {pageOf} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';

const LINK = '<a id="imprint" href="/imprint">Imprint</a>';
const LONG = '<p style="height: 2000px">Long</p>';

/** Pages by how they scroll. */
const SHELLS: Readonly<Record<string, string>> = {
  'the document': `${LONG}${LINK}`,
  'a part of an application that fills the window': `
    <style>html, body {height: 100%; overflow: hidden; margin: 0} #main {height: 100%; overflow: auto}</style>
    <div id="main">${LONG}${LINK}</div>`,
  'a part of it beside a heading, as a flexible item': `
    <style>html, body {height: 100%; overflow: hidden; margin: 0} body {display: flex; flex-direction: column}
      #main {flex: 1; min-height: 0; overflow-y: auto; padding: 10px}</style>
    <div id="main">${LONG}${LINK}</div>`,
  'an application of position fixed': `
    <style>#main {position: fixed; inset: 0; overflow: auto; background: #fff}</style><div id="main">${LONG}${LINK}</div>`,
  'a part in a shadow root': `
    <style>html, body {height: 100%; overflow: hidden; margin: 0}</style>
    <div style="height: 100%"><template shadowrootmode="open"><div style="height: 100%; overflow: auto"><slot></slot></div></template>
    ${LONG}${LINK}</div>`,
  'a page no longer than the window, with a footer at its foot': `
    <style>body {margin: 0; min-height: 100vh; box-sizing: border-box; display: flex; flex-direction: column; justify-content: space-between}</style>
    <footer>${LINK}</footer>`,
};

interface Visit {
  readonly layout?: string;
  readonly lang?: string;
  readonly dir?: string;
}

async function visitShell(site: Site, body: string, {layout = 'bar', lang = 'en', dir = 'ltr'}: Visit = {}) {
  await site.context.addInitScript(() => {
    Object.assign(window, {shift: 0});
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as {shift: number}).shift += (entry as unknown as {value: number}).value;
    }).observe({type: 'layout-shift', buffered: true});
  });
  await site.serve(
    '/page.html',
    pageOf({config: {vendors: [], ui: {layout}, policy: {version: '1'}}, lang, body}).replace(
      '<html',
      `<html dir="${dir}"`,
    ),
  );
  const tab = await site.visit('/page.html');
  await tab.expectBanner();
  await expect
    .poll(() =>
      tab.page.evaluate(() => document.documentElement.style.getPropertyValue('--consent-banner-height')),
    )
    .not.toBe('');
  return tab;
}

/** Whether a press in the middle of the link would meet it. */
const isHit = ({page}: Tab) =>
  page.locator('#imprint').evaluate((link) => {
    const {x, y, width, height} = link.getBoundingClientRect();
    const element = document.elementFromPoint(x + width / 2, y + height / 2);
    return element === link;
  });

const scrollToEnd = ({page}: Tab) =>
  page.evaluate(() => {
    for (
      let node: Node | null = document.querySelector('#imprint');
      node;
      node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host
    ) {
      if (node instanceof Element) node.scrollTop = 1e6;
    }
  });

const styles = ({page}: Tab) =>
  page.evaluate(() =>
    [document.documentElement, document.body, document.querySelector('#main')].map(
      (element) => element?.getAttribute('style') ?? null,
    ),
  );

for (const [name, body] of Object.entries(SHELLS)) {
  for (const [situation, {size, ...visit}] of Object.entries({
    'a bar': {size: {width: 1000, height: 700}},
    'a box in the corner': {size: {width: 1000, height: 700}, layout: 'box'},
    'a phone': {size: {width: 360, height: 640}},
    'right to left': {size: {width: 1000, height: 700}, dir: 'rtl'},
  })) {
    test(`${name}, ${situation}: the last link can be reached by scrolling and by the keyboard`, async ({
      site,
      browserName,
    }) => {
      const page = site.context.pages()[0];
      expect(page).toBeUndefined();
      site.context.on('page', (opened) => void opened.setViewportSize(size));
      const tab = await visitShell(site, body, visit);
      await scrollToEnd(tab);
      await expect.poll(() => isHit(tab)).toBe(true);
      if (browserName === 'chromium')
        expect(await tab.page.evaluate(() => (window as unknown as {shift: number}).shift)).toBe(0);
      await tab.page.locator('#imprint').evaluate((link) => {
        for (let node: Node | null = link; node; node = node.parentNode)
          if (node instanceof Element) node.scrollTop = 0;
        link.focus();
      });
      await expect.poll(() => isHit(tab)).toBe(true);
      await tab.rejectAll();
      await expect.poll(() => styles(tab)).toEqual([null, null, null]);
    });
  }
}

test('what gets the focus in a bar that nothing scrolls is lifted for that time', async ({site}) => {
  const tab = await visitShell(
    site,
    `<nav style="position: fixed; inset: auto 0 0; height: 40px">${LINK}</nav><button id="other">Other</button>`,
  );
  expect(await isHit(tab)).toBe(false);
  await tab.page.locator('#imprint').focus();
  await expect.poll(() => isHit(tab)).toBe(true);
  await tab.page.locator('#other').focus();
  await expect.poll(() => tab.page.locator('nav').evaluate((nav) => nav.style.translate)).toBe('');
});

test('a bar of the author’s own stands on the banner by its custom property', async ({site}) => {
  const tab = await visitShell(
    site,
    `<nav style="position: fixed; inset: auto 0 var(--consent-banner-height, 0px); height: 40px">${LINK}</nav>`,
  );
  await expect.poll(() => isHit(tab)).toBe(true);
  await tab.rejectAll();
  const bottom = () =>
    tab.page.locator('nav').evaluate((nav) => innerHeight - nav.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBe(0);
});

test('a part that comes later has room as well', async ({site}) => {
  const tab = await visitShell(
    site,
    '<style>html, body {height: 100%; overflow: hidden; margin: 0} #main {height: 100%; overflow: auto}</style><div id="app" style="height: 100%"></div>',
  );
  await tab.page.evaluate(
    (html) => document.querySelector('#app')?.insertAdjacentHTML('beforeend', html),
    `<div id="main">${LONG}${LINK}</div>`,
  );
  await expect
    .poll(async () => {
      await scrollToEnd(tab);
      return isHit(tab);
    })
    .toBe(true);
});

for (const [width, height] of [
  [1280, 720],
  [390, 700],
] as const) {
  test(`the preferences lie on top of the banner, and keep their buttons at their foot: ${width} × ${height}`, async ({
    site,
  }) => {
    const tab = await site.visit('/marketing.html');
    await tab.page.setViewportSize({width, height});
    await tab.expectBanner();
    await tab.openPreferences();
    const dialog = tab.preferences;
    // Through all of its controls, those beneath which the banner lies as well.
    const count = await dialog.locator('button, a[href], input, summary').count();
    for (let index = 0; index < Math.min(count, 20); index++) await tab.page.keyboard.press('Tab');
    // Behind the pause after which the page is looked at anew.
    await tab.page.waitForTimeout(700);
    const measures = () =>
      dialog.evaluate((element) => {
        const footer = element.querySelector('[data-action="save"]') as HTMLElement;
        const {bottom, left, width} = element.getBoundingClientRect();
        const gap = bottom - footer.getBoundingClientRect().bottom;
        const styled = [element, ...element.querySelectorAll('*')].filter((one) => one.hasAttribute('style'));
        return {
          gap: Math.round(gap),
          isInside: left >= 0 && left + width <= innerWidth,
          styled: styled.length,
        };
      });
    const {gap, ...rest} = await measures();
    expect(rest).toEqual({isInside: true, styled: 0});
    expect(gap, 'pixels between the last button and the end of the dialog').toBeLessThan(40);
  });
}
