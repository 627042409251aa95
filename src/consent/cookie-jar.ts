/**
 * Where the record is kept: a first-party cookie, its copy in `localStorage`, and memory where both are blocked. Comes
 * between the record's text form and the store. Each write is read back: a browser drops a cookie without a word.
 * The only file that imports js-cookie.
 */
import Cookies from 'js-cookie';
import type {Settings} from '../config/types.js';
import {type ConsentRecord, decodeRecord, encodeRecord} from './record.js';

export interface CookieJar {
  /** The choice as it is stored now, by whichever tab or server wrote it last. */
  read(): ConsentRecord | null;
  /** @returns whether it will be there on the next page */
  write(record: ConsentRecord): boolean;
  /** Makes one of several, stale or missing copies; does nothing where all agree. */
  repair(): void;
  erase(): void;
  /** Names of all cookies that this page can see. */
  names(): string[];
  /** Removes a cookie of any domain and path this page may write to. @returns whether it is gone */
  remove(name: string): boolean;
}

export function createCookieJar({cookie}: Settings, window: Window): CookieJar {
  const {document, location} = window;
  const secure = location.protocol === 'https:';
  let inMemory: ConsentRecord | null = null;

  const pairs = (): string[] => {
    try {
      return document.cookie.split(/; */);
    } catch {
      return []; // A sandboxed frame has no cookies to read.
    }
  };
  const nameOf = (pair: string) => pair.split('=', 1)[0] as string;
  const names = () => pairs().map(nameOf).filter(Boolean);
  const cookieTexts = () =>
    pairs()
      .filter((pair) => nameOf(pair) === cookie.name)
      .map((pair) => pair.slice(cookie.name.length + 1));
  const mirrored = (): string | null => {
    try {
      return window.localStorage.getItem(cookie.name);
    } catch {
      return null; // Storage is blocked; the cookie may still be there.
    }
  };
  const mirror = (text: string | null) => {
    try {
      if (text === null) window.localStorage.removeItem(cookie.name);
      else window.localStorage.setItem(cookie.name, text);
    } catch {
      // Blocked or full: the cookie alone has to do.
    }
  };

  /** From no `Domain` at all (host-only) to the widest parent. */
  const domains = () => ['', ...location.hostname.split('.').map((_, index, labels) => labels.slice(index).join('.'))];
  const removeOwn = () => {
    for (const domain of domains()) Cookies.remove(cookie.name, {path: '/', secure, ...(domain && {domain})});
  };

  function read(): ConsentRecord | null {
    const found = [...cookieTexts(), mirrored()]
      .map(decodeRecord)
      .filter((record) => record !== null)
      // The newest choice counts; of two at the same second, the one that allows less.
      .sort((a, b) => b.decidedAt - a.decidedAt || countGrants(a) - countGrants(b));
    return found[0] ?? inMemory;
  }

  function write(record: ConsentRecord): boolean {
    const text = encodeRecord(record);
    inMemory = record;
    if (!text) return false;
    if (cookieTexts().length) removeOwn();
    const {domain} = cookie;
    for (const candidate of domain === 'host' ? [''] : domain === 'widest' ? domains().reverse() : [domain, '']) {
      Cookies.set(cookie.name, text, {
        path: '/',
        sameSite: 'Lax',
        secure,
        expires: new Date((record.decidedAt + cookie.days * 86400) * 1000),
        ...(candidate && {domain: candidate}),
      });
      if (cookieTexts().includes(text)) break;
    }
    mirror(text);
    if (!cookieTexts().includes(text) && mirrored() !== text) return false;
    inMemory = null;
    return true;
  }

  return {
    read,
    write,
    repair() {
      const record = read();
      const text = record && encodeRecord(record);
      const copies = cookieTexts();
      if (record && !(copies.length === 1 && copies[0] === text && mirrored() === text)) write(record);
    },
    erase() {
      inMemory = null;
      removeOwn();
      mirror(null);
    },
    names,
    remove(name) {
      // Not through js-cookie, which encodes names: a vendor's cookie has to be called exactly what it is called.
      for (const domain of domains()) {
        for (const path of pathsTo(location.pathname)) {
          document.cookie =
            `${name}=;Max-Age=0;path=${path}` + (domain && `;domain=${domain}`) + (secure ? ';Secure' : '');
        }
        if (!names().includes(name)) return true;
      }
      return false;
    },
  };
}

const countGrants = ({categories, vendors}: ConsentRecord) =>
  [...Object.values(categories), ...Object.values(vendors)].filter((grant) => grant === 'granted').length;

/** `/a/b` → `/`, `/a`, `/a/`, `/a/b`, `/a/b/`: a cookie is removed only under the very path it was set with. */
function pathsTo(pathname: string): string[] {
  const paths = ['/'];
  let path = '';
  for (const segment of pathname.split('/').filter(Boolean)) {
    path += `/${segment}`;
    paths.push(path, `${path}/`);
  }
  return paths;
}
