/**
 * The one place where consent changes. In: decisions, signals, what other tabs wrote. Out: a frozen `ConsentState` and,
 * for each change, what was granted and what was revoked. Persists before it tells anyone; never touches a tag.
 */
import type {Settings} from '../config/types.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import type {CookieJar} from './cookie-jar.js';
import {type ConsentState, dropStale, type Grant, type Grants, type Lock, resolveLock, resolveState} from './grants.js';
import {type ConsentRecord, isSource, type Source} from './record.js';

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
  readonly record: ConsentRecord | null;
  isGranted(id: string): boolean;
  /** @returns why a category cannot be switched, or `null` */
  lockOf(categoryId: string): Lock | null;
  acceptAll(source?: Source): void;
  rejectAll(source?: Source): void;
  decide(answers: Answers, source?: Source): void;
  /** Puts an earlier choice back as it was; `null`: a first visit. */
  restore(record: ConsentRecord | null): void;
  /** Looks again at what is stored and at the circumstances: another tab, a server or the visitor may have changed them. */
  refresh(): void;
}

interface Surroundings {
  readonly jar: CookieJar;
  /** @returns the circumstances of this moment */
  readonly look: () => Circumstances;
  /** Called after a change is stored. */
  readonly onChange: (change: ConsentChange) => void;
  /** Called after each decision, changed or not. */
  readonly onDecision: (isStored: boolean) => void;
}

export function createConsentStore(
  settings: Settings,
  {jar, look, onChange, onDecision}: Surroundings,
): ConsentStore {
  const now = () => Math.floor(Date.now() / 1000);
  const resolve = () => resolveState(settings, record, circumstances, now());
  let circumstances = look();
  let record = jar.read();
  let state = resolve();

  function settle(source: Source | null): void {
    const previous = state;
    state = resolve();
    const [before, after] = [previous, state].map(({categories, vendors}) => ({...categories, ...vendors}));
    const changed = (grant: Grant) => Object.keys(after ?? {}).filter((id) => after?.[id] === grant && before?.[id] !== grant);
    if (JSON.stringify(state) === JSON.stringify(previous)) return;
    onChange({state, previous, granted: changed('granted'), revoked: changed('denied'), source});
  }

  const store: ConsentStore = {
    get state() {
      return state;
    },
    get record() {
      return record;
    },
    isGranted: (id) => own(state.vendors, id) === 'granted' || own(state.categories, id) === 'granted',
    lockOf: (id) => {
      const category = settings.categories.find((known) => known.id === id);
      return category ? resolveLock(category, circumstances) : null;
    },
    acceptAll: (source) => store.decide(answerAll(state, 'granted'), source),
    // What other pages of the site asked about is refused as well.
    rejectAll: (source) => store.decide(answerAll(merge(record, state), 'denied'), source),
    decide(answers, source) {
      const known = merge(record, state);
      const [categories, vendors] = dropStale(settings, record, now());
      for (const id in known.categories) {
        const answer = own(answers.categories, id);
        if (answer) categories[id] = answer === 'granted' && !store.lockOf(id) ? answer : 'denied';
      }
      for (const {id, required} of settings.categories) if (required) categories[id] = 'granted';
      for (const id in known.vendors) {
        const answer = own(answers.vendors, id);
        const category = settings.vendors.find((vendor) => vendor.id === id)?.category ?? '';
        // Refusing a category refuses all of it; granting one leaves the vendors refused by name refused.
        if (vendors[id] === 'granted' && own(answers.categories, category)) delete vendors[id];
        if (answer) vendors[id] = answer === 'granted' ? answer : 'denied';
        // A vendor is named only where it differs from its category. Vendors of other pages keep their word.
        if (vendors[id] === categories[category]) delete vendors[id];
      }
      record = {
        policyVersion: settings.policy.version,
        decidedAt: now(),
        source: isSource(source) ? source : 'api',
        categories,
        vendors,
        id: settings.recordEndpoint ? (record?.id ?? randomId()) : null,
      };
      const isStored = jar.write(record);
      settle(record.source);
      onDecision(isStored);
    },
    restore(earlier) {
      record = earlier;
      if (earlier) jar.write(earlier);
      else jar.erase();
      settle(earlier && earlier.source);
    },
    refresh() {
      circumstances = look();
      record = jar.read();
      settle(record && record.source);
    },
  };
  return store;
}

type Both = {readonly categories: Grants; readonly vendors: Grants};

const own = (grants: Grants | undefined, id: string): Grant | undefined =>
  grants && Object.hasOwn(grants, id) ? grants[id] : undefined;

const merge = (record: Both | null, state: Both): Both => ({
  categories: {...record?.categories, ...state.categories},
  vendors: {...record?.vendors, ...state.vendors},
});

const answerAll = ({categories, vendors}: Both, grant: Grant): Answers => {
  const fill = (grants: Grants) => Object.fromEntries(Object.keys(grants).map((id) => [id, grant]));
  return {categories: fill(categories), vendors: fill(vendors)};
};

const randomId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
