/**
 * Keeps a strip free at the foot of the page, as high as the banner that covers it: the end of the page can be scrolled
 * into view, and what gets the focus is never hidden (WCAG 2.2, 2.4.11). CSSOM only: a strict CSP forbids `style=`.
 */

type Saved = readonly [element: HTMLElement, name: string, value: string, priority: string];

/** @returns a function that reserves this many pixels; with `0` it leaves the page as its author had it */
export function createSpace(): (height: number) => void {
  let saved: Saved[] = [];

  const reserve = (element: HTMLElement, name: string, height: number) => {
    const {style} = element;
    saved.push([element, name, style.getPropertyValue(name), style.getPropertyPriority(name)]);
    const own = Number.parseFloat(getComputedStyle(element).getPropertyValue(name)) || 0;
    style.setProperty(name, `${own + height}px`);
  };

  return (height) => {
    for (const [element, name, value, priority] of saved) {
      element.style.setProperty(name, value, priority);
      if (!element.getAttribute('style')) element.removeAttribute('style');
    }
    saved = [];
    if (!height) return;
    reserve(document.documentElement, 'scroll-padding-bottom', height);
    reserve(document.body, 'padding-bottom', height);
  };
}
