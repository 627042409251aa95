/**
 * The only door. In: what is granted. Out: exactly the granted vendors' tags in the page, once each, as soon as they are
 * due. Every vendor has a lane of its own, in which tags keep their order: a slow, hanging or failing tag holds up what
 * follows it there, and nothing else.
 */
import {guard} from '../attempt.js';
import type {Settings, Vendor, VendorWindow} from '../config/types.js';
import {warn} from '../warn.js';
import type {InjectTag} from './inject-tag.js';
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

/** A script on its way. */
interface Step {
  readonly owner: Owner;
  readonly lane: string;
  readonly url: string;
  /** May be fetched while those before it in the lane still load: the browser keeps their order. */
  readonly isParallel?: boolean;
  /** Asked whenever something changes. */
  readonly isDue: () => boolean;
  /** Called once, when its turn has come. @returns its loading */
  readonly run: () => Promise<unknown> | undefined;
}

export function createTagGate(
  {vendors, categories}: Settings,
  {window, nonce, isGranted, injectTag, onLoad}: GateEnvironment,
): TagGate {
  const {document} = window;
  /** When the next tag of a lane may be fetched, and when all before it have loaded. */
  const lanes = new Map<string, readonly [Promise<unknown>, Promise<unknown>]>();
  /** Scripts in the page by what they are, so that none is inserted twice. */
  const scripts = new Map<string, Promise<unknown>>();
  /** Vendors, and categories of tags without one, of which a script is in the page: whether it goes on. */
  const running = new Map<string, boolean>();
  const loaded = new Set<string>();
  const known = new WeakSet<Element>();

  let wake = () => {};
  let changed: Promise<void>;
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await changed;
  };

  const nameOf = ({vendor, category}: Owner) => vendor ?? category;
  const vendorOf = (id: string | null) => vendors.find((vendor) => vendor.id === id);

  /** A declared vendor's own grant counts, and that of the category in the markup where it names another. */
  const isOwnerGranted = ({category, vendor: id}: Owner) => {
    const vendor = vendorOf(id);
    return (!vendor || isGranted(vendor.id)) && (vendor?.category === category || isGranted(category));
  };

  /** The page may have put anything under a vendor's name. */
  const call = (vendor: Vendor | undefined, hook: 'install' | 'start' | 'stop' | 'resume') =>
    guard(() => vendor?.definition?.[hook]?.(window as VendorWindow, vendor.tagId ?? ''));

  function open(): void {
    for (const [id, goesOn] of running) {
      if (goesOn || !isGranted(id)) continue;
      running.set(id, true);
      call(vendorOf(id), 'resume');
    }
    wake();
    changed = new Promise((resolve) => {
      wake = resolve;
    });
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
    return needsReload;
  }

  /** Runs a tag in its turn. One that fails takes along what waits behind it in its lane. */
  function enqueue({owner, lane, url, isParallel, isDue, run}: Step): void {
    const [turn, done] = lanes.get(lane) ?? [];
    const next = Promise.resolve(isParallel ? turn : done).then(() => until(isDue));
    const loading = next.then(run).then(
      (isRun) => {
        if (isRun === undefined) return;
        loaded.add(nameOf(owner));
        onLoad(true, {...owner, url});
        open();
      },
      (error) => {
        warn('vendor', `${nameOf(owner)} ${url}: ${error.message ?? 'not loaded'}`);
        onLoad(false, {...owner, url});
        // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
        if (owner.vendor) return new Promise(() => {});
      },
    );
    lanes.set(lane, [next, isParallel ? Promise.all([done, loading]) : loading]);
  }

  /** Inserts a script, unless the same one is there. */
  function insert(key: string, owner: Owner, tag: Parameters<InjectTag>[0]): Promise<unknown> {
    running.set(nameOf(owner), true);
    const loading = scripts.get(key) ?? injectTag(tag);
    scripts.set(key, loading);
    return loading.then(() => true);
  }

  function addVendor(vendor: Vendor, url: string): void {
    const {id, category, after, attributes = {}, definition} = vendor;
    const owner = {category, vendor: id};
    call(vendor, 'install');
    enqueue({
      owner,
      lane: id,
      url,
      isDue: () => isGranted(id) && (!after || (isGranted(after) && loaded.has(after))),
      run() {
        call(vendor, 'start');
        return insert(definition?.script ?? id, owner, {
          url,
          attributes: Object.entries(attributes).map(([name, value]) => ({name, value})),
          nonce,
          place: (script) => (document.head ?? document.documentElement).append(script),
        });
      },
    });
  }

  function addScript(owner: Owner, source: HTMLScriptElement, place: ChildNode): void {
    const url = source.getAttribute('data-src') ?? source.getAttribute('src') ?? '';
    const isAsync = source.hasAttribute('async');
    const isParallel = !!url && !owner.vendor;
    enqueue({
      owner,
      // What its author marked as independent of the others has a lane of its own.
      lane: nameOf(owner) + (isAsync ? url : ''),
      url,
      isParallel,
      isDue: () => isOwnerGranted(owner) && (!!url || isParsed(place)),
      run() {
        // Taken out before its turn came. Should it come back, it is found again.
        if (!place.isConnected && known.delete(source)) return;
        // Whoever could put markup into the page, but not the page's nonce, must not run a script by way of the gate.
        if (nonce && source.nonce !== nonce) throw Error('expected the nonce of the page');
        const {text} = source;
        return insert(`${nameOf(owner)} ${url || text}`, owner, {
          url,
          text,
          attributes: source.attributes,
          nonce,
          isOrdered: isParallel && !isAsync,
          place(script) {
            // The author's element stays where a framework expects it; its id goes to the one that runs.
            source.removeAttribute('id');
            place.after(script);
          },
        });
      },
    });
  }

  async function addElement(owner: Owner, element: Element): Promise<void> {
    const isDue = () => element.isConnected && isOwnerGranted(owner) && isParsed(element);
    for (;;) {
      await until(isDue);
      const inserted =
        element instanceof HTMLTemplateElement
          ? unfold(element, (source, place) => addScript(owner, source, place))
          : switchOn(element);
      await until(() => !isOwnerGranted(owner));
      switchOff(element, inserted);
    }
  }

  function register(element: Element): void {
    if (known.has(element)) return;
    known.add(element);
    const category = element.getAttribute('data-consent') as string;
    const owner = {category, vendor: element.getAttribute('data-vendor')};
    if (!categories.some(({id}) => id === category)) {
      warn('markup', `data-consent: expected ${categories.map(({id}) => id)}, got "${category}"`);
    } else if (element.matches('script[type="text/plain"]')) {
      addScript(owner, element as HTMLScriptElement, element);
    } else if (element.matches('iframe,img,link,template')) {
      addElement(owner, element);
    }
  }

  /** What the parser has not finished yet has more to come: the text of a script, the content of a template. */
  function isParsed(node: Node): boolean {
    let place: Node | null = node;
    while (place && !place.nextSibling) place = place.parentNode;
    return !!place || document.readyState !== 'loading';
  }

  open();
  for (const vendor of vendors) if (vendor.url) addVendor(vendor, vendor.url);

  return {
    open,
    close,
    watch() {
      findMarkup(document.documentElement).forEach(register);
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
