/** After "accept": exactly the declared tags, once each, from their real addresses, each vendor's calls in its order. */
import {REAL_TAGS, useRealAddresses} from '../support/real-addresses.js';
import {expect, MARKETING_TAGS, type Tab, test} from '../support/site.js';

interface Queues {
  dataLayer: ArrayLike<unknown>[];
  yjDataLayer: ArrayLike<{type: string; config: object}>[];
  fbq: ((...command: unknown[]) => void) & {queue: ArrayLike<unknown>[]};
  gtag: (...command: unknown[]) => void;
  ytag: (command: {type: string; config: object}) => void;
  consentGate: {acceptAll(): void; decide(answers: object): void};
}

/** The calls that wait in a vendor's queue, as lists; dates as the word `date`. */
const queueOf = ({page}: Tab, name: 'dataLayer' | 'yjDataLayer' | 'fbq') =>
  page.evaluate((name) => {
    const queues = window as unknown as Queues;
    const queue = name === 'fbq' ? queues.fbq.queue : queues[name];
    return [...queue].map((entry) =>
      [...(entry as ArrayLike<unknown> & Iterable<unknown>)].map((part) =>
        part instanceof Date ? 'date' : part,
      ),
    );
  }, name);

const signals = (word: 'granted' | 'denied') => ({
  ad_storage: word,
  ad_user_data: word,
  ad_personalization: word,
  analytics_storage: word,
  functionality_storage: word,
  personalization_storage: word,
  security_storage: 'granted',
});

test('accepting asks for every declared tag once, at its real address', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await site.expectTags(REAL_TAGS);
});

test('accepting again, from anywhere, asks for nothing twice', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.acceptAll();
  await site.expectTags(REAL_TAGS);
  const hits = site.wire.hits().length;
  await tab.openPreferences();
  await tab.press('accept-all');
  await expect(tab.preferences).toBeHidden();
  await tab.page.evaluate(() => {
    const {consentGate} = window as unknown as Queues;
    consentGate.acceptAll();
    consentGate.decide({categories: {advertising: 'granted'}, vendors: {'meta-pixel': 'granted'}});
  });
  await site.expectTags(REAL_TAGS);
  expect(site.wire.hits()).toHaveLength(hits);
});

test('a loader that is added twice asks for nothing twice', async ({site}) => {
  const twice = '<script src="/dist/cdn/consent-gate.js"></script>';
  await site.edit('/marketing.html', (html) =>
    html.replace('</head>', `${twice}</head>`).replace('</body>', `${twice}</body>`),
  );
  const tab = await site.visit('/marketing.html');
  await tab.acceptAll();
  await site.expectTags(MARKETING_TAGS);
  await expect(tab.page.locator('consent-banner')).toHaveCount(1);
  expect(site.warnings.filter((warning) => /started twice/.test(warning))).toHaveLength(2);
});

test('the next page asks for the same tags once, without asking the visitor', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.acceptAll();
  await site.expectTags(REAL_TAGS);
  site.wire.forget();
  await tab.reload();
  await site.expectTags(REAL_TAGS);
  await tab.expectNoBanner();
});

test('Google hears default, update, js and config, in this order and before the page’s own calls', async ({
  site,
}) => {
  await useRealAddresses(site, 'nothing');
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    (window as unknown as Queues).gtag('event', 'early');
  });
  expect(await queueOf(tab, 'dataLayer')).toEqual([
    ['consent', 'default', signals('denied')],
    ['event', 'early'],
  ]);
  await tab.acceptAll();
  await expect
    .poll(() => queueOf(tab, 'dataLayer'))
    .toEqual([
      ['consent', 'default', signals('denied')],
      ['consent', 'update', signals('granted')],
      ['js', 'date'],
      ['config', 'G-DEMO123456'],
      ['config', 'AW-123456789'],
      ['event', 'early'],
    ]);
});

test('Yahoo! JAPAN hears its general tag before retargeting and before the page’s own calls', async ({
  site,
}) => {
  await useRealAddresses(site, 'nothing');
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  const early = {type: 'yss_conversion', config: {yahoo_conversion_id: '1234567890'}};
  await tab.page.evaluate((early) => (window as unknown as Queues).ytag(early), early);
  await tab.acceptAll();
  await expect
    .poll(() => queueOf(tab, 'yjDataLayer'))
    .toEqual([
      [{type: 'ycl_cookie', config: {ycl_use_non_cookie_storage: true}}],
      [{type: 'yss_retargeting', config: {yahoo_ss_retargeting_id: '1234567890'}}],
      [early],
    ]);
});

test('Meta hears init before PageView and before the page’s own calls', async ({site}) => {
  await useRealAddresses(site, 'nothing');
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tab.page.evaluate(() => (window as unknown as Queues).fbq('track', 'Lead'));
  await tab.acceptAll();
  await expect
    .poll(() => queueOf(tab, 'fbq'))
    .toEqual([
      ['init', '123456789012345'],
      ['track', 'PageView'],
      ['track', 'Lead'],
    ]);
});

test('every report that leaves says that consent was given, and each vendor reports the view once', async ({
  site,
}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html?gclid=click&yclid=click&fbclid=click');
  await tab.acceptAll();
  await site.expectTags(REAL_TAGS);
  const hits = site.wire.hits().map(({hostname, pathname, searchParams}) => {
    const {gcs, tid, en, ev, type, general} = Object.fromEntries(searchParams);
    return [hostname + pathname, en ?? ev ?? type, tid, gcs, general].filter(Boolean).join(' ');
  });
  expect(hits.sort()).toEqual([
    'b97.yahoo.co.jp/pagead/conversion/1234567890/ yss_retargeting 1',
    'googleads.g.doubleclick.net/pagead/viewthroughconversion/123456789/ page_view AW-123456789 G111',
    'localhost/collect/demo-reviews load',
    'localhost/collect/demo-video view',
    'www.facebook.com/tr/ PageView',
    'www.google-analytics.com/g/collect page_view G-DEMO123456 G111',
  ]);
  expect(Object.keys(await site.cookies()).sort()).toEqual([
    ...['_fbc', '_fbp', '_ga', '_ga_DEMO123456', '_gcl_au', '_gcl_aw', '_ycl_yjad', '_yjsu_yjad', 'consent'],
  ]);
});

test('what the page reports after consent reaches each vendor', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.acceptAll();
  await site.expectTags(MARKETING_TAGS);
  site.wire.forget();
  await tab.page.locator('#trial-form [name="name"]').fill('青葉 みどり');
  await tab.page.locator('#trial-form [name="email"]').fill('midori@aoba.example');
  await tab.page.locator('#trial-form button').click();
  const reported = () =>
    site.wire
      .hits()
      .map(
        ({pathname, searchParams: query}) =>
          `${pathname} ${query.get('en') ?? query.get('ev') ?? query.get('type')}`,
      )
      .sort();
  await expect
    .poll(reported)
    .toEqual([
      '/collect/google-ads conversion',
      '/collect/google-ads generate_lead',
      '/collect/google-analytics generate_lead',
      '/collect/meta-pixel Lead',
      '/collect/yahoo-japan-ads yss_conversion',
    ]);
});
