/**
 * The one place where consent changes. In: decisions, signals, what other tabs wrote. Out: a frozen `ConsentState` and,
 * for each change, what was granted and what was revoked. Persists before it tells anyone; never touches a tag.
 */
import type {Settings} from '../config/types.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import type {CookieJar} from './cookie-jar.js';
import {
  type ConsentState,
  dropStale,
  type Grant,
  type Grants,
  type Lock,
  resolveLock,
  resolveState,
} from './grants.js';
import type {ConsentRecord, Source} from './record.js';

/** Answers by category and by vendor; what is not named stays as it is. Only the exact word `granted` grants. */
export interface Answers {
  readonly categories?: Grants;
  readonly vendors?: Grants;
}

export interface ConsentChange {
  readonly state: ConsentState;
  readonly previous: ConsentState;
  /** Ids of the categories and vendors whose grant changed. */
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
  readonly source: Source | null;
}

export interface ConsentStore {
  readonly state: ConsentState;
  readonly circumstances: Circumstances;
  readonly record: ConsentRecord | null;
  isGranted(id: string): boolean;
  lockOf(categoryId: string): Lock | null;
  acceptAll(source: Source): void;
  rejectAll(source: Source): void;
  decide(answers: Answers, source: Source): void;
  /** Puts an earlier choice back, as it was. */
  restore(record: ConsentRecord | null): void;
  /** Back to a first visit. */
  erase(): void;
  /** Looks again at what is stored: another tab, a server or the visitor may have changed it. */
  refresh(): void;
  changeCircumstances(circumstances: Circumstances): void;
}

type Answered = Record<string, Grant>;

interface Listeners {
  /** Called after the change is stored. */
  readonly onChange: (change: ConsentChange) => void;
  /** Called after each decision, whether it changed anything or not. */
  readonly onDecision: (isStored: boolean) => void;
}

export function createConsentStore(
  settings: Settings,
  first: {readonly jar: CookieJar; readonly circumstances: Circumstances},
  {onChange, onDecision}: Listeners,
): ConsentStore {
  const {jar} = first;
  let {circumstances} = first;
  let record = jar.read();
  let state = resolve();

  function resolve(): ConsentState {
    return resolveState(settings, record, circumstances, nowInSeconds());
  }

  function settle(source: Source | null): void {
    const previous = state;
    state = resolve();
    const changed = (grant: Grant) =>
      (['categories', 'vendors'] as const).flatMap((kind) =>
        Object.keys(state[kind]).filter((id) => state[kind][id] === grant && previous[kind][id] !== grant),
      );
    if (JSON.stringify(state) === JSON.stringify(previous)) return;
    onChange({state, previous, granted: changed('granted'), revoked: changed('denied'), source});
  }

  function commit(categories: Record<string, Grant>, vendors: Record<string, Grant>, source: Source): void {
    for (const {id, required} of settings.categories) if (required) categories[id] = 'granted';
    // A vendor is named only where it differs from its category. Vendors of other pages keep their word.
    for (const {id, category} of settings.vendors) if (vendors[id] === categories[category]) delete vendors[id];
    record = {
      policyVersion: settings.policy.version,
      decidedAt: nowInSeconds(),
      source,
      categories,
      vendors,
      id: settings.recordEndpoint ? (record?.id ?? randomId()) : null,
    };
    const isStored = jar.write(record);
    settle(source);
    onDecision(isStored);
  }

  function erase(): void {
    record = null;
    jar.erase();
    settle(null);
  }

  /** What was answered before and still stands. */
  const standing = () => dropStale(settings, record, nowInSeconds()).map(copy) as [Answered, Answered];
  const lockOf = (categoryId: string) => {
    const category = settings.categories.find(({id}) => id === categoryId);
    return category ? resolveLock(category, circumstances) : null;
  };
  const grantable = (categoryId: string) => !lockOf(categoryId);

  return {
    get state() {
      return state;
    },
    get circumstances() {
      return circumstances;
    },
    get record() {
      return record;
    },
    isGranted: (id) => (Object.hasOwn(state.vendors, id) ? state.vendors[id] : own(state.categories, id)) === 'granted',
    lockOf,
    acceptAll(source) {
      const [categories, vendors] = standing();
      for (const {id} of settings.categories) categories[id] = grantable(id) ? 'granted' : 'denied';
      for (const {id} of settings.vendors) delete vendors[id];
      commit(categories, vendors, source);
    },
    rejectAll(source) {
      const [categories, vendors] = standing();
      for (const id of [...Object.keys(categories), ...settings.categories.map(({id}) => id)]) categories[id] = 'denied';
      for (const id of Object.keys(vendors)) if (vendors[id] === 'granted') delete vendors[id];
      for (const {id} of settings.vendors) delete vendors[id];
      commit(categories, vendors, source);
    },
    decide(answers, source) {
      const [categories, vendors] = standing();
      for (const {id} of settings.categories) {
        const answer = answers.categories && own(answers.categories, id);
        if (answer === undefined) continue;
        categories[id] = answer === 'granted' && grantable(id) ? 'granted' : 'denied';
        // Refusing a category refuses all of it; granting one leaves the vendors refused by name refused.
        for (const vendor of settings.vendors) {
          if (vendor.category === id && categories[id] === 'denied') delete vendors[vendor.id];
        }
      }
      for (const {id, category} of settings.vendors) {
        const answer = answers.vendors && own(answers.vendors, id);
        if (answer !== undefined) vendors[id] = answer === 'granted' && grantable(category) ? 'granted' : 'denied';
      }
      commit(categories, vendors, source);
    },
    restore(earlier) {
      if (earlier) commit(copy(earlier.categories), copy(earlier.vendors), earlier.source);
      else erase();
    },
    erase,
    refresh() {
      record = jar.read();
      settle(record?.source ?? null);
    },
    changeCircumstances(next) {
      circumstances = next;
      settle(state.source);
    },
  };
}

const nowInSeconds = () => Math.floor(Date.now() / 1000);

/** Without a prototype: `constructor` is a name like any other. */
const copy = (grants: Grants | undefined): Record<string, Grant> => Object.assign(Object.create(null), grants);

const own = (grants: Grants, id: string): Grant | undefined => (Object.hasOwn(grants, id) ? grants[id] : undefined);

const randomId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
