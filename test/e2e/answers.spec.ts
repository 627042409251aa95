/**
 * Page code that waits for a vendor: `event_callback`, `eventCallback`, `get`. While the gate is closed it is answered as the
 * vendor answers where it fails, once, and nothing is sent. A link whose press is measured first leads on in any case, and a
 * later grant carries nobody off.
 */
import {BLOCKING_LOADER, pageOf, VENDORS} from '../support/page.js';
import {simulateVendor} from '../support/simulate-vendor.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {visitPage} from '../support/tags.js';
import {type VendorRow, vendorRows} from '../support/vendor-rows.js';

const manager = {
  id: 'google-tag-manager',
  tagId: 'GTM-DEMO12',
  src: 'http://localhost:8001/gtm.js?id=GTM-DEMO12',
};
const config = {
  policy: {version: '2026-11-01'},
  vendors: [VENDORS.analytics, VENDORS.ads, VENDORS.yahoo, manager],
};
const refused = recordOf({categories: ['essential', 'functional_analytics_advertising']});

/** Google's own snippet for a press on a link, as Google Ads hands it out. */
const CONVERSION = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  function gtag_report_conversion(url) {
    var callback = function () {
      if (typeof url != 'undefined') window.location = url;
    };
    gtag('event', 'conversion', {send_to: 'AW-123456789/AbC-D_efG', event_callback: callback});
    return false;
  }
</script>`;

const LINKS: Readonly<Record<string, string>> = {
  'Google’s conversion snippet': `${CONVERSION}
    <a id="book" href="/book" onclick="return gtag_report_conversion('/book')">Book</a>`,
  'an event for Tag Manager': `<a id="book" href="/book" onclick="
      dataLayer.push({event: 'book', eventCallback: function (id) { if (id === 'GTM-DEMO12') location = '/book'; }, eventTimeout: 300});
      return false">Book</a>`,
  'a question for the client id': `<a id="book" href="/book" onclick="
      gtag('get', 'G-DEMO123456', 'client_id', function (id) { location = '/book?' + (id ? 'cid=' + id : ''); });
      return false">Book</a>`,
  'Yahoo! JAPAN’s conversion of a press': `<a id="book" href="/book" onclick="
      ytag({type: 'yss_call_conversion', config: {yahoo_conversion_id: 1, onload_callback: function () { location = '/book'; }}});
      return false">Book</a>`,
};

/** What leads on within the page: each time is one too many, or it is not. */
const COUNTING = `${CONVERSION}<script>
  window.times = [];
  function measure(id) {
    gtag('event', 'conversion', {send_to: id, event_callback: function () { times.push(id); }});
  }
</script>
<button id="measure" onclick="measure('AW-123456789/AbC-D_efG')">Measure</button>
<form><label>Name <input id="name"></label></form>`;

const times = ({page}: Tab): Promise<string[]> =>
  page.evaluate(() => (window as unknown as {times: string[]}).times);

/** Conversions that Google's server heard of, by their labels. */
const conversions = (site: Site) =>
  site.wire
    .hits()
    .map(({searchParams}) => searchParams.get('label'))
    .filter((label) => label);

const measure = ({page}: Tab, id: string) =>
  page.evaluate((id) => (window as unknown as {measure(id: string): void}).measure(id), id);

async function expectToLeadOn(site: Site, tab: Tab): Promise<void> {
  await site.serve('/book', pageOf({body: '<p id="booked">Booked</p>'}));
  await tab.page.locator('#book').click();
  await expect(tab.page.locator('#booked')).toBeVisible();
  expect(new URL(tab.page.url()).pathname).toBe('/book');
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
}

