/**
 * The marked-up elements that fetch for themselves: frames, images, stylesheets, players, objects, and templates. Lets in those
 * whose owner is granted and empties them again when that is taken back. Nothing here decides; `tag-gate.ts` does. A file
 * of its own, fetched once the first of them is granted.
 */

import {attempt, guard} from '../attempt.js';
import {isFetchable} from '../config/is-fetchable.js';
import {ownDocument} from '../own-document.js';
import {findMarkup, isParsed, ownerOf} from './markup-tags.js';
import type {GateEnvironment, Owner, TagReport, Writable} from './tag-gate.js';

/** Elements that a gate has let in. What has its address besides is a copy, made while it was let in. */
const filled = new WeakSet<HTMLElement>();

/** Marks what a template has put behind itself; in a copy of the page it stands behind a copy of the template. */
const MARK = 'data-consent-inserted';
/** What bears that mark and is no copy. */
const placed = new WeakSet<Element>();

/** One such element. The page may drop it at any time. */
interface Fetcher {
  readonly place: WeakRef<HTMLElement>;
  readonly tag: Writable<TagReport>;
  isOn?: boolean;
  /** What a template has put behind itself. */
  inserted?: ChildNode[];
}

export interface FetchersModule {
  readonly gateFetchers: typeof gateFetchers;
}

/** What the gate of scripts has, and this one shares. */
export interface FetcherGate {
  /** Where marked-up elements are looked for; the gate may add to them. */
  readonly roots: readonly Node[];
  /** Every tag that has been found; what is found here is added. */
  readonly tags: Writable<TagReport>[];
  readonly isOwnerGranted: (owner: Owner) => boolean;
  /** Hears of each that has loaded or failed. */
  readonly onLoad: GateEnvironment['onLoad'];
}

/** Attributes that make the browser fetch; authors write them as `data-src`, `data-srcset`, `data-href` and so on. */
const FETCHING = ['src', 'srcset', 'poster', 'data', 'href', 'imagesrcset', 'style'];

/** What says whose an element is, and what it asks for. */
const MARKS = ['data-consent', 'data-vendor', ...FETCHING.map((name) => `data-${name}`)];

/** Elements that a marked-up style could hide the question with. */
const UNSTYLED = /^(html|body|consent-.*)$/;

/** Elements that fetch by way of others inside of them. */
const WHOLES = /^(picture|video|audio|object)$/;

/** Elements that say whether what they have fetched has come. */
const ANSWERING =
  'iframe,img,embed,object,input,picture,link[rel~=stylesheet i],link[rel~=preload i],link[rel~=modulepreload i]';

/** A candidate of a `srcset` that is neither relative nor `https:` or `http:`. */
const FOREIGN_SCHEME = /(^|[\s,])(?!https?:)[a-z][\w+.-]*:/i;

/**
 * Finds those elements in the roots of the gate, now and from now on.
 * @returns looks at all of them: the grants, or the roots, have changed. May be called any number of times
 */
