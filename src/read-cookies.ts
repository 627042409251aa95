import {attempt} from './attempt.js';

/** @returns name and value of every cookie that this page can see; none where cookies are blocked */
export function readCookies(): string[][] {
  return (attempt(() => document.cookie) ?? '').split(/; */).map((pair) => pair.split(/=(.*)/s));
}
