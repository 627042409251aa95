/**
 * The only door. In: what is granted. Out: exactly the granted vendors' tags in the page, once each, as soon as they are
 * due. Every vendor has a lane of its own, in which tags keep their order: a slow, hanging or failing tag holds up what
 * follows it there, and nothing else.
 */

import {guard} from '../attempt.js';
import {categoriesOf} from '../config/categories-of.js';
import type {Settings, Vendor, VendorDefinition, VendorWindow} from '../config/types.js';
import type {Load} from '../load.js';
import {ownDocument} from '../own-document.js';
import type {InjectTag, ScriptTag} from './inject-tag.js';
import {addressOf, findMarkup, isParsed, ownerOf} from './markup-tags.js';
import type {Pace} from './pace.js';

export interface TagGate {
  /**
   * Lets in what is granted and not in yet. May be called any number of times.
   * @param pace after a choice: what is let in from now on comes in slices, so that the page can paint in between
   */
  open(pace?: Pace): void;
  /** Gates the marked-up elements in `root`, those of now (from the end of this task) and those to come. */
  watch(root: ParentNode & Node): void;
  /** Every tag that has been found, in that order. */
  readonly tags: readonly TagReport[];
  /** By vendor and category, whose scripts are in the page, and whether they go on (`carry-out.ts`). */
  readonly running: ReadonlyMap<string, {readonly owner: Owner; isOn: boolean}>;
  /** A declared vendor's own grant counts, and that of the category in the markup where it names another. */
  readonly isOwnerGranted: (owner: Owner) => boolean;
}

/** A tag, and what has become of it. */
export interface TagReport extends Owner {
  /** `''` for an inline script; an element's address for frames, images, stylesheets, once `fetchers.js` is here. */
  readonly url: string;
  /** Name of an element that fetches for itself (`iframe`), once `fetchers.js` is here; absent for scripts. */
  readonly element?: string;
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
  readonly injectTag: InjectTag;
  /**
   * Fetches what few pages need: `attend.js` gives a vendor what the loader does not have (its definition, the events that are
   * over), `fetchers.js` lets frames, images, stylesheets and templates in.
   */
  readonly load: Load;
  /** A tag has loaded, or failed with an error. `url` is `''` for an inline one. */
  readonly onLoad: (tag: Owner & {readonly url: string}, error?: string) => void;
}

/** To whom a tag belongs. */
export interface Owner {
  readonly category: string;
  readonly vendor: string | undefined;
}

/** Milliseconds after which a tag that has neither loaded nor failed is reported. It may still come. */
const PATIENCE = 30_000;

export type Writable<T> = {-readonly [Field in keyof T]: T[Field]};

/** A script on its way. */
interface Step {
  readonly tag: Writable<TagReport>;
  /** The author's element; absent for a declared vendor's own tag. */
  readonly place?: HTMLScriptElement;
  /** A framework may have made another tag of the same element since it was found. */
  readonly isSame?: () => boolean;
  /** May be fetched while those before it in the lane still load: the browser keeps their order. */
  readonly isParallel?: boolean;
  /** Asked whenever something changes. */
  readonly isDue: () => boolean;
  /** Called once, when its turn has come. @returns what makes it the same script as another, and what to insert */
  readonly prepare: () => readonly [key: string, tag: ScriptTag];
}

/** The scripts of one vendor, in their order. */
interface Lane {
  /** Those that wait. */
  steps: Step[];
  /** How many are in the page and have not answered. */
  loading: number;
  /** One has failed: what waits behind it is never let in. */
  isBroken?: boolean;
}

