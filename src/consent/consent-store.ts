/**
 * Holds what is granted. In: the record, signals, what other tabs wrote. Out: a frozen `ConsentState` and, for each
 * change, what held before. It decides nothing and writes nothing; `choice.ts` does.
 */
import type {Settings} from '../config/types.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import {type CookieJar, recordIn} from './cookie-jar.js';
import {type ConsentState, type Grants, resolveState} from './grants.js';
import type {ConsentRecord} from './record.js';

export interface ConsentStore {
  readonly state: ConsentState;
  readonly record: ConsentRecord | null;
  /** Takes over a record that has just been stored (or could not be, and holds for this page). */
  adopt(record: ConsentRecord | null): void;
  /** Looks again at what is stored and at the circumstances: another tab, a server or the page may have changed them. */
  refresh(): void;
}

/** What holds at a moment. */
export type Moment = Pick<ConsentStore, 'state' | 'record'>;

export function createConsentStore(
  settings: Settings,
  jar: CookieJar,
  look: () => Circumstances,
  onChange: (before: Moment, now: Moment) => void,
): ConsentStore {
  const resolve = () => resolveState(settings, record, circumstances, Date.now() / 1000);
  let circumstances = look();
  let copies = jar.copies();
  let record = recordIn(copies);
  let state = resolve();

  function settle(next: ConsentRecord | null): void {
    const before = {state, record};
    record = next;
    state = resolve();
    if (JSON.stringify(state) !== JSON.stringify(before.state)) onChange(before, {state, record});
  }

  return {
    get state() {
      return state;
    },
    get record() {
      return record;
    },
    adopt(next) {
      copies = jar.copies();
      settle(next);
    },
    refresh() {
      circumstances = look();
      // Only what others have stored counts: where storage is blocked, the choice of this page goes on.
      settle(`${copies}` !== `${(copies = jar.copies())}` ? recordIn(copies) : record);
    },
  };
}

/** Ids are unique among categories and vendors. Without a prototype, so that only what is declared can be granted. */
export const grantsOf = ({categories, vendors}: ConsentState): Grants =>
  ({__proto__: null, ...categories, ...vendors}) as unknown as Grants;
