/**
 * Whether denied vendors may have left anything in this site's cookies and storage: asked at every start, since many tags
 * write once more as the page goes away. What exactly is to go, `find-leftovers.ts` says, which only a sweep downloads.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';

/** @returns names of all cookies and storage items that this page can see */
export const namesHere = (): string[] => [
  ...readCookies().map(([name]) => name as string),
  ...(attempt(() => Object.keys({...localStorage, ...sessionStorage})) ?? []),
];

export function hasLeftovers(settings: Settings, isGranted: (id: string) => boolean): boolean {
  const names = namesHere();
  return settings.vendors.some(
    ({id, leaves}) =>
      !isGranted(id) && names.some((name) => leaves.test(name) || name === sweepMark(settings)),
  );
}

/**
 * Name of an item in `sessionStorage`. It says that a tag was stopped by a reload, and may have written on its way out where
 * nobody looks on every page; it goes with the next sweep.
 */
export const sweepMark = ({cookie}: Settings): string => `${cookie.name}-sweep`;
