/** What an author has marked up: where it is, whose it is, whether the parser is done with it. */
import type {Owner} from './tag-gate.js';

/** In a form, a field may stand in for a method of the element. */
export function isMarked(node: unknown, selector: string): node is HTMLElement {
  return node instanceof HTMLElement && Element.prototype.matches.call(node, selector);
}

/** Calls `use` with the marked-up elements in `root`, itself included, in document order. */
export function findMarkup(root: Node & Partial<ParentNode>, use: (element: HTMLElement) => void): void {
  if (isMarked(root, '[data-consent]')) use(root);
  // Most of what a live page adds has no element inside.
  if (root.firstElementChild)
    (root as ParentNode).querySelectorAll<HTMLElement>('[data-consent]').forEach(use);
}

/** @returns to whom the tag of this element belongs */
export const ownerOf = ({dataset: {consent = '', vendor}}: HTMLElement): Owner => ({
  category: consent,
  vendor,
});

/** What the parser has not finished yet has more to come: the text of a script, the content of a template. */
export const isParsed = (node: Node | null): boolean =>
  node ? !!node.nextSibling || isParsed(node.parentNode) : document.readyState !== 'loading';
