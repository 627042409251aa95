/**
 * What a withdrawal leaves behind: nothing of the vendor's, wherever and however it was stored, everything of everybody
 * else's, and the truth about what no page can remove. A page is reloaded where a tag cannot be stopped otherwise, once.
 */
import type {BrowserContext} from 'playwright/test';
import {BLOCKING_LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {heard, inline, listen, of, ran, serveTags, visitPage} from '../support/tags.js';

declare const consentGate: {
  withdraw(id?: string): void;
  decide(answers: object): void;
  acceptAll(): void;
  isGranted(id: string): boolean;
};

interface Stores {
  readonly databases: string[];
  readonly caches: string[];
}

const PATH = '/page.html';
const version = {policy: {version: '2026-11-01'}};
const HEATMAP = {id: 'heatmap', category: 'analytics', cookies: ['_heat*'], storage: ['heat:*']};
const OTHER = {id: 'other', category: 'advertising', cookies: ['_other*'], storage: ['other:*']};
const LOGIN = {id: 'login', category: 'essential', cookies: ['session'], storage: ['login:*']};
const config = {...version, vendors: [HEATMAP, OTHER, LOGIN]};

/** A page whose visitor has granted everything, in which no tag runs. */
async function visitGranted(site: Site, parts: Partial<Parameters<typeof pageOf>[0]> = {}): Promise<Tab> {
  await site.remember(recordOf());
  const tab = await visitPage(site, {config, loader: BLOCKING_LOADER, ...parts});
  await tab.expectNoBanner();
  return tab;
}
const withdraw = ({page}: Tab, id: string) => page.evaluate((id) => consentGate.withdraw(id), id);
const cookieNames = async (context: BrowserContext) =>
  [...new Set((await context.cookies()).map(({name}) => name))].sort();

/** Counts how often the page itself is asked for. */
const visits = (site: Site) => site.wire.toSite().filter((path) => path === PATH).length;

/** Puts something under every one of these names into each kind of storage. */
const store = ({page}: Tab, names: readonly string[]) =>
  page.evaluate(async (names) => {
    for (const name of names) {
      localStorage.setItem(name, '1');
      sessionStorage.setItem(name, '1');
      await caches.open(name);
      await new Promise((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          request.result.close();
          resolve(0);
        };
      });
    }
  }, names);
const stores = ({page}: Tab): Promise<Stores> =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({name}) => `${name}`).sort(),
    caches: (await caches.keys()).sort(),
  }));
const items = ({page}: Tab) =>
  page.evaluate(() => [Object.keys(localStorage).sort(), Object.keys(sessionStorage).sort()]);

test('a withdrawal removes items, databases and caches of the vendor’s names, and no other', async ({
  site,
}) => {
  await listen(site);
  const tab = await visitGranted(site);
  await store(tab, ['heat:a', '_heat_b', 'other:c', 'login:d', 'own']);
  await withdraw(tab, 'heatmap');
  await expect
    .poll(() => stores(tab))
    .toEqual({databases: ['login:d', 'other:c', 'own'], caches: ['login:d', 'other:c', 'own']});
  expect(await items(tab)).toEqual([
    ['consent', 'consent-history', 'login:d', 'other:c', 'own'],
    ['login:d', 'other:c', 'own'],
  ]);
  const sweeps = await heard(tab, 'consent-sweep');
  expect([...new Set(sweeps.flatMap(({removed}) => removed as string[]))].sort()).toEqual([
    '_heat_b',
    'heat:a',
  ]);
  expect(sweeps.flatMap(({kept}) => kept)).toEqual([]);
});

/** Ways to set a cookie that its removal has to repeat. The name says which. */
const COOKIES = {
  _heat_secure: 'path=/;Secure',
  '__Secure-_heat': 'path=/;Secure',
  '__Host-_heat': 'path=/;Secure',
  _heat_partitioned: 'path=/;Secure;Partitioned',
  _heat_strict: 'path=/;SameSite=Strict',
  _heat_none: 'path=/;Secure;SameSite=None',
  _heat_path: 'path=/page.html',
};