for (const [how, body] of Object.entries(LINKS)) {
  test.describe(`a link that waits for ${how}`, () => {
    test('leads on while nobody has answered the banner, and nothing is sent', async ({site}) => {
      const tab = await visitPage(site, {config, body});
      await tab.expectBanner();
      await expectToLeadOn(site, tab);
    });

    test('leads on where everything was refused earlier, and nothing is sent', async ({site}) => {
      await site.remember(refused);
      const tab = await visitPage(site, {config, body});
      await tab.expectNoBanner();
      await expectToLeadOn(site, tab);
    });

    test('leads on where everything has just been refused, and nothing is sent', async ({site}) => {
      const tab = await visitPage(site, {config, body});
      await tab.expectBanner();
      await tab.rejectAll();
      await expectToLeadOn(site, tab);
    });

    test('leads on where its vendors have just been withdrawn, and the page stays for what was typed', async ({
      site,
    }) => {
      await site.remember(recordOf());
      const tab = await visitPage(site, {config, body: `${body}<form><input id="name"></form>`});
      await expect.poll(() => site.wire.tags().length).toBeGreaterThan(2);
      await tab.page.locator('#name').fill('Hanako');
      await tab.choose({functional: false, analytics: false, advertising: false});
      await expect(tab.page.locator('#name')).toHaveValue('Hanako');
      if (await tab.banner.isVisible()) await tab.press('close');
      await site.serve('/book', pageOf({body: '<p id="booked">Booked</p>'}));
      await tab.page.locator('#book').click();
      await expect(tab.page.locator('#booked')).toBeVisible();
    });
  });
}

test('a link leads on where the vendor’s tag is only marked up', async ({site}) => {
  const body = `${LINKS['Google’s conversion snippet']}
    <script type="text/plain" data-consent="advertising" async src="https://www.googletagmanager.com/gtag/js?id=AW-123456789"></script>`;
  const tab = await visitPage(site, {config: {policy: {version: '2026-11-01'}}, body});
  await tab.expectBanner();
  await expectToLeadOn(site, tab);
});

test('pressing Accept carries nobody off: the held call is delivered, and its function is not run again', async ({
  site,
}) => {
  const tab = await visitPage(site, {config, body: COUNTING});
  await tab.expectBanner();
  await tab.page.locator('#measure').click();
  await expect.poll(() => times(tab)).toEqual(['AW-123456789/AbC-D_efG']);
  expect(conversions(site)).toEqual([]);
  await tab.acceptAll();
  await expect.poll(() => conversions(site)).toEqual(['AbC-D_efG']);
  await site.wire.quiet();
  expect(await times(tab)).toHaveLength(1);
  // From now on it is the vendor's to answer.
  await measure(tab, 'AW-123456789/Later');
  await expect.poll(() => conversions(site)).toEqual(['AbC-D_efG', 'Later']);
  await expect.poll(() => times(tab)).toHaveLength(2);
  await site.wire.quiet();
  expect(await times(tab)).toHaveLength(2);
});

test('a call that was made before any code of ours had come is answered, and once', async ({site}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await site.context.route('**/denied.js', async (route) => {
    await held;
    await route.continue();
  });
  await site.serve('/page.html', pageOf({config, body: COUNTING}));
  const tab = await site.newTab();
  // Firefox has no `load` before it has all that was asked for until then.
  await tab.page.goto(`${site.origin}/page.html`, {waitUntil: 'commit'});
  await tab.expectBanner();
  await tab.page.locator('#measure').click();
  expect(await times(tab)).toEqual([]);
  release();
  await expect.poll(() => times(tab)).toHaveLength(1);
  await tab.acceptAll();
  await expect.poll(() => conversions(site)).toEqual(['AbC-D_efG']);
  await site.wire.quiet();
  expect(await times(tab)).toHaveLength(1);
});

test('a vendor that is granted answers for itself, though another one of its queue is refused', async ({
  site,
}) => {
  await site.remember(
    recordOf({
      categories: ['essential_advertising', 'functional_analytics'],
      vendors: ['-', 'google-tag-manager'],
    }),
  );
  const tab = await visitPage(site, {config, body: COUNTING});
  await expect.poll(() => site.wire.tags()).toContain('/gtag/js?id=AW-123456789');
  await tab.page.locator('#measure').click();
  await expect.poll(() => conversions(site)).toEqual(['AbC-D_efG']);
  await measure(tab, 'G-DEMO123456');
  await expect.poll(() => times(tab)).toEqual(['AW-123456789/AbC-D_efG', 'G-DEMO123456']);
  await site.wire.quiet();
  expect(await times(tab)).toHaveLength(2);
});

test('where the first layer cannot be fetched, a link leads on all the same', async ({site}) => {
  await site.context.route('**/prompt/*.js', (route) => route.abort());
  const tab = await visitPage(site, {config, body: LINKS['Google’s conversion snippet'] ?? ''});
  await tab.expectBanner();
  await expectToLeadOn(site, tab);
});

