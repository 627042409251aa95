import {attempt} from '../attempt.js';

/**
 * @returns whether a tag may be fetched from `url`: `https:`, `http:` or relative to `base`; never `javascript:` or
 * `data:`, which would run as they are
 */
export function isFetchable(url: string, base: string): boolean {
  return /^http/.test(`${attempt(() => new URL(url, base).protocol)}`);
}
