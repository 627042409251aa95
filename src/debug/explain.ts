/**
 * Says why a grant or a tag is as it is. Pure: the same facts that `consent/grants.ts` and `gate/tag-gate.ts` decide by,
 * put into words. Decides nothing itself.
 */
import {categoriesOf} from '../config/categories-of.js';
import type {Settings} from '../config/types.js';
import {type ConsentState, findStale, type Grant, resolveLock} from '../consent/grants.js';
import type {ConsentRecord} from '../consent/record.js';
import type {Circumstances} from '../policy/resolve-regime.js';
import type {GrantReason, TagReason, TagReport, Why} from './contract.js';

/** What a decision rests on, at one moment. */
export interface Facts {
  readonly settings: Settings;
  readonly circumstances: Circumstances;
  readonly record: ConsentRecord | null;
  readonly state: ConsentState;
  /** Unix time in seconds. */
  readonly now: number;
  readonly isPrerendering: boolean;
  readonly tags: readonly TagReport[];
}

/** Where the loader was told no more than that there was an error. */
const UNREACHABLE = 'unreachable, blocked, or not what its integrity says';

export function grantOf({categories, vendors}: ConsentState, id: string): Grant {
  return (Object.hasOwn(vendors, id) ? vendors[id] : Object.hasOwn(categories, id) && categories[id]) ===
    'granted'
    ? 'granted'
    : 'denied';
}

/**
 * @returns the ids that all have to be granted for a tag: a declared vendor, and the category of the markup where the
 * vendor is of another one or of none
 */
export function idsOf({vendors}: Settings, {vendor: id, category}: Pick<TagReport, 'vendor' | 'category'>) {
  const vendor = vendors.find((known) => known.id === id);
  const own = vendor?.category === category ? [] : categoriesOf(category);
  return [...(vendor ? [vendor.id] : []), ...own];
}

/** @param id of a category or a vendor */
export function explainGrant(facts: Facts, id: string): Why<GrantReason> {
  const {settings, circumstances, record, state, now} = facts;
  const vendor = settings.vendors.find((known) => known.id === id);
  const other = vendor?.needs.slice(1).find((needed) => grantOf(state, needed) === 'denied');
  if (vendor && !vendor.isBroken && other !== undefined) return explainGrant(facts, other);
  const category = settings.categories.find((known) => known.id === (vendor?.category ?? id));
  if (vendor?.isBroken) return {code: 'mistake', text: `closed: mistake in the configuration of ${id}`};
  if (!category)
    return {code: 'no-category', text: `denied: there is no category "${vendor?.category ?? id}"`};

  const lock = resolveLock(category, circumstances);
  if (lock === 'required') return {code: lock, text: `granted: ${category.id} is required`};
  if (lock === 'age') return {code: lock, text: 'denied: age, nothing optional is allowed'};
  if (lock === 'gpc')
    return {code: lock, text: `denied: Global Privacy Control (${category.id} sells or shares)`};

  const grant = grantOf(state, id);
  const {regime} = circumstances;
  const own = vendor && record?.vendors[id];
  const answer = own ?? record?.categories[category.id];
  if (record && answer) {
    const made = `${record.source}, ${dayOf(record.decidedAt)}`;
    const isStale = findStale(settings, record, now);
    // A refusal outlives what makes a grant fall.
    if (answer === 'granted' && (isStale(id) || isStale(category.id))) {
      return now - record.decidedAt > settings.cookie.days * 86400
        ? {code: 'expired', text: `${grant} (${regime}): the record (${made}) has expired`}
        : {code: 'revised', text: `${grant} (${regime}): the policy was revised after the record (${made})`};
    }
    const parent = grantOf(state, category.id);
    return own && own !== parent
      ? {code: 'vendor', text: `vendor ${own}, category ${parent}, by the record (${made})`}
      : {code: 'record', text: `${grant} by the record (${made})`};
  }
  if (grant === 'granted') return {code: 'undecided', text: `granted until there is a choice (${regime})`};
  const isFirst = category.optIn && circumstances.undecided === 'granted';
  return {
    code: 'undecided',
    text: isFirst ? `no choice yet (${category.id} is asked about first)` : `no choice yet (${regime})`,
  };
}

export function explainTag(facts: Facts, tag: TagReport): Why<TagReason> {
  const {settings, state, tags} = facts;
  const {vendor, category, insertedAt, error} = tag;
  const ids = idsOf(settings, tag);
  if (tag.state === 'failed') {
    const what = !error || error === 'error' ? UNREACHABLE : error;
    return {code: 'error', text: `${insertedAt === undefined ? 'not let in' : 'did not load'}: ${what}`};
  }
  const denied = ids.find((id) => grantOf(state, id) === 'denied');
  if (denied !== undefined) {
    const why = explainGrant(facts, denied);
    return tag.state === 'waiting'
      ? why
      : {code: 'revoked', text: `runs until the page is loaded again, though ${why.text}`};
  }
  if (tag.state === 'loaded') return explainGrant(facts, ids[0] ?? category);
  if (tag.state === 'inserted') return {code: 'loading', text: 'let in, has not answered yet'};

  if (facts.isPrerendering) return {code: 'prerendering', text: 'waits: the page is prerendering'};
  if (tag.after) return explainAfter(facts, tag.after) ?? explainLane(tags, tag);
  // A vendor's tags keep their order; those of a category that name no vendor wait for each other, but fail alone.
  return vendor === undefined ? {code: 'parsing', text: 'waits for its turn'} : explainLane(tags, tag);
}

function explainAfter({tags}: Facts, after: string): Why<TagReason> | undefined {
  const before = tags.filter(({vendor}) => vendor === after);
  const waits = (how: string) => `waits for ${after}, which ${how}`;
  if (!before.length) return {code: 'after', text: waits('has no tag in this page')};
  if (before.some(({state}) => state === 'failed')) return {code: 'after-failed', text: waits('failed')};
  const isIn = before.every(({state}) => state === 'loaded');
  return isIn ? undefined : {code: 'after', text: waits('has not loaded')};
}

function explainLane(tags: readonly TagReport[], tag: TagReport): Why<TagReason> {
  const before = tags.slice(0, Math.max(0, tags.indexOf(tag))).filter(({vendor}) => vendor === tag.vendor);
  const failed = before.find(({state}) => state === 'failed');
  const name = ({url}: TagReport) => url || 'an inline tag';
  if (failed) return {code: 'lane-failed', text: `waits behind ${name(failed)}, which failed`};
  const ahead = before.find(({state}) => state !== 'loaded');
  return ahead
    ? {code: 'lane', text: `waits behind ${name(ahead)}, which has not loaded`}
    : {code: 'parsing', text: 'granted: not parsed yet, or taken out of the page'};
}

/** @param seconds Unix time */
export function dayOf(seconds: number): string {
  return isoOf(seconds * 1000).slice(0, 10);
}

/** @param milliseconds Unix time @returns `''` for what is no time */
export function isoOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
