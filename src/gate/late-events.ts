/**
 * A tag that is let in after the page has loaded waits for `DOMContentLoaded` or `load` in vain. For a vendor with
 * `lateEvents` the listeners which its own script adds are called, once each; of every other vendor's the site's owner is
 * told. The page's listeners are never called again. A file of its own, fetched where a vendor needs it or a site is made.
 */

import {guard} from '../attempt.js';
import type {Settings, Vendor} from '../config/types.js';
import {ownDocument} from '../own-document.js';
import {warn} from '../warn.js';

type Listener = EventListenerOrEventListenerObject | null;

/** When each event began, in milliseconds since the navigation; `0` before. */
const BEGINNINGS = {
  DOMContentLoaded: 'domContentLoadedEventStart',
  load: 'loadEventStart',
  pageshow: 'loadEventStart',
} as const;

let isWatching = false;

/** Looks at what scripts of vendors listen for, from now on. A second call changes nothing. */
export function watchListeners({vendors}: Settings): void {
  if (isWatching) return;
  isWatching = true;
  for (const target of [document, window]) {
    const {addEventListener} = target;
    const listen = addEventListener instanceof Function ? addEventListener : ownDocument.addEventListener;
    const hear = (type: string, listener: Listener, options?: boolean | AddEventListenerOptions) => {
      listen.call(target, type, listener as EventListener, options);
      handle(target, type, listener);
    };
    // Not by `=`, which throws in Firefox where an element has that name.
    Reflect.set(target, 'addEventListener', hear);
  }
  const onload = Object.getOwnPropertyDescriptor(window, 'onload');
  if (onload?.configurable) {
    Object.defineProperty(window, 'onload', {
      ...onload,
      set(listener) {
        onload.set?.call(window, listener);
        handle(window, 'load', listener);
      },
    });
  }

  function handle(target: EventTarget, type: string, listener: Listener): void {
    const script = ownDocument.currentScript;
    if (!script || !listener || !isOver(type)) return;
    const vendor = vendors.find((known) => isScriptOf(known, script));
    if (vendor?.lateEvents === true) {
      const event = new Event(type, {bubbles: type === 'DOMContentLoaded'});
      // When the script is done, as the browser would have it.
      queueMicrotask(() =>
        guard(() => {
          if (typeof listener === 'function') listener.call(target as Document, event);
          else listener.handleEvent(event);
        }),
      );
    } else if (vendor || script.dataset['consent']) {
      const name = vendor?.id ?? `a tag of ${script.dataset['consent']}`;
      warn('vendor', `${name} waits for ${type}, which is over; if it needs it: "lateEvents": true`);
    }
  }
}

/** Its tag, or one that the author has marked up in its name. */
function isScriptOf({id, url}: Vendor, {src, dataset}: HTMLScriptElement): boolean {
  return dataset['vendor'] === id || (!!url && src === new URL(url, ownDocument.baseURI).href);
}

function isOver(type: string): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return (
    Object.hasOwn(BEGINNINGS, type) && (navigation?.[BEGINNINGS[type as keyof typeof BEGINNINGS]] ?? 0) > 0
  );
}
