/** The common way in which vendors take a function that a page waits for: behind the other arguments of a call. */
import type {AwaitedFunction, QueuedCall} from '../config/types.js';

/** @returns the last function among the arguments of a command whose name is awaited */
export function functionAmong(
  call: QueuedCall,
  isAwaited: RegExp,
  answer: Omit<AwaitedFunction, 'path'> = {},
): AwaitedFunction | undefined {
  const values = Array.from(call as unknown as ArrayLike<unknown>);
  const index = values.map((value) => typeof value).lastIndexOf('function');
  return index > 0 && isAwaited.test(`${values[0]}`) ? {...answer, path: [index]} : undefined;
}