test.describe('a withdrawal removes cookies however they were set:', () => {
  const vendors = [{...HEATMAP, cookies: ['_heat*', '__Secure-_heat', '__Host-_heat']}, OTHER, LOGIN];

  /** Sets each cookie the browser takes there, withdraws, and looks at what is left. */
  async function sweepAll(context: BrowserContext, tab: Tab): Promise<void> {
    await tab.page.evaluate((all) => {
      for (const [name, how] of Object.entries(all)) document.cookie = `${name}=1;${how}`;
      document.cookie = '_other=1;path=/;Secure';
      document.cookie = 'session=1;path=/';
    }, COOKIES);
    // Not every browser takes all of them.
    await expect
      .poll(() => cookieNames(context))
      .toEqual(expect.arrayContaining(['_heat_path', '_heat_secure', '__Secure-_heat', '__Host-_heat']));
    await withdraw(tab, 'heatmap');
    await expect.poll(() => cookieNames(context)).toEqual(['_other', 'consent', 'session']);
  }

  test('on a development host', async ({site}) => {
    await sweepAll(site.context, await visitGranted(site, {config: {...version, vendors}}));
  });

  test('on https', async ({site, baseURL}) => {
    const SHOP = 'https://www.shop.example';
    await site.context.route(`${SHOP}/**`, async (route) => {
      const {pathname} = new URL(route.request().url());
      if (pathname === PATH)
        return route.fulfill({
          contentType: 'text/html',
          body: pageOf({config: {...version, vendors}, loader: BLOCKING_LOADER}),
        });
      const file = await fetch(baseURL + pathname);
      await route.fulfill({contentType: `${file.headers.get('content-type')}`, body: await file.text()});
    });
    await site.context.addCookies([{name: 'consent', value: recordOf(), url: SHOP, secure: true}]);
    const tab = await site.newTab();
    await tab.page.goto(SHOP + PATH);
    await sweepAll(site.context, tab);
  });
});

test('the record and what belongs to it survive patterns that are too wide', async ({site}) => {
  const greedy = {...HEATMAP, cookies: ['c*', 'consent*', '_heat*'], storage: ['c*', 'consent*']};
  const tab = await visitGranted(site, {config: {...version, vendors: [greedy, OTHER]}});
  await tab.page.evaluate(() => {
    document.cookie = '_heat=1;path=/';
    document.cookie = 'cart=1;path=/';
    document.cookie = 'session=1;path=/';
  });
  await withdraw(tab, 'heatmap');
  await expect.poll(() => cookieNames(site.context)).toEqual(['consent', 'session']);
  await tab.reload();
  await tab.expectNoBanner();
  expect(await tab.granted()).not.toContain('heatmap');
  expect(await tab.granted()).toContain('advertising');
  const {consent = ''} = await site.cookies();
  const storage = await tab.storage();
  expect(Object.keys(storage).sort()).toEqual(['consent', 'consent-history']);
  expect(storage['consent']).toBe(consent);
  expect(JSON.parse(storage['consent-history'] ?? '').at(-1)).toBe(consent);
});

test('a denial by link is undone by "undo", though a vendor’s patterns would take what remembers it', async ({
  site,
}) => {
  await serveTags(site);
  const greedy = {...HEATMAP, cookies: ['consent*'], storage: ['consent*']};
  const tab = await visitGranted(site, {
    config: {...version, vendors: [greedy, OTHER]},
    body: inline('tag', of('heatmap')),
  });
  await expect.poll(() => ran(tab)).toEqual(['tag']);
  await tab.untilReloaded(() => tab.page.evaluate(() => (location.hash = '#consent-opt-out=heatmap')));
  await tab.expectBanner();
  expect(await tab.granted()).not.toContain('heatmap');
  await tab.press('undo');
  await expect(tab.banner).toBeHidden();
  expect(await tab.granted()).toEqual(
    expect.arrayContaining(['analytics', 'advertising', 'heatmap', 'other']),
  );
});

