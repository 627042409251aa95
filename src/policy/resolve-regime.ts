/**
 * Settings + region + age + signals → the circumstances in which the visitor decides. Pure; comes before the record is
 * looked at. Whatever is unknown leads to `opt-in`.
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
  readonly ageBand: AgeBand | undefined;
  /** Global Privacy Control is on. */
  readonly gpc: boolean;
}

/** Where the visitor is and how old, as the site knows it. */
export type Visitor = Pick<Circumstances, 'region' | 'ageBand'>;

export function resolveCircumstances(
  {regime: table, ui: {prompt}}: Pick<Settings, 'regime' | 'ui'>,
  {region, ageBand}: Visitor,
  gpc: boolean,
): Circumstances {
  const regime = ageBand && ageBand !== '16+' ? 'opt-in' : resolveRegime(table, region);
  const {undecided, prompts} = regimes[regime];
  return {
    regime,
    undecided,
    prompts: ageBand !== 'u13' && (prompt === 'always' || (prompt !== 'never' && prompts)),
    region,
    ageBand,
    gpc,
  };
}

/** `US-CA` is looked up as itself, then as `US`, then as `default`. No region at all, and no such regime: `opt-in`. */
export function resolveRegime(table: Settings['regime'] | undefined, region: string | undefined): Regime {
  const names = region ? [region, `${region}`.split('-')[0] as string, 'default'] : [];
  const name = names.find((key) => Object.hasOwn(Object(table), key));
  const regime = typeof table === 'object' ? name && table[name] : table;
  return regime && Object.hasOwn(regimes, regime) ? regime : 'opt-in';
}
