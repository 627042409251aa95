/** Moments in a page's life: put away and brought back, in a row of tabs, closed, offline, at another time, loaded twice. */
import {spawn} from 'node:child_process';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Page} from 'playwright/test';
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {expectRan, external, ran, say, serveTags, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const OTHER = '/other.html';
const TAG = '/tags/heat.js';
const DAY = 86400;

const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('heat')]};

interface Gate {
  readonly state: {readonly decided: boolean};
  isGranted(id: string): boolean;
  acceptAll(): void;
  rejectAll(): void;
  audit(): Promise<unknown>;
}

declare const consentGate: Gate;

const now = () => Math.floor(Date.now() / 1000);

/** Serves two pages with the same tag, and opens the first. */
async function visitPage(site: Site, parts: Partial<Parameters<typeof pageOf>[0]> = {}): Promise<Tab> {
  await serveTags(site);
  for (const path of [PATH, OTHER]) await site.serve(path, pageOf({config, ...parts}));
  return site.visit(PATH);
}

/** The code of choices answers this one, behind the first layer that has asked for it. */
const waitForChoice = (page: Page) => page.evaluate(() => consentGate.audit().then(() => {}));

/** The button in the banner, for clicks that no hand makes. */
const pressInPage = ({page}: Tab, action: string, times: number, event: 'click()' | 'dispatchEvent()') =>
  page.evaluate(
    ({action, times, event}) => {
      const root = document.querySelector('consent-banner')?.shadowRoot;
      const button = root?.querySelector<HTMLElement>(`[data-action="${action}"]`);
      for (let count = 0; count < times; count++) {
        if (event === 'click()') button?.click();
        else button?.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true}));
      }
    },
    {action, times, event},
  );

test.describe('a page that is left and come back to', () => {
  /** Notes that a page was brought back as it was, also for after a reload. */
  const noteReturns = (site: Site) =>
    site.context.addInitScript(() => {
      addEventListener('pageshow', ({persisted}) => {
        if (persisted) sessionStorage.setItem('returned', 'as it was');
      });
    });

  async function goBack({page}: Tab): Promise<void> {
    await page.evaluate(() => void setTimeout(() => history.back()));
    await expect.poll(() => page.evaluate(() => location.pathname).catch(() => '')).toBe(PATH);
    const returned = () => page.evaluate(() => sessionStorage.getItem('returned')).catch(() => '');
    await expect.poll(returned).toBe('as it was');
  }

  test('is brought back as it was, and has the grant of the page in between: no banner, its tag once', async ({
    site,
  }) => {
    await noteReturns(site);
    const tab = await visitPage(site);
    await tab.expectBanner();
    // Where a site is made, its configuration is looked at a moment later.
    await site.wire.quiet();
    await tab.goTo(OTHER);
    await tab.acceptAll();
    await site.expectTags([TAG]);
    site.wire.forget();
    await goBack(tab);
    // Not by its locator: what drives Firefox waits for a navigation that is none.
    const isAsked = () =>
      tab.page.evaluate(
        () =>
          !!document.querySelector('consent-banner')?.shadowRoot?.querySelector('.box')?.checkVisibility(),
      );
    await expect.poll(isAsked).toBe(false);
    await expectRan(tab, ['heat']);
    await site.wire.quiet();
    expect(await ran(tab)).toEqual(['heat']);
    expect(site.wire.toSite()).toEqual([]);
  });

  test('is brought back as it was, and stops what has been withdrawn in between', async ({site}) => {
    await noteReturns(site);
    await site.remember(recordOf());
    const tab = await visitPage(site);
    await site.expectTags([TAG]);
    await tab.goTo(OTHER);
    await site.expectTags([TAG, TAG]);
    await tab.untilReloaded(() => tab.page.evaluate(() => consentGate.rejectAll()));
    site.wire.forget();
    await goBack(tab);
    await expect.poll(() => tab.granted().catch(() => [])).toEqual(['essential']);
    await site.wire.quiet();
    // What ran can only be stopped by a reload: once.
    expect(site.wire.toSite().filter((path) => path === PATH)).toHaveLength(1);
    expect(await ran(tab)).toEqual([]);
    expect(site.wire.toVendors()).toEqual([]);
  });
});

