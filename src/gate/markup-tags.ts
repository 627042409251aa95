/** What an author has marked up: where it is, whose it is, whether the parser is done with it. */
import {ownDocument} from '../own-document.js';
import type {Owner} from './tag-gate.js';

/** In a form, a field may stand in for a method of the element. */
export function isMarked(node: unknown, selector: string): node is HTMLElement {
  return node instanceof HTMLElement && Element.prototype.matches.call(node, selector);
}

/** Calls `use` with the marked-up elements in `root`, itself included, in document order. */
export function findMarkup(root: Node & Partial<ParentNode>, use: (element: HTMLElement) => void): void {
  if (isMarked(root, '[data-consent]')) use(root);
  // Most of what a live page adds has no element inside.
  if (root.firstElementChild) {
    const {querySelectorAll} = Reflect.getPrototypeOf(root) as ParentNode;
    querySelectorAll.call(root, '[data-consent]').forEach(use as (element: Element) => void);
  }
}

/** @returns to whom the tag of this element belongs */
export const ownerOf = ({dataset: {consent = '', vendor}}: HTMLElement): Owner => ({
  category: consent,
  vendor,
});

/** @returns where the author says that this script is; `''` where its text is the script */
export const addressOf = (script: HTMLScriptElement): string =>
  script.dataset['src'] ?? script.getAttribute('src') ?? '';

/** What the parser has not finished yet has more to come: the text of a script, the content of a template. */
export const isParsed = (node: Node | null): boolean =>
  node ? !!node.nextSibling || isParsed(node.parentNode) : ownDocument.readyState !== 'loading';
