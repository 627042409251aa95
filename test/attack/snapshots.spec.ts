/**
 * Copies of elements from while they were granted, put back after a withdrawal, as page caches do. The first request of a copy
 * is the browser's and cannot be stopped; but nothing stays in the page that goes on asking.
 */
import {buildSync} from 'esbuild';
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {VENDOR} from '../support/tags.js';

const PATH = '/page.html';
const config = {policy: {version: '2026-11-01'}, vendors: []};

/** Asks its vendor again and again, as long as it is there. */
const FRAME = `<title>Frame</title><script>setInterval(() => fetch('/beat?' + Math.random()), 40)</script>`;

const KINDS: Readonly<Record<string, {markup: string; live: string}>> = {
  'an image': {
    markup: `<img data-consent="advertising" data-src="${VENDOR}/kind" alt="">`,
    live: 'main img[src]',
  },
  'a frame': {
    markup: `<iframe data-consent="advertising" data-src="${VENDOR}/kind" title="Frame"></iframe>`,
    live: 'main iframe[src]',
  },
  'a stylesheet': {
    markup: `<link rel="stylesheet" data-consent="advertising" data-href="${VENDOR}/kind">`,
    live: 'main link[href]',
  },
  'a template': {
    markup: `<template data-consent="advertising"><iframe data-src="${VENDOR}/kind" title="Frame"></iframe></template>`,
    live: 'main iframe[src]',
  },
};

async function serveVendor(site: Site): Promise<void> {
  await site.context.route(`${site.vendorOrigin}/kind`, (route) =>
    route.fulfill({
      contentType: route.request().resourceType() === 'stylesheet' ? 'text/css' : 'text/html',
      headers: {'cache-control': 'no-store'},
      body: route.request().resourceType() === 'stylesheet' ? 'main {color: red}' : FRAME,
    }),
  );
  await site.context.route(/\/beat\?/, (route) => route.fulfill({body: ''}));
}

const beats = (site: Site) => site.wire.toVendors().filter((path) => path.startsWith('/beat'));

const withdraw = ({page}: Tab) =>
  page.evaluate(() =>
    (window as unknown as {consentGate: {withdraw(id: string): void}}).consentGate.withdraw('advertising'),
  );

/** No element asks any more, and no frame that does is left. */
async function expectEmptied(site: Site, {page}: Tab, live: string): Promise<void> {
  await expect(page.locator(live)).toHaveCount(0);
  const before = beats(site).length;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(beats(site).length, 'frames that go on asking, on the wire').toBe(before);
}

for (const [kind, {markup, live}] of Object.entries(KINDS)) {
  for (const way of ['copy', 'text'] as const) {
    test(`a ${way} of ${kind}, put back after a withdrawal, is emptied`, async ({site}) => {
      await serveVendor(site);
      await site.remember(recordOf());
      await site.serve(PATH, pageOf({config, loader: BLOCKING_LOADER, body: `<main>${markup}</main>`}));
      const tab = await site.visit(PATH);
      await expect(tab.page.locator(live)).toHaveCount(1);
      await expect.poll(site.wire.toVendors).toContain('/kind');
      await tab.page.evaluate((way) => {
        const main = document.querySelector('main') as HTMLElement;
        const kept = way === 'copy' ? main.cloneNode(true) : main.outerHTML;
        Object.assign(window, {
          alive: true,
          putBack: () => {
            const place = document.querySelector('main') as HTMLElement;
            if (typeof kept === 'string') place.outerHTML = kept;
            else place.replaceWith(kept.cloneNode(true));
          },
          takeOut: () => document.querySelector('main')?.replaceChildren(),
        });
      }, way);
      const putBack = () => tab.page.evaluate(() => (window as unknown as {putBack(): void}).putBack());
      // While it is granted, it is there again.
      await tab.page.evaluate(() => (window as unknown as {takeOut(): void}).takeOut());
      await putBack();
      await expect(tab.page.locator(live)).not.toHaveCount(0);
      await tab.page.evaluate(() => (window as unknown as {takeOut(): void}).takeOut());

      await withdraw(tab);
      await expect.poll(tab.granted).not.toContain('advertising');
      await putBack();
      await expectEmptied(site, tab, live);
      expect(await tab.page.evaluate(() => (window as unknown as {alive?: boolean}).alive)).toBe(true);
    });
  }
}

test('a page out of the cache of Turbo, gone back to after a withdrawal, asks nobody any more', async ({
  site,
}) => {
  const {outputFiles} = buildSync({
    stdin: {
      contents: "import * as Turbo from '@hotwired/turbo'; window.Turbo = Turbo;",
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    write: false,
  });
  const turbo = outputFiles[0]?.text ?? '';
  await site.context.route('**/turbo.js', (route) =>
    route.fulfill({contentType: 'text/javascript', body: turbo}),
  );
  await serveVendor(site);
  await site.remember(recordOf());
  const head = '<script src="/turbo.js"></script>';
  const frames = `${KINDS['a frame']?.markup}${KINDS['a template']?.markup}`;
  await site.serve(PATH, pageOf({config, head, loader: BLOCKING_LOADER, body: `<main>${frames}</main>`}));
  await site.serve(
    '/other.html',
    pageOf({config, head, loader: BLOCKING_LOADER, body: '<main id="other"></main>'}),
  );
  const tab = await site.visit(PATH);
  await expect(tab.page.locator('main iframe[src]')).toHaveCount(2);
  await tab.page.evaluate(() => {
    Object.assign(window, {alive: true});
    (window as unknown as {Turbo: {visit(path: string): void}}).Turbo.visit('/other.html');
  });
  await expect(tab.page.locator('#other')).toHaveCount(1);
  await withdraw(tab);
  await expect.poll(tab.granted).not.toContain('advertising');
  await tab.page.evaluate(() => history.back());
  await expect(tab.page.locator('#other')).toHaveCount(0);
  await expectEmptied(site, tab, 'main iframe[src]');
  expect(await tab.page.evaluate(() => (window as unknown as {alive?: boolean}).alive)).toBe(true);
});
