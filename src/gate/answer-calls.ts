/**
 * Answers the page in the place of vendors that are not let in: a function that a call hands over, and that the page waits
 * for, is called as the vendor calls it where it fails. Nothing is sent. It is called once: whoever comes later, the vendor or
 * this, finds that it has been answered. Part of `denied.js`: where everything is granted, vendors answer themselves.
 */

import {attempt, guard} from '../attempt.js';
import type {AwaitedFunction, QueuedCall, Settings, VendorAnswers} from '../config/types.js';
import {ownDocument} from '../own-document.js';
import {answers} from '../vendors/answers.js';
import {ownerOf} from './markup-tags.js';
import type {Owner, TagGate} from './tag-gate.js';

/** Milliseconds that a page waits for a vendor about which the visitor has not answered, unless the call says otherwise. */
const PATIENCE = 500;

/** Calls that a list may hold, short of what stubs fill it to (`MAX_CALLS` of `vendors/call-queue.ts`). */
const ROOM = 900;

type Queue = Record<string, unknown> & {push: (...calls: unknown[]) => unknown; told?: number};
type Awaited = (...values: unknown[]) => unknown;

/** Somebody who would answer. */
interface Answerer extends Owner {
  readonly id: string | undefined;
  /** The tag's id and its address, or its code. */
  readonly text: string;
}

/** A function that nobody has called yet. */
interface Waiting {
  readonly answerers: readonly Answerer[];
  readonly answer: () => void;
}

/**
 * Answers what stands in the queues of vendors that are not let in, and what is called from now on.
 * @param isOpen whether the visitor may still be asked about it: the answer then waits for the call's own time
 */
