/**
 * COMPOSITION ROOT, read this first. Connects the stages in the order in which the data flows:
 *
 *   configuration -> settings -> circumstances (regime, signals) -> store (record) -> gate -> tags
 *
 * Synchronous on purpose: a returning visitor's tags must not wait. Nothing here throws into the page, and whatever is
 * unknown, malformed, blocked or failed ends as denied.
 */

import {attempt, guard} from './attempt.js';
import type {Choice, CreateChoice} from './choice.js';
import {normalizeConfig, toOwn} from './config/normalize-config.js';
import type {AgeBand} from './config/types.js';
import {type ConsentEvents, createConsentEvent} from './consent/change-event.js';
import {createConsentStore, grantsOf} from './consent/consent-store.js';
import {createCookieJar} from './consent/cookie-jar.js';
import type {Answers} from './consent/decide.js';
import type {ConsentState} from './consent/grants.js';
import type {FullRecord} from './consent/record.js';
import type {AuditReport} from './debug/contract.js';
import {findLanguage} from './find-language.js';
import {followLinks, type Link, readLink} from './follow-links.js';
import {createInjectTag} from './gate/inject-tag.js';
import {createTagGate, type Writable} from './gate/tag-gate.js';
import type {Load} from './load.js';
import {ownDocument} from './own-document.js';
import {resolveCircumstances, type Visitor} from './policy/resolve-regime.js';
import {readGpc} from './policy/signals.js';
import {noteForms} from './sent-form.js';
import {createGoogleConsentMode} from './signals/google-consent-mode.js';
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
  /** Resolves once a tag of the vendor or category `id` has loaded, also where it had before; stays pending until then. */
  whenLoaded(id: string): Promise<void>;
  /** Calls `listener` at once and on every change. @returns unsubscribe */
  subscribe(listener: (state: ConsentState) => void): () => void;
  /** Why every tag is in the page or not, and what got past the gate: docs/debugging.md. Fetches `debug.js`. */
  audit(): Promise<AuditReport>;
  /** Gates the marked-up tags of an open shadow root as well, those of now and those to come. */
  watch(root: ShadowRoot): void;
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
  push(callback: Callback): void;
}

type Callback = (gate: ConsentGate) => void;

/** What differs between a script tag and a bundler. */
export interface Environment {
  /** Nonce for what is injected, or `''`. */
  readonly nonce: string;
  readonly load: Load;
  /** Where it is here already: what decides takes effect at once. */
  readonly createChoice?: CreateChoice;
}

const VERSION = '0.1.0';

/** Methods of the API that `choice.ts` carries out. */
type Deciding = Exclude<keyof Choice & keyof ConsentGate, 'audit' | 'setAgeBand' | 'setRegion'>;
const DECIDING = 'acceptAll rejectAll decide withdraw erase open close'.split(' ') as Deciding[];

