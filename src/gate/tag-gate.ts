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
   * @returns whether something that ran can only be stopped by a reload
   */
  update(): boolean;
  /** Gates the marked-up elements of the page, those of now and those to come. */
  watch(): void;
}

export interface GateEnvironment {
  /** Nonce of the loader's own tag, or `''`. */
  readonly nonce: string;
  readonly isGranted: (id: string) => boolean;
  readonly injectTag: InjectTag;
  /** A tag has loaded, or failed with an error. `url` is `''` for an inline one. */
  readonly onLoad: (tag: Owner & {readonly url: string}, error?: Error) => void;
}

/** What waits for it is never let in. */
const never = new Promise(() => {});

/** To whom a tag belongs. */
interface Owner {
  readonly category: string;
  readonly vendor: string | undefined;
}

/** A script on its way. */
interface Step {
  readonly owner: Owner;
  readonly url: string;
  /** Vendor whose tags have to have loaded. */
  readonly after?: string | undefined;
  /** May be fetched while those before it in the lane still load: the browser keeps their order. */
  readonly isParallel?: boolean;
  /** Asked whenever something changes. */
  readonly isDue: () => boolean;
  /** Called once, when its turn has come. @returns what to insert, and what makes it the same script as another */
  readonly prepare: () => readonly [key: string, tag: ScriptTag] | undefined;
}

export function createTagGate(
  {vendors}: Settings,
  {nonce, isGranted, injectTag, onLoad}: GateEnvironment,
): TagGate {
  /** When the next tag of a lane may be fetched, and when all before it have loaded. */
  const lanes = new Map<string, readonly [Promise<unknown>, Promise<unknown>]>();
  /** Scripts in the page by what they are, so that none is inserted twice. */
  const scripts = new Map<string, Promise<unknown>>();
  /** By vendor and category, whose scripts are in the page, and whether they go on. */
  const running = new Map<string, {readonly owner: Owner; isOn: boolean}>();
  const known = new WeakSet<Element>();

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
  const call = (vendor: Vendor | undefined, hook: 'install' | 'start' | 'stop' | 'resume') =>
    guard(() => vendor?.definition?.[hook]?.(window as unknown as VendorWindow, vendor.tagId ?? ''));

  function update(): boolean {
    let needsReload = false;
    for (const entry of running.values()) {
      const vendor = vendorOf(entry.owner.vendor);
      const isOn = isOwnerGranted(entry.owner);
      if (isOn === entry.isOn) continue;
      entry.isOn = isOn;
      call(vendor, isOn ? 'resume' : 'stop');
      needsReload ||= !isOn && (vendor?.reload ?? true);
    }
    wake();
    changed = new Promise((resolve) => {
      wake = resolve;
    });
    return needsReload;
  }

  /** Runs a tag in its turn. One that fails takes along what waits behind it in its lane. */
  function enqueue({owner, url, after, isParallel, isDue, prepare}: Step): void {
    const tag = {...owner, url};
    const name = owner.vendor ?? owner.category;
    const [turn, done] = lanes.get(name) ?? [];
    const next = (async () => {
      await (isParallel ? turn : done);
      // The other one may be markup that is yet to be parsed.
      await until(() => !after || lanes.has(after));
      await (after && lanes.get(after)?.[1]);
      await until(isDue);
    })();
    const insert = async () => {
      const prepared = prepare();
      if (!prepared) return;
      const [key, script] = prepared;
      running.set(name + owner.category, {owner, isOn: true});
      const loading = scripts.get(key) ?? injectTag(script);
      scripts.set(key, loading);
      await loading;
      onLoad(tag);
    };
    const loading = next.then(insert).catch((error) => {
      onLoad(tag, error);
      // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
      if (owner.vendor) return never;
    });
    lanes.set(name, [next, isParallel ? Promise.all([done, loading]) : loading]);
  }

  function addVendor(vendor: Vendor): void {
    const {id, category, url, after, attributes = {}, definition} = vendor;
    if (!url) return;
    call(vendor, 'install');
    enqueue({
      owner: {category, vendor: id},
      url,
      after,
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
      owner,
      url,
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
    for (;;) {
      await until(isOn);
      // Put back, a frame forgets the address that the browser may have kept for it from an earlier visit.
      element.replaceWith(element);
      const inserted = element instanceof HTMLTemplateElement ? unfold(element) : switchOn(element);
      await until(() => !isOwnerGranted(ownerOf(element)));
      switchOff(element, inserted);
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

  update();
  vendors.forEach(addVendor);

  return {
    update,
    watch() {
      findMarkup(document.documentElement).forEach(register);
      document.addEventListener('DOMContentLoaded', update);
      new MutationObserver((records) => {
        for (const {addedNodes} of records) {
          for (const node of addedNodes) if (node instanceof Element) findMarkup(node).forEach(register);
        }
        update();
      }).observe(document, {childList: true, subtree: true});
    },
  };
}

const ownerOf = ({dataset: {consent = '', vendor}}: HTMLElement): Owner => ({category: consent, vendor});
