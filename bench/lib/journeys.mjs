/**
 * What a visitor does in a measured visit. Each journey returns numbers by name, and throws where the product has failed:
 * a tag requested without consent, a banner that never shows, a tag that never runs.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {inContext, openPage} from './visit.mjs';

/** For a page as busy as a live application: nodes a second, and for how long. */
const BUSY = [500, 5000];
/** Of a large page: each adds a paragraph, in a task of its own. */
const CHANGES = 100;

/** Arrives unasked, waits for the banner, accepts, waits for every tag to run. */
export function accept(browser, adapter, {url, conditions, isWarm}) {
  return inContext(browser, undefined, async (context) => {
    if (isWarm) await fillCache(context, adapter, {url, conditions, signal: 'shown'});
    const visit = await openPage(context, adapter, conditions);
    const before = await arriveUndecided(visit, url);
    const [begun, traffic] = [await visit.costs(), visit.traffic()];
    await visit.click(adapter.accept);
    await visit.waitFor('ran', 'tags did not run after accept');
    const ended = await visit.costs();
    await visit.rest();
    const after = await visit.report();
    return {
      ...numbers(before),
      ...traffic,
      ...begun,
      cls: after.cls,
      inp: after.inp,
      longest: after.longest,
      clickToFirst: after.firstRequest - after.click,
      clickToLast: after.lastRequest - after.click,
      clickToRun: after.lastRun - after.click,
      clickScriptMs: ended.scriptMs - begun.scriptMs,
      clickTaskMs: ended.taskMs - begun.taskMs,
      state: await context.storageState(),
    };
  });
}

/** Arrives unasked, rejects. */
export function reject(browser, adapter, {url, conditions}) {
  return inContext(browser, undefined, async (context) => {
    const visit = await openPage(context, adapter, {...conditions, watched: 'banner'});
    const before = await arriveUndecided(visit, url);
    const begun = await visit.costs();
    await visit.click(adapter.reject);
    await visit.waitFor('gone', 'the banner stayed after reject');
    await visit.rest();
    const after = await visit.report();
    if (after.vendorRequests) throw new Error('a gated tag was requested after reject');
    return {
      lcp: before.lcp,
      cls: after.cls,
      inp: after.inp,
      clickToGone: after.gone - after.click,
      clickScriptMs: (await visit.costs()).scriptMs - begun.scriptMs,
      clickBytes: visit.traffic().assetBytes,
    };
  });
}

/** Comes back with a stored consent. `isHindered`: one tag is slow or dead, and the others count. */
export function comeBack(browser, adapter, {url, state, conditions, isWarm, isHindered}) {
  return inContext(browser, state, async (context) => {
    if (isWarm) await fillCache(context, adapter, {url, conditions, signal: 'ran'});
    const visit = await openPage(context, adapter, conditions);
    await visit.go(url);
    const hasRun = await visit.hasSignal('ran');
    if (!hasRun && !isHindered) throw new Error(['tags did not run on return', ...visit.errors].join(' | '));
    await visit.rest();
    const report = await visit.report();
    if (report.shown !== null) throw new Error('the banner was shown to someone who has chosen');
    const {othersLastRequest, lastRun, ...rest} = numbers(report);
    return {
      ...rest,
      ...(hasRun && {othersLastRequest, lastRun}),
      isBlocked: hasRun ? 0 : 1,
      spread: report.lastRequest - report.firstRequest,
      ...(await visit.costs()),
      ...visit.traffic(),
    };
  });
}

/** Comes back, withdraws, looks at the page once more. */
export function withdraw(browser, adapter, {url, state, conditions}) {
  return inContext(browser, state, async (context) => {
    const visit = await openPage(context, adapter, {...conditions, watched: 'record'});
    await visit.go(url);
    await visit.waitFor('ran', 'tags did not run on return');
    await visit.rest();
    const before = await visit.report();
    const {assetBytes} = visit.traffic();
    await visit.click('#withdraw');
    const clickToStored = await visit.waitFor('stored', 'the withdrawal was not stored');
    await visit.rest();
    const clickBytes = visit.traffic().assetBytes - assetBytes;
    const {cls, inp} = await visit.report().catch(() => ({}));
    const next = await openPage(context, adapter, {...conditions, network: 'none'});
    await next.go(url);
    await next.rest();
    if ((await next.report()).vendorRequests) throw new Error('a gated tag was requested after withdrawal');
    // Some reload the page, which takes the measured interaction with it.
    return {
      lcp: before.lcp,
      cls: Math.max(before.cls, cls ?? 0),
      inp: inp || undefined,
      clickToStored,
      clickBytes,
    };
  });
}

/** Comes back to a page to which something is added all the time. */
export function stayOnBusyPage(browser, adapter, {url, state, conditions}) {
  return inContext(browser, state, async (context) => {
    const visit = await openPage(context, adapter, conditions);
    await visit.go(url);
    await visit.waitFor('ran', 'tags did not run on return');
    await visit.rest();
    const begun = await visit.costs();
    await visit.page.evaluate((amounts) => window.__bench.addNodes(...amounts), BUSY);
    const ended = await visit.costs();
    const {lcp, cls} = await visit.report();
    return {
      lcp,
      cls,
      busyScriptMs: ended.scriptMs - begun.scriptMs,
      busyTaskMs: ended.taskMs - begun.taskMs,
    };
  });
}

/** Arrives at a page that has much of something, which changes a little a hundred times; then rejects. */
export function meetLargePage(browser, adapter, {url, conditions}) {
  return inContext(browser, undefined, async (context) => {
    const visit = await openPage(context, adapter, {...conditions, watched: 'banner'});
    const before = await arriveUndecided(visit, url);
    const begun = await visit.costs();
    await visit.page.evaluate((count) => window.__bench.changeOneByOne(count), CHANGES);
    const changed = await visit.costs();
    await visit.click(adapter.reject);
    await visit.waitFor('gone', 'the banner stayed after reject');
    await visit.rest();
    const after = await visit.report();
    if (after.vendorRequests) throw new Error('a gated tag was requested after reject');
    return {
      shown: before.shown,
      cls: after.cls,
      scriptMs: begun.scriptMs,
      changeMs: (changed.scriptMs - begun.scriptMs) / CHANGES,
      clickToGone: after.gone - after.click,
      inp: after.inp,
      longest: after.longest,
    };
  });
}

/** @returns what was measured up to here */
async function arriveUndecided(visit, url) {
  await visit.go(url);
  await visit.waitFor('shown', 'the banner never became visible');
  const {assetBytes: shownBytes, documentBytes} = visit.traffic();
  await visit.rest();
  const report = {...(await visit.report()), shownBytes, pressableBytes: shownBytes + documentBytes};
  if (report.vendorRequests) throw new Error('a gated tag was requested before consent');
  return report;
}

/** The same visit before, unmeasured and at full speed. */
async function fillCache(context, adapter, {url, conditions, signal}) {
  const visit = await openPage(context, adapter, {...conditions, cpu: 1, network: 'none'});
  await visit.go(url);
  await visit.waitFor(signal, 'the visit before failed');
  await sleep(300);
  await visit.page.close();
}

function numbers(report) {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => Number.isFinite(value)));
}
