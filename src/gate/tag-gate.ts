/**
 * The only door. In: what is granted. Out: exactly the granted vendors' tags in the page, once each, as soon as they are
 * due. Every vendor has a lane of its own, in which tags keep their order: a slow, hanging or failing tag holds up what
 * follows it there, and nothing else.
 */
import {guard} from '../attempt.js';
import type {Settings, Vendor, VendorWindow} from '../config/types.js';
import {warn} from '../warn.js';
import type {InjectTag, ScriptTag} from './inject-tag.js';
import {findMarkup, switchOff, switchOn, unfold} from './markup-tags.js';

export interface TagGate {
  /** Lets in whatever is granted and not in yet. May be called any number of times. */
  open(): void;
  /** Stops what was in and no longer is. @returns whether something that ran can only be stopped by a reload */
  close(): boolean;
  /** Gates the marked-up elements of the page, those of now and those to come. */
  watch(): void;
}

export interface GateEnvironment {
  readonly window: Window;
  /** Nonce of the loader's own tag, or `''`. */
  readonly nonce: string;
  readonly isGranted: (id: string) => boolean;
  readonly injectTag: InjectTag;
  /** A tag has loaded, or has failed to. `url` is `''` for an inline one. */
  readonly onLoad: (isLoaded: boolean, tag: Owner & {readonly url: string}) => void;
}

/** To whom a tag belongs. */
interface Owner {
  readonly category: string;
  readonly vendor: string | null;
}

/** A script and when and where it runs. */
interface Tag extends ScriptTag, Owner {
  /** What makes it the same script as another. */
  readonly key: string;
  readonly lane: string;
  /** Asked whenever something changes. */
  readonly isDue: () => boolean;
  /** May be fetched while those before it in the lane still load: the browser keeps their order. */
  readonly isParallel?: boolean;
  /** Taken out of the page before its turn came. */
  readonly isGone?: () => boolean;
  readonly before?: () => void;
}

