/**
 * Writes the record: the cookie on the domain that the site chose, and its copy. Each write is read back: a browser drops
 * a cookie without a word. The only file that imports js-cookie.
 */
import Cookies from 'js-cookie';
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import type {CookieJar} from './cookie-jar.js';
import {type ConsentRecord, encodeRecord} from './record.js';

/** @returns whether the record will be there on the next page */
export function writeRecord(record: ConsentRecord, jar: CookieJar, {cookie}: Settings, window: Window): boolean {
  const {name, domain, days} = cookie;
  const text = encodeRecord(record);
  eraseRecord(jar, name, window);
  if (!text) return false;
  for (const candidate of domain === 'host' ? [''] : domain === 'widest' ? [...jar.domains].reverse() : [domain, '']) {
    attempt(() =>
      Cookies.set(name, text, {
        sameSite: 'Lax',
        secure: window.location.protocol === 'https:',
        expires: new Date((record.decidedAt + days * 86400) * 1000),
        ...(candidate && {domain: candidate}),
      }),
    );
    if (jar.names().includes(name)) break;
  }
  attempt(() => window.localStorage.setItem(name, text));
  return jar.copies().includes(text);
}

/** Removes every copy of the record, of whichever domain. */
export function eraseRecord(jar: CookieJar, name: string, window: Window): void {
  jar.remove(name);
  attempt(() => window.localStorage.removeItem(name));
}