test('a cookie that scripts cannot see stays, and nobody claims that it is gone', async ({site}) => {
  await listen(site);
  const tab = await visitGranted(site);
  await site.context.addCookies([{name: '_heat_http', value: '1', url: site.origin, httpOnly: true}]);
  await tab.page.evaluate(() => {
    document.cookie = '_heat=1;path=/';
  });
  await withdraw(tab, 'heatmap');
  await expect
    .poll(async () => (await heard(tab, 'consent-sweep')).map(({removed, kept}) => ({removed, kept})))
    .toEqual([{removed: ['_heat'], kept: []}]);
  expect(await cookieNames(site.context)).toEqual(['_heat_http', 'consent']);
});

test('a cookie that cannot be removed is told of once, and named in the preferences', async ({site}) => {
  await listen(site);
  const tab = await visitGranted(site, {
    // Some of the page's own code keeps that cookie, as does a tag that runs on: gone, it is back at once.
    head: `<script>
      const {get, set} = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      Object.defineProperty(Document.prototype, 'cookie', {
        get: () => get.call(document),
        set(text) { set.call(document, text); set.call(document, '_heat_kept=1;path=/'); },
      });
    </script>`,
  });
  await tab.page.evaluate(() => {
    document.cookie = '_heat_gone=1;path=/';
  });
  await withdraw(tab, 'heatmap');
  const sweeps = async () => (await heard(tab, 'consent-sweep')).map(({removed, kept}) => ({removed, kept}));
  await expect.poll(sweeps).toEqual([{removed: ['_heat_gone'], kept: ['_heat_kept']}]);
  await tab.openPreferences();
  await expect(tab.preferences.getByText('_heat_kept')).toBeVisible();
  await expect(tab.preferences.getByText('_heat_gone')).toHaveCount(0);
  // Another choice finds it again, and has nothing new to say.
  await tab.press('save');
  await site.wire.quiet();
  expect(await sweeps()).toHaveLength(1);
});

test.describe('what a tag writes as its page goes away is gone at the next start:', () => {
  /** A tag that writes on its way out, and holds a database open until then. */
  const LEAVING = `
    (window.ran ??= []).push('tag');
    indexedDB.open('heat:held').onsuccess = ({target}) => { window.held = target.result; };
    caches.open('heat:cache');
    const write = () => {
      document.cookie = '_heat=again;path=/';
      localStorage.setItem('heat:again', '1');
      sessionStorage.setItem('heat:again', '1');
      caches.open('heat:late');
      indexedDB.open('heat:late');
    };
    write();
    addEventListener('pagehide', write);`;

  test('cookies, items, databases and caches', async ({site}) => {
    const tab = await visitGranted(site, {body: inline('tag', of('heatmap'), LEAVING)});
    await expect.poll(() => ran(tab)).toEqual(['tag']);
    await expect.poll(async () => (await stores(tab)).databases).toEqual(['heat:held', 'heat:late']);
    site.wire.forget();
    await tab.untilReloaded(() => withdraw(tab, 'heatmap'));
    await expect.poll(() => stores(tab)).toEqual({databases: [], caches: []});
    await expect.poll(() => cookieNames(site.context)).toEqual(['consent']);
    expect(await items(tab)).toEqual([['consent', 'consent-history'], []]);
    expect(await ran(tab)).toEqual([]);
    // One reload, and none because of what came back.
    await site.wire.quiet();
    expect(visits(site)).toBe(1);
  });
});

test('a tag is told to stop before the page reloads', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, {
    config: {...version, vendors: [VENDORS.analytics, VENDORS.meta]},
    head: `<script>
      told = [];
      addEventListener('pagehide', () => {
        sessionStorage.setItem('own:told', JSON.stringify([window['ga-disable-G-DEMO123456'], ...told]));
      });
    </script>`,
  });
  await site.expectTags(['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456']);
  await tab.page.evaluate(() => {
    const page = window as unknown as {fbq: {callMethod: (...command: unknown[]) => void}; told: unknown[]};
    const {callMethod} = page.fbq;
    page.fbq.callMethod = (...command) => {
      page.told.push(command.join(' '));
      callMethod(...command);
    };
  });
  await tab.untilReloaded(() => tab.page.evaluate(() => consentGate.withdraw()));
  expect(await tab.page.evaluate(() => sessionStorage.getItem('own:told'))).toBe('[true,"consent revoke"]');
});

