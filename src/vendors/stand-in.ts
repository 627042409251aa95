/**
 * In place of a vendor whose file comes with its grant: its category, and the vendor's own stub, where it documents one.
 * What page code calls stands in the stub's own list, ahead of which `gate/attend.ts` has the vendor's first calls made once
 * it is granted.
 */
import type {VendorDefinition} from '../config/types.js';
import {installStub} from './call-queue.js';

/** @param row `id queue`, or `id* queue` where its script needs no id; `queue` as in `VendorDefinition` */
export function createStandIn(category: string, row: string): VendorDefinition {
  const [, id, address, queue] = /^([\w-]+)(\*)? ?(.*)/.exec(row) as unknown as string[];
  return {
    id: id as string,
    category,
    queue: queue as string,
    isStandIn: true,
    // Its address is not known yet, only whether there is one.
    src: (tagId) => tagId || (address as string),
    install: (window) => queue && installStub(window, queue),
  };
}
