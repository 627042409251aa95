/** A second account of one vendor, by a call of the page's own: it comes and goes with the vendor's grant. */
import {pageOf, VENDORS} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';
import {inline, of} from '../support/tags.js';

const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics, VENDORS.meta]};
const body =
  inline('', of('google-analytics'), "gtag('config', 'G-SECOND1234');") +
  inline(
    '',
    of('meta-pixel', 'advertising'),
    "fbq('init', '543210987654321'); fbq('trackSingle', '543210987654321', 'PageView');",
  );

async function visit(site: Site): Promise<Tab> {
  await site.serve('/page.html', pageOf({config, body}));
  return site.visit('/page.html');
}

/** Accounts that were told of a page view. */
const accounts = ({wire}: Site) =>
  [...new Set(wire.hits().map(({searchParams}) => searchParams.get('tid') ?? searchParams.get('id')))].sort();

const ALL = ['123456789012345', '543210987654321', 'G-DEMO123456', 'G-SECOND1234'];

test('is told of nothing before its vendor is granted, of each page view then, and of nothing once denied', async ({
  site,
}) => {
  const tab = await visit(site);
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await expect.poll(() => accounts(site)).toEqual(ALL);
  site.wire.forget();
  await tab.reload();
  await expect.poll(() => accounts(site)).toEqual(ALL);
  site.wire.forget();
  await tab.untilReloaded(() => tab.choose({analytics: false, advertising: false}));
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
});

test('is stopped with the first one where the page stays', async ({site}) => {
  const tab = await visit(site);
  await tab.acceptAll();
  await expect.poll(() => accounts(site)).toEqual(ALL);
  // Somebody has begun to write: the page is not loaded anew.
  await tab.page.evaluate(() => document.body.append(document.createElement('textarea')));
  await tab.page.locator('textarea').fill('Dear Sir or Madam');
  site.wire.forget();
  await tab.page.evaluate(() => {
    const page = window as unknown as {
      consentGate: {rejectAll(): void};
      gtag: (...command: unknown[]) => void;
      fbq: (...command: unknown[]) => void;
    };
    page.consentGate.rejectAll();
    Object.assign(window, {
      later() {
        page.gtag('event', 'scroll');
        page.fbq('track', 'Contact');
      },
    });
  });
  await expect.poll(() => tab.granted()).toEqual(['essential']);
  await tab.page.evaluate(() => (window as unknown as {later: () => void}).later());
  await site.wire.quiet();
  expect(await tab.page.locator('textarea').inputValue()).toBe('Dear Sir or Madam');
  expect(accounts(site)).toEqual([]);
});

test('as a second entry of the configuration it is left out, and the console says what to do', async ({
  site,
}) => {
  const vendors = [VENDORS.meta, {...VENDORS.meta, tagId: '543210987654321'}];
  await site.serve('/page.html', pageOf({config: {...config, vendors}}));
  const tab = await site.visit('/page.html');
  const said = 'a second account is a call of its own: docs/configuration.md#a-second-account';
  await expect.poll(() => site.warnings.some((text) => text.includes(said))).toBe(true);
  await tab.acceptAll();
  await expect.poll(() => accounts(site)).toEqual(['123456789012345']);
});
