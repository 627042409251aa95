/** Removes what `find-leftovers.ts` has found, from cookies and storage, and databases and caches of such names. */
import {attempt} from '../attempt.js';
import type {Leftovers} from './find-leftovers.js';

/** @returns names of the cookies that could not be removed: set for a path or in a way that no page can repeat */
export function sweepStorage(leftovers: Leftovers, removeCookie: (name: string) => boolean): string[] {
  return leftovers.filter((name) => {
    for (const area of ['localStorage', 'sessionStorage'] as const)
      attempt(() => window[area].removeItem(name));
    return !removeCookie(name);
  });
}

/**
 * Removes databases and caches. A database that a running tag holds open goes when the page does.
 * @returns their names
 */
export async function sweepDatabases(isLeftover: (name: string) => boolean): Promise<string[]> {
  const databases = (await settled(() => indexedDB.databases()))
    .map(({name = ''}) => name)
    .filter(isLeftover);
  const stores = (await settled(() => caches.keys())).filter(isLeftover);
  for (const name of databases) attempt(() => indexedDB.deleteDatabase(name));
  await Promise.allSettled(stores.map((name) => caches.delete(name)));
  return [...databases, ...stores];
}

/** What a browser lacks, or forbids to this page, holds nothing. */
const settled = async <T>(list: () => Promise<T[]>): Promise<T[]> =>
  (await attempt(list)?.catch(() => [])) ?? [];
