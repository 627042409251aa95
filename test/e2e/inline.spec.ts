/** The loader in the page's own HTML: nothing of ours is fetched for those who have chosen, and all that holds holds. */
import {inlined} from '../support/inlined.js';
import {VENDORS} from '../support/page.js';
import {expect, recordOf, type Site, test} from '../support/site.js';
import {ran, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const controller = {name: 'Example Ltd', contact: 'mailto:privacy@example.com'};
const config = {
  controller,
  policy: {version: '2026-11-01'},
  vendors: [VENDORS.analytics, VENDORS.ads, VENDORS.yahoo, VENDORS.meta],
};
const TAGS = ['/en_US/fbevents.js', '/gtag/js?id=G-DEMO123456', '/images/listing/tool/cv/ytag.js'];

/** A cookie alone would be copied to storage, by a file of its own. */
async function keep(site: Site, record: string): Promise<void> {
  await site.remember(record);
  await site.context.addInitScript((text) => {
    // Not in frames without an origin.
    if (origin !== 'null') localStorage.setItem('consent', text);
  }, record);
}

const ours = (site: Site) => site.wire.toSite().filter((path) => path.startsWith('/dist/'));

test('who has chosen gets the granted tags, and fetches nothing of ours', async ({site}) => {
  await site.serve(PATH, inlined(config).page());
  await keep(site, recordOf());
  const tab = await site.visit(PATH);
  await site.expectTags(TAGS);
  expect(await tab.granted()).toContain('meta-pixel');
  expect(ours(site)).toEqual([]);
});

test('who has refused gets none, and fetches what looks after a denial, nothing else', async ({site}) => {
  const record = recordOf({categories: ['essential', 'functional_analytics_advertising']});
  await site.serve(PATH, inlined(config).page());
  await keep(site, record);
  await (await site.visit(PATH)).expectNoBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(ours(site)).toEqual(['/dist/cdn/denied.js']);
});

test('who is asked fetches the banner and what carries the answer out; nothing leaves before the choice, and all that is granted after it', async ({
  site,
}) => {
  await site.serve(PATH, inlined(config).page());
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  // The other files come behind it.
  expect(ours(site).filter((path) => !/denied|check-config|attend|around/.test(path))).toEqual([
    '/dist/cdn/prompt/en.js',
    '/dist/cdn/choice.js',
  ]);
  await tab.acceptAll();
  await site.expectTags(TAGS);
  await tab.untilReloaded(() =>
    tab.page.evaluate(() =>
      (window as unknown as {consentGate: {rejectAll(): void}}).consentGate.rejectAll(),
    ),
  );
  site.wire.forget();
  await tab.expectNoBanner();
  expect(site.wire.tags()).toEqual([]);
});

test('a vendor with a file of its own comes along: its calls are heard, and nothing of ours is fetched', async ({
  site,
}) => {
  const pixel = {id: 'x-pixel', tagId: 'o1abc', src: `${VENDOR}/tags/pixel.js`};
  await serveTags(site, {
    pixel: `window.heard = (window.twq.queue ?? []).map((call) => [...call].join(' '));`,
  });
  const page = inlined({
    controller,
    vendors: [pixel, vendorOf('later')].map((vendor, index) =>
      index ? {...vendor, pages: ['/page*']} : vendor,
    ),
  });
  await site.serve(PATH, page.page({body: `<script>twq('event', 'tw-1', {})</script>`}));
  const record = recordOf({policyVersion: '0'});
  await keep(site, record);
  const tab = await site.visit(PATH);
  await site.expectTags(['/tags/later.js', '/tags/pixel.js']);
  expect(await ran(tab)).toContain('later');
  const heard = await tab.page.evaluate(() => (window as unknown as {heard: string[]}).heard);
  expect(heard[0]).toMatch(/^config o1abc/);
  expect(heard.at(-1)).toMatch(/^event tw-1/);
  expect(ours(site)).toEqual([]);
});

test('a policy with its hash, the folder of the other files and the vendors is enough', async ({site}) => {
  const here = {
    ...config,
    vendors: [vendorOf('heat')].map((vendor) => ({
      ...vendor,
      src: vendor.src.replace(VENDOR, site.vendorOrigin),
    })),
  };
  await serveTags(site);
  const {page, hashes} = inlined(here);
  const headers = {
    'content-security-policy': `default-src 'none'; script-src ${hashes[0]} 'self' ${site.vendorOrigin}; style-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types consent-gate lit-html`,
  };
  await site.serve(PATH, {html: page(), headers});
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await tab.acceptAll();
  await site.expectTags(['/tags/heat.js']);
  expect(await ran(tab)).toEqual(['heat']);
});

test('texts of the configuration stay texts', async ({site}) => {
  const name = '</script><script>window.ran = ["hole"]</script><!-- $& $1 \u2028 株式会社';
  await site.serve(PATH, inlined({...config, controller: {...controller, name}}).page());
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await expect(tab.banner).toContainText('</script><script>window.ran = ["hole"]</script><!-- $& $1');
  await expect(tab.banner).toContainText('株式会社');
  expect(await tab.page.evaluate(() => 'ran' in window)).toBe(false);
});
