/**
 * SECOND COMPOSITION ROOT: what only a choice needs. Decides, persists, undoes, and asks by way of the UI. Loaded by the
 * first prompt, link, button or call that wants it; a returning visitor with a valid record never downloads it.
 *
 *   answers -> decide (pure) -> record -> written -> store -> gate -> sweep -> announced     (the last four: start.ts)
 */

import {attempt, guard} from './attempt.js';
import {withSafeLinks} from './config/safe-links.js';
import type {AgeBand, Settings, VendorWindow} from './config/types.js';
import type {ConsentEvents} from './consent/change-event.js';
import {type ConsentStore, grantsOf, type Moment} from './consent/consent-store.js';
import type {CookieJar} from './consent/cookie-jar.js';
import {type Answers, answerAll, decide, shorten} from './consent/decide.js';
import {describeChange} from './consent/describe-change.js';
import {type ConsentState, type Grants, resolveLock} from './consent/grants.js';
import {createHistory} from './consent/history.js';
import type {ConsentRecord, Source} from './consent/record.js';
import {encodeRecord, isSource} from './consent/record.js';
import {createUndo} from './consent/undo.js';
import {createStorageWriter} from './consent/write-storage.js';
import type {AuditReport} from './debug/contract.js';
import {carryOut} from './gate/carry-out.js';
import {sweepMark} from './gate/has-leftovers.js';
import {createPace} from './gate/pace.js';
import type {TagGate} from './gate/tag-gate.js';
import {isAtWork} from './is-at-work.js';
import type {Load} from './load.js';
import type {Circumstances, Visitor} from './policy/resolve-regime.js';
import type {Attribution} from './signals/attribution.js';
import type {ConsentGate} from './start.js';
import type {OpenOptions, Prompt, UiHost} from './ui-contract.js';
import {createUiDoor} from './ui-door.js';
import type {CreateUpkeep, Upkeep} from './upkeep.js';
import {changes} from './vendors/changes.js';
import {warn} from './warn.js';

/** What the loader hands over. */
export interface Core {
  readonly config: unknown;
  readonly settings: Settings;
  /** @returns the circumstances of this moment */
  readonly look: () => Circumstances;
  readonly jar: CookieJar;
  readonly store: ConsentStore;
  readonly gate: TagGate;
  readonly api: ConsentGate;
  readonly load: Load;
  /** A link has denied, and that is not stored yet: nothing counts as granted, and nothing must be swept for it. */
  readonly isHeld: () => boolean;
  readonly tellGoogle: (state: ConsentState) => void;
  readonly tell: <Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]) => void;
  /** The site knows more of its visitor. @returns what it knew before */
  readonly revisit: (change: Visitor) => Visitor;
  /** Asks where the regime prompts and there is no answer. */
  readonly promptIfDue: () => void;
}

export interface Choice {
  /** What holds has changed, by whatever cause. */
  carryOut(before: Moment, now: Moment): void;
  acceptAll(source?: Source): void;
  rejectAll(source?: Source): void;
  decide(answers: Answers, source?: Source): void;
  withdraw(id?: string, source?: Source): void;
  erase(): void;
  /** Shows the banner, where it is still due by the time that it could. */
  ask(): void;
  /** What is no view is the preferences. */
  open(view?: string, options?: OpenOptions): void;
  close(): void;
  setAgeBand(band: AgeBand): void;
  setRegion(region: string): void;
  /** Does what the address asks for: `#consent…`. */
  follow(optOut: string | undefined, id: string | undefined): void;
  /** Gives an element its host. */
  connect(event: Event): void;
  /** Opens the debugging panel. */
  debug(): void;
  /** @param resolve gets the report */
  audit(resolve: (report: Promise<AuditReport>) => void): void;
  /** Removes what denied vendors have left; makes one of several, stale or missing copies of the record. */
  tidy(isThorough?: boolean): void;
}

/** A first look; `attribution.ts` knows the names. */
const CLICK_ID = /[?&](\w*cl\w*id|\w+braid|gclsrc|ldtag_cl|li_fat_id|epik|a8|utm_\w+)=/i;

const onlyDenied = ({categories, vendors}: Answers): Answers => {
  const pick = (grants: Grants = {}) =>
    Object.fromEntries(Object.entries(grants).filter(([, grant]) => grant === 'denied'));
  return {categories: pick(categories), vendors: pick(vendors)};
};

/** Milliseconds that tags wait for `attribution.js`, where a choice comes before it does. */
const LONGEST_WAIT = 1000;

export type CreateChoice = (core: Core) => Choice;

/** What is here already, and need not be fetched. */
interface Company {
  readonly createUpkeep?: CreateUpkeep;
  /** The first layer. */
  readonly prompt?: Prompt;
}

