import {attempt} from './attempt.js';

/** @returns name and value of every cookie that this page can see; none where cookies are blocked */
export function readCookies(): string[][] {
  return (attempt(readText) ?? '').split(/; */).map((pair) => pair.split(/=(.*)/s));
}

function readText(): string {
  const {cookie} = document;
  // An element of that name stands in for the cookies.
  return typeof cookie === 'string'
    ? cookie
    : (Reflect.get(Document.prototype, 'cookie', document) as string);
}
