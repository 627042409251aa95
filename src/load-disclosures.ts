/** What is disclosed of the vendors that the loader does not bring along: a file each, fetched where something is shown. */
import type {Vendor, VendorDisclosure} from './config/types.js';
import type {Load} from './load.js';

/** @returns by id; a vendor whose file does not come is left out, and shown by its id */
export async function loadDisclosures(
  vendors: readonly Vendor[],
  language: string,
  load: Load,
): Promise<Record<string, VendorDisclosure>> {
  const entries = vendors
    .filter(({definition}) => definition?.isStandIn || definition?.isLate)
    .map(({id}) =>
      load(`disclosures/${language}/${id}.js`).then(
        ({disclosure}) => [[id, disclosure]] as const,
        () => [],
      ),
    );
  return Object.fromEntries((await Promise.all(entries)).flat());
}