test.describe('a page is reloaded only where something runs that cannot be stopped:', () => {
  const deny = (tab: Tab, id: string) =>
    tab.page.evaluate((id) => consentGate.decide({vendors: {[id]: 'denied'}}), id);
  const grant = (tab: Tab, id: string) =>
    tab.page.evaluate((id) => consentGate.decide({vendors: {[id]: 'granted'}}), id);

  test('not for a vendor whose tag has not run', async ({site}) => {
    await serveTags(site);
    const tab = await visitGranted(site, {
      config: {
        ...version,
        vendors: [HEATMAP, {...OTHER, after: 'heatmap', src: 'http://localhost:8001/tags/other.js'}],
      },
    });
    site.wire.forget();
    await deny(tab, 'heatmap');
    await deny(tab, 'other');
    await expect.poll(tab.granted).not.toContain('other');
    await site.wire.quiet();
    expect(visits(site)).toBe(0);
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('not for one that the page stops itself: it goes on after another grant, and is let in once', async ({
    site,
  }) => {
    const tab = await visitGranted(site, {
      config: {
        ...version,
        vendors: [
          {...VENDORS.analytics, reload: false},
          {...VENDORS.meta, reload: false},
        ],
      },
    });
    const TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456'];
    await site.expectTags(TAGS);
    const report = (name: string) =>
      tab.page.evaluate((name) => {
        const {gtag, fbq} = window as unknown as Record<string, (...command: unknown[]) => void>;
        gtag?.('event', name);
        // Meta's own revocation holds events back, and sends them once there is a grant.
        if (name !== 'denied') fbq?.('trackCustom', name);
      }, name);
    const isStopped = () =>
      tab.page.evaluate(() => (window as unknown as Record<string, boolean>)['ga-disable-G-DEMO123456']);
    const reports = () =>
      site.wire
        .hits()
        .map(
          ({pathname, searchParams: query}) => `${pathname.slice(9)} ${query.get('en') ?? query.get('ev')}`,
        )
        .sort();

    await report('granted');
    await tab.page.evaluate(() => consentGate.withdraw());
    await expect.poll(isStopped).toBe(true);
    await report('denied');
    await site.wire.quiet();
    const before = [
      'google-analytics granted',
      'google-analytics page_view',
      'meta-pixel PageView',
      'meta-pixel granted',
    ];
    expect(reports()).toEqual(before);
    await grant(tab, 'google-analytics');
    await grant(tab, 'meta-pixel');
    await expect.poll(isStopped).toBe(false);
    await report('granted again');
    await expect
      .poll(reports)
      .toEqual([...before, 'google-analytics granted again', 'meta-pixel granted again'].sort());
    // The page was never loaded again, and neither was a tag.
    await site.expectTags(TAGS);
    expect(visits(site)).toBe(1);
  });

  test('once for one that runs on, though it comes back with every page and leaves what stays', async ({
    site,
  }) => {
    await serveTags(site);
    const tab = await visitGranted(site, {
      body: `${inline('tag', of('heatmap'))}
        <script>
          // Of the page itself, as wrong as can be: writes in the vendor's name on every page.
          document.cookie = '_heat_again=1;path=/';
          setInterval(() => { document.cookie = '_heat_again=1;path=/'; }, 50);
        </script>`,
    });
    await expect.poll(() => ran(tab)).toEqual(['tag']);
    site.wire.forget();
    await tab.untilReloaded(() => withdraw(tab, 'heatmap'));
    await tab.expectNoBanner();
    expect(visits(site)).toBe(1);
    expect(await ran(tab)).toEqual([]);
  });
});
