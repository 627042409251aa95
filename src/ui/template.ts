/**
 * The part of `lit/html.js` that the first layer needs, in a quarter of its bytes: the build puts it in the place of Lit in
 * `prompt/<language>.js`. Texts become text nodes, attributes attributes, and what stays the same stays in its place; no
 * markup is parsed by the browser, so that no policy for Trusted Types is needed.
 *
 * Templates may have elements, `<br />`, attributes in double quotes, and a value as a child, as a whole attribute
 * (`name=${…}`) or as a listener (`@click=${…}`). Lists keep their order. `undefined` is nothing, in each of these places.
 */
import {ownDocument} from '../own-document.js';

export interface TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
}

/** Puts a value into its place, again where it has changed. */
type Part = (value: unknown) => void;

export const nothing = undefined;

export const html = (strings: TemplateStringsArray, ...values: unknown[]): TemplateResult => ({
  strings,
  values,
});

const roots = new WeakMap<Node, Part>();

/** Renders behind what stands in the root already; later calls change what the first one has rendered. */
export function render(view: unknown, root: DocumentFragment): void {
  let part = roots.get(root);
  if (!part) roots.set(root, (part = createChild(root, null)));
  part(view);
}

const isTemplate = (value: unknown): value is TemplateResult => !!Object(value).strings;

/** @returns a part of the parent, in front of `next` */
function createChild(parent: Node, next: Node | null): Part {
  const [start, end] = [parent.insertBefore(new Text(), next), parent.insertBefore(new Text(), next)];
  let shown: unknown;
  let parts: Part[] = [];
  return (value) => {
    const kind = isTemplate(value) ? value.strings : Array.isArray(value) && 'list';
    if (kind !== shown) {
      while (start.nextSibling !== end) start.nextSibling?.remove();
      start.data = '';
      parts = isTemplate(value) ? build(value.strings, end) : [];
      shown = kind;
    }
    if (!kind) start.data = `${value ?? ''}`;
    else if (isTemplate(value)) value.values.forEach((item, index) => void parts[index]?.(item));
    else {
      const items = value as unknown[];
      while (parts.length < items.length) parts.push(createChild(end.parentNode as Node, end));
      parts.forEach((part, index) => void part(items[index]));
    }
  };
}

/** In this order: a tag begins or ends, an attribute with its value, one whose value comes, and text behind a tag. */
const TOKEN = /<(\/?)(\w+)|([\w-]+)="(.*?)"|([@\w-]+)=$|>([^<]*)/gs;

/** @returns its parts, in the order of its values */
function build(strings: readonly string[], next: Node): Part[] {
  const parts: Part[] = [];
  const root = ownDocument.createDocumentFragment();
  let node: Node = root;
  let isInTag = false;
  strings.forEach((string, index) => {
    // What follows a child is text, as it is behind a tag.
    for (const [, isEnd, tag, name, value, attribute, text = ''] of `${isInTag ? '' : '>'}${string}`.matchAll(
      TOKEN,
    )) {
      const element = node as HTMLElement;
      if (name) element.setAttribute(name, value as string);
      else if (attribute) parts.push((item) => set(element, attribute, item));
      else if (tag) {
        isInTag = true;
        node = isEnd ? (node.parentNode as Node) : node.appendChild(ownDocument.createElement(tag));
      } else {
        isInTag = false;
        if (node.nodeName === 'BR') node = node.parentNode as Node;
        node.appendChild(new Text(text));
      }
    }
    if (!isInTag && strings[index + 1] !== undefined) parts.push(createChild(node, null));
  });
  next.parentNode?.insertBefore(root, next);
  return parts;
}

function set(element: HTMLElement, name: string, value: unknown): void {
  if (name === '@click') element.onclick = value as () => void;
  else if (value === nothing) element.removeAttribute(name);
  else element.setAttribute(name, `${value}`);
}
