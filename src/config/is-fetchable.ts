/**
 * @returns whether a tag may be fetched from `url`: `https:`, `http:` or relative to `base`; never `javascript:` or
 * `data:`, which would run as they are
 */
export function isFetchable(url: unknown, base = 'https://site.invalid'): url is string {
  try {
    return typeof url === 'string' && /^http/.test(new URL(url, base).protocol);
  } catch {
    return false; // It does not parse, so it cannot be fetched.
  }
}
