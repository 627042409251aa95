/** What the page is told, on `document`. Facts, after they have happened; nothing waits for a listener. */
import type {ConsentState} from './grants.js';
import type {Source} from './record.js';

/** Fields of each event, by type. */
export interface ConsentEvents {
  /** The gate has opened for the first time: from now on `consentGate.state` is what holds. */
  'consent-ready': {readonly state: ConsentState};
  /** `granted` and `revoked` name the categories and vendors whose grant changed. */
  'consent-change': {
    readonly state: ConsentState;
    readonly previous: ConsentState;
    readonly granted: readonly string[];
    readonly revoked: readonly string[];
    /** What caused it; `null` where the choice was erased. */
    readonly source: Source | null;
  };
  /** What denied vendors had left has been removed; `kept` names cookies that no page can remove. */
  'consent-sweep': {readonly removed: readonly string[]; readonly kept: readonly string[]};
  'consent-open': {readonly view: 'banner' | 'preferences'};
  'consent-close': {readonly view: 'banner' | 'preferences'};
  /** A tag has loaded. `vendor` is `undefined` for marked-up tags that name none, `url` is `''` for inline ones. */
  'consent-vendor-load': {
    readonly vendor: string | undefined;
    readonly category: string;
    readonly url: string;
  };
  /** A tag was blocked, is unreachable or was refused. */
  'consent-vendor-error': {
    readonly vendor: string | undefined;
    readonly category: string;
    readonly url: string;
  };
}

/** An `Event` with the fields of its type: `document.addEventListener('consent-change', ({granted}) => …)`. */
export type ConsentEvent<Type extends keyof ConsentEvents> = Event & {
  readonly type: Type;
} & ConsentEvents[Type];

export const createConsentEvent = <Type extends keyof ConsentEvents>(
  type: Type,
  fields: ConsentEvents[Type],
): ConsentEvent<Type> => Object.assign(new Event(type), fields) as ConsentEvent<Type>;

declare global {
  interface DocumentEventMap {
    'consent-ready': ConsentEvent<'consent-ready'>;
    'consent-change': ConsentEvent<'consent-change'>;
    'consent-sweep': ConsentEvent<'consent-sweep'>;
    'consent-open': ConsentEvent<'consent-open'>;
    'consent-close': ConsentEvent<'consent-close'>;
    'consent-vendor-load': ConsentEvent<'consent-vendor-load'>;
    'consent-vendor-error': ConsentEvent<'consent-vendor-error'>;
  }
}
