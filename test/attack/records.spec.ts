/** Records that somebody else has put there: the visitor's own refusal wins, on this page, the next, other hosts and the server. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {pathToFileURL} from 'node:url';
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {serveTags, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('heat'), vendorOf('ads', 'advertising')]};
const TAGS = ['/tags/ads.js', '/tags/heat.js'];

/** The year 4453, the last that a record has room for. */
const OF_THE_FUTURE = '1.2026-11-01.zzzzzzz.banner.essential_functional_analytics_advertising.-.-.-.-';

interface Gate {
  rejectAll(): void;
  acceptAll(): void;
}
declare const consentGate: Gate;

const domainOf = (site: Site) => new URL(site.origin).hostname.replace(/^www\./, '');

const reject = ({page}: Tab) => page.evaluate(() => consentGate.rejectAll());

async function serve(site: Site, settings: object = config, body = ''): Promise<void> {
  await serveTags(site);
  for (const path of [PATH, '/shop/page.html', '/other.html']) {
    await site.serve(path, pageOf({config: settings, loader: BLOCKING_LOADER, body}));
  }
}

async function expectNobodyAsked(site: Site, tab: Tab, path: string): Promise<void> {
  site.wire.forget();
  await tab.goTo(path);
  await tab.state();
  await site.wire.quiet();
  expect(site.wire.toVendors(), `on the wire, on ${path}`).toEqual([]);
}

for (const [what, body] of Object.entries({
  'a page that nobody attacks': '',
  '<img name="cookie">': '<img name="cookie" src="data:,">',
})) {
  test(`a refusal on a page with ${what} holds on another host of the domain, and takes the vendor’s cookies`, async ({
    site,
  }) => {
    const settings = {
      ...config,
      cookie: {domain: 'widest'},
      vendors: [{...vendorOf('heat'), cookies: ['_heat']}, vendorOf('ads', 'advertising')],
    };
    await serve(site, settings, body);
    await site.context.addCookies(
      Object.entries({consent: recordOf(), _heat: '1'}).map(([name, value]) => ({
        name,
        value,
        domain: `.${domainOf(site)}`,
        path: '/',
      })),
    );
    const tab = await site.visit(PATH);
    await site.expectTags(TAGS);
    await reject(tab);
    await expect.poll(tab.granted).toEqual(['essential']);
    await site.wire.quiet();
    expect(Object.keys(await site.cookies())).toEqual(['consent']);
    site.wire.forget();
    await tab.page.goto(`${site.origin.replace('www.', 'm.')}${PATH}`);
    await tab.state();
    await site.wire.quiet();
    expect(site.wire.toVendors(), 'on the wire, from the other host').toEqual([]);
  });
}

