/** The kind of call queue that is a list with methods: `posthog.capture('event')` adds `['capture', 'event']` to it. */
import type {VendorWindow} from '../config/types.js';
import {hold} from './call-queue.js';

/** A list in memory, its methods and what else the vendor's script looks for on it. */
export type MethodList = unknown[] & Record<string, unknown>;

/**
 * Adds the methods that the list has not.
 * @param chained of a vendor whose methods give back the list: also in place of the loader's, which give back nothing
 */
export function addMethods(list: MethodList, methods: string, chained = false): void {
  for (const method of methods.split(' ')) {
    const call = (...command: unknown[]) => {
      hold(list, [method, ...command]);
      return chained ? list : undefined;
    };
    if (chained) list[method] = call;
    else list[method] ??= call;
  }
}

/** Calls what the list, or the script that has taken it over, has under `method`. */
export function callMethod(window: VendorWindow, name: string, method: string, ...options: unknown[]): void {
  (window[name] as Record<string, (...call: unknown[]) => void>)[method]?.(...options);
}
