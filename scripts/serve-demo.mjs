/** `node scripts/serve-demo.mjs [--port 8000] [--vendor-port 8001]`: the demo pages and their vendors, until Ctrl+C. */
import {existsSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {startDemo} from './demo-server.mjs';

const PAGES = [
  ['/', 'start here: what to try, and what to look at (English)'],
  [
    '/marketing.html',
    'one script tag with its configuration inline: four advertisers, an embed, marked-up tags (Japanese)',
  ],
  ['/embeds.html', 'videos, a map, a post and a meeting behind placeholders (Japanese)'],
  ['/policy.html', 'a privacy policy whose links withdraw consent; configuration in a file (Japanese)'],
  [
    '/disclosure.html',
    "who receives what: the notice of Japan's rule on external transmission, and a table (Japanese)",
  ],
  ['/spa.html', 'a single-page application: npm package, elements, script API (English, Japanese, Russian)'],
];

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const toPort = (text, option) => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    fail(`--${option}: expected a port number from 0 to 65535, got "${text}"`);
  return port;
};

const readOptions = () => {
  const options = {
    port: {type: 'string', default: '8000'},
    'vendor-port': {type: 'string', default: '8001'},
    'with-parent': {type: 'boolean', default: false},
  };
  try {
    return parseArgs({options}).values;
  } catch (error) {
    return fail(`${error.message}\nUsage: node scripts/serve-demo.mjs [--port 8000] [--vendor-port 8001]`);
  }
};

/** A test runner that is killed cannot stop its server: the next run would meet it on its port, with older files. */
const endWithParent = (demo) => {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    demo.close();
  }, 500);
  timer.unref();
};

const options = readOptions();
const port = toPort(options.port, 'port');
const vendorPort = toPort(options['vendor-port'], 'vendor-port');

try {
  const demo = await startDemo({port, vendorPort});
  console.log('consent-gate demo (Ctrl+C ends it)\n');
  for (const [path, what] of PAGES) console.log(`  ${demo.siteOrigin}${path}\n      ${what}`);
  console.log(`  ${demo.vendorOrigin}/log\n      what the vendors received so far, as JSON\n`);
  if (!existsSync(new URL('../dist/cdn/consent-gate.js', import.meta.url))) {
    console.warn(
      'dist/ is missing, so the pages have no banner and load no vendor: run `npm run build`, then reload.',
    );
  }
  if (options['with-parent']) endWithParent(demo);
  process.once('SIGINT', () => demo.close());
  process.once('SIGTERM', () => demo.close());
} catch (error) {
  if (error.code !== 'EADDRINUSE') throw error;
  fail(
    `Port ${error.port} is taken by another program: choose others, as in: npm start -- --port 8010 --vendor-port 8011`,
  );
}
