/** The script API and its events, as a page of the site would use them. */
import {BLOCKING_LOADER, LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, MARKETING_TAGS, recordOf, type Site, type State, type Tab, test} from '../support/site.js';

interface Gate {
  readonly state: State;
  readonly version: string;
  isGranted(id: string): boolean;
  whenGranted(id: string): Promise<void>;
  whenLoaded(id: string): Promise<void>;
  subscribe(listener: (state: State) => void): () => void;
  acceptAll(): void;
  rejectAll(): void;
  decide(answers: object): void;
  withdraw(id?: string): void;
  erase(): void;
  record(): Record<string, unknown>;
  open(view?: string, options?: object): void;
  close(): void;
  setAgeBand(band: string): void;
  setRegion(region: string): void;
}

interface FullRecord {
  readonly id: string;
}

interface GateWindow {
  consentGate: Gate;
  heard: Record<string, unknown>[];
}

declare const consentGate: Gate;

const PATH = '/page.html';
const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics, VENDORS.meta]};
const TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456'];

/** Notes every event of ours, with its fields, on every page. */
async function listen(site: Site): Promise<void> {
  await site.context.addInitScript(() => {
    const heard: Record<string, unknown>[] = [];
    Object.assign(window, {heard});
    for (const type of ['ready', 'change', 'open', 'close', 'vendor-load', 'vendor-error']) {
      document.addEventListener(`consent-${type}`, (event) => {
        const {isTrusted: _, ...fields} = event as Event & Record<string, unknown>;
        heard.push({...fields, type: event.type, isEvent: event instanceof Event});
      });
    }
  });
}

const heard = ({page}: Tab, type?: string) =>
  page.evaluate(
    (type) => (window as unknown as GateWindow).heard.filter((event) => !type || event['type'] === type),
    type,
  );

async function visitPage(site: Site, parts: Partial<Parameters<typeof pageOf>[0]> = {}): Promise<Tab> {
  await site.serve(PATH, pageOf({config, ...parts}));
  return site.visit(PATH);
}

test('what a page queued before the loader is called with the gate, in order, once', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, {
    head: `<script>
      (window.consentGate ||= []).push((gate) => { window.calls = ['first ' + gate.isGranted('analytics')]; });
      (window.consentGate ||= []).push(() => { throw new Error('of the page'); });
      (window.consentGate ||= []).push((gate) => { window.calls.push('third ' + gate.state.decided); });
    </script>`,
  });
  const calls = () => tab.page.evaluate(() => (window as unknown as {calls: string[]}).calls);
  await expect.poll(calls).toEqual(['first true', 'third true']);
  await tab.page.evaluate(() => {
    (window as unknown as {consentGate: {push(callback: () => void): void}}).consentGate.push(() => {
      (window as unknown as {calls: string[]}).calls.push('late');
    });
  });
  expect(await calls()).toEqual(['first true', 'third true', 'late']);
  // A callback that throws is the page's own: reported, and in nobody's way.
  expect(site.errors.splice(0)).toEqual([expect.stringMatching(/of the page/)]);
});

test('an element that is called consentGate is no queue and in nobody’s way', async ({site}) => {
  const tab = await visitPage(site, {loader: '', body: `<div id="consentGate"></div>${LOADER}`});
  await tab.expectBanner();
  expect(await tab.page.evaluate(() => consentGate.isGranted('analytics'))).toBe(false);
});

