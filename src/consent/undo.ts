/**
 * Lets a visitor take a denial back that came from a link, in the page or after the reload that the denial needed.
 * What is put back is the earlier choice, never more; without one, there is nothing to undo.
 */
import type {ConsentStore} from './consent-store.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface Undo {
  /** Runs `deny` and remembers what was before. */
  around(deny: () => void): void;
  /** The page is about to reload: keep it for the next one. */
  carryOver(): void;
  canUndo(): boolean;
  undo(): void;
}

export function createUndo(store: ConsentStore, window: Window, name: string): Undo {
  const key = `${name}-undo`;
  /** `undefined`: nothing to undo; `null`: there was no choice before. */
  let before: ConsentRecord | null | undefined;

  /** Empty once read: an old choice must not come back another day. */
  function takeOver(): ConsentRecord | null {
    try {
      const text = window.sessionStorage.getItem(key);
      window.sessionStorage.removeItem(key);
      return decodeRecord(text);
    } catch {
      return null; // Storage is blocked; the preferences are still there to choose anew.
    }
  }

  const answersOf = (record: ConsentRecord | null) => JSON.stringify([record?.categories, record?.vendors]);

  return {
    around(deny) {
      const carried = takeOver();
      const earlier = store.record;
      deny();
      before = carried ?? (answersOf(earlier) === answersOf(store.record) ? undefined : earlier);
    },
    carryOver() {
      try {
        if (before) window.sessionStorage.setItem(key, encodeRecord(before));
      } catch {
        // As above.
      }
    },
    canUndo: () => before !== undefined,
    undo() {
      if (before !== undefined) store.restore(before);
      before = undefined;
    },
  };
}
