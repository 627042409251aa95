/** Tells of the cookies too: what is known of them stands in a vendor's definition and facts, and nowhere else. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorLeavings} from '../config/types.js';

/** What the file of a vendor exports. */
interface VendorModule {
  readonly definition: Pick<VendorDefinition, 'cookies'>;
  readonly disclosure: VendorDisclosure;
  readonly facts?: VendorFacts;
  readonly leavings?: VendorLeavings | undefined;
}

/** @returns the vendor's disclosure with the names of its cookies, and how long each lives */
export function withCookies({definition, disclosure, facts, leavings}: VendorModule): VendorDisclosure {
  const names = Object.fromEntries(
    [definition.cookies ?? [], leavings?.cookies ?? []].flat().map((name) => [name, '']),
  );
  return {...disclosure, cookieLifetimes: {...names, ...facts?.cookieLifetimes}};
}
