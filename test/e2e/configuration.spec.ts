/** Where the configuration comes from, and what a mistake in it closes: what it concerns, nothing else, never the page. */
import {LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, POLICY_TAGS, type Site, type Tab, test} from '../support/site.js';

const PATH = '/page.html';
const ANALYTICS = '/gtag/js?id=G-DEMO123456';
const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics]};

/** Asked, denied, and nothing of the mistake has been let in. */
const expectAsked = async (tab: Tab) => {
  await tab.expectBanner();
  expect(await tab.granted()).toEqual(['essential']);
};

test('inline JSON configures', async ({site}) => {
  await site.serve(PATH, pageOf({config}));
  const tab = await site.visit(PATH);
  await tab.acceptAll();
  await site.expectTags([ANALYTICS]);
});

test('the address on the loader’s tag comes before a data block, which may be anybody’s', async ({site}) => {
  const claims = {...config, categories: [{id: 'analytics', required: true}]};
  await site.serve('/own.json', JSON.stringify(config));
  await site.serve(
    PATH,
    pageOf({config: claims, loader: LOADER.replace('src=', 'data-config="/own.json" src=')}),
  );
  const tab = await site.visit(PATH);
  await expectAsked(tab);
  await site.wire.quiet();
  expect(site.wire.toVendors(), 'on the wire').toEqual([]);
  expect(site.wire.toSite()).toContain('/own.json');
  await tab.acceptAll();
  await site.expectTags([ANALYTICS]);
});

test('the address on the loader’s tag configures', async ({site}) => {
  const tab = await site.visit('/policy.html');
  await tab.acceptAll();
  await site.expectTags(POLICY_TAGS);
  expect(site.wire.toSite().filter((path) => path === '/consent.json')).toHaveLength(1);
});

test('the argument of start() configures a page that uses the package', async ({site}) => {
  const tab = await site.visit('/spa.html');
  await tab.acceptAll();
  await site.expectTags([ANALYTICS, '/en_US/fbevents.js']);
  expect(Object.keys(await site.cookies())).toContain('consent-spa');
});

test('without a configuration marked-up tags are gated, and the owner is told once', async ({site}) => {
  const markup =
    '<script type="text/plain" data-consent="analytics" src="http://localhost:8001/widget.js"></script>';
  await site.serve(PATH, pageOf({body: markup}));
  const tab = await site.visit(PATH);
  await expectAsked(tab);
  await expect.poll(() => site.warnings.filter((warning) => /configuration/.test(warning))).toHaveLength(1);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await site.expectTags(['/widget.js']);
});

test('what is no configuration grants nothing, throws nothing and is reported once', async ({site}) => {
  const tab = await site.newTab();
  for (const broken of ['{"vendors": [', '[]', 'null', '']) {
    const path = `/${broken.length}.html`;
    await site.serve(path, pageOf({config: broken}));
    await tab.goTo(path);
    await expectAsked(tab);
    await expect.poll(() => site.warnings.length, broken).toBe(1);
    site.warnings.length = 0;
  }
});

test('a configuration that cannot be fetched grants nothing, and is reported once', async ({site}) => {
  await site.context.route('**/consent.json', (route) => route.abort());
  const tab = await site.visit('/policy.html');
  await expectAsked(tab);
  await expect
    .poll(() => site.warnings.filter((warning) => warning.includes('/consent.json')))
    .toHaveLength(1);
});

test('a wrong id keeps that vendor out and no other, and is reported once, in words, with its path', async ({
  site,
}) => {
  const vendors = [VENDORS.analytics, VENDORS.yahoo, {...VENDORS.meta, tagId: 'UA-1'}];
  await site.serve(PATH, pageOf({config: {...config, vendors}}));
  const tab = await site.visit(PATH);
  await tab.acceptAll();
  await site.expectTags([ANALYTICS, '/images/listing/tool/cv/ytag.js']);
  expect((await tab.state()).vendors).toMatchObject({'meta-pixel': 'denied', 'google-analytics': 'granted'});
  await expect
    .poll(() => site.warnings.filter((warning) => warning.includes('vendors[')))
    .toEqual([
      expect.stringMatching(/^consent-gate: vendors\[2\]\.tagId: expected 123456789012345, got "UA-1"/),
    ]);
  await tab.openPreferences();
  await expect(tab.preferences.locator('input[data-vendor="google-analytics"]')).toHaveCount(1);
  await expect(tab.preferences.locator('input[data-vendor="meta-pixel"]')).toHaveCount(0);
});

test('a script address that could run by itself is refused', async ({site}) => {
  const vendors = [
    VENDORS.analytics,
    {id: 'ours', category: 'analytics', src: 'javascript:document.title="ran"'},
  ];
  await site.serve(PATH, pageOf({config: {...config, vendors}}));
  const tab = await site.visit(PATH);
  await tab.acceptAll();
  await site.expectTags([ANALYTICS]);
  await expect(tab.page).toHaveTitle('A page of the tests');
  await expect
    .poll(() => site.warnings)
    .toContainEqual(expect.stringMatching(/expected .*https:.*, got|javascript:/));
});

