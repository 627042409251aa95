/** A returning visitor waits for nothing and downloads no UI; the tags run however the loader comes into the page. */
import {BLOCKING_LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, MARKETING_TAGS, recordOf, type Site, test} from '../support/site.js';

const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics, VENDORS.yahoo]};
const TAGS = ['/gtag/js?id=G-DEMO123456', '/images/listing/tool/cv/ytag.js'];

/** Notes, in the very next script of the page, which tags are in the document already. */
const WITNESS = `<script>
  window.found = [...document.querySelectorAll('script[src^="http://localhost:8001"]')].map(({src}) => new URL(src).pathname);
</script>`;

const UI = /\/(prompt\/|ui\.js|locales\/)/;

const blockUi = (site: Site) => site.context.route(UI, (route) => route.abort());

test('a returning visitor downloads no UI and no language', async ({site}) => {
  await site.remember(recordOf());
  const tab = await site.visit('/marketing.html');
  await site.expectTags(MARKETING_TAGS);
  await tab.expectNoBanner();
  expect(site.wire.toSite().filter((path) => UI.test(path))).toEqual([]);
  await expect(tab.page.locator('consent-banner, consent-preferences')).toHaveCount(0);
});

test('granted tags are in the document when the loader’s own task ends', async ({site}) => {
  await site.serve('/page.html', pageOf({config, loader: BLOCKING_LOADER + WITNESS}));
  await site.remember(recordOf());
  const {page} = await site.visit('/page.html');
  expect(await page.evaluate(() => (window as unknown as {found: string[]}).found.sort())).toEqual([
    '/gtag/js',
    '/images/listing/tool/cv/ytag.js',
  ]);
  await site.expectTags(TAGS);
});

test('nothing is searched for, measured or styled before the first granted tag is in', async ({site}) => {
  await site.context.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(window, {asked});
    const note = (prototype: object, ...names: string[]) => {
      for (const name of names) {
        const {value, get, set, ...rest} = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
        const noting = (real: unknown, call = name) =>
          real &&
          function (this: unknown, ...args: unknown[]) {
            asked.push(call);
            return Reflect.apply(real as () => unknown, this, args);
          };
        const found = value ? {value: noting(value)} : {get: noting(get), set: noting(set, `${name}=`)};
        Object.defineProperty(prototype, name, {...rest, ...found} as PropertyDescriptor);
      }
    };
    const queries = ['querySelector', 'querySelectorAll', 'getElementsByTagName', 'getElementsByClassName'];
    note(Document.prototype, ...queries, 'getElementById', 'evaluate', 'createTreeWalker');
    note(Element.prototype, ...queries, 'matches', 'closest', 'getBoundingClientRect', 'getClientRects');
    note(Element.prototype, 'clientWidth', 'clientHeight', 'scrollTop', 'scrollHeight', 'checkVisibility');
    note(HTMLElement.prototype, 'offsetWidth', 'offsetHeight', 'offsetTop', 'innerText', 'focus');
    note(window, 'getComputedStyle', 'matchMedia', 'scrollY', 'innerWidth', 'innerHeight');
    note(HTMLScriptElement.prototype, 'src');
  });
  const marked = '<script type="text/plain" data-consent="analytics">window.hasRun = true;</script>';
  await site.serve('/page.html', pageOf({config, head: marked, loader: BLOCKING_LOADER}));
  await site.remember(recordOf());
  const {page} = await site.visit('/page.html');
  await site.expectTags(TAGS);
  await expect.poll(() => page.evaluate(() => 'hasRun' in window)).toBe(true);
  const asked = await page.evaluate(() => (window as unknown as {asked: string[]}).asked);
  const firstTag = asked.indexOf('src=');
  expect(asked.slice(0, firstTag).filter((call) => call !== 'src')).toEqual([]);
  // What is noted here is noted: the marked-up tags are searched for behind it.
  expect(asked.indexOf('querySelectorAll')).toBeGreaterThan(firstTag);
  expect(firstTag).toBeGreaterThanOrEqual(0);
});

test('without a record the same page has no tag in it at that moment', async ({site}) => {
  await site.serve('/page.html', pageOf({config, loader: BLOCKING_LOADER + WITNESS}));
  const tab = await site.visit('/page.html');
  await tab.expectBanner();
  expect(await tab.page.evaluate(() => (window as unknown as {found: string[]}).found)).toEqual([]);
});

test('granted tags run where the UI cannot be loaded', async ({site}) => {
  await site.serve('/page.html', pageOf({config, loader: BLOCKING_LOADER + WITNESS}));
  await blockUi(site);
  await site.remember(recordOf());
  await site.visit('/page.html');
  await site.expectTags(TAGS);
});

