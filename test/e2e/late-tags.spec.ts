/**
 * Tags that were written for the time in which a page is parsed, and come later. What they write does not replace the page;
 * what they wait for is over, which the site's owner is told, and with `lateEvents` they are called for it, once.
 */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {BLOCKING_LOADER, LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {external, inline, of, ran, say, serveTags, VENDOR, visitPage} from '../support/tags.js';

interface PageWindow {
  calls: string[];
}

const config = {policy: {version: '2026-11-01'}};

/** What each way of writing does to a page that has been parsed. */
const WRITES = {
  write: "document.write('<p id=written>written</p>');",
  writeln: "document.writeln('<p id=written>written</p>');",
  open: 'document.open(); document.close();',
};

/** The page as it was before the tags came. */
const CONTENT = '<p id="kept">Still here</p>';

/** Serves a page of which the second half, behind `<!-- half -->`, comes when it is told to. */
async function startHalfPage(html: string) {
  const [first, rest] = html.split('<!-- half -->');
  let finish = () => {};
  const server = createServer((_, response) => {
    response.writeHead(200, {'content-type': 'text/html; charset=utf-8'});
    response.write(first);
    finish = () => response.end(rest);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    finish: () => finish(),
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function expectPageKept(tab: Tab): Promise<void> {
  await expect(tab.page.locator('#kept')).toHaveText('Still here');
  await expect(tab.page.locator('h1')).toHaveText('A page of the tests');
  await expect(tab.page.locator('#written')).toHaveCount(0);
}

test.describe('a tag that is let in late does not replace the page by what it writes, and the owner is told, by', () => {
  for (const [name, code] of Object.entries(WRITES)) {
    test(`document.${name}`, async ({site}) => {
      const timed = (from: string) => `setTimeout(() => { ${code} ${say(from)} });`;
      await serveTags(site, {
        external: code + say('external'),
        'external-timer': timed('external timer'),
      });
      const tab = await visitPage(site, {
        config,
        body: `${CONTENT}
          ${external('external', of('a'))}${inline('inline', of('b'), code + say('inline'))}
          ${external('external-timer', of('c'))}${inline('inline timer', of('d'), timed('inline timer'))}
          ${inline('after', of('b'))}`,
      });
      await tab.acceptAll();
      await expect
        .poll(async () => (await ran(tab)).sort())
        .toEqual(['after', 'external', 'external timer', 'inline', 'inline timer']);
      await expectPageKept(tab);
      expect(site.warnings.filter((warning) => warning.includes(`document.${name}`))).toEqual([
        expect.stringMatching(/ignored.*docs\/warnings\.md#vendor/),
      ]);
      // The gate is still there, and so is what it listens to.
      await tab.openPreferences();
    });

    test(`document.${name}, while the page is still loading`, async ({site, baseURL}) => {
      const timed = (from: string) => `setTimeout(() => { ${code} ${say(from)} });`;
      await serveTags(site, {
        external: code + say('external'),
        'external-timer': timed('external timer'),
      });
      const page = await startHalfPage(
        pageOf({
          config,
          loader: LOADER.replace('src="', `src="${baseURL}`),
          body: `${CONTENT}
            ${external('external', of('a'))}${inline('inline', of('b'), code + say('inline'))}
            ${external('external-timer', of('c'))}${inline('inline timer', of('d'), timed('inline timer'))}
            <p>Half of the page</p><!-- half --><p id="rest">The rest of the page</p>`,
        }),
      );
      await site.context.addCookies([{name: 'consent', value: recordOf(), url: page.url}]);
      const tab = await site.newTab();
      await tab.page.goto(page.url, {waitUntil: 'commit'});
      await expect
        .poll(async () => (await ran(tab)).sort())
        .toEqual(['external', 'external timer', 'inline', 'inline timer']);
      expect(await tab.page.evaluate(() => document.readyState)).toBe('loading');
      page.finish();
      await expect(tab.page.locator('#rest')).toHaveText('The rest of the page');
      await expectPageKept(tab);
      expect(site.warnings.filter((warning) => warning.includes(`document.${name}`))).toHaveLength(1);
      await page.close();
    });
  }
});

test('what the page itself writes while it is parsed is written, before and after a tag has come', async ({
  site,
}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, {
    config,
    loader: `<script>document.write('<meta name=before content=1>')</script>${BLOCKING_LOADER}`,
    body: `${inline('tag')}<p>A tag is let in as soon as it has been parsed</p>
      <script>
        document.write('<p id="one">one</p><script>document.write(\\'<p id="nested">nested</p>\\')<\\/script>');
        document.writeln('<p id="two">two</p>');
      </script>
      <p id="rest">The rest of the page</p>`,
  });
  await expect.poll(() => ran(tab)).toEqual(['tag']);
  await expect(tab.page.locator('meta[name="before"]')).toHaveCount(1);
  for (const id of ['one', 'nested', 'two', 'rest']) await expect(tab.page.locator(`#${id}`)).toHaveCount(1);
  expect(site.warnings.filter((warning) => warning.includes('document.write'))).toEqual([]);
});

test('a window that the page opens by document.open is opened', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, {config, body: inline('tag')});
  await expect.poll(() => ran(tab)).toEqual(['tag']);
  const opened = tab.page.waitForEvent('popup');
  await tab.page.evaluate(() => {
    (document as unknown as {open(...rest: string[]): void}).open('about:blank', 'help', 'width=200');
  });
  await opened;
});

test.describe('a tag that waits for events which are over', () => {
  const note = (name: string) => `(window.calls ??= []).push('${name}');`;
  const WAITS = `document.addEventListener('DOMContentLoaded', () => { ${note('tag DOMContentLoaded')} });
    window.addEventListener('load', {handleEvent() { ${note('tag load')} }});
    window.onload = () => { ${note('tag onload')} };
    ${say('waiting')}`;
  const OWN_HANDLERS = `<script>
      document.addEventListener('DOMContentLoaded', () => { ${note('page DOMContentLoaded')} });
      window.addEventListener('load', () => { ${note('page load')} });
    </script>`;
  const OWN_CALLS = ['page DOMContentLoaded', 'page load'];
  const calls = ({page}: Tab) => page.evaluate(() => (window as unknown as PageWindow).calls);

  async function acceptWaiting(site: Site, vendor: object, body = ''): Promise<Tab> {
    await serveTags(site, {waiting: WAITS});
    const tab = await visitPage(site, {
      config: {...config, vendors: [{id: 'heat', category: 'analytics', ...vendor}]},
      head: OWN_HANDLERS,
      body,
    });
    await tab.expectBanner();
    // Where a site is made, what looks after such tags has come before anybody presses a button.
    await site.wire.quiet();
    await tab.acceptAll();
    await expect.poll(() => ran(tab)).toContain('waiting');
    return tab;
  }
  const told = (site: Site) => site.warnings.filter((warning) => warning.includes('lateEvents'));

  for (const [kind, vendor, body] of [
    ['declared', {src: `${VENDOR}/tags/waiting.js`}, ''],
    ['marked up', {}, external('waiting', of('heat'))],
    ['inline', {}, inline('waiting', of('heat'), WAITS)],
  ] as const) {
    test(`waits in vain, and the owner of a site in the making is told of each: ${kind}`, async ({site}) => {
      const tab = await acceptWaiting(site, vendor, body);
      await expect
        .poll(() => told(site).sort())
        .toEqual([
          expect.stringMatching(/heat waits for DOMContentLoaded, which is over/),
          expect.stringMatching(/heat waits for load, which is over/),
        ]);
      expect(await calls(tab)).toEqual(OWN_CALLS);
    });

    test(`is called for each of them once with lateEvents, and the page not again: ${kind}`, async ({
      site,
    }) => {
      const tab = await acceptWaiting(site, {...vendor, lateEvents: true}, body);
      await expect
        .poll(() => calls(tab))
        .toEqual([...OWN_CALLS, 'tag DOMContentLoaded', 'tag load', 'tag onload']);
      await site.wire.quiet();
      expect(await calls(tab)).toHaveLength(5);
      expect(told(site)).toEqual([]);
    });
  }

  test('that comes in time is called by the browser, once, with lateEvents too', async ({site}) => {
    await serveTags(site);
    await site.remember(recordOf());
    const tab = await visitPage(site, {
      config: {...config, vendors: [{id: 'heat', category: 'analytics', lateEvents: true}]},
      head: OWN_HANDLERS,
      body: inline('waiting', of('heat'), WAITS) + external('slow-rest').replace(' type="text/plain"', ''),
    });
    await expect.poll(() => ran(tab)).toContain('waiting');
    await site.wire.quiet();
    expect((await calls(tab)).filter((name) => name.startsWith('tag')).sort()).toEqual([
      'tag DOMContentLoaded',
      'tag load',
      'tag onload',
    ]);
  });
});