export function gateFetchers(gate: FetcherGate): () => void {
  /** Those that the page has not dropped, and to whom they belong here. */
  const fetchers = new Set<Fetcher>();
  const known = new WeakMap<Element, Fetcher>();
  const watched = new WeakSet<Node>();
  /** Those to be looked at: what the page has brought or changed, and after a change of the grants all. */
  const due = new Set<Fetcher>();

  function register(element: HTMLElement): void {
    // A form fetches nothing, and its fields may stand in for whatever is asked of it.
    const isOther = element instanceof HTMLScriptElement || element instanceof HTMLFormElement;
    if (isOther || !(element instanceof HTMLElement)) return;
    let fetcher = known.get(element);
    if (!fetcher) {
      fetcher = {place: new WeakRef(element), tag: {...ownerOf(element), url: '', state: 'waiting'}};
      known.set(element, fetcher);
      fetchers.add(fetcher);
      gate.tags.push(fetcher.tag);
    }
    due.add(fetcher);
  }

  function switchDue(): void {
    for (const fetcher of due) {
      const element = fetcher.place.deref();
      // The parser may have more of it.
      if (element?.isConnected && !isParsed(element)) continue;
      due.delete(fetcher);
      if (element) guard(() => switchFetcher(fetcher, element, gate));
      else fetchers.delete(fetcher);
    }
  }

  function watch(root: Node): void {
    watched.add(root);
    findMarkup(root, register);
    new MutationObserver((records) => {
      // A framework may make another's of the same element.
      for (const {type, target, addedNodes} of records)
        for (const node of type === 'attributes' ? [target] : addedNodes)
          guard(() => findMarkup(node, register));
      switchDue();
    }).observe(root, {childList: true, subtree: true, attributeFilter: MARKS});
  }

  function look(): void {
    for (const root of gate.roots) if (!watched.has(root)) watch(root);
    for (const fetcher of fetchers) due.add(fetcher);
    switchDue();
  }

  look();
  ownDocument.addEventListener('DOMContentLoaded', look);
  return look;
}

function switchFetcher(fetcher: Fetcher, element: HTMLElement, {isOwnerGranted, onLoad}: FetcherGate): void {
  const {tag, isOn, inserted = []} = fetcher;
  tag.element = element.localName;
  // Read anew each time: a framework may make another element of the same node.
  tag.url =
    partsOf(element)
      .flatMap(addressesOf)
      .find(([name]) => name !== 'style')?.[1] ?? '';
  const isGranted = isOwnerGranted(ownerOf(element));
  const settle = (state: 'loaded' | 'failed', error?: string) =>
    onLoad(Object.assign(tag, {state, error}), error);
  if (!filled.has(element) && element instanceof HTMLTemplateElement) removeCopies(element);
  if (isOn ? !isGranted : !isGranted && isCopy(element)) {
    fetcher.isOn = false;
    tag.state = 'waiting';
    filled.delete(element);
    switchOff(element, inserted);
  } else if (!isOn && isGranted && element.isConnected) {
    fetcher.isOn = true;
    filled.add(element);
    Object.assign(tag, {state: 'inserted', insertedAt: performance.now()});
    // Put back, a frame forgets the address that the browser may have kept for it from an earlier visit.
    element.replaceWith(element);
    if (element instanceof HTMLTemplateElement) fetcher.inserted = unfold(element);
    // What answers at once, out of a cache, does so in a task of its own.
    else if (!switchOn(element)) settle('failed', 'not https:');
    else if (tag.url && element.matches(ANSWERING)) return void awaitAnswer(element, tag, settle);
    if (tag.state === 'inserted') settle('loaded');
  }
}

/** @returns whether it has the address that only a gate gives, and no gate has let it in */
const isCopy = (element: HTMLElement): boolean =>
  !filled.has(element) &&
  // A frame that the visitor has had shown once bears no mark.
  'consent' in element.dataset &&
  partsOf(element).some((part) =>
    addressesOf(part).some(([name, value]) =>
      name === 'style' ? part.style.cssText === styleOf(value) : part.getAttribute(name) === value,
    ),
  );

/** @returns the style in the browser's words */
function styleOf(value: string): string {
  const {style} = ownDocument.createElement('i');
  style.cssText = value;
  return style.cssText;
}

/** Takes out what stands behind the copy of a template, since the original had put it there. */
function removeCopies(template: HTMLElement): void {
  for (;;) {
    const next = template.nextElementSibling;
    if (!next?.hasAttribute(MARK) || placed.has(next)) return;
    // The texts before it came with it.
    while (template.nextSibling !== next) template.nextSibling?.remove();
    next.remove();
  }
}