/** The vendor's own script, simulated: it calls the functions in what it hears. */
async function serveScript({context}: Site, row: VendorRow): Promise<void> {
  const {
    script = '',
    collector = '',
    queue = {},
    cookies = [],
    storage = [],
    marks = [],
    stop = [],
    resume = [],
  } = row;
  const simulation = {collector, queue, cookies, storage, marks, stop, resume};
  await context.route(/^https:/, (route) =>
    route.request().url() === script
      ? route.fulfill({
          contentType: 'text/javascript; charset=utf-8',
          headers: {'access-control-allow-origin': '*'},
          body: simulateVendor(simulation),
        })
      : route.fulfill({status: 204}),
  );
}

const COUNTER =
  '<script>window.given = []; window.done = function () { given.push([].slice.call(arguments)); };</script>';

const given = ({page}: Tab): Promise<unknown[][]> =>
  page.evaluate(() => (window as unknown as {given: unknown[][]}).given);

for (const row of vendorRows.filter(({awaits}) => awaits)) {
  const {id, tagId, src, awaits = [], news} = row;
  const waiting = {
    policy: {version: '2026-11-01'},
    vendors: [{id, ...(tagId && {tagId}), ...(src && {src})}],
  };
  const callAll = ({page}: Tab) => page.evaluate(awaits.map((code) => `void ${code};`).join(''));

  test.describe(`functions that a page waits for: ${id}`, () => {
    test.beforeEach(({site}) => serveScript(site, row));

    test('are called once while nobody has answered, not again once it is granted, and then by the vendor', async ({
      site,
    }) => {
      const tab = await visitPage(site, {config: waiting, body: COUNTER});
      await tab.expectBanner();
      await callAll(tab);
      await expect.poll(() => given(tab)).toHaveLength(awaits.length);
      await site.wire.quiet();
      expect(site.wire.toVendors()).toEqual([]);
      await tab.acceptAll();
      await expect.poll(() => site.wire.toVendors().length).toBeGreaterThan(1);
      await site.wire.quiet();
      const before = awaits.length * (news ? 2 : 1);
      expect(await given(tab)).toHaveLength(before);
      await callAll(tab);
      await expect.poll(() => given(tab)).toHaveLength(before + awaits.length);
      expect((await given(tab)).at(-1)).not.toEqual((await given(tab))[awaits.length - 1]);
    });

    test('are called once where it was refused earlier, and nothing is sent', async ({site}) => {
      await site.remember(refused);
      const tab = await visitPage(site, {config: waiting, body: COUNTER});
      await tab.expectNoBanner();
      await callAll(tab);
      await expect.poll(() => given(tab)).toHaveLength(awaits.length);
      await site.wire.quiet();
      expect(await given(tab)).toHaveLength(awaits.length);
      expect(site.wire.toVendors()).toEqual([]);
    });
  });
}

test('Segment’s real script hears the held call, and its function is not run again', async ({site}) => {
  const {host} = new URL(site.vendorOrigin);
  await site.context.route('**/collect/segment/v1/projects/*/settings', (route) =>
    route.fulfill({
      headers: {'access-control-allow-origin': '*'},
      json: {
        integrations: {
          'Segment.io': {apiKey: 'demo', apiHost: `${host}/collect/segment/v1`, protocol: 'http'},
        },
      },
    }),
  );
  const segment = {
    id: 'segment',
    tagId: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    src: 'http://localhost:8001/npm/@segment/analytics-next/dist/umd/standalone.js',
  };
  const tab = await visitPage(site, {
    config: {policy: {version: '2026-11-01'}, vendors: [segment]},
    loader: BLOCKING_LOADER,
    body: `${COUNTER}<script>analytics._cdn = 'http://localhost:8001/collect/segment';</script>`,
  });
  const track = (event: string) => tab.page.evaluate(`void analytics.track('${event}', {}, {}, done)`);
  const heard = () => site.wire.toVendors().filter((address) => address.includes('/collect/segment/v1/t'));
  await tab.expectBanner();
  await track('before');
  await expect.poll(() => given(tab)).toEqual([[]]);
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await expect.poll(() => heard().length).toBe(1);
  await site.wire.quiet();
  expect(await given(tab)).toEqual([[]]);
  await track('after');
  await expect.poll(() => given(tab)).toHaveLength(2);
});
