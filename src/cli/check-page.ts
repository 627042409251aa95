/**
 * What is wrong with the tags of an HTML file: those of known vendors that stand in it ungated, pixels for browsers without
 * scripts, and marked-up tags that a browser fetches before any gate has seen them. Pure.
 */
import {categoriesOf} from '../config/categories-of.js';
import type {CspDirective} from '../config/types.js';
import {
  EARLY_FETCHES,
  fetchedEarly,
  GATED,
  notGated,
  OF_DRAWING,
  WHOLES,
  WITH_CONTENT,
} from '../diagnostics/early-fetches.js';
import {wrong} from '../diagnostics/rules.js';
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

const isMarked = ({attributes}: PageElement) => attributes['data-consent'] !== undefined;

export function checkPage(elements: readonly PageElement[]): PageMistake[] {
  return elements.flatMap((element) =>
    mistakesIn(element).map((mistake) => ({line: element.line, mistake: `${show(element)}: ${mistake}`})),
  );
}

/** @param categories ids of those there are */
export function checkCategories(
  elements: readonly PageElement[],
  categories: readonly string[],
): PageMistake[] {
  return elements.flatMap((element) => {
    const {'data-consent': consent} = element.attributes;
    const words = consent === undefined ? [] : categoriesOf(consent);
    return words
      .filter((word) => !categories.includes(word))
      .map((word) => ({
        line: element.line,
        mistake: `${show(element)}: ${wrong('data-consent', categories.join(' | ') || 'no category', word, categories)}`,
      }));
  });
}

function mistakesIn(element: PageElement): string[] {
  const {inside, template, isDrawn, name} = element;
  if (inside?.name === 'noscript') return template ? [] : forThoseWithoutScripts(element);
  if (isDrawn && name === 'script' && (isMarked(element) || (template && isMarked(template))))
    return [OF_DRAWING];
  if (template) return isMarked(template) ? early(element, 'some browsers fetch it') : [];
  if (!isMarked(element)) return isPartOfMarked(element) ? early(element) : ungated(element);
  if (element.name !== 'script') return [...hopeless(element), ...early(element)];
  const {type = ''} = element.attributes;
  return type === 'text/plain'
    ? []
    : [`expected text/plain as its type, got "${type}"; browsers run it as they read the page`];
}

/** It belongs to a `<picture>`, a player or an object that is marked up. */
function isPartOfMarked({name, within}: PageElement): boolean {
  return name !== 'script' && !!within && isMarked(within) && WHOLES.includes(within.name);
}

/** What the gate does not hold back, whatever is written on it. */
function hopeless({name, attributes}: PageElement): string[] {
  if (attributes['srcdoc'] !== undefined && name === 'iframe') return [WITH_CONTENT];
  return GATED.includes(name) || attributes['data-style'] ? [] : [notGated(name)];
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
  const {src, type, 'data-base': base} = attributes;
  if (name === 'script' && base !== undefined && !/^[^?#]*\/$/.test(base) && /consent-gate/.test(`${src}`))
    return [`expected data-base to be the address of a folder, with "/" at its end, got "${base}"`];
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

function early({name, attributes, isDrawn}: PageElement, what = 'browsers fetch it'): string[] {
  // Firefox looks into templates for the scripts that the page may need.
  const found = fetchedEarly(name === 'script' ? 'img' : name, (attribute) => attributes[attribute], isDrawn);
  return found.map(
    (attribute) => `expected data-${attribute}, got ${attribute}; ${what} as they read the page`,
  );
}

/** As the author finds it again: its name, and where it leads. */
function show({name, attributes}: PageElement): string {
  const addresses = Object.keys(EARLY_FETCHES).flatMap((known) => [known, `data-${known}`]);
  const attribute = [...addresses, 'data-consent'].find((known) => attributes[known]);
  if (!attribute) return `<${name}>`;
  const value = `${attributes[attribute]}`;
  return `<${name} ${attribute}="${value.length > 80 ? `${value.slice(0, 80)}...` : value}">`;
}
