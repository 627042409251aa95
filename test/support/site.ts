/**
 * The demo site as a visitor meets it: pages to open, buttons to press, and what is left behind afterwards. Specs import
 * `test` and `expect` from here. Every test has a host of its own (`www.<test>.localhost`, which browsers resolve to
 * this machine), so that neither cookies nor the server's log of one test are seen by another.
 */
import {
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
  type Route,
} from 'playwright/test';
import {type Wire, watchWire} from './wire.js';

export {expect};

/** One request as the vendors' server logged it (`scripts/demo-server.mjs`). */
export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly vendor: string;
  readonly cookieHeader?: string;
  readonly referer: string;
}

type Config = Record<string, unknown> & {vendors?: (string | Record<string, unknown>)[]};
type Html = string | {readonly html: string; readonly headers: Readonly<Record<string, string>>};

export interface Site {
  readonly context: BrowserContext;
  readonly origin: string;
  readonly vendorOrigin: string;
  readonly wire: Wire;
  /** What the console said in our name, on any page. */
  readonly warnings: string[];
  /** What any page threw; the test fails on what is left in here. */
  readonly errors: string[];
  /** Opens a page in a tab of its own. */
  visit(path: string): Promise<Tab>;
  /** An empty tab, for what has to be set before a page is opened in it. */
  newTab(): Promise<Tab>;
  /** What the vendors' server received from pages of this test. */
  received(): Promise<LogEntry[]>;
  /** Name → value of every cookie of the site and its parent domains, whichever path it is for. */
  cookies(): Promise<Record<string, string>>;
  /** Puts a page of the test's own under `path`; `http://localhost:8001` in it becomes the vendors' origin. */
  serve(path: string, page: Html): Promise<void>;
  /** Changes the text of a page or file of the site. */
  edit(path: string, change: (text: string) => string): Promise<void>;
  /** Changes the configuration in a page of the site. */
  configure(path: string, change: (config: Config) => unknown): Promise<void>;
  /** Sets the cookie of an earlier visit. */
  remember(record: string, name?: string): Promise<void>;
  /** Waits until exactly these tags have been asked for since the wire was told to forget, and no more come. */
  expectTags(tags: readonly string[]): Promise<void>;
}

/** A tab of the visitor's browser. */
export interface Tab {
  readonly page: Page;
  readonly banner: Locator;
  readonly preferences: Locator;
  /** Goes to another page, or to the same one with another fragment. */
  goTo(path: string): Promise<void>;
  reload(): Promise<void>;
  acceptAll(): Promise<void>;
  rejectAll(): Promise<void>;
  openPreferences(): Promise<void>;
  /** Opens the preferences, puts switches (by category or vendor) as given, and saves. */
  choose(switches: Readonly<Record<string, boolean>>): Promise<void>;
  /** The switch of a category or vendor in the preferences, unfolded if it has to be. */
  switchOf(id: string): Promise<Locator>;
  /** Presses the button with that `data-action` in the layer that is in front. */
  press(action: string): Promise<void>;
  /** Does something that makes the page reload, and waits until it has. */
  untilReloaded(act: () => Promise<unknown>): Promise<void>;
  expectBanner(): Promise<void>;
  /** Waits until the gate has started and everything is quiet: there is no banner, and none will come. */
  expectNoBanner(): Promise<void>;
  state(): Promise<State>;
  /** Ids of the categories and vendors that are granted. */
  granted(): Promise<string[]>;
  /** `localStorage`, `sessionStorage` and IndexedDB of the page, by name. */
  storage(): Promise<Record<string, string>>;
}

export interface State {
  readonly decided: boolean;
  readonly regime: string;
  readonly source: string | null;
  readonly decidedAt: number | null;
  readonly id: string | null;
  readonly categories: Readonly<Record<string, string>>;
  readonly vendors: Readonly<Record<string, string>>;
}

/** The site's own addresses of tags on `marketing.html`. */
export const MARKETING_TAGS = [
  '/embed/first-lesson',
  '/en_US/fbevents.js',
  '/gtag/js?id=G-DEMO123456',
  '/images/listing/tool/cv/ytag.js',
  '/pixel.gif?a8=demo',
  '/widget.js',
];

