/**
 * Finds requests to known vendors that did not pass the gate: started before it had put any of that vendor's tags into
 * the page, or while the vendor was denied. Pure. Where the evidence allows both, nobody is accused.
 */
import {attempt} from '../attempt.js';
import type {Settings} from '../config/types.js';
import {catalogue} from '../vendors/index.js';
import type {Leak, LeakReason, TagReport, Why} from './contract.js';
import {idsOf} from './explain.js';
import type {KnownHosts} from './known-hosts.js';
import {type Recorder, type SeenRequest, timeOf} from './recorder.js';

/** Milliseconds by which browsers may round two times differently. */
const ROUNDING = 5;

interface Evidence {
  readonly settings: Settings;
  readonly tags: readonly TagReport[];
  readonly requests: readonly SeenRequest[];
  /** Base of relative addresses. */
  readonly page: string;
  readonly hosts: KnownHosts;
  readonly wasDenied: Recorder['wasDenied'];
}

export function findLeaks({settings, tags, requests, page, hosts, wasDenied}: Evidence): Leak[] {
  const categoryOf = (id: string) =>
    [...settings.vendors, ...catalogue].find((known) => known.id === id)?.category;
  const isKnown = (id: string | undefined) => id !== undefined && categoryOf(id) !== undefined;
  const isDeclared = (id: string) => settings.vendors.some((vendor) => vendor.id === id);

  /** The very tag, whoever else lives at that host. */
  const isSame = ({url}: TagReport, request: string) =>
    url !== '' && attempt(() => withoutQuery(new URL(url, page).href)) === withoutQuery(request);

  /** Markup that names nobody known may bring along any vendor of its category. */
  const isOf = (tag: TagReport, ids: readonly string[]) => {
    if (isKnown(tag.vendor)) return ids.includes(tag.vendor as string);
    const owners = hosts.vendorsAt(tag.url);
    return owners.length
      ? owners.some((id) => ids.includes(id))
      : ids.some((id) => categoryOf(id) === tag.category);
  };

  const judge = ({url, startTime}: SeenRequest, ids: readonly string[]): Why<LeakReason> | undefined => {
    const own = tags.filter((tag) => isSame(tag, url) || isOf(tag, ids));
    const inserted = own.filter(({insertedAt}) => insertedAt !== undefined);
    const earlier = inserted.filter(({insertedAt = 0}) => insertedAt <= startTime + ROUNDING);
    if (earlier.some((tag) => !wasDenied(idsOf(settings, tag), startTime))) return undefined;
    const names = ids.join(' or ');
    const declared = ids.filter(isDeclared);
    const isDenied =
      own.some((tag) => wasDenied(idsOf(settings, tag), startTime)) ||
      declared.some((id) => wasDenied([id], startTime));
    if (isDenied) return {code: 'denied', text: `requested while ${names} was denied`};
    if (inserted.length) return {code: 'early', text: `requested before the gate let ${names} in`};
    return own.length || declared.length
      ? {code: 'ungated', text: `requested without a tag of ${names} having been let in`}
      : {code: 'undeclared', text: `requested, but ${names} is not in the configuration`};
  };

  return requests.flatMap((request) => {
    const {url, startTime, initiator} = request;
    const ids = hosts.vendorsAt(url);
    const why = ids.length ? judge(request, ids) : undefined;
    return why ? [{time: timeOf(startTime), url: withoutQuery(url), initiator, vendors: ids, why}] : [];
  });
}

export function withoutQuery(url: string): string {
  return url.replace(/[?#].*/s, '');
}
