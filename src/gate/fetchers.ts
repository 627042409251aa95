/**
 * The marked-up elements that fetch for themselves: frames, images, stylesheets, players, objects, and templates. Lets in those
 * whose owner is granted and empties them again when that is taken back. Nothing here decides; `tag-gate.ts` does. A file
 * of its own, fetched once the first of them is granted.
 */

import {attempt, guard} from '../attempt.js';
import {isFetchable} from '../config/is-fetchable.js';
import {ownDocument} from '../own-document.js';
import {isParsed, ownerOf} from './markup-tags.js';
import type {GateEnvironment, Owner, TagReport, Writable} from './tag-gate.js';

type OnLoad = GateEnvironment['onLoad'];

/** One such element. The page may drop it at any time. */
export interface Fetcher {
  readonly place: WeakRef<HTMLElement>;
  readonly tag: Writable<TagReport>;
  isOn?: boolean;
  /** What a template has put behind itself. */
  inserted?: ChildNode[];
}

export interface FetchersModule {
  readonly switchFetchers: typeof switchFetchers;
}

/** Attributes that make the browser fetch; authors write them as `data-src`, `data-srcset`, `data-href` and so on. */
const FETCHING = ['src', 'srcset', 'poster', 'data', 'href', 'imagesrcset'];

/** Elements that fetch by way of others inside of them. */
const WHOLES = /^(picture|video|audio|object)$/;

/** Elements that say whether what they have fetched has come. */
const ANSWERING =
  'iframe,img,embed,object,input,picture,link[rel~=stylesheet i],link[rel~=preload i],link[rel~=modulepreload i]';

/** A candidate of a `srcset` that is neither relative nor `https:` or `http:`. */
const FOREIGN_SCHEME = /(^|[\s,])(?!https?:)[a-z][\w+.-]*:/i;

/**
 * May be called any number of times. Forgets those that the page has dropped.
 * @param onLoad hears of each that has loaded or failed
 */
export function switchFetchers(
  fetchers: Set<Fetcher>,
  isOwnerGranted: (owner: Owner) => boolean,
  onLoad: OnLoad,
): void {
  for (const fetcher of fetchers) {
    const element = fetcher.place.deref();
    if (element) guard(() => switchFetcher(fetcher, element, {isOwnerGranted, onLoad}));
    else fetchers.delete(fetcher);
  }
}

interface Gate {
  readonly isOwnerGranted: (owner: Owner) => boolean;
  readonly onLoad: OnLoad;
}

function switchFetcher(fetcher: Fetcher, element: HTMLElement, {isOwnerGranted, onLoad}: Gate): void {
  const {tag, isOn, inserted = []} = fetcher;
  tag.element = element.localName;
  // Read anew each time: a framework may make another element of the same node.
  tag.url = partsOf(element).flatMap(addressesOf)[0]?.[1] ?? '';
  const isGranted = isOwnerGranted(ownerOf(element));
  const settle = (state: 'loaded' | 'failed', error?: string) =>
    onLoad(Object.assign(tag, {state, error}), error);
  if (isOn && !isGranted) {
    fetcher.isOn = false;
    tag.state = 'waiting';
    switchOff(element, inserted);
  } else if (!isOn && isGranted && element.isConnected && isParsed(element)) {
    fetcher.isOn = true;
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
const addressesOf = ({dataset}: HTMLElement): [name: string, value: string][] =>
  FETCHING.flatMap((name) => (dataset[name] ? [[name, dataset[name]]] : []));

/**
 * Lets a frame, an image, a stylesheet or a player fetch.
 * @returns whether all of its addresses are such as may be fetched; one that is not stays out
 */
export function switchOn(element: HTMLElement): boolean {
  let isFine = true;
  for (const part of partsOf(element)) {
    for (const [name, value] of addressesOf(part)) {
      // It could be `javascript:` in a frame.
      if (name.endsWith('srcset') ? !FOREIGN_SCHEME.test(value) : isFetchable(value, part))
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
    for (const name of FETCHING) if (part === element || name in part.dataset) part.removeAttribute(name);
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
  const inserted = [...content.childNodes];
  template.after(content);
  return inserted;
}
