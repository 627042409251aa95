/**
 * Puts layers into the page and opens them when the core asks. Finds the author's own elements first; puts its own back
 * when a page swaps its body or a framework clears what it does not know.
 */
import {ownDocument} from '../own-document.js';
import type {Ui, UiHost, UiView} from '../ui-contract.js';
import type {ConsentElement} from './consent-element.js';

/** A page that removes the banner each time it comes back is obeyed in the end. */
const MAX_RETURNS = 50;

/** @param views whose elements are defined, in the order in which they get their host */
export function mountElements(host: UiHost, views: readonly UiView[]): Ui {
  const elements = Object.fromEntries(
    views.map((view) => {
      const found = ownDocument.querySelector(`consent-${view}:not([inline])`);
      // One that came with a closed root of somebody else's shows nothing of ours.
      return [view, found?.shadowRoot ? found : ownDocument.createElement(`consent-${view}`)];
    }),
  ) as Record<UiView, ConsentElement>;
  let returns = 0;

  const attach = () => {
    if (!ownDocument.body) {
      // A loader in the head may be done before the body begins.
      ownDocument.addEventListener('DOMContentLoaded', attach, {once: true});
      return;
    }
    for (const view of views) {
      const element = elements[view];
      // The banner is first in reading order: the keyboard meets it before the page.
      if (!element.isConnected) ownDocument.body[view === 'banner' ? 'prepend' : 'append'](element);
    }
  };
  for (const view of views) {
    elements[view].connect(host);
    elements[view].whenRemoved = () => {
      if (returns++ < MAX_RETURNS) attach();
    };
  }

  return {
    open(view, options) {
      attach();
      elements[view].show(options);
    },
    close() {
      for (const view of views) elements[view].close();
    },
  };
}
