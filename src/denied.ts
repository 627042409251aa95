/**
 * What only a page needs on which something is denied: answers for page code that waits for a denied vendor; the rest of the
 * stubs; whether denied vendors have left anything here, which is then swept; copies of the record that differ; mistakes that
 * keep a vendor closed. A file of its own, fetched behind the tags: who has allowed everything never downloads it. It grants
 * nothing and takes no grant back.
 */
import {attempt, guard} from './attempt.js';
import type {Core} from './choice.js';
import {categoriesOf} from './config/categories-of.js';
import {resolveLock} from './consent/grants.js';
import {answerCalls} from './gate/answer-calls.js';
import {findLeftovers} from './gate/find-leftovers.js';
import type {Owner} from './gate/tag-gate.js';

export interface DeniedModule {
  readonly lookAfter: typeof lookAfter;
  readonly answer: typeof answer;
}

/** @param tidy removes what is found; its code is only fetched where there is something */
export function lookAfter(core: Core, tidy: () => void): void {
  const {settings, jar, api, isHeld, look, load} = core;
  const {vendors} = settings;
  if (vendors.some(({url, definition}) => url && definition?.isStandIn && definition.queue))
    load('stubs.js').then(({completeStubs}) => completeStubs(vendors, guard), String);
  const [cookies, mirror] = jar.copies();
  const isUntidy =
    // Where nothing can be stored but cookies, as in a frame of another site, there is no mirror to be made.
    (cookies !== mirror && (/;/.test(cookies) || attempt(() => localStorage))) ||
    findLeftovers(settings, api.isGranted).length ||
    vendors.some(({isBroken}) => isBroken);
  // Where telling is enough, what vendors have left is theirs again in a moment.
  if (isUntidy && !isHeld() && !look().isUntold) tidy();
  answer(core);
}

/** Gates whose pages have been answered since. */
const answered = new WeakSet<object>();

/** Answers the page's calls to vendors that are not let in, from now on. May be called any number of times. */
export function answer({settings, gate, store, look, isHeld}: Core): void {
  if (answered.has(gate)) return;
  answered.add(gate);
  /** The visitor may still allow it: neither has it been refused, nor is it closed by anything else. */
  const isOpen = ({vendor = '', category}: Owner) =>
    !isHeld() &&
    !settings.vendors.some(({id, isBroken}) => id === vendor && isBroken) &&
    categoriesOf(category).every((name) => {
      const known = settings.categories.find(({id}) => id === name);
      const {record} = store;
      const word = record?.vendors[vendor] ?? record?.categories[name];
      return known && word !== 'denied' && !resolveLock(known, look());
    });
  answerCalls(settings, gate, isOpen);
}
