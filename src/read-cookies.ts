import {attempt} from './attempt.js';
import {cookieText} from './own-document.js';

/** @returns name and value of every cookie that this page can see; none where cookies are blocked */
export function readCookies(): string[][] {
  return `${attempt(cookieText) ?? ''}`.split(/; */).map((pair) => pair.split(/=(.*)/s));
}
