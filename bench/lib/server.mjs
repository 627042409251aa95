/**
 * Stands in for a site, its CDN and its vendors: brotli -11 or gzip -9 bodies, compressed once and kept in memory.
 * The browser is told to find two made-up hosts here, since a consent manager may behave otherwise on `localhost`.
 */
import {readFile} from 'node:fs/promises';
import http from 'node:http';
import {extname, join, normalize} from 'node:path';
import {brotliCompressSync, gzipSync, constants as zlib} from 'node:zlib';

const TYPES = {'.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};
// Chromium takes brotli from https and from these alone; with the dot at the end no product takes them for a workshop.
const SITE = 'www.site.localhost.';
const VENDOR = 'tags.vendor.localhost.';
/** Of four digits, as the addresses of vendors have at most; the first that is free. */
const PORTS = [8300, 9999];

export const brotli = (body) =>
  brotliCompressSync(body, {
    params: {[zlib.BROTLI_PARAM_QUALITY]: 11, [zlib.BROTLI_PARAM_SIZE_HINT]: body.length},
  });
export const gzip = (body) => gzipSync(body, {level: 9});

/** Documents of the site have no ending; what lies beside them has. */
export const isDocument = (path) => path.startsWith('/page/') && !extname(path);

/**
 * @param mounts folders by what an address begins with: `{'/npm/': '/abs/folder/'}`
 * @param pages `(URL) => html`, or nothing where there is no such page
 */
export async function startServer({mounts, pages}) {
  /** `isCached`: all but documents may be kept for a year, as a CDN says of versioned files. */
  const control = {isCached: false};
  const packed = new Map();

  async function load(path) {
    const prefix = Object.keys(mounts).find((key) => path.startsWith(key));
    if (!prefix) return undefined;
    return readFile(join(mounts[prefix], normalize(`/${path.slice(prefix.length)}`))).catch(() => undefined);
  }

  async function bodyOf(url) {
    const [, vendor] = /^\/vendor\/([\w-]+)\.js$/.exec(url.pathname) ?? [];
    if (vendor) return vendorScript(vendor, Number(url.searchParams.get('busy')));
    return isDocument(url.pathname) ? Buffer.from(pages(url) ?? '') : load(url.pathname);
  }

  function encode(body, accepted, key) {
    const encoding = body.length >= 200 && ['br', 'gzip'].find((name) => accepted.includes(name));
    if (!encoding) return {body};
    const whole = `${encoding} ${key}`;
    if (!packed.has(whole)) packed.set(whole, (encoding === 'br' ? brotli : gzip)(body));
    return {body: packed.get(whole), encoding};
  }

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, `http://${SITE}`);
    if (url.searchParams.has('dead')) return; // Accepts the connection, and never answers.
    const delay = Number(url.searchParams.get('delay'));
    if (delay) await new Promise((done) => setTimeout(done, delay));
    const whole = await bodyOf(url);
    const isKept = control.isCached && !isDocument(url.pathname);
    const headers = {
      'cache-control': isKept ? 'public, max-age=31536000, immutable' : 'no-store',
      'access-control-allow-origin': '*',
      'timing-allow-origin': '*',
    };
    if (!whole?.length) {
      response.writeHead(404, headers).end();
      return;
    }
    const {body, encoding} = encode(whole, request.headers['accept-encoding'] ?? '', request.url);
    response.writeHead(200, {
      ...headers,
      ...(encoding && {'content-encoding': encoding}),
      'content-type': `${TYPES[extname(url.pathname)] ?? 'text/html'}; charset=utf-8`,
      'content-length': body.length,
    });
    response.end(body);
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  const site = `http://${SITE}:${port}`;
  return {
    site,
    vendor: `http://${VENDOR}:${port}`,
    /** For Chromium: where the hosts are, and that the site is as good as one on https. */
    flags: [
      `--host-resolver-rules=MAP ${SITE} 127.0.0.1, MAP ${VENDOR} 127.0.0.1`,
      `--unsafely-treat-insecure-origin-as-secure=${site}`,
    ],
    load,
    control,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @returns the port */
async function listen(server) {
  for (let port = PORTS[0]; port <= PORTS[1]; port++) {
    const isListening = await new Promise((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (isListening) return port;
  }
  throw new Error(`no port is free from ${PORTS.join(' to ')}`);
}

/** @param busy milliseconds for which it keeps the main thread to itself */
function vendorScript(id, busy) {
  const work = busy ? `{const end=performance.now()+${busy};while(performance.now()<end);}` : '';
  return Buffer.from(`${work}window.__bench&&__bench.ran(${JSON.stringify(id)});`);
}
