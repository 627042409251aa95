/** What the command line knows of vendors: all that there is to know of every one. */
import type {Known} from '../diagnostics/find-contradictions.js';
import {type CatalogueVendor, vendors} from '../vendors/catalogue.js';

/** @returns what is known of a vendor; nothing, of one of the site's own */
export function findVendor(id: unknown): CatalogueVendor | undefined {
  return vendors.find(({definition}) => definition.id === id);
}

/** As the diagnostics take it. In a page they know the vendors of the loader, and of the others only that there are such. */
export const known: Known = {
  catalogue: vendors.map(({definition}) => definition),
  tagIdForms: Object.fromEntries(
    vendors.flatMap(({definition: {id}, facts: {tagIdForm}}) => (tagIdForm ? [[id, tagIdForm]] : [])),
  ),
};
