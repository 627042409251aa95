/**
 * What a page calls before a vendor is here: held in memory, heard once and in order after a grant, never after a
 * refusal, and never without end. Google hears what is granted before it hears anything else, on every page.
 */
import {BLOCKING_LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {visitPage} from '../support/tags.js';

interface Queues {
  dataLayer: ArrayLike<unknown>[];
  yjDataLayer: ArrayLike<{type: string; config: object}>[];
  fbq: ((...command: unknown[]) => void) & {queue: ArrayLike<unknown>[]};
  gtag: (...command: unknown[]) => void;
  ytag: (command: {type: string; config: object}) => void;
  mine: unknown[];
  atStart: unknown[][][];
}

const config = {
  policy: {version: '2026-11-01'},
  vendors: [VENDORS.analytics, VENDORS.ads, VENDORS.yahoo, VENDORS.meta],
};
const VENDOR_TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456', '/images/listing/tool/cv/ytag.js'];

/** The page calls every vendor by each of these names, in this order. */
const call = ({page}: Tab, ...names: string[]) =>
  page.evaluate((names) => {
    const {gtag, fbq, ytag} = window as unknown as Queues;
    for (const name of names) {
      gtag('event', name);
      fbq('trackCustom', name);
      ytag({type: 'yss_conversion', config: {yahoo_conversion_id: '1', yahoo_conversion_label: name}});
    }
  }, names);

/** What the vendors' server heard, by vendor, in the order in which the browser sent it. */
function heardBy(site: Site): Record<string, string[]> {
  const heard: Record<string, string[]> = {};
  for (const {pathname, searchParams: query} of site.wire.hits()) {
    const name = query.get('en') ?? query.get('ev') ?? (query.get('label') || query.get('type')) ?? '';
    (heard[pathname.replace('/collect/', '')] ??= []).push(name);
  }
  return heard;
}

/** Each vendor reports the view first, by its own name for it. */
const allHear = (...names: string[]) => ({
  'google-analytics': ['page_view', ...names],
  'google-ads': ['page_view', ...names],
  'meta-pixel': ['PageView', ...names],
  'yahoo-japan-ads': ['yss_retargeting', ...names],
});

const signals = (analytics: string, ads: string, functional = ads) => ({
  ad_storage: ads,
  ad_user_data: ads,
  ad_personalization: ads,
  analytics_storage: analytics,
  functionality_storage: functional,
  personalization_storage: functional,
  security_storage: 'granted',
});

test('calls before a grant stay in memory, and each vendor hears them once, in order, after it', async ({
  site,
}) => {
  const tab = await visitPage(site, {config});
  await tab.expectBanner();
  await call(tab, 'first', 'second');
  await call(tab, 'third');
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.cookies()).toEqual({});
  expect(await tab.storage()).toEqual({});
  await tab.acceptAll();
  await expect.poll(() => heardBy(site)).toEqual(allHear('first', 'second', 'third'));
  // Nothing is heard again, whatever is chosen next.
  await tab.choose({functional: false});
  await call(tab, 'fourth');
  await site.expectTags(VENDOR_TAGS);
  expect(heardBy(site)).toEqual(allHear('first', 'second', 'third', 'fourth'));
  expect((await site.received()).filter(({path}) => path.startsWith('/collect/'))).toHaveLength(20);
});

test('calls before a refusal and while it stands are heard by nobody, not after a later grant either', async ({
  site,
}) => {
  const tab = await visitPage(site, {config});
  await tab.expectBanner();
  await call(tab, 'before');
  await tab.rejectAll();
  await call(tab, 'while refused');
  await tab.openPreferences();
  await tab.press('accept-all');
  await call(tab, 'granted');
  await expect.poll(() => heardBy(site)).toEqual(allHear('granted'));
});

test('calls on a page whose visitor refused earlier are heard by nobody, not after a grant there either', async ({
  site,
}) => {
  await site.remember(recordOf({categories: ['essential', 'functional_analytics_advertising']}));
  const tab = await visitPage(site, {config});
  await tab.expectNoBanner();
  await call(tab, 'while refused');
  await tab.choose({analytics: true, advertising: true});
  await call(tab, 'granted');
  await expect.poll(() => heardBy(site)).toEqual(allHear('granted'));
  await site.wire.quiet();
  expect(heardBy(site)).toEqual(allHear('granted'));
});

test('a choice in part keeps the calls for whom it grants, and drops those for whom it refuses', async ({
  site,
}) => {
  const tab = await visitPage(site, {config});
  await tab.expectBanner();
  await call(tab, 'early');
  await tab.choose({'yahoo-japan-ads': true});
  const yahoo = {'yahoo-japan-ads': allHear('early')['yahoo-japan-ads']};
  await expect.poll(() => heardBy(site)).toEqual(yahoo);
  await tab.choose({'meta-pixel': true});
  await expect.poll(() => heardBy(site)).toEqual({...yahoo, 'meta-pixel': ['PageView']});
});

