/**
 * Where the record is kept: a first-party cookie, its copy in `localStorage`, and memory where both are blocked. Comes
 * between the record's text form and the store. Each write is read back: a browser drops a cookie without a word.
 * The only file that imports js-cookie.
 */
import Cookies from 'js-cookie';
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface CookieJar {
  /** The choice as it is stored now, by whichever tab or server wrote it last. */
  read(): ConsentRecord | null;
  /** @returns whether it will be there on the next page */
  write(record: ConsentRecord): boolean;
  /** Writes the record anew where copies differ, are missing or are too many. */
  repair(): void;
  erase(): void;
  /** Names of all cookies that this page can see. */
  names(): string[];
  /** Removes a cookie of any domain and path this page may write to. @returns whether it is gone */
  remove(name: string): boolean;
}

export function createCookieJar({cookie: {name, domain, days}}: Settings, window: Window): CookieJar {
  const {document, location} = window;
  const secure = location.protocol === 'https:';
  let inMemory: ConsentRecord | null = null;

  const pairs = () => (attempt(() => document.cookie) ?? '').split(/; */).map((pair) => pair.split('='));
  const names = () => pairs().map(([key]) => key as string);
  const cookies = () => pairs().flatMap(([key, text]) => (key === name ? [text] : []));
  const copies = () => [...cookies(), attempt(() => window.localStorage.getItem(name))];

  /** From no `Domain` at all (host-only) to the widest parent. */
  const domains = ['', ...location.hostname.split('.').map((_, index, labels) => labels.slice(index).join('.'))];

  const jar: CookieJar = {
    read: () =>
      copies()
        .flatMap((text) => decodeRecord(text) ?? [])
        // The newest choice counts; of two at the same second, the one that allows less.
        .sort((a, b) => b.decidedAt - a.decidedAt || countGrants(a) - countGrants(b))[0] ?? inMemory,
    write(record) {
      const text = encodeRecord(record);
      inMemory = record;
      if (!text) return false;
      jar.remove(name);
      for (const candidate of domain === 'host' ? [''] : domain === 'widest' ? [...domains].reverse() : [domain, '']) {
        attempt(() =>
          Cookies.set(name, text, {
            sameSite: 'Lax',
            secure,
            expires: new Date((record.decidedAt + days * 86400) * 1000),
            domain: candidate,
          }),
        );
        if (cookies().includes(text)) break;
      }
      attempt(() => window.localStorage.setItem(name, text));
      return copies().includes(text);
    },
    repair() {
      const record = jar.read();
      const text = record && encodeRecord(record);
      if (record && (cookies().length !== 1 || copies().some((copy) => copy !== text))) jar.write(record);
    },
    erase() {
      inMemory = null;
      jar.remove(name);
      attempt(() => window.localStorage.removeItem(name));
    },
    names,
    remove(key) {
      // Not through js-cookie, which encodes names: a cookie has to be called exactly what it is called.
      const isGone = () => !names().includes(key);
      return domains.some((parent) => {
        if (isGone()) return true;
        for (const path of pathsTo(location.pathname)) {
          document.cookie = `${key}=;Max-Age=0;path=${path};domain=${parent}${secure ? ';Secure' : ''}`;
        }
        return isGone();
      });
    },
  };
  return jar;
}

const countGrants = ({categories, vendors}: ConsentRecord) =>
  Object.values({...categories, ...vendors}).filter((grant) => grant === 'granted').length;

/** `/a/b` → `/`, `/a`, `/a/`, `/a/b`, `/a/b/`: a cookie is removed only under the very path it was set with. */
const pathsTo = (pathname: string) =>
  pathname.split('/').flatMap((_, index, segments) => {
    const path = segments.slice(0, index + 1).join('/');
    return [path, `${path}/`];
  });
