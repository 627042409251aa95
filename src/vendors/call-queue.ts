/** The vendors' own call queues: functions and lists in memory that page code may call before the script has come. */
import type {VendorWindow} from '../config/types.js';

/** Calls that a stub holds for its vendor before the visitor has chosen. Those that come later are forgotten. */
const MAX_CALLS = 1000;

/** Adds a call to a queue in memory, as long as there is room. A vendor's own queue, which may be no list, takes it. */
export function hold(queue: unknown[], call: unknown): void {
  if (!(queue.length >= MAX_CALLS)) queue.push(call);
}

/** Lets `tell` speak first: what it adds to the queue stands before what the page has called already. */
export function ahead(queue: unknown[], tell: () => void): void {
  const queued = queue.splice(0);
  tell();
  queue.push(...queued);
}

/** A function with a list of the calls that nobody has heard. */
export interface Stub {
  (...command: unknown[]): unknown;
  [field: string]: unknown;
}

/** What differs between the vendors' functions. */
export interface StubForm {
  /** The field that is the list. Default `"queue"`. */
  readonly queue?: string;
  /** The field that the script sets to be called instead. Default: it replaces the function, or reads the list. */
  readonly takeover?: string;
  /** What stands in the list for a call. Default: its `arguments`. */
  readonly entry?: (call: IArguments) => unknown;
  /** Further fields, such as a version. */
  readonly fields?: object;
}

/** Puts a function that queues its calls under `name`, unless the page has one there. @returns what is there */
export function installStub(
  window: VendorWindow,
  name: string,
  {queue = 'queue', takeover = '', entry = (call) => call, fields}: StubForm = {},
): Stub {
  const stub = (window[name] ??= Object.assign(function () {
    const instead = stub[takeover];
    if (typeof instead === 'function') instead.apply(stub, arguments);
    else hold(stub[queue] as unknown[], entry(arguments));
  }, fields)) as Stub;
  stub[queue] ??= [];
  return stub;
}