export function createChoice(core: Core, {createUpkeep, prompt}: Company): Choice {
  const {settings, jar, store, gate, api, load, look, isHeld, tell, revisit, promptIfDue} = core;
  const {cookie, recordEndpoint} = settings;
  const writer = createStorageWriter(settings, jar);
  const undo = createUndo(`${cookie.name}-undo`);
  const decisions = createHistory(`${cookie.name}-history`);

  /** A page held back for a link's denial has its other grants again a moment later; only then is its record true. */
  let isFollowing = false;
  /** The record that the last denial by a link has made. */
  let denial = '';
  let isStored = true;

  function keep(next: ConsentRecord): void {
    const record = shorten(settings, next);
    if (!isFollowing) undo.forget();
    isStored = writer.write(record);
    if (isFollowing) denial = encodeRecord(record);
    decisions.append(record);
    isSwept = false;
    store.adopt(record);
    if (!isSwept) sweepOnce(false);
    if (!isStored) warn('storage', 'the choice cannot be stored and holds for this page only');
    if (typeof recordEndpoint !== 'string') return;
    const {policy, controller} = settings;
    const log = () => post(JSON.stringify({...api.record(), policy, controller}));
    if (isFollowing) queueMicrotask(log);
    else log();
  }

  let isReloading = false;
  const environment = {...core, writer, isReloading: () => isReloading};
  let upkeep: Upkeep | undefined = createUpkeep?.(environment);

  /** What follows: at once where its code is here. Nothing that it does is waited for. */
  function afterwards(use: (upkeep: Upkeep) => void): void {
    if (upkeep) return void use(upkeep);
    load('upkeep.js')
      // A browser remembers that an address has failed.
      .catch(() => load('upkeep.js?1'))
      .then(
        (module) => use((upkeep ??= module.createUpkeep(environment))),
        (error) => warn('ui', `what denied vendors have left stays for now: ${error}`),
      );
  }

  /** What was chosen last has been swept for: whoever else changes something has to see to it. */
  let isSwept = true;
  /** @param isUrgent something that ran is to leave nothing; else the visitor sees the banner go first */
  function sweepOnce(isUrgent: boolean): void {
    isSwept = true;
    const sweep = () => afterwards((ready) => ready.sweep(true));
    if (isUrgent) sweep();
    else setTimeout(sweep);
  }

  /** No visitor need hear of what goes wrong here; what could not be sent is sent once the browser is online again. */
  function post(body: string): void {
    // `keepalive`: a choice made on the way out of the page, or just before a reload, still arrives.
    const headers = {'content-type': 'application/json'};
    fetch(`${recordEndpoint}`, {method: 'POST', keepalive: true, headers, body}).catch(() =>
      addEventListener('online', () => post(body), {once: true}),
    );
  }

  const pace = createPace();

  /** In a single-page application the address may be another one by now. */
  const landing = performance.getEntriesByType('navigation')[0]?.name ?? location.href;
  let attribution: Attribution | undefined;
  let attributing: Promise<unknown> | undefined;
  if (settings.attribution !== false && (CLICK_ID.test(landing) || history.state?.consentGateClickIds)) {
    attributing = load('attribution.js').then(({createAttribution}) => {
      attribution = createAttribution(landing, gate.tags);
    }, String);
  }

  const choice: Choice = {
    // Signals and gate -> sweep -> announce. In this order: what has to be stopped is stopped even where the page is about
    // to reload already.
    carryOut(before, now) {
      const change = describeChange(before.state, now.state);
      const needsReload = carryOut(settings, gate, {
        before: before.record,
        now: now.record,
        isGranted: api.isGranted,
        changes,
      });
      isReloading ||= needsReload;
      core.tellGoogle(store.state);
      for (const {id} of settings.vendors)
        if (api.isGranted(id))
          guard(() => changes[id]?.changed?.(window as unknown as VendorWindow, grantsOf(now.state)));
      const letIn = () => {
        if (store.state === now.state) attribution?.handOver(change);
        gate.open(pace);
      };
      // A tag that hears of the click id too late has lost it: where somebody presses at once, it waits for the file.
      if (attributing && !attribution) {
        attributing.then(letIn);
        setTimeout(letIn, LONGEST_WAIT);
      } else letIn();
      if (!isSwept) sweepOnce(change.revoked.length > 0);
      else if (!isHeld()) choice.tidy();
      tell('consent-change', change);
      // Where nothing can be kept, the choice would not outlive the reload: the page goes on, with what can be stopped
      // stopped.
      const mark = sweepMark(settings);
      if (isReloading && isStored && !isHeld() && attempt(() => [sessionStorage.setItem(mark, '')]))
        location.reload();
    },
    acceptAll: (source) => choice.decide(answerAll(settings, 'granted'), source),
    // What other pages of the site asked about is refused as well.
    rejectAll: (source) => choice.decide(answerAll(settings, 'denied', store.record), source),
    decide(answers, source) {
      // Another tab may have been faster than its event.
      store.refresh();
      keep(
        decide(settings, store.record, {
          answers: {__proto__: null, ...Object(answers)},
          source: isSource(source) ? source : 'api',
          now: Math.floor(Date.now() / 1000),
          lockOf,
        }),
      );
    },
    withdraw(id, source) {
      if (id === undefined) choice.rejectAll(source);
      else if (!knows(id)) warn('config', `withdraw: expected the id of a category or vendor, got "${id}"`);
      else choice.decide({categories: {[id]: 'denied'}, vendors: {[id]: 'denied'}}, source);
    },
    erase() {
      writer.erase();
      decisions.erase();
      store.adopt(null);
      promptIfDue();
    },
    ask: () => isDue() && door.open('banner', {}, isDue),
    open: (view, options = {}) => door.open(view === 'banner' ? view : 'preferences', options),
    close: () => door.close(),
    setAgeBand(band) {
      // What is no band at all is taken for the lowest.
      const ageBand = (band ?? null) as AgeBand;
      const before = revisit({ageBand}).ageBand;
      // The next page does not know the age yet: unless it is stored, tags would run, stop and reload for ever.
      if (isReloading) choice.decide(store.state, 'age');
      // What was chosen as an older visitor does not hold for a younger one.
      else if (before && ageBand !== before && ageBand !== '16+') choice.erase();
    },
    setRegion(region) {
      revisit({region});
      // What the visitor has refused; no grant becomes any newer by it.
      if (isReloading) choice.decide(onlyDenied(store.state));
    },
    follow(optOut, id) {
      const isUnknown = id !== undefined && !knows(id);
      const category = settings.vendors.find((vendor) => vendor.id === id)?.category ?? id ?? '';
      if (optOut && !isUnknown && lockOf(category) !== 'required') {
        undo.remember(store.record);
        isFollowing = true;
        choice.withdraw(id, 'link');
        isFollowing = false;
        // The address stays, and the page after the reload is the one to say so.
        if (isReloading) return undo.carryOver();
        door.open('banner', {denied: id ?? '*'});
      } else {
        if (isUnknown) warn('config', `link: expected the id of a category or vendor, got "${id}"`);
        door.open('preferences', {vendor: id});
      }
      // So that the same link works again, and a later reload does not repeat it.
      attempt(() => history.replaceState(history.state, '', location.href.replace(/#.*/s, '')));
    },
    connect: (event) => door.connect(event),
    debug: () => void load('debug.js').then((module) => module.show({...core, tags: gate.tags}), String),
    audit: (resolve) => resolve(load('debug.js').then((module) => module.audit({...core, tags: gate.tags}))),
    tidy(isThorough = false) {
      store.refresh();
      afterwards((ready) => {
        ready.sweep(isThorough);
        ready.mend();
      });
    },
  };

  /** The site may have learnt by now where its visitor is. */
  const isDue = () => !store.state.decided && look().prompts;
  const lockOf = (id: string) => {
    const category = settings.categories.find((known) => known.id === id);
    return category ? resolveLock(category, look()) : null;
  };
  const knows = (id: string) =>
    [...settings.categories, ...settings.vendors].some((known) => known.id === id);

  const host: Omit<UiHost, 'locale' | 'disclosures'> = {
    settings: {
      ...settings,
      controller: withSafeLinks(settings.controller, ['contact']),
      links: withSafeLinks(settings.links, ['privacyPolicy', 'cookiePolicy', 'complaints']),
      policy: {
        ...settings.policy,
        revisions: settings.policy.revisions.map((revision) => withSafeLinks(revision, ['url', 'diff'])),
      },
      vendors: settings.vendors.map((vendor) => withSafeLinks(vendor, ['privacyUrl', 'optOutUrl'])),
      ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto', ...Object(settings.ui)},
    },
    get state() {
      return store.state;
    },
    get kept() {
      return upkeep?.kept ?? [];
    },
    subscribe: api.subscribe,
    lockOf,
    acceptAll: choice.acceptAll,
    rejectAll: choice.rejectAll,
    decide: choice.decide,
    undo() {
      // Another tab may have chosen since: what a link has denied alone can be taken back.
      store.refresh();
      if (!undo.isOpen || `${store.record && encodeRecord(store.record)}` !== denial) return;
      if (undo.before) keep(undo.before);
      else choice.erase();
    },
    record: api.record,
    history() {
      const {record} = store;
      const past = decisions.read();
      // A server or another host may have set the record, or storage may be blocked: what stands is told in any case.
      const [last] = past.slice(-1).map(encodeRecord);
      return record && encodeRecord(record) !== last ? [...past, record] : past;
    },
    erase: choice.erase,
    open: choice.open,
    closed(view) {
      tell('consent-close', {view});
      if (view === 'preferences') promptIfDue();
    },
  };
  // Who makes a site hears of every mistake; its visitors' browsers only look for them once there is something to be done.
  if (isAtWork()) afterwards(() => {});

  const door = createUiDoor({load, host, prompt, onOpen: (view) => tell('consent-open', {view})});
  return choice;
}
