/**
 * Entry `consent-gate/server`: the record on a server or an edge, where there is no document. In: a `Cookie` header. Out:
 * the choice it carries, and a `Set-Cookie` to keep one. Decides nothing, throws nothing; what cannot be read is no choice.
 */
import type {Grants} from '../consent/grants.js';
import {type ConsentRecord, decodeRecord, encodeRecord, pickRecord} from '../consent/record.js';

export type {Grant, Grants} from '../consent/grants.js';
export type {ConsentRecord, Source} from '../consent/record.js';

export interface ReadOptions {
  /** `cookie.name` of the configuration. Default `"consent"`. */
  readonly name?: string;
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
}

/** A cookie's name, RFC 6265 section 4.1.1 (`token`). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const DOMAIN = /^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const DAY = 86_400_000;

/**
 * @param cookieHeader the request's `Cookie` header
 * @returns the choice, or `null` where there is none. Of several cookies of that name the newest counts; of two of the same
 * second, the one that allows less, as in the browser.
 */
export function readRecord(
  cookieHeader: string | null | undefined,
  {name = 'consent'}: ReadOptions = {},
): ConsentRecord | null {
  if (typeof cookieHeader !== 'string') return null;
  const pairs = cookieHeader.split(';').map((pair) => pair.trim().split('='));
  return pickRecord(pairs.flatMap(([key, text]) => (key === name ? [text] : [])));
}

/**
 * @returns the value of a `Set-Cookie` header, as the browser side would write it; `''` where the record is too long or
 * no record, or where name or domain could not stand in a header
 */
export function toSetCookie(
  record: ConsentRecord,
  {name = 'consent', domain = 'host', days = 182, secure = true}: CookieOptions = {},
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
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}

/**
 * Keeps a choice from fading: Safari forgets what a script has stored after seven days, but not what a server has set. Send
 * these with the answer to a page.
 * @param cookieHeader the request's `Cookie` header
 * @returns values of `Set-Cookie` headers: the visitor's own record as it is, and a mark so that the next are due a day
 * later. Empty where there is no record, where it has run out, or where it was set within the last day
 */
export function renewCookies(
  cookieHeader: string | null | undefined,
  options: CookieOptions & {readonly now?: number} = {},
): readonly string[] {
  const {name = 'consent', days = 182, secure = true, now = Date.now()} = options;
  const record = readRecord(cookieHeader, options);
  const mark = `${name}-renewed`;
  const isRecent = `${cookieHeader}`.split(';').some((pair) => pair.trim().split('=', 1)[0] === mark);
  if (!record || isRecent || record.decidedAt * 1000 + days * DAY < now) return [];
  const cookie = toSetCookie(record, options);
  const flags = [
    'Path=/',
    `Max-Age=${DAY / 1000}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ];
  return cookie ? [cookie, `${mark}=1; ${flags.join('; ')}`] : [];
}

/**
 * Whether the record grants a category, or a vendor of one. What it does not name is undecided and not granted here. A
 * record knows nothing of what surrounds it: a later policy that asks again, an age, Global Privacy Control. Where those
 * matter, ask in the browser.
 * @param id a category or a vendor
 * @param category of the vendor: its grant holds where the record names no exception. Left out: exceptions only.
 */
export function isGranted(record: ConsentRecord | null, id: string, category = id): boolean {
  if (!record) return false;
  const {categories, vendors} = record;
  return (ownGrant(vendors, id) ?? ownGrant(categories, category)) === 'granted';
}

/** Records that were not decoded here have a prototype, and `constructor` is nobody's grant. */
const ownGrant = (grants: Grants, id: string) => (Object.hasOwn(grants, id) ? grants[id] : undefined);
