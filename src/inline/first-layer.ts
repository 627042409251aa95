/**
 * Entry of the inlined loader with the first layer: shows the banner that stands in the HTML to those who are to be asked, and
 * does what its buttons say until `<consent-banner>` has its code and takes over. Without this script, or without its
 * styles, the banner in the HTML is never seen.
 */

import type {Source} from '../consent/record.js';
import {findLanguage} from '../find-language.js';
import {ownDocument} from '../own-document.js';
import type {ConsentGate} from '../start.js';
import {startInline} from './loader.js';

let gate: ConsentGate | undefined;
let isPrompted = false;
let isAnswered = false;
let banner: (HTMLElement & {isFirstLayer?: boolean}) | null = null;

/** What stands in the HTML: gone once the element has taken over. */
const layer = () => banner?.shadowRoot?.querySelector<HTMLElement>('[data-first-layer]');

/** Shows it, once the visitor is to be asked and the parser has come to it. What it cannot know is left to the element. */
function show(): void {
  banner ??= ownDocument.querySelector<HTMLElement>('consent-banner[data-first-layer]');
  // The element keeps no shadow root but this one.
  if (banner) banner.isFirstLayer = true;
  if (!banner || !layer() || !isPrompted || isAnswered || !gate) return;
  const {decidedAt, regime, source} = gate.state;
  // It has no words for what has changed since an older choice, nor for a signal or an age.
  if (decidedAt || source || regime !== banner.dataset['firstLayer']) return;
  if (findLanguage(Object(Object(CONFIG).ui).language ?? 'auto') !== banner.lang) return;
  toggle(true);
  // A policy of the page may have refused the styles.
  if (getComputedStyle(banner).position !== 'fixed') toggle(false);
}

function toggle(isOpen: boolean): void {
  const first = layer();
  if (first) first.hidden = !isOpen;
  banner?.toggleAttribute('open', isOpen);
}

gate = startInline((load) => {
  isPrompted = true;
  show();
  // The banner is there already: its answer is what is waited for next.
  load('choice.js').catch(String);
});
show();
gate.subscribe(({decided}) => {
  if (!decided) return;
  if (layer()) toggle(false);
  const status = banner?.shadowRoot?.querySelector<HTMLElement>('[data-saved]');
  // Also where the element has taken over meanwhile.
  if (status && isAnswered) status.textContent = status.dataset['saved'] ?? '';
  isAnswered = false;
});

new MutationObserver((_, observer) => {
  show();
  if (layer() || ownDocument.readyState !== 'loading') observer.disconnect();
}).observe(document, {childList: true, subtree: true});

ownDocument.addEventListener('click', (event) => {
  const path = event.composedPath();
  const first = layer();
  const button = path.find((node): node is HTMLButtonElement => node instanceof HTMLButtonElement);
  if (!gate || !first || !button || !path.includes(first)) return;
  const {action} = button.dataset;
  if (action === 'preferences') return gate.open('preferences');
  isAnswered = true;
  toggle(false);
  (gate[action === 'accept-all' ? 'acceptAll' : 'rejectAll'] as (source: Source) => void)('banner');
});
