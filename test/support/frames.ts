/**
 * A shop in a frame of another site, both on https, as a course's page in a learning platform. One server answers as both, and as
 * a vendor, and remembers what it was asked for. `school.localhost` and `shop.localhost` are two sites, and this machine, to
 * every browser.
 */
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {test as base, expect, type Frame, type FrameLocator, type Page} from 'playwright/test';
import {createCertificate} from './certificate.js';
import {pageOf} from './page.js';

export {expect};

export interface Asked {
  /** `shop`, `school`, `vendor` */
  readonly host: string;
  readonly path: string;
  /** The `Cookie` header, or `''`. */
  readonly cookie: string;
}

/** How the cookie of the shop's record is kept, of all in this browser: one string for each. */
export type Kept = string[];

export interface Framed {
  readonly page: Page;
  /** What is in the frame. */
  readonly shop: FrameLocator;
  /** Every request to the three, in order. */
  readonly asked: Asked[];
  /** Values of `Set-Cookie` that the shop's server sends with its documents. */
  readonly cookies: string[];
  /** What the shop's pages threw. */
  readonly errors: string[];
  origin(host: string): string;
  /** Opens the school's page with the shop's `path` in a frame. */
  open(path?: string): Promise<void>;
  /** Follows the frame's own link to another page of the shop. */
  goOn(): Promise<void>;
  /** The document in the frame, once its gate has begun. */
  frame(): Promise<Frame>;
  /** Paths of the vendor's tags that were asked for. */
  tags(): string[];
  /** What was asked for of our own files. */
  files(): string[];
  /** @returns the record's cookies as the shop's server gets them: `consent` alone, by value */
  sent(): string[];
}

const GATE = '/dist/cdn/';

export const test = base.extend<{framed: Framed; settings: object}>({
  /** More for the configuration of the shop. */
  settings: [{}, {option: true}],

  // A certificate of our own.
  ignoreHTTPSErrors: true,
  framed: async ({baseURL, page, settings}, use) => {
    const asked: Asked[] = [];
    const cookies: string[] = [];
    const errors: string[] = [];
    page.on('pageerror', (error) => {
      // Firefox hands its own remarks (that it has refused a cookie) over in the same way.
      if (/(Error|Exception)\b/.test(String(error))) errors.push(String(error));
    });
    const origin = (host: string) => `https://${host}.localhost:${(server.address() as AddressInfo).port}`;

    function answerAt(host: string, path: string): string | undefined {
      if (host === 'vendor') return '/* a tag */';
      if (path.startsWith('/favicon')) return '';
      if (host === 'school')
        return `<!doctype html><title>A school</title><iframe src="${origin('shop')}${path}" width="1000" height="600"></iframe>`;
      if (path.startsWith('/dist/')) return undefined;
      const next = path === '/two.html' ? '/' : '/two.html';
      return pageOf({
        config: {
          policy: {version: '2026-11-01'},
          vendors: [{id: 'ours', category: 'analytics', src: `${origin('vendor')}/tag.js`}],
          ...settings,
        },
        body: `<a href="${next}" id="next">On</a> <a href="#consent-opt-out=ours" id="out">Out</a>`,
      });
    }

    const server = createServer(createCertificate(), async ({headers, url = '/'}, response) => {
      const host = `${headers.host}`.split('.', 1)[0] as string;
      asked.push({host, path: url, cookie: headers.cookie ?? ''});
      const text = answerAt(host, url);
      if (text !== undefined) {
        const type = host === 'vendor' ? 'javascript' : 'html';
        if (host === 'shop') response.setHeader('set-cookie', cookies);
        return response.setHeader('content-type', `text/${type}; charset=utf-8`).end(text);
      }
      const file = await fetch(`${baseURL}${url}`);
      response.writeHead(file.status, {'content-type': `${file.headers.get('content-type')}`});
      return response.end(Buffer.from(await file.arrayBuffer()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    const framed: Framed = {
      page,
      shop: page.frameLocator('iframe'),
      asked,
      cookies,
      errors,
      origin,
      async open(path = '/') {
        await page.goto(origin('school') + path);
        await framed.frame();
      },
      async goOn() {
        const before = (await framed.frame()).url();
        await framed.shop.locator('#next').dispatchEvent('click');
        await expect.poll(() => page.frames()[1]?.url()).not.toBe(before);
        await framed.frame();
      },
      async frame() {
        const frame = page.frames()[1] as Frame;
        await frame.waitForFunction(() => !!(window as {consentGate?: {state?: object}}).consentGate?.state);
        return frame;
      },
      tags: () => asked.filter(({host}) => host === 'vendor').map(({path}) => path),
      files: () => asked.filter(({path}) => path.startsWith(GATE)).map(({path}) => path.slice(GATE.length)),
      sent: () => {
        const last = asked.filter(({host, path}) => host === 'shop' && !path.startsWith(GATE)).at(-1);
        return `${last?.cookie}`.split('; ').flatMap((pair) => /^consent=(.*)/.exec(pair)?.[1] ?? []);
      },
    };
    await use(framed);
    expect(errors, 'nothing is thrown into the page').toEqual([]);
    // Not waited for: a handshake that has only begun is a connection for one of these two, and none for the other.
    server.close();
    server.closeAllConnections();
  },
});
