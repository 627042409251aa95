/**
 * The only door. In: what is granted. Out: exactly the granted vendors' tags in the page, once each, as soon as they are
 * due. Every vendor has a lane of its own, in which tags keep their order: a slow, hanging or failing tag holds up what
 * follows it there, and nothing else.
 */
import {isFetchable} from '../config/is-fetchable.js';
import type {Settings, Vendor, VendorWindow} from '../config/types.js';
import type {InjectTag} from './inject-tag.js';
import {findMarkup, type Owner, switchOff, switchOn, unfold} from './markup-tags.js';

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
  /** A tag has loaded, or has failed to. */
  readonly onLoad: (owner: Owner, url: string, isLoaded: boolean) => void;
  /** Tells the site's owner about markup that cannot be let in. */
  readonly report: (path: string, expected: string, found: unknown) => void;
}

/** A lane: when its next tag may be fetched, and when all before it have run. */
interface Lane {
  readonly turn: Promise<unknown>;
  readonly loaded: Promise<unknown>;
}

export function createTagGate(settings: Settings, environment: GateEnvironment): TagGate {
  const {window, nonce, isGranted, injectTag, onLoad, report} = environment;
  const {document} = window;
  const lanes = new Map<string, Lane>();
  /** Scripts in the page by what they are, so that none is ever inserted twice. */
  const scripts = new Map<string, Promise<unknown>>();
  /** Vendors, and categories of tags without one, of which a script is in the page. */
  const running = new Set<string>();
  const stopped = new Set<string>();
  const known = new WeakSet<Element>();
  /** Marked-up elements other than scripts, with what a template has inserted. */
  const elements = new Map<Element, ChildNode[] | null>();

  const vendorOf = (id: string | null) => settings.vendors.find((vendor) => vendor.id === id);

  /** A declared vendor's own grant counts, and that of the category in the markup where it names another. */
  const isOwnerGranted = ({category, vendor: id}: Owner): boolean => {
    const vendor = vendorOf(id);
    return (!vendor || isGranted(vendor.id)) && (vendor?.category === category || isGranted(category));
  };

  let change: () => void;
  let changed: Promise<void>;
  const renew = () => {
    changed = new Promise((resolve) => {
      change = resolve;
    });
  };
  renew();

  const until = async (isDue: () => boolean) => {
    while (!isDue()) await changed;
  };

  function open(): void {
    for (const id of stopped) {
      if (isGranted(id) && stopped.delete(id)) call(vendorOf(id), 'resume');
    }
    for (const [element, inserted] of elements) {
      if (!inserted && !element.isConnected) {
        // Taken out before it was granted. Should it come back, it is found again.
        known.delete(element);
        elements.delete(element);
      }
      const owner = ownerOf(element);
      if (inserted || !elements.has(element) || !isOwnerGranted(owner) || !isParsed(element)) continue;
      if (element instanceof HTMLTemplateElement) {
        elements.set(
          element,
          unfold(element, (source, place) => runMarkup(owner, source, place)),
        );
      } else {
        elements.set(element, []);
        switchOn(element);
      }
    }
    const wake = change;
    renew();
    wake();
  }

  function close(): boolean {
    let needsReload = false;
    for (const id of running) {
      if (isGranted(id) || stopped.has(id)) continue;
      const vendor = vendorOf(id);
      stopped.add(id);
      call(vendor, 'stop');
      needsReload ||= vendor?.reload ?? true;
    }
    for (const [element, inserted] of elements) {
      if (!inserted || isOwnerGranted(ownerOf(element))) continue;
      elements.set(element, null);
      for (const node of inserted) node.remove();
      switchOff(element);
    }
    return needsReload;
  }

  /** The page may have put anything under a vendor's name: what it throws is its own. */
  function call(vendor: Vendor | undefined, hook: 'install' | 'start' | 'stop' | 'resume'): void {
    try {
      vendor?.definition?.[hook]?.(window as VendorWindow, vendor.tagId ?? '');
    } catch (error) {
      window.reportError(error);
    }
  }

  /**
   * Runs a tag in its turn.
   * @param start called once when all before it have loaded (where `isParallel`: have been asked for), returns its loading
   */
  function enqueue(key: string, start: () => Promise<unknown>, isDue: () => boolean, isParallel = false): void {
    const lane = lanes.get(key) ?? {turn: Promise.resolve(), loaded: Promise.resolve()};
    const turn = (isParallel ? lane.turn : lane.loaded).then(() => until(isDue));
    const loaded = turn.then(start);
    lanes.set(key, {turn, loaded: isParallel ? Promise.all([lane.loaded, loaded]) : loaded});
    loaded.catch(() => {}); // Reported by `load`; whatever waits in this lane is given up with it.
  }

  /** Inserts a script once. @param key what makes it the same script as another */
  function load(key: string, owner: Owner, url: string, insert: () => Promise<unknown>): Promise<unknown> {
    running.add(owner.vendor ?? owner.category);
    const loading = scripts.get(key) ?? insert();
    scripts.set(key, loading);
    return loading.then(
      () => onLoad(owner, url, true),
      (error) => {
        onLoad(owner, url, false);
        throw error;
      },
    );
  }

  const loadedVendors = new Set<string>();

  function runVendor(vendor: Vendor, url: string): void {
    const {id, category, after, attributes = {}, definition} = vendor;
    const isDue = () => isGranted(id) && (!after || (isGranted(after) && loadedVendors.has(after)));
    const start = async () => {
      call(vendor, 'start');
      await load(definition?.script ?? id, {category, vendor: id}, url, () =>
        injectTag({url, attributes: Object.entries(attributes), nonce}, (script) =>
          (document.head ?? document.documentElement).append(script),
        ),
      );
      loadedVendors.add(id);
      open();
    };
    call(vendor, 'install');
    enqueue(id, start, isDue);
  }

  function runMarkup(owner: Owner, source: HTMLScriptElement, place: ChildNode): void {
    const url = source.getAttribute('data-src') ?? source.getAttribute('src') ?? undefined;
    const isAsync = source.hasAttribute('async');
    const isParallel = url !== undefined && !owner.vendor;
    const lane = owner.vendor ?? owner.category;
    const start = async () => {
      if (!place.isConnected) return known.delete(source);
      const where = `script[data-consent="${owner.category}"]`;
      if (nonce && source.nonce !== nonce) return report(where, 'the nonce of the page', source.nonce);
      if (url !== undefined && !isFetchable(url, source.baseURI)) return report(where, 'https: address', url);
      const {text} = source;
      const loading = load(`${lane} ${url ?? text}`, owner, url ?? '', () =>
        injectTag(
          {
            url,
            text,
            attributes: [...source.attributes].map(({name, value}) => [name, value]),
            nonce,
            isOrdered: isParallel && !isAsync,
          },
          (script) => {
            // The author's element stays where a framework expects it; its id goes to the one that runs.
            source.removeAttribute('id');
            place.after(script);
          },
        ),
      );
      // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
      return owner.vendor ? loading : loading.catch(() => {});
    };
    // What its author marked as independent of the others has a lane of its own.
    enqueue(isAsync ? `${lane} ${url}` : lane, start, () => isOwnerGranted(owner) && (!!url || isParsed(place)), isParallel);
  }

  function register(element: Element): void {
    if (known.has(element)) return;
    known.add(element);
    const owner = ownerOf(element);
    const {category} = owner;
    if (!settings.categories.some(({id}) => id === category)) {
      report('data-consent', settings.categories.map(({id}) => id).join(' | '), category);
    } else if (element.matches('script[type="text/plain"]')) {
      runMarkup(owner, element as HTMLScriptElement, element);
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

  for (const vendor of settings.vendors) if (vendor.url) runVendor(vendor, vendor.url);

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

function ownerOf(element: Element): Owner {
  return {category: element.getAttribute('data-consent') as string, vendor: element.getAttribute('data-vendor')};
}
