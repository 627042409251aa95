/**
 * What marked-up elements other than scripts become once granted. Nothing here decides; `tag-gate.ts` does.
 */
import {isFetchable} from '../config/is-fetchable.js';

/** Attributes that make the browser fetch; authors write them as `data-src` and `data-href`. */
const FETCHING = ['src', 'href'];

/** In a form, a field may stand in for a method of the element. */
export function isMarked(node: unknown, selector: string): node is HTMLElement {
  return node instanceof HTMLElement && Element.prototype.matches.call(node, selector);
}

/** @returns the marked-up elements in `root`, itself included, in document order */
export function findMarkup(root: ParentNode): HTMLElement[] {
  // A script of SVG is no script that the gate could run, and has to stay inert.
  return [root, ...root.querySelectorAll('[data-consent]')].filter((element) =>
    isMarked(element, '[data-consent]'),
  ) as HTMLElement[];
}

/** Lets a frame, an image, a stylesheet or a player fetch. */
export function switchOn(element: HTMLElement): void {
  for (const name of FETCHING) {
    const url = element.dataset[name];
    // It could be `javascript:` in a frame.
    if (url && isFetchable(url, element.baseURI)) element.setAttribute(name, url);
  }
}

/** Empties a frame, takes off a stylesheet or what a template has inserted. An image has been fetched. */
export function switchOff(element: Element, inserted: ChildNode[]): void {
  for (const node of inserted) node.remove();
  for (const name of FETCHING) element.removeAttribute(name);
  // Taken out and put back, a frame is empty: no entry in the history, and still the node that a framework holds.
  element.replaceWith(element);
}

/** Puts the content of a template behind it. @returns what was inserted */
export function unfold(template: HTMLTemplateElement): ChildNode[] {
  const content = document.importNode(template.content, true);
  // Connected once where nothing runs, every script in it counts as started, those of SVG and of shadow roots as well: what
  // runs is what the gate makes of them.
  const {body} = document.implementation.createHTMLDocument('');
  body.append(content);
  content.append(...body.childNodes);
  for (const element of content.querySelectorAll<HTMLElement>(':not([data-consent])')) {
    if (element instanceof HTMLScriptElement) {
      // As they are, they would all run at once: marked up like the template, each is found and runs in its turn.
      Object.assign(element.dataset, template.dataset, {type: element.type});
      element.type = 'text/plain';
    } else {
      switchOn(element);
    }
  }
  const inserted = [...content.childNodes];
  template.after(content);
  return inserted;
}
