/**
 * The elements of an HTML file with the lines they stand in, as a browser would find them there: what is in a comment, in a
 * script or in a text is none. Knows HTML, nothing of consent.
 */
import {type DefaultTreeAdapterTypes, parse, parseFragment} from 'parse5';

export interface PageElement {
  /** In small letters. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What stands directly in it, as it is written in the file. */
  readonly text: string;
  /** Where in the file that text begins. */
  readonly textStart: number;
  /** Counted from 1. */
  readonly line: number;
  /** Templates, outermost first, and `<noscript>`, whose content is for browsers without scripts. */
  readonly inside: readonly PageElement[];
}

/** https://mimesniff.spec.whatwg.org/#javascript-mime-type, and modules. */
const CODE =
  /^(module|(text|application)\/((x-)?(java|ecma)script|javascript1\.[0-5]|jscript|livescript))?$/i;

/** @returns whether a script of that type runs by itself; what has none does */
export function isCode(type = ''): boolean {
  return CODE.test(type.trim());
}

type Node = DefaultTreeAdapterTypes.Node;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** Where a piece of HTML stands in the file. */
interface Origin {
  readonly html: string;
  readonly line: number;
  readonly offset: number;
}

/** @returns the elements in the order of the file; those of a template or a `<noscript>` come after it */
export function parsePage(html: string): PageElement[] {
  // A mark at the beginning would be the first text of the body, and end the head.
  const clean = html.replace(/^\ufeff/, ' ');
  const page = parse(clean, {sourceCodeLocationInfo: true});
  return elementsOf(page, {html: clean, line: 1, offset: 0}, []);
}

function elementsOf(parent: Parent, origin: Origin, inside: readonly PageElement[]): PageElement[] {
  return parent.childNodes.flatMap((node) => {
    if (!('tagName' in node)) return [];
    const element = describe(node, origin, inside);
    const within = [...inside, element];
    if ('content' in node) return [element, ...elementsOf(node.content, origin, within)];
    if (element.name !== 'noscript') return [element, ...elementsOf(node, origin, inside)];
    // With scripts on, its content is text; where it stands in the head, it would otherwise end it.
    const start = {html: element.text, line: origin.line, offset: element.textStart};
    const line = lineOf(origin.html, element.textStart - origin.offset, origin.line);
    const content = parseFragment(element.text, {sourceCodeLocationInfo: true});
    return [element, ...elementsOf(content, {...start, line}, within)];
  });
}

function describe(
  {tagName, attrs, childNodes, sourceCodeLocation}: DefaultTreeAdapterTypes.Element,
  {html, line, offset}: Origin,
  inside: readonly PageElement[],
): PageElement {
  const places = childNodes.flatMap((node: Node) =>
    node.nodeName === '#text' && node.sourceCodeLocation ? [node.sourceCodeLocation] : [],
  );
  const [start, end] = [places[0]?.startOffset ?? 0, places.at(-1)?.endOffset ?? 0];
  return {
    name: tagName,
    attributes: Object.fromEntries(attrs.map(({name, value}) => [name, value])),
    text: html.slice(start, end),
    textStart: offset + start,
    // An element that nobody wrote (`<head>`) has no place.
    line: line - 1 + (sourceCodeLocation?.startLine ?? 1),
    inside,
  };
}

function lineOf(html: string, position: number, first: number): number {
  return first + html.slice(0, position).split('\n').length - 1;
}