test('every event tells what happened, on document, in the order in which it happens', async ({site}) => {
  await listen(site);
  const tab = await visitPage(site);
  await tab.expectBanner();
  await tab.openPreferences();
  await (await tab.switchOf('analytics')).setChecked(true);
  await tab.press('save');
  await site.expectTags(['/gtag/js?id=G-DEMO123456']);
  const told = async () => (await heard(tab)).map(({type, view}) => [type, view].filter(Boolean).join(' '));
  // The banner closes as soon as there is a choice, be it just before the page is told of it.
  await expect
    .poll(async () => (await told()).filter((type) => type !== 'consent-close banner'))
    .toEqual([
      'consent-ready',
      'consent-open banner',
      'consent-open preferences',
      'consent-change',
      'consent-close preferences',
      'consent-vendor-load',
    ]);
  expect((await told()).filter((type) => type === 'consent-close banner')).toHaveLength(1);
  expect((await heard(tab)).every(({isEvent}) => isEvent)).toBe(true);
  expect(await heard(tab, 'consent-ready')).toMatchObject([
    {state: {decided: false, categories: {analytics: 'denied'}}},
  ]);
  expect(await heard(tab, 'consent-change')).toMatchObject([
    {
      source: 'preferences',
      granted: ['analytics', 'google-analytics'],
      state: {
        decided: true,
        source: 'preferences',
        categories: {analytics: 'granted', advertising: 'denied'},
      },
      previous: {decided: false, categories: {analytics: 'denied'}},
    },
  ]);
  expect(await heard(tab, 'consent-vendor-load')).toMatchObject([
    {
      vendor: 'google-analytics',
      category: 'analytics',
      url: `${site.vendorOrigin}/gtag/js?id=G-DEMO123456`,
    },
  ]);
});

test('a change says what was granted, what was revoked and what caused it', async ({site}) => {
  await listen(site);
  const tab = await visitPage(site, {config: {...config, vendors: [{id: 'a', category: 'analytics'}]}});
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    consentGate.acceptAll();
    consentGate.decide({categories: {advertising: 'denied'}, vendors: {a: 'denied'}});
    consentGate.withdraw();
    consentGate.erase();
  });
  const changes = async () =>
    (await heard(tab, 'consent-change')).map(({granted, revoked, source}) => [granted, revoked, source]);
  await expect.poll(changes).toEqual([
    [['functional', 'analytics', 'advertising', 'a'], [], 'api'],
    [[], ['advertising', 'a'], 'api'],
    [[], ['functional', 'analytics'], 'api'],
    [[], [], null],
  ]);
});

test('a tag that cannot be loaded is told of, and the others are not held up', async ({site}) => {
  await listen(site);
  await site.context.route('**/gtag/js**', (route) => route.abort());
  await site.remember(recordOf());
  const tab = await visitPage(site);
  await expect
    .poll(() => heard(tab, 'consent-vendor-error'))
    .toEqual([expect.objectContaining({vendor: 'google-analytics', category: 'analytics'})]);
  await expect
    .poll(() => heard(tab, 'consent-vendor-load'))
    .toEqual([expect.objectContaining({vendor: 'meta-pixel'})]);
});

test('whenGranted resolves once its id is granted, and not before', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    Object.assign(window, {resolved: []});
    for (const id of ['analytics', 'meta-pixel', 'nobody']) {
      consentGate.whenGranted(id).then(() => (window as unknown as {resolved: string[]}).resolved.push(id));
    }
  });
  const resolved = () => tab.page.evaluate(() => (window as unknown as {resolved: string[]}).resolved);
  expect(await resolved()).toEqual([]);
  await tab.page.evaluate(() => consentGate.decide({categories: {analytics: 'granted'}}));
  await expect.poll(resolved).toEqual(['analytics']);
  await tab.page.evaluate(() => consentGate.acceptAll());
  await expect.poll(resolved).toEqual(['analytics', 'meta-pixel']);
});

