/**
 * Where the record is kept: a first-party cookie and its copy in `localStorage`. This file reads and removes, on every
 * page; `write-record.ts` writes, once somebody chooses. Comes between the record's text form and the store.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {type ConsentRecord, decodeRecord} from './record.js';

export interface CookieJar {
  /** Every copy of the record there is, the cookies' first; `undefined` for a mirror that is absent or blocked. */
  copies(): readonly (string | undefined)[];
  /** The choice as it is stored now, by whichever tab or server wrote it last. */
  read(): ConsentRecord | null;
  /** Names of all cookies that this page can see. */
  names(): string[];
  /** Removes a cookie of any domain and path this page may write to. @returns whether it is gone */
  remove(name: string): boolean;
  /** From no `Domain` at all (host-only) to the widest parent. */
  readonly domains: readonly string[];
}

export function createCookieJar({cookie: {name}}: Settings, window: Window): CookieJar {
  const {document, location} = window;
  const pairs = () => (attempt(() => document.cookie) ?? '').split(/; */).map((pair) => pair.split('='));
  const names = () => pairs().map(([key]) => key as string);
  const copies = () => [
    ...pairs().flatMap(([key, text]) => (key === name ? [text] : [])),
    attempt(() => window.localStorage.getItem(name)) ?? undefined,
  ];
  const domains = ['', ...location.hostname.split('.').map((_, index, labels) => labels.slice(index).join('.'))];

  return {
    copies,
    read: () =>
      copies()
        .flatMap((text) => decodeRecord(text) ?? [])
        // The newest choice counts; of two at the same second, the one that allows less.
        .sort((a, b) => b.decidedAt - a.decidedAt || countGrants(a) - countGrants(b))[0] ?? null,
    names,
    remove(key) {
      // Not through js-cookie, which encodes names: a cookie has to be called exactly what it is called.
      const isGone = () => !names().includes(key);
      const isRemovedFrom = (domain: string) => {
        for (const path of pathsTo(location.pathname)) {
          document.cookie = `${key}=;Max-Age=0;path=${path};domain=${domain}${location.protocol === 'https:' ? ';Secure' : ''}`;
        }
        return isGone();
      };
      return isGone() || domains.some(isRemovedFrom);
    },
    domains,
  };
}

const countGrants = ({categories, vendors}: ConsentRecord) =>
  Object.values({...categories, ...vendors}).filter((grant) => grant === 'granted').length;

/** `/a/b` → `/`, `/a`, `/a/`, `/a/b`, `/a/b/`: a cookie is removed only under the very path it was set with. */
const pathsTo = (pathname: string) =>
  pathname.split('/').flatMap((_, index, segments) => {
    const path = segments.slice(0, index + 1).join('/');
    return [path, `${path}/`];
  });
