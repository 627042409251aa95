/**
 * How long the record of a choice can become, from the configuration alone: the worst case is a visitor who answers for every
 * recipient by name. Beside `find-contradictions.ts`; the command line says it, and the console where a site is made. Pure.
 */
import {attempt} from '../attempt.js';
import {normalizeConfig} from '../config/normalize-config.js';
import type {VendorDefinition} from '../config/types.js';
import {wrong} from './rules.js';

/** Bytes that a record stays under: `consent/record.ts`. */
const LIMIT = 1000;

/** Of a field that the configuration does not give. */
const LONGEST = {decidedAt: 'zik0zj', source: 'preferences', id: 'x'.repeat(31)};

export interface RecordLength {
  /** Bytes of a record that names every vendor as an exception to its category. */
  readonly longest: number;
  /** Bytes of one that names none. */
  readonly shortest: number;
}

/** @param config takes no type for granted */
export function measureRecord(config: unknown, catalogue: readonly VendorDefinition[]): RecordLength {
  const {policy, categories, vendors, recordEndpoint} = normalizeConfig(config, catalogue);
  const versions = [policy.version, ...policy.revisions.map(({version}) => version)];
  const [version = ''] = versions.sort((a, b) => b.length - a.length);
  const namesOf = (known: readonly {readonly id: string}[]) => known.map(({id}) => id).join('_') || '-';
  // One full list and one empty are a byte longer than two that share the names.
  const lengthWith = (names: string) =>
    [
      ...['1', version, LONGEST.decidedAt, LONGEST.source, namesOf(categories), '-', names, '-'],
      typeof recordEndpoint === 'string' ? LONGEST.id : '-',
    ].join('.').length;
  return {longest: lengthWith(namesOf(vendors)), shortest: lengthWith('-')};
}

/** @returns a mistake for what only a visitor would meet: answers that no record can hold */
export function findLimits(config: unknown, catalogue: readonly VendorDefinition[]): string[] {
  // A getter or a trap of a proxy may throw; that is a mistake of another kind.
  const {longest, shortest} = attempt(() => measureRecord(config, catalogue)) ?? {longest: 0, shortest: 0};
  if (longest < LIMIT) return [];
  if (shortest >= LIMIT)
    return [wrong('categories', `ids for which a record of under ${LIMIT} bytes has room`, shortest)];
  return [
    `${wrong('vendors', `ids for which a record of under ${LIMIT} bytes has room`, longest)} where a visitor ` +
      'answers for each by name; what does not fit is refused, and the visitor is told: shorten ids',
  ];
}