export function answerCalls(
  {vendors}: Settings,
  {running, isOwnerGranted}: Pick<TagGate, 'running' | 'isOwnerGranted'>,
  isOpen: (owner: Owner) => boolean,
): void {
  const waiting = new Set<Waiting>();
  /** Functions that call the page's own at most once. */
  const wrapped = new WeakSet<Awaited>();
  /** Calls that have been looked at. */
  const seen = new WeakSet<object>();
  const hooks = new WeakSet<Awaited>();

  const entryOf = ({vendor, category}: Owner) =>
    [...running.values()].find(({owner}) => owner.vendor === vendor && owner.category === category);
  /** It is let in, or will be in a moment: what it is called for is its own. */
  const isHeard = (owner: Owner) => isOwnerGranted(owner) || !!entryOf(owner)?.isOn;

  const mayHear = (owner: Owner) => isHeard(owner) || isOpen(owner);

  /** Those whose queue it is: declared vendors, and tags that the author has marked up. */
  function answerersOf(form: VendorAnswers): Answerer[] {
    const markup = [...ownDocument.querySelectorAll<HTMLElement>('script[data-consent]')];
    return [
      ...vendors.map(({id, category, tagId, url}) => ({id, vendor: id, category, text: `${tagId} ${url}`})),
      ...markup.map((element) => {
        const {dataset, textContent} = element;
        const text = `${element.getAttribute('src')} ${dataset['src']} ${textContent}`;
        return {...ownerOf(element), id: dataset['vendor'], text};
      }),
    ].filter(({id, text}) => answers[`${id}`] === form || form.script.test(text));
  }

  /** @returns those of them that the call is for; all where it names none of theirs */
  function addressed(all: readonly Answerer[], to: readonly string[] = []): readonly Answerer[] {
    const found = all.filter(({id, text}) => to.some((name) => name === id || text.includes(name)));
    return found.length ? found : all;
  }

  /** @returns the call as its vendor is to find it, later or never */
  function look(form: VendorAnswers, call: unknown, isOthers: boolean): unknown {
    if (Object(call) !== call || seen.has(call as object)) return call;
    seen.add(call as object);
    const found = form.find(call as QueuedCall);
    const awaited = found && valueAt(call, found.path);
    if (typeof awaited !== 'function' || wrapped.has(awaited as Awaited)) return call;
    const answerers = addressed(answerersOf(form), found?.to);
    if (!answerers.length || answerers.some(isHeard)) return call;
    const once = wait(found as AwaitedFunction, awaited as Awaited, answerers, isOthers);
    const copy = withValueAt(call, (found as AwaitedFunction).path, once) as object;
    seen.add(copy);
    return copy;
  }

  function wait(
    {values, self, timeout, isListener}: AwaitedFunction,
    awaited: Awaited,
    answerers: readonly Answerer[],
    isOthers: boolean,
  ): Awaited {
    let isAnswered = false;
    const once: Awaited = function (this: unknown, ...given) {
      if (isAnswered && !isListener) return undefined;
      isAnswered = true;
      waiting.delete(entry);
      return awaited.apply(this, given);
    };
    const entry: Waiting = {
      answerers,
      answer() {
        if (!isAnswered) guard(() => once.apply(self, [...(values?.(tagIdOf(answerers)) ?? [])]));
      },
    };
    wrapped.add(once);
    // Whoever has taken the queue over answers first, if at all.
    if (!isOthers) waiting.add(entry);
    const isDue = !isOthers && !answerers.some(isOpen);
    setTimeout(entry.answer, isDue ? 0 : Number(timeout ?? PATIENCE) || 0);
    return once;
  }

  const tagIdOf = (answerers: readonly Answerer[]) =>
    vendors.find(({id}) => answerers.some((answerer) => answerer.id === id))?.tagId ?? '';

  /** Comes between a queue and those who call it. */
  function hook(queue: Queue, form: VendorAnswers): void {
    const {push} = queue;
    if (hooks.has(push)) return;
    const held: unknown[] = Array.isArray(queue) ? queue : [];
    const isTakenOver = Object.hasOwn(queue, 'push') || !Array.isArray(queue);
    const isRead = answerersOf(form).some(entryOf) && (isTakenOver || !form.takesPush);
    for (const [index, call] of held.entries()) {
      if (isRead) seen.add(Object(call));
      else attempt(() => (held[index] = look(form, call, isTakenOver)));
    }
    const between: Awaited = function (this: unknown, ...calls) {
      // A script that has taken the queue over since keeps a copy of this for its own use.
      const isPassedOn = !isTakenOver && Object.hasOwn(queue, 'push');
      if (!isTakenOver && !isPassedOn && held.length > ROOM && !answerersOf(form).some(mayHear))
        // Nobody is to hear it any more: it makes room for calls that page code waits for.
        held.splice(queue.told ?? 0, 1);
      const looked = isPassedOn
        ? calls
        : calls.map((call) => attempt(() => [look(form, call, isTakenOver)])?.[0] ?? call);
      return push.apply(this as Queue, looked);
    };
    hooks.add(between);
    // A list's own `push` is what tells that a script has taken it over: here it is given another one to inherit.
    if (isTakenOver) queue.push = between;
    else
      Object.setPrototypeOf(
        queue,
        Object.create(Object.getPrototypeOf(queue), {push: {value: between, writable: true}}),
      );
  }

  function lookAround(): void {
    for (const form of new Set(Object.values(answers))) {
      for (const path of form.lists) {
        const queue = valueAt(window, path.split('.')) as Queue | undefined;
        if (typeof queue?.push === 'function' && answerersOf(form).length) attempt(() => hook(queue, form));
      }
    }
  }

  /** Nobody need wait any longer for what has been refused meanwhile. */
  function hurry(): void {
    for (const {answerers, answer} of waiting) {
      if (!answerers.some(mayHear)) setTimeout(answer);
    }
  }

  lookAround();
  // The page, or a script that has just come, may have put another queue in its place.
  for (const type of ['consent-change', 'consent-vendor-load', 'DOMContentLoaded'])
    ownDocument.addEventListener(type, lookAround);
  ownDocument.addEventListener('consent-change', hurry);
  addEventListener('load', lookAround);
  for (const type of ['click', 'submit']) addEventListener(type, () => setTimeout(lookAround), true);
}

/** What stands at that place, however little of the way there is. */
function valueAt(call: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((place, name) => Object(place)[name], call);
}

/** @returns a copy with that value; `arguments` are changed themselves, since Google takes no list for them */
function withValueAt(call: unknown, [name, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (name === undefined) return value;
  const copy =
    `${call}` === '[object Arguments]' ? call : Array.isArray(call) ? [...call] : {...Object(call)};
  copy[name] = withValueAt(copy[name], rest, value);
  return copy;
}