test('an unknown regime is opt-in', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime: 'opt-ou', region: 'US'}}));
  const tab = await site.visit(PATH);
  await expectAsked(tab);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await expect
    .poll(() => site.warnings)
    .toContainEqual(expect.stringMatching(/regime: expected .*, got "opt-ou"/));
});

test('an unknown category keeps its vendor out', async ({site}) => {
  const vendors = [VENDORS.analytics, {...VENDORS.meta, category: 'adverts'}];
  await site.serve(PATH, pageOf({config: {...config, vendors}}));
  const tab = await site.visit(PATH);
  await tab.acceptAll();
  await site.expectTags([ANALYTICS]);
  await expect
    .poll(() => site.warnings)
    .toContainEqual(expect.stringMatching(/vendors\[1\]\.category: expected .*, got "adverts"/));
});

test('a vendor of the site’s own is let in with its attributes, after the one it depends on', async ({
  site,
}) => {
  const ours = {
    id: 'our-heatmap',
    category: 'analytics',
    src: 'http://localhost:8001/widget.js',
    after: 'google-analytics',
    attributes: {crossorigin: 'anonymous', 'data-site': '7'},
  };
  await site.serve(PATH, pageOf({config: {...config, vendors: [ours, VENDORS.analytics]}}));
  const tab = await site.visit(PATH);
  await tab.acceptAll();
  await site.expectTags([ANALYTICS, '/widget.js']);
  expect(site.wire.toVendors().filter((address) => !address.startsWith('/collect'))).toEqual([
    ANALYTICS,
    '/widget.js',
  ]);
  await expect(tab.page.locator('script[src$="/widget.js"]')).toHaveAttribute('data-site', '7');
  await expect(tab.page.locator('script[src$="/widget.js"]')).toHaveAttribute('crossorigin', 'anonymous');
});

test('cookie.name and cookie.days are the site’s to choose', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, cookie: {name: 'choice', days: 30}}}));
  const tab = await site.visit(PATH);
  await tab.rejectAll();
  const [cookie, ...others] = await site.context.cookies();
  expect(others).toEqual([]);
  expect(cookie?.name).toBe('choice');
  expect(Math.abs((cookie?.expires ?? 0) - Date.now() / 1000 - 30 * 86400)).toBeLessThan(60);
});

test('cookie.domain "widest" shares the choice with the hosts beside this one', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, cookie: {domain: 'widest'}}}));
  const tab = await site.visit(PATH);
  await tab.rejectAll();
  const [cookie] = await site.context.cookies();
  expect(cookie?.domain).toBe(`.${new URL(site.origin).hostname.replace('www.', '')}`);
  await tab.page.goto(site.origin.replace('www.', 'shop.') + PATH);
  await tab.expectNoBanner();
  expect((await tab.state()).decided).toBe(true);
});

test.describe('on a public host', () => {
  const SHOP = 'http://shop.example';

  /** Serves the loader and its files there, and a page with that configuration. @returns what is asked for, as it is */
  async function openShop(site: Site, baseURL: string | undefined, written: object) {
    const paths: string[] = [];
    await site.context.route(`${SHOP}/**`, async (route) => {
      const {pathname} = new URL(route.request().url());
      paths.push(pathname);
      if (pathname === PATH)
        return route.fulfill({contentType: 'text/html', body: pageOf({config: written})});
      const file = await fetch(baseURL + pathname);
      await route.fulfill({contentType: `${file.headers.get('content-type')}`, body: await file.text()});
    });
    const tab = await site.newTab();
    await tab.page.goto(SHOP + PATH);
    await tab.expectBanner();
    await site.wire.quiet();
    return {paths, tab};
  }

  const fine = {
    ...config,
    controller: {name: '学校法人 例', contact: 'mailto:privacy@example.jp'},
    ui: {layout: 'box'},
  };

  test('a mistake that closes nothing is reported as well, once', async ({site, baseURL}) => {
    const {tab} = await openShop(site, baseURL, {...fine, ui: {layout: 'bax'}});
    await tab.rejectAll();
    await expect
      .poll(() => site.warnings)
      .toEqual([expect.stringMatching(/ui\.layout: expected bar \| box, got "bax"; did you mean "bar"\?/)]);
  });

  test('where there is no mistake, nobody downloads the words for one', async ({site, baseURL}) => {
    const {paths, tab} = await openShop(site, baseURL, fine);
    expect(paths).toContain('/dist/cdn/prompt/en.js');
    await tab.rejectAll();
    await expect.poll(async () => (await tab.state()).decided).toBe(true);
    await site.wire.quiet();
    expect(paths.filter((path) => path.includes('check-config'))).toEqual([]);
    expect(site.warnings).toEqual([]);
  });
});
