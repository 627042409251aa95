/**
 * COMPOSITION ROOT, read this first. Connects the stages in the order in which the data flows:
 *
 *   configuration -> settings -> circumstances (regime, signals) -> store (record) -> gate -> tags
 *
 * Synchronous on purpose: a returning visitor's tags must not wait. Nothing here throws into the page, and whatever is
 * unknown, malformed, blocked or failed ends as denied.
 */
import {normalizeConfig} from './config/normalize-config.js';
import type {AgeBand, VendorDefinition} from './config/types.js';
import {ConsentEvent, type ConsentEvents} from './consent/change-event.js';
import {type Answers, type ConsentChange, createConsentStore} from './consent/consent-store.js';
import {createCookieJar} from './consent/cookie-jar.js';
import {describeRecord, type FullRecord} from './consent/full-record.js';
import type {ConsentState} from './consent/grants.js';
import type {Source} from './consent/record.js';
import {createRecordLog} from './consent/record-log.js';
import {createUndo} from './consent/undo.js';
import {createInjectTag} from './gate/inject-tag.js';
import {sweepStorage} from './gate/sweep-storage.js';
import {createTagGate} from './gate/tag-gate.js';
import {resolveCircumstances} from './policy/resolve-regime.js';
import {readSignals} from './policy/signals.js';
import {createGoogleConsentMode} from './signals/google-consent-mode.js';
import {createUiDoor, type LoadUi} from './ui-door.js';
import {callGtag} from './vendors/google-tag.js';
import * as catalogue from './vendors/index.js';
import {reportTo, warn} from './warn.js';

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
  /** The choice, spelled out. */
  record(): FullRecord;
  open(view?: 'banner' | 'preferences', options?: {vendor?: string}): void;
  close(): void;
  /** A lower band revokes at once. */
  setAgeBand(band: AgeBand): void;
  setRegion(region: string): void;
  /** Calls `callback` with this object: what `(window.consentGate ||= []).push(callback)` meets once it is here. */
  push(callback: (gate: ConsentGate) => void): void;
}

/** What the product needs of its surroundings: a parameter, so that tests patch nothing. */
export interface Environment {
  readonly window: Window;
  readonly loadUi: LoadUi;
  /** Nonce for what is injected, or `''`. */
  readonly nonce: string;
}

export const VERSION = '0.1.0';

const AGE_BANDS: readonly AgeBand[] = ['u13', '13-15', '16+'];

/** One gate per page, whichever copy of the code came first. */
const HERE = Symbol.for('consent-gate');

