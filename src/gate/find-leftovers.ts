/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again at every start,
 * since many tags write once more as the page goes away. Never the record, nor what a granted vendor also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';

/** Names of cookies and of storage items; the sweep tries each name in every place. */
export type Leftovers = readonly string[];

export interface Surroundings {
  readonly window: Window;
  readonly isGranted: (id: string) => boolean;
}

export function findLeftovers({vendors, cookie}: Settings, {window, isGranted}: Surroundings): Leftovers {
  const matcherOf = (grant: boolean) => {
    const patterns = vendors.flatMap(({id, cookies, storage}) => (isGranted(id) === grant ? [...cookies, ...storage] : []));
    // `*` stands for any characters; no pattern matches nothing.
    const source = patterns.join('|').replace(/[^\w*|]/g, '\\$&').replace(/\*/g, '.*');
    return new RegExp(`^(${source || '$.'})$`);
  };
  const denied = matcherOf(false);
  const granted = matcherOf(true);
  return [
    ...(attempt(() => window.document.cookie) ?? '').split(/; */).map((pair) => pair.split('=', 1)[0] as string),
    ...(attempt(() => Object.keys({...window.localStorage, ...window.sessionStorage})) ?? []),
  ].filter((name) => name !== cookie.name && denied.test(name) && !granted.test(name));
}
