/**
 * What few vendors need and the loader does not have: the definition of a vendor that comes in a file of its own, and the
 * life-cycle events that are over where consent comes late. A file of its own, fetched when such a vendor's turn has come.
 */
import {guard} from '../attempt.js';
import {describe} from '../config/normalize-config.js';
import type {Settings, StandIn, Vendor, VendorDefinition, VendorWindow} from '../config/types.js';
import type {Load} from '../load.js';
import {watchListeners} from './late-events.js';

export {watchListeners};

export interface AttendModule {
  readonly attend: typeof attend;
  readonly complete: typeof complete;
  readonly watchListeners: typeof watchListeners;
}

/** Resolves once the vendor may and can have its tag in this page. Rejects, in words, where it never can. */
export async function attend(vendor: Vendor, settings: Settings, load: Load): Promise<void> {
  await complete(vendor, load);
  const {id, isBroken, definition, tagId, pages, lateEvents} = vendor;
  if (isBroken) throw Error(`${id}.tagId: expected ${definition?.tagId}, got "${tagId}"`);
  if (lateEvents === true) watchListeners(settings);
  while (pages && !isPageOf(pages, location.pathname)) await nextPage();
}

/** Gives a vendor its own definition, where another stands in for it. */
export async function complete(vendor: Vendor, load: Load): Promise<void> {
  const standIn = vendor.definition as StandIn | undefined;
  if (!standIn?.held) return;
  const {vendor: own} = await load(`vendors/${vendor.id}.js`);
  // Another caller may have been faster.
  if (vendor.definition !== standIn) return;
  const definition: VendorDefinition = {
    // It may be asked what it leaves without ever being granted: what is held until then is still to be forgotten.
    drop: () => standIn.held.splice(0),
    ...own,
    start(...given) {
      const [page] = given;
      if (page[standIn.queue] === standIn.stub) delete page[standIn.queue];
      own.install?.(page);
      own.start?.(...given);
      for (const call of standIn.held.splice(0)) guard(() => repeat(page, standIn.queue, call));
    },
  };
  const attributes = {...own.attributes?.(vendor.tagId ?? ''), ...vendor.attributes};
  Object.assign(vendor, {...describe(vendor, definition, !vendor.isBroken), attributes});
  let isDue = false;
  let isDenied = false;
  /** Not after a withdrawal that came while the script was on its way: then with the next grant. */
  const tellLoaded = () => {
    if (!isDue || isDenied) return;
    isDue = false;
    guard(() => own.loaded?.(window as unknown as VendorWindow, vendor.tagId ?? '', `${vendor.url}`));
  };
  document.addEventListener('consent-vendor-load', ({vendor: id, url}) => {
    isDue ||= id === vendor.id && url === vendor.url;
    tellLoaded();
  });
  document.addEventListener('consent-change', ({state}) => {
    isDenied = state.vendors[vendor.id] === 'denied';
    tellLoaded();
  });
}

/** Makes a call that has been held: `[['track'], ['x']]` is `ttq.track('x')`. */
function repeat(page: VendorWindow, queue: string, [path, values]: StandIn['held'][number]): void {
  let owner: unknown = page;
  let called = page[queue];
  for (const name of path) [owner, called] = [called, (called as Record<string, unknown>)[name]];
  (called as (...values: unknown[]) => unknown).apply(owner, values);
}

/** @param pages paths; `*` stands for any characters, and what begins with `!` is left out. The last that fits decides. */
export function isPageOf(pages: readonly string[], path: string): boolean {
  const last = pages.filter((pattern) => toPattern(pattern).test(path)).at(-1);
  // A list that only leaves out means all the others.
  return last === undefined ? pages.every((pattern) => pattern.startsWith('!')) : !last.startsWith('!');
}

const toPattern = (text: string) =>
  RegExp(
    `^${text
      .replace(/^!/, '')
      .replace(/[^\w*]/g, '\\$&')
      .replace(/\*/g, '.*')}$`,
  );

/** Resolves once the page has another address, as it has in a single-page application. */
function nextPage(): Promise<void> {
  const before = location.href;
  return new Promise((resolve) => {
    // Not every browser tells of `pushState`.
    const timer = setInterval(() => {
      if (location.href === before) return;
      clearInterval(timer);
      resolve();
    }, 200);
  });
}