export function createTagGate(
  {vendors, categories}: Settings,
  {window, nonce, isGranted, injectTag, onLoad}: GateEnvironment,
): TagGate {
  const {document} = window;
  /** When the next tag of a lane may be fetched, and when all before it have loaded. */
  const lanes: Record<string, readonly [Promise<unknown>, Promise<unknown>]> = Object.create(null);
  /** Scripts in the page, so that none is inserted twice. */
  const scripts: Record<string, Promise<unknown>> = Object.create(null);
  /** Vendors, and categories of tags without one, of which a script is in the page: whether it goes on. */
  const running = new Map<string, boolean>();
  const loaded = new Set<string>();
  const known = new WeakSet<Element>();
  /** Marked-up elements other than scripts: what a template has inserted, `null` while it is off. */
  const elements = new Map<Element, ChildNode[] | null>();

  let wake = () => {};
  let changed: Promise<void>;

  const vendorOf = (id: string | null) => vendors.find((vendor) => vendor.id === id);

  /** A declared vendor's own grant counts, and that of the category in the markup where it names another. */
  function isOwnerGranted({category, vendor: id}: Owner): boolean {
    const vendor = vendorOf(id);
    return (!vendor || isGranted(vendor.id)) && (vendor?.category === category || isGranted(category));
  }

  /** The page may have put anything under a vendor's name. */
  const call = (vendor: Vendor | undefined, hook: 'install' | 'start' | 'stop' | 'resume') =>
    guard(() => vendor?.definition?.[hook]?.(window as VendorWindow, vendor.tagId ?? ''));

  function open(): void {
    for (const [id, goesOn] of running) {
      if (!goesOn && isGranted(id)) {
        running.set(id, true);
        call(vendorOf(id), 'resume');
      }
    }
    for (const [element, inserted] of elements) {
      const owner = ownerOf(element);
      if (inserted) continue;
      if (!element.isConnected) {
        // Taken out before it was granted. Should it come back, it is found again.
        elements.delete(element);
        known.delete(element);
      } else if (isOwnerGranted(owner) && isParsed(element)) {
        elements.set(
          element,
          element instanceof HTMLTemplateElement
            ? unfold(element, (source, place) => enqueueMarkup(owner, source, place))
            : switchOn(element),
        );
      }
    }
    announce();
  }

  /** Lets whoever waits for a grant look again. */
  function announce(): void {
    const wakeAll = wake;
    changed = new Promise((resolve) => {
      wake = resolve;
    });
    wakeAll();
  }

  function close(): boolean {
    let needsReload = false;
    for (const [id, goesOn] of running) {
      if (!goesOn || isGranted(id)) continue;
      const vendor = vendorOf(id);
      running.set(id, false);
      call(vendor, 'stop');
      needsReload ||= vendor?.reload ?? true;
    }
    for (const [element, inserted] of elements) {
      if (!inserted || isOwnerGranted(ownerOf(element))) continue;
      elements.set(element, null);
      switchOff(element, inserted);
    }
    return needsReload;
  }

  /** Runs a tag in its turn. One that fails takes along what waits behind it in its lane. */
  function enqueue(tag: Tag): void {
    const {lane, isDue, isParallel, url = '', vendor, category} = tag;
    const [turn, done] = lanes[lane] ?? [Promise.resolve(), Promise.resolve()];
    const next = (isParallel ? turn : done).then(async () => {
      while (!isDue()) await changed;
    });
    const loading = next.then(async () => {
      if (tag.isGone?.()) return;
      running.set(vendor ?? category, true);
      try {
        tag.before?.();
        await (scripts[tag.key] ??= injectTag(tag));
      } catch (error) {
        onLoad(false, {vendor, category, url});
        // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
        if (vendor) throw error;
        return;
      }
      loaded.add(vendor ?? '');
      onLoad(true, {vendor, category, url});
      open();
    });
    loading.catch(() => {}); // `onLoad` has told of it.
    lanes[lane] = [next, isParallel ? Promise.all([done, loading]) : loading];
  }

  function enqueueVendor(vendor: Vendor): void {
    const {id, category, after, attributes = {}, definition, url} = vendor;
    call(vendor, 'install');
    enqueue({
      key: definition?.script ?? id,
      lane: id,
      vendor: id,
      category,
      url,
      attributes: Object.entries(attributes),
      nonce,
      isDue: () => isGranted(id) && (!after || (isGranted(after) && loaded.has(after))),
      before: () => call(vendor, 'start'),
      place: (script) => (document.head ?? document.documentElement).append(script),
    });
  }

  function enqueueMarkup(owner: Owner, source: HTMLScriptElement, place: ChildNode): void {
    const url = source.getAttribute('data-src') ?? source.getAttribute('src') ?? undefined;
    const name = owner.vendor ?? owner.category;
    const isAsync = source.hasAttribute('async');
    const isParallel = !!url && !owner.vendor;
    enqueue({
      ...owner,
      // Read when its turn has come: the parser may not be through with it yet.
      get key() {
        return `${name} ${url ?? source.text}`;
      },
      // What its author marked as independent of the others has a lane of its own.
      lane: isAsync ? `${name} ${url}` : name,
      url,
      get text() {
        return source.text;
      },
      attributes: [...source.attributes].map(({name: attribute, value}) => [attribute, value]),
      nonce,
      isParallel,
      isOrdered: isParallel && !isAsync,
      isDue: () => isOwnerGranted(owner) && (!!url || isParsed(place)),
      isGone: () => !place.isConnected && known.delete(source),
      before() {
        // Whoever could put markup into the page, but not the page's nonce, must not run a script by way of the gate.
        if (nonce && source.nonce !== nonce) throw warn('markup', `script ${url}: expected the nonce of the page`);
      },
      place(script) {
        // The author's element stays where a framework expects it; its id goes to the one that runs.
        source.removeAttribute('id');
        place.after(script);
      },
    });
  }

  function register(element: Element): void {
    const owner = ownerOf(element);
    if (known.has(element)) return;
    known.add(element);
    if (!categories.some(({id}) => id === owner.category)) {
      warn('markup', `data-consent: expected ${categories.map(({id}) => id)}, got "${owner.category}"`);
    } else if (element.matches('script[type="text/plain"]')) {
      enqueueMarkup(owner, element as HTMLScriptElement, element);
    } else if (element.matches('iframe,img,link,template')) {
      elements.set(element, null);
    }
  }

  /** What the parser has not finished yet has more to come: the text of a script, the content of a template. */
  function isParsed(node: Node): boolean {
    let place: Node | null = node;
    while (place && !place.nextSibling) place = place.parentNode;
    return !!place || document.readyState !== 'loading';
  }

  announce();
  for (const vendor of vendors) if (vendor.url) enqueueVendor(vendor);

  return {
    open,
    close,
    watch() {
      findMarkup(document).forEach(register);
      document.addEventListener('DOMContentLoaded', open);
      new MutationObserver((records) => {
        for (const {addedNodes} of records) {
          for (const node of addedNodes) if (node instanceof Element) findMarkup(node).forEach(register);
        }
        open();
      }).observe(document, {childList: true, subtree: true});
    },
  };
}

const ownerOf = (element: Element): Owner => ({
  category: element.getAttribute('data-consent') as string,
  vendor: element.getAttribute('data-vendor'),
});