test('a page that never stops calling fills no memory: what comes after a thousand calls is forgotten', async ({
  site,
}) => {
  const tab = await visitPage(site, {config});
  await tab.expectBanner();
  await call(tab, 'first', ...Array.from({length: 1500}, (_, index) => `call ${index}`), 'last');
  const queues = await tab.page.evaluate(() => {
    const {dataLayer, yjDataLayer, fbq} = window as unknown as Queues;
    return [dataLayer, yjDataLayer, fbq.queue].map((queue) => {
      const calls = [...queue].map((entry) =>
        JSON.stringify([...(entry as Iterable<unknown> & ArrayLike<unknown>)]),
      );
      return {
        length: queue.length,
        isFirstIn: calls.some((text) => text.includes('first')),
        isLastIn: calls.some((text) => text.includes('last')),
      };
    });
  });
  expect(queues).toEqual(Array(3).fill({length: 1000, isFirstIn: true, isLastIn: false}));
});

test('a dataLayer that the page made first is the one that is used, with what it held behind what we say', async ({
  site,
}) => {
  await site.context.route('**/gtag/js**', (route) =>
    route.fulfill({contentType: 'text/javascript', body: ''}),
  );
  const tab = await visitPage(site, {
    config,
    head: `<script>
      mine = window.dataLayer = [{pageType: 'product'}];
      function gtag() { dataLayer.push(arguments); }
      gtag('event', 'early');
    </script>`,
  });
  await tab.expectBanner();
  await tab.page.evaluate(() => (window as unknown as Queues).gtag('event', 'later'));
  await tab.acceptAll();
  const entries = () =>
    tab.page.evaluate(() => {
      const {dataLayer, mine} = window as unknown as Queues;
      if (dataLayer !== mine) throw new Error('another list');
      return mine.map((entry) => {
        const [command, kind] = (entry as ArrayLike<unknown>).length
          ? [...(entry as unknown[])]
          : ['object', Object.keys(entry as object)[0]];
        return `${command}${typeof kind === 'string' ? ` ${kind}` : ''}`;
      });
    });
  await expect
    .poll(entries)
    .toEqual([
      'consent default',
      'consent update',
      'js',
      'config G-DEMO123456',
      'config AW-123456789',
      'object pageType',
      'event early',
      'event later',
    ]);
});

test.describe('when Google’s script begins to read, it has been told default, update, js and config:', () => {
  const google = {...config, vendors: [VENDORS.analytics, VENDORS.ads]};
  const DEFAULT = ['consent', 'default', signals('denied', 'denied')];

  /** In place of Google's script: notes what it finds, each time it is run. */
  async function visitGoogle(site: Site): Promise<Tab> {
    await site.context.route('**/gtag/js**', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `(window.atStart ??= []).push([...dataLayer].map((entry) => [...entry].map((part) => part instanceof Date ? 'date' : part)));`,
      }),
    );
    return visitPage(site, {config: google});
  }
  const atStart = ({page}: Tab) => page.evaluate(() => (window as unknown as Queues).atStart ?? []);
  const layer = ({page}: Tab) =>
    page.evaluate(() =>
      [...(window as unknown as Queues).dataLayer].map((entry) => [
        ...(entry as unknown[] & ArrayLike<unknown>),
      ]),
    );

  test('on the page of the choice', async ({site}) => {
    const tab = await visitGoogle(site);
    await tab.acceptAll();
    await expect
      .poll(() => atStart(tab))
      .toEqual([
        [
          DEFAULT,
          ['consent', 'update', signals('granted', 'granted')],
          ['js', 'date'],
          ['config', 'G-DEMO123456'],
          ['config', 'AW-123456789'],
        ],
      ]);
  });

  test('on every later page', async ({site}) => {
    await site.remember(recordOf());
    const tab = await visitGoogle(site);
    for (const _ of ['first', 'second']) {
      await expect
        .poll(() => atStart(tab))
        .toEqual([
          [
            DEFAULT,
            ['consent', 'update', signals('granted', 'granted')],
            ['js', 'date'],
            ['config', 'G-DEMO123456'],
            ['config', 'AW-123456789'],
          ],
        ]);
      await tab.reload();
    }
  });

  test('on a page where something is granted after a choice in part', async ({site}) => {
    const tab = await visitGoogle(site);
    await tab.choose({functional: true});
    await tab.choose({analytics: true});
    await expect
      .poll(() => atStart(tab))
      .toEqual([
        [
          DEFAULT,
          ['consent', 'update', signals('denied', 'denied', 'granted')],
          ['consent', 'update', signals('granted', 'denied', 'granted')],
          ['js', 'date'],
          ['config', 'G-DEMO123456'],
        ],
      ]);
  });

  test('and where everything is refused it is told so, on that page and the next, and is never asked for', async ({
    site,
  }) => {
    const tab = await visitGoogle(site);
    await tab.rejectAll();
    const refused = [DEFAULT, ['consent', 'update', signals('denied', 'denied')]];
    expect(await layer(tab)).toEqual(refused);
    await tab.reload();
    await tab.expectNoBanner();
    expect(await layer(tab)).toEqual(refused);
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('an update follows when it is taken back', async ({site}) => {
    await site.remember(recordOf());
    const keep = {...google, vendors: google.vendors.map((vendor) => ({...vendor, reload: false}))};
    const tab = await visitPage(site, {config: keep, loader: BLOCKING_LOADER});
    await expect.poll(() => site.wire.hits().length).toBe(2);
    await tab.choose({advertising: false});
    expect((await layer(tab)).at(-1)).toEqual(['consent', 'update', signals('granted', 'denied', 'granted')]);
    await tab.choose({advertising: true});
    expect((await layer(tab)).at(-1)).toEqual(['consent', 'update', signals('granted', 'granted')]);
  });
});

