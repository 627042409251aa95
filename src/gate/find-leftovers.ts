/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again at every start,
 * since many tags write once more as the page goes away. Never the record, nor what a granted vendor also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';

/** Names of cookies and of storage items; the sweep tries each name in every place. */
export type Leftovers = readonly string[];

/** @returns a test for names that only denied vendors use */
export function isLeftoverOf(
  {vendors, cookie}: Settings,
  isGranted: (id: string) => boolean,
): (name: string) => boolean {
  return (name) => {
    const owners = vendors.filter(({leaves}) => leaves.test(name));
    // What a link's denial replaced is kept under a name of its own until it is read (`undo.ts`).
    const isOurs = name.replace('-undo', '') === cookie.name;
    return !!owners.length && !isOurs && !owners.some(({id}) => isGranted(id));
  };
}

export function findLeftovers(settings: Settings, isGranted: (id: string) => boolean): Leftovers {
  const names = [
    ...readCookies().map(([name]) => name as string),
    ...(attempt(() => Object.keys({...localStorage, ...sessionStorage})) ?? []),
  ];
  const isLeftover = isLeftoverOf(settings, isGranted);
  // The mark says that a tag was stopped by a reload. What it wrote on its way out may be where nobody looks on every page.
  return names.filter((name) => name === sweepMark(settings) || isLeftover(name));
}

/** Name of an item in `sessionStorage`; it goes with the next sweep. */
export const sweepMark = ({cookie}: Settings): string => `${cookie.name}-sweep`;
