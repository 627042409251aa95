/** What a change has granted and what it has revoked: pure, part of `choice.js`. */
import type {ConsentEvents} from './change-event.js';
import {grantsOf} from './consent-store.js';
import type {ConsentState, Grant} from './grants.js';

/** @returns the fields of `consent-change` */
export function describeChange(previous: ConsentState, state: ConsentState): ConsentEvents['consent-change'] {
  const before = grantsOf(previous);
  const now = grantsOf(state);
  const changed = (grant: Grant) =>
    Object.keys(now).filter((id) => now[id] === grant && before[id] !== grant);
  return {
    state,
    previous,
    granted: changed('granted'),
    revoked: changed('denied'),
    source: state.source,
  };
}
