/**
 * Remembers the choice that a denial by link replaces, in the page and over the reload that the denial may need, so that
 * the visitor can take it back. What is put back is the earlier choice, never more.
 */
import {attempt} from '../attempt.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface Undo {
  /** Before a denial; one carried over from before the reload comes first. */
  remember(record: ConsentRecord | null): void;
  /** The page is about to reload: keeps it for the next one, and only for that. */
  carryOver(): void;
  /** Another choice has been made: there is nothing to take back any more. */
  forget(): void;
  /** Whether the choice that a link made is the one that still stands. */
  readonly isOpen: boolean;
  readonly before: ConsentRecord | null;
}

export function createUndo(key: string): Undo {
  let before: ConsentRecord | null = null;
  let isOpen = false;
  return {
    get before() {
      return before;
    },
    get isOpen() {
      return isOpen;
    },
    forget() {
      isOpen = false;
      before = null;
      attempt(() => sessionStorage.removeItem(key));
    },
    remember(record) {
      isOpen = true;
      const kept = attempt(() => sessionStorage.getItem(key));
      // An empty text is a first visit that was carried over.
      before = kept === '' ? null : (decodeRecord(kept) ?? record);
      attempt(() => sessionStorage.removeItem(key));
    },
    carryOver: () => void attempt(() => sessionStorage.setItem(key, before ? encodeRecord(before) : '')),
  };
}
