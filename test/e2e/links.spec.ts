/**
 * Links to consent on a page without a router: what is asked for is done and said, and neither the address nor what else the
 * page does with its links is touched. Applications with routers: `routers.spec.ts`.
 */
import type {Locator} from 'playwright/test';
import {BLOCKING_LOADER, LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, POLICY_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';

const META = '/en_US/fbevents.js';
const YAHOO = '/images/listing/tool/cv/ytag.js';
const ADDRESS = '#consent-opt-out=meta-pixel';

/** The vendor is denied, on the wire and in the record, and the visitor is told so. */
async function expectDenied(site: Site, tab: Tab): Promise<void> {
  await expect(tab.banner).toContainText(/Meta/);
  await expect(tab.banner.locator('[data-action="undo"]')).toBeVisible();
  await site.wire.quiet();
  const granted = await tab.granted();
  expect(granted).toContain('yahoo-japan-ads');
  expect(granted).not.toContain('meta-pixel');
  expect(site.wire.tags()).not.toContain(META);
  expect(Object.keys(await site.cookies())).not.toContain('_fbp');
}

const pressing = (selector: string) => (tab: Tab) => tab.page.locator(selector).click();

test.describe('a page without a router', () => {
  const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.meta, VENDORS.yahoo]};
  const visitPage = async (site: Site, {head = '', body = '', loader = LOADER}, path = '/page.html') => {
    await site.serve(path.replace(/#.*/, ''), pageOf({config, head, body, loader}));
    await site.remember(recordOf());
    const tab = await site.visit(path);
    await site.expectTags([META, YAHOO]);
    site.wire.forget();
    return tab;
  };
  const expectStill = async (site: Site, tab: Tab, path: string) => {
    await expectDenied(site, tab);
    await expect(tab.page).toHaveURL(site.origin + path);
  };

  const link = (address: string) => `<p><a id="link" href="${address}">No pixel</a></p>`;

  test('with <base href> stays where it is: links, and the product’s own', async ({site}) => {
    const path = '/deep/page.html';
    const tab = await visitPage(site, {head: '<base href="/">', body: link(ADDRESS)}, path);
    await tab.page.locator('a[href="#consent"]').click();
    await expect(tab.preferences).toBeVisible();
    await expect(tab.page).toHaveURL(site.origin + path);
    await tab.press('close');
    await expect(tab.preferences).toBeHidden();
    await tab.page.locator('#link').click();
    await expectStill(site, tab, path);
  });

  test('has its fragment back, whichever way the address came', async ({site}) => {
    const path = '/page.html#section-3';
    const body = `${link(ADDRESS)}<h2 id="section-3">Three</h2>`;
    for (const go of [
      pressing('#link'),
      (tab: Tab) => tab.page.evaluate((address) => void (location.hash = address), ADDRESS),
      (tab: Tab) => tab.page.evaluate((address) => history.pushState(null, '', address), ADDRESS),
      (tab: Tab) => tab.page.evaluate((address) => history.replaceState(null, '', address), ADDRESS),
      (tab: Tab) => tab.page.evaluate((address) => location.assign(address), ADDRESS),
    ]) {
      const tab = await visitPage(site, {body}, path);
      await go(tab);
      await expectStill(site, tab, path);
      await tab.page.close();
      site.wire.forget();
    }
  });

  for (const [how, press] of Object.entries({
    'by a key': (target: Locator) => target.click({modifiers: ['ControlOrMeta']}),
    'by the middle button': (target: Locator) => target.click({button: 'middle'}),
    'by its target': async (target: Locator) => {
      await target.evaluate((element) => element.setAttribute('target', '_blank'));
      await target.click();
    },
  })) {
    test(`leaves to the browser what opens in another tab ${how}`, async ({site, browserName}) => {
      test.skip(browserName === 'firefox' && how !== 'by its target', 'such a tab is in the background');
      await site.remember(recordOf());
      const tab = await site.visit('/policy.html');
      await site.expectTags(POLICY_TAGS);
      const target = tab.page.locator('a[href="#consent-opt-out=yahoo-japan-ads"]').first();
      const [page] = await Promise.all([site.context.waitForEvent('page'), press(target)]);
      await expect(page.locator('consent-banner [part~="box"]')).toContainText(/Yahoo/);
      await expect(tab.page).toHaveURL(`${site.origin}/policy.html`);
      await expect(async () => expect(await tab.granted()).not.toContain('yahoo-japan-ads')).toPass();
    });
  }

  test('navigates by a link to another page, which does its work on arrival', async ({site}) => {
    await site.serve('/policy', pageOf({config}));
    const tab = await visitPage(site, {body: link(`/policy${ADDRESS}`)});
    await tab.page.locator('#link').click();
    await expectStill(site, tab, '/policy');
  });

  for (const [where, body] of Object.entries({
    'inside an open shadow root': `<div id="host"><template shadowrootmode="open">${link(ADDRESS)}</template></div>`,
    'around a picture': `<a href="${ADDRESS}"><b id="link">No pixel</b></a>`,
    'in SVG': `<svg width="80" height="20"><a href="${ADDRESS}"><text id="link" y="15">No pixel</text></a></svg>`,
    'whose handler stops the event': `${link(ADDRESS)}<script>
      document.querySelector('#link').addEventListener('click', (event) => event.stopImmediatePropagation());
    </script>`,
    'in a page that stops every click at the window': `<script>
      addEventListener('click', (event) => event.stopPropagation(), true);
    </script>${link(ADDRESS)}`,
    'spelled as the whole address': link('/page.html#consent-opt-out=meta-pixel'),
    'in an image map': `<map name="m"><area id="area" shape="rect" coords="0,0,90,90" href="${ADDRESS}"></map>
      <img id="link" usemap="#m" width="90" height="90" alt=""
        src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==">`,
  })) {
    test(`follows a link ${where}`, async ({site}) => {
      const tab = await visitPage(site, {body});
      await tab.page.locator('#link').click();
      await expectStill(site, tab, '/page.html');
    });
  }

  test('can look for its own fragment, whatever the form that is a selector asks for', async ({site}) => {
    const body = `<script>
      const look = () => location.hash && document.querySelector(location.hash);
      look();
      addEventListener('hashchange', look);
      addEventListener('popstate', look);
      addEventListener('consent-change', look);
    </script>`;
    await site.serve('/page.html', pageOf({config, body, loader: BLOCKING_LOADER}));
    await site.remember(recordOf());
    for (const address of [
      '#consent-opt-out--meta-pixel',
      '#consent--yahoo-japan-ads',
      '#consent-opt-out',
      '#consent',
    ]) {
      const tab = await site.visit(`/page.html${address}`);
      await expect(tab.banner.or(tab.preferences).first(), address).toBeVisible();
      await tab.page.close();
    }
    // The fixture fails on what is thrown.
    const tab = await site.visit('/page.html#consent--yahoo-japan-ads');
    await expect(tab.preferences.locator('input[data-vendor="yahoo-japan-ads"]')).toBeFocused();
  });

  test('goes through its history without denying again', async ({site, browserName}) => {
    test.skip(browserName === 'firefox', 'its driver waits for a load that does not come');
    const tab = await visitPage(site, {body: `${link(ADDRESS)}<a id="three" href="#section-3">Three</a>`});
    await tab.page.evaluate((address) => void (location.hash = address), ADDRESS);
    await expectDenied(site, tab);
    await tab.press('undo');
    await expect.poll(tab.granted).toContain('meta-pixel');
    await tab.page.locator('#three').click();
    await tab.page.goBack();
    await tab.page.goBack().catch(() => {});
    await site.wire.quiet();
    expect(await tab.granted()).toContain('meta-pixel');
  });
});
