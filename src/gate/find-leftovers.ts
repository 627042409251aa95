/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again at every start of who
 * has denied something, since many tags write once more as the page goes away. Never the record, nor what a granted vendor
 * also uses.
 */
import {attempt} from '../attempt.js';
import type {Settings, Vendor} from '../config/types.js';
import {matches} from '../match-pattern.js';
import {readCookies} from '../read-cookies.js';
import {leavings} from '../vendors/leavings.js';

/** Names of cookies and of storage items; the sweep tries each name in every place. */
export type Leftovers = readonly string[];

/** @returns names of all cookies and storage items that this page can see */
export const namesHere = (): string[] => [
  ...readCookies().map(([name]) => name as string),
  ...(attempt(() => Object.keys({...localStorage, ...sessionStorage})) ?? []),
];

/**
 * Name of an item in `sessionStorage`. It says that a tag was stopped by a reload, and may have written on its way out where
 * nobody looks on every page; it goes with the next sweep.
 */
export const sweepMark = ({cookie}: Settings): string => `${cookie.name}-sweep`;

/** @returns a test for the names of cookies and storage items that the vendor's tags leave behind; none for a broken one */
export function leavesOf(vendor: Vendor): (name: string) => boolean {
  const patterns = [leavings[vendor.id], vendor.definition, vendor].flatMap((known) =>
    [known?.cookies ?? [], known?.storage ?? []].flat(),
  );
  return (name) => !vendor.isBroken && patterns.some((pattern) => matches(pattern, name));
}

/** @returns a test for names that only denied vendors use */
export function isLeftoverOf(
  {vendors, cookie}: Settings,
  isGranted: (id: string) => boolean,
): (name: string) => boolean {
  const tests = vendors.map((vendor) => [vendor.id, leavesOf(vendor)] as const);
  return (name) => {
    const owners = tests.filter(([, leaves]) => leaves(name));
    // Beside the record: what a link's denial replaced (`undo.ts`), and the decisions before (`history.ts`).
    const isOurs = name.replace(/-(undo|history)$/, '') === cookie.name;
    return !!owners.length && !isOurs && !owners.some(([id]) => isGranted(id));
  };
}

export function findLeftovers(settings: Settings, isGranted: (id: string) => boolean): Leftovers {
  const isLeftover = isLeftoverOf(settings, isGranted);
  return namesHere().filter((name) => name === sweepMark(settings) || isLeftover(name));
}
