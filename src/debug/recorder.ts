/**
 * Watches the page from the moment in which it is asked to: changes of the grants, tags that load or fail, requests, and
 * the cookies that were there first. Reads only. Whatever a browser withholds is missing and noted, never an exception.
 */

import {attempt} from '../attempt.js';
import type {ConsentEvents} from '../consent/change-event.js';
import type {ConsentState, Grant} from '../consent/grants.js';
import type {ConsentRecord} from '../consent/record.js';
import {ownDocument} from '../own-document.js';
import {readCookies} from '../read-cookies.js';
import type {AuditedMoment, DebugCore} from './contract.js';
import {grantOf, isoOf} from './explain.js';

/** A request as the browser remembers it. Times are those of `performance.now()`. */
export interface SeenRequest {
  readonly url: string;
  readonly startTime: number;
  readonly initiator: string;
}

export interface Recorder {
  /** The choice that was stored already, and what happened since; oldest first. */
  readonly moments: readonly AuditedMoment[];
  readonly requests: () => readonly SeenRequest[];
  /** Whether it is known that one of these ids was denied at that time. */
  readonly wasDenied: (ids: readonly string[], time: number) => boolean;
  /** Names of the cookies that were there when nobody had decided. */
  readonly cookiesBefore: readonly string[];
  readonly notes: readonly string[];
  /** Calls `listener` whenever there may be something new. @returns unsubscribe */
  readonly subscribe: (listener: () => void) => () => void;
}

/** How many requests a browser remembers on its own, https://w3c.github.io/resource-timing/#extensions-performance-interface. */
const REMEMBERED = 250;

/** @returns ISO 8601 for a time of `performance.now()` */
export function timeOf(time: number): string {
  return isoOf((performance.timeOrigin || Date.now() - performance.now()) + time);
}

/** @returns the categories and vendors that the record names with this grant */
export function namesIn({categories, vendors}: ConsentRecord, grant: Grant): string[] {
  return [categories, vendors].flatMap((list) => Object.keys(list).filter((id) => list[id] === grant));
}

/** One recorder watches the page, whoever asks. */
const recorders = new WeakMap<object, Recorder>();

export function recorderOf(core: DebugCore): Recorder {
  const found = recorders.get(core.api) ?? createRecorder(core);
  recorders.set(core.api, found);
  return found;
}

export function createRecorder({store, settings}: Pick<DebugCore, 'store' | 'settings'>): Recorder {
  const moments: AuditedMoment[] = [];
  const notes: string[] = [];
  const requests = new Map<string, SeenRequest>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  /** What was granted from when on. Of the time before, it is known only when the last choice was made. */
  const states: (readonly [since: number, state: ConsentState])[] = [[performance.now(), store.state]];

  const {record} = store;
  if (record)
    moments.push({
      time: isoOf(record.decidedAt * 1000),
      kind: 'record',
      source: record.source,
      granted: namesIn(record, 'granted'),
      revoked: namesIn(record, 'denied'),
    });

  ownDocument.addEventListener('consent-change', ({state, granted, revoked, source}) => {
    // An event of that name may be anybody's.
    if (!Array.isArray(granted) || !Array.isArray(revoked)) return;
    const time = performance.now();
    states.push([time, state]);
    moments.push({
      time: timeOf(time),
      kind: 'decision',
      source,
      granted: [...granted],
      revoked: [...revoked],
    });
    tell();
  });
  const hear =
    (kind: 'load' | 'error') =>
    ({vendor = '', category, url}: ConsentEvents['consent-vendor-load']) => {
      moments.push({time: timeOf(performance.now()), kind, vendor: vendor || null, category, url});
      tell();
    };
  ownDocument.addEventListener('consent-vendor-load', hear('load'));
  ownDocument.addEventListener('consent-vendor-error', hear('error'));

  const collect = (entries: readonly PerformanceEntry[]) => {
    for (const {name, startTime, initiatorType = ''} of entries as PerformanceResourceTiming[])
      requests.set(`${startTime} ${name}`, {url: name, startTime, initiator: initiatorType});
  };
  const known = attempt(() => performance.getEntriesByType('resource'));
  collect(known ?? []);
  const isObserved = attempt(() => {
    new PerformanceObserver((list) => {
      collect(list.getEntries());
      tell();
    }).observe({type: 'resource', buffered: true});
    return true;
  });
  if (!known || !isObserved) notes.push('This browser does not list all requests: leaks may be missing.');
  else if (known.length >= REMEMBERED)
    notes.push('The browser may have forgotten requests from before this was loaded: leaks may be missing.');

  const names = store.state.decided ? [] : readCookies().map(([name]) => name as string);

  return {
    moments,
    notes,
    requests: () => {
      collect(attempt(() => performance.getEntriesByType('resource')) ?? []);
      return [...requests.values()].sort((a, b) => a.startTime - b.startTime);
    },
    wasDenied(ids, time) {
      const [since, state] =
        states.filter(([start]) => start <= time).at(-1) ?? (states[0] as (typeof states)[0]);
      const isDenied = ids.some((id) => grantOf(state, id) === 'denied');
      if (!isDenied || since <= time) return isDenied;
      // `decidedAt` has the second only: the rest of it is no evidence.
      const decided = ((state.decidedAt ?? 0) + 1) * 1000 - performance.timeOrigin;
      return time > decided;
    },
    cookiesBefore: [...new Set(names)].filter((name) => name && name !== settings.cookie.name),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
