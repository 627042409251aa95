/**
 * The only door. In: what is granted. Out: exactly the granted vendors' tags in the page, once each, as soon as they are
 * due. Every vendor has a lane of its own, in which tags keep their order: a slow, hanging or failing tag holds up what
 * follows it there, and nothing else.
 */
import {guard} from '../attempt.js';
import type {Settings, Vendor, VendorWindow} from '../config/types.js';
import type {InjectTag, ScriptTag} from './inject-tag.js';
import {findMarkup, switchOff, switchOn, unfold} from './markup-tags.js';

export interface TagGate {
  /**
   * Lets in what is granted and not in yet, stops what was in and no longer is. May be called any number of times.
   * @param isChoice what is let in now shares its moment with a press of a button: the page gets room to paint in between
   * @returns whether something that ran can only be stopped by a reload
   */
  update(isChoice?: boolean): boolean;
  /** Gates the marked-up elements in `root`, those of now and those to come. */
  watch(root: ParentNode & Node): void;
  /** Every tag that has been found, in that order. */
  readonly tags: readonly TagReport[];
}

/** A tag, and what has become of it. */
export interface TagReport extends Owner {
  /** `''` for an inline script; an element's address for frames, images, stylesheets. */
  readonly url: string;
  /** Vendor whose tags have to have loaded. */
  readonly after?: string | undefined;
  readonly state: TagState;
  /** `performance.now()` just before it was put into the page; absent until then. */
  readonly insertedAt?: number | undefined;
  /** What went wrong, where something did. */
  readonly error?: string | undefined;
}

/** `waiting`: not in the page; `inserted`: in it, without an answer yet. */
export type TagState = 'waiting' | 'inserted' | 'loaded' | 'failed';

export interface GateEnvironment {
  /** Nonce of the loader's own tag, or `''`. */
  readonly nonce: string;
  readonly isGranted: (id: string) => boolean;
  /** The visitor has said no to it: what the page has called for it meanwhile is forgotten. */
  readonly isRefused: (vendor: Vendor) => boolean;
  readonly injectTag: InjectTag;
  /** Resolves once `late-events.ts` looks after tags that need events which are over. */
  readonly watchListeners: () => Promise<unknown>;
  /** A tag has loaded, or failed with an error. `url` is `''` for an inline one. */
  readonly onLoad: (tag: Owner & {readonly url: string}, error?: string) => void;
}

/** What waits for it is never let in. */
const never = new Promise(() => {});

/** To whom a tag belongs. */
interface Owner {
  readonly category: string;
  readonly vendor: string | undefined;
}

/** Milliseconds after which a tag that has neither loaded nor failed is reported. It may still come. */
const PATIENCE = 30_000;

type Writable<T> = {-readonly [Field in keyof T]: T[Field]};

/** A script on its way. */
interface Step {
  readonly tag: Writable<TagReport>;
  /** May be fetched while those before it in the lane still load: the browser keeps their order. */
  readonly isParallel?: boolean;
  /** Asked whenever something changes. */
  readonly isDue: () => boolean;
  /** Called once, when its turn has come. @returns what to insert, and what makes it the same script as another */
  readonly prepare: () => readonly [key: string, tag: ScriptTag] | undefined;
}

