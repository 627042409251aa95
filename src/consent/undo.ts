/**
 * Lets a visitor take a denial back that came from a link, in the page or after the reload that the denial needed.
 * What is put back is the earlier choice, never more.
 */
import {attempt} from '../attempt.js';
import type {ConsentStore} from './consent-store.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface Undo {
  /** Before a denial: remembers the choice that it replaces, or the one carried over from before the reload. */
  remember(): void;
  /** The page is about to reload: keeps it for the next one, and only for that. */
  carryOver(): void;
  undo(): void;
}

export function createUndo(store: ConsentStore, {sessionStorage}: Window, key: string): Undo {
  let before: ConsentRecord | null = null;
  return {
    remember() {
      before = attempt(() => decodeRecord(sessionStorage.getItem(key))) ?? store.record;
      attempt(() => sessionStorage.removeItem(key));
    },
    carryOver: () => void attempt(() => sessionStorage.setItem(key, before ? encodeRecord(before) : '')),
    undo: () => store.restore(before),
  };
}
