/**
 * Where the known vendors receive data: a table for those of the catalogue, and the addresses of the configuration and
 * of marked-up tags. Pure.
 * Answers one question: whom can a request have gone to?
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {catalogue} from '../vendors/index.js';
import type {TagReport} from './contract.js';

/** A host (with all its subdomains), and where more than one vendor or anything at all lives there, the path's beginning. */
type Place = readonly [host: string, path?: string];

/**
 * Hosts that the vendors' own documentation on Content Security Policy names, and paths where a host serves much else.
 * A host may stand under several vendors.
 */
const COLLECTORS: Readonly<Record<string, readonly Place[]>> = {
  'google-analytics': [
    ['googletagmanager.com'],
    ['google-analytics.com'],
    ['analytics.google.com'],
    ['stats.g.doubleclick.net'],
  ],
  'google-ads': [
    ['googletagmanager.com'],
    ['googleadservices.com'],
    ['doubleclick.net'],
    ['pagead2.googlesyndication.com'],
    ['www.google.com', '/pagead/'],
    ['www.google.com', '/ccm/'],
    ['www.google.com', '/rmkt/'],
    ['google.com', '/ads/ga-audiences'],
  ],
  'google-tag-manager': [['googletagmanager.com']],
  'yahoo-japan-ads': [
    // The rest of this host are pictures of Yahoo! JAPAN.
    ['s.yimg.jp', '/images/listing/'],
    ['apm.yahoo.co.jp'],
    ...['b90', 'b91', 'b92', 'b97', 'b99'].map((name): Place => [`${name}.yahoo.co.jp`]),
  ],
  'meta-pixel': [['connect.facebook.net'], ['www.facebook.com', '/tr']],
  'a8-net': [['a8.net']],
};

/** What lies on these belongs to anybody. */
const SHARED = /(^|\.)(jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|googleapis\.com|esm\.sh)$/;

export interface KnownHosts {
  /** @returns ids of the vendors that may receive what is asked for from there; declared ones before others */
  readonly vendorsAt: (url: string) => readonly string[];
}

/**
 * @param tags what is marked up under a vendor's name tells where that vendor lives as well
 * @param page address of the page: its own host is nobody's
 */
export function createKnownHosts(
  {vendors}: Settings,
  tags: readonly Pick<TagReport, 'vendor' | 'url'>[],
  page: string,
): KnownHosts {
  const here = new URL(page);
  const parse = (url: string) => attempt(() => new URL(url, here));
  /** Exact addresses: those of the configuration and of the markup. */
  const addresses = new Map<string, Set<string>>();
  const places: (readonly [place: Place, id: string])[] = [];

  const told = [...vendors, ...tags.map(({vendor, url}) => ({id: vendor, url}))];
  for (const {id, url} of told) {
    const address = id && url && parse(url);
    if (!address) continue;
    const exact = address.origin + address.pathname;
    addresses.set(exact, (addresses.get(exact) ?? new Set()).add(id));
    if (!isOfSite(address, here) && !SHARED.test(address.hostname)) places.push([[address.host], id]);
  }
  for (const {id, src} of catalogue) {
    const address = attempt(() => new URL(src?.('') ?? ''));
    const known = COLLECTORS[id] ?? (address ? [[address.host] as const] : []);
    for (const place of known) places.push([place, id]);
  }
  const isDeclared = (id: string) => vendors.some((vendor) => vendor.id === id);

  return {
    vendorsAt(url) {
      const address = parse(url);
      if (!address || !/^http/.test(address.protocol)) return [];
      const exact = addresses.get(address.origin + address.pathname);
      if (exact) return [...exact];
      if (address.host === here.host) return [];
      const found = new Set(places.filter(([place]) => isAt(address, place)).map(([, id]) => id));
      return [...found].sort((a, b) => Number(isDeclared(b)) - Number(isDeclared(a)));
    },
  };
}

function isAt({host, pathname}: URL, [place, path = '/']: Place): boolean {
  return (host === place || host.endsWith(`.${place}`)) && pathname.startsWith(path);
}

/** Whether a host is another name of the site's own: a content network of its own serves more than one vendor's script. */
function isOfSite(address: URL, here: URL): boolean {
  const site = siteOf(here);
  return site === siteOf(address);
}

/** `www.example.co.jp` -> `example.co.jp`, near enough without the public suffix list. */
function siteOf({host, hostname}: URL): string {
  if (!hostname.includes('.') || /^[\d.]+$|^\[/.test(hostname)) return host;
  return hostname.match(/[^.]+\.([^.]{1,3}\.[^.]{2}|[^.]+)$/)?.[0] ?? hostname;
}
