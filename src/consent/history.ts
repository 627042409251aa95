/**
 * The decisions of this visitor, one after another, so that a withdrawal stands beside the grant that it took back. Kept on
 * the visitor's own device and nowhere else, for `<consent-record>` to show and to hand out. Nothing is ever granted
 * because of it: what holds is the record alone.
 */
import {attempt} from '../attempt.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface History {
  /** @returns the decisions, newest last; what is no record any more is left out */
  read(): readonly ConsentRecord[];
  /** Called once a decision: the oldest one gives way where there are too many. */
  append(record: ConsentRecord): void;
  erase(): void;
}

/** Half a year of changing one's mind; at most 20 kB. */
const MAX_ENTRIES = 20;

/** @param key name of the item in `localStorage`: a JSON list of records in the form of the cookie */
export function createHistory(key: string): History {
  const read = () => {
    const list: unknown = attempt(() => JSON.parse(localStorage.getItem(key) ?? '[]'));
    return (Array.isArray(list) ? list : []).flatMap((text) => decodeRecord(text) ?? []).slice(-MAX_ENTRIES);
  };
  return {
    read,
    append(record) {
      const texts = [...read(), record].map(encodeRecord).filter((text) => text !== '');
      attempt(() => localStorage.setItem(key, JSON.stringify(texts.slice(-MAX_ENTRIES))));
    },
    erase: () => void attempt(() => localStorage.removeItem(key)),
  };
}