export function startGate(config: unknown, {window, loadUi, nonce}: Environment): ConsentGate {
  const {document, location, navigator} = window;
  const page = document as Document & {[HERE]?: ConsentGate};
  if (page[HERE]) {
    warn('twice', `started twice in one page; the first (${page[HERE].version}) goes on alone`);
    return page[HERE];
  }

  const settings = normalizeConfig(config, Object.values(catalogue) as VendorDefinition[], reportTo('config'));
  let visitor = {region: settings.region, ageBand: settings.ageBand};
  const look = () => resolveCircumstances(settings, visitor, readSignals(navigator));

  const jar = createCookieJar(settings, window);
  const store = createConsentStore(settings, {jar, circumstances: look()}, {onChange: apply, onDecision: log});
  const tellGoogle = createGoogleConsentMode(settings, window, callGtag);
  const gate = createTagGate(settings, {
    window,
    nonce,
    isGranted: store.isGranted,
    injectTag: createInjectTag(window),
    onLoad: ({vendor, category}, url, isLoaded) =>
      tell(isLoaded ? 'consent-vendor-load' : 'consent-vendor-error', {vendor, category, url}),
    report: reportTo('markup'),
  });
  const sweep = () => sweepStorage(settings, {window, isGranted: store.isGranted, cookies: jar});

  const listeners = new Set<(state: ConsentState) => void>();
  let isOpen = false;
  let isReloading = false;

  /** Persisted already -> signals and gate -> sweep -> announce. */
  function apply({state, ...change}: ConsentChange): void {
    if (!isOpen) return;
    tellGoogle(state);
    gate.open();
    isReloading ||= gate.close();
    sweep();
    for (const listener of listeners) guard(() => listener(state));
    tell('consent-change', {state, ...change});
    if (isReloading) location.reload();
  }

  function begin(): void {
    store.refresh();
    isOpen = true;
    sweep();
    tellGoogle(store.state);
    gate.watch();
    gate.open();
    jar.repair();
    followOtherTabs();
    tell('consent-ready', {state: store.state});
    door.listen();
    if (!door.followAddress()) promptIfDue();
  }

  function promptIfDue(): void {
    if (isOpen && !store.state.decided && store.circumstances.prompts) door.open('banner');
  }

  function followOtherTabs(): void {
    const refresh = () => store.refresh();
    window.addEventListener('storage', refresh);
    document.addEventListener('visibilitychange', refresh);
    window.addEventListener('pageshow', ({persisted}) => {
      if (!persisted) return;
      store.changeCircumstances(look());
      refresh();
    });
  }

  const post = createRecordLog(settings.recordEndpoint, window);
  const describe = () =>
    describeRecord(settings, store.state, {
      version: VERSION,
      language: document.documentElement.lang,
      hostname: location.hostname,
    });

  function log(isStored: boolean): void {
    if (!isStored) warn('storage', 'the choice cannot be stored and holds for this page only');
    post(describe());
  }

  function tell<Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]): void {
    document.dispatchEvent(new ConsentEvent(type, fields));
  }

  function guard(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      window.reportError(error);
    }
  }

  const isCategory = (id: string) => settings.categories.some((category) => category.id === id);
  const isVendor = (id: string) => settings.vendors.some((vendor) => vendor.id === id);

  function deny(id: string | undefined, source: Source): void {
    if (id === undefined) store.rejectAll(source);
    else if (isVendor(id)) store.decide({vendors: {[id]: 'denied'}}, source);
    else if (isCategory(id)) store.decide({categories: {[id]: 'denied'}}, source);
    else warn('config', `withdraw: expected the id of a category or vendor, got "${id}"`);
  }

  function subscribe(listener: (state: ConsentState) => void): () => void {
    listeners.add(listener);
    guard(() => listener(store.state));
    return () => listeners.delete(listener);
  }

  const undo = createUndo(store, window, settings.cookie.name);
  const door = createUiDoor({
    window,
    loadUi,
    host: {
      settings,
      get state() {
        return store.state;
      },
      subscribe,
      lockOf: store.lockOf,
      acceptAll: store.acceptAll,
      rejectAll: store.rejectAll,
      decide: store.decide,
      undo: undo.undo,
      open: (view, options) => door.open(view, options),
      closed(view) {
        tell('consent-close', {view});
        if (view === 'preferences') promptIfDue();
      },
    },
    isKnown: (id) => isVendor(id) || isCategory(id),
    deny(id) {
      undo.around(() => deny(id, 'link'));
      if (isReloading) undo.carryOver();
      return {isReloading, canUndo: undo.canUndo()};
    },
    onOpen: (view) => tell('consent-open', {view}),
    report: (message) => warn('ui', message),
  });

  const api: ConsentGate = {
    get state() {
      return store.state;
    },
    version: VERSION,
    isGranted: store.isGranted,
    whenGranted: (id) =>
      new Promise((resolve) => {
        const stop = subscribe(() => {
          if (!store.isGranted(id)) return;
          resolve();
          queueMicrotask(() => stop());
        });
      }),
    subscribe,
    acceptAll: () => store.acceptAll('api'),
    rejectAll: () => store.rejectAll('api'),
    decide: (answers) => store.decide(answers, 'api'),
    withdraw: (id) => deny(id, 'api'),
    erase() {
      store.erase();
      promptIfDue();
    },
    record: describe,
    open: (view = 'preferences', options) => door.open(view, options),
    close: door.close,
    setAgeBand(band) {
      // Not a band: it may be a child's. And what an older visitor chose does not hold for a younger one.
      const ageBand = AGE_BANDS.includes(band) ? band : 'u13';
      const isLower = !!visitor.ageBand && AGE_BANDS.indexOf(ageBand) < AGE_BANDS.indexOf(visitor.ageBand);
      visitor = {...visitor, ageBand};
      store.changeCircumstances(look());
      if (isLower) store.erase();
      promptIfDue();
    },
    setRegion(region) {
      visitor = {...visitor, region};
      store.changeCircumstances(look());
      promptIfDue();
    },
    push: (callback) => guard(() => callback(api)),
  };
  page[HERE] = api;

  // A prerendered page may never be seen: until it is, nothing is requested, written or asked.
  if ((document as Document & {prerendering?: boolean}).prerendering) {
    document.addEventListener('prerenderingchange', begin, {once: true});
  } else {
    begin();
  }
  return api;
}
