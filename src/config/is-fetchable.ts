import {attempt} from '../attempt.js';

/**
 * @returns whether a tag may be fetched from `url`: `https:`, `http:` or relative to the address of `place`; never
 * `javascript:` or `data:`, which would run as they are
 */
export function isFetchable(url: string, place: {readonly baseURI: string}): boolean {
  return /^https?:$/.test(`${attempt(() => new URL(url, place.baseURI).protocol)}`);
}
