/**
 * Which advertisement brought the visitor: known to a tag that is granted two routes later, and kept nowhere until then.
 */
import {pageOf, VENDORS} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';
import {serveTags, vendorOf} from '../support/tags.js';

const config = {vendors: [VENDORS.ads, VENDORS.yahoo]};
const LANDING = '/page.html?gclid=CLICK1&yclid=CLICK2&q=shoes';

async function land(site: Site, options: object = config): Promise<Tab> {
  await site.serve('/page.html', pageOf({config: options}));
  await site.serve('/shop/shoes', pageOf({config: options}));
  const tab = await site.visit(LANDING);
  await tab.expectBanner();
  return tab;
}

const goOn = ({page}: Tab, route: string) =>
  page.evaluate((route) => history.pushState({route}, '', route), route);

test('click ids reach tags that are granted on a later route, and the address is as it was', async ({
  site,
}) => {
  const tab = await land(site);
  await goOn(tab, '/shop');
  await goOn(tab, '/shop/shoes?size=9');
  expect(await site.cookies()).toEqual({});
  expect(await tab.storage()).toEqual({});
  await tab.acceptAll();
  await expect.poll(async () => (await site.cookies())['_gcl_aw'] ?? '').toContain('CLICK1');
  await expect.poll(async () => JSON.stringify(await site.cookies())).toContain('CLICK2');
  await expect.poll(() => new URL(tab.page.url()).search).toBe('?size=9');
  expect(await tab.page.evaluate(() => history.state)).toEqual({route: '/shop/shoes?size=9'});
});

test('a refusal hands nothing on: nothing is stored, and the address does not show them again', async ({
  site,
}) => {
  const tab = await land(site);
  await goOn(tab, '/shop/shoes');
  await tab.rejectAll();
  await site.wire.quiet();
  expect(Object.keys(await site.cookies())).toEqual(['consent']);
  expect(tab.page.url()).not.toContain('CLICK');
  expect(site.wire.toVendors()).toEqual([]);
});

test('a press that comes ahead of their file does not lose them', async ({site}) => {
  let come = () => {};
  const pressed = new Promise<void>((resolve) => {
    come = resolve;
  });
  await site.context.route('**/attribution.js', async (route) => {
    await pressed;
    await route.continue();
  });
  const tab = await land(site);
  await goOn(tab, '/shop/shoes');
  await tab.acceptAll();
  come();
  await expect.poll(async () => (await site.cookies())['_gcl_aw'] ?? '').toContain('CLICK1');
  await expect.poll(() => new URL(tab.page.url()).search).toBe('');
});

test('a file that never comes holds the tags up for a moment only', async ({site}) => {
  await site.context.route('**/attribution.js', () => {});
  const tab = await land(site);
  await goOn(tab, '/shop/shoes');
  await tab.acceptAll();
  await expect.poll(async () => Object.keys(await site.cookies())).toContain('_gcl_au');
});

test('they outlive a reload on a later route, in its history entry alone', async ({site}) => {
  const tab = await land(site);
  await goOn(tab, '/shop/shoes');
  // Their file comes behind the banner.
  await expect.poll(() => tab.page.evaluate(() => JSON.stringify(history.state))).toContain('CLICK1');
  await tab.reload();
  await tab.expectBanner();
  expect(Object.keys(await tab.storage())).toEqual([]);
  await tab.acceptAll();
  await expect.poll(async () => (await site.cookies())['_gcl_aw'] ?? '').toContain('CLICK1');
});

test('with attribution off they are left to the page', async ({site}) => {
  const tab = await land(site, {...config, attribution: false});
  await goOn(tab, '/shop/shoes');
  await tab.acceptAll();
  await expect.poll(async () => Object.keys(await site.cookies())).toContain('_gcl_au');
  await site.wire.quiet();
  expect(await site.cookies()).not.toHaveProperty('_gcl_aw');
});

test('what any vendor of the catalogue reads is handed on, and what the site adds', async ({site}) => {
  // A tag that says which address it has seen, as every vendor's reads it.
  const attribution = ['partner', 'aff_*'];
  const vendors = [vendorOf('heat')];
  await serveTags(site, {heat: 'window.seen = location.search'});
  await site.serve('/page.html', pageOf({config: {vendors, attribution}}));
  const ids = 'mtm_campaign=A&pk_kwd=B&_gl=C&gad_source=D&gad_campaignid=E&rdt_cid=F&partner=G&aff_id=H';
  const tab = await site.visit(`/page.html?q=shoes&${ids}`);
  await tab.expectBanner();
  await goOn(tab, '/shop/shoes?size=9');
  await tab.acceptAll();
  const seen = () => tab.page.evaluate(() => (window as unknown as {seen?: string}).seen);
  await expect.poll(seen).toBe(`?size=9&${ids}`);
  await expect.poll(() => new URL(tab.page.url()).search).toBe('?size=9');
});

test('a parameter that only the site knows is enough to be looked at', async ({site}) => {
  const vendors = [vendorOf('heat')];
  await serveTags(site, {heat: 'window.seen = location.search'});
  await site.serve('/page.html', pageOf({config: {vendors, attribution: ['partner']}}));
  const tab = await site.visit('/page.html?partner=G');
  await tab.expectBanner();
  await goOn(tab, '/shop');
  await tab.acceptAll();
  await expect
    .poll(() => tab.page.evaluate(() => (window as unknown as {seen?: string}).seen))
    .toBe('?partner=G');
});
