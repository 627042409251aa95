/**
 * A site whose server counts: every request to its pages, with method and body, as a shop's server would meet it. Specs that
 * need it import `test` from here; `site` is then a site of that server.
 */
import type {IncomingMessage} from 'node:http';
import {test as base} from './site.js';

/** A request for a page, in one line: `POST /order item=7`. */
export type Order = string;

interface Page {
  readonly html: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Server {
  readonly siteOrigin: string;
  readonly vendorOrigin: string;
  readonly pages: Map<string, Page>;
  readonly asked: {readonly host: string; readonly order: Order}[];
  close(): Promise<void>;
}

export interface Shop {
  /** What the server is asked for a page and has no file for: `'POST /order'`, or `'/order'` for any method. */
  serve(request: string, page: Page | string): void;
  /** What the server has been asked for under this test's host, files and pictures aside. */
  orders(): Order[];
}

export const test = base.extend<{shop: Shop}, {server: Server}>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of what is needed
    async ({}, use, {workerIndex}) => {
      const server = await startServer(18_000 + ((process.pid * 7 + workerIndex * 2) % 10_000));
      await use(server);
      await server.close();
    },
    {scope: 'worker'},
  ],
  baseURL: async ({server}, use) => use(server.siteOrigin),
  shop: async ({server, site}, use) => {
    const {host} = new URL(site.origin);
    server.pages.clear();
    await use({
      serve: (request, page) => {
        const {html, ...rest} = typeof page === 'string' ? {html: page} : page;
        const text = html.replaceAll('http://localhost:8001', site.vendorOrigin);
        server.pages.set(request, {html: text, ...rest});
      },
      orders: () => server.asked.filter((one) => one.host === host).map(({order}) => order),
    });
  },
});

/** Two ports side by side, since a site looks for its vendors at the next one. */
async function startServer(first: number): Promise<Server> {
  const {startDemo} = (await import(new URL('../../scripts/demo-server.mjs', import.meta.url).href)) as {
    startDemo(options: object): Promise<Pick<Server, 'siteOrigin' | 'vendorOrigin' | 'close'>>;
  };
  const pages = new Map<string, Page>();
  const asked: Server['asked'][number][] = [];
  const answer = async (request: IncomingMessage): Promise<Page | undefined> => {
    const {method = '', url = '/', headers} = request;
    const path = url.replace(/\?.*/, '');
    const page = pages.get(`${method} ${path}`) ?? pages.get(path);
    if (!page) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const order = `${method} ${url} ${Buffer.concat(chunks).toString('utf8')}`.trim();
    asked.push({host: headers.host ?? '', order});
    return page;
  };
  for (let port = first - (first % 2); ; port += 2) {
    try {
      return {...(await startDemo({port, vendorPort: port + 1, answer})), pages, asked};
    } catch (error) {
      if ((error as {code?: string}).code !== 'EADDRINUSE' || port > 60_000) throw error;
    }
  }
}