test('a first visitor for whom the UI cannot be loaded has everything denied, and a page that works', async ({
  site,
}) => {
  await blockUi(site);
  const tab = await site.visit('/marketing.html');
  await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/nothing is granted/));
  await tab.page.locator('#trial-form [name="name"]').fill('青葉 みどり');
  await tab.page.locator('#trial-form [name="email"]').fill('midori@aoba.example');
  await tab.page.locator('#trial-form button').click();
  await expect(tab.page.locator('#trial-status')).not.toBeEmpty();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.cookies()).toEqual({});
});

test('while the UI hangs, everything stays denied, the page works, and a choice can be made without it', async ({
  site,
}) => {
  await site.context.route(UI, () => {});
  await site.serve('/page.html', pageOf({config}));
  const tab = await site.newTab();
  // In Firefox a module that hangs holds back the load event.
  await tab.page.goto(`${site.origin}/page.html`, {waitUntil: 'commit'});
  await expect.poll(() => site.wire.toSite()).toContain('/dist/cdn/prompt/en.js');
  expect(await tab.granted()).toEqual(['essential']);
  await expect(tab.page.locator('consent-banner')).toHaveCount(0);
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {rejectAll(): void}}).consentGate.rejectAll(),
  );
  await expect.poll(async () => (await tab.state()).decided).toBe(true);
  expect(await site.cookies()).toHaveProperty('consent');
  expect(site.wire.toVendors()).toEqual([]);
});

for (const [first, last, granted] of [
  ['acceptAll', 'rejectAll', false],
  ['rejectAll', 'acceptAll', true],
] as const) {
  test(`while the UI hangs, ${first}() and then ${last}() end as the last one says`, async ({site}) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await site.context.route(UI, async (route) => {
      await released;
      await route.fallback().catch(() => {});
    });
    await site.serve('/page.html', pageOf({config}));
    const tab = await site.newTab();
    await tab.page.goto(`${site.origin}/page.html`, {waitUntil: 'commit'});
    await expect.poll(() => site.wire.toSite()).toContain('/dist/cdn/prompt/en.js');
    await tab.page.evaluate(
      (names) => {
        const {consentGate} = window as unknown as {consentGate: Record<string, () => void>};
        for (const name of names) consentGate[name]?.();
      },
      [first, last],
    );
    await expect.poll(async () => (await tab.state()).decided).toBe(true);
    release();
    await site.expectTags(granted ? TAGS : []);
    expect((await tab.state()).categories['analytics']).toBe(granted ? 'granted' : 'denied');
    await expect(tab.page.locator('consent-banner .box')).toHaveCount(0);
  });
}

test('a UI that could not be loaded at first is asked for again', async ({site}) => {
  let failures = 0;
  await site.context.route(UI, (route) => (failures++ ? route.fallback() : route.abort()));
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tab.acceptAll();
  await site.expectTags(MARKETING_TAGS);
});

test('a blocked loader leaves a page on which nothing runs', async ({site}) => {
  await site.context.route(/consent-gate\.js/, (route) => route.abort());
  await site.remember(recordOf());
  const tab = await site.visit('/marketing.html');
  await tab.page.locator('#trial-form [name="name"]').fill('青葉 みどり');
  await tab.page.locator('#trial-form [name="email"]').fill('midori@aoba.example');
  await tab.page.locator('#trial-form button').click();
  await expect(tab.page.locator('#trial-status')).not.toBeEmpty();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

const markup =
  '<script type="text/plain" data-consent="functional" src="http://localhost:8001/widget.js"></script>';

const LOADERS = {
  async: {loader: '<script src="/dist/cdn/consent-gate.js" async></script>', body: markup},
  defer: {loader: '<script src="/dist/cdn/consent-gate.js" defer></script>', body: markup},
  blocking: {loader: BLOCKING_LOADER, body: markup},
  'at the end of the body': {loader: '', body: markup + BLOCKING_LOADER},
  'injected late': {
    loader: '',
    body: `${markup}<script>
      addEventListener('load', () => setTimeout(() => {
        document.head.append(Object.assign(document.createElement('script'), {src: '/dist/cdn/consent-gate.js'}));
      }));
    </script>`,
  },
};

test('however the loader comes into the page, the same tags are let in and the same question is asked', async ({
  site,
}) => {
  const tab = await site.newTab();
  for (const [name, parts] of Object.entries(LOADERS)) {
    await test.step(name, async () => {
      const path = `/${name.replaceAll(' ', '-')}.html`;
      await site.serve(path, pageOf({config: {...config, cookie: {name: path.slice(1, -5)}}, ...parts}));
      site.wire.forget();
      await tab.goTo(path);
      await tab.expectBanner();
      await site.wire.quiet();
      expect(site.wire.toVendors()).toEqual([]);
      await tab.acceptAll();
      await site.expectTags([...TAGS, '/widget.js']);
      site.wire.forget();
      await tab.reload();
      await site.expectTags([...TAGS, '/widget.js']);
      await tab.expectNoBanner();
    });
  }
});
