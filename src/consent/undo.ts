/**
 * Remembers the choice that a denial by link replaces, in the page and over the reload that the denial may need, so that
 * the visitor can take it back. What is put back is the earlier choice, never more.
 */
import {attempt} from '../attempt.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface Undo {
  /** Before a denial. */
  remember(record: ConsentRecord | null): void;
  /** The page is about to be loaded anew: keeps it for the next one, and only for that. @param denied what the link has denied */
  carryOver(denied: string): void;
  /** @returns what the page before has denied and could not say */
  takeOver(): string | undefined;
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
      before = record;
    },
    carryOver(denied) {
      attempt(() => sessionStorage.setItem(key, `${denied} ${before ? encodeRecord(before) : ''}`));
    },
    takeOver() {
      const [denied, text] = attempt(() => sessionStorage.getItem(key))?.split(' ') ?? [];
      if (denied === undefined) return undefined;
      attempt(() => sessionStorage.removeItem(key));
      isOpen = true;
      before = decodeRecord(text);
      return denied;
    },
  };
}
