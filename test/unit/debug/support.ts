/** A core as the loader hands it over: real settings, real grants; the tags are made up. */
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig} from '../../../src/config/types.js';
import {createConsentEvent} from '../../../src/consent/change-event.js';
import {resolveState} from '../../../src/consent/grants.js';
import {type ConsentRecord, decodeRecord} from '../../../src/consent/record.js';
import type {DebugCore, TagReport} from '../../../src/debug/contract.js';
import {grantOf} from '../../../src/debug/explain.js';
import {resolveCircumstances, type Visitor} from '../../../src/policy/resolve-regime.js';
import type {ConsentGate} from '../../../src/start.js';
import {catalogue} from '../../../src/vendors/index.js';

export const CONFIG: ConsentConfig = {
  policy: {version: '2026-11-01'},
  vendors: [
    {id: 'google-analytics', tagId: 'G-ABCDEFG123'},
    {id: 'meta-pixel', tagId: '123456789012345'},
    {
      id: 'heatmap',
      category: 'analytics',
      src: '/test/unit/gate/fixture.js',
      cookies: ['_heat*'],
      storage: ['heat:*'],
    },
  ],
};

export interface CoreOptions {
  readonly config?: ConsentConfig;
  /** Lists of a record: `granted.denied.granted.denied`, categories before vendors. */
  readonly stored?: string;
  /** When it was made: Unix seconds. Default: 2026-11-02. */
  readonly decidedAt?: number;
  readonly visitor?: Visitor;
  readonly gpc?: boolean;
  readonly tags?: readonly TagReport[];
  /** Unix seconds. Default: 2026-11-22. */
  readonly now?: number;
}

/** 2026-11-02 and 2026-11-22, 00:00 UTC. */
export const DECIDED = 1793577600;
export const NOW = 1795305600;

export function recordOf(lists: string, decidedAt = DECIDED): ConsentRecord {
  const record = decodeRecord(`1.2026-11-01.${decidedAt.toString(36)}.banner.${lists}.-`);
  if (!record) throw Error(`no record: ${lists}`);
  return record;
}

export function createCore({
  config = CONFIG,
  stored,
  decidedAt = DECIDED,
  visitor = {},
  gpc = false,
  tags = [],
  now = NOW,
}: CoreOptions = {}) {
  const settings = normalizeConfig(config, catalogue);
  const look = () => resolveCircumstances(settings, visitor, gpc);
  let record = stored === undefined ? null : recordOf(stored, decidedAt);
  let state = resolveState(settings, record, look(), now);
  const store = {
    get state() {
      return state;
    },
    get record() {
      return record;
    },
  } as DebugCore['store'];
  const api = {version: '0.0.0', isGranted: (id: string) => grantOf(state, id) === 'granted'} as ConsentGate;
  const core: DebugCore = {settings, look, store, api, tags};
  return {
    core,
    /** The visitor decides: the store changes, and the page hears of it. */
    choose(lists: string, granted: string[], revoked: string[]) {
      const previous = state;
      record = recordOf(lists, Math.floor(Date.now() / 1000));
      state = resolveState(settings, record, look(), now);
      document.dispatchEvent(
        createConsentEvent('consent-change', {state, previous, granted, revoked, source: 'banner'}),
      );
    },
  };
}

export function tag(fields: Partial<TagReport> = {}): TagReport {
  return {
    vendor: 'google-analytics',
    category: 'analytics',
    url: 'https://a.example/1.js',
    state: 'waiting',
    ...fields,
  };
}
