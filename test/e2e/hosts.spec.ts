/**
 * Where the loader lies, and whether it finds the other files from there: merged into another file, on a host that lets no module
 * be fetched from elsewhere, without an address of the web. What it cannot find closes everything, is said, and throws nothing.
 */
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {pageOf, VENDORS} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';

const PATH = '/page.html';
const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics]};
const LOADER_FILE = fileURLToPath(new URL('../../dist/cdn/consent-gate.js', import.meta.url));

interface Place {
  readonly loader: string;
  readonly head?: string;
  readonly base?: string;
}

async function visit(site: Site, {loader, head = '', base}: Place): Promise<Tab> {
  await site.serve(PATH, pageOf({config: {...config, ...(base && {base})}, head, loader}));
  return site.visit(PATH);
}

/** Nothing is asked, granted or thrown (each test fails by an exception), and the console names all of `parts` in one line. */
async function expectClosed(site: Site, tab: Tab, ...parts: string[]): Promise<void> {
  const isSaid = () => site.warnings.some((text) => parts.every((part) => text.includes(part)));
  await expect.poll(isSaid, `${parts.join(', ')} in ${site.warnings}`).toBe(true);
  expect(await tab.granted()).toEqual(['essential']);
  await expect(tab.banner).toHaveCount(0);
  expect(site.wire.tags().filter((url) => url.includes('gtag'))).toEqual([]);
}

async function expectWorking(site: Site, tab: Tab): Promise<void> {
  await tab.expectBanner();
  await tab.acceptAll();
  await expect.poll(() => site.wire.tags().filter((url) => url.includes('gtag'))).toHaveLength(1);
  expect(site.warnings.filter((text) => text.includes('#ui'))).toEqual([]);
}

/** As optimisers do: the loader among other scripts, under a name and in a folder of their own. */
async function merge(site: Site): Promise<void> {
  const loader = await readFile(LOADER_FILE, 'utf8');
  await site.context.route('**/optimised/all-8f3a.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `window.before = 1;\n${loader}\n;window.after = 1;`,
    }),
  );
}

test.describe('merged into another file', () => {
  const loader = '<script src="/optimised/all-8f3a.js" defer></script>';

  test('it names the address that it tried and the one that this was made of; the rest of the file runs', async ({
    site,
  }) => {
    await merge(site);
    const tab = await visit(site, {loader});
    await expectClosed(
      site,
      tab,
      `${site.origin}/optimised/choice.js?1 beside ${site.origin}/optimised/all-8f3a.js`,
      'docs/warnings.md#ui',
    );
    expect(await tab.page.evaluate(() => (window as unknown as {after?: number}).after)).toBe(1);
  });

  test('it finds its files by data-base', async ({site}) => {
    await merge(site);
    await expectWorking(
      site,
      await visit(site, {loader: loader.replace('defer', 'data-base="/dist/cdn/" defer')}),
    );
  });

  test('it finds its files by the base of the configuration', async ({site}) => {
    await merge(site);
    await expectWorking(site, await visit(site, {loader, base: '/dist/cdn/'}));
  });

  test('a data-base that is wrong is named as well', async ({site}) => {
    const tab = await visit(site, {
      loader: '<script src="/dist/cdn/consent-gate.js" data-base="/nowhere/" async></script>',
    });
    await expectClosed(site, tab, `${site.origin}/nowhere/choice.js?1 beside /nowhere/`);
  });
});

test.describe('on another host', () => {
  /** A real one: what a test answers for, its browser lets pass. @returns its origin */
  async function serve(
    headers: Record<string, string>,
    use: (origin: string) => Promise<void>,
  ): Promise<void> {
    const server = createServer(async (request, response) => {
      const file = fileURLToPath(new URL(`../../dist/cdn${request.url?.split('?')[0]}`, import.meta.url));
      const body = await readFile(file).catch(() => null);
      response.writeHead(body ? 200 : 404, {'content-type': 'text/javascript', ...headers}).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  test('that sends no CORS headers: everything stays denied, and the address is named', async ({site}) => {
    await serve({}, async (origin) => {
      const tab = await visit(site, {loader: `<script src="${origin}/consent-gate.js" async></script>`});
      await expectClosed(site, tab, `${origin}/choice.js?1 beside ${origin}/consent-gate.js`);
      // The loader itself needs no such header, nor do the site's own copies of the other files.
      site.warnings.length = 0;
      await expectWorking(
        site,
        await visit(site, {
          loader: `<script src="${origin}/consent-gate.js" data-base="/dist/cdn/" async></script>`,
        }),
      );
    });
  });

  test('that sends them: it works', async ({site}) => {
    await serve({'access-control-allow-origin': '*'}, async (origin) => {
      await expectWorking(
        site,
        await visit(site, {loader: `<script src="${origin}/consent-gate.js" async></script>`}),
      );
    });
  });

  test('in a frame without an origin of its own, nothing is thrown', async ({site}) => {
    await serve({}, async (origin) => {
      const inner = pageOf({config, loader: `<script src="${origin}/consent-gate.js"></script>`});
      const frame = `<iframe sandbox="allow-scripts" srcdoc="${inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
      await site.serve(PATH, pageOf({loader: '', body: frame}));
      const tab = await site.visit(PATH);
      const said = `${origin}/choice.js?1 beside ${origin}/consent-gate.js`;
      await expect.poll(() => site.warnings.some((text) => text.includes(said))).toBe(true);
      expect(site.wire.tags().filter((url) => url.includes('gtag'))).toEqual([]);
      await expect(tab.page.locator('iframe')).toHaveCount(1);
    });
  });
});

test.describe('without an address of the web', () => {
  const insert = (address: string) => `<script>
    fetch('/dist/cdn/consent-gate.js').then((response) => response.text()).then((text) => {
      document.head.append(Object.assign(document.createElement('script'), {src: ${address}}));
    });
  </script>`;
  for (const [kind, address] of [
    ['blob:', "URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))"],
    ['data:', "'data:text/javascript;charset=utf-8,' + encodeURIComponent(text)"],
  ] as const) {
    test(`a ${kind} script says that it has no folder`, async ({site}) => {
      await expectClosed(site, await visit(site, {loader: insert(address)}), `choice.js?1 beside ${kind}`);
    });

    test(`a ${kind} script finds its files by the base of the configuration`, async ({site}) => {
      await expectWorking(site, await visit(site, {loader: insert(address), base: '/dist/cdn/'}));
    });
  }

  test('a script without any address looks beside the page', async ({site}) => {
    const loader = await readFile(LOADER_FILE, 'utf8');
    const tab = await visit(site, {loader: `<script>${loader.replaceAll('</', '<\\/')}</script>`});
    await expectClosed(site, tab, `${site.origin}/choice.js?1 beside the page`);
  });
});
