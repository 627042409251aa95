/** Two answers in one moment, two tabs, a page brought back, a page written anew: the last refusal wins, and nobody is asked. */
import {BLOCKING_LOADER, LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {external, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const config = {
  policy: {version: '2026-11-01'},
  vendors: [vendorOf('heat'), vendorOf('ads', 'advertising')],
};

interface Gate {
  acceptAll(): void;
  rejectAll(): void;
  erase(): void;
  decide(answers: unknown): void;
  withdraw(id: string): void;
  setAgeBand(band: string): void;
  audit(): Promise<unknown>;
}
declare const consentGate: Gate;

async function visit(site: Site, parts: Parameters<typeof pageOf>[0] = {}): Promise<Tab> {
  await serveTags(site);
  await site.serve(PATH, pageOf({config, loader: BLOCKING_LOADER, body: external('marked'), ...parts}));
  return site.visit(PATH);
}

const press = (actions: readonly string[]) => {
  const root = document.querySelector('consent-banner')?.shadowRoot;
  const buttons = actions.map((action) => root?.querySelector<HTMLElement>(`[data-action="${action}"]`));
  for (const button of buttons) button?.click();
};

const ATTACKS: Readonly<Record<string, () => void>> = {
  'acceptAll() and rejectAll() in one task': () => {
    consentGate.acceptAll();
    consentGate.rejectAll();
  },
  'acceptAll(), and rejectAll() in a microtask': () => {
    consentGate.acceptAll();
    queueMicrotask(() => consentGate.rejectAll());
  },
  'acceptAll(), and rejectAll() in consent-change': () => {
    document.addEventListener('consent-change', () => consentGate.rejectAll(), {once: true});
    consentGate.acceptAll();
  },
  'acceptAll() and erase()': () => {
    consentGate.acceptAll();
    consentGate.erase();
  },
  'decide() with junk for words': () => {
    for (const junk of ['GRANTED', 'granted ', true, 1, ['granted'], {toString: () => 'granted'}, null]) {
      consentGate.decide({
        categories: {analytics: junk, advertising: junk},
        vendors: {heat: junk, ads: junk},
      });
    }
    for (const junk of [null, undefined, 'granted', 1, [], {categories: 'granted', vendors: 1}])
      consentGate.decide(junk);
  },
  'decide() with __proto__': () => {
    consentGate.decide(
      JSON.parse('{"categories": {"__proto__": {"analytics": "granted", "advertising": "granted"}}}'),
    );
    consentGate.decide(JSON.parse('{"__proto__": {"categories": {"analytics": "granted"}}}'));
  },
  'acceptAll(), and a child': () => {
    consentGate.acceptAll();
    consentGate.setAgeBand('u13');
  },
  'events of a stranger': () => {
    const granted = {categories: {analytics: 'granted'}, vendors: {heat: 'granted'}};
    for (const type of ['change', 'ready', 'open', 'close', 'vendor-load']) {
      const fields = {state: granted, granted: ['heat', 'analytics'], vendor: 'heat', source: 'banner'};
      document.dispatchEvent(Object.assign(new Event(`consent-${type}`, {bubbles: true}), fields));
    }
  },
  'postMessage and window.name': () => {
    window.name = JSON.stringify({consent: 'granted', acceptAll: true});
    for (const message of ['acceptAll', {type: 'consent', consent: 'granted'}, {acceptAll: true}])
      postMessage(message, '*');
    dispatchEvent(new StorageEvent('storage', {key: 'consent', newValue: 'granted'}));
  },
};

for (const [what, attack] of Object.entries(ATTACKS)) {
  test(`nobody is asked for anything: ${what}`, async ({site}) => {
    const tab = await visit(site);
    await tab.expectBanner();
    await tab.page.evaluate(() => consentGate.audit().then(() => {}));
    await tab.page.evaluate(attack);
    await site.wire.quiet();
    expect(site.wire.toVendors(), 'on the wire').toEqual([]);
    expect(await tab.granted()).toEqual(['essential']);
    // Whether an event of a stranger throws is told below.
    if (what.startsWith('events')) site.errors.length = 0;
    // It is a gate that lets in what is granted.
    const other = await site.newTab();
    await site.context.clearCookies();
    // A refusal of the same second, which some of these are, would count for more.
    await tab.page.evaluate(() => localStorage.clear());
    await site.serve('/control.html', pageOf({config, loader: BLOCKING_LOADER}));
    await tab.page.close();
    await site.remember(recordOf());
    await other.goTo('/control.html');
    await site.expectTags(['/tags/ads.js', '/tags/heat.js']);
  });
}

test('events of a stranger throw nothing, though they have no fields', async ({site}) => {
  const tab = await visit(site);
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    for (const type of [
      'change',
      'ready',
      'open',
      'close',
      'vendor-load',
      'vendor-error',
      'sweep',
      'connect',
    ]) {
      document.dispatchEvent(new Event(`consent-${type}`, {bubbles: true, composed: true}));
    }
    document.body.dispatchEvent(new Event('consent-connect', {bubbles: true, composed: true}));
  });
  await site.wire.quiet();
  expect(site.wire.toVendors(), 'on the wire').toEqual([]);
});

