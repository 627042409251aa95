/**
 * Google Consent Mode beyond its basic form: where the site asks for it, Google's tags load before a choice, cookieless, and
 * hear first what is denied. Nowhere else, and no other vendor's.
 */
import {pageOf, VENDORS} from '../support/page.js';
import {expect, recordOf, test} from '../support/site.js';
import {visitPage} from '../support/tags.js';

const vendors = [VENDORS.analytics, VENDORS.meta];
const regime = {default: 'opt-in', US: 'opt-out'};
const ANALYTICS_TAG = '/gtag/js?id=G-DEMO123456';

/** Google's queue as its script has it, each command a list. */
const queueOf = (tab: {page: import('playwright/test').Page}) =>
  tab.page.evaluate(() =>
    [...(window as unknown as {dataLayer: ArrayLike<unknown>[]}).dataLayer].map((entry) => [
      ...Array.from(entry),
    ]),
  );

test('advanced mode lets Google’s tags in before a choice where the site names the region, with everything denied', async ({
  site,
}) => {
  const consentMode = {basic: false, advanced: ['JP'], adsDataRedaction: true};
  const tab = await visitPage(site, {config: {region: 'JP', vendors, consentMode}});
  await tab.expectBanner();
  await site.expectTags([ANALYTICS_TAG]);
  // The hit says that nothing is granted, and nothing is stored.
  await expect
    .poll(() => site.wire.hits().map(({searchParams}) => searchParams.get('gcs')))
    .toEqual(['G100']);
  expect(await site.cookies()).toEqual({});
  const [first, second] = await queueOf(tab);
  expect(first?.slice(0, 2)).toEqual(['consent', 'default']);
  expect(second).toEqual(['set', 'ads_data_redaction', true]);
});

test('advanced mode hears a refusal as an update, and goes on without cookies', async ({site}) => {
  const consentMode = {basic: false, advanced: true};
  const tab = await visitPage(site, {config: {region: 'JP', vendors, consentMode}});
  await site.expectTags([ANALYTICS_TAG]);
  await tab.rejectAll();
  const updates = (await queueOf(tab)).filter(([, kind]) => kind === 'update');
  expect(updates.map(([, , signals]) => (signals as Record<string, string>)['analytics_storage'])).toEqual([
    'denied',
  ]);
  await site.wire.quiet();
  expect(Object.keys(await site.cookies())).toEqual(['consent']);
});

for (const [title, config] of [
  ['in another region', {region: 'DE', consentMode: {basic: false, advanced: ['JP']}}],
  ['in an unknown region', {consentMode: {basic: false, advanced: ['JP']}}],
  ['where basic mode is not given up', {region: 'JP', consentMode: {advanced: ['JP']}}],
] as const) {
  test(`advanced mode lets nothing in ${title}`, async ({site}) => {
    const tab = await visitPage(site, {config: {vendors, ...config}});
    await tab.expectBanner();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    await tab.acceptAll();
    await site.expectTags(['/en_US/fbevents.js', ANALYTICS_TAG]);
  });
}

test('Google gets a default for each region where only it can know the region', async ({site}) => {
  const consentMode = {basic: false, advanced: true, waitForUpdate: 500};
  const tab = await visitPage(site, {config: {regime, vendors, consentMode}});
  await tab.expectBanner();
  await site.expectTags([ANALYTICS_TAG]);
  const defaults = (await queueOf(tab))
    .filter(([, kind]) => kind === 'default')
    .map(([, , signals]) => signals as Record<string, unknown>);
  expect(
    defaults.map(({region, wait_for_update, ad_storage}) => [region, wait_for_update, ad_storage]),
  ).toEqual([
    [undefined, undefined, 'denied'],
    [undefined, 500, 'denied'],
    [['US'], 500, 'granted'],
  ]);
});

test('a default that the head of the page has said is not said again, and the choice follows it', async ({
  site,
}) => {
  await site.remember(recordOf({categories: ['analytics', 'functional_advertising']}));
  const snippet = `<script>window.dataLayer = [];
    (function () { dataLayer.push(arguments); })('consent', 'default', {analytics_storage: 'granted'});
    dataLayer.told = 1;</script>`;
  await site.serve('/page.html', pageOf({config: {vendors}, head: snippet}));
  const tab = await site.visit('/page.html');
  await site.expectTags([ANALYTICS_TAG]);
  const kinds = (await queueOf(tab)).filter(([command]) => command === 'consent').map(([, kind]) => kind);
  expect(kinds).toEqual(['default', 'update']);
});
