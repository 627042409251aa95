/**
 * What was done may make the page reload, before anybody has heard that it was done. Then the next page says so: a mark in
 * `sessionStorage`, written only as the page goes away, and read once.
 */
import {attempt} from '../attempt.js';

const KEY = 'consent-said';
/** Milliseconds after which the page goes away for another cause, and after which the next one is another page. */
const SOON = 2000;
const LATE = 30_000;

/** Should the page go away now, the next one finds `what`. */
export function markForReload(what: string): void {
  const mark = () => attempt(() => sessionStorage.setItem(KEY, `${Date.now()} ${location.pathname} ${what}`));
  addEventListener('pagehide', mark);
  setTimeout(() => removeEventListener('pagehide', mark), SOON);
}

/** @returns whether the page before has left `what`; only once */
export function takeMark(what: string): boolean {
  const [time, path, ...words] = `${attempt(() => sessionStorage.getItem(KEY))}`.split(' ');
  if (words.join(' ') !== what) return false;
  attempt(() => sessionStorage.removeItem(KEY));
  // The visitor may have gone elsewhere instead, and come back to it later.
  return path === location.pathname && Math.abs(performance.timeOrigin - Number(time)) < LATE;
}