test('whenLoaded resolves once a tag of its id has loaded, a script, a frame or an embed, and for who asks late', async ({
  site,
}) => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = (url: URL) => /fbevents|slow-frame/.test(url.pathname);
  await site.context.route(slow, async (route) => {
    await answered;
    await route.continue();
  });
  const elements = '<script type="module" src="/dist/cdn/elements.js"></script>';
  const tab = await visitPage(site, {
    config: {
      ...config,
      vendors: [...config.vendors, 'vimeo', 'youtube', {id: 'map', category: 'functional'}],
    },
    loader: LOADER + elements,
    body: `<consent-embed vendor="vimeo" src="http://localhost:8001/embed/video" title="Video"></consent-embed>
      <iframe data-consent="functional" data-vendor="map" data-src="http://localhost:8001/embed/slow-frame" title="Map"></iframe>`,
  });
  await tab.expectBanner();
  const ids = ['analytics', 'google-analytics', 'meta-pixel', 'vimeo', 'map', 'youtube', 'nobody'];
  const ask = (name: string) =>
    tab.page.evaluate(
      ([name, ids]) => {
        const resolved: string[] = [];
        Object.assign(window, {[name]: resolved});
        for (const id of ids) consentGate.whenLoaded(id).then(() => resolved.push(id));
      },
      [name, ids] as const,
    );
  const resolved = (name: string) =>
    tab.page.evaluate((name) => (window as unknown as Record<string, string[]>)[name]?.slice().sort(), name);
  await ask('early');
  await site.wire.quiet();
  expect(await resolved('early')).toEqual([]);
  await tab.acceptAll();
  const quick = ['analytics', 'google-analytics', 'vimeo'];
  await expect.poll(() => resolved('early')).toEqual(quick);
  await ask('late');
  await expect.poll(() => resolved('late')).toEqual(quick);
  answer();
  const all = ['analytics', 'google-analytics', 'map', 'meta-pixel', 'vimeo'];
  await expect.poll(() => resolved('early')).toEqual(all);
  await expect.poll(() => resolved('late')).toEqual(all);
});

test('a subscriber is called at once and on every change, until it unsubscribes', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  const atOnce = await tab.page.evaluate(() => {
    const calls: (string | undefined)[] = [];
    const stop = consentGate.subscribe(({categories}) => calls.push(categories['analytics']));
    Object.assign(window, {calls, stop});
    return calls;
  });
  expect(atOnce).toEqual(['denied']);
  const calls = () => tab.page.evaluate(() => (window as unknown as {calls: string[]}).calls);
  await tab.page.evaluate(() => consentGate.decide({categories: {analytics: 'granted'}}));
  await expect.poll(calls).toEqual(['denied', 'granted']);
  await tab.page.evaluate(() => {
    (window as unknown as {stop: () => void}).stop();
    consentGate.decide({categories: {functional: 'granted'}});
  });
  await expect.poll(tab.granted).toContain('functional');
  expect(await calls()).toEqual(['denied', 'granted']);
});

test('a subscriber that throws keeps nobody else from being told', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    const calls: boolean[] = [];
    Object.assign(window, {calls});
    consentGate.subscribe(() => {
      throw new Error('of the page');
    });
    consentGate.subscribe(({decided}) => calls.push(decided));
    consentGate.acceptAll();
  });
  await expect
    .poll(() => tab.page.evaluate(() => (window as unknown as {calls: boolean[]}).calls))
    .toEqual([false, true]);
  await site.expectTags(TAGS);
  expect(site.errors.splice(0)).toEqual([
    expect.stringMatching(/of the page/),
    expect.stringMatching(/of the page/),
  ]);
});

test('decide() answers what it names and leaves the rest; only the word "granted" grants', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    consentGate.decide({
      categories: {analytics: true, functional: 'yes', advertising: 1, essential: 'denied'},
    });
    consentGate.decide({vendors: {'meta-pixel': 'granted'}});
  });
  await expect.poll(tab.granted).toEqual(['essential', 'meta-pixel']);
  await site.expectTags(['/en_US/fbevents.js']);
  await tab.page.evaluate(() => {
    consentGate.decide({categories: {analytics: 'granted'}});
  });
  await expect.poll(tab.granted).toEqual(['analytics', 'essential', 'google-analytics', 'meta-pixel']);
});

test('nothing that is passed to the API throws or grants', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  const thrown = await tab.page.evaluate(() => {
    const thrown: string[] = [];
    const gate = consentGate as unknown as Record<string, (...rest: unknown[]) => unknown>;
    const odd = [
      undefined,
      null,
      0,
      '',
      'nobody',
      '__proto__',
      'constructor',
      [],
      {},
      {categories: null, vendors: 7},
    ];
    for (const name of ['isGranted', 'decide', 'withdraw', 'setRegion', 'open', 'close', 'whenGranted']) {
      for (const value of odd) {
        try {
          gate[name]?.(value);
        } catch (error) {
          thrown.push(`${name}(${JSON.stringify(value)}): ${error}`);
        }
      }
    }
    return thrown;
  });
  expect(thrown).toEqual([]);
  await site.wire.quiet();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
});

