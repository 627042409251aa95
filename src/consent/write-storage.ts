/**
 * Writes and removes: the record's cookie, its copy, and whatever else is to go. Each write is read back: a browser drops
 * a cookie without a word. The only file that imports js-cookie.
 */
import Cookies from 'js-cookie';
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {readCookies} from '../read-cookies.js';
import type {CookieJar} from './cookie-jar.js';
import {type ConsentRecord, encodeRecord} from './record.js';

export interface StorageWriter {
  /** @returns whether the record will be there on the next page */
  write(record: ConsentRecord): boolean;
  /** Writes the copy in `localStorage`. */
  mirror(text: string): void;
  /** Removes every copy of the record. */
  erase(): void;
  /** Removes a cookie of any domain and path this page may write to. @returns whether it is gone */
  removeCookie(name: string): boolean;
}

export function createStorageWriter(
  {cookie: {name, domain = 'host', days}}: Settings,
  jar: CookieJar,
): StorageWriter {
  /** In a frame of another site browsers keep the second alone: https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies */
  const forms = [
    {sameSite: 'Lax', secure: location.protocol === 'https:'},
    {sameSite: 'None', secure: true, partitioned: true},
  ] as const;
  /** From no `Domain` at all (host-only) to the widest parent. */
  const domains = [
    '',
    ...location.hostname.split('.').map((_, index, labels) => labels.slice(index).join('.')),
  ];

  const isThere = (key: string) => readCookies().some(([known]) => known === key);

  const writer: StorageWriter = {
    write(record) {
      const text = encodeRecord(record);
      // The copy stands until it is overwritten: another tab may look between one write and the next.
      if (text) writer.removeCookie(name);
      else writer.erase();
      if (!text) return false;
      const candidates =
        domain === 'host' ? [''] : domain === 'widest' ? [...domains].reverse() : [domain, ''];
      const expires = new Date((record.decidedAt + days * 86400) * 1000);
      forms.some((form) =>
        candidates.some((candidate) => {
          attempt(() => Cookies.set(name, text, {...form, expires, ...(candidate && {domain: candidate})}));
          return isThere(name);
        }),
      );
      writer.mirror(text);
      return jar.copies().includes(text);
    },
    mirror: (text) => attempt(() => localStorage.setItem(name, text)),
    erase() {
      writer.removeCookie(name);
      attempt(() => localStorage.removeItem(name));
    },
    removeCookie(key) {
      // Not through js-cookie, which encodes names: a cookie has to be called exactly what it is called.
      const isRemovedFrom = (parent: string) => {
        for (const path of paths()) {
          // A partitioned cookie, and one named `__Secure-` or `__Host-`, is removed only as it was set; in a frame of another
          // site, any is by `SameSite=None` alone.
          for (const flags of ['', ';Secure;SameSite=None', ';Secure;SameSite=None;Partitioned'])
            attempt(() => {
              document.cookie = `${key}=;Max-Age=0;path=${path};domain=${parent}${flags}`;
            });
        }
        return !isThere(key);
      };
      return !isThere(key) || domains.some(isRemovedFrom);
    },
  };
  return writer;
}

/** Those of this address, and of the one at which the page was loaded: a view of an application may have another. */
const paths = () => {
  const [navigation] = performance.getEntriesByType('navigation');
  const loaded = attempt(() => new URL(`${navigation?.name}`).pathname) ?? '/';
  return new Set([...pathsTo(location.pathname), ...pathsTo(loaded)]);
};

/** `/a/b` → `/`, `/a`, `/a/`, `/a/b`, `/a/b/`: a cookie is removed only under the very path it was set with. */
const pathsTo = (pathname: string) =>
  pathname.split('/').flatMap((_, index, segments) => {
    const path = segments.slice(0, index + 1).join('/');
    return [path, `${path}/`];
  });
