/**
 * COMPOSITION ROOT, read this first. Connects the stages in the order in which the data flows:
 *
 *   configuration -> settings -> circumstances (regime, signals) -> store (record) -> gate -> tags
 *
 * Synchronous on purpose: a returning visitor's tags must not wait. Nothing here throws into the page, and whatever is
 * unknown, malformed, blocked or failed ends as denied.
 */
import {guard} from './attempt.js';
import type {Choice, CreateChoice} from './choice.js';
import {normalizeConfig} from './config/normalize-config.js';
import type {AgeBand, ControllerConfig} from './config/types.js';
import {ConsentEvent, type ConsentEvents} from './consent/change-event.js';
import {createConsentStore} from './consent/consent-store.js';
import {createCookieJar} from './consent/cookie-jar.js';
import type {Answers} from './consent/decide.js';
import type {ConsentState} from './consent/grants.js';
import {createInjectTag} from './gate/inject-tag.js';
import {sweepStorage} from './gate/sweep-storage.js';
import {createTagGate} from './gate/tag-gate.js';
import {resolveCircumstances} from './policy/resolve-regime.js';
import {readGpc} from './policy/signals.js';
import {createGoogleConsentMode} from './signals/google-consent-mode.js';
import type {LoadUi} from './ui-door.js';
import {callGtag} from './vendors/google-tag.js';
import {catalogue} from './vendors/index.js';
import {warn} from './warn.js';

/**
 * `window.consentGate`, and what `start()` returns. Every method may be called at any time; none throws. What decides or
 * opens takes effect at once, or, on a page where nobody has been asked yet, as soon as its code has come.
 */
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
  /** Nonce for what is injected, or `''`. */
  readonly nonce: string;
  /** Brings what only a choice needs; calls `use` at once where it is here already. */
  readonly loadChoice: (use: (create: CreateChoice) => void) => void;
  readonly loadUi: LoadUi;
  /** Says in words what is wrong in a configuration. */
  readonly explain: (config: unknown) => void;
}

const VERSION = '0.1.0';
const AGE_BANDS: readonly (AgeBand | undefined)[] = ['u13', '13-15', '16+'];

/** One gate per page, whichever copy of the code came first. */
const HERE = Symbol.for('consent-gate');