export function startGate(config: unknown, {nonce, load, createChoice}: Environment): ConsentGate {
  // One gate per page, whichever copy of the code came first. An element of that name has no such function.
  const {consentGate: found} = window as {consentGate?: ConsentGate};
  if (attempt(() => typeof found?.isGranted === 'function')) {
    warn('twice', 'started twice');
    return found as ConsentGate;
  }

  const settings = normalizeConfig(config, catalogue);
  /** `choice.ts` writes into it what the site learns later. */
  const visitor = toOwn<Writable<Visitor>>(settings);
  const firstLink = readLink(location.href);
  /** A link has denied, but the denial is not stored yet: nobody is let in, as for a child. */
  let isHeld = !!firstLink?.[0];
  /** Nobody has seen yet that tags run: where telling is enough, that much has to come first. */
  let isUntold = true;
  const look = () => resolveCircumstances(settings, visitor, readGpc(settings), isHeld, isUntold);
  const jar = createCookieJar(settings);
  // What a change means for what is in the page already, is `choice.ts`'s to say: without it, nothing more is let in.
  const store = createConsentStore(settings, jar, look, (before, now) =>
    choose((ready) => ready.carryOut(before, now), true),
  );
  const isGranted = (id: string) => grantsOf(store.state)[id] === 'granted';
  const tellGoogle = createGoogleConsentMode(settings, callGtag);
  const isExtended = settings.consentMode?.basic === false;
  /** Google's tags may be let in without a grant, where the site has asked for it. Until that is known they wait. */
  let isLetIn = (id: string) => !(isExtended && /^google-/.test(id)) && isGranted(id);
  const gate = createTagGate(settings, {
    nonce,
    // A prerendered page may never be seen: until it is, nothing is let in.
    isGranted: (id) => hasBegun && (choice || !held) && isLetIn(id),
    injectTag: createInjectTag(nonce, settings),
    load,
    onLoad(tag, error) {
      if (error) warn('vendor', `${tag.category} ${tag.url}: ${error}`);
      tell(`consent-vendor-${error ? 'error' : 'load'}`, tag);
    },
  });
  let hasBegun = false;

  /**
   * What can wait for the tags. Other tabs are heard (who listens has both storages opened, which takes a slow phone its
   * time); where something is denied, its file looks after what that means. A banner comes first.
   */
  function catchUp(): void {
    const hear = () => addEventListener('storage', store.refresh);
    hear();
    // A page that writes itself anew takes the listeners along.
    new MutationObserver(hear).observe(document, {childList: true});
    store.refresh();
    const [cookies, mirror] = jar.copies();
    if (cookies === mirror && !/"denied"/.test(JSON.stringify(store.state))) return;
    asking.then(() => load('denied.js')).then((module) => module.lookAfter(core(), later('tidy')), String);
  }

  function begin(): void {
    hasBegun = true;
    store.refresh();
    tellGoogle(store.state);
    gate.open();
    gate.watch(document);
    if (isExtended) {
      load('consent-mode.js').then((module) => {
        isLetIn = module.extendConsentMode(settings, look, callGtag, isGranted);
        gate.open();
      }, String);
    }
    // A return from the back-forward cache, a tab that comes to the front: the choice may be another one.
    addEventListener('pageshow', store.refresh);
    // Not as the page goes away: a tag that is let in then is one too many.
    addEventListener('visibilitychange', () => ownDocument.hidden || store.refresh());
    ownDocument.addEventListener('consent-connect', later('connect'));
    // Ahead of the elements that ask for a core: whose comes with the banner need not come twice.
    if (!firstLink) promptIfDue();
    tell('consent-ready', {state: store.state});
    followLinks(follow, later('open'));
    noteForms(() => store.record ?? gate.running.size);
    // Behind the tags, which the gate lets in at the end of this task.
    setTimeout(catchUp);
    if (settings.debug === true && /[?&]consent-debug\b/.test(location.search)) later('debug')();
  }

  /** A link can only ever deny. */
  function follow(link: Link, hasArrived?: boolean): void {
    choose((ready) => {
      ready.follow(link, hasArrived);
      if (!isHeld) return;
      isHeld = false;
      ready.tidy(true);
    }, !!link[0]);
  }

  function promptIfDue(): void {
    if (store.state.decided || !look().prompts) return;
    // biome-ignore lint: the build leaves out of the script tag's loader what is labelled so
    bundled: if (createChoice) return later('ask')();
    asking = load(`prompt/${findLanguage(settings.ui?.language)}.js`)
      .then((module) => module.ask(core(), choose, () => held))
      .catch(later('ask'));
  }

  function tell<Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]): void {
    // An element of that name may stand in for the method.
    guard(() => ownDocument.dispatchEvent(createConsentEvent(type, fields)));
  }

  let choice: Choice | undefined;
  /** The first layer, on its way. */
  let asking: Promise<unknown> = Promise.resolve();
  /** The last answer that waits for its code, which may take something back: nobody is let in meanwhile. */
  let held: ((choice: Choice) => void) | undefined;
  const core = () => ({
    isHeld: () => isHeld,
    load,
    look,
    see() {
      isUntold = false;
      store.refresh();
    },
    config,
    settings,
    jar,
    store,
    gate,
    api,
    tell,
    tellGoogle,
    visitor,
    promptIfDue,
  });
  /** @param isAnswer should its code not come, this page is held back instead */
  function choose(use: (choice: Choice) => void, isAnswer = false): void {
    // biome-ignore lint: the build leaves out of the script tag's loader what is labelled so
    bundled: if (createChoice) choice ??= createChoice(core());
    if (choice) return void guard(() => use(choice as Choice));
    if (isAnswer) held = use;
    // The same promise each time: none overtakes another.
    load('choice.js')
      // A browser remembers that an address has failed.
      .catch(() => load('choice.js?1'))
      .then(
        (module) => {
          choice ??= module.createChoice(core());
          choose(use);
        },
        (error) => {
          warn('ui', `${error}`);
          isHeld ||= isAnswer;
          store.refresh();
        },
      )
      .then(gate.open as () => void);
  }

  const later =
    (name: keyof Choice) =>
    (...args: unknown[]) =>
      // Answers are acceptAll, rejectAll, decide, withdraw and erase, of all that can be asked for.
      choose((ready) => (ready[name] as (...args: unknown[]) => void)(...args), /r|c[ei]/.test(name));

  /** Before the gate has opened it is simply so; afterwards it is a change, which may have to be stored. */
  const learn = (name: 'setAgeBand' | 'setRegion', field: keyof Visitor) => (value: unknown) => {
    if (hasBegun) choose((ready) => ready[name](value as AgeBand), true);
    else (visitor as Record<string, unknown>)[field] = value ?? null;
  };

  /** Calls `handle` at once and on every such event. @returns takes it back */
  function listen(type: keyof ConsentEvents, handle: () => void): () => void {
    ownDocument.addEventListener(type, handle);
    guard(handle);
    return () => ownDocument.removeEventListener(type, handle);
  }

  const api: ConsentGate = {
    get state() {
      return store.state;
    },
    version: VERSION,
    isGranted,
    whenGranted: (id) =>
      new Promise((resolve) => void listen('consent-change', () => isGranted(id) && resolve())),
    whenLoaded: (id) =>
      new Promise((resolve) => {
        load('attend.js').then((module) => module.whenLoaded(id, gate.tags, resolve), String);
      }),
    subscribe: (listener) => listen('consent-change', () => listener(store.state)),
    audit: () => new Promise(later('audit')),
    watch: (root) => guard(() => gate.watch(root)),
    record: () => ({
      schema: 'consent-gate/1',
      version: VERSION,
      ...store.state,
      host: location.hostname,
      language: ownDocument.documentElement.lang,
    }),
    ...(Object.fromEntries(DECIDING.map((name) => [name, later(name)])) as Pick<Choice, Deciding>),
    setAgeBand: learn('setAgeBand', 'ageBand'),
    setRegion: learn('setRegion', 'region'),
    push: (callback) => guard(() => callback(api)),
  };
  (window as {consentGate?: ConsentGate}).consentGate = api;

  // What the page has queued comes first: it may know that its visitor is a child.
  if (Array.isArray(found)) found.forEach(api.push);
  if ((ownDocument as Document & {prerendering?: boolean}).prerendering === true)
    ownDocument.addEventListener('prerenderingchange', begin, {once: true});
  else begin();
  return api;
}
