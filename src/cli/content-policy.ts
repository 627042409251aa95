/**
 * From a configuration to the Content Security Policy that its page needs with everything granted: no more than that. Pure.
 * Facts of the catalogue, addresses of the configuration, and those of marked-up tags where there is a page.
 */
import {attempt} from '../attempt.js';
import {normalizeConfig} from '../config/normalize-config.js';
import type {MarkupConfig, Vendor} from '../config/types.js';
import {WHOLES} from '../diagnostics/early-fetches.js';
import {resolveEmbed} from '../ui/embed-providers.js';
import {findVendor, known} from './known-vendors.js';
import {hashOf, isGated} from './marked-scripts.js';
import {isCode, type PageElement} from './parse-page.js';

/** Directive → its sources, in the order in which they are written. */
export type Directives = Readonly<Record<string, readonly string[]>>;

export interface PolicyOptions {
  /** How scripts are allowed: by the page's nonce, or by where they are from. */
  readonly scripts: 'nonce' | 'host-list';
  /** Where consent-gate itself is fetched from, where that is not the page's own origin. */
  readonly origin?: string | undefined;
  /** Those of the page, if there is one: its marked-up tags ask for addresses too. */
  readonly elements?: readonly PageElement[];
}

export interface ContentPolicy {
  readonly directives: Directives;
  /** What is not known well enough to rely on. */
  readonly notes: readonly string[];
}

/** What a page has to put in the nonce's place, anew for every answer. */
const NONCE = "'nonce-{NONCE}'";

/** A source under a directive. */
type Need = readonly [directive: string, source: string];

/** Attributes of a marked-up tag that are fetched, and what their addresses come under. */
const FETCHES: Readonly<Record<string, readonly (readonly [attribute: string, directive: string])[]>> = {
  script: [['src', 'script-src']],
  iframe: [['src', 'frame-src']],
  img: [
    ['src', 'img-src'],
    ['srcset', 'img-src'],
  ],
  audio: [['src', 'media-src']],
  video: [
    ['src', 'media-src'],
    ['poster', 'img-src'],
  ],
  source: [
    ['src', 'media-src'],
    ['srcset', 'img-src'],
  ],
  object: [
    ['data', 'object-src'],
    ['data', 'frame-src'],
  ],
  link: [['href', 'style-src']],
};

