/**
 * Links to consent: `#consent`, `#consent=vendor`, `#consent-opt-out`, `#consent-opt-out=vendor`, with `--` in place of `=` where
 * the fragment has to be a valid selector. The fragment is the page's own namespace, so no address of ours stays in it: a
 * press is handled ahead of every router and changes no address, and an address that arrives in another way gives its place
 * back to the one before it at once. Nothing here decides; `choice.ts` carries a link out, and a link can only ever deny.
 */
import {attempt} from './attempt.js';
import {isMarked} from './gate/markup-tags.js';

/** `optOut` is there where the link denies, `id` where it names a vendor or a category. */
export type Link = readonly [optOut: string | undefined, id: string | undefined];

/**
 * Behind the page's own fragment, too: that is how routers write a link which is relative to a route of theirs. Routers that keep
 * their route in the fragment write an address that they met in their own way: Vue's with `#/`, Angular's with `%3D` as well.
 */
const LINK = /#(?:consent|\/?consent(-opt-out))(?:(?:=|%3D|--)([\w-]+))?$/;

/** @returns the link that an address is, or `undefined` */
export const readLink = (address: string): Link | undefined =>
  LINK.exec(address)?.slice(1) as unknown as Link | undefined;

/**
 * @param use carries out a link; `hasArrived` tells one in the address from one that was pressed
 * @param open called with the value of `data-consent-open` where such an element was pressed
 */
export function followLinks(
  use: (link: Link, hasArrived?: boolean) => void,
  open: (view: string) => void,
): void {
  /** Where the page is, but for an address of ours. */
  let place = '';

  function look(event?: Event): void {
    const {href} = location;
    const link = readLink(href);
    // It may be another page by now, whose own fragment is not known.
    if (!link || pageOf(place) !== pageOf(href)) place = href.replace(LINK, '');
    if (!link) return;
    // The page has gone nowhere: a router would take it for a navigation.
    event?.stopImmediatePropagation();
    attempt(() => history.replaceState(history.state, '', place));
    use(link, true);
  }

  look();
  addEventListener('popstate', look, true);
  // Nothing else tells of `pushState`, and not every browser does. The router is done with it first.
  const {navigation} = window as {navigation?: EventTarget};
  if (navigation) navigation.addEventListener('currententrychange', () => setTimeout(look));
  else setInterval(look, 300);

  addEventListener(
    'click',
    (event) => {
      const opener = event
        .composedPath()
        .find((node) => isMarked(node, '[data-consent-open],a[href*="#consent"]')) as
        | HTMLAnchorElement
        | undefined;
      if (!opener) return;
      const view = opener.dataset['consentOpen'];
      const isForAnotherTab = event.ctrlKey || event.metaKey || event.shiftKey || opener.target;
      const link = !isForAnotherTab && isOfThisPage(opener) && readLink(opener.href);
      if (view ?? link) event.preventDefault();
      if (view !== undefined) open(view);
      else if (link) use(link);
    },
    true,
  );
}

/** Whatever `<base>` makes of it, a fragment alone is one of this page. */
const isOfThisPage = (link: HTMLAnchorElement) =>
  link.getAttribute('href')?.[0] === '#' || pageOf(`${link.href}`) === pageOf(location.href);

/** An address without its fragment. */
const pageOf = (address: string) => address.split('#')[0];
