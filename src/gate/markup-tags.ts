/**
 * What authors marked up with `data-consent`, and what each element becomes once granted: a script that runs, or an
 * element that is switched on in place. Nothing here decides; `tag-gate.ts` does.
 */
import {isFetchable} from '../config/is-fetchable.js';

/** `data-*` attribute → the attribute that makes the browser fetch. */
const FETCHING = [
  ['data-src', 'src'],
  ['data-srcset', 'srcset'],
  ['data-href', 'href'],
] as const;

/** @returns the marked-up elements in `root`, itself included, in document order */
export function findMarkup(root: ParentNode): Element[] {
  const found = [...root.querySelectorAll('[data-consent]')];
  return root instanceof Element && root.matches('[data-consent]') ? [root, ...found] : found;
}

/** Lets a frame, an image or a stylesheet fetch. */
export function switchOn(element: Element): ChildNode[] {
  for (const [from, to] of FETCHING) {
    const url = element.getAttribute(from);
    // Of a set of addresses none can run; a single one could be `javascript:` in a frame.
    if (url !== null && (to === 'srcset' || isFetchable(url, element.baseURI))) element.setAttribute(to, url);
  }
  return [];
}

/** Empties a frame, takes a stylesheet or what a template has inserted off. An image has been fetched. */
export function switchOff(element: Element, inserted: ChildNode[]): void {
  for (const node of inserted) node.remove();
  for (const [, to] of FETCHING) element.removeAttribute(to);
  // Taken out and put back, a frame is empty: no entry in the history, and still the node that a framework holds.
  element.replaceWith(element);
}

/**
 * Puts the content of a template behind it.
 * @param runScript receives each script in it and the mark at its place: as they are, they would all run at once
 * @returns what was inserted
 */
export function unfold(
  template: HTMLTemplateElement,
  runScript: (source: HTMLScriptElement, place: ChildNode) => void,
): ChildNode[] {
  const {ownerDocument: document} = template;
  const content = document.importNode(template.content, true);
  const scripts = [...content.querySelectorAll('script')].map((source) => {
    const place = document.createComment('');
    source.replaceWith(place);
    return [source, place] as const;
  });
  const inserted = [...content.childNodes];
  template.after(content);
  for (const [source, place] of scripts) runScript(source, place);
  return inserted;
}
