/**
 * Settings + region + age + signals → the circumstances in which the visitor decides. Pure; comes before the record is
 * looked at. Whatever is unknown leads to `opt-in`, and an age that cannot be read may be a child's.
 */
import type {AgeBand, Regime, Settings} from '../config/types.js';
import {regimes} from './regimes.js';

/** What surrounds a decision: everything that is neither configuration nor choice. */
export interface Circumstances {
  readonly regime: Regime;
  /** What an undecided category has under that regime. */
  readonly undecided: 'granted' | 'denied';
  /** Whether the undecided are asked unasked. */
  readonly prompts: boolean;
  readonly region: string | undefined;
  /** Tags run because visitors are told, and this one has not been told yet. */
  readonly isUntold: boolean;
  /** Under 13: nothing optional, whatever anyone chooses. */
  readonly isChild: boolean;
  /** Global Privacy Control is on. */
  readonly gpc: boolean;
}

/** Where the visitor is and how old, as the site knows it. */
export interface Visitor {
  readonly region?: string | undefined;
  readonly ageBand?: AgeBand | undefined;
}

export function resolveCircumstances(
  {regime: table, ui}: Pick<Settings, 'regime' | 'ui'>,
  {region: place, ageBand = '16+'}: Visitor,
  gpc: boolean,
  isHeld?: boolean,
  isUnseen = false,
): Circumstances {
  const region = typeof place === 'string' && /^[A-Z]{2}/.test(place) ? place : undefined;
  // Without a table: `opt-in`.
  const regime = resolveRegime(ageBand === '16+' ? table : undefined, region);
  const isChild = isHeld || (ageBand !== '16+' && ageBand !== '13-15');
  const {prompt} = Object(ui);
  // Where an opt-out suffices, a prompt would only be in the way.
  const prompts = !isChild && (prompt === 'always' || (prompt !== 'never' && regime !== 'opt-out'));
  const isUntold = isUnseen && prompts && regime === 'notice';
  return {
    regime,
    undecided: isUntold ? 'denied' : regimes[regime],
    prompts,
    isUntold,
    region,
    isChild,
    gpc,
  };
}

/** `US-CA` is looked up as itself, then as `US`, then as `default`. No region at all, and no such regime: `opt-in`. */
export function resolveRegime(table: Settings['regime'], region: string | undefined): Regime {
  const own = {__proto__: null, ...Object(table)};
  const byRegion = (key: string) => [key, key.slice(0, 2), 'default'].map((name) => own[name]).find(Boolean);
  const regime = typeof table === 'string' ? table : region && byRegion(region);
  return Object.hasOwn(regimes, regime) ? regime : 'opt-in';
}
