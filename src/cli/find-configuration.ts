/** From a file to the configuration in it: JSON as it is, HTML by its inline configuration. */
import {type PageElement, parsePage} from './parse-page.js';

/** What a file holds. */
export type Found =
  /** Parsed, or the text itself where it is no JSON, as the loader does. */
  | {readonly config: unknown; readonly others: number}
  /** A page whose configuration is at another address. */
  | {readonly address: string};

/** @returns the elements of an HTML file; none for any other */
export function elementsIn(file: string, text: string): PageElement[] {
  return /\.x?html?$/i.test(file) ? parsePage(text) : [];
}

/** @param elements those of the file, where it is HTML */
export function findConfiguration(file: string, text: string, elements = elementsIn(file, text)): Found {
  if (!/\.x?html?$/i.test(file)) return {config: parse(text.replace(/^\ufeff/, '')), others: 0};
  // The loader looks for it in the page itself: a template is not part of it.
  const scripts = elements.filter(({name, inside}) => name === 'script' && !inside);
  const inline = scripts.filter(({attributes}) => attributes['data-consent-config'] !== undefined);
  const [first] = inline;
  if (!first) {
    const address = scripts.flatMap(({attributes}) => attributes['data-config'] ?? [])[0];
    return address === undefined ? {config: '', others: 0} : {address};
  }
  // Blanks for all that comes before it, so that lines count as in the file.
  const before = text.slice(0, first.textStart).replace(/[^\n]/g, ' ');
  return {config: parse(before + first.text), others: inline.length - 1};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // What is wrong with it is for the diagnostics to say.
  }
}
