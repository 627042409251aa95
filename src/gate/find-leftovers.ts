/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again at every start,
 * since many tags write once more as the page goes away. Never the record, nor what a granted vendor also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';

/** Names of cookies and of storage items; the sweep tries each name in every place. */
export type Leftovers = readonly string[];

export function findLeftovers({vendors, cookie}: Settings, isGranted: (id: string) => boolean): Leftovers {
  const names = [
    ...readCookies().map(([name]) => name as string),
    ...(attempt(() => Object.keys({...localStorage, ...sessionStorage})) ?? []),
  ];
  return names.filter((name) => {
    const owners = vendors.filter(({leaves}) => leaves.test(name));
    return owners.length && name !== cookie.name && !owners.some(({id}) => isGranted(id));
  });
}