test('accept and reject pressed in one task: nobody is asked, and the refusal is stored', async ({site}) => {
  const tab = await visit(site);
  await tab.expectBanner();
  await tab.page.evaluate(press, ['accept-all', 'reject-all']);
  await expect.poll(async () => (await site.cookies())['consent'] ?? '').not.toBe('');
  await site.wire.quiet();
  expect(site.wire.tags(), 'on the wire').toEqual([]);
  expect(await tab.granted()).toEqual(['essential']);
});

test('withdrawn in one tab while a tag of the other waits behind a slow one: what waits is not asked for', async ({
  site,
}) => {
  const of = (name: string) => external(name, 'data-consent="analytics" data-vendor="lane"');
  const settings = {...config, vendors: [{id: 'lane', category: 'analytics'}]};
  await site.remember(recordOf());
  await site.serve('/other.html', pageOf({config: {...settings, vendors: []}, loader: BLOCKING_LOADER}));
  const other = await site.visit('/other.html');
  await other.state();
  await serveTags(site);
  await site.context.route(/\/tags\/slowest\.js/, async (route) => {
    await expect.poll(async () => (await other.granted()).join()).toBe('essential');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.fulfill({contentType: 'text/javascript', body: ''}).catch(() => {});
  });
  await site.serve(
    PATH,
    pageOf({config: settings, loader: BLOCKING_LOADER, body: of('slowest') + of('waiting')}),
  );
  const tab = await site.newTab();
  await tab.page.goto(site.origin + PATH, {waitUntil: 'commit'});
  await expect.poll(site.wire.tags).toEqual(['/tags/slowest.js']);
  await other.page.evaluate(() => consentGate.rejectAll());
  await expect.poll(other.granted).toEqual(['essential']);
  await site.wire.quiet();
  await expect.poll(tab.granted).toEqual(['essential']);
  await site.wire.quiet();
  expect(site.wire.tags(), 'on the wire').toEqual(['/tags/slowest.js']);
});

test('an undecided page that is brought back as it was, granted and denied elsewhere meanwhile, asks nobody @chromium', async ({
  site,
}) => {
  await site.context.addInitScript(() => {
    addEventListener('pageshow', ({persisted}) => {
      if (persisted) sessionStorage.setItem('returned', 'as it was');
    });
  });
  await site.serve('/other.html', pageOf({config: {...config, vendors: []}, loader: BLOCKING_LOADER}));
  const tab = await visit(site);
  await tab.expectBanner();
  await site.wire.quiet();
  await tab.goTo('/other.html');
  await tab.acceptAll();
  await tab.page.evaluate(() => consentGate.rejectAll());
  await expect.poll(async () => (await site.cookies())['consent']).toMatch(/\.essential\.functional_/);
  await site.wire.quiet();
  await tab.page.evaluate(() => void setTimeout(() => history.back()));
  const returned = () => tab.page.evaluate(() => sessionStorage.getItem('returned')).catch(() => '');
  await expect.poll(returned).toBe('as it was');
  await site.wire.quiet();
  expect(site.wire.toVendors(), 'on the wire').toEqual([]);
  expect(await tab.granted()).toEqual(['essential']);
});

