import {attempt} from './attempt.js';
import {ownDocument} from './own-document.js';

/** @returns name and value of every cookie that this page can see; none where cookies are blocked */
export function readCookies(): string[][] {
  return `${attempt(() => ownDocument.cookie) ?? ''}`.split(/; */).map((pair) => pair.split(/=(.*)/s));
}
