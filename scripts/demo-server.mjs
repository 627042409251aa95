/**
 * The two origins of the demo, for people (`serve-demo.mjs`) and for the e2e tests alike.
 * The site serves demo/, dist/ and node_modules/; the vendors' origin serves the simulators of demo/vendors/ under the
 * addresses of the real tags, and remembers every request that reaches it. Plain files, nothing cached, loopback only.
 */
import {readFile, realpath, stat} from 'node:fs/promises';
import {createServer} from 'node:http';
import {extname, join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** How the pages spell the vendors' origin. Files of demo/ get the real one (other ports in tests) as they are served. */
const VENDOR_ORIGIN_IN_PAGES = 'http://localhost:8001';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Real path of a tag → the simulator that answers for it, and the vendor it is logged as. */
const TAGS = [
  {path: /^\/gtag\/(js|destination)$/, file: 'gtag.js', vendor: 'google-tag'},
  {path: /^\/gtm\.js$/, file: 'gtm.js', vendor: 'google-tag-manager'},
  {path: /^\/images\/listing\/tool\/cv\/ytag\.js$/, file: 'ytag.js', vendor: 'yahoo-japan-ads'},
  {path: /^\/[a-z]{2}_[A-Z]{2}\/fbevents\.js$/, file: 'fbevents.js', vendor: 'meta-pixel'},
  {path: /^\/embed\/[\w-]{11}$/, file: 'embed.html', vendor: 'youtube'},
  {path: /^\/embed\/Tweet\.html$/, file: 'post.html', vendor: 'x-embed'},
  {path: /^\/embed\/[\w-]+$/, file: 'embed.html', vendor: 'demo-video'},
  {path: /^\/video\/\d+$/, file: 'embed.html', vendor: 'vimeo'},
  {path: /^\/maps(\/embed)?$/, file: 'map.html', vendor: 'google-maps'},
  {path: /^\/wc\/join\/\d+$/, file: 'meeting.html', vendor: 'zoom'},
  {path: /^\/widgets\.js$/, file: 'widgets.js', vendor: 'x-embed'},
  {path: /^\/widget\.js$/, file: 'widget.js', vendor: 'demo-reviews'},
  {path: /^\/pixel\.gif$/, vendor: 'a8-net'},
];

/** A transparent pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const LOG_LIMIT = 5000;
const BODY_LIMIT = 64 * 1024;

/**
 * @typedef {object} LogEntry One request that reached the vendors' origin.
 * @property {number} id counts up from 1
 * @property {number} time Unix time in milliseconds
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {string} vendor
 * @property {string} [cookieHeader]
 * @property {string} referer `''` where the browser sent none
 */

/** @typedef {{html: string, status?: number, headers?: Record<string, string>}} Answer */

/**
 * Starts both origins; port 0 takes any free one.
 * @param {{port?: number, vendorPort?: number, answer?: (request: import('node:http').IncomingMessage) => Answer | undefined | Promise<Answer | undefined>}} [options]
 *   `answer` hears of every request to the site, and may answer with a page of a test's own
 * @returns {Promise<{siteOrigin: string, vendorOrigin: string, log: LogEntry[], records: unknown[], close: () => Promise<void>}>}
 *   `log` and `records` (what was posted to `/consent-records`) are live
 */
export async function startDemo({port = 8000, vendorPort = 8001, answer} = {}) {
  /** @type {LogEntry[]} */
  const log = [];
  /** @type {unknown[]} */
  const records = [];
  const vendors = await listen(vendorHandler(log), vendorPort);
  const vendorOrigin = `http://localhost:${vendors.port}`;
  try {
    const site = await listen(siteHandler(vendorOrigin, log, records, answer), port);
    return {
      siteOrigin: `http://localhost:${site.port}`,
      vendorOrigin,
      log,
      records,
      close: async () => void (await Promise.all([site.close(), vendors.close()])),
    };
  } catch (error) {
    await vendors.close();
    throw error;
  }
}

/** The site itself. The Host header is not looked at: tests serve the same pages on several made-up hosts. */
function siteHandler(vendorOrigin, log, records, answer) {
  return async (request, response) => {
    const {pathname} = addressOf(request);
    const page = await answer?.(request);
    if (page) {
      const {html, status = 200, headers} = page;
      return reply(response, status, {'content-type': TYPES['.html'], ...headers}, Buffer.from(html));
    }
    if (pathname === '/consent-records' && request.method === 'POST')
      return saveRecord(request, response, records);
    // For the demo's panel: a page that asks the vendors' own host would pass for one that leaks.
    if (pathname === '/log') return replyLog(request, response, log);
    if (!isRead(request)) return reply(response, 405, {allow: 'GET, HEAD'});
    if (pathname === '/favicon.ico') return reply(response, 204);
    if (pathname.startsWith('/dist/')) return replyFile(response, 'dist', pathname.slice(6));
    if (pathname.startsWith('/npm/')) return replyFile(response, 'node_modules', pathname.slice(5));
    // The simulators have an origin of their own; here they would pass for first-party scripts.
    if (pathname.startsWith('/vendors/')) return reply(response, 404);
    // The single-page application answers for its own routes, so that each of them can be reloaded.
    const path = pathname.startsWith('/spa/') ? 'spa.html' : pathname.slice(1) || 'index.html';
    return replyFile(response, 'demo', path, (text) => text.replaceAll(VENDOR_ORIGIN_IN_PAGES, vendorOrigin));
  };
}

/** Every vendor at once. Sets no cookie. */
function vendorHandler(log) {
  let id = 0;
  return async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, DELETE');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.setHeader('timing-allow-origin', '*');
    const {pathname, searchParams} = addressOf(request);
    if (pathname === '/log') return replyLog(request, response, log);
    if (pathname === '/favicon.ico') return reply(response, 204);

    const tag = TAGS.find(({path}) => path.test(pathname));
    const [, folder, name = ''] = pathname.split('/');
    const cookieHeader = request.headers.cookie;
    log.push({
      id: ++id,
      time: Date.now(),
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      vendor: tag?.vendor ?? (folder === 'collect' || folder === 'npm' ? name : 'unknown'),
      ...(cookieHeader === undefined ? {} : {cookieHeader}),
      referer: request.headers.referer ?? '',
    });
    if (log.length > LOG_LIMIT) log.shift();

    request.resume();
    if (request.method === 'OPTIONS' || request.method === 'POST') return reply(response, 204);
    if (!isRead(request)) return reply(response, 405, {allow: 'GET, HEAD, POST, OPTIONS'});
    if (tag?.file) return replyFile(response, 'demo/vendors', tag.file);
    if (tag || folder === 'collect') return reply(response, 200, {'content-type': 'image/gif'}, GIF);
    if (folder === 'npm') return replyFile(response, 'node_modules', pathname.slice(5));
    return reply(response, 404);
  };
}