test.describe('a page that writes itself anew', () => {
  const writeAnew = ({page}: Tab) =>
    page.evaluate(
      (tag) => {
        document.open();
        document.write(`<!doctype html><title>Anew</title><body><h1>Anew</h1>${tag}`);
        document.close();
      },
      external('written').replaceAll(VENDOR, ''),
    );

  test('asks nobody where nobody has chosen', async ({site}) => {
    const tab = await visit(site);
    await tab.expectBanner();
    await writeAnew(tab);
    await expect(tab.page).toHaveTitle('Anew');
    await site.wire.quiet();
    expect(site.wire.toVendors(), 'on the wire').toEqual([]);
  });

  test('follows a withdrawal in another tab', async ({site}) => {
    await site.remember(recordOf());
    const tab = await visit(site, {config: {...config, vendors: []}, body: ''});
    await tab.state();
    await writeAnew(tab);
    await expect(tab.page).toHaveTitle('Anew');
    await site.serve('/other.html', pageOf({config: {...config, vendors: []}, loader: BLOCKING_LOADER}));
    const other = await site.visit('/other.html');
    await other.state();
    await other.page.evaluate(() => consentGate.rejectAll());
    await expect.poll(other.granted).toEqual(['essential']);
    await expect.poll(tab.granted).toEqual(['essential']);
  });
});

test.describe('a page that is served as XML', () => {
  for (const [what, record, tags] of [
    ['asks nobody where nobody has chosen', undefined, []],
    ['lets in what is granted', recordOf(), ['/tags/ads.js', '/tags/heat.js', '/tags/marked.js']],
  ] as const) {
    test(what, async ({site}) => {
      await serveTags(site);
      const html = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>XML</title>
        <link rel="icon" href="data:,"/>
        <script type="application/json" data-consent-config="">${JSON.stringify(config)}</script>
        <script src="/dist/cdn/consent-gate.js"></script></head><body><h1>XML</h1>${external('marked')}</body></html>`;
      await site.context.route('**/page.xhtml', (route) =>
        route.fulfill({
          contentType: 'application/xhtml+xml',
          body: html.replaceAll(VENDOR, site.vendorOrigin),
        }),
      );
      if (record) await site.remember(record);
      const tab = await site.visit('/page.xhtml');
      await tab.state();
      await site.expectTags(tags);
    });
  }
});

test('copies of an embed that was pressed once ask nobody without a press of their own', async ({site}) => {
  const FRAME = 'https://player.example/1';
  const asked: string[] = [];
  await site.context.route(/^https:\/\/player\.example/, (route) => {
    asked.push(route.request().url());
    return route.fulfill({
      contentType: 'text/html',
      headers: {'cache-control': 'no-store'},
      body: '<title>Player</title>',
    });
  });
  const tab = await visit(site, {
    config: {
      ...config,
      vendors: [{id: 'player', category: 'functional', recipient: 'Player K.K.', country: 'JP'}],
    },
    loader: `${LOADER}<script type="module" src="/dist/cdn/elements.js"></script>`,
    body: `<main><consent-embed id="first" vendor="player" category="functional" src="${FRAME}" title="First"></consent-embed></main>`,
  });
  await tab.page
    .locator('#first [data-action="load-once"], #first [data-action="once"], #first button')
    .first()
    .click();
  await expect.poll(() => asked.length).toBe(1);
  await expect(tab.page.locator('#first iframe')).toHaveAttribute('src', FRAME);
  for (let copy = 0; copy < 25; copy++) {
    await tab.page.evaluate(async () => {
      const first = document.querySelector('#first') as HTMLElement;
      const copy = first.cloneNode(true) as HTMLElement;
      copy.removeAttribute('id');
      document.querySelector('main')?.append(copy);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  }
  await site.wire.quiet();
  expect(asked, 'on the wire').toHaveLength(1);
  await expect(tab.page.locator('main iframe[src]')).toHaveCount(1);
});
