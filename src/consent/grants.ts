/**
 * The heart of the policy, pure: settings + record + circumstances → what is granted, what is locked, who is to be asked.
 * Comes after the record is decoded, before the store. Nothing here looks at the browser, and nothing unknown is granted.
 */
import type {CategoryConfig, Regime, Settings} from '../config/types.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import type {ConsentRecord, Source} from './record.js';

export type Grant = 'granted' | 'denied';
export type Grants = Readonly<Record<string, Grant>>;

/** Everything a page may know about the visitor's choice. Frozen; a new one for every change. */
export interface ConsentState {
  /** Every optional category has an answer that still stands. */
  readonly decided: boolean;
  readonly regime: Regime;
  readonly region: string | undefined;
  /** Version of the policy in force now. */
  readonly policyVersion: string;
  /** When the choice was made: Unix time in seconds; `null` before one. */
  readonly decidedAt: number | null;
  /** What caused the choice; before one, the signal in force (`gpc`, `age`) or `null`. */
  readonly source: Source | null;
  /** Random id of the record, where the site keeps records; else `null`. */
  readonly id: string | null;
  readonly categories: Grants;
  readonly vendors: Grants;
}

/** Why a category cannot be switched on (`gpc`, `age`) or off (`required`). */
export type Lock = 'required' | 'gpc' | 'age';

/** @returns why the category is fixed, or `null` where the visitor may choose */
export function resolveLock(
  {id, required, sale = id === 'advertising'}: CategoryConfig,
  {gpc, isChild}: Circumstances,
): Lock | null {
  return required === true ? 'required' : isChild ? 'age' : gpc && sale ? 'gpc' : null;
}

/** @returns what a category, or a vendor in it, has by that answer */
type Settle = (id: string, answer: Grant | undefined) => Grant;

/** @returns the state that holds for this record under these circumstances at `now` (Unix seconds) */
export function resolveState(
  settings: Settings,
  record: ConsentRecord | null,
  circumstances: Circumstances,
  now: number,
): ConsentState {
  const {regime, region, undecided} = circumstances;
  const isStale = findStale(settings, record, now);
  const categories: Record<string, Grant> = {};
  const settlers: Record<string, Settle> = {};
  let decided = true;
  let signal: Source | null = null;

  for (const category of settings.categories) {
    const lock = resolveLock(category, circumstances);
    if (lock && lock !== 'required') signal = lock;
    const settle: Settle = (id, answer) => {
      if (lock) return lock === 'required' ? 'granted' : 'denied';
      if (answer && !isStale(id) && !isStale(category.id)) return answer;
      decided = false;
      // A refusal outlives the revision or the expiry that asks again: nobody has to refuse twice.
      return answer === 'denied' || category.optIn ? 'denied' : undecided;
    };
    settlers[category.id] = settle;
    categories[category.id] = settle(category.id, record?.categories[category.id]);
  }
  const vendors: Record<string, Grant> = {};
  for (const {id, category, needs, isBroken} of settings.vendors) {
    // Its own answer stands for the first of its categories alone.
    vendors[id] =
      isBroken || !needs.slice(1).every((other) => categories[other] === 'granted')
        ? 'denied'
        : (settlers[category] as Settle)(id, record?.vendors[id] ?? categories[category]);
  }
  return Object.freeze({
    decidedAt: null,
    source: signal,
    id: null,
    ...record,
    decided,
    regime,
    region,
    policyVersion: settings.policy.version,
    categories: Object.freeze(categories),
    vendors: Object.freeze(vendors),
  });
}

/** What still stands of a choice, for the next one to build on: refusals always do. */
export function dropStale(
  settings: Settings,
  record: ConsentRecord | null,
  now: number,
): [categories: Record<string, Grant>, vendors: Record<string, Grant>] {
  const isStale = findStale(settings, record, now);
  // Without a prototype: `constructor` is a name like any other.
  const standing = (grants: Grants = {}): Record<string, Grant> =>
    Object.assign(
      Object.create(null),
      Object.fromEntries(Object.entries(grants).filter(([id, grant]) => grant === 'denied' || !isStale(id))),
    );
  return [standing(record?.categories), standing(record?.vendors)];
}

/** @returns a test for the ids about which an old choice no longer stands: expired, or materially revised since */
export function findStale(
  {policy, cookie}: Settings,
  record: ConsentRecord | null,
  now: number,
): (id: string) => boolean {
  return (id) =>
    !!record &&
    (now - record.decidedAt > cookie.days * 86400 ||
      policy.revisions.some(
        ({version, material}) =>
          // `"2" < "10"`, `"2026-04-01" < "2026-11-01"`.
          version.localeCompare(record.policyVersion, 'en', {numeric: true}) > 0 &&
          [material].flat().some((what) => what === true || what === id),
      ));
}
