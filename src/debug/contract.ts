/**
 * What the loader hands to the debugging chunk, and the report that comes of it. The report is a public format: machines
 * in a build read it, so its words stay as they are. Everything in it is frozen, plain JSON.
 */
import type {Regime, Settings} from '../config/types.js';
import type {ConsentStore} from '../consent/consent-store.js';
import type {Grant} from '../consent/grants.js';
import type {Source} from '../consent/record.js';
import type {TagReport, TagState} from '../gate/tag-gate.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import type {ConsentGate} from '../start.js';

export type {TagReport, TagState};

/** What the loader hands over. */
export interface DebugCore {
  readonly settings: Settings;
  /** @returns the circumstances of this moment */
  readonly look: () => Circumstances;
  readonly store: ConsentStore;
  readonly api: ConsentGate;
  /** Every tag that the gate knows, declared and marked up, in the order in which they were found. Read anew each time. */
  readonly tags: readonly TagReport[];
}

/** What `debug.js` exports. */
export interface DebugModule {
  audit(core: DebugCore): Promise<AuditReport>;
  show(core: DebugCore): void;
}

/** Why something is as it is: a word for machines, which stays, and a sentence for people, which may change. */
export interface Why<Code extends string = string> {
  readonly code: Code;
  readonly text: string;
}

/** What a grant rests on. `docs/debugging.md#why` has a line for each. */
export type GrantReason =
  | 'required'
  | 'record'
  | 'vendor'
  | 'undecided'
  | 'expired'
  | 'revised'
  | 'gpc'
  | 'age'
  | 'mistake'
  | 'no-category';

/** Why a tag has the state it has. A tag that waits for its grant, or has it and runs, has the reason of that grant. */
export type TagReason =
  | GrantReason
  | 'prerendering'
  | 'after'
  | 'after-failed'
  | 'lane'
  | 'lane-failed'
  | 'parsing'
  | 'loading'
  | 'revoked'
  | 'error';

/** Why a request did not pass the gate. */
export type LeakReason = 'undeclared' | 'denied' | 'early' | 'ungated';

export interface AuditedCategory {
  readonly id: string;
  readonly grant: Grant;
  readonly why: Why<GrantReason>;
}

export interface AuditedVendor extends AuditedCategory {
  readonly category: string;
  /** How many tags of it the gate knows in this page. */
  readonly tags: number;
}

export interface AuditedTag {
  /** `null` where the markup names none. */
  readonly vendor: string | null;
  readonly category: string;
  /** `''` for an inline one. */
  readonly url: string;
  readonly state: TagState;
  readonly why: Why<TagReason>;
}

/** Something that happened, oldest first. Times are ISO 8601, in UTC. */
export type AuditedMoment =
  | {
      readonly time: string;
      /** `record`: the choice that was stored already; `decision`: a change of what is granted. */
      readonly kind: 'record' | 'decision';
      readonly source: Source | null;
      readonly granted: readonly string[];
      readonly revoked: readonly string[];
    }
  | {
      readonly time: string;
      /** `insert`: a tag was put into the page; `load`, `error`: how that ended, as far as it was seen. */
      readonly kind: 'insert' | 'load' | 'error';
      readonly vendor: string | null;
      readonly category: string;
      readonly url: string;
    };

/** A request to a host of a known vendor that did not pass the gate. */
export interface Leak {
  readonly time: string;
  /** Without query and fragment: there may be identifiers in them. */
  readonly url: string;
  /** What made the browser ask: `script`, `img`, `fetch`, `beacon`, … */
  readonly initiator: string;
  /** To whom it can have gone. */
  readonly vendors: readonly string[];
  readonly why: Why<LeakReason>;
}

export interface AuditReport {
  readonly schema: 'consent-gate/audit/1';
  /** Of consent-gate. */
  readonly version: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly time: string;
  /** No leak, and no cookie or storage item of a denied vendor. */
  readonly ok: boolean;
  readonly regime: Regime;
  readonly region: string | null;
  /** Global Privacy Control; an age that allows nothing optional. */
  readonly signals: {readonly gpc: boolean; readonly child: boolean};
  readonly decided: boolean;
  /** The stored choice, without its id; `null` before there is one. */
  readonly record: {
    readonly decidedAt: string;
    readonly source: Source;
    readonly policyVersion: string;
    readonly granted: readonly string[];
    readonly denied: readonly string[];
  } | null;
  readonly categories: readonly AuditedCategory[];
  readonly vendors: readonly AuditedVendor[];
  readonly tags: readonly AuditedTag[];
  readonly leaks: readonly Leak[];
  readonly cookies: {
    /** Names of cookies that belong to denied vendors. */
    readonly denied: readonly string[];
    /** Names of all cookies that were there before anybody had decided, but for the record's own. */
    readonly beforeChoice: readonly string[];
  };
  /** Names of `localStorage` and `sessionStorage` items that belong to denied vendors. */
  readonly storage: readonly string[];
  readonly timeline: readonly AuditedMoment[];
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[];
}
