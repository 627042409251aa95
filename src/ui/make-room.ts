/**
 * Keeps what the banner covers within reach: whatever scrolls beneath it, the document or a part of an application, gets room
 * at its end, and what gets the focus is brought out from under it (WCAG 2.2, 2.4.11). Bars of the author's own find the
 * height in `--consent-banner-height`. Everything is written by CSSOM, since a strict policy forbids `style=`, never in the frame
 * in which the banner appears, and given back once it closes.
 */
import {afterFrame} from '../after-frame.js';
import {ownDocument} from '../own-document.js';

/** What an element had of its own, and what it has been given. */
interface Own {
  readonly value: string;
  readonly priority: string;
  /** In pixels, as computed. */
  readonly length: number;
  given: string;
}

/** Milliseconds between two looks at a page that keeps changing. */
const PAUSE = 300;

/** @param banner for as long as it has the attribute `open` */
export function makeRoom(banner: HTMLElement): void {
  const {documentElement: root} = ownDocument;
  let owns = new Map<HTMLElement, Record<string, Own>>();
  /** Heights before there was room. */
  let heights = new Map<HTMLElement, number>();
  let isDue = false;
  let lifted: HTMLElement | undefined;

  function give(element: HTMLElement, name: string, value: (own: number) => string) {
    const {style} = element;
    const all = owns.get(element) ?? {};
    owns.set(element, all);
    all[name] ??= {
      value: style.getPropertyValue(name),
      priority: style.getPropertyPriority(name),
      length: Number.parseFloat(getComputedStyle(element).getPropertyValue(name)) || 0,
      given: '',
    };
    const own = all[name] as Own;
    style.setProperty(name, value(own.length), 'important');
    own.given = style.getPropertyValue(name);
  }

  function takeBack(element: HTMLElement, name: string) {
    const {style} = element;
    const own = owns.get(element)?.[name];
    // What the page has changed meanwhile is the page's.
    if (own && style.getPropertyValue(name) === own.given) style.setProperty(name, own.value, own.priority);
    if (own) delete owns.get(element)?.[name];
    if (!element.getAttribute('style')) element.removeAttribute('style');
  }

  function giveBack() {
    for (const [element, all] of owns) for (const name of Object.keys(all)) takeBack(element, name);
    owns = new Map();
    heights = new Map();
    lifted = undefined;
  }

  /** @param scroller the body, for the document */
  function giveRoom(scroller: HTMLElement, room: number) {
    const isBody = scroller === ownDocument.body;
    const isNew = !heights.has(scroller);
    const height = heights.get(scroller) ?? scroller.offsetHeight;
    heights.set(scroller, height);
    const add = (own: number) => `${own + room}px`;
    const isLong = scroller.scrollHeight > scroller.clientHeight;
    give(isBody ? root : scroller, 'scroll-padding-bottom', add);
    give(scroller, 'padding-bottom', add);
    if (isBody) {
      // A body of a fixed height would make what is in it smaller.
      if (scroller.offsetHeight < height + room) give(scroller, 'min-height', () => `${height + room}px`);
    } else if (isNew && scroller.offsetHeight !== height) {
      if (isLong) {
        give(scroller, 'box-sizing', () => 'border-box');
        give(scroller, 'height', () => `${height}px`);
      } else {
        // It is as high as what is in it: only what is around it can scroll.
        takeBack(scroller, 'padding-bottom');
        takeBack(scroller, 'scroll-padding-bottom');
      }
    }
  }

  /** @returns what scrolls this element out from under the banner, from the inside out; not the document */
  function scrollerOf(start: Element, top: number): HTMLElement | undefined {
    const scrollers: HTMLElement[] = [];
    let isFixed = false;
    for (
      let node: Node | null = start;
      node && node !== ownDocument.body && node !== root;
      node = parentOf(node)
    ) {
      if (!(node instanceof HTMLElement)) continue;
      const {overflowY, position} = getComputedStyle(node);
      if (/auto|scroll/.test(overflowY)) scrollers.push(node);
      isFixed ||= position === 'fixed';
      if (isFixed) break;
    }
    // A part of a document that scrolls goes where the document goes.
    if (!isFixed && isScrollable() && root.scrollHeight > root.clientHeight) return;
    const isLong = (scroller: HTMLElement) =>
      heights.has(scroller) || scroller.scrollHeight > scroller.clientHeight;
    const isCovered = (scroller: HTMLElement) =>
      (scroller.lastElementChild?.getBoundingClientRect().bottom ?? 0) > top;
    return scrollers.filter(isLong).at(-1) ?? scrollers.find(isCovered);
  }

  function isScrollable() {
    const [html, body] = [root, ownDocument.body].map((element) => getComputedStyle(element).overflowY);
    return !/hidden|clip/.test(html === 'visible' ? (body as string) : (html as string));
  }

  function look(extra?: Element) {
    const box = banner.getBoundingClientRect();
    if (!banner.hasAttribute('open') || !box.height) return giveBack();
    const {clientHeight, clientWidth} = root;
    // In the upper half of the window it covers the end of nothing.
    if (box.top + box.bottom < clientHeight) return giveBack();
    const found = new Set<HTMLElement>();
    const find = (element: Element) => {
      const scroller = scrollerOf(element, box.top);
      if (scroller && !scroller.contains(banner)) found.add(scroller);
    };
    for (const x of [0.02, 0.5, 0.98]) {
      for (const y of [0.02, 0.98]) {
        const [left, top] = [box.left + box.width * x, Math.min(box.top + box.height * y, clientHeight - 1)];
        for (const element of elementsAt(ownDocument, Math.min(left, clientWidth - 1), top)) {
          if (!banner.contains(element) && !isOnTop(element)) find(element);
        }
      }
    }
    if (extra) find(extra);
    for (const scroller of heights.keys()) if (scroller !== ownDocument.body) found.add(scroller);
    const rooms = [...found].map((scroller) => {
      const {top, bottom} = scroller.getBoundingClientRect();
      return [scroller, top < box.top ? Math.ceil(bottom - box.top) : 0] as const;
    });
    const height = Math.ceil(clientHeight - box.top);
    give(root, '--consent-banner-height', () => `${height}px`);
    if (heights.has(ownDocument.body) || isScrollable()) giveRoom(ownDocument.body, height);
    for (const [scroller, room] of rooms) if (room > 0) giveRoom(scroller, room);
  }

  function lookSoon(delay = PAUSE) {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      look();
    }, delay);
  }

  const isUnder = (element: Element) => {
    const box = banner.getBoundingClientRect();
    const {top, bottom, left, right, height} = element.getBoundingClientRect();
    return bottom > box.top && top < box.bottom && right > box.left && left < box.right && height < box.top;
  };

  function reveal(element: Element) {
    if (lifted && !lifted.contains(element)) {
      takeBack(lifted, 'translate');
      lifted = undefined;
    }
    if (!banner.offsetHeight || banner.contains(element) || isOnTop(element) || !isUnder(element)) return;
    look(element);
    element.scrollIntoView({block: 'nearest', inline: 'nearest'});
    if (!isUnder(element)) return;
    // It stands in a bar that nothing scrolls: that is lifted for as long as it has the focus.
    for (let node: Node | null = element; node; node = parentOf(node)) {
      if (!(node instanceof HTMLElement) || getComputedStyle(node).position !== 'fixed') continue;
      const {bottom} = element.getBoundingClientRect();
      const {top} = banner.getBoundingClientRect();
      if (node.matches('consent-banner') || getComputedStyle(node).translate !== 'none') return;
      give(node, 'translate', () => `0 ${top - bottom - 4}px`);
      lifted = node;
      return;
    }
  }

  // Not in the frame in which the banner appears: that makes the whole page be laid out once more.
  new ResizeObserver(() => lookSoon(0)).observe(banner);
  const changes = new MutationObserver(() => lookSoon());
  const handleOpen = () => {
    if (banner.hasAttribute('open')) {
      changes.observe(document, {childList: true, subtree: true});
      lookSoon(0);
    } else {
      changes.disconnect();
      // The whole page is laid out anew for it: behind the frame in which the banner goes.
      afterFrame(() => isOpen() || giveBack());
    }
  };
  new MutationObserver(handleOpen).observe(banner, {attributeFilter: ['open']});
  const isOpen = () => banner.hasAttribute('open');
  addEventListener('resize', () => {
    if (!isOpen()) return;
    giveBack();
    lookSoon(0);
  });
  ownDocument.addEventListener(
    'scroll',
    ({target}) => {
      if (isOpen() && target instanceof HTMLElement && !heights.has(target)) lookSoon();
    },
    {capture: true, passive: true},
  );
  addEventListener(
    'focusin',
    (event) => {
      const [target] = event.composedPath();
      if (isOpen() && target instanceof Element) setTimeout(() => isOpen() && reveal(target));
    },
    true,
  );
  handleOpen();
}

/** Whatever stands at that point of the window, in open shadow roots as well: of those, engines repeat what is around them. */
function elementsAt(where: DocumentOrShadowRoot, x: number, y: number, seen = new Set<Element>()): Element[] {
  for (const element of where.elementsFromPoint(x, y)) {
    if (seen.has(element)) continue;
    seen.add(element);
    if (element.shadowRoot) elementsAt(element.shadowRoot, x, y, seen);
  }
  return [...seen];
}

/** The preferences, a modal dialog, cover the banner. */
const isOnTop = (element: Element) =>
  (element.getRootNode() as ShadowRoot).host?.matches('consent-preferences');

/** As things are laid out: through slots and out of shadow roots. */
const parentOf = (node: Node): Node | null =>
  (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
