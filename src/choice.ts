/**
 * SECOND COMPOSITION ROOT: what only a choice needs. Decides, persists, undoes, sweeps, and opens the UI. Loaded beside the
 * first layer, or by the first link, button or call that wants it; a returning visitor with a valid record never downloads it.
 *
 *   answers -> decide (pure) -> record -> written -> store -> gate -> sweep -> announced     (the last four: start.ts)
 */

import {afterFrame} from './after-frame.js';
import {attempt, guard} from './attempt.js';
import type {AgeBand, Settings, VendorWindow} from './config/types.js';
import type {ConsentEvents} from './consent/change-event.js';
import {type ConsentStore, grantsOf, type Moment} from './consent/consent-store.js';
import type {CookieJar} from './consent/cookie-jar.js';
import {type Answers, answerAll, decide, losesGrants, shorten} from './consent/decide.js';
import {describeChange} from './consent/describe-change.js';
import {type ConsentState, type Grants, resolveLock} from './consent/grants.js';
import {createHistory} from './consent/history.js';
import type {ConsentRecord, Source} from './consent/record.js';
import {encodeRecord, isSource} from './consent/record.js';
import {createUndo} from './consent/undo.js';
import {createStorageWriter} from './consent/write-storage.js';
import type {AuditReport} from './debug/contract.js';
import type {Link} from './follow-links.js';
import {carryOut, stopAgain} from './gate/carry-out.js';
import {sweepMark} from './gate/find-leftovers.js';
import {createPace} from './gate/pace.js';
import type {TagGate, Writable} from './gate/tag-gate.js';
import {isAtWork} from './is-at-work.js';
import type {Load} from './load.js';
import {ownDocument} from './own-document.js';
import type {Circumstances, Visitor} from './policy/resolve-regime.js';
import {createRenewal} from './renew-page.js';
import {shownSettings} from './shown-settings.js';
import type {Attribution} from './signals/attribution.js';
import type {ConsentGate} from './start.js';
import {NOTHING, type OpenOptions, type Ui, type UiHost} from './ui-contract.js';
import {createUiDoor} from './ui-door.js';
import {createUpkeep, type Upkeep} from './upkeep.js';
import {changes} from './vendors/changes.js';
import {warn} from './warn.js';

/** What the loader hands over. */
export interface Core {
  readonly config: unknown;
  readonly settings: Settings;
  /** @returns the circumstances of this moment */
  readonly look: () => Circumstances;
  /** The visitor has seen the question: where telling is enough, what was held back is let in. */
  readonly see: () => void;
  readonly jar: CookieJar;
  readonly store: ConsentStore;
  readonly gate: TagGate;
  readonly api: ConsentGate;
  readonly load: Load;
  /** A link has denied, and that is not stored yet: nothing counts as granted, and nothing must be swept for it. */
  readonly isHeld: () => boolean;
  readonly tellGoogle: (state: ConsentState) => void;
  readonly tell: <Type extends keyof ConsentEvents>(type: Type, fields: ConsentEvents[Type]) => void;
  /** What the site knows of its visitor, to be written where it learns more. */
  readonly visitor: Writable<Visitor>;
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
  /** Takes over the first layer, which `prompt.ts` has put into the page. @param isOpen it is shown already */
  join(ui: Ui, isOpen: boolean): void;
  /** Takes the last denial by a link back. */
  undo(): void;
  /** Something that was denied goes on until the page is left. */
  readonly stopsLater: boolean;
  /** What is no view is the preferences. */
  open(view?: string, options?: OpenOptions): void;
  close(): void;
  setAgeBand(band: AgeBand): void;
  setRegion(region: string): void;
  /** Does what a link asks for: `#consent…`. @param hasArrived it was found in the address, not pressed */
  follow(link: Link, hasArrived?: boolean): void;
  /** Gives an element its host. */
  connect(event: Event): void;
  /** Opens the debugging panel. */
  debug(): void;
  /** @param resolve gets the report */
  audit(resolve: (report: Promise<AuditReport>) => void): void;
  /** Removes what denied vendors have left; makes one of several, stale or missing copies of the record. */
  tidy(isThorough?: boolean): void;
}

