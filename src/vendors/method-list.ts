/** The kind of call queue that is a list with methods: `posthog.capture('event')` adds `['capture', 'event']` to it. */
import type {VendorWindow} from '../config/types.js';
import {hold} from './call-queue.js';

/** A list in memory, its methods and what else the vendor's script looks for on it. */
export type MethodList = unknown[] & Record<string, unknown>;

/** Puts a list under `name`, or takes the page's own, and adds the methods that it has not. @returns what is there */
export function installMethods(window: VendorWindow, name: string, methods: string): MethodList {
  const list = (window[name] ??= []) as MethodList;
  for (const method of methods.split(' ')) {
    list[method] ??= (...call: unknown[]) => {
      hold(list, [method, ...call]);
      return list;
    };
  }
  return list;
}

/** Calls what the list, or the script that has taken it over, has under `method`. */
export function callMethod(window: VendorWindow, name: string, method: string, ...options: unknown[]): void {
  (window[name] as Record<string, (...call: unknown[]) => void>)[method]?.(...options);
}