export function createTagGate(
  {vendors}: Settings,
  {nonce, isGranted, isRefused, injectTag, watchListeners, onLoad}: GateEnvironment,
): TagGate {
  const tags: Writable<TagReport>[] = [];
  /** When the next tag of a lane may be fetched, and when all before it have loaded. */
  const lanes = new Map<string, readonly [Promise<unknown>, Promise<unknown>]>();
  /** Scripts in the page by what they are, so that none is inserted twice. */
  const scripts = new Map<string, Promise<unknown>>();
  /** By vendor and category, whose scripts are in the page, and whether they go on. */
  const running = new Map<string, {readonly owner: Owner; isOn: boolean}>();
  const known = new WeakSet<Element>();
  const refused = new Set<Vendor>();
  let isPaced = false;
  let wake = () => {};
  let changed: Promise<void>;
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await changed;
  };

  const vendorOf = (id: string | undefined) => vendors.find((vendor) => vendor.id === id);

  /** A declared vendor's own grant counts, and that of the category in the markup where it names another. */
  const isOwnerGranted = ({category, vendor: id}: Owner) => {
    const vendor = vendorOf(id);
    return (!vendor || isGranted(vendor.id)) && (vendor?.category === category || isGranted(category));
  };

  /** The page may have put anything under a vendor's name. */
  const call = (vendor: Vendor | undefined, hook: 'install' | 'start' | 'stop' | 'resume' | 'drop') =>
    guard(() => vendor?.definition?.[hook]?.(window as unknown as VendorWindow, vendor.tagId ?? ''));

  function update(isChoice = false): boolean {
    isPaced ||= isChoice;
    let needsReload = false;
    for (const entry of running.values()) {
      const vendor = vendorOf(entry.owner.vendor);
      const isOn = isOwnerGranted(entry.owner);
      if (isOn === entry.isOn) continue;
      entry.isOn = isOn;
      call(vendor, isOn ? 'resume' : 'stop');
      needsReload ||= !isOn && (vendor?.reload ?? true);
    }
    // What the page has called since the visitor said no is no one's to hear, not even after a later yes.
    for (const vendor of vendors) {
      const wasRefused = refused.delete(vendor);
      if (vendor.url && isRefused(vendor)) refused.add(vendor);
      if (wasRefused || refused.has(vendor)) call(vendor, 'drop');
    }
    wake();
    changed = new Promise((resolve) => {
      wake = resolve;
    });
    return needsReload;
  }

  /** Runs a tag in its turn. One that fails takes along what waits behind it in its lane. */
  function enqueue({tag, isParallel, isDue, prepare}: Step): void {
    const {vendor, category, after} = tag;
    const name = vendor ?? category;
    const [turn, done] = lanes.get(name) ?? [];
    tags.push(tag);
    const next = (async () => {
      await (isParallel ? turn : done);
      // The other one may be markup that is yet to be parsed.
      await until(() => !after || lanes.has(after));
      await (after && lanes.get(after)?.[1]);
      await (vendorOf(vendor)?.lateEvents === true && watchListeners());
      do {
        await until(isDue);
        if (isPaced) await new Promise((resolve) => setTimeout(resolve));
      } while (!isDue());
    })();
    const settle = (state: 'loaded' | 'failed', error?: string) => {
      if (tag.state === state) return;
      Object.assign(tag, {state, error});
      onLoad(tag, error);
    };
    const insert = async () => {
      const prepared = prepare();
      if (!prepared) return;
      const [key, script] = prepared;
      running.set(name + category, {owner: tag, isOn: true});
      Object.assign(tag, {state: 'inserted', insertedAt: performance.now()});
      const timer = setTimeout(settle, PATIENCE, 'failed', 'no answer');
      const loading = scripts.get(key) ?? injectTag(script);
      scripts.set(key, loading);
      await loading.finally(() => clearTimeout(timer));
      settle('loaded');
    };
    const loading = next.then(insert).catch((error) => {
      settle('failed', error.message ?? 'error');
      // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
      if (vendor) return never;
    });
    lanes.set(name, [next, isParallel ? Promise.all([done, loading]) : loading]);
  }

  function addVendor(vendor: Vendor): void {
    const {id, category, url, after, attributes = {}, definition} = vendor;
    if (!url) return;
    call(vendor, 'install');
    enqueue({
      tag: {category, vendor: id, url, after, state: 'waiting'},
      isDue: () => isGranted(id),
      prepare() {
        call(vendor, 'start');
        const pairs = Object.entries(attributes).map(([name, value]) => ({name, value}));
        return [definition?.script ?? id, {url, attributes: pairs}];
      },
    });
  }

  function addScript(owner: Owner, source: HTMLScriptElement): void {
    const url = source.dataset['src'] ?? source.getAttribute('src') ?? '';
    const isParallel = !!url && !owner.vendor;
    enqueue({
      tag: {...owner, url, after: vendorOf(owner.vendor)?.after, state: 'waiting'},
      isParallel,
      isDue: () => isOwnerGranted(owner) && (!!url || isParsed(source)),
      prepare() {
        // Taken out before its turn came. Should it come back, it is found again.
        if (!source.isConnected && known.delete(source)) return;
        // Whoever could put markup into the page, but not the page's nonce, must not run a script by way of the gate.
        if (nonce && source.nonce !== nonce) throw Error('no nonce');
        const {text, attributes} = source;
        // It runs behind the author's element, which stays where a framework expects it.
        return [
          `${owner.vendor} ${url || text}`,
          {url, text, attributes, isOrdered: isParallel, place: source},
        ];
      },
    });
  }

  async function addElement(element: HTMLElement): Promise<void> {
    // Read anew each time: a framework may make another element of the same node.
    const isOn = () => element.isConnected && isOwnerGranted(ownerOf(element)) && isParsed(element);
    const tag: Writable<TagReport> = {
      ...ownerOf(element),
      url: element.dataset['src'] ?? element.dataset['href'] ?? '',
      state: 'waiting',
    };
    tags.push(tag);
    for (;;) {
      await until(isOn);
      Object.assign(tag, {state: 'loaded', insertedAt: performance.now()});
      // Put back, a frame forgets the address that the browser may have kept for it from an earlier visit.
      element.replaceWith(element);
      const inserted = element instanceof HTMLTemplateElement ? unfold(element) : switchOn(element);
      await until(() => !isOwnerGranted(ownerOf(element)));
      switchOff(element, inserted);
      tag.state = 'waiting';
    }
  }

  function register(element: HTMLElement): void {
    if (known.has(element)) return;
    known.add(element);
    if (!(element instanceof HTMLScriptElement)) addElement(element);
    else if (element.type === 'text/plain') addScript(ownerOf(element), element);
  }

  /** What the parser has not finished yet has more to come: the text of a script, the content of a template. */
  function isParsed(node: Node): boolean {
    let place: Node | null = node;
    while (place && !place.nextSibling) place = place.parentNode;
    return !!place || document.readyState !== 'loading';
  }

  vendors.forEach(addVendor);
  update();
  document.addEventListener('DOMContentLoaded', () => update());

  return {
    update,
    tags,
    watch(root) {
      findMarkup(root).forEach(register);
      new MutationObserver((records) => {
        for (const {addedNodes} of records) {
          for (const node of addedNodes) if (node instanceof Element) findMarkup(node).forEach(register);
        }
        update();
      }).observe(root, {childList: true, subtree: true});
    },
  };
}

const ownerOf = ({dataset: {consent = '', vendor}}: HTMLElement): Owner => ({category: consent, vendor});