/** `GET /log` all of it, `GET /log?since=<ms>` what came after, `DELETE /log` forgets. None of these is logged. */
function replyLog(request, response, log) {
  const since = Number(addressOf(request).searchParams.get('since') ?? 0);
  if (request.method === 'DELETE') log.length = 0;
  else if (isRead(request)) {
    const body = JSON.stringify(log.filter(({time}) => !(time < since)));
    return reply(response, 200, {'content-type': TYPES['.json']}, Buffer.from(body));
  }
  return reply(response, 204);
}

async function saveRecord(request, response, records) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) return reply(response, 413, {connection: 'close'});
    chunks.push(chunk);
  }
  try {
    records.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    return reply(response, 204);
  } catch {
    // Not JSON: nothing was recorded, and the page is told so.
    return reply(response, 400);
  }
}

/** Serves one file below `folder`, or 404: hidden files, links that lead out and other tricks included. */
async function replyFile(response, folder, path, rewrite) {
  try {
    const base = await realpath(join(ROOT, folder));
    const segments = decodeURIComponent(path).split('/');
    if (segments.some((segment) => segment.startsWith('.') || /[\\\0]/.test(segment)))
      return reply(response, 404);
    const file = await realpath(join(base, ...segments));
    if (!file.startsWith(base + sep) || !(await stat(file)).isFile()) return reply(response, 404);
    const bytes = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const body = rewrite && /charset/.test(type) ? Buffer.from(rewrite(bytes.toString('utf8'))) : bytes;
    return reply(response, 200, {'content-type': type}, body);
  } catch {
    // No such file, or an address that does not decode.
    return reply(response, 404);
  }
}

function reply(response, status, headers = {}, body = undefined) {
  const text = status >= 400 ? Buffer.from(`${status}\n`) : body;
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status >= 400 ? {'content-type': TYPES['.txt']} : {}),
    ...(text ? {'content-length': text.length} : {}),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

const isRead = ({method}) => method === 'GET' || method === 'HEAD';

/** Path and query. A request line may hold anything; what is no address becomes one that no route knows. */
function addressOf({url = '/'}) {
  try {
    return new URL(`http://localhost${url}`);
  } catch {
    return new URL('http://localhost/%00');
  }
}

/**
 * Listens on both loopback addresses, since `localhost` may mean either.
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 */
async function listen(handler, port) {
  const answer = (request, response) => {
    handler(request, response).catch((error) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else reply(response, 500);
    });
  };
  const first = await bind(answer, port, '127.0.0.1');
  const servers = [first];
  const actualPort = first.address().port;
  try {
    servers.push(await bind(answer, actualPort, '::1'));
  } catch (error) {
    // A machine without IPv6 has the one address; a port that is taken on the other is a mistake to report.
    if (error.code === 'EADDRINUSE') {
      await stop(first);
      throw error;
    }
  }
  return {port: actualPort, close: async () => void (await Promise.all(servers.map(stop)))};
}

function bind(answer, port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer(answer);
    server.once('error', reject);
    server.listen({port, host}, () => resolve(server));
  });
}

function stop(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
