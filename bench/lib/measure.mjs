/**
 * Runs scenarios with adapters, interleaved: every run visits each adapter once, in a new random order, so that whatever else
 * the machine does falls on all of them alike. In: scenarios and adapters. Out: samples by scenario and adapter.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {ensureBrowsers, launchOptions} from '../../scripts/browsers.mjs';
import {accept} from './journeys.mjs';
import {makeTags, markedImages, renderPage} from './page.mjs';
import {brotli, gzip, startServer} from './server.mjs';

const bench = fileURLToPath(new URL('..', import.meta.url));
const TAGS = 3;

/** @returns the named adapters, or all */
export async function loadAdapters(names) {
  const all = readdirSync(`${bench}adapters`).map((file) => file.replace(/\.mjs$/, ''));
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown) throw new Error(`no adapter "${unknown}", only ${all.join(', ')}`);
  return Promise.all(
    (names ?? all).map(async (name) => {
      const {default: adapter} = await import(`../adapters/${name}.mjs`);
      await adapter.prepare?.();
      return {...adapter, version: adapter.version ?? versionOf(adapter.package)};
    }),
  );
}

/**
 * While a driver is attached, each look at a cookie and each request has V8 read the source of what is on the stack once more,
 * unless it has noted the places as it compiled: milliseconds that no visitor waits.
 */
const READY = '--js-flags=--no-enable-lazy-source-positions';

/**
 * @param {{scenarios: import('./scenarios.mjs').Scenario[], runs: number, cpu: number, adapters: object[], save: Function}} plan
 *   `save(scenario, samples, {browser, sizes, problems})` is called after every run, so that a run that is cut short is not lost
 */
export async function measure({scenarios, runs, cpu, adapters, save}) {
  const byName = new Map(adapters.map((adapter) => [adapter.name, adapter]));
  const mounts = Object.assign(
    {'/npm/': `${bench}node_modules/`, '/dist/': `${bench}dist/`},
    ...adapters.map((adapter) => adapter.mounts ?? {}),
  );
  const server = await startServer({mounts, pages: (url) => pageFor(url, byName, server.vendor)});
  process.env.CONSENT_GATE_ENGINES = 'chromium';
  const options = launchOptions(ensureBrowsers()[0]);
  const browser = await chromium.launch({...options, args: [...options.args, ...server.flags, READY]});
  const problems = [];
  try {
    const {states, sizes} = await warmUp({browser, server, adapters, problems});
    for (const scenario of scenarios) {
      const samples = {};
      server.control.isCached = !!scenario.isWarm;
      for (let run = 1; run <= runs; run++) {
        const started = performance.now();
        for (const adapter of shuffle(adapters.filter((one) => states[one.name] && fits(one, scenario)))) {
          const sample = await attempt(problems, `${scenario.id} ${adapter.name} run ${run}`, () =>
            scenario.journey(browser, adapter, {
              url: addressOf(server.site, adapter, scenario),
              state: states[adapter.name],
              conditions: conditionsOf(scenario, cpu),
              isWarm: scenario.isWarm,
              isHindered: !!scenario.firstQuery,
            }),
          );
          const {state, assets, ...numbers} = sample ?? {};
          if (sample) (samples[adapter.name] ??= []).push(numbers);
        }
        const seconds = Math.round((performance.now() - started) / 1000);
        console.error(`${scenario.id} run ${run}/${runs} ${seconds} s`);
        save(scenario, samples, {browser: `Chromium ${browser.version()}`, sizes, problems});
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/** A visit of each: proves that it shows, gates and lets in; leaves its stored consent; tells what it fetches. */
async function warmUp({browser, server, adapters, problems}) {
  const [states, sizes] = [{}, {}];
  const scenario = {network: 'none'};
  for (const adapter of adapters) {
    const visit = () =>
      accept(browser, adapter, {
        url: addressOf(server.site, adapter, scenario),
        conditions: conditionsOf(scenario, 1),
      });
    // The first one in a new browser may be slow.
    const sample = await attempt(problems, `${adapter.name} before all`, () => visit().catch(visit));
    if (!sample) continue;
    states[adapter.name] = sample.state;
    const bodies = await Promise.all(sample.assets.map((path) => server.load(path)));
    const sum = (sizeOf) => bodies.reduce((total, body) => total + (body ? sizeOf(body).length : 0), 0);
    sizes[adapter.name] = {
      version: adapter.version,
      kind: adapter.kind,
      requests: bodies.length,
      raw: sum((body) => body),
      gzip: sum(gzip),
      brotli: sum(brotli),
      files: sample.assets,
    };
  }
  return {states, sizes};
}

/** What differs only in how it is embedded need not go through all; not every product can be withdrawn from by a call. */
function fits(adapter, {id, isMain, large}) {
  if (large) return adapter.kind === 'own' && !adapter.isVariant;
  return id.startsWith('withdraw') ? !!adapter.withdraw && !adapter.isVariant : isMain || !adapter.isVariant;
}

function addressOf(site, {name}, {tags = TAGS, query = '', firstQuery, isReturn, isMarked, large, id = ''}) {
  const search = new URLSearchParams({tags, query});
  if (firstQuery) search.set('firstQuery', firstQuery);
  if (isReturn) search.set('isReturn', '');
  if (isMarked) search.set('isMarked', '');
  if (large) search.set(large.what, large.amount);
  if (id.startsWith('withdraw')) search.set('withdraw', '');
  return `${site}/page/${name}?${search}`;
}

/** The same address again, read by the server. */
function pageFor({pathname, searchParams}, adapters, vendorOrigin) {
  const adapter = adapters.get(pathname.slice('/page/'.length));
  if (!adapter) return undefined;
  const queries = {query: searchParams.get('query'), firstQuery: searchParams.get('firstQuery') ?? undefined};
  const [vendors, images, kilobytes] = ['vendors', 'images', 'kilobytes'].map((what) =>
    Number(searchParams.get(what)),
  );
  const tags = makeTags(vendors || Number(searchParams.get('tags')), vendorOrigin, queries);
  const parts = adapter.html({
    tags,
    isReturn: searchParams.has('isReturn'),
    isMarked: searchParams.has('isMarked'),
    kilobytes,
  });
  if (images) parts.body += markedImages(images, vendorOrigin);
  return renderPage(parts, searchParams.has('withdraw') ? adapter.withdraw : undefined);
}

function conditionsOf({network, tags = TAGS, firstQuery, id}, cpu) {
  return {
    network,
    cpu,
    expected: firstQuery ? tags - 1 : tags,
    ...(firstQuery && {besides: 't1'}),
    timeout: id === 'dead-vendor' ? 4000 : tags > 100 ? 90_000 : 20_000,
  };
}

async function attempt(problems, label, visit) {
  try {
    return await visit();
  } catch (error) {
    const problem = `${label}: ${error.message.split('\n')[0]}`;
    console.error(`  ! ${problem}`);
    problems.push(problem);
    return undefined;
  }
}

function versionOf(name) {
  return name && JSON.parse(readFileSync(`${bench}node_modules/${name}/package.json`, 'utf8')).version;
}

function shuffle(items) {
  const keyed = items.map((item) => [Math.random(), item]);
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
}
