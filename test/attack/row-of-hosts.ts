/**
 * Pages under attack, each on a host of its own in the same tab: no cookie of one is another's, and a page takes a tenth of a
 * second, since files of ours stay in the cache. They are looked at without the methods that the markup in them may have
 * taken from document and elements.
 */
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {test as base, type Page} from 'playwright/test';
import {BLOCKING_LOADER, LOADER, pageOf, VENDORS} from '../support/page.js';
import {inline, VENDOR, vendorOf} from '../support/tags.js';
import {findButtons} from './find-buttons.js';

export const NONCE = 'bm9uY2U';
const WITH_NONCE = ` nonce="${NONCE}"`;

/** As docs/security.md has it. */
const PRINTED_POLICY = [
  `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types consent-gate lit-html 'allow-duplicates'",
  "object-src 'none'; base-uri 'none'",
].join('; ');

const CONFIG = {
  policy: {version: '2026-11-01'},
  vendors: [
    {...VENDORS.analytics, src: `${VENDOR}/tags/gtag.js`},
    {...VENDORS.meta, src: `${VENDOR}/tags/fbevents.js`},
    vendorOf('own'),
  ],
};

/** Markup with a name, and where it stands. */
export interface Attack {
  /** Of the body, before everything else. */
  readonly ahead?: string;
  /** At the end of the body, behind a loader that has started by then. */
  readonly behind?: string;
  /** Put into the page by a script of its own, once all is there. */
  readonly added?: string;
}

export interface Outcome {
  /** Vendors that were asked before the choice; where everybody is only told, that is all of them. */
  readonly before: readonly string[];
  /** Actions of the buttons that the visitor can see and press. */
  readonly buttons: string;
  /** Vendors that were asked in all. */
  readonly after: readonly string[];
  /** Whether the settings could be opened, where it was tried. */
  readonly settings: boolean;
  /** Categories of the record in the cookie, granted and denied. */
  readonly stored: string;
  readonly thrown: readonly string[];
}

const EVERYTHING = ['fbevents', 'gtag', 'inline', 'marked', 'own', 'pictured', 'templated'];

/** Everybody is asked, nobody's tag comes before that, the banner can be used, and everything comes of it. */
export const ASKED: Outcome = {
  before: [],
  buttons: 'accept-all preferences reject-all',
  after: EVERYTHING,
  settings: true,
  stored: 'essential_functional_analytics_advertising | -',
  thrown: [],
};

/** Everybody is told: no tag without the notice, and a refusal is kept. */
export const TOLD: Outcome = {
  before: EVERYTHING,
  buttons: 'accept-all preferences reject-all',
  after: EVERYTHING,
  settings: true,
  stored: 'essential | functional_analytics_advertising',
  thrown: [],
};

export interface Row {
  /** Visits a page and, where everybody is asked, accepts; elsewhere, refuses. `more` are tags that it has besides. */
  try(attack: Attack, regime: 'opt-in' | 'notice', more?: readonly string[]): Promise<Outcome>;
}

interface Served {
  readonly html: string;
  readonly policy?: string;
}

const TYPES: Readonly<Record<string, string>> = {js: 'text/javascript', json: 'application/json'};

/** Answers as every host of the row, and as the vendors'. */
async function serve(pages: ReadonlyMap<string, Served>) {
  const server = createServer(async ({url = '', headers: {host = ''}}, response) => {
    const [path = ''] = url.split('?');
    const page = path === '/' ? pages.get(host) : undefined;
    if (page) {
      if (page.policy) response.setHeader('content-security-policy', page.policy);
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page.html);
      return;
    }
    const text = /^\/dist\/cdn\/[\w/.-]+$/.test(path) && (await readFile(`.${path}`).catch(() => undefined));
    response.statusCode = text || path.startsWith('/tags/') ? 200 : 404;
    response
      .setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain')
      .setHeader('cache-control', text ? 'max-age=3600' : 'no-store')
      .setHeader('access-control-allow-origin', '*')
      .end(text || '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {port: (server.address() as AddressInfo).port, server};
}

const htmlOf = ({ahead = '', behind = '', added}: Attack, regime: string) => {
  const loader = behind || added !== undefined ? BLOCKING_LOADER : LOADER;
  const adding = `addEventListener('load', () => setTimeout(() => {
    const find = (selector) => Document.prototype.querySelector.call(document, selector);
    find('main').append(find('#added').content.cloneNode(true));
  }));`;
  return pageOf({
    config: {...CONFIG, regime},
    nonce: NONCE,
    loader: '',
    body: `${ahead}${loader.replace(' src=', `${WITH_NONCE} src=`)}
      <script type="text/plain" data-consent="analytics"${WITH_NONCE} src="${VENDOR}/tags/marked.js"></script>
      ${inline('', `data-consent="analytics"${WITH_NONCE}`, `fetch('${VENDOR}/tags/inline.js', {mode: 'no-cors'}).catch(() => {});`)}
      <template data-consent="advertising"><img data-src="${VENDOR}/tags/templated.js" alt=""></template>
      <img data-consent="functional" data-src="${VENDOR}/tags/pictured.js" alt=""><main></main>${behind}
      ${added === undefined ? '' : `<template id="added">${added}</template><script${WITH_NONCE}>${adding}</script>`}`,
  });
};

/** Asks until `read` gives what is expected, or its time is over. @returns what it gave last */
async function settled<Value>(
  read: () => Value | Promise<Value>,
  expected: Value,
  patience = 3000,
): Promise<Value> {
  const start = Date.now();
  for (;;) {
    const value = await read();
    if (JSON.stringify(value) === JSON.stringify(expected) || Date.now() - start > patience) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** In the page: the button of the layer that is in front. */
function press(action: string): void {
  const layers = [
    ...Document.prototype.querySelectorAll.call(document, 'consent-preferences, consent-banner'),
  ];
  const buttons = layers.flatMap((layer) =>
    [layer, ...(layer.shadowRoot ? [layer.shadowRoot] : [])].flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>(`dialog[open] [data-action="${action}"]`),
      ...root.querySelectorAll<HTMLElement>(`[data-action="${action}"]`),
    ]),
  );
  const [inFront = buttons[0]] = buttons.filter((button) => button.closest('dialog[open]'));
  if (inFront) HTMLElement.prototype.click.call(inFront);
}

/** In the page. */
function areSettingsOpen(): boolean {
  const [layer] = Document.prototype.querySelectorAll.call(document, 'consent-preferences');
  return !!layer?.shadowRoot?.querySelector('dialog[open]');
}

export const test = base.extend<object, {row: Row}>({
  row: [
    async ({browser}, use) => {
      const pages = new Map<string, Served>();
      const {port, server} = await serve(pages);
      const vendors = `vendors.localhost:${port}`;
      const context = await browser.newContext({reducedMotion: 'reduce'});
      let page: Page | undefined;
      let asked = new Set<string>();
      let thrown = new Set<string>();
      let hasRefused = false;
      /** Where somebody has refused, the page loads itself anew: whatever is under way ends with its tab. */
      async function openTab(isFresh: boolean): Promise<Page> {
        if (page && !isFresh) return page;
        // What is under way there may take its time to end.
        page?.close().catch(() => {});
        const tab = await context.newPage();
        tab.on('request', (request) => {
          const {host, pathname} = new URL(request.url());
          if (host === vendors) asked.add(pathname.replace(/^\/tags\/(.*)\.js$/, '$1'));
          else if (!host.endsWith(`.names.localhost:${port}`) && host) asked.add(request.url());
        });
        tab.on('pageerror', (error) => thrown.add(`${error}`));
        page = tab;
        return tab;
      }

      await use({
        async try(attack, regime, more = []) {
          const isNotice = regime === 'notice';
          const expected = isNotice ? TOLD : ASKED;
          const everything = [...EVERYTHING, ...more].sort();
          const host = `n${pages.size}.names.localhost:${port}`;
          const html = htmlOf(attack, regime).replaceAll(VENDOR, `http://${vendors}`);
          pages.set(host, {html, ...(isNotice && {policy: PRINTED_POLICY})});
          const page = await openTab(hasRefused);
          hasRefused = isNotice;
          asked = new Set();
          thrown = new Set();
          const found = () => [...asked].sort();
          await page
            .goto(`http://${host}/`, {waitUntil: 'domcontentloaded', timeout: 15_000})
            .catch(async (error: Error) => {
              // Firefox at times begins the one navigation twice.
              if (!error.message.includes(`by another navigation to "http://${host}/"`)) throw error;
              await page.waitForURL(`http://${host}/`, {waitUntil: 'domcontentloaded'});
            });
          const buttons = await settled(
            async () =>
              (await page.evaluate(findButtons))
                .map(([action]) => action)
                .sort()
                .join(' '),
            expected.buttons,
            6000,
          );
          const before = isNotice ? await settled(found, everything) : found();
          // Where everybody is told, out of the second layer.
          if (isNotice && buttons) await page.evaluate(press, 'preferences');
          const settings = !isNotice || (await settled(() => page.evaluate(areSettingsOpen), true));
          if (buttons) await page.evaluate(press, isNotice ? 'reject-all' : 'accept-all');
          const after = await settled(found, everything);
          const stored = await settled(async () => {
            const cookies = await context.cookies(`http://${host}/`);
            const records = cookies.filter(({name}) => name === 'consent');
            return records.map(({value}) => value.split('.').slice(4, 6).join(' | ')).join(' and ');
          }, expected.stored);
          return {before, buttons, after, settings, stored, thrown: [...thrown]};
        },
      });
      await context.close();
      server.closeAllConnections();
      server.close();
    },
    {scope: 'worker'},
  ],
});
