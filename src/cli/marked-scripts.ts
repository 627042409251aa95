/** The marked-up scripts of a page, as the configuration lists them and as a policy allows them. Pure. */
import {createHash} from 'node:crypto';
import type {MarkupConfig} from '../config/types.js';
import type {PageElement} from './parse-page.js';

/** @returns the SHA-256 of a script's text in base64, as the browser has it: line ends of HTML are one character */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64');

/** @returns whether the element or something around it is marked up */
export function isGated(element: PageElement): boolean {
  for (let one: PageElement | undefined = element; one; one = one.inside)
    if (one.attributes['data-consent'] !== undefined) return true;
  return false;
}

/** @returns what `markup` of the configuration has to list for this page, or nothing where the page has no such script */
export function markedScripts(elements: readonly PageElement[]): MarkupConfig | undefined {
  const scripts = elements.filter(
    (element) => element.name === 'script' && isGated(element) && !element.isForThoseWithoutScripts,
  );
  const addressOf = ({attributes}: PageElement) => attributes['data-src'] ?? attributes['src'] ?? '';
  const src = scripts.flatMap((script) => addressOf(script) || []);
  const sha256 = scripts.flatMap((script) => (addressOf(script) || !script.text ? [] : hashOf(script.text)));
  if (!src.length && !sha256.length) return undefined;
  return {src: [...new Set(src)], sha256: [...new Set(sha256)]};
}
