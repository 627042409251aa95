/** Whose an address is: by where the vendors' tags are loaded from, and by what they ask for. Pure; all of the catalogue. */
import {attempt} from '../attempt.js';
import type {CspDirective} from '../config/types.js';
import {findVendor, known} from './known-vendors.js';

/** Many serve their files from there: that one of them does says nothing. */
const SHARED =
  /(^|\.)(jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|googleapis\.com|gstatic\.com|esm\.sh)$/;

interface Place {
  readonly id: string;
  /** `example.com`, or `*.example.com`. */
  readonly host: string;
  /** Where its path begins. */
  readonly path: string;
}

/** The tags' own addresses; an id in the path ends what is the same on every site. */
const loaders: readonly Place[] = known.catalogue.flatMap(({id, src}) => {
  const marker = 'TAG-ID';
  const url = attempt(() => new URL(src?.(marker).split(marker)[0] ?? ''));
  return url ? [{id, host: url.host, path: url.pathname}] : [];
});

/**
 * @param directives what the tag may come under, likeliest first
 * @returns ids of the vendors that a tag asks for there: those of exactly that tag, else those who have that host
 */
export function vendorsAt(address: string, directives: readonly CspDirective[]): string[] {
  // An address may leave out its scheme, or be a path of the page's own.
  const url = attempt(() => new URL(address.trim(), 'https://page.invalid'));
  if (!url || !/^https?:$/.test(url.protocol)) return [];
  const isAt = ({host, path}: Place) => isHost(host, url.host) && url.pathname.startsWith(path);
  const exact = loaders.filter((place) => place.path !== '/' && isAt(place));
  if (exact.length || SHARED.test(url.hostname)) return idsOf(exact);
  const places = directives.map((directive) => placesOf(directive).filter(isAt));
  return idsOf(places.find(({length}) => length) ?? []);
}

/** @returns ids of the vendors whose tag a script of the page puts there: its text has the tag's address */
export function vendorsIn(script: string): string[] {
  const exact = loaders.filter(({host, path}) => path !== '/' && script.includes(`${host}${path}`));
  if (exact.length) return idsOf(exact);
  // The same tag under another path (in another language, of another version); a link to that host is none.
  const hosts = new Set(script.split(/[\s'"`<>]+/).flatMap(hostsOfScripts));
  return idsOf(loaders.filter(({host}) => !SHARED.test(host) && hosts.has(host)));
}

/** @returns what an address without a blank names as hosts, where a path that ends with `.js` follows; in linear time */
function hostsOfScripts(address: string): string[] {
  let end = address.length;
  do end = address.lastIndexOf('.js', end - 1);
  while (end > 0 && /\w/.test(address[end + 3] ?? ''));
  return [...address.slice(0, Math.max(end, 0)).matchAll(/\/\/([\w.-]+)\//g)].map(([, host]) => `${host}`);
}

function placesOf(directive: CspDirective): Place[] {
  const ofLoaders = directive === 'script-src' ? loaders.map(({id, host}) => ({id, host, path: '/'})) : [];
  const ofFacts = known.catalogue.flatMap(({id}) =>
    (findVendor(id)?.facts.csp?.[directive] ?? []).flatMap((source) => {
      const [, host, path = '/'] = /^(?:https?:\/\/)?([\w.*-]+\.[\w.-]+)(\/.*)?$/.exec(source) ?? [];
      return host ? [{id, host, path}] : [];
    }),
  );
  return [...ofLoaders, ...ofFacts];
}

function isHost(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function idsOf(places: readonly Place[]): string[] {
  return [...new Set(places.map(({id}) => id))];
}
