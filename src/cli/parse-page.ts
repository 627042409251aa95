/**
 * The elements of an HTML file with the lines they stand in, as a browser would find them there: what is in a comment, in a
 * script or in a text is none. Knows HTML, and of consent the name of one attribute.
 */
import {type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment} from 'parse5';

export interface PageElement {
  /** In small letters. */
  readonly name: string;
  /** It is one of SVG. */
  readonly isDrawn: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  /** What stands directly in it, as it is written in the file. */
  readonly text: string;
  /** Where in the file that text begins, and in which line. */
  readonly textStart: number;
  readonly textLine: number;
  /** Counted from 1. */
  readonly line: number;
  /** The nearest `<template>` around it, or `<noscript>`, whose content is for browsers without scripts. */
  readonly inside: PageElement | undefined;
  /** The outermost `<template>` around it. */
  readonly template: PageElement | undefined;
  /** There is a `<noscript>` around it. */
  readonly isForThoseWithoutScripts: boolean;
  /** The nearest element around it that is marked up by `data-consent`, and in the same template or page. */
  readonly within: PageElement | undefined;
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

/** Elements in one another: Chromium keeps no more, and a parser's time grows with the square of it. */
const DEEPEST = 512;

/** @returns how HTML is read, with a limit to its depth */
function createOptions() {
  let depth = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    onItemPush() {
      if (++depth > DEEPEST) throw new Error(`expected at most ${DEEPEST} elements in one another, got more`);
    },
    onItemPop: () => void depth--,
  };
  return {sourceCodeLocationInfo: true, treeAdapter};
}

/**
 * Throws where elements are nested deeper than browsers keep them.
 * @returns the elements in the order of the file; those of a template or a `<noscript>` come after it
 */
export function parsePage(html: string): PageElement[] {
  // A mark at the beginning would be the first text of the body, and end the head.
  const clean = html.replace(/^\ufeff/, ' ');
  const found: PageElement[] = [];
  const page = parse(clean, createOptions());
  // A list of our own, last first: a file may nest deeper than functions can.
  const waiting = nodesOf(page, {origin: {html: clean, line: 1, offset: 0}});
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const element = describe(next);
    found.push(element);
    for (const node of nodesIn(element, next)) waiting.push(node);
  }
  return found;
}

/** Where an element stands. */
interface Place {
  readonly origin: Origin;
  readonly inside?: PageElement | undefined;
  readonly within?: PageElement | undefined;
}

/** An element that is yet to be described. */
interface Waiting extends Place {
  readonly node: DefaultTreeAdapterTypes.Element;
}

/** @returns the elements directly in `parent`, last first */
const nodesOf = (parent: Parent, place: Place): Waiting[] =>
  parent.childNodes.flatMap((node) => ('tagName' in node ? [{...place, node}] : [])).reverse();

/** @returns what is to be described after the element itself */
function nodesIn(element: PageElement, {node, origin, inside, within}: Waiting): Waiting[] {
  if ('content' in node) return nodesOf(node.content as Parent, {origin, inside: element});
  const isMarked = element.attributes['data-consent'] !== undefined;
  // A `<noscript>` in another is text.
  if (element.name !== 'noscript' || element.isForThoseWithoutScripts)
    return nodesOf(node, {origin, inside, within: isMarked ? element : within});
  // With scripts on, its content is text; where it stands in the head, it would otherwise end it.
  const content = parseFragment(element.text, createOptions());
  const {text: html, textLine: line, textStart: offset} = element;
  return nodesOf(content, {origin: {html, line, offset}, inside: element});
}

function describe({node, origin: {html, line, offset}, inside, within}: Waiting): PageElement {
  const {tagName, namespaceURI, attrs, childNodes, sourceCodeLocation} = node;
  const places = childNodes.flatMap((child: Node) =>
    child.nodeName === '#text' && child.sourceCodeLocation ? [child.sourceCodeLocation] : [],
  );
  const [start, end] = [places[0]?.startOffset ?? 0, places.at(-1)?.endOffset ?? 0];
  return {
    name: tagName.toLowerCase(),
    isDrawn: namespaceURI === 'http://www.w3.org/2000/svg',
    attributes: Object.fromEntries(attrs.map(({name, value}) => [name, value])),
    text: html.slice(start, end),
    textStart: offset + start,
    textLine: line - 1 + (places[0]?.startLine ?? 1),
    // An element that nobody wrote (`<head>`) has no place.
    line: line - 1 + (sourceCodeLocation?.startLine ?? 1),
    inside,
    template: inside?.template ?? (inside?.name === 'template' ? inside : undefined),
    within,
    isForThoseWithoutScripts: inside?.name === 'noscript' || !!inside?.isForThoseWithoutScripts,
  };
}
