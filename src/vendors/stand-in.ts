/**
 * In place of a vendor whose file comes with its grant: its category, and a function under the name that page code calls.
 * Whatever is called there (`ttq.track()`, `_paq.push()`, `googletag.cmd.push()`) is held in memory; `gate/attend.ts`
 * makes the calls again, in order, once the vendor's own stub is there.
 */
import type {StandIn} from '../config/types.js';
import {hold} from './call-queue.js';

/** @param row `id queue *`: `queue` where page code calls the vendor, `*` where its script needs no id */
export function createStandIn(category: string, row: string): StandIn {
  const [id, queue, address] = row.split(' ') as [string, string, string];
  const held: StandIn['held'] = [];
  const record = (path: readonly string[]): object =>
    new Proxy(() => {}, {
      apply: (_, __, values) => hold(held, [path, values]),
      // Nobody may take it for a promise.
      get: (_, name) => (typeof name === 'string' && name !== 'then' ? record([...path, name]) : undefined),
    });
  const stub = record([]);
  return {
    id,
    category,
    queue,
    held,
    stub,
    // Its address is not known yet, only whether there is one.
    src: (tagId) => tagId || address,
    install: (window) => queue && (window[queue] ??= stub),
    drop: () => held.splice(0),
  };
}
