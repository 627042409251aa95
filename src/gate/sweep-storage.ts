/**
 * Removes what denied vendors have left in this site's cookies and storage: on withdrawal, and again at the next start,
 * since many tags write once more as the page goes away. Never touches the record, nor what a granted vendor also uses.
 */
import type {Settings} from '../config/types.js';

export interface SweepEnvironment {
  readonly window: Window;
  readonly isGranted: (id: string) => boolean;
  readonly cookies: {names(): string[]; remove(name: string): boolean};
}

/** @returns names of the cookies that could not be removed: set by a server as `HttpOnly`, or for another path */
export function sweepStorage({vendors, cookie}: Settings, {window, isGranted, cookies}: SweepEnvironment): string[] {
  const patternsOf = (kind: 'cookies' | 'storage', granted: boolean) =>
    vendors.filter(({id}) => isGranted(id) === granted).flatMap((vendor) => vendor[kind]);
  const isSwept = (kind: 'cookies' | 'storage') => {
    const denied = toMatcher(patternsOf(kind, false));
    const granted = toMatcher(patternsOf(kind, true));
    return (name: string) => name !== cookie.name && denied(name) && !granted(name);
  };

  const isStored = isSwept('storage');
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    try {
      for (const name of Object.keys(window[area])) if (isStored(name)) window[area].removeItem(name);
    } catch {
      // Storage is blocked, so nothing can have been left in it.
    }
  }
  return cookies
    .names()
    .filter(isSwept('cookies'))
    .filter((name) => !cookies.remove(name));
}

/** `*` stands for any characters, `?` for one. */
function toMatcher(patterns: readonly string[]): (name: string) => boolean {
  if (!patterns.length) return () => false;
  const sources = patterns.map((pattern) =>
    pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.'),
  );
  const matcher = new RegExp(`^(${sources.join('|')})$`);
  return (name) => matcher.test(name);
}