test.describe('a cookie of a sibling subdomain', () => {
  const toss = (site: Site, value: string, path: string) =>
    site.context.addCookies([{name: 'consent', value, domain: `.${domainOf(site)}`, path}]);

  test('reaches the page: one of today, for a path, counts there', async ({site}) => {
    await serve(site);
    await toss(site, recordOf(), '/shop');
    await site.visit('/shop/page.html');
    await site.expectTags(TAGS);
  });

  for (const path of ['/shop', '/']) {
    test(`of the year 4453 for ${path} does not outrank a refusal: here, on that path, and back`, async ({
      site,
    }) => {
      await serve(site);
      await toss(site, OF_THE_FUTURE, path);
      const tab = await site.visit(PATH);
      await reject(tab);
      await expect
        .poll(async () => (await site.context.cookies()).some(({value}) => /\.api\./.test(value)))
        .toBe(true);
      // Its page may be loading anew.
      await tab.page.close();
      const next = await site.newTab();
      await expectNobodyAsked(site, next, '/shop/page.html');
      await expectNobodyAsked(site, next, PATH);
    });
  }

  test('of the year 4453 is no grant where nobody has chosen', async ({site}) => {
    await serve(site);
    await toss(site, OF_THE_FUTURE, '/');
    const tab = await site.visit(PATH);
    await tab.expectBanner();
    await site.wire.quiet();
    expect(site.wire.toVendors(), 'on the wire').toEqual([]);
  });

  for (const [what, line] of Object.entries({
    'without a name': `=consent=${OF_THE_FUTURE}`,
    'without a name and its sign': `consent=${OF_THE_FUTURE}`.replace('=', '%3D'),
  })) {
    test(`${what} whose value looks like a record does not outrank a refusal`, async ({site}) => {
      await serve(site);
      const sibling = site.origin.replace('www.', 'm.');
      await site.context.route(`${sibling}/toss`, (route) =>
        route.fulfill({contentType: 'text/html', body: ''}),
      );
      const tab = await site.newTab();
      await tab.page.goto(`${sibling}/toss`);
      await tab.page.evaluate(
        ([line, domain]) => {
          document.cookie = `${line}; path=/; domain=${domain}`;
        },
        [line, domainOf(site)],
      );
      await tab.goTo(PATH);
      await reject(tab);
      await expect.poll(tab.granted).toEqual(['essential']);
      await tab.page.close();
      await expectNobodyAsked(site, await site.newTab(), '/other.html');
    });
  }

  test('of the year 4453, HttpOnly, is not carried into the page by a server that renews records', async ({
    browser,
    baseURL,
  }) => {
    const {renewCookies, readRecord, isGranted} = (await import(
      pathToFileURL('dist/esm/server/index.js').href
    )) as Record<'renewCookies' | 'readRecord' | 'isGranted', (...args: unknown[]) => unknown>;
    const asked: string[] = [];
    const served: boolean[] = [];
    const html = pageOf({
      config: {policy: config.policy, vendors: [{id: 'heat', category: 'analytics', src: '/vendor.js'}]},
      loader: BLOCKING_LOADER,
    });
    const server = createServer(async ({url = '', headers}, response) => {
      if (url.startsWith('/dist/')) {
        response.setHeader('content-type', 'text/javascript').end(await (await fetch(baseURL + url)).text());
      } else if (url === '/vendor.js') {
        asked.push(url);
        response.setHeader('content-type', 'text/javascript').end('');
      } else {
        served.push(isGranted?.(readRecord?.(headers.cookie), 'analytics') === true);
        response.setHeader('set-cookie', renewCookies?.(headers.cookie, {secure: false}) as string[]);
        response.setHeader('content-type', 'text/html').end(html);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://www.renewed.localhost:${(server.address() as AddressInfo).port}`;
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const settle = () =>
        page.waitForFunction(() => (window as {consentGate?: {state?: object}}).consentGate?.state);
      // A visitor's own grant is renewed, and their tag comes: the server is at work.
      await context.addCookies([{name: 'consent', value: recordOf(), url: origin}]);
      await page.goto(`${origin}/`);
      await expect.poll(() => asked.length).toBe(1);
      expect(served).toEqual([true]);
      await context.clearCookies();
      await page.goto(`${origin}/`);
      await settle();
      await page.evaluate(() => {
        localStorage.clear();
        consentGate.rejectAll();
      });
      await expect.poll(async () => (await context.cookies()).length).toBeGreaterThan(0);
      await page.goto('about:blank');
      await context.addCookies([
        {name: 'consent', value: OF_THE_FUTURE, domain: '.renewed.localhost', path: '/', httpOnly: true},
      ]);
      asked.length = served.length = 0;
      for (let visit = 0; visit < 3; visit++) {
        await page.goto(`${origin}/`);
        await settle();
      }
      await page.waitForLoadState('networkidle');
      expect(asked, 'on the server, after the refusal').toEqual([]);
      expect(served).toEqual([false, false, false]);
    } finally {
      await context.close();
      server.closeAllConnections();
      server.close();
    }
  });
});

test('undo of a denial by link brings nothing back that was refused since, though its reload was stopped', async ({
  site,
}) => {
  await serve(site);
  await site.remember(recordOf());
  const tab = await site.visit(PATH);
  await site.expectTags(TAGS);
  // The browser asks those who have touched the page, and they stay.
  await tab.page.locator('h1').click();
  await tab.page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()));
  const stopped = tab.page.waitForEvent('dialog').then((dialog) => dialog.dismiss());
  await tab.page.evaluate(() => void (location.hash = '#consent-opt-out=heat'));
  await stopped;
  tab.page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));

  const other = await site.visit('/other.html');
  await reject(other);
  await expect.poll(other.granted).toEqual(['essential']);
  await expect.poll(tab.granted).toEqual(['essential']);

  await tab.page.evaluate(() => void (location.hash = '#consent-opt-out=ads'));
  const undo = tab.banner.locator('[data-action="undo"]');
  if (
    await undo.waitFor({timeout: 3000}).then(
      () => true,
      () => false,
    )
  )
    await undo.click();
  await site.wire.quiet();
  expect(await other.granted()).toEqual(['essential']);
  await tab.page.close();
  site.wire.forget();
  await other.goTo('/other.html');
  await other.state();
  await site.wire.quiet();
  expect(site.wire.toVendors(), 'on the wire, on the next page').toEqual([]);
});
