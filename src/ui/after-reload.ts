/**
 * What was done may make the page reload, before anybody has heard that it was done. Then the next page says so: a mark in
 * `sessionStorage`, written only as the page goes away, and read once.
 */
import {attempt} from '../attempt.js';

const KEY = 'consent-said';
/** Milliseconds after which a reload has another cause. */
const SOON = 2000;

/** Should the page go away now, the next one finds `what`. */
export function markForReload(what: string): void {
  const mark = () => attempt(() => sessionStorage.setItem(KEY, what));
  addEventListener('pagehide', mark);
  setTimeout(() => removeEventListener('pagehide', mark), SOON);
}

/** @returns whether the page before has left `what`; only once */
export function takeMark(what: string): boolean {
  if (attempt(() => sessionStorage.getItem(KEY)) !== what) return false;
  attempt(() => sessionStorage.removeItem(KEY));
  // The visitor may have gone elsewhere instead, and come back to it later.
  const [navigation] = performance.getEntriesByType('navigation');
  return (navigation as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
