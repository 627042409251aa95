/**
 * Where the record is kept: a first-party cookie and its copy in `localStorage`. This file reads, on every page;
 * `write-storage.ts` writes and removes, once somebody chooses. Comes between the record's text form and the store.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';
import {type ConsentRecord, pickRecord} from './record.js';

export interface CookieJar {
  /** What the cookies of that name say, and what the mirror says: the same text, in the best of cases. Several are joined by `;`. */
  copies(): Copies;
}

export type Copies = readonly [cookies: string, mirror: string];

export function createCookieJar({cookie: {name}}: Settings): CookieJar {
  const ofName = ([key, text]: readonly string[]) => (key === name ? [text] : []);
  return {
    copies: () => [readCookies().flatMap(ofName).join(';'), attempt(() => localStorage.getItem(name)) ?? ''],
  };
}

/** @returns the choice that they hold, by whichever tab or server wrote it last */
export const recordIn = (copies: Copies): ConsentRecord | null => pickRecord(copies.join(';').split(';'));
