/**
 * COMPOSITION ROOT, read this first. Connects the stages in the order in which the data flows:
 *
 *   configuration -> settings -> circumstances (regime, signals) -> store (record) -> gate -> tags
 *
 * Synchronous on purpose: a returning visitor's tags must not wait. Nothing here throws into the page, and whatever is
 * unknown, malformed, blocked or failed ends as denied.
 */
import {guard} from './attempt.js';
import {normalizeConfig} from './config/normalize-config.js';
import type {AgeBand, ControllerConfig, VendorDefinition} from './config/types.js';
import {ConsentEvent, type ConsentEvents} from './consent/change-event.js';
import {type Answers, type ConsentChange, createConsentStore} from './consent/consent-store.js';
import {createCookieJar} from './consent/cookie-jar.js';
import type {ConsentState} from './consent/grants.js';
import {createUndo} from './consent/undo.js';
import {createInjectTag} from './gate/inject-tag.js';
import {sweepStorage} from './gate/sweep-storage.js';
import {createTagGate} from './gate/tag-gate.js';
import {resolveCircumstances} from './policy/resolve-regime.js';
import {readGpc} from './policy/signals.js';
import {createGoogleConsentMode} from './signals/google-consent-mode.js';
import type {UiHost} from './ui-contract.js';
import {createUiDoor, type LoadUi} from './ui-door.js';
import {callGtag} from './vendors/google-tag.js';
import * as catalogue from './vendors/index.js';
import {warn} from './warn.js';

/** `window.consentGate`, and what `start()` returns. Every method may be called at any time; none throws. */
export interface ConsentGate {
  /** What holds now. A new frozen object for every change. */
  readonly state: ConsentState;
  readonly version: string;
  /** @param id a vendor or a category; an unknown one is not granted */
  isGranted(id: string): boolean;
  /** Resolves once `id` is granted; stays pending as long as it is not. */
  whenGranted(id: string): Promise<void>;
  /** Calls `listener` at once and on every change. @returns unsubscribe */
  subscribe(listener: (state: ConsentState) => void): () => void;
  acceptAll(): void;
  rejectAll(): void;
  /** Answers for some categories and vendors; the others stay as they are. Only the word `granted` grants. */
  decide(answers: Answers): void;
  /** Denies one vendor or category, or, without `id`, everything optional. */
  withdraw(id?: string): void;
  /** Forgets the choice: back to a first visit. */
  erase(): void;
  /** The choice and what it refers to, for a download or a log. No address, no browser name, no history. */
  record(): FullRecord;
  /** Default: the preferences. */
  open(view?: 'banner' | 'preferences', options?: {vendor?: string}): void;
  close(): void;
  /** A lower band revokes at once; what is no band is taken for the lowest. */
  setAgeBand(band: AgeBand): void;
  setRegion(region: string): void;
  /** Calls `callback` with this object: what `(window.consentGate ||= []).push(callback)` meets once it is here. */
  push(callback: (gate: ConsentGate) => void): void;
}

/** What `record()` returns and `recordEndpoint` receives as JSON. */
export interface FullRecord extends ConsentState {
  readonly schema: 'consent-gate/1';
  readonly version: string;
  /** Host for which the choice holds, or the domain that shares it. */
  readonly scope: string;
  /** Language of the page, and of the policy that prevails. */
  readonly language: string;
  readonly prevailingLanguage: string | undefined;
  readonly controller: ControllerConfig;
}

/** What the product needs of its surroundings: a parameter, so that tests patch nothing. */
export interface Environment {
  readonly window: Window;
  readonly loadUi: LoadUi;
  /** Says in words what is wrong in a configuration. */
  readonly explain: (config: unknown) => void;
  /** Nonce for what is injected, or `''`. */
  readonly nonce: string;
}

const VERSION = '0.1.0';
const AGE_BANDS: readonly (AgeBand | undefined)[] = ['u13', '13-15', '16+'];

/** One gate per page, whichever copy of the code came first. */
const HERE = Symbol.for('consent-gate');

