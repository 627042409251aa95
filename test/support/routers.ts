/**
 * Applications with real routers (`test/e2e/fixtures/routers`), as a site of a test's own: `/` and `/orders/7`, a link of the
 * router and a button that ask for `#consent-opt-out=meta-pixel`, and plain links of the kind that a footer has.
 */
import {readFile} from 'node:fs/promises';
import {extname, join} from 'node:path';
import {buildRouter} from '../e2e/fixtures/routers/build.mjs';
import {PAGE} from '../e2e/fixtures/routers/page.mjs';
import {LOADER} from './page.js';
import type {Site} from './site.js';

export interface Application {
  readonly name: string;
  readonly folder: 'react' | 'vue' | 'next' | 'astro' | 'angular';
  /** Where the router keeps its route, or which of its forms the application uses. */
  readonly router?: 'path' | 'hash' | 'component';
}

export const APPLICATIONS: readonly Application[] = [
  {name: 'React Router', folder: 'react', router: 'path'},
  {name: 'React Router by hash', folder: 'react', router: 'hash'},
  {name: 'Vue Router', folder: 'vue', router: 'path'},
  {name: 'Vue Router by hash', folder: 'vue', router: 'hash'},
  {name: 'Angular by hash', folder: 'angular', router: 'hash'},
  {name: 'Next', folder: 'next'},
  {name: 'Astro', folder: 'astro'},
];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** The page of an application that is one script. */
const shell = ({router}: Application, head: string) => `<!doctype html>
<html lang="en" data-router="${router}">
<head>
  <meta charset="utf-8">
  <title>An application</title>
  <link rel="icon" href="data:,">
  <script type="application/json" data-consent-config>${PAGE.config}</script>
  ${head}
  ${LOADER}
</head>
<body>
  <app-root id="app"></app-root>
  ${PAGE.links}
  <script type="module" src="/app.js"></script>
</body>
</html>`;

/** @param head goes ahead of the loader */
export async function serveApplication(site: Site, application: Application, head = ''): Promise<void> {
  const folder = await buildRouter(application.folder);
  const host = new URL(site.origin).host;
  const read = (path: string) => readFile(join(folder, path), 'utf8').catch(() => undefined);
  const isBuiltWhole = application.router === undefined;
  await site.context.route(
    (url) => url.host === host && !url.pathname.startsWith('/dist/'),
    async (route) => {
      const path = new URL(route.request().url()).pathname.replace(/\/$/, '');
      const file = extname(path) ? path : isBuiltWhole ? `${path || '/index'}.html` : '';
      const text = file ? await read(file) : shell(application, head);
      if (text === undefined) return route.fulfill({status: 404, contentType: 'text/plain', body: '404'});
      return route.fulfill({
        contentType: TYPES[extname(file)] ?? 'text/html; charset=utf-8',
        headers: {'cache-control': 'no-store'},
        body: text
          .replaceAll('http://localhost:8001', site.vendorOrigin)
          .replace('<head>', isBuiltWhole ? `<head>${head}` : '<head>'),
      });
    },
  );
}