/** Calls `settle` once the element, or the image of a `<picture>`, says what has become of what it asked for. */
function awaitAnswer(
  element: HTMLElement,
  tag: TagReport,
  settle: (state: 'loaded' | 'failed', error?: string) => void,
): void {
  const stop = new AbortController();
  const handleAnswer = ({type}: Event) => {
    // Emptied again, or answered before.
    if (tag.state !== 'inserted') return void stop.abort();
    // Firefox says of a frame that it is there before its address is.
    if (attempt(() => (element as HTMLIFrameElement).contentDocument?.URL) === 'about:blank') return;
    stop.abort();
    if (type === 'load') settle('loaded');
    else settle('failed', type);
  };
  // These events do not bubble, but come down to what they happen in.
  for (const type of ['load', 'error'])
    element.addEventListener(type, handleAnswer, {capture: true, signal: stop.signal});
}

/** @returns the element, and where it is made of others, those of them that are not marked up by themselves */
const partsOf = (element: HTMLElement): HTMLElement[] =>
  [element, ...(WHOLES.test(element.localName) ? element.querySelectorAll<HTMLElement>('*') : [])].filter(
    (part) => part === element || part.closest('[data-consent]') === element,
  );

/** @returns the attributes that make an element fetch, and what is to stand in them */
const addressesOf = ({dataset, localName}: HTMLElement): [name: string, value: string][] =>
  FETCHING.flatMap((name) =>
    // Of the whole page and of elements of ours, a style of somebody else's could hide who asks.
    dataset[name] && !(name === 'style' && UNSTYLED.test(localName)) ? [[name, dataset[name]]] : [],
  );

/**
 * Lets a frame, an image, a stylesheet or a player fetch.
 * @returns whether all of its addresses are such as may be fetched; one that is not stays out
 */
export function switchOn(element: HTMLElement): boolean {
  let isFine = true;
  for (const part of partsOf(element)) {
    for (const [name, value] of addressesOf(part)) {
      // As an attribute, a strict policy would refuse it.
      if (name === 'style') part.style.cssText = value;
      // It could be `javascript:` in a frame.
      else if (name.endsWith('srcset') ? !FOREIGN_SCHEME.test(value) : isFetchable(value, part))
        part.setAttribute(name, value);
      else isFine = false;
    }
  }
  chooseSource(element);
  // What it preloads is looked for as it comes into the page, and with a new `href`.
  if (element.hasAttribute('imagesrcset')) element.replaceWith(element);
  return isFine;
}

/** Empties a frame, takes off a stylesheet or what a template has inserted. An image has been fetched. */
export function switchOff(element: HTMLElement, inserted: ChildNode[]): void {
  for (const node of inserted) node.remove();
  for (const part of partsOf(element)) {
    // An image inside of it may have one of the site's own, until it has another.
    for (const name of FETCHING)
      if (name in part.dataset || (part === element && name !== 'style')) part.removeAttribute(name);
  }
  // Taken out and put back, a frame is empty: no entry in the history, and still the node that a framework holds.
  element.replaceWith(element);
  chooseSource(element, true);
}

/** A player looks at the sources inside of it when it is told to, and only then stops with what it plays. */
function chooseSource(element: HTMLElement, isOff = false): void {
  const player = element.matches('audio,video,source') && element.closest<HTMLMediaElement>('audio,video');
  // One that has another source goes on with that. Without any, its network state is EMPTY (0) or NO_SOURCE (3).
  if (player && (player === element || isOff || player.networkState % 3 === 0)) player.load();
}

/** Puts the content of a template behind it. @returns what was inserted */
export function unfold(template: HTMLTemplateElement): ChildNode[] {
  const content = ownDocument.importNode(template.content, true);
  // Connected once where nothing runs, every script in it counts as started, those of SVG and of shadow roots as well: what
  // runs is what the gate makes of them.
  const {body} = ownDocument.implementation.createHTMLDocument('');
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
  for (const element of content.children) {
    element.setAttribute(MARK, '');
    placed.add(element);
  }
  const inserted = [...content.childNodes];
  template.after(content);
  return inserted;
}
