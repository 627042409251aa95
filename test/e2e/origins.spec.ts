/** What changes with the scheme of the page: `Secure` on https, nothing on http, and a page opened from a folder. */
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {pageOf, VENDORS} from '../support/page.js';
import {expect, test} from '../support/site.js';

const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics]};

for (const {scheme, secure} of [
  {scheme: 'https', secure: true},
  {scheme: 'http', secure: false},
]) {
  test(`on ${scheme}: the record’s cookie is ${secure ? 'Secure' : 'not Secure'}, and the next page has the choice`, async ({
    site,
    baseURL,
  }) => {
    await site.context.route(`${scheme}://shop.example/**`, async (route) => {
      const {pathname} = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({contentType: 'text/html', body: pageOf({config})});
      const file = await fetch(baseURL + pathname);
      await route.fulfill({contentType: `${file.headers.get('content-type')}`, body: await file.text()});
    });
    const tab = await site.newTab();
    await tab.page.goto(`${scheme}://shop.example/`);
    await tab.rejectAll();
    const [cookie] = await site.context.cookies(`${scheme}://shop.example/`);
    expect(cookie).toMatchObject({name: 'consent', path: '/', sameSite: 'Lax', secure});
    await tab.reload();
    await tab.expectNoBanner();
    // The witness takes the shop for somebody else.
    expect(site.wire.toVendors().filter((url) => !url.includes('//shop.example/'))).toEqual([]);
  });
}

test('from a folder, where a page has no cookies, everything is denied and nothing is thrown', async ({
  site,
}) => {
  const loader = pathToFileURL(
    fileURLToPath(new URL('../../dist/cdn/consent-gate.js', import.meta.url)),
  ).href;
  const file = join(mkdtempSync(join(tmpdir(), 'consent-gate-')), 'page.html');
  writeFileSync(file, pageOf({config, loader: `<script src="${loader}" async></script>`}));
  const tab = await site.newTab();
  await tab.page.goto(pathToFileURL(file).href);
  expect(await tab.granted()).toEqual(['essential']);
  await site.wire.quiet();
  expect(site.wire.toVendors().filter((url) => !url.startsWith('file:'))).toEqual([]);
});
