/** Removes what `find-leftovers.ts` has found, from cookies and storage. */
import {attempt} from '../attempt.js';
import type {Leftovers} from './find-leftovers.js';

/** @returns names of the cookies that could not be removed: set by a server as `HttpOnly`, or for another path */
export function sweepStorage(leftovers: Leftovers, removeCookie: (name: string) => boolean): string[] {
  return leftovers.filter((name) => {
    for (const area of ['localStorage', 'sessionStorage'] as const)
      attempt(() => window[area].removeItem(name));
    return !removeCookie(name);
  });
}
