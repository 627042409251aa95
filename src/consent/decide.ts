/**
 * An answer + the record before → the next record. Pure. Refusals are kept wherever there is doubt: what other pages of
 * the site asked about keeps its word, and only the exact word `granted` grants.
 */
import type {Settings} from '../config/types.js';
import {dropStale, type Grant, type Grants, type Lock} from './grants.js';
import {type ConsentRecord, encodeRecord, type Source} from './record.js';

/** Answers by category and by vendor; what is not named stays as it is. */
export interface Answers {
  readonly categories?: Grants;
  readonly vendors?: Grants;
}

export interface Decision {
  readonly answers: Answers;
  readonly source: Source;
  /** Unix time in seconds. */
  readonly now: number;
  readonly lockOf: (categoryId: string) => Lock | null;
}

/** @returns the same answer for everything that the site, or with `record` any of its pages, asks about */
export function answerAll(settings: Settings, grant: Grant, record: ConsentRecord | null = null): Answers {
  const fill = (known: readonly {readonly id: string}[], grants: Grants = {}) =>
    Object.fromEntries([...known.map(({id}) => id), ...Object.keys(grants)].map((id) => [id, grant]));
  return {
    categories: fill(settings.categories, record?.categories),
    vendors: fill(settings.vendors, record?.vendors),
  };
}

export function decide(
  settings: Settings,
  record: ConsentRecord | null,
  {answers, source, now, lockOf}: Decision,
): ConsentRecord {
  const [categories, vendors] = dropStale(settings, record, now);
  const answerFor = (kind: 'categories' | 'vendors', id: string) => {
    const grants = answers[kind] ?? {};
    return Object.hasOwn(grants, id) ? grants[id] : undefined;
  };
  const idsOf = (kind: 'categories' | 'vendors') =>
    new Set([...settings[kind].map(({id}) => id), ...Object.keys(record?.[kind] ?? {})]);

  for (const id of idsOf('categories')) {
    const answer = answerFor('categories', id);
    if (answer) categories[id] = answer === 'granted' && !lockOf(id) ? answer : 'denied';
  }
  for (const {id} of settings.categories) if (lockOf(id) === 'required') categories[id] = 'granted';
  for (const id of idsOf('vendors')) {
    const answer = answerFor('vendors', id);
    const category = settings.vendors.find((vendor) => vendor.id === id)?.category ?? '';
    // Refusing a category refuses all of it; granting one leaves the vendors refused by name refused.
    if (vendors[id] === 'granted' && answerFor('categories', category)) delete vendors[id];
    // No one could grant what is locked: a grant of it follows its category, and does not outlive the signal.
    const granted = lockOf(category) ? categories[category] : 'granted';
    if (answer) vendors[id] = answer === 'granted' ? (granted ?? 'denied') : 'denied';
    // A vendor is named only where it differs from its category.
    if (vendors[id] === categories[category]) delete vendors[id];
  }
  return {
    policyVersion: newestVersion(settings),
    decidedAt: now,
    source,
    categories,
    vendors,
    id: settings.recordEndpoint ? (record?.id ?? randomId()) : null,
  };
}

/**
 * @returns a record that can be stored, the same one where it can be. A category with refused vendors is refused itself, and its
 * other vendors are granted by name, until the text is short enough; where it never is, the last names give way. All optional
 * categories are refused where a vendor of another page was. Nothing is granted that was not.
 */
export function shorten(settings: Settings, record: ConsentRecord): ConsentRecord {
  const categories: Record<string, Grant> = {...record.categories};
  const vendors: Record<string, Grant> = {...record.vendors};
  const short = {...record, categories, vendors};
  const fits = () => encodeRecord(short);
  if (fits()) return record;
  const refused = Object.keys(vendors)
    .filter((id) => vendors[id] === 'denied')
    .map((id) => settings.vendors.find((vendor) => vendor.id === id)?.category);
  const known = settings.categories;
  for (const category of new Set([...known.map(({id}) => id), ...Object.keys(categories)])) {
    const isRequired = known.some(({id, required}) => id === category && required);
    if (isRequired || fits() || !(refused.includes(category) || refused.includes(undefined))) continue;
    for (const {id} of settings.vendors.filter((vendor) => vendor.category === category)) {
      if (vendors[id] === 'denied') delete vendors[id];
      else if (categories[category] === 'granted') vendors[id] = 'granted';
    }
    categories[category] = 'denied';
  }
  for (const id of Object.keys(vendors).reverse()) if (!fits()) delete vendors[id];
  return short;
}

/** @returns whether a grant by name, of a category or a vendor, has not been kept */
export function losesGrants(before: ConsentRecord, after: ConsentRecord): boolean {
  return (['categories', 'vendors'] as const).some((kind) =>
    Object.keys(before[kind]).some((id) => before[kind][id] === 'granted' && after[kind][id] !== 'granted'),
  );
}

/** A revision may be published before the site has raised its version: who has answered since has answered to it. */
const newestVersion = ({policy: {version, revisions}}: Settings) =>
  [version, ...revisions.map((revision) => revision.version)].reduce((newest, other) =>
    other.localeCompare(newest, 'en', {numeric: true}) > 0 ? other : newest,
  );

const randomId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
