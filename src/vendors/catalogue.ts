/**
 * Every vendor that has a file here, with what is known of it. Written by `npm run vendors`: do not edit. For the command
 * line alone; no browser downloads it.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import * as xPixel from './x-pixel.js';

/** What the file of a vendor exports. */
export interface CatalogueVendor {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
  readonly facts: VendorFacts;
}

export const vendors: readonly CatalogueVendor[] = [xPixel];
