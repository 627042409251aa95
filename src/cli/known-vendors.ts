/** What the command line knows of vendors, all of them: those of the loader and those in files of their own. */
import type {Known} from '../diagnostics/find-contradictions.js';
import {type CatalogueVendor, vendors} from '../vendors/catalogue.js';
import {catalogue} from '../vendors/index.js';
import {tagIdForms} from '../vendors/tag-ids.js';

/** @returns what is known of a vendor beside its tag; nothing, of one of the site's own */
export function findVendor(id: unknown): CatalogueVendor | undefined {
  return vendors.find(({definition}) => definition.id === id);
}

/** As the diagnostics take it. */
export const known: Known = {
  catalogue: [
    ...catalogue,
    ...vendors
      .map(({definition}) => definition)
      .filter(({id}) => !catalogue.some((loaded) => loaded.id === id)),
  ],
  tagIdForms: {
    ...Object.fromEntries(
      vendors.flatMap(({definition: {id}, facts: {tagIdForm}}) => (tagIdForm ? [[id, tagIdForm]] : [])),
    ),
    ...tagIdForms,
  },
};
