/** After "reject": nothing of a vendor's, one record of our own, and no second question. */
import {expect, test} from '../support/site.js';

const HALF_A_YEAR = 182 * 86400;

test('rejecting lets nothing in, now and on the next page, and is not asked again', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.rejectAll();
  await site.wire.quiet();
  await tab.reload();
  await tab.expectNoBanner();
  await tab.goTo('/policy.html');
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
  expect(await tab.granted()).toEqual(['essential']);
  expect(Object.keys(await site.cookies())).toEqual(['consent']);
  expect(Object.keys(await tab.storage()).sort()).toEqual(['consent', 'consent-history']);
});

test('the record is one cookie of this host, in the documented form, with its copy in localStorage', async ({
  site,
}) => {
  const tab = await site.visit('/marketing.html');
  const before = Math.floor(Date.now() / 1000);
  await tab.rejectAll();
  const [cookie, ...others] = await site.context.cookies();
  expect(others).toEqual([]);
  const [, decidedAt = ''] = /^1\.2026-11-01\.([0-9a-z]+)\./.exec(cookie?.value ?? '') ?? [];
  const time = Number.parseInt(decidedAt, 36);
  expect(time - before).toBeGreaterThanOrEqual(0);
  expect(time - before).toBeLessThan(30);
  expect(cookie).toMatchObject({
    name: 'consent',
    value: `1.2026-11-01.${decidedAt}.banner.essential.functional_analytics_advertising.-.-.-`,
    // Without a leading dot: no subdomain sees it.
    domain: new URL(site.origin).hostname,
    path: '/',
    sameSite: 'Lax',
    secure: false,
    httpOnly: false,
  });
  expect(Math.abs((cookie?.expires ?? 0) - time - HALF_A_YEAR)).toBeLessThan(5);
  expect(await tab.storage()).toEqual({
    consent: cookie?.value,
    'consent-history': JSON.stringify([cookie?.value]),
  });
});

test('a vendor that differs from its category is named as an exception in the record', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.choose({
    analytics: true,
    advertising: true,
    'meta-pixel': false,
    functional: false,
    'demo-video': true,
  });
  const {consent = ''} = await site.cookies();
  const fields = consent.split('.');
  const sorted = (list = '') => list.split('_').sort().join('_');
  expect(fields[3]).toBe('preferences');
  expect(fields.slice(4).map(sorted)).toEqual([
    'advertising_analytics_essential',
    'functional',
    'demo-video',
    'meta-pixel',
    '-',
  ]);
});

test('a record in the mirror alone counts, and its cookie is written again', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.rejectAll();
  const {consent} = await site.cookies();
  await site.context.clearCookies();
  await tab.reload();
  await tab.expectNoBanner();
  expect(await site.cookies()).toEqual({consent});
});

test('a record that does not parse is no choice: the visitor is asked, and nothing is let in', async ({
  site,
}) => {
  await site.remember('1.2026-11-01.zzz.banner.essential_analytics_advertising.-.-.-');
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.rejectAll();
  expect((await site.cookies())['consent']).toMatch(/^1\.2026-11-01\.[0-9a-z]+\.banner\.essential\./);
});
