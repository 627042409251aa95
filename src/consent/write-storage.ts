/**
 * Writes and removes: the record's cookie, its copy, and whatever else is to go. Each write is read back: a browser drops
 * a cookie without a word.
 */

import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {writeCookie} from '../own-document.js';
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
    `SameSite=Lax${location.protocol === 'https:' ? ';Secure' : ''}`,
    'SameSite=None;Secure;Partitioned',
  ];
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
      const expires = new Date((record.decidedAt + days * 86400) * 1000).toUTCString();
      let cookies = '';
      forms.some((form) =>
        candidates.some((parent) => {
          attempt(() => writeCookie(`${name}=${text};Path=/;Expires=${expires}${domainOf(parent)};${form}`));
          // Each look takes a slow phone milliseconds.
          [cookies] = jar.copies();
          return cookies;
        }),
      );
      writer.mirror(text);
      // Where a cookie says something else, that is what the next page and the server go by.
      return (cookies || jar.copies()[1]) === text;
    },
    mirror: (text) => attempt(() => localStorage.setItem(name, text)),
    erase() {
      writer.removeCookie(name);
      attempt(() => localStorage.removeItem(name));
    },
    removeCookie(key) {
      const isRemovedFrom = (parent: string) => {
        for (const path of paths()) {
          // A partitioned cookie, and one named `__Secure-` or `__Host-`, is removed only as it was set; in a frame of another
          // site, any is by `SameSite=None` alone.
          for (const flags of ['', ';Secure;SameSite=None', ';Secure;SameSite=None;Partitioned'])
            attempt(() => writeCookie(`${key}=;Max-Age=0;Path=${path}${domainOf(parent)}${flags}`));
        }
        return !isThere(key);
      };
      return !isThere(key) || domains.some(isRemovedFrom);
    },
  };
  return writer;
}

/** A cookie named `__Host-` has no such attribute, not even an empty one. */
const domainOf = (parent: string) => parent && `;Domain=${parent}`;

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