export function createTagGate(
  settings: Settings,
  {nonce, isGranted, injectTag, load, onLoad}: GateEnvironment,
): TagGate {
  const tags: Writable<TagReport>[] = [];
  const lanes = new Map<string, Lane>();
  const roots: Node[] = [];
  /** Looks at the elements that fetch for themselves, once there is one of them. */
  let fetching: Promise<() => void> | undefined;
  /** Scripts in the page by what they are, so that none is inserted twice. */
  const scripts = new Map<string, Promise<unknown>>();
  const running = new Map<string, {readonly owner: Owner; isOn: boolean}>();
  const known = new WeakSet<Element>();
  let pace: Pace | undefined;

  const vendorOf = (id: string | undefined) => settings.vendors.find((vendor) => vendor.id === id);

  const isOwnerGranted = ({category, vendor: id}: Owner) => {
    const vendor = vendorOf(id);
    return (
      (!vendor || isGranted(vendor.id)) &&
      (vendor?.category === category || categoriesOf(category).every(isGranted))
    );
  };

  /** The page may have put anything under a vendor's name. */
  const call = (vendor: Vendor, hook: VendorDefinition['start'] | VendorDefinition['install']) =>
    guard(() => hook?.(window as unknown as VendorWindow, vendor.tagId ?? '', vendor.url as string, vendor));

  /**
   * Lets in what may be let in, once all that happens at this moment has happened.
   * @param root to be looked through first
   */
  function flush(root?: Node): void {
    queueMicrotask(() => {
      if (root) findMarkup(root, register);
      for (const lane of lanes.values()) advance(lane);
    });
  }

  /** @param isTurn its task has come */
  function advance(lane: Lane, isTurn = !pace): void {
    for (;;) {
      const [step] = lane.steps;
      if (!step || lane.isBroken || (lane.loading && !step.isParallel)) return;
      const {place, isSame} = step;
      if (place && !(place.isConnected && isSame?.())) {
        lane.steps.shift();
        known.delete(place);
        // Taken out before its turn came, it is found again should it come back.
        if (place.isConnected) flush(place);
        continue;
      }
      const {after} = step.tag;
      if ((after && !isDone(lanes.get(after))) || !step.isDue()) return;
      if (!isTurn) return void pace?.later(lane, () => advance(lane, true));
      lane.steps.shift();
      run(lane, step);
      isTurn = !pace || pace.hasTime();
    }
  }

  /** The other one may be markup that is yet to be parsed. */
  const isDone = (lane: Lane | undefined) => lane && !lane.steps.length && !lane.loading && !lane.isBroken;

  async function run(lane: Lane, step: Step): Promise<void> {
    const {tag} = step;
    const {vendor, category} = tag;
    const settle = (state: 'loaded' | 'failed', error?: string) => {
      if (tag.state !== state) onLoad(Object.assign(tag, {state, error}), error);
    };
    lane.loading++;
    try {
      const owner = vendorOf(vendor);
      // Another stands in for its definition, or the page has to be one of its own.
      if (owner && (owner.lateEvents || owner.pages || owner.definition?.isStandIn)) {
        await (await load('attend.js')).attend(owner, settings, load);
        // Its grant may have been taken back meanwhile.
        if (!step.isDue()) return void lane.steps.unshift(step);
      }
      const [key, script] = step.prepare();
      if (!nonce && script.place && 'markup' in settings) {
        await (await load('attend.js')).vouch(script, settings);
        // It may be another's by now. What runs is what was vouched for.
        if (!step.isDue()) return void lane.steps.unshift(step);
      }
      running.set(`${vendor} ${category}`, {owner: tag, isOn: true});
      // The address of a vendor whose file has only now come was not known before.
      Object.assign(tag, {state: 'inserted', url: script.url, insertedAt: performance.now()});
      setTimeout(() => tag.state === 'inserted' && settle('failed', 'no answer'), PATIENCE);
      let loading = scripts.get(key);
      if (!loading) {
        loading = injectTag(script);
        scripts.set(key, loading);
      }
      await loading;
      settle('loaded');
    } catch (error) {
      settle('failed', (error as Error).message ?? 'error');
      // Tags without a vendor share a lane only for want of a name: one's failure says nothing about the next.
      lane.isBroken = !!vendor;
    } finally {
      lane.loading--;
      flush();
    }
  }

  function enqueue(step: Step): void {
    const {vendor, category} = step.tag;
    const name = vendor ?? category;
    const lane = lanes.get(name) ?? {loading: 0, steps: []};
    lanes.set(name, lane);
    lane.steps.push(step);
    tags.push(step.tag);
  }

  function addVendor(vendor: Vendor): void {
    const {id, category, after} = vendor;
    if (!vendor.url) return;
    call(vendor, vendor.definition?.install);
    enqueue({
      tag: {category, vendor: id, url: vendor.url, after, state: 'waiting'},
      isDue: () => isGranted(id),
      prepare() {
        call(vendor, vendor.definition?.start);
        const {url, definition, attributes = {}} = vendor;
        const pairs = Object.entries(attributes).map(([name, value]) => ({name, value}));
        return [definition?.script ?? id, {url, attributes: pairs}];
      },
    });
  }

  function addScript(owner: Owner, place: HTMLScriptElement): void {
    const look = () => JSON.stringify([ownerOf(place), place.type, addressOf(place)]);
    const found = look();
    const isSame = () => look() === found;
    const url = addressOf(place);
    const isParallel = !!url && !owner.vendor;
    enqueue({
      tag: {...owner, url, after: vendorOf(owner.vendor)?.after, state: 'waiting'},
      place,
      isSame,
      isParallel,
      isDue: () => isSame() && isOwnerGranted(owner) && (!!url || isParsed(place)),
      prepare() {
        // Whoever could put markup into the page, but not the page's nonce, must not run a script by way of the gate.
        if (nonce && place.nonce !== nonce) throw Error('no nonce');
        const {text, attributes} = place;
        // It runs behind the author's element, which stays where a framework expects it.
        return [`${owner.vendor} ${url || text}`, {url, text, attributes, isOrdered: isParallel, place}];
      },
    });
  }

  function register(element: HTMLElement): void {
    // A script of SVG is no script that the gate could run, and has to stay inert.
    if (known.has(element) || !(element instanceof HTMLElement)) return;
    known.add(element);
    if (!(element instanceof HTMLScriptElement))
      fetching ??= load('fetchers.js').then((module) =>
        module.gateFetchers({roots, tags, isOwnerGranted, onLoad}),
      );
    else if (element.type === 'text/plain') addScript(ownerOf(element), element);
  }

  settings.vendors.forEach(addVendor);
  // There is nothing in an event to be looked through.
  ownDocument.addEventListener('DOMContentLoaded', flush as () => void);

  const gate: TagGate = {
    open(given) {
      pace ??= given;
      fetching?.then((look) => look(), String);
      flush();
    },
    tags,
    running,
    isOwnerGranted,
    watch(root) {
      roots.push(root);
      gate.open();
      flush(root);
      new MutationObserver((records) => {
        for (const {addedNodes} of records)
          for (const node of addedNodes) guard(() => findMarkup(node, register));
        for (const lane of lanes.values()) advance(lane);
      }).observe(root, {childList: true, subtree: true});
    },
  };
  return gate;
}