export function startGate(config: unknown, {window, nonce, loadChoice, loadUi, explain}: Environment): ConsentGate {
  const {document, location} = window;
  const page = document as Document & {[HERE]?: ConsentGate; prerendering?: boolean};
  if (page[HERE]) {
    warn('twice', `started twice in one page; the first (${page[HERE].version}) goes on alone`);
    return page[HERE];
  }

  const settings = normalizeConfig(config, catalogue);
  const {cookie, policy, controller} = settings;
  // Where the site is made everything is checked; where it is visited, only what has been closed is explained.
  if (settings.isFlawed || /^(localhost|127\.|\[)|\.(localhost|test|local)$/.test(location.hostname)) explain(config);

  let visitor = settings;
  const look = () => resolveCircumstances(settings, visitor, readGpc(window.navigator));
  const jar = createCookieJar(settings, window);
  const store = createConsentStore(settings, jar, look, apply);
  /** Denied by a link before the denial is stored: an id, or `''` for everything optional. */
  let withheld: string | undefined;
  const isGranted = (id: string) => store.isGranted(id) && !(withheld === '' || withheld === id);
  const tellGoogle = createGoogleConsentMode(settings, window, callGtag);
  const gate = createTagGate(settings, {
    window,
    nonce,
    isGranted,
    injectTag: createInjectTag(window),
    onLoad: (isLoaded, tag) => tell(isLoaded ? 'consent-vendor-load' : 'consent-vendor-error', tag),
  });
  const listeners = new Set<(state: ConsentState) => void>();
  let isOpen = false;
  let isReloading = false;

  /** The choice is stored -> signals and gate -> sweep -> announce. */
  function apply(change: ConsentEvents['consent-change']): void {
    if (!isOpen) return;
    enforce();
    for (const listener of listeners) guard(() => listener(store.state));
    tell('consent-change', change);
    if (isReloading) location.reload();
  }

  function enforce(): void {
    tellGoogle(store.state);
    gate.open();
    isReloading ||= gate.close();
    sweepStorage(settings, {window, isGranted, cookies: jar});
  }

  function begin(): void {
    isOpen = true;
    // First of all, so that a link which denies is heard before anything is let in.
    const isAddressed = follow();
    gate.watch();
    store.refresh();
    enforce();
    // Other tabs, a return from the back-forward cache, a tab that comes to the front: the choice may be another one.
    for (const type of ['storage', 'pageshow', 'visibilitychange']) window.addEventListener(type, store.refresh);
    window.addEventListener('hashchange', follow);
    document.addEventListener('consent-connect', (event) => choose((choice) => choice.connect(event)));
    document.addEventListener('click', (event) => {
      const opener = (event.composedPath()[0] as Element).closest?.('[data-consent-open]');
      if (!opener) return;
      event.preventDefault();
      api.open(opener.getAttribute('data-consent-open') === 'banner' ? 'banner' : 'preferences');
    });
    tell('consent-ready', {state: store.state});
    if (!isAddressed) promptIfDue();
    // Copies of the record that disagree or are missing are put right.
    if (store.record && new Set(jar.copies()).size > 1) choose((choice) => choice.repair());
  }

  /** `#consent`, `#consent=vendor`, `#consent-opt-out`, `#consent-opt-out=vendor`: a link can only ever deny. */
  function follow(): boolean {
    const [isAddressed, optOut, id] = /^#consent(-opt-out)?(?:=([\w-]+))?$/.exec(location.hash) ?? [];
    if (isAddressed === undefined) return false;
    withheld = optOut && (id ?? '');
    choose((choice) => {
      withheld = undefined;
      choice.follow(optOut, id);
    });
    return true;
  }

  function promptIfDue(): void {
    if (isOpen && !store.state.decided && look().prompts) api.open('banner');
  }

  function tell<Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]): void {
    document.dispatchEvent(new ConsentEvent(type, fields));
  }

  function revisit(change: Partial<typeof visitor>): void {
    visitor = {...visitor, ...change};
    store.refresh();
    promptIfDue();
  }

  let choice: Choice | undefined;
  function choose(use: (choice: Choice) => void): void {
    if (choice) return use(choice);
    loadChoice((create) => {
      choice ??= create({window, settings, jar, store, api, loadUi, tell, promptIfDue, isReloading: () => isReloading});
      use(choice);
    });
  }

  const api: ConsentGate = {
    get state() {
      return store.state;
    },
    version: VERSION,
    isGranted,
    whenGranted: (id) =>
      new Promise((resolve) => {
        api.subscribe(() => isGranted(id) && resolve());
      }),
    subscribe(listener) {
      listeners.add(listener);
      guard(() => listener(store.state));
      return () => listeners.delete(listener);
    },
    acceptAll: () => choose(({acceptAll}) => acceptAll()),
    rejectAll: () => choose(({rejectAll}) => rejectAll()),
    decide: (answers) => choose(({decide}) => decide(answers)),
    withdraw: (id) => choose(({withdraw}) => withdraw(id)),
    erase: () => choose(({erase}) => erase()),
    record: () => ({
      schema: 'consent-gate/1',
      version: VERSION,
      ...store.state,
      scope: cookie.domain === 'host' ? location.hostname : cookie.domain,
      language: document.documentElement.lang,
      prevailingLanguage: policy.prevailingLanguage,
      controller,
    }),
    open: (view, options) => choose(({open}) => open(view, options)),
    close: () => choice?.close(),
    setAgeBand(band) {
      const [old, now] = [visitor.ageBand, band].map((known) => AGE_BANDS.indexOf(known)) as [number, number];
      // What an older visitor chose does not hold for a younger one.
      if (now < old) api.erase();
      revisit({ageBand: AGE_BANDS[now] ?? 'u13'});
    },
    setRegion: (region) => revisit({region}),
    push: (callback) => guard(() => callback(api)),
  };
  page[HERE] = api;

  // A prerendered page may never be seen: until it is, nothing is requested, written or asked.
  if (page.prerendering) document.addEventListener('prerenderingchange', begin, {once: true});
  else begin();
  return api;
}
