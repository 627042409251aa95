/**
 * Keeps the open layers usable beside a modal of the page's that is no `<dialog>`. Component libraries take everything beside
 * their modal out of use by attributes, and throw focus, keys and presses back by listeners at the document: here the
 * attributes come off, and events that begin in a layer end in it. Where the page has no such modal, nothing is touched. The
 * modal stays open, and has what it had once the layer is closed.
 */
import {ownDocument} from '../own-document.js';

/** What the page says is in front. */
const MODAL = '[aria-modal="true"], [role="dialog"], [role="alertdialog"]';
const ATTRIBUTES = ['inert', 'aria-hidden'];
const EVENTS = `
  focus focusin blur focusout keydown keyup pointerdown pointerup mousedown mouseup touchstart touchend touchmove wheel click
`;
/** A page that sets an attribute again each time it is taken off is obeyed in the end. */
const MAX_TUGS = 50;
/** Milliseconds until all is as the page had it: what has just been saved is still to be said to screen readers. */
const SAID = 1000;

/** An attribute that came off, and another element that has it too: as long as it does, the page has its modal. */
interface Taken {
  readonly layer: Element;
  readonly name: string;
  readonly value: string;
  readonly witness: Element | undefined;
}

/** @param banner the first layer; the second is looked for when it is needed */
export function stayUsable(banner: HTMLElement): void {
  let taken: Taken[] = [];
  /** Where an author had put a layer that had to be taken out of a part of the page. */
  let homes: (readonly [layer: Element, parent: Node, next: Node | null])[] = [];
  let tugs = 0;
  let wraps = 0;
  /** The page keeps visitors from a layer in a way that shows only as it happens. */
  let isKept = false;
  /** What had just got the focus. */
  let arrived: HTMLElement | undefined;

  const openLayers = () =>
    [banner, ...ownDocument.querySelectorAll<HTMLElement>('consent-preferences:not([inline])')].filter(
      isOpen,
    );

  function free() {
    for (const layer of openLayers()) {
      for (const name of ATTRIBUTES) {
        const marked = layer.closest(name === 'inert' ? '[inert]' : '[aria-hidden="true"]');
        if (!marked || marked.contains(ownDocument.body) || tugs++ > MAX_TUGS) continue;
        isKept = true;
        if (marked === layer) {
          const value = layer.getAttribute(name) as string;
          const others = [...(layer.parentElement?.children ?? [])];
          const witness = others.find((other) => other !== layer && other.hasAttribute(name));
          taken.push({layer, name, value, witness});
          layer.removeAttribute(name);
        } else {
          homes.push([layer, layer.parentNode as Node, layer.nextSibling]);
          ownDocument.body.prepend(layer);
        }
      }
    }
  }

  function giveBack() {
    if (openLayers().length) return;
    for (const {layer, name, value, witness} of taken) {
      if (witness?.isConnected && witness.hasAttribute(name)) layer.setAttribute(name, value);
    }
    for (const [layer, parent, next] of homes) {
      if (parent.isConnected) parent.insertBefore(layer, next?.parentNode === parent ? next : null);
    }
    taken = [];
    homes = [];
    isKept = false;
    tugs = wraps = 0;
  }

  const isBesideModal = (layer: Element) =>
    isKept ||
    getComputedStyle(ownDocument.body).pointerEvents === 'none' ||
    [...ownDocument.querySelectorAll(MODAL)].some(
      (modal) => !modal.contains(layer) && modal.getClientRects().length,
    );

  function handle(event: Event) {
    const layers = openLayers();
    if (!layers.length) return;
    const path = event.composedPath();
    const {relatedTarget} = event as FocusEvent;
    const inside = layers.find((layer) => path.includes(layer));
    const layer = inside ?? layers.find((open) => open === relatedTarget);
    if (!layer) return handleOutside(event);
    // The banner in the HTML of some pages is served by a listener at the document.
    if (layer.shadowRoot?.querySelector('[data-first-layer]')) return;
    const [target] = path as [HTMLElement];
    if (isBesideModal(layer)) {
      event.stopPropagation();
      if (event.type === 'click' && inside) press(target.closest('button'));
      return;
    }
    if (event.type === 'focusin' && inside) arrived = target;
    if (event.type === 'keydown' || event.type === 'pointerdown') arrived = undefined;
    if (event.type === 'click' && inside) {
      setTimeout(() => {
        const pressed = target.closest<HTMLElement>('button, input, label, summary');
        if (!event.defaultPrevented || !isOpen(layer) || !pressed) return;
        isKept = true;
        press(pressed);
      });
    }
  }

  function handleOutside(event: Event) {
    const {type} = event;
    if (type === 'focusin' && arrived) {
      // It was thrown out again, by nobody's hand.
      const again = arrived;
      isKept = true;
      setTimeout(() => again.focus());
    }
    if (type === 'keydown' || type === 'pointerdown' || type === 'focusin') arrived = undefined;
    if (type === 'keydown' && (event as KeyboardEvent).key === 'Tab' && isOpen(banner)) {
      const from = ownDocument.activeElement;
      const {shiftKey} = event as KeyboardEvent;
      setTimeout(() => from && enter(from, shiftKey));
    }
  }

  /** A modal leads the focus round in a circle: the banner is a part of it, between its end and its beginning. */
  function enter(from: Element, isBack: boolean) {
    const to = ownDocument.activeElement;
    const {body} = ownDocument;
    if (!to || !isOpen(banner) || from === body || to === body || to === banner) return;
    const place = from.compareDocumentPosition(to);
    const isRound =
      from === to
        ? !from.matches('textarea, [contenteditable]')
        : place & (isBack ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
    const modal = to.closest(MODAL);
    if (!isRound || (modal ? !modal.contains(from) || modal.contains(banner) : from === to || !wraps++))
      return;
    const stops = [...(banner.shadowRoot?.querySelectorAll<HTMLElement>('a[href], button') ?? [])];
    stops.at(isBack ? -1 : 0)?.focus();
  }

  const changes = new MutationObserver(() => {
    if (openLayers().length) free();
    else if (taken.length || homes.length || isKept) setTimeout(giveBack, SAID);
  });
  changes.observe(document, {attributeFilter: [...ATTRIBUTES, 'open'], subtree: true});
  ownDocument.addEventListener('consent-open', free);
  ownDocument.addEventListener('consent-close', () => setTimeout(giveBack, SAID));
  for (const type of EVENTS.trim().split(/\s+/))
    addEventListener(type, handle, {capture: true, passive: true});
  free();
}

const isOpen = (layer: Element) =>
  layer.hasAttribute('open') || !!layer.shadowRoot?.querySelector('dialog[open]');

/** Stays within the shadow root. */
const press = (target: Element | null) =>
  target?.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
