/** A page that is served as XML: the gate works, and where no banner can be built, none stands there and nothing is thrown. */
import {expect, recordOf, type Site, test} from '../support/site.js';
import {external, serveTags, VENDOR, vendorOf} from '../support/tags.js';

async function visitXml(site: Site) {
  await serveTags(site);
  const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('heat')]};
  const html = `<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A page of the tests</title>
<link rel="icon" href="data:,"/>
<script type="application/json" data-consent-config="">${JSON.stringify(config)}</script>
<script src="/dist/cdn/consent-gate.js" async="async"></script></head>
<body><h1>XHTML</h1><p><a id="link" href="#consent">Cookie settings</a></p>${external('marked')}</body></html>`;
  await site.context.route('**/page.xhtml', (route) =>
    route.fulfill({
      headers: {'content-type': 'application/xhtml+xml; charset=utf-8'},
      body: html.replaceAll(VENDOR, site.vendorOrigin),
    }),
  );
  return site.visit('/page.xhtml');
}

test('nothing is thrown, nothing is granted, no empty banner stands there, and the owner is told', async ({
  site,
}) => {
  const tab = await visitXml(site);
  await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/served as XML/));
  await tab.page.locator('#link').click();
  await site.wire.quiet();
  await expect(tab.page.locator('consent-banner')).toHaveCount(0);
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
});

test('a stored choice holds, and the script API makes one', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitXml(site);
  await site.expectTags(['/tags/heat.js', '/tags/marked.js']);
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {rejectAll(): void}}).consentGate.rejectAll(),
  );
  await expect.poll(tab.granted).toEqual(['essential']);
});
