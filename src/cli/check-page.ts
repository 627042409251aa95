/**
 * What is wrong with the tags of an HTML file: those of known vendors that stand in it ungated, pixels for browsers without
 * scripts, and marked-up tags that a browser fetches before any gate has seen them. Pure.
 */
import type {CspDirective} from '../config/types.js';
import {vendorsAt, vendorsIn} from './known-addresses.js';
import {isCode, type PageElement} from './parse-page.js';

/** One sentence, and the line of the file that it is about. */
export interface PageMistake {
  readonly line: number;
  readonly mistake: string;
}

/** What each element asks for; a vendor's frame or pixel may also be at the host of its script. */
const ASKS: Readonly<Record<string, readonly CspDirective[]>> = {
  script: ['script-src'],
  iframe: ['frame-src', 'script-src'],
  img: ['img-src', 'script-src'],
};

/** In a template, and marked up: Firefox fetches these as it reads the page, ahead of need. */
const FETCHED_EARLY = ['img', 'script', 'video', 'audio', 'source', 'embed', 'iframe', 'link'];
/** Marked up, with an address of their own: every browser does. A script has its type against that. */
const FETCHED = FETCHED_EARLY.filter((name) => name !== 'script');

const isMarked = ({attributes}: PageElement) => attributes['data-consent'] !== undefined;

export function checkPage(elements: readonly PageElement[]): PageMistake[] {
  return elements.flatMap((element) =>
    mistakesIn(element).map((mistake) => ({line: element.line, mistake: `${show(element)}: ${mistake}`})),
  );
}

function mistakesIn(element: PageElement): string[] {
  const outer = element.inside.at(-1);
  const template = element.inside.find(({name}) => name === 'template');
  if (outer?.name === 'noscript') return template ? [] : forThoseWithoutScripts(element);
  if (template) return isMarked(template) ? early(element, FETCHED_EARLY, 'some browsers fetch it') : [];
  if (!isMarked(element)) return ungated(element);
  if (element.name !== 'script') return early(element, FETCHED, 'browsers fetch it');
  const {type = ''} = element.attributes;
  return type === 'text/plain'
    ? []
    : [`expected text/plain as its type, got "${type}"; browsers run it as they read the page`];
}

/** consent-gate is a script: where there are none it cannot ask, nor hold anything back. */
function forThoseWithoutScripts({name, attributes}: PageElement): string[] {
  const ids = vendorsAt(attributes['src'] ?? '', ASKS[name] ?? []);
  if (!ids.length) return [];
  return [
    `expected no tag of ${someOf(ids)} in <noscript>, got one that is fetched without consent; take it out`,
  ];
}

function ungated({name, attributes, text}: PageElement): string[] {
  const {src, type} = attributes;
  if (name === 'script' && !isCode(type)) return [];
  const isInline = name === 'script' && src === undefined;
  const ids = isInline ? vendorsIn(text) : vendorsAt(src ?? '', ASKS[name] ?? []);
  if (!ids.length) return [];
  const way =
    name === 'script'
      ? 'in the configuration instead, or marked up (type="text/plain" data-consent="...")'
      : 'marked up (data-consent="..." and data-src instead of src)';
  return [`expected ${someOf(ids)} ${way}, got a tag that asks nobody`];
}

/** Google alone has a dozen at one host. */
function someOf(ids: readonly string[]): string {
  return [...ids.slice(0, 3), ...(ids.length > 3 ? ['others there'] : [])].join(' or ');
}

function early({name, attributes}: PageElement, names: readonly string[], what: string): string[] {
  const attribute = name === 'link' ? 'href' : 'src';
  const isFetched = names.includes(name) && attributes[attribute] !== undefined;
  if (!isFetched || attributes[`data-${attribute}`] !== undefined) return [];
  return [`expected data-${attribute}, got ${attribute}; ${what} as they read the page`];
}

/** As the author finds it again: its name, and where it leads. */
function show({name, attributes}: PageElement): string {
  const attribute = ['src', 'data-src', 'href', 'data-href', 'data-consent'].find(
    (known) => attributes[known],
  );
  if (!attribute) return `<${name}>`;
  const value = `${attributes[attribute]}`;
  return `<${name} ${attribute}="${value.length > 80 ? `${value.slice(0, 80)}...` : value}">`;
}
