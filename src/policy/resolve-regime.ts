/**
 * Settings + region + age + signals → the circumstances in which the visitor decides. Pure; comes before the record is
 * looked at. Whatever is unknown leads to `opt-in`.
 */
import type {AgeBand, Regime, Settings} from '../config/types.js';
import {regimes} from './regimes.js';
import type {Signals} from './signals.js';

/** What surrounds a decision: everything that is neither configuration nor choice. */
export interface Circumstances {
  readonly regime: Regime;
  /** What an undecided category has under that regime. */
  readonly undecided: 'granted' | 'denied';
  /** Whether the undecided are asked unasked. */
  readonly prompts: boolean;
  readonly region: string | undefined;
  readonly ageBand: AgeBand | undefined;
  /** Global Privacy Control is on. */
  readonly gpc: boolean;
}

/** Where the visitor is and how old, as the site knows it. */
export interface Visitor {
  readonly region: string | undefined;
  readonly ageBand: AgeBand | undefined;
}

export function resolveCircumstances(
  {regime: table, ui}: Settings,
  {region, ageBand}: Visitor,
  {gpc}: Signals,
): Circumstances {
  const regime = ageBand && ageBand !== '16+' ? 'opt-in' : resolveRegime(table, region);
  const {undecided, prompts} = regimes[regime];
  return {
    regime,
    undecided,
    prompts: ageBand !== 'u13' && (ui.prompt === 'auto' ? prompts : ui.prompt === 'always'),
    region,
    ageBand,
    gpc,
  };
}

/** `US-CA` is looked up as itself, then as `US`, then as `default`; no region at all is `opt-in`. */
export function resolveRegime(table: Settings['regime'], region: string | undefined): Regime {
  if (typeof table === 'string') return table;
  if (!region) return 'opt-in';
  const key = [region, region.split('-')[0] as string, 'default'].find((name) => Object.hasOwn(table, name));
  return (key && table[key]) || 'opt-in';
}