test('the state is frozen, all the way down', async ({site}) => {
  const tab = await visitPage(site);
  await tab.expectBanner();
  expect(
    await tab.page.evaluate(() => {
      const {state} = consentGate;
      return [state, state.categories, state.vendors].map(Object.isFrozen);
    }),
  ).toEqual([true, true, true]);
});

test('record() spells the choice out', async ({site}) => {
  const tab = await visitPage(site, {
    config: {...config, region: 'JP', controller: {name: 'Aoba'}, recordEndpoint: '/consent-records'},
  });
  await tab.acceptAll();
  const record = await tab.page.evaluate(() => consentGate.record());
  expect(record).toMatchObject({
    schema: 'consent-gate/1',
    source: 'banner',
    policyVersion: '2026-11-01',
    regime: 'opt-in',
    region: 'JP',
    language: 'en',
    categories: {essential: 'granted', functional: 'granted', analytics: 'granted', advertising: 'granted'},
    vendors: {'google-analytics': 'granted', 'meta-pixel': 'granted'},
  });
  expect(record['id']).toMatch(/^[\w-]{10,}$/);
  expect(Object.values(record)).toContain(new URL(site.origin).hostname);
});

test('each decision is posted to recordEndpoint once, as JSON, even where the page is left for it', async ({
  context,
}) => {
  // A demo server of its own: this one says what it was sent.
  const {startDemo} = (await import(new URL('../../scripts/demo-server.mjs', import.meta.url).href)) as {
    startDemo(options: object): Promise<{siteOrigin: string; records: FullRecord[]; close(): Promise<void>}>;
  };
  const {siteOrigin, records, close} = await startDemo({port: 0, vendorPort: 0});
  const page = await context.newPage();
  await page.goto(`${siteOrigin}/spa.html`);
  await page.locator('consent-banner [data-action="accept-all"]').click();
  await expect
    .poll(() => records)
    .toEqual([
      expect.objectContaining({schema: 'consent-gate/1', source: 'banner', policyVersion: '2026-11-01'}),
    ]);
  const id = records[0]?.id;
  expect((await context.cookies()).map(({value}) => value.split('.').at(-1))).toContain(id);
  await page.waitForFunction(() => document.querySelector('script[src*="fbevents.js"]'));
  // The reload that a withdrawal needs does not swallow its record.
  const reloaded = page.waitForEvent('load');
  await page.evaluate(() => consentGate.withdraw('meta-pixel'));
  await reloaded;
  await expect.poll(() => records).toHaveLength(2);
  expect(records[1]).toMatchObject({
    source: 'api',
    id,
    vendors: {'meta-pixel': 'denied', 'google-analytics': 'granted'},
  });
  await close();
});

test('a log that cannot be reached keeps no choice from being made', async ({site}) => {
  const tab = await visitPage(site, {config: {...config, recordEndpoint: '/consent-records'}});
  await site.context.route('**/consent-records', (route) => route.abort());
  await tab.acceptAll();
  await site.expectTags(TAGS);
  expect((await tab.state()).decided).toBe(true);
});

test('withdraw(id) denies that vendor alone, removes its cookies and reloads once', async ({site}) => {
  const tab = await visitPage(site);
  await tab.acceptAll();
  await site.expectTags(TAGS);
  await expect.poll(async () => Object.keys(await site.cookies())).toContain('_fbp');
  site.wire.forget();
  await tab.untilReloaded(() => tab.page.evaluate(() => consentGate.withdraw('meta-pixel')));
  await site.expectTags(['/gtag/js?id=G-DEMO123456']);
  expect(site.wire.toSite().filter((path) => path === PATH)).toHaveLength(1);
  expect(Object.keys(await site.cookies())).not.toContain('_fbp');
  expect(Object.keys(await site.cookies())).toContain('_ga');
});

test('a second start goes on with the first gate, and says so', async ({site}) => {
  const tab = await visitPage(site, {loader: BLOCKING_LOADER + BLOCKING_LOADER});
  await tab.acceptAll();
  await site.expectTags(TAGS);
  await expect(tab.page.locator('consent-banner')).toHaveCount(1);
  expect(site.warnings.filter((warning) => /started twice/.test(warning))).toHaveLength(1);
});

