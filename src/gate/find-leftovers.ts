/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again at every start,
 * since many tags write once more as the page goes away. Never the record, nor what a granted vendor also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';

/** Names of what is to be removed. */
export interface Leftovers {
  readonly cookies: readonly string[];
  readonly localStorage: readonly string[];
  readonly sessionStorage: readonly string[];
}

export interface StorageNames {
  readonly window: Window;
  readonly isGranted: (id: string) => boolean;
  readonly cookieNames: readonly string[];
}

/** @returns `null` where there is nothing to remove */
export function findLeftovers(
  {vendors, cookie}: Settings,
  {window, isGranted, cookieNames}: StorageNames,
): Leftovers | null {
  const isLeftover = (kind: 'cookies' | 'storage') => {
    const [granted, denied] = [true, false].map((grant) =>
      toMatcher(vendors.filter(({id}) => isGranted(id) === grant).flatMap((vendor) => vendor[kind])),
    ) as [RegExp, RegExp];
    return (name: string) => name !== cookie.name && denied.test(name) && !granted.test(name);
  };
  const keysOf = (area: 'localStorage' | 'sessionStorage') => attempt(() => Object.keys(window[area])) ?? [];
  const isStored = isLeftover('storage');
  const found = {
    cookies: cookieNames.filter(isLeftover('cookies')),
    localStorage: keysOf('localStorage').filter(isStored),
    sessionStorage: keysOf('sessionStorage').filter(isStored),
  };
  return Object.values(found).flat().length ? found : null;
}

/** `*` stands for any characters, `?` for one; no pattern matches nothing. */
function toMatcher(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) => pattern.replace(/[^\w*?]/g, '\\$&').replace(/[*?]/g, '.$&').replace(/\?/g, ''));
  return new RegExp(`^(${sources.join('|') || '$.'})$`);
}
