/**
 * What few sites need and the loader does not have: the definition of a vendor that comes in a file of its own, and the
 * life-cycle events that are over where consent comes late. A file of its own, fetched when such a vendor's turn has come.
 */

import {attempt, guard} from '../attempt.js';
import {categoriesOf} from '../config/categories-of.js';
import {describe} from '../config/normalize-config.js';
import type {Settings, Vendor, VendorDefinition, VendorWindow} from '../config/types.js';
import type {Load} from '../load.js';
import {matches} from '../match-pattern.js';
import {ownDocument} from '../own-document.js';
import type {ScriptTag} from './inject-tag.js';
import {watchListeners} from './late-events.js';
import type {TagReport} from './tag-gate.js';

export {watchListeners};

export interface AttendModule {
  readonly vouch: typeof vouch;
  readonly attend: typeof attend;
  readonly complete: typeof complete;
  readonly whenLoaded: typeof whenLoaded;
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

/**
 * Resolves where the configuration lists this script, by its address or by the hash of its text. Rejects, in words, any other:
 * under a policy of hashes with `'strict-dynamic'`, whatever the loader makes is trusted, and a comment may hold markup.
 */
export async function vouch({url, text = ''}: ScriptTag, {markup}: Pick<Settings, 'markup'>): Promise<void> {
  const {src, sha256} = Object(markup);
  if (url) {
    const {href} = new URL(url, ownDocument.baseURI);
    // Not beside the base, which a comment may have set.
    const isListed = [src ?? []]
      .flat()
      .some((one) => attempt(() => new URL(one, location.href).href) === href);
    if (!isListed) throw Error(`markup.src: expected ${href}, which is not listed`);
    return;
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  if (![sha256 ?? []].flat().some((one) => one === hash || one === `sha256-${hash}`))
    throw Error(`markup.sha256: expected ${hash}, which is not listed`);
}

/** Calls `resolve` once a tag of that vendor or category has loaded, also where it had before. */
export function whenLoaded(id: string, tags: readonly TagReport[], resolve: () => void): void {
  const isOf = ({vendor, category}: TagReport) => vendor === id || categoriesOf(category).includes(id);
  const look = () => {
    if (!tags.some((tag) => tag.state === 'loaded' && isOf(tag))) return;
    ownDocument.removeEventListener('consent-vendor-load', look);
    resolve();
  };
  ownDocument.addEventListener('consent-vendor-load', look);
  look();
}

/** Gives a vendor its own definition, where another stands in for it. */
export async function complete(vendor: Vendor, load: Load): Promise<void> {
  const standIn = vendor.definition;
  if (!standIn?.isStandIn) return;
  const {vendor: own} = await load(`vendors/${vendor.id}.js`);
  // Another caller may have been faster.
  if (vendor.definition !== standIn) return;
  const definition: VendorDefinition = {
    ...own,
    isLate: true,
    start(...given) {
      const [page] = given;
      // The page may have removed it since.
      standIn.install?.(page);
      own.install?.(page);
      own.start?.(...given);
    },
  };
  const attributes = {...own.attributes?.(vendor.tagId ?? ''), ...vendor.attributes};
  const {url = ''} = vendor;
  Object.assign(vendor, {...describe(vendor, definition, !vendor.isBroken), attributes});
  // The page may have another `<base>` by now.
  if (vendor.src && vendor.url) Object.assign(vendor, {url});
  let isDue = false;
  let isDenied = false;
  /** Not after a withdrawal that came while the script was on its way: then with the next grant. */
  const tellLoaded = () => {
    if (!isDue || isDenied) return;
    isDue = false;
    guard(() => own.loaded?.(window as unknown as VendorWindow, vendor.tagId ?? '', `${vendor.url}`));
  };
  ownDocument.addEventListener('consent-vendor-load', ({vendor: id, url}) => {
    isDue ||= id === vendor.id && url === vendor.url;
    tellLoaded();
  });
  ownDocument.addEventListener('consent-change', ({state}) => {
    // An event of that name may be anybody's.
    const grant = attempt(() => state.vendors[vendor.id]);
    if (grant) isDenied = grant === 'denied';
    tellLoaded();
  });
}

/** @param pages paths; `*` stands for any characters, and what begins with `!` is left out. The last that fits decides. */
export function isPageOf(pages: readonly string[], path: string): boolean {
  const last = pages.filter((pattern) => matches(pattern.replace(/^!/, ''), path)).at(-1);
  // A list that only leaves out means all the others.
  return last === undefined ? pages.every((pattern) => pattern.startsWith('!')) : !last.startsWith('!');
}

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
