/**
 * The vendors' own call queues before their scripts have come: functions and lists in memory that page code may call. Each is
 * what the vendor's own snippet puts into a page and nothing more, so that a page that asks whether the vendor is there gets
 * the answer that it would get without us.
 */
import type {VendorWindow} from '../config/types.js';

/** Calls that a stub holds for its vendor before the visitor has chosen. Those that come later are forgotten. */
const MAX_CALLS = 1000;

/** A vendor's script has read the queue: its `push` is its own. */
export const isTakenOver = (queue: unknown[]) => Object.hasOwn(queue, 'push');

/** Adds a call to a queue in memory, as long as there is room. A vendor's own queue, which may be no list, takes it. */
export function hold(queue: unknown[], call: unknown): void {
  if (!(queue.length >= MAX_CALLS) || isTakenOver(queue)) queue.push(call);
}

/** Lets `tell` speak first: what it adds to the queue stands before what the page has called already. */
export function ahead(queue: unknown[], tell: () => void): void {
  const queued = queue.splice(0);
  tell();
  queue.push(...queued);
}

/** A function with a list of the calls that nobody has heard, or that list with a method for each command. */
export interface Stub {
  (...command: unknown[]): unknown;
  [field: string]: unknown;
}

/**
 * Puts a stub in place, unless the page has one there, which is then given what it lacks.
 * @param form see `VendorDefinition.queue`
 * @returns the list of the calls
 */
export function installStub(window: VendorWindow, form: string): unknown[] {
  const [path, list, ...methods] = form.split(' ') as [path: string, list?: string];
  const [first, name] = path.split('.') as [first: string, name?: string];
  const owner = (name ? own(window, first, {}) : window) as VendorWindow;
  const make = list
    ? function () {
        // Scripts set this to be called instead; of those that set another field, the vendor's file sees to it.
        if (stub['callMethod']) (stub['callMethod'] as Stub)(...arguments);
        else hold(queue(), arguments);
      }
    : [];
  const stub = own(owner, name ?? first, make) as Stub;
  const queue = () => (list ? own(list[0] === 'q' ? stub : window, list, []) : stub) as unknown[];
  for (const method of methods) stub[method] ??= (...call: unknown[]) => hold(queue(), [method, ...call]);
  return queue();
}

/** @returns what stands there, or else `made`. An element or a frame of that name is found there too, and is nobody's own. */
function own(owner: object, name: string, made: unknown): unknown {
  const fields = owner as Record<string, unknown>;
  return (Object.hasOwn(owner, name) && fields[name]) || (fields[name] = made);
}