export function startGate(config: unknown, {window, loadUi, explain, nonce}: Environment): ConsentGate {
  const {document, location} = window;
  const page = document as Document & {[HERE]?: ConsentGate; prerendering?: boolean};
  if (page[HERE]) {
    warn('twice', `started twice in one page; the first (${page[HERE].version}) goes on alone`);
    return page[HERE];
  }

  const settings = normalizeConfig(config, Object.values(catalogue) as VendorDefinition[]);
  const {cookie, policy, controller, recordEndpoint} = settings;
  if (settings.isFlawed || /^(localhost|127\.|\[)|\.(localhost|test|local)$/.test(location.hostname)) explain(config);

  let visitor = settings;
  const look = () => resolveCircumstances(settings, visitor, readGpc(window.navigator));
  const jar = createCookieJar(settings, window);
  const store = createConsentStore(settings, {jar, look, onChange: apply, onDecision: log});
  const {isGranted} = store;
  const tellGoogle = createGoogleConsentMode(settings, window, callGtag);
  const gate = createTagGate(settings, {
    window,
    nonce,
    isGranted,
    injectTag: createInjectTag(window),
    onLoad: (isLoaded, tag) => tell(isLoaded ? 'consent-vendor-load' : 'consent-vendor-error', tag),
  });
  const sweep = () => sweepStorage(settings, {window, isGranted, cookies: jar});
  const undo = createUndo(store, window, `${cookie.name}-undo`);
  const listeners = new Set<(state: ConsentState) => void>();
  let isOpen = false;
  let isReloading = false;

  /** Persisted already -> signals and gate -> sweep -> announce. */
  function apply(change: ConsentChange): void {
    if (!isOpen) return;
    tellGoogle(store.state);
    gate.open();
    isReloading ||= gate.close();
    sweep();
    for (const listener of listeners) guard(() => listener(store.state));
    tell('consent-change', change);
    if (isReloading) location.reload();
  }

  function begin(): void {
    store.refresh();
    // First of all, so that a link which denies is heard before anything is let in.
    const isAddressed = door.listen();
    isOpen = true;
    sweep();
    tellGoogle(store.state);
    gate.watch();
    gate.open();
    jar.repair();
    // Other tabs, a return from the back-forward cache, a tab that comes to the front: the choice may be another one.
    for (const type of ['storage', 'pageshow', 'visibilitychange']) window.addEventListener(type, store.refresh);
    tell('consent-ready', {state: store.state});
    if (!isAddressed) promptIfDue();
  }

  function promptIfDue(): void {
    if (isOpen && !store.state.decided && look().prompts) door.open('banner');
  }

  function log(isStored: boolean): void {
    if (!isStored) warn('storage', 'the choice cannot be stored and holds for this page only');
    if (!recordEndpoint) return;
    // `keepalive`: a choice made on the way out of the page, or just before a reload, still arrives.
    const request = {method: 'POST', keepalive: true, body: JSON.stringify(gateway.record())};
    window.fetch(recordEndpoint, request).catch(() => {}); // No visitor need hear of it.
  }

  function tell<Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]): void {
    document.dispatchEvent(new ConsentEvent(type, fields));
  }

  const knows = (id: string) => Object.hasOwn({...store.state.categories, ...store.state.vendors}, id);

  function withdraw(id: string | undefined, source: 'api' | 'link'): void {
    if (id === undefined) store.rejectAll(source);
    else if (!knows(id)) warn('config', `withdraw: expected the id of a category or vendor, got "${id}"`);
    else store.decide({categories: {[id]: 'denied'}, vendors: {[id]: 'denied'}}, source);
  }

  function revisit(change: Partial<typeof visitor>): void {
    visitor = {...visitor, ...change};
    store.refresh();
    promptIfDue();
  }

  const gateway: ConsentGate = {
    get state() {
      return store.state;
    },
    version: VERSION,
    isGranted,
    whenGranted: (id) =>
      new Promise((resolve) => {
        gateway.subscribe(() => isGranted(id) && resolve());
      }),
    subscribe(listener) {
      listeners.add(listener);
      guard(() => listener(store.state));
      return () => listeners.delete(listener);
    },
    acceptAll: store.acceptAll,
    rejectAll: store.rejectAll,
    decide: store.decide,
    withdraw: (id) => withdraw(id, 'api'),
    erase() {
      store.restore(null);
      promptIfDue();
    },
    record: () => ({
      schema: 'consent-gate/1',
      version: VERSION,
      ...store.state,
      scope: cookie.domain === 'host' ? location.hostname : cookie.domain,
      language: document.documentElement.lang,
      prevailingLanguage: policy.prevailingLanguage,
      controller,
    }),
    open: (view = 'preferences', options) => door.open(view, options),
    close: () => door.close(),
    setAgeBand(band) {
      const [old, now] = [visitor.ageBand, band].map((known) => AGE_BANDS.indexOf(known)) as [number, number];
      // What an older visitor chose does not hold for a younger one.
      if (now < old) store.restore(null);
      revisit({ageBand: AGE_BANDS[now] ?? 'u13'});
    },
    setRegion: (region) => revisit({region}),
    push: (callback) => guard(() => callback(gateway)),
  };

  const host = Object.create(gateway, {
    settings: {value: settings},
    lockOf: {value: store.lockOf},
    undo: {value: undo.undo},
    closed: {
      value: (view: 'banner' | 'preferences') => {
        tell('consent-close', {view});
        if (view === 'preferences') promptIfDue();
      },
    },
  }) as Omit<UiHost, 'locale'>;
  const door = createUiDoor({
    window,
    loadUi,
    host,
    deny(id) {
      if (id && !knows(id)) return null;
      undo.remember();
      withdraw(id, 'link');
      if (isReloading) undo.carryOver();
      return isReloading;
    },
    onOpen: (view) => tell('consent-open', {view}),
  });

  page[HERE] = gateway;
  // A prerendered page may never be seen: until it is, nothing is requested, written or asked.
  if (page.prerendering) document.addEventListener('prerenderingchange', begin, {once: true});
  else begin();
  return gateway;
}
