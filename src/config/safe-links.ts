/** What a site wrote as an address becomes a link that visitors press: never one that runs as it is. */
import {attempt} from '../attempt.js';

/** @returns `object` without those of its `keys` that are no address of a page, a mail box or a telephone */
export function withSafeLinks<T extends object>(object: T | undefined, keys: readonly (keyof T)[]): T {
  const isSafe = (address: unknown) =>
    typeof address === 'string' &&
    attempt(() => /^(https?|mailto|tel):$/.test(new URL(address, location.href).protocol));
  const safe: T = {...Object(object)};
  for (const key of keys) if (!isSafe(safe[key])) delete safe[key];
  return safe;
}