test('open() and close() show and hide the two layers, and decide nothing', async ({site}) => {
  const tab = await visitPage(site);
  await tab.rejectAll();
  await tab.page.evaluate(() => consentGate.open('preferences', {vendor: 'meta-pixel'}));
  await expect(tab.preferences.locator('input[data-vendor="meta-pixel"]')).toBeFocused();
  await tab.page.evaluate(() => consentGate.close());
  await expect(tab.preferences).toBeHidden();
  await tab.page.evaluate(() => consentGate.open('banner'));
  await tab.expectBanner();
  await tab.page.evaluate(() => consentGate.close());
  await expect(tab.banner).toBeHidden();
  expect(await tab.granted()).toEqual(['essential']);
});

test('a lower age band revokes at once; a region decides what the undecided have', async ({site}) => {
  const vendors = [{id: 'a', category: 'analytics'}];
  const regime = {default: 'opt-in', 'US-CA': 'opt-out'};
  const tab = await visitPage(site, {config: {...config, vendors, regime, ageBand: '16+'}});
  await tab.expectBanner();
  await tab.page.evaluate(() => consentGate.setRegion('US-CA'));
  await expect.poll(tab.granted).toEqual(['a', 'advertising', 'analytics', 'essential', 'functional']);
  await tab.page.evaluate(() => consentGate.setAgeBand('u13'));
  await expect.poll(tab.granted).toEqual(['essential']);
});

test('an age that the page has queued holds before the first tag: a child’s page asks for nothing', async ({
  site,
}) => {
  await site.remember(recordOf());
  await visitPage(site, {
    config: {...config, vendors: [VENDORS.analytics]},
    head: '<script>(window.consentGate ||= []).push((gate) => gate.setAgeBand("u13"))</script>',
  });
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('a link denies for this page even where nothing can be stored, since choice.js does not come', async ({
  site,
}) => {
  await site.remember(recordOf());
  await site.context.route('**/choice.js*', (route) => route.abort());
  await site.serve(PATH, pageOf({config: {...config, vendors: [VENDORS.analytics, VENDORS.meta]}}));
  await site.visit(`${PATH}#consent-opt-out=meta-pixel`);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(site.warnings).toContainEqual(expect.stringMatching(/choice\.js/));
});

test('an age that is not known is a child’s; one that cannot be stored denies on this page all the same', async ({
  site,
}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, {config: {...config, vendors: [{id: 'a', category: 'analytics'}]}});
  expect(await tab.granted()).toContain('a');
  await tab.page.evaluate(() => consentGate.setAgeBand(undefined as unknown as string));
  await expect.poll(tab.granted).toEqual(['essential']);

  await site.remember(recordOf());
  await site.context.route('**/choice.js*', (route) => route.abort());
  await tab.reload();
  expect(await tab.granted()).toContain('a');
  await tab.page.evaluate(() => consentGate.setAgeBand('u13'));
  await expect.poll(tab.granted).toEqual(['essential']);
});

test('a prerendered page does nothing until it is shown', async ({site}) => {
  await site.context.addInitScript(() => {
    let prerendering = true;
    Object.defineProperty(Document.prototype, 'prerendering', {get: () => prerendering, configurable: true});
    Object.assign(window, {
      activate() {
        prerendering = false;
        document.dispatchEvent(new Event('prerenderingchange'));
      },
    });
  });
  await site.remember(recordOf({categories: ['essential_functional_analytics_advertising', '-']}));
  const tab = await site.visit('/marketing.html');
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
  // Nothing is written either: the mirror of the cookie is not there yet.
  expect(await tab.storage()).toEqual({});
  await tab.page.evaluate(() => (window as unknown as {activate(): void}).activate());
  await site.expectTags(MARKETING_TAGS);
});

test('a prerendered page does not ask until it is shown', async ({site}) => {
  await site.context.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'prerendering', {get: () => true, configurable: true});
  });
  const tab = await visitPage(site);
  await tab.expectNoBanner();
  await tab.page.evaluate(() => {
    Object.defineProperty(Document.prototype, 'prerendering', {get: () => false});
    document.dispatchEvent(new Event('prerenderingchange'));
  });
  await tab.expectBanner();
});
