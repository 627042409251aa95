/**
 * The rest of the vendors' stubs, which the loader has in their shortest form: the form in which calls stand in the list,
 * versions, methods that few pages call. For the vendors' files, and for `stubs.js`, which comes behind the tags.
 */
import type {VendorWindow} from '../config/types.js';
import {hold, type Stub} from './call-queue.js';

/** Completes what the page, or the loader, has put under a name. May be called again. */
export type CompleteStub = (window: VendorWindow) => void;

/** What differs between the vendors' functions. */
export interface StubForm {
  /** The field that the script sets to be called instead. Default: it replaces the function, or reads the list. */
  readonly takeover?: string;
  /** What stands in the list for a call. Default: its `arguments`. */
  readonly entry?: (call: IArguments) => unknown;
  /** Further fields, such as a version. */
  readonly fields?: object;
}

/** Gives a function its vendor's form, and the calls that it holds already. Entries of the page's own stub have it. */
export function completeStub(
  stub: Stub,
  queueOf: () => unknown[],
  {takeover = '', entry = (call) => call, fields = {}}: StubForm,
): void {
  for (const [name, value] of Object.entries(fields)) stub[name] ??= value;
  const queue = queueOf();
  if (Array.isArray(queue))
    queue.forEach((call, index) => {
      if (isArguments(call)) queue[index] = entry(call);
    });
  // The loader's own function looks there; one of the page's does not.
  stub['callMethod'] ??= function () {
    const instead = stub[takeover] as Stub | undefined;
    if (instead) instead.apply(stub, arguments as unknown as unknown[]);
    else hold(queueOf(), entry(arguments));
  };
}

/** Where the page, or the vendor's script, has put a function of its own, that says what is to be done with a call. */
export const isOurs = (stub: Stub) => /callMethod/.test(`${stub}`);

/** Takes the calls of a method out of a list: `['init', options]` becomes `[options]`. */
export function takeOut(queue: unknown[], ...methods: string[]): unknown[][] {
  const isOne = (call: unknown): call is string[] => Array.isArray(call) && methods.includes(call[0]);
  const calls = queue.filter(isOne);
  if (calls.length) queue.splice(0, queue.length, ...queue.filter((call) => !isOne(call)));
  return calls;
}

const isArguments = (call: unknown): call is IArguments =>
  Object.prototype.toString.call(call) === '[object Arguments]';