test('a prerendered page asks nobody for anything and writes nothing until it is shown', async ({
  baseURL,
  browserName,
  launchOptions,
}, info) => {
  test.skip(browserName === 'firefox', 'Firefox does not prerender');
  // A browser that nobody steers: one that is steered does not run what it prerenders. The server's log is the witness.
  const requests: string[] = [];
  let mayGo = false;
  const first = `<!doctype html><script type="speculationrules">
      {"prerender": [{"urls": ["/shown.html"], "eagerness": "immediate"}]}
    </script>
    <a href="/shown.html">Go</a>
    <script>
      setInterval(async () => {
        const kept = Object.keys(localStorage).concat(document.cookie.split(';').length).join();
        if (await (await fetch('/may-go?kept=' + kept)).text() === 'yes') document.querySelector('a').click();
      }, 50);
    </script>`;
  const shown = pageOf({
    config: {...config, vendors: [{id: 'heat', category: 'analytics', src: '/vendor.js'}]},
    head: '<script src="/before.js"></script>',
    loader: BLOCKING_LOADER,
    body: '<script src="/after.js"></script>',
  });
  const server = createServer(async ({url = ''}, response) => {
    requests.push(url);
    const answer = (type: string, body: string) =>
      response.setHeader('content-type', type).setHeader('cache-control', 'no-cache').end(body);
    if (url.startsWith('/dist/')) answer('text/javascript', await (await fetch(baseURL + url)).text());
    else if (url.startsWith('/may-go')) answer('text/plain', mayGo ? 'yes' : 'no');
    else if (url.endsWith('.js')) answer('text/javascript', '');
    else if (url === '/shown.html') answer('text/html', shown);
    else {
      response.setHeader('set-cookie', `consent=${recordOf()}; Path=/`);
      answer('text/html', first);
    }
  });
  const origin = await listen(server);
  const {executablePath = '', args = []} = launchOptions;
  const profile = `--user-data-dir=${info.outputPath('profile')}`;
  const browser = spawn(executablePath, ['--headless', ...args, profile, `${origin}/first.html`]);
  try {
    // It runs: the scripts on both sides of the loader have been asked for, by a page that nobody sees yet.
    await expect.poll(() => requests, {timeout: 15_000}).toContain('/after.js');
    expect(requests).toContain('/dist/cdn/consent-gate.js');
    const seen = requests.length;
    await expect.poll(() => requests.length - seen).toBeGreaterThan(4);
    expect(requests).not.toContain('/vendor.js');
    // Our cookie of before, and no item of storage.
    expect(new Set(requests.filter((url) => url.startsWith('/may-go')))).toEqual(new Set(['/may-go?kept=1']));
    mayGo = true;
    await expect.poll(() => requests).toContain('/vendor.js');
    expect(requests.filter((url) => url === '/shown.html')).toHaveLength(1);
    expect(requests.filter((url) => url === '/vendor.js')).toHaveLength(1);
  } finally {
    browser.kill();
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

test.describe('a tab in the background', () => {
  /** As browsers keep one: hidden, and without a frame to draw in. */
  const hide = (site: Site) =>
    site.context.addInitScript(() => {
      let isHidden = true;
      const paint = window.requestAnimationFrame.bind(window);
      Object.defineProperty(Document.prototype, 'visibilityState', {
        get: () => (isHidden ? 'hidden' : 'visible'),
      });
      Object.defineProperty(Document.prototype, 'hidden', {get: () => isHidden});
      window.requestAnimationFrame = (callback) => (isHidden ? 0 : paint(callback));
      // A tab that sleeps may miss what others store.
      addEventListener('storage', (event) => isHidden && event.stopImmediatePropagation(), true);
      Object.assign(window, {
        bringToFront() {
          isHidden = false;
          document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
        },
      });
    });
  const bringToFront = ({page}: Tab) =>
    page.evaluate(() => (window as unknown as {bringToFront(): void}).bringToFront());

  test('lets nothing in, writes nothing, and its question is there when it is looked at', async ({site}) => {
    await hide(site);
    const tab = await visitPage(site);
    await tab.state();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    expect(await site.cookies()).toEqual({});
    expect(await tab.storage()).toEqual({});
    await bringToFront(tab);
    await tab.acceptAll();
    await site.expectTags([TAG]);
  });

  test('has the choice that was made elsewhere as soon as it is looked at', async ({site}) => {
    await hide(site);
    const tab = await visitPage(site);
    await tab.expectBanner();
    // The page looks at its cookie once more when the last of its code has come.
    await site.wire.quiet();
    await site.remember(recordOf());
    await bringToFront(tab);
    await expect(tab.banner).toBeHidden();
    await expectRan(tab, ['heat']);
  });
});

test('two tabs that accept at once have one choice, and one run of each tag in each', async ({site}) => {
  const first = await visitPage(site);
  const second = await site.visit(OTHER);
  await first.expectBanner();
  await second.expectBanner();
  await Promise.all([
    pressInPage(first, 'accept-all', 1, 'click()'),
    pressInPage(second, 'accept-all', 1, 'click()'),
  ]);
  await site.expectTags([TAG, TAG]);
  for (const tab of [first, second]) {
    expect(await ran(tab)).toEqual(['heat']);
    await expect(tab.banner).toBeHidden();
    expect((await tab.state()).source).toBe('banner');
  }
  const stored = (await site.context.cookies()).map(({name, value}) => [name, value]);
  expect(stored).toEqual([['consent', (await first.storage())['consent']]]);
});

test('accepting and closing the page in the same task keeps the choice', async ({site}) => {
  const opener = await visitPage(site);
  await opener.expectBanner();
  const opening = site.context.waitForEvent('page');
  await opener.page.evaluate((path) => void window.open(path), OTHER);
  const popup = await opening;
  await popup.locator('consent-banner [data-action="accept-all"]').waitFor();
  await waitForChoice(popup);
  const closed = popup.waitForEvent('close');
  await popup
    .evaluate(() => {
      document
        .querySelector('consent-banner')
        ?.shadowRoot?.querySelector<HTMLElement>('[data-action="accept-all"]')
        ?.click();
      window.close();
    })
    .catch(() => {});
  await closed;
  // The page that is left has it at once, the next one from the start.
  await expectRan(opener, ['heat']);
  const next = await site.visit(PATH);
  await next.expectNoBanner();
  expect(await ran(next)).toEqual(['heat']);
  await expect
    .poll(async () => (await site.cookies())['consent'])
    .toMatch(/\.banner\.essential_functional_analytics_advertising\./);
});

test.describe('offline', () => {
  /** Everything but the page and the loader, which come out of a cache. */
  const goOffline = (site: Site) =>
    site.context.route(/\/dist\/cdn\/(?!consent-gate)|\/tags\//, (route) => route.abort());

  test('a page from a cache has the stored choice, and asks nobody', async ({site}) => {
    await site.remember(
      recordOf({categories: ['essential_analytics', 'functional_advertising'], vendors: ['-', '-']}),
    );
    const tab = await visitPage(site, {body: external('ads', 'data-consent="advertising"')});
    await site.expectTags([TAG]);
    await goOffline(site);
    site.wire.forget();
    await tab.reload();
    expect(await tab.granted()).toEqual(['analytics', 'essential', 'heat']);
    await site.expectTags([TAG]);
    await tab.expectNoBanner();
    expect(await ran(tab)).toEqual([]);
    await expect.poll(() => site.warnings).toContainEqual(expect.stringContaining(TAG));
  });

  test('a first visitor is denied everything without a question, and is asked on the next visit', async ({
    site,
  }) => {
    await goOffline(site);
    const tab = await visitPage(site);
    await tab.expectNoBanner();
    expect(await tab.granted()).toEqual(['essential']);
    expect(site.wire.toVendors()).toEqual([]);
    expect(await site.cookies()).toEqual({});
    await site.context.unroute(/\/dist\/cdn\/(?!consent-gate)|\/tags\//);
    await tab.reload();
    await tab.acceptAll();
    await site.expectTags([TAG]);
  });

  test('a choice is stored although its tags cannot be fetched, and logged once the browser is online', async ({
    site,
  }) => {
    const posted: string[] = [];
    let isOnline = false;
    await site.context.route('**/consent-records', (route) => {
      if (!isOnline) return route.abort();
      posted.push(route.request().method());
      return route.fulfill({status: 204});
    });
    const tab = await visitPage(site, {config: {...config, recordEndpoint: '/consent-records'}});
    await tab.expectBanner();
    await goOffline(site);
    await tab.acceptAll();
    await expect.poll(() => site.warnings).toContainEqual(expect.stringContaining(TAG));
    expect((await site.cookies())['consent']).toMatch(/\.banner\.essential_functional_analytics/);
    isOnline = true;
    await expect
      .poll(async () => {
        await tab.page.evaluate(() => void dispatchEvent(new Event('online')));
        return posted;
      })
      .toEqual(['POST']);
  });
});

test.describe('a clock', () => {
  test('that was ahead when the choice was made: the choice holds, and a later one replaces it', async ({
    site,
  }) => {
    await site.remember(recordOf({decidedAt: now() + 0.9 * DAY}));
    const tab = await visitPage(site);
    await site.expectTags([TAG]);
    await tab.expectNoBanner();
    site.wire.forget();
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    await tab.expectNoBanner();
    expect(await tab.granted()).toEqual(['essential']);
    const {decidedAt} = await tab.state();
    expect(Math.abs((decidedAt ?? 0) - now())).toBeLessThan(60);
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('that was ahead by more than a day: what was granted is asked for again, what was refused is not', async ({
    site,
  }) => {
    const decidedAt = now() + 400 * DAY;
    await site.remember(recordOf({decidedAt}));
    const tab = await visitPage(site);
    await tab.expectBanner();
    await site.wire.quiet();
    expect(await tab.granted()).toEqual(['essential']);
    expect(site.wire.toVendors()).toEqual([]);
    const refused = ['-', 'functional_analytics_advertising'] as const;
    await site.remember(recordOf({decidedAt, categories: refused}));
    await tab.reload();
    await tab.expectNoBanner();
    expect(await tab.granted()).toEqual(['essential']);
  });

  test('that passes the time for which a choice holds: asked again, with everything denied', async ({
    site,
  }) => {
    await site.remember(recordOf({decidedAt: now() - 182 * DAY - 60}));
    const tab = await visitPage(site);
    await tab.expectBanner();
    await site.wire.quiet();
    expect(await tab.granted()).toEqual(['essential']);
    expect(site.wire.toVendors()).toEqual([]);
    await tab.acceptAll();
    await site.expectTags([TAG]);
    await tab.reload();
    await tab.expectNoBanner();
  });

  test('short of that time: not asked', async ({site}) => {
    await site.remember(recordOf({decidedAt: now() - 182 * DAY + 60}));
    const tab = await visitPage(site);
    await site.expectTags([TAG]);
    await tab.expectNoBanner();
  });

  test('that is set back and forward within a visit: the choice stays the last one made', async ({site}) => {
    await site.context.addInitScript(() => {
      const {now} = Date;
      Date.now = () => now() + Number(sessionStorage.getItem('ahead') ?? 0) * 1000;
    });
    const tab = await visitPage(site);
    const setClock = (seconds: number) =>
      tab.page.evaluate((ahead) => sessionStorage.setItem('ahead', `${ahead}`), seconds);
    await tab.acceptAll();
    await site.expectTags([TAG]);
    await setClock(-30 * DAY);
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    await tab.expectNoBanner();
    expect(await tab.granted()).toEqual(['essential']);
    await setClock(30 * DAY);
    await tab.reload();
    await tab.expectNoBanner();
    expect(await tab.granted()).toEqual(['essential']);
  });
});

test.describe('a loader beside another', () => {
  test('of an older version leaves that one’s gate in place: one question, one run', async ({site}) => {
    const tab = await visitPage(site, {
      head: `<script>
        window.consentGate = {version: '0.0.1', state: {decided: false}, isGranted: () => false, push() {}};
      </script>`,
    });
    await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/started twice/));
    await tab.expectNoBanner();
    expect(
      await tab.page.evaluate(
        () => (window as unknown as {consentGate: {version: string}}).consentGate.version,
      ),
    ).toBe('0.0.1');
    expect(site.wire.toVendors()).toEqual([]);
    await site.remember(recordOf());
    await tab.reload();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('that comes once the page has loaded, and once more after the choice, runs each tag once', async ({
    site,
  }) => {
    const tab = await visitPage(site, {loader: '', body: external('marked')});
    const inject = () =>
      tab.page.evaluate(
        () =>
          new Promise((resolve) => {
            const script = document.createElement('script');
            Object.assign(script, {src: '/dist/cdn/consent-gate.js', onload: resolve});
            document.body.append(script);
          }),
      );
    await tab.page.waitForLoadState('load');
    await inject();
    await tab.acceptAll();
    await site.expectTags([TAG, '/tags/marked.js']);
    await inject();
    await site.expectTags([TAG, '/tags/marked.js']);
    expect((await ran(tab)).sort()).toEqual(['heat', 'marked']);
    await expect(tab.page.locator('consent-banner')).toHaveCount(1);
  });

  test('as two copies of the package and the script tag: one gate, one banner, one run of each tag', async ({
    site,
    baseURL,
  }) => {
    // The same files under another address are other modules, as in two bundles of one page.
    await site.context.route('**/copy/**', async (route) => {
      const {pathname} = new URL(route.request().url());
      const file = await fetch(`${baseURL}${pathname.replace('/copy/', '/dist/esm/')}`);
      await route.fulfill({contentType: 'text/javascript', body: await file.text()});
    });
    const spa = await (await fetch(`${baseURL}/spa.html`)).text();
    const [importMap = ''] = /<script type="importmap">.*?<\/script>/s.exec(spa) ?? [];
    await serveTags(site);
    await site.serve(
      PATH,
      pageOf({
        head: importMap,
        config,
        loader: `<script type="module">
          import {start} from '/dist/esm/index.js';
          import {start as startCopy} from '/copy/index.js';
          import '/dist/esm/elements/all.js';
          import '/copy/elements/all.js';
          const config = JSON.parse(document.querySelector('[data-consent-config]').text);
          window.gates = [start(config), startCopy(config)];
        </script>`,
        body: `${external('marked')}<script type="module">
          const loader = document.createElement('script');
          loader.src = '/dist/cdn/consent-gate.js';
          loader.onload = () => { window.gates.push(window.consentGate); };
          document.head.append(loader);
        </script>`,
      }),
    );
    const tab = await site.visit(PATH);
    await tab.expectBanner();
    const count = () =>
      tab.page.evaluate(() => {
        const {gates} = window as unknown as {gates: unknown[]};
        return [gates.length, new Set(gates).size];
      });
    await expect.poll(count).toEqual([3, 1]);
    await expect(tab.page.locator('consent-banner')).toHaveCount(1);
    await tab.acceptAll();
    await site.expectTags([TAG, '/tags/marked.js']);
    expect((await ran(tab)).sort()).toEqual(['heat', 'marked']);
  });
});

test.describe('the press of a button', () => {
  test('five times in a row is one choice and one run of each tag', async ({site}) => {
    const tab = await visitPage(site, {body: external('marked')});
    await tab.expectBanner();
    await tab.page.evaluate(() => {
      Object.assign(window, {changes: 0});
      document.addEventListener('consent-change', () => {
        (window as unknown as {changes: number}).changes++;
      });
    });
    await pressInPage(tab, 'accept-all', 5, 'click()');
    await site.expectTags([TAG, '/tags/marked.js']);
    expect((await ran(tab)).sort()).toEqual(['heat', 'marked']);
    expect(await tab.page.evaluate(() => (window as unknown as {changes: number}).changes)).toBe(1);
    await tab.page.evaluate(() => {
      for (let count = 0; count < 5; count++) consentGate.acceptAll();
    });
    await site.expectTags([TAG, '/tags/marked.js']);
    expect(await tab.page.evaluate(() => consentGate.isGranted('heat'))).toBe(true);
  });

  for (const event of ['click()', 'dispatchEvent()'] as const) {
    test(`by a script (${event}) counts like one by hand, for accepting and for rejecting`, async ({
      site,
    }) => {
      const tab = await visitPage(site);
      await tab.expectBanner();
      await pressInPage(tab, 'accept-all', 1, event);
      await expect(tab.banner).toBeHidden();
      await site.expectTags([TAG]);
      site.wire.forget();
      await site.context.clearCookies();
      await tab.page.evaluate(() => localStorage.clear());
      await tab.goTo(OTHER);
      await tab.expectBanner();
      await pressInPage(tab, 'reject-all', 1, event);
      await expect(tab.banner).toBeHidden();
      await tab.reload();
      await tab.expectNoBanner();
      expect(site.wire.toVendors()).toEqual([]);
      expect((await site.cookies())['consent']).toMatch(/\.banner\.essential\.functional_/);
    });
  }
});

test('a tag that never answers holds up neither another vendor nor a withdrawal, and is told of', async ({
  site,
}) => {
  await site.context.addInitScript(() => {
    // The half minute of patience passes at once.
    const {setTimeout: wait} = window;
    const quick = (run: () => void, time?: number, ...rest: unknown[]) =>
      wait(run, time === 30_000 ? 50 : time, ...rest);
    Object.assign(window, {setTimeout: quick});
  });
  const vendors = [vendorOf('hanging'), vendorOf('heat')];
  const tab = await visitPage(site, {config: {...config, vendors}});
  await tab.acceptAll();
  await expectRan(tab, ['heat']);
  await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/hanging\.js: no answer/));
  site.wire.forget();
  await tab.openPreferences();
  await tab.untilReloaded(() => tab.press('reject-all'));
  expect(await tab.granted()).toEqual(['essential']);
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
});

test.describe('a modal dialog of the page', () => {
  const DIALOG = `<dialog><p>Of the page</p><button id="close" onclick="this.closest('dialog').close()">Close</button></dialog>`;
  const SHOW = `document.querySelector('dialog').showModal()`;

  test('open from the start: a choice can be made all the same', async ({site}) => {
    // Everything outside a modal dialog is inert: the banner comes inside of it.
    const tab = await visitPage(site, {body: `${DIALOG}<script>${SHOW}</script>`});
    await tab.expectBanner();
    await tab.acceptAll();
    await site.expectTags([TAG]);
    await expect(tab.page.locator('dialog p').first()).toBeVisible();
  });

  test('opened over the banner: a choice can be made all the same', async ({site}) => {
    // Everything outside a modal dialog is inert: the banner comes inside of it.
    const tab = await visitPage(site, {body: `${DIALOG}<button id="open" onclick="${SHOW}">Open</button>`});
    await tab.expectBanner();
    await tab.page.evaluate(SHOW);
    await tab.rejectAll();
    await expect(tab.page.locator('dialog p').first()).toBeVisible();
    expect((await site.cookies())['consent']).toMatch(/\.banner\.essential\.functional_/);
  });

  test('closed again leaves the question where it was', async ({site}) => {
    const tab = await visitPage(site, {body: `${DIALOG}<script>${SHOW}</script>`});
    await tab.state();
    await tab.page.locator('#close').click();
    await tab.acceptAll();
    await site.expectTags([TAG]);
  });
});

test('a bar of the page with the highest z-index does not cover the buttons', async ({site}) => {
  const tab = await visitPage(site, {
    body: `<div onclick="document.title = 'the bar'" style="position: fixed; inset: 0; z-index: 2147483647; background: #eee">Bar</div>`,
  });
  await tab.expectBanner();
  for (const action of ['reject-all', 'preferences', 'accept-all']) {
    const button = tab.banner.locator(`[data-action="${action}"]`);
    const hit = await button.evaluate((element) => {
      const {x, y, width, height} = element.getBoundingClientRect();
      const root = element.getRootNode() as ShadowRoot;
      const [place, inside] = [document, root].map((where) =>
        where.elementFromPoint(x + width / 2, y + height / 2),
      );
      return place === root.host && (inside === element || element.contains(inside ?? null));
    });
    expect(hit, action).toBe(true);
  }
  await tab.acceptAll();
  await site.expectTags([TAG]);
  await expect(tab.page).toHaveTitle('A page of the tests');
});

test('a banner that is hidden by an extension’s style leaves a page that works, and denies', async ({
  site,
}) => {
  const tab = await visitPage(site, {
    head: '<style>consent-banner { display: none !important }</style>',
    body: `<div style="height: 3000px">Long</div><button onclick="${say('pressed').replaceAll("'", '&quot;')}">Of the page</button>`,
  });
  const {page} = tab;
  await page.locator('consent-banner').waitFor({state: 'attached'});
  await site.wire.quiet();
  await expect(tab.banner).toBeHidden();
  await page.mouse.wheel(0, 4000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await page.getByRole('button', {name: 'Of the page'}).click();
  expect(await ran(tab)).toEqual(['pressed']);
  // Nothing is kept free for what is not there.
  expect(await page.evaluate(() => getComputedStyle(document.body).paddingBottom)).toBe('0px');
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.cookies()).toEqual({});
  await page.locator('a[href="#consent"]').first().click();
  await expect(tab.preferences).toBeVisible();
  await tab.press('accept-all');
  await site.expectTags([TAG]);
});
