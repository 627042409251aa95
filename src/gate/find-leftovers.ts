/**
 * Finds what denied vendors have left in this site's cookies and storage: after a withdrawal, and again wherever a start
 * has had a suspicion (`has-leftovers.ts`). Never the record, nor what a granted vendor also uses.
 */
import type {Settings} from '../config/types.js';
import {namesHere, sweepMark} from './has-leftovers.js';

/** Names of cookies and of storage items; the sweep tries each name in every place. */
export type Leftovers = readonly string[];

/** @returns a test for names that only denied vendors use */
export function isLeftoverOf(
  {vendors, cookie}: Settings,
  isGranted: (id: string) => boolean,
): (name: string) => boolean {
  return (name) => {
    const owners = vendors.filter(({leaves}) => leaves.test(name));
    // Beside the record: what a link's denial replaced (`undo.ts`), and the decisions before (`history.ts`).
    const isOurs = name.replace(/-(undo|history)$/, '') === cookie.name;
    return !!owners.length && !isOurs && !owners.some(({id}) => isGranted(id));
  };
}

export function findLeftovers(settings: Settings, isGranted: (id: string) => boolean): Leftovers {
  const isLeftover = isLeftoverOf(settings, isGranted);
  return namesHere().filter((name) => name === sweepMark(settings) || isLeftover(name));
}
