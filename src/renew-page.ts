/**
 * A script that has run goes on until its document is gone. Loads the page anew where that harms nothing: always by a fresh
 * GET of the same address, never in a document that comes of a form, never over what somebody has entered, and
 * in a tab that nobody looks at only once somebody does. Where it cannot be done, whoever asked is told. Part of `choice.js`.
 */

import {attempt} from './attempt.js';
import {ownDocument} from './own-document.js';
import {SENT_FORM} from './sent-form.js';

/** Milliseconds between the sending of a form and the navigation that comes of it, at most. */
const SOON = 3000;

export interface Renewal {
  /** The page is about to go, or goes once it is looked at. */
  readonly isComing: boolean;
  /** May be called any number of times. */
  request(): void;
}

/**
 * @param prepare called just before the page goes; `false` keeps it
 * @param putOff called each time that the page has to stay
 */
export function createRenewal(prepare: () => boolean, putOff: () => void): Renewal {
  let isComing = false;
  let ownInputs = 0;
  // What is entered in our own elements is a choice, and stored by now.
  addEventListener('input', ({target}) => void (isOurs(target as Element) && ownInputs++), true);

  function settle(isSafe: boolean): void {
    if (!isSafe || hasUnsavedInput(window, ownInputs)) {
      isComing = false;
      putOff();
    } else if (ownDocument.hidden) {
      ownDocument.addEventListener('visibilitychange', () => isComing && settle(isSafe), {once: true});
    } else if (prepare()) {
      loadAnew();
    } else isComing = false;
  }

  return {
    get isComing() {
      return isComing;
    },
    request() {
      if (isComing) return;
      isComing = true;
      const answer = comesOfGet();
      if (typeof answer === 'boolean') settle(answer);
      else answer.then(settle);
    },
  };
}

/** An address that differs by its fragment alone is not loaded: for a moment, the page has another query. */
function loadAnew(): void {
  const {href} = location;
  const other = new URL(href);
  other.search += '&';
  if (other.hash) History.prototype.replaceState.call(history, history.state, '', other.href);
  location.replace(href);
}

/** @returns whether this document is the answer to a GET, as far as anybody can know */
function comesOfGet(): boolean | Promise<boolean> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const here = location.href.replace(/#.*/s, '');
  const [time, ...address] = `${attempt(() => sessionStorage.getItem(SENT_FORM))}`.split(' ');
  const isFresh = Math.abs(performance.timeOrigin - Number(time)) < SOON;
  const isAgain = navigation?.type !== 'navigate' && address.join(' ').replace(/#.*/s, '') === here;
  if (isFresh || isAgain) return false;
  const {referrer} = ownDocument;
  if (!referrer || attempt(() => new URL(referrer).origin) === location.origin) return true;
  // Another site may have posted a form to this one, as payment services do. No cache keeps the answer to that.
  return fetch(here, {cache: 'only-if-cached', mode: 'same-origin'}).then(
    ({ok}) => ok,
    () => false,
  );
}

/** In all that can be looked into: open shadow roots and frames of this site as well. */
function hasUnsavedInput(page: Window, ownInputs: number): boolean {
  const {performance: clock, document: top} = page;
  const {eventCounts} = clock as Performance & {eventCounts?: ReadonlyMap<string, number>};
  // Not every browser counts.
  const hasTyped = !eventCounts || (eventCounts.get('input') ?? 0) > ownInputs;

  const isUnsaved = (element: Element): boolean => {
    if (isOurs(element)) return false;
    const root = element.shadowRoot;
    // `null` for a frame of another site.
    const frame =
      element.localName === 'iframe' && (element as HTMLIFrameElement).contentDocument?.defaultView;
    return (
      isDirty(element) ||
      (hasTyped && isEditor(element)) ||
      (!!root && isAnyUnsaved(root)) ||
      (!!frame && hasUnsavedInput(frame, 0))
    );
  };
  const isAnyUnsaved = (root: ParentNode) => {
    // Of its class: an element of the page may stand in for the document's own.
    const {querySelectorAll} = Reflect.getPrototypeOf(root) as ParentNode;
    return [...querySelectorAll.call(root, '*')].some(isUnsaved);
  };
  return (hasTyped && top.designMode === 'on') || isAnyUnsaved(top);
}

const isOurs = ({localName}: Element) => /^consent-/.test(localName ?? '');

/** Read by tag name: elements of a frame are of other classes. */
function isDirty(element: Element): boolean {
  const control = element as HTMLInputElement & HTMLSelectElement;
  switch (element.localName) {
    case 'input':
      if (/^(hidden|submit|button|reset|image)$/.test(control.type)) return false;
      return control.checked !== control.defaultChecked || control.value !== firstValueOf(control);
    case 'textarea':
      return control.value !== control.defaultValue;
    case 'select': {
      const options = [...control.options];
      // Where the author has selected none, a list that shows one shows the first that can be.
      const isTouched = options.some(({selected, defaultSelected}) => selected !== defaultSelected);
      const hasDefault = control.multiple || options.some(({defaultSelected}) => defaultSelected);
      return hasDefault ? isTouched : control.selectedIndex > options.findIndex(({disabled}) => !disabled);
    }
    default:
      return false;
  }
}

/** What the browser makes of the author's value: a slider without one begins in its middle. */
function firstValueOf(control: HTMLInputElement): string {
  const fresh = ownDocument.createElement('input');
  for (const name of ['type', 'min', 'max', 'step', 'multiple', 'value']) {
    const value = control.getAttribute(name);
    if (value !== null) fresh.setAttribute(name, value);
  }
  return fresh.value;
}

/** What cannot be compared with how it began: where anything was typed, it may have been there. */
const isEditor = (element: Element) =>
  (element as HTMLElement).isContentEditable || (element.localName.includes('-') && !element.shadowRoot);