/** @param config without mistakes: a vendor that has one is never let in, and gets nothing here */
export function contentPolicyOf(
  config: unknown,
  {scripts, origin, elements = []}: PolicyOptions,
): ContentPolicy {
  const {vendors, recordEndpoint, markup} = normalizeConfig(config, known.catalogue);
  const {src = [], sha256 = []}: MarkupConfig = markup ?? {};
  const needs = [
    ...src.flatMap((address) => needOf('script-src', address)),
    ...sha256.map((hash): Need => ['script-src', `'sha256-${hash.replace(/^sha256-/, '')}'`]),
    ...vendors.flatMap(needsOfVendor),
    ...elements.flatMap(needsOfTag),
    ...needOf('connect-src', recordEndpoint),
    ...needOf('script-src', origin),
  ];
  const sourcesOf = (directive: string) =>
    collapse(needs.filter(([name]) => name === directive).map(([, source]) => source)).filter(
      (source) => source !== "'self'",
    );
  const own = (directive: string) => [directive, ["'self'", ...sourcesOf(directive)]] as const;
  // The rest has no default of its own to fall back to: where nobody needs it, `default-src` is all it takes.
  const optional = ['connect-src', 'font-src', 'frame-src', 'img-src', 'media-src', 'worker-src'];
  return {
    directives: Object.fromEntries([
      ['default-src', ["'self'"]],
      scripts === 'nonce'
        ? // Hosts would be passed over, and so would 'unsafe-inline'.
          [
            'script-src',
            [NONCE, "'strict-dynamic'", ...sourcesOf('script-src').filter((source) => /eval'$/.test(source))],
          ]
        : own('script-src'),
      own('style-src'),
      ...optional.filter((directive) => sourcesOf(directive).length).map(own),
      own('form-action'),
      ['base-uri', ["'none'"]],
      ['object-src', sourcesOf('object-src').length ? sourcesOf('object-src') : ["'none'"]],
      ['require-trusted-types-for', ["'script'"]],
      ['trusted-types', ['consent-gate', 'lit-html', "'allow-duplicates'"]],
    ]),
    notes: vendors.flatMap(notesOn),
  };
}

/** `header`: as a server sends it. `meta`: for a page that no server has a header for. `json`: directive → sources. */
export function formatPolicy(directives: Directives, format: 'header' | 'meta' | 'json'): string {
  if (format === 'json') return JSON.stringify(directives, null, 2);
  const policy = Object.entries(directives)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
  if (format === 'header') return `Content-Security-Policy: ${policy}`;
  const escaped = policy.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<meta http-equiv="Content-Security-Policy" content="${escaped}">`;
}

function needsOfVendor({id, tagId = '', src, url, definition, csp, isBroken}: Vendor): Need[] {
  if (isBroken) return [];
  const facts = Object.entries(findVendor(id)?.facts.csp ?? {});
  // The tag comes from elsewhere; what it asks for once it is there stays the same.
  const replaced = src ? originOf(attempt(() => definition?.src?.(tagId))) : undefined;
  return [...facts, ...Object.entries(csp ?? {})]
    .flatMap(([directive, sources]) => sources.map((source): Need => [directive, source]))
    .filter(([directive, source]) => directive !== 'script-src' || source !== replaced)
    .concat(needOf('script-src', url));
}

/**
 * What the gate lets in out of a page: marked-up tags, and whatever stands in a marked-up template. Of what is the page's own,
 * the inline scripts.
 */
function needsOfTag(element: PageElement): Need[] {
  const {name, attributes, text, inside, within, isForThoseWithoutScripts} = element;
  if (name === 'consent-embed') {
    const {src} = resolveEmbed((attribute) => attributes[attribute] ?? null, 'https://page.invalid');
    return needOf('frame-src', src);
  }
  const fetches = FETCHES[name];
  if (!fetches || isForThoseWithoutScripts) return [];
  if (name === 'link' && !/\bstylesheet\b/i.test(attributes['rel'] ?? '')) return [];
  const isPart = !!within && name !== 'script' && WHOLES.includes(within.name);
  const isMarked = isPart || isGated(element);
  const needs = fetches.flatMap(([attribute, directive]): Need[] => {
    const text = attributes[`data-${attribute}`] ?? attributes[attribute];
    return addressesIn(attribute, text).flatMap((address) => needOf(directive, address));
  });
  const isExternal = fetches.some(
    ([attribute]) => (attributes[`data-${attribute}`] ?? attributes[attribute]) !== undefined,
  );
  if (isExternal) return isMarked ? needs : [];
  if (name !== 'script' || !text || !(isMarked || (isCode(attributes['type']) && !inside))) return [];
  return [['script-src', `'sha256-${hashOf(text)}'`]];
}

/** A `srcset` has several, each with its width or density behind it. */
function addressesIn(attribute: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  return attribute === 'srcset'
    ? text.split(/,\s|,$/).map((candidate) => candidate.trim().split(/\s/, 1)[0] as string)
    : [text];
}

function needOf(directive: string, address: string | undefined): Need[] {
  const origin = originOf(address);
  return origin ? [[directive, origin]] : [];
}

/** @returns nothing where the address is a path: the page's own origin is `'self'` */
function originOf(address: string | undefined): string | undefined {
  const page = 'https://page.invalid';
  const url = attempt(() => new URL(address ?? '', page));
  return url && /^http/.test(url.protocol) && url.origin !== page ? url.origin : undefined;
}

/** Whether a field of the facts is about what the policy is made of. */
const IS_OF_POLICY = /\bcsp\b|-src\b|\bform-action\b/;

function notesOn({id, url, csp, isBroken}: Vendor): string[] {
  if (isBroken) return [];
  const facts = findVendor(id)?.facts;
  if (facts) {
    const {confidence, unverified = []} = facts;
    if (confidence === 'low') return [`${id}: unverified, all of it (docs/vendors.md)`];
    const fields = unverified.filter((field) => IS_OF_POLICY.test(field));
    return fields.length ? [`${id}: unverified: ${fields.join(', ')} (docs/vendors.md)`] : [];
  }
  if (csp || !url) return [];
  return [`${id}: only the origin of its script is known; say under "csp" what else it asks for`];
}

/** In a fixed order, each once; what a wider source covers is left out. */
export function collapse(sources: readonly string[]): string[] {
  // What is said with a scheme goes before the same without.
  const unique = [...new Set(sources)].sort((a, b) => Number(b.includes('://')) - Number(a.includes('://')));
  const kept = unique.filter((source, index) =>
    unique.every(
      (other, place) => place === index || !covers(other, source) || (place > index && covers(source, other)),
    ),
  );
  // Words in quotes first, then by host.
  const key = (source: string) => `${source.startsWith("'") ? 0 : 1}${source}`;
  return kept.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A host without a scheme has that of the page, which is `https:`. */
const SOURCE = /^(?:([a-z][a-z\d+.-]*:)\/\/)?([\w*-]+(?:\.[\w-]+)+)(:[\d*]+)?(\/.*)?$/i;

/** Whether all that `narrow` allows is allowed by `wide`, as far as that can be told from the two alone. */
function covers(wide: string, narrow: string): boolean {
  const [, scheme = 'https:', host, port, path = ''] = SOURCE.exec(narrow) ?? [];
  if (!host) return false;
  if (wide === scheme) return true;
  const [, wideScheme = 'https:', wideHost = '', widePort, widePath = ''] = SOURCE.exec(wide) ?? [];
  if (wideScheme !== scheme || widePort !== port) return false;
  // `*.example.com` does not mean `example.com` itself.
  const isHost = wideHost === host || (wideHost.startsWith('*.') && host.endsWith(wideHost.slice(1)));
  return isHost && (!widePath || widePath === path || (widePath.endsWith('/') && path.startsWith(widePath)));
}
