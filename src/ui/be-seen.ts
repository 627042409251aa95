/**
 * Whether the question has been on the screen: where a regime lets tags run because visitors are told, they run once that is
 * true. Part of `around.js`. It grants nothing; the core does, when it hears of it.
 */
import {ownDocument} from '../own-document.js';

/** Milliseconds between two looks at a banner that cannot be seen: behind a dialog of the page, or not there at all. */
const PAUSE = 250;

/** How many looks it takes until an element that stood in the page is taken for one that hides what it shows. */
const PATIENCE = 4;

/** What the banner puts on itself; anything else may be a stranger's, who has put the element there. */
const OWN = /^(open|popover|theme|layout|lang|dir|data-nosnippet|data-first-layer)$/;

/** Calls `tell` once, as soon as the question in the open banner has been seen in a frame. */
export function beSeen(banner: HTMLElement, tell: () => void): void {
  let looks = 0;
  let isLooking = false;
  // A page that nobody looks at has no frames.
  const look = () =>
    requestAnimationFrame(() => {
      isLooking = banner.hasAttribute('open');
      if (!isLooking) return;
      if (isSeen(banner)) {
        openings.disconnect();
        tell();
        return;
      }
      if (banner.isConnected && ++looks === PATIENCE) bare(banner);
      setTimeout(look, PAUSE);
    });
  const begin = () => {
    if (isLooking) return;
    isLooking = true;
    look();
  };
  // Closed, it costs nothing.
  const openings = new MutationObserver(begin);
  openings.observe(banner, {attributeFilter: ['open']});
  begin();
}

/** @returns whether it asks (and does not only say what a link has denied), is in the window, painted, and under nothing */
function isSeen(banner: HTMLElement): boolean {
  const box = banner.shadowRoot?.querySelector('.box');
  if (!box?.querySelector('[data-action="reject-all"]')) return false;
  const {left, top, width, height} = box.getBoundingClientRect();
  if (!width || !height) return false;
  // Neither is known to Safari before 17.4: what nothing lies on has been painted.
  const isPainted = box.checkVisibility?.({opacityProperty: true, visibilityProperty: true}) ?? true;
  return (
    isPainted &&
    isPlain(box, banner) &&
    ownDocument.elementFromPoint(left + width / 2, top + height / 2) === banner
  );
}

/** @returns whether nothing from its box up to the body makes it fainter, blurs it or cuts a part out of it */
function isPlain(box: Element, banner: HTMLElement): boolean {
  for (
    let element: Element | null = box;
    element && element !== ownDocument.body;
    element = element.parentElement ?? (element === banner ? null : banner)
  ) {
    const {opacity, filter, clipPath, maskImage} = getComputedStyle(element);
    if (Number(opacity) < 0.9 || [filter, clipPath, maskImage].some((value) => value && value !== 'none'))
      return false;
  }
  return true;
}

/** Takes it out of what hides it, and off it a class, a style, an attribute that keep it out of sight. */
function bare(banner: HTMLElement): void {
  const {body} = ownDocument;
  // A modal dialog of the page has it inside, where alone it can be reached.
  if (banner.parentElement !== body && !banner.closest('dialog:modal')) body.prepend(banner);
  for (const name of banner.getAttributeNames()) if (!OWN.test(name)) banner.removeAttribute(name);
}
