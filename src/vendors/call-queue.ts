/** Calls that a stub holds for its vendor before the visitor has chosen. Those that come later are forgotten. */
const MAX_CALLS = 1000;

/** Adds a call to a queue in memory, as long as there is room. A vendor's own queue, which may be no list, takes it. */
export function hold(queue: unknown[], call: unknown): void {
  if (!(queue.length >= MAX_CALLS)) queue.push(call);
}
