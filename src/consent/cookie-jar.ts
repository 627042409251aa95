/**
 * Where the record is kept: a first-party cookie and its copy in `localStorage`. This file reads, on every page;
 * `write-storage.ts` writes and removes, once somebody chooses. Comes between the record's text form and the store.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';
import {type ConsentRecord, pickRecord} from './record.js';

export interface CookieJar {
  /** What the cookies of that name say, and what the mirror says: the same text, in the best of cases. */
  copies(): readonly [cookies: string, mirror: string];
  /** The choice as it is stored now, by whichever tab or server wrote it last. */
  read(): ConsentRecord | null;
}

export function createCookieJar({cookie: {name}}: Settings): CookieJar {
  const cookies = () => readCookies().flatMap(([key, text]) => (key === name ? [text] : []));
  const mirror = () => attempt(() => localStorage.getItem(name)) ?? '';
  return {
    copies: () => [`${cookies()}`, mirror()],
    read: () => pickRecord([...cookies(), mirror()]),
  };
}
