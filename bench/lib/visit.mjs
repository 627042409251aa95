/** One measured visit: a page in a browser context of its own, driven and observed over the DevTools protocol. */
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {isDocument} from './server.mjs';

// An expression behind a comment.
const PROBE = readFileSync(new URL('probe.js', import.meta.url), 'utf8')
  .replace(/^\/\*\*[\s\S]*?\*\//, '')
  .trim()
  .replace(/;$/, '');
const VIEW = {viewport: {width: 412, height: 823}, locale: 'en-US'};
/** Rest after what was waited for, so that what comes late is counted too; one peer's buttons are deaf for 500 ms. */
const SETTLE = 700;

/** The presets of DevTools. */
const NETWORKS = {
  none: undefined,
  slow4g: {offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375},
};

/**
 * @typedef {object} Conditions
 * @property {'none' | 'slow4g'} network
 * @property {number} cpu how many times slower
 * @property {number} expected tags that have to run
 * @property {string} [besides] id of a tag that nobody waits for
 * @property {'banner' | 'record'} [watched] what is looked at after a click
 * @property {number} [timeout] milliseconds
 */

/** Opens a context with what an earlier visit has stored, and closes it after `use`. */
export async function inContext(browser, state, use) {
  const context = await browser.newContext({...VIEW, ...(state && {storageState: state})});
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}

/** @param {Conditions} conditions */
export async function openPage(context, adapter, conditions) {
  const {network, cpu, expected, besides, watched, timeout = 20_000} = conditions;
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const requests = new Map();
  const signals = new Map();
  const waiting = new Map();
  const errors = [];
  page.on('pageerror', ({message}) => errors.push(message));
  cdp.on('Network.requestWillBeSent', ({requestId, request}) => {
    requests.set(requestId, {url: request.url, bytes: 0});
  });
  cdp.on('Network.loadingFinished', ({requestId, encodedDataLength}) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  cdp.on('Runtime.bindingCalled', ({payload}) => {
    const [name, value] = payload.split(' ');
    signals.set(name, Number(value));
    waiting.get(name)?.();
  });
  for (const domain of ['Network', 'Page', 'Runtime', 'Performance']) await cdp.send(`${domain}.enable`);
  await cdp.send('Runtime.addBinding', {name: '__signal'});
  const options = JSON.stringify({accept: adapter.accept, expected, besides, watched});
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', {source: `(${PROBE})(${options})`});
  if (cpu > 1) await cdp.send('Emulation.setCPUThrottlingRate', {rate: cpu});
  if (NETWORKS[network]) await cdp.send('Network.emulateNetworkConditions', NETWORKS[network]);

  return {
    page,
    errors,
    /** Not `load`, which a vendor that never answers would hold up. */
    go: (url) => page.goto(url, {waitUntil: 'domcontentloaded'}),
    /** @returns whether it was signalled in time */
    async hasSignal(name, limit = timeout) {
      if (signals.has(name)) return true;
      const signalled = new Promise((resolve) => waiting.set(name, () => resolve(true)));
      return Promise.race([signalled, sleep(limit, false)]);
    },
    /** @returns its value */
    async waitFor(name, problem) {
      if (!(await this.hasSignal(name))) throw new Error([problem, ...errors].join(' | '));
      return signals.get(name);
    },
    rest: () => sleep(SETTLE),
    report: () => page.evaluate(() => window.__bench.report()),
    costs: async () => costsOf((await cdp.send('Performance.getMetrics')).metrics),
    traffic: () => trafficOf([...requests.values()]),
    async click(selector) {
      const box = await page.evaluate((text) => window.__bench.find(text)?.getBoundingClientRect(), selector);
      if (!box) throw new Error(`there is no ${selector}`);
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
  };
}

/** Milliseconds since the page began, times of the throttled processor. */
function costsOf(metrics) {
  const values = Object.fromEntries(metrics.map(({name, value}) => [name, value * 1000]));
  return {
    scriptMs: values.ScriptDuration,
    layoutMs: values.LayoutDuration + values.RecalcStyleDuration,
    taskMs: values.TaskDuration,
  };
}

/** Bytes on the wire, headers included. Assets are what the consent manager fetches. */
function trafficOf(requests) {
  const sum = (list) => list.reduce((total, {bytes}) => total + bytes, 0);
  const known = requests
    .filter(({url}) => url.startsWith('http'))
    .map((request) => ({...request, path: new URL(request.url).pathname}));
  const assets = known.filter(({path}) => !path.startsWith('/vendor/') && !isDocument(path));
  return {
    assetBytes: sum(assets),
    assetRequests: assets.length,
    documentBytes: sum(known.filter(({path}) => isDocument(path))),
    assets: assets.map(({path}) => path),
  };
}
