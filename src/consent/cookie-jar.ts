/**
 * Where the record is kept: a first-party cookie and its copy in `localStorage`. This file reads, on every page;
 * `write-storage.ts` writes and removes, once somebody chooses. Comes between the record's text form and the store.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {type ConsentRecord, decodeRecord} from './record.js';

export interface CookieJar {
  /** Every copy of the record there is, the cookies' first; the mirror's last, `undefined` where absent or blocked. */
  copies(): readonly (string | undefined)[];
  /** The choice as it is stored now, by whichever tab or server wrote it last. */
  read(): ConsentRecord | null;
  /** Names of all cookies that this page can see. */
  names(): string[];
}

export function createCookieJar({cookie: {name}}: Settings, window: Window): CookieJar {
  const pairs = () => (attempt(() => window.document.cookie) ?? '').split(/; */).map((pair) => pair.split('='));
  const copies = () => [
    ...pairs().flatMap(([key, text]) => (key === name ? [text] : [])),
    attempt(() => window.localStorage.getItem(name)) ?? undefined,
  ];
  return {
    copies,
    read: () =>
      copies()
        .flatMap((text) => decodeRecord(text) ?? [])
        // The newest choice counts; of two at the same second, the one that allows less.
        .sort((a, b) => b.decidedAt - a.decidedAt || countGrants(a) - countGrants(b))[0] ?? null,
    names: () => pairs().map(([key]) => key as string),
  };
}

const countGrants = ({categories, vendors}: ConsentRecord) =>
  `${Object.values(categories)}${Object.values(vendors)}`.split('granted').length;