/** Those on `policy.html`, which has the same vendors and no marked-up tags. */
export const POLICY_TAGS = [
  '/en_US/fbevents.js',
  '/gtag/js?id=G-DEMO123456',
  '/images/listing/tool/cv/ytag.js',
];

/** Fields of a record (design §7); lists are joined by `_`, and `-` is an empty one. */
interface RecordFields {
  readonly policyVersion?: string;
  /** Unix seconds. Default: now. */
  readonly decidedAt?: number;
  readonly source?: string;
  readonly categories?: readonly [granted: string, denied: string];
  readonly vendors?: readonly [granted: string, denied: string];
}

/** @returns the text of a record; without fields, one that grants everything on the demo's marketing pages */
export function recordOf({
  policyVersion = '2026-11-01',
  decidedAt = Math.floor(Date.now() / 1000),
  source = 'banner',
  categories = ['essential_functional_analytics_advertising', '-'],
  vendors = ['-', '-'],
}: RecordFields = {}): string {
  return ['1', policyVersion, decidedAt.toString(36), source, ...categories, ...vendors, '-'].join('.');
}

const SPELLED_VENDOR_ORIGIN = 'http://localhost:8001';

const CONFIG = /(<script type="application\/json" data-consent-config>)(.*?)(<\/script>)/s;

export const test = base.extend<{site: Site}>({
  site: async ({context, baseURL, browserName}, use, {testId}) => {
    const {port} = new URL(baseURL ?? '');
    const domain = `t${testId.replace(/\W/g, '').slice(-16)}.localhost`;
    const host = `www.${domain}:${port}`;
    const site = await createSite(context, {
      host,
      isOurs: (other) => other === host || other.endsWith(`.${domain}:${port}`),
      serverOrigin: baseURL ?? '',
      vendorOrigin: `http://localhost:${Number(port) + 1}`,
    });
    // Chromium takes a page that a test has served for one from the internet, which may not ask this machine for tags.
    if (browserName === 'chromium') await context.grantPermissions(['local-network-access']);
    await use(site);
    // The gate never throws into a page; a test that makes something else throw takes it out of the list.
    expect(site.errors, 'nothing is thrown into the page').toEqual([]);
  },
});

async function createSite(
  context: BrowserContext,
  {
    host,
    isOurs,
    serverOrigin,
    vendorOrigin,
  }: {host: string; isOurs: (host: string) => boolean; serverOrigin: string; vendorOrigin: string},
): Promise<Site> {
  const origin = `http://${host}`;
  const warnings: string[] = [];
  const errors: string[] = [];
  context.on('console', (message) => {
    if (message.text().startsWith('consent-gate: ')) warnings.push(message.text());
  });
  context.on('weberror', (webError) => {
    const text = String(webError.error());
    // Firefox hands its own remarks (a cookie it refused, a script it did not find) over in the same way.
    if (/(Error|Exception)\b/.test(text)) errors.push(text);
  });
  // The demo's panel asks the vendors' log every second; without it, any request to another origin is a vendor's.
  await context.route('**/panel.js', (route) => route.fulfill({contentType: 'text/javascript', body: ''}));
  const wire = watchWire(context, {isOurs, vendorOrigin});

  const isPath = (path: string) => (url: URL) => isOurs(url.host) && url.pathname === path;
  const fulfil = (route: Route, page: Html) => {
    const {html, headers} = typeof page === 'string' ? {html: page, headers: {}} : page;
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers,
      body: html.replaceAll(SPELLED_VENDOR_ORIGIN, vendorOrigin),
    });
  };
  const read = async (path: string) => (await fetch(serverOrigin + path)).text();

  const site: Site = {
    context,
    origin,
    vendorOrigin,
    wire,
    warnings,
    errors,
    newTab: async () => createTab(await context.newPage(), site),
    async visit(path) {
      const tab = await site.newTab();
      await tab.goTo(path);
      return tab;
    },
    async received() {
      const log = (await (await fetch(`${vendorOrigin}/log`)).json()) as LogEntry[];
      return log.filter(({referer}) => referer.startsWith(origin));
    },
    async cookies() {
      const cookies = await context.cookies();
      return Object.fromEntries(cookies.map(({name, value}) => [name, value]));
    },
    async serve(path, page) {
      await context.route(isPath(path), (route) => fulfil(route, page));
    },
    async edit(path, change) {
      const text = change(await read(path));
      await context.route(isPath(path), (route) =>
        path.endsWith('.html')
          ? fulfil(route, text)
          : route.fulfill({contentType: 'application/json; charset=utf-8', body: text}),
      );
    },
    configure: (path, change) =>
      site.edit(path, (text) =>
        path.endsWith('.json')
          ? JSON.stringify(change(JSON.parse(text)))
          : text.replace(
              CONFIG,
              (_, before, json, after) => before + JSON.stringify(change(JSON.parse(json))) + after,
            ),
      ),
    async remember(record, name = 'consent') {
      await context.addCookies([{name, value: record, url: origin, sameSite: 'Lax'}]);
    },
    async expectTags(tags) {
      const expected = [...tags].sort();
      await expect.poll(wire.tags).toEqual(expected);
      await wire.quiet();
      expect(wire.tags()).toEqual(expected);
    },
  };
  return site;
}

