/**
 * The marked-up elements that fetch for themselves: frames, images, stylesheets, players, and templates. Lets in those
 * whose owner is granted and empties them again when that is taken back. Nothing here decides; `tag-gate.ts` does. A file
 * of its own, fetched once the first of them is granted.
 */
import {guard} from '../attempt.js';
import {isFetchable} from '../config/is-fetchable.js';
import {isParsed, ownerOf} from './markup-tags.js';
import type {Owner, TagReport, Writable} from './tag-gate.js';

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

/** Attributes that make the browser fetch; authors write them as `data-src` and `data-href`. */
const FETCHING = ['src', 'href'];

/** May be called any number of times. Forgets those that the page has dropped. */
export function switchFetchers(fetchers: Set<Fetcher>, isOwnerGranted: (owner: Owner) => boolean): void {
  for (const fetcher of fetchers) {
    const element = fetcher.place.deref();
    if (element) guard(() => switchFetcher(fetcher, element, isOwnerGranted));
    else fetchers.delete(fetcher);
  }
}

function switchFetcher(
  fetcher: Fetcher,
  element: HTMLElement,
  isOwnerGranted: (owner: Owner) => boolean,
): void {
  const {tag, isOn, inserted = []} = fetcher;
  // Read anew each time: a framework may make another element of the same node.
  const {src, href} = element.dataset;
  tag.url = src ?? href ?? '';
  const isGranted = isOwnerGranted(ownerOf(element));
  if (isOn && !isGranted) {
    fetcher.isOn = false;
    tag.state = 'waiting';
    switchOff(element, inserted);
  } else if (!isOn && isGranted && element.isConnected && isParsed(element)) {
    fetcher.isOn = true;
    Object.assign(tag, {state: 'loaded', insertedAt: performance.now()});
    // Put back, a frame forgets the address that the browser may have kept for it from an earlier visit.
    element.replaceWith(element);
    if (element instanceof HTMLTemplateElement) fetcher.inserted = unfold(element);
    else switchOn(element);
  }
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