/** A first look, which takes too much rather than too little: `attribution.ts` knows the names. */
export const CLICK_ID = /[?&]\w*(_|[achklt]id|gcls|a8|epik|gad|hscta)\w*=/i;

const onlyDenied = ({categories, vendors}: Answers): Answers => {
  const pick = (grants: Grants = {}) =>
    Object.fromEntries(Object.entries(grants).filter(([, grant]) => grant === 'denied'));
  return {categories: pick(categories), vendors: pick(vendors)};
};

/** Item in `sessionStorage`: the last link that was found in the address, where the page puts it back. */
const ARRIVED = 'consent-link';

/** Behind what the page before has denied: that its choice was shortened. No id has it in it. */
const SHORTENED = '!';

/** Milliseconds that tags wait for `attribution.js`, where a choice comes before it does. */
const LONGEST_WAIT = 1000;

export type CreateChoice = (core: Core) => Choice;

/** @param create makes what loads the page anew; a test has its own */
export function createChoice(core: Core, create = createRenewal): Choice {
  const {settings, jar, store, gate, api, load, look, isHeld, tell, visitor, promptIfDue} = core;
  const {cookie, recordEndpoint} = settings;
  const writer = createStorageWriter(settings, jar);
  const undo = createUndo(`${cookie.name}-undo`);
  const decisions = createHistory(`${cookie.name}-history`);

  /** A page held back for a link's denial has its other grants again a moment later; only then is its record true. */
  let isFollowing = false;
  /** The record that the last denial by a link has made. */
  let denial = '';
  let isStored = true;
  /** The last choice had more answers than a record can hold, so that some of its grants were not kept. */
  let isShortened = false;

  function revisit(change: Visitor): void {
    Object.assign(visitor, change);
    store.refresh();
    promptIfDue();
  }

  function keep(next: ConsentRecord): void {
    const record = shorten(settings, next);
    if (!isFollowing) {
      undo.forget();
      denied = '';
    }
    isStored = writer.write(record);
    isShortened = isStored && losesGrants(next, record);
    if (isFollowing) denial = encodeRecord(record);
    decisions.append(record);
    isSwept = false;
    store.adopt(record);
    if (!isSwept) sweepOnce(false);
    if (!isStored) warn('storage', 'the choice cannot be stored and holds for this page only');
    // A link says itself what it has denied.
    if (isShortened && !isFollowing) report(NOTHING);
    if (typeof recordEndpoint !== 'string') return;
    const {policy, controller} = settings;
    const log = () => post(JSON.stringify({...api.record(), policy, controller}));
    if (isFollowing) queueMicrotask(log);
    else log();
  }

  /** Something that was stopped goes on until the page does. */
  let isReloading = false;
  const environment = {...core, writer, isReloading: () => isReloading};
  let upkeep: Upkeep | undefined;
  /** What follows a choice: from its first use on, it looks for mistakes in the configuration as well. */
  const afterwards = () => (upkeep ??= createUpkeep(environment));

  /** What was chosen last has been swept for: whoever else changes something has to see to it. */
  let isSwept = true;
  /** @param isUrgent something that ran is to leave nothing; else the visitor sees the banner go first */
  function sweepOnce(isUrgent: boolean): void {
    isSwept = true;
    const sweep = () => afterwards().sweep(true);
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

  /** What the last link has denied. */
  let denied = '';
  /** The last link that was found in the address, by which `follow` knows it again. */
  let arrived = attempt(() => sessionStorage.getItem(ARRIVED));

  let hasTurnedBack = false;
  let stopsLater = false;
  const mark = sweepMark(settings);
  const leave = () => {
    if (!isReloading) return;
    stopAgain(settings, gate, changes);
    upkeep?.sweep(false);
    attempt(() => sessionStorage.setItem(mark, ''));
  };
  const renewal = create(
    // Where nothing can be noted, the page goes on with what can be stopped stopped.
    () => !!attempt(() => [sessionStorage.setItem(mark, `${scrollX} ${scrollY}`)]),
    () => {
      stopsLater = true;
      addEventListener('pagehide', leave);
      undo.takeOver();
      // A link says itself what it has denied.
      if (!isFollowing) door.open('banner', {denied: denied || NOTHING});
    },
  );

  /** Page code may wait for vendors that are denied by now. */
  const answerPage = () =>
    load('denied.js')
      .then((module) => module.answer(core))
      .catch(String);

  const pace = createPace();

  /** What the visitor has pressed last in the first layer, which closes before anything else is done. */
  let pressed: (() => void) | undefined;
  /** Ahead of whatever is decided after it. */
  function carryOutPress(): void {
    const run = pressed;
    pressed = undefined;
    if (run) guard(run);
  }
  function answerWith(answers: Answers, source: Source | undefined): void {
    if (source !== 'banner') {
      choice.decide(answers, source);
      return;
    }
    const next = recordFor(answers, source);
    // Should the page be closed in this very task, the next one finds the copy.
    writer.mirror(encodeRecord(shorten(settings, next)));
    pressed = () => keep(next);
    afterFrame(carryOutPress);
  }
  const recordFor = (answers: Answers, source: Source | undefined): ConsentRecord =>
    decide(settings, store.record, {
      answers: {__proto__: null, ...Object(answers)},
      source: isSource(source) ? source : 'api',
      now: Math.floor(Date.now() / 1000),
      lockOf,
    });

  /** In a single-page application the address may be another one by now. */
  const landing = performance.getEntriesByType('navigation')[0]?.name ?? location.href;
  let attribution: Attribution | undefined;
  let attributing: Promise<unknown> | undefined;
  const {attribution: asked} = settings;
  const isOwn = Array.isArray(asked) && /[?]/.test(landing);
  if (asked !== false && (isOwn || CLICK_ID.test(landing) || history.state?.consentGateClickIds)) {
    attributing = load('attribution.js').then(({createAttribution}) => {
      attribution = createAttribution(landing, gate.tags, asked);
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
      // What was let in again in the meantime may stay.
      isReloading = needsReload || (isReloading && [...gate.running.values()].some(({isOn}) => !isOn));
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
      if (isReloading && isStored && !isHeld()) renewal.request();
      if (change.revoked.length) answerPage();
    },
    acceptAll: (source) => answerWith(answerAll(settings, 'granted'), source),
    // What other pages of the site asked about is refused as well.
    rejectAll: (source) => answerWith(answerAll(settings, 'denied', store.record), source),
    decide(answers, source) {
      carryOutPress();
      // Another tab may have been faster than its event.
      store.refresh();
      keep(recordFor(answers, source));
    },
    withdraw(id, source) {
      if (id === undefined) choice.rejectAll(source);
      else if (!knows(id)) warn('config', `withdraw: expected the id of a category or vendor, got "${id}"`);
      else choice.decide({categories: {[id]: 'denied'}, vendors: {[id]: 'denied'}}, source);
    },
    erase() {
      carryOutPress();
      writer.erase();
      decisions.erase();
      store.adopt(null);
      promptIfDue();
    },
    ask() {
      if (!isDue()) return;
      door.open('banner', {}, isDue);
      // The loader does so behind the banner's file, unless that one has failed.
      setTimeout(answerPage);
    },
    join: (ui, isOpen) => door.join(ui, isOpen),
    undo() {
      // Another tab may have chosen since: what a link has denied alone can be taken back.
      store.refresh();
      if (!undo.isOpen || `${store.record && encodeRecord(store.record)}` !== denial) return;
      if (undo.before) keep(undo.before);
      else choice.erase();
    },
    get stopsLater() {
      return stopsLater && isReloading;
    },
    open: (view, options = {}) => door.open(view === 'banner' ? view : 'preferences', options),
    close: () => door.close(),
    setAgeBand(band) {
      // What is no band at all is taken for the lowest.
      const ageBand = (band ?? null) as AgeBand;
      const before = visitor.ageBand;
      revisit({ageBand});
      // The next page does not know the age yet: unless it is stored, tags would run, stop and reload for ever.
      if (isReloading) choice.decide(onlyDenied(store.state), 'age');
      // What was chosen as an older visitor does not hold for a younger one.
      else if (before && ageBand !== before && ageBand !== '16+') choice.erase();
    },
    setRegion(region) {
      revisit({region});
      // What the visitor has refused; no grant becomes any newer by it.
      if (isReloading) choice.decide(onlyDenied(store.state));
    },
    follow([optOut, id], hasArrived = false) {
      if (hasArrived) turnRouterBack();
      const address = `${optOut ?? ''}=${id ?? ''}`;
      // A router puts an address back that has done its work, with a state of its own; who enters one comes without.
      if (hasArrived && history.state && arrived === address) {
        attempt(() => sessionStorage.setItem(ARRIVED, address));
        return;
      }
      if (hasArrived) arrived = address;
      const isUnknown = id !== undefined && !knows(id);
      const category = settings.vendors.find((vendor) => vendor.id === id)?.category ?? id ?? '';
      if (optOut && !isUnknown && lockOf(category) !== 'required') {
        undo.remember(store.record);
        isFollowing = true;
        choice.withdraw(id, 'link');
        isFollowing = false;
        denied = id ?? '*';
        report(denied);
      } else {
        if (isUnknown) warn('config', `link: expected the id of a category or vendor, got "${id}"`);
        door.open('preferences', {vendor: id});
      }
    },
    connect: (event) => door.connect(event),
    debug: () => void load('debug.js').then((module) => module.show({...core, tags: gate.tags}), String),
    audit: (resolve) => resolve(load('debug.js').then((module) => module.audit({...core, tags: gate.tags}))),
    tidy(isThorough = false) {
      store.refresh();
      afterwards().sweep(isThorough);
      afterwards().mend();
    },
  };

  /**
   * A router that keeps its route in the fragment may have been here before the loader, and have drawn "not found" for the
   * address: nothing else tells it that the fragment is gone. Without a state, it takes the address for what holds.
   */
  function turnRouterBack(): void {
    if (!hasTurnedBack && ownDocument.querySelector('a[href^="#/"]'))
      dispatchEvent(new PopStateEvent('popstate'));
    hasTurnedBack = true;
  }

  /** The site may have learnt by now where its visitor is. */
  const isDue = () => !store.state.decided && look().prompts;
  const lockOf = (id: string) => {
    const category = settings.categories.find((known) => known.id === id);
    return category ? resolveLock(category, look()) : null;
  };
  const knows = (id: string) =>
    [...settings.categories, ...settings.vendors].some((known) => known.id === id);

  const host: Omit<UiHost, 'locale' | 'disclosures'> = {
    settings: shownSettings(settings),
    get state() {
      return store.state;
    },
    get kept() {
      return upkeep?.kept ?? [];
    },
    get stopsLater() {
      return choice.stopsLater;
    },
    subscribe: api.subscribe,
    lockOf,
    acceptAll: choice.acceptAll,
    rejectAll: choice.rejectAll,
    decide: choice.decide,
    undo: choice.undo,
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
  if (isAtWork()) afterwards();

  const door = createUiDoor({load, host, see: core.see, onOpen: (view) => tell('consent-open', {view})});

  /** Says what was denied. Where another page comes, that one does. */
  function report(what: string): void {
    if (renewal.isComing) undo.carryOver(what + (isShortened ? SHORTENED : ''));
    else if (isShortened) {
      load('shortened.js')
        .then(
          ({noteIn}) => noteIn(host.settings.ui.language),
          () => undefined,
        )
        .then((note) => door.open('banner', {denied: what, note}));
    } else door.open('banner', {denied: what});
  }

  const [left, top] = `${attempt(() => sessionStorage.getItem(mark))}`.split(' ').map(Number);
  // Where the visitor was before the page was loaded anew.
  if (top && !scrollY) scrollTo(left as number, top);
  const carried = undo.takeOver();
  if (carried) {
    [denied] = carried.split(SHORTENED) as [string];
    isShortened = denied !== carried;
    denial = store.record ? encodeRecord(store.record) : '';
    report(denied);
  }
  return choice;
}