test('where consent comes two views later, each vendor reports the first view once, as the one it comes in', async ({
  site,
}) => {
  const tab = await site.visit('/spa.html');
  await tab.expectBanner();
  const go = async (name: string) => {
    await tab.page.getByRole('link', {name}).click();
    await expect(tab.page.getByRole('heading', {level: 1})).toHaveText(name);
  };
  await go('Courses');
  await go('Word list');
  await tab.acceptAll();
  const views = () =>
    site.wire
      .hits()
      .map(
        ({searchParams: query}) =>
          `${query.get('en') ?? query.get('ev')} ${new URL(`${query.get('dl')}`).pathname}`,
      )
      .sort();
  await expect.poll(views).toEqual(['PageView /spa/words', 'page_view /spa/words']);
  await go('Courses');
  await expect.poll(views).toEqual(['PageView /spa/words', 'page_view /spa/courses', 'page_view /spa/words']);
  await site.wire.quiet();
  expect(views()).toHaveLength(3);
});

test('a container hears of each change as an event of its own, and never before its grant', async ({
  site,
}) => {
  const container = {
    id: 'google-tag-manager',
    tagId: 'GTM-DEMO12',
    src: 'http://localhost:8001/gtm.js?id=GTM-DEMO12',
  };
  const tab = await visitPage(site, {config: {vendors: [container, VENDORS.meta]}, loader: BLOCKING_LOADER});
  const entries = () =>
    tab.page.evaluate(() =>
      (window as unknown as Queues).dataLayer
        ? [...Array.from((window as unknown as Queues).dataLayer)].map((entry) =>
            'event' in Object(entry)
              ? (entry as unknown as {event: string}).event
              : Array.from(entry).slice(0, 2).join(' '),
          )
        : [],
    );
  await tab.expectBanner();
  expect(await entries()).toEqual(['consent default']);
  await tab.acceptAll();
  await expect.poll(entries).toEqual(expect.arrayContaining(['consent update', 'gtm.js', 'consent-change']));
  const order = (await entries()).filter((name) => /consent|gtm\.js/.test(name));
  expect(order).toEqual(['consent default', 'consent update', 'gtm.js', 'consent-change']);
  await tab.choose({functional: false});
  expect((await entries()).filter((name) => name === 'consent-change')).toHaveLength(2);
  await tab.reload();
  await tab.expectNoBanner();
  expect((await entries()).filter((name) => /consent|gtm\.js/.test(name))).toEqual([
    'consent default',
    'consent update',
    'gtm.js',
  ]);
});

test('what was called while everything was refused is not heard where another tab grants before our code has come', async ({
  site,
}) => {
  await site.remember(recordOf({categories: ['essential', 'functional_analytics_advertising']}));
  await site.serve('/page.html', pageOf({config, loader: BLOCKING_LOADER}));
  // Its code comes late in both tabs.
  await site.context.route('**/choice.js*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue().catch(() => {});
  });
  const tab = await site.visit('/page.html');
  await tab.expectNoBanner();
  await call(tab, 'secret');
  const other = await site.visit('/page.html');
  await other.page.evaluate(() =>
    (window as unknown as {consentGate: {acceptAll(): void}}).consentGate.acceptAll(),
  );
  await expect.poll(() => tab.granted()).toContain('advertising');
  // Anything that moves in the page makes the gate look again.
  await tab.page.evaluate(() => {
    document.body.append(document.createElement('p'));
  });
  await expect.poll(() => heardBy(site)['meta-pixel']?.filter((name) => name === 'PageView').length).toBe(2);
  await site.wire.quiet();
  expect(JSON.stringify(heardBy(site))).not.toContain('secret');
});
