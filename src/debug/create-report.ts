/**
 * Puts the report together: what the loader handed over and what the recorder saw, as frozen JSON. Changes nothing.
 */

import {attempt} from '../attempt.js';
import {leavesOf} from '../gate/find-leftovers.js';
import {ownDocument} from '../own-document.js';
import {readCookies} from '../read-cookies.js';
import type {AuditedMoment, AuditReport, DebugCore, TagReport} from './contract.js';
import {explainGrant, explainTag, type Facts, grantOf, isoOf} from './explain.js';
import {findLeaks, withoutQuery} from './find-leaks.js';
import {createKnownHosts} from './known-hosts.js';
import {namesIn, type Recorder, timeOf} from './recorder.js';

export function createReport(core: DebugCore, recorder: Recorder): AuditReport {
  const {settings, api} = core;
  const {state, record} = core.store;
  const circumstances = core.look();
  // A copy: the gate goes on writing to its own.
  const tags = core.tags.map((tag) => ({...tag}));
  const facts: Facts = {
    settings,
    circumstances,
    record,
    state,
    tags,
    now: Math.floor(Date.now() / 1000),
    isPrerendering: !!(ownDocument as {prerendering?: boolean}).prerendering,
  };
  const leaks = findLeaks({
    settings,
    tags,
    requests: recorder.requests(),
    page: ownDocument.baseURI,
    hosts: createKnownHosts(settings, tags, location.href),
    wasDenied: recorder.wasDenied,
  });
  const isLeft = (name: string) => {
    const owners = settings.vendors.filter((vendor) => leavesOf(vendor)(name));
    return !!owners.length && name !== settings.cookie.name && owners.every(({id}) => !api.isGranted(id));
  };
  const cookies = unique(readCookies().map(([name]) => name as string)).filter(isLeft);
  const storage = unique(attempt(() => Object.keys({...localStorage, ...sessionStorage})) ?? []).filter(
    isLeft,
  );

  return freeze({
    schema: 'consent-gate/audit/1',
    version: api.version,
    url: withoutQuery(location.href),
    time: isoOf(Date.now()),
    ok: !leaks.length && !cookies.length && !storage.length,
    regime: circumstances.regime,
    region: circumstances.region ?? null,
    signals: {gpc: circumstances.gpc, child: circumstances.isChild},
    decided: state.decided,
    record: record && {
      decidedAt: isoOf(record.decidedAt * 1000),
      source: record.source,
      policyVersion: record.policyVersion,
      granted: namesIn(record, 'granted'),
      denied: namesIn(record, 'denied'),
    },
    categories: settings.categories.map(({id}) => ({
      id,
      grant: grantOf(state, id),
      why: explainGrant(facts, id),
    })),
    vendors: settings.vendors.map(({id, category}) => ({
      id,
      category,
      grant: grantOf(state, id),
      why: explainGrant(facts, id),
      tags: tags.filter(({vendor}) => vendor === id).length,
    })),
    tags: [...tags, ...closedTags(core)].map((tag) => ({
      vendor: tag.vendor ?? null,
      category: tag.category,
      url: tag.url,
      state: tag.state,
      why: explainTag(facts, tag),
    })),
    leaks,
    cookies: {denied: cookies, beforeChoice: [...recorder.cookiesBefore]},
    storage,
    timeline: timelineOf(core, recorder),
    notes: [...recorder.notes],
  });
}

/** The gate never hears of a tag that a mistake has closed: it has no address. */
function closedTags({settings, tags}: DebugCore): TagReport[] {
  return settings.vendors
    .filter(({id, isBroken}) => isBroken && tags.every(({vendor}) => vendor !== id))
    .map(({id, category}) => ({vendor: id, category, url: '', state: 'waiting'}));
}

/** The recorder knows when tags loaded, the gate when it had put them into the page. */
function timelineOf({tags}: DebugCore, {moments}: Recorder): AuditedMoment[] {
  const inserted = tags.flatMap(({vendor = '', category, url, insertedAt}): AuditedMoment[] =>
    insertedAt === undefined
      ? []
      : [{time: timeOf(insertedAt), kind: 'insert', vendor: vendor || null, category, url}],
  );
  // Sorting keeps the order of what happened in the same millisecond.
  return [...inserted, ...moments].sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter(Boolean).sort();
}

function freeze<T>(value: T): T {
  if (value && typeof value === 'object') Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
