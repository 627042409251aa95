/**
 * Removes what denied vendors have left in this site's cookies and storage: on withdrawal, and again at the next start,
 * since many tags write once more as the page goes away. Never touches the record, nor what a granted vendor also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';

export interface SweepEnvironment {
  readonly window: Window;
  readonly isGranted: (id: string) => boolean;
  readonly cookies: {names(): string[]; remove(name: string): boolean};
}

/** @returns names of the cookies that could not be removed: set by a server as `HttpOnly`, or for another path */
export function sweepStorage({vendors, cookie}: Settings, {window, isGranted, cookies}: SweepEnvironment): string[] {
  const belongsTo = (grant: boolean, kind: 'cookies' | 'storage') =>
    toMatcher(vendors.filter(({id}) => isGranted(id) === grant).flatMap((vendor) => vendor[kind]));
  const leftIn = (kind: 'cookies' | 'storage', names: string[]) => {
    const denied = belongsTo(false, kind);
    const granted = belongsTo(true, kind);
    return names.filter((name) => name !== cookie.name && denied.test(name) && !granted.test(name));
  };

  for (const area of ['localStorage', 'sessionStorage'] as const) {
    attempt(() => {
      for (const name of leftIn('storage', Object.keys(window[area]))) window[area].removeItem(name);
    });
  }
  return leftIn('cookies', cookies.names()).filter((name) => !cookies.remove(name));
}

/** `*` stands for any characters, `?` for one; no pattern matches nothing. */
function toMatcher(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) =>
    pattern.replace(/[^\w*?]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.'),
  );
  return new RegExp(`^(${sources.join('|') || '$.'})$`);
}