function createTab(page: Page, {origin, wire}: Site): Tab {
  const banner = page.locator('consent-banner [part~="box"]');
  const preferences = page.locator('consent-preferences dialog');

  /** The banner closes with the press; what carries it out may come later, or, where a test has it so, never. */
  const untilCarriedOut = () =>
    expect(async () => expect((await tab.state()).decided).toBe(true))
      .toPass({timeout: 3000})
      .catch(() => {});

  const tab: Tab = {
    page,
    banner,
    preferences,
    async goTo(path) {
      await page.goto(origin + path);
    },
    async reload() {
      await page.reload();
    },
    async press(action) {
      // The dialog is modal: where it is open, the banner behind it is out of reach.
      const layer = (await preferences.isVisible()) ? preferences : banner;
      await layer.locator(`[data-action="${action}"]`).click();
    },
    async acceptAll() {
      await tab.press('accept-all');
      await expect(banner).toBeHidden();
      await untilCarriedOut();
    },
    async rejectAll() {
      await tab.press('reject-all');
      await expect(banner).toBeHidden();
      await untilCarriedOut();
    },
    async openPreferences() {
      if (await banner.isVisible()) await tab.press('preferences');
      else await page.locator('a[href="#consent"]').first().click();
      await expect(preferences).toBeVisible();
    },
    async switchOf(id) {
      const input = page.locator(
        `consent-preferences :is(input[data-category="${id}"], input[data-vendor="${id}"])`,
      );
      await expect(input).toHaveCount(1);
      await input.evaluate((element) => {
        const details = element.closest('details');
        if (details) details.open = true;
      });
      return input;
    },
    async choose(switches) {
      await tab.openPreferences();
      for (const [id, isOn] of Object.entries(switches)) await (await tab.switchOf(id)).setChecked(isOn);
      await tab.press('save');
      await expect(preferences).toBeHidden();
    },
    async untilReloaded(act) {
      const loaded = page.waitForEvent('load');
      await act();
      await loaded;
    },
    async expectBanner() {
      await expect(banner).toBeVisible();
    },
    async expectNoBanner() {
      await tab.state();
      await wire.quiet();
      await expect(banner).toBeHidden();
    },
    async state() {
      for (;;) {
        try {
          const state = await page.waitForFunction(async () => {
            // A press closes the banner in one frame, and is carried out behind it. A hidden page has no frames.
            const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            if (!document.hidden) await frame();
            // Before the gate is there, its name may stand for a queue of callbacks.
            return (window as {consentGate?: {state?: State}}).consentGate?.state;
          });
          const value = await state.jsonValue();
          // Nothing, in Firefox, where the page has been reloaded between the two, as many a withdrawal wants.
          if (value) return value as State;
        } catch (error) {
          if (!`${error}`.includes('Execution context was destroyed')) throw error;
        }
      }
    },
    async granted() {
      const {categories, vendors} = await tab.state();
      return Object.entries({...categories, ...vendors})
        .filter(([, grant]) => grant === 'granted')
        .map(([id]) => id)
        .sort();
    },
    storage: () =>
      page.evaluate(async () => ({
        ...localStorage,
        ...sessionStorage,
        ...Object.fromEntries((await indexedDB.databases()).map(({name}) => [`IndexedDB ${name}`, ''])),
      })),
  };
  return tab;
}
