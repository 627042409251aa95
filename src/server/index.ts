/**
 * Entry `consent-gate/server`: the record on a server or an edge, where there is no document. In: a `Cookie` header. Out:
 * the choice it carries, and a `Set-Cookie` to keep one. Decides nothing, throws nothing; what cannot be read is no choice.
 */
import {attempt} from '../attempt.js';
import type {Grants} from '../consent/grants.js';
import {type ConsentRecord, decodeRecord, encodeRecord, pickRecord} from '../consent/record.js';

export type {Grant, Grants} from '../consent/grants.js';
export type {ConsentRecord, Source} from '../consent/record.js';

export interface ReadOptions {
  /** `cookie.name` of the configuration. Default `"consent"`. */
  readonly name?: string;
  /** Milliseconds since 1970 on the server's clock. Default `Date.now()`. */
  readonly now?: number;
}

export interface CookieOptions extends ReadOptions {
  /**
   * `cookie.domain` of the configuration: `"host"` this host alone (default), or a domain. `"widest"` is found by trial,
   * which takes a browser: here it is `"host"`, so name the domain.
   */
  readonly domain?: string;
  /** `cookie.days` of the configuration, counted from the decision. Default 182. */
  readonly days?: number;
  /** `false` for a site without https. Default `true`. */
  readonly secure?: boolean;
  /**
   * `true` for a page in a frame of another site, where browsers keep nothing but `SameSite=None; Secure; Partitioned`. Such a
   * cookie belongs to the frame within that site alone. Default `false`.
   */
  readonly partitioned?: boolean;
}

/** A cookie's name, RFC 6265 section 4.1.1 (`token`). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const DOMAIN = /^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const DAY = 86_400_000;

/**
 * @param cookieHeader the request's `Cookie` header
 * @returns the choice, or `null` where there is none. Of several cookies of that name the newest counts; of two of the same
 * second, the one that allows less, as in the browser. A record dated more than a day ahead of `now` is no record.
 */
export function readRecord(
  cookieHeader: string | null | undefined,
  options?: ReadOptions | null,
): ConsentRecord | null {
  return attempt(() => read(cookieHeader, Object(options))) ?? null;
}

function read(
  cookieHeader: unknown,
  {name = 'consent', now = Date.now()}: ReadOptions,
): ConsentRecord | null {
  return pickRecord(valuesOf(cookieHeader, name), now / 1000);
}

/** @returns the values of all cookies of that name: everything behind the first `=`, as the browser's reader has it */
const valuesOf = (cookieHeader: unknown, name: string): string[] =>
  (typeof cookieHeader === 'string' ? cookieHeader : '')
    .split(';')
    .map((pair) => pair.trim().split(/=(.*)/s))
    .flatMap(([key, value = '']) => (key === name ? [value] : []));

/**
 * @returns the value of a `Set-Cookie` header, as the browser side would write it; `''` where the record is too long or
 * no record, or where name or domain could not stand in a header
 */
export function toSetCookie(
  record: ConsentRecord | null | undefined,
  options?: CookieOptions | null,
): string {
  return attempt(() => write(record as ConsentRecord, Object(options))) ?? '';
}

function write(
  record: ConsentRecord,
  {name = 'consent', domain = 'host', days = 182, ...options}: CookieOptions,
): string {
  const text = encodeRecord(record);
  const expires = new Date(record.decidedAt * 1000 + days * DAY);
  const isOfHost = domain === 'host' || domain === 'widest';
  // What is not read back the same would be no choice for the next request, or end the header.
  const isFine = decodeRecord(text) && TOKEN.test(name) && (isOfHost || DOMAIN.test(domain));
  if (!isFine || Number.isNaN(expires.getTime())) return '';
  return [
    `${name}=${text}`,
    'Path=/',
    ...(isOfHost ? [] : [`Domain=${domain}`]),
    `Expires=${expires.toUTCString()}`,
    ...flagsOf(options),
  ].join('; ');
}

const flagsOf = ({secure = true, partitioned = false}: CookieOptions) =>
  partitioned ? ['SameSite=None', 'Secure', 'Partitioned'] : ['SameSite=Lax', ...(secure ? ['Secure'] : [])];

/**
 * Keeps a choice from fading: Safari forgets what a script has stored after seven days, but not what a server has set. Send
 * these with the answer to a page.
 * @param cookieHeader the request's `Cookie` header
 * @returns values of `Set-Cookie` headers: the visitor's own record as it is, and a mark so that the next are due a day
 * later. Empty where there is no record, where it has run out, where it was set within the last day, or where several
 * cookies of that name differ: one of them may be another host's, and the browser is to settle it
 */
export function renewCookies(
  cookieHeader: string | null | undefined,
  options?: CookieOptions | null,
): readonly string[] {
  return attempt(() => renew(cookieHeader, Object(options))) ?? [];
}

function renew(cookieHeader: unknown, options: CookieOptions): readonly string[] {
  const {name = 'consent', days = 182, now = Date.now()} = options;
  const record = read(cookieHeader, options);
  const mark = `${name}-renewed`;
  const isRecent = valuesOf(cookieHeader, mark).length > 0;
  const isDoubtful = new Set(valuesOf(cookieHeader, name)).size > 1;
  if (!record || isRecent || isDoubtful || record.decidedAt * 1000 + days * DAY < now) return [];
  const cookie = toSetCookie(record, options);
  const flags = ['Path=/', `Max-Age=${DAY / 1000}`, 'HttpOnly', ...flagsOf(options)];
  return cookie ? [cookie, `${mark}=1; ${flags.join('; ')}`] : [];
}

/**
 * Whether the record grants a category, or a vendor of one. What it does not name is undecided and not granted here. A
 * record knows nothing of what surrounds it: a later policy that asks again, an age, Global Privacy Control. Where those
 * matter, ask in the browser.
 * @param id a category or a vendor
 * @param category of the vendor: its grant holds where the record names no exception. Several with white space between them, as
 *   in the configuration: the first, and the others have to be granted as well. Left out: exceptions only.
 */
export function isGranted(
  record: ConsentRecord | null | undefined,
  id: string,
  category: string = id,
): boolean {
  const grant = attempt(() => {
    const {categories, vendors}: Partial<ConsentRecord> = Object(record);
    const [first = '', ...others] = category.trim().split(/\s+/);
    const isDenied = others.some((other) => ownGrant(categories, other) !== 'granted');
    return isDenied ? 'denied' : (ownGrant(vendors, id) ?? ownGrant(categories, first));
  });
  return grant === 'granted';
}

/** Records that were not decoded here have a prototype, and `constructor` is nobody's grant. */
const ownGrant = (grants: Grants | undefined, id: string) =>
  grants && Object.hasOwn(grants, id) ? grants[id] : undefined;
