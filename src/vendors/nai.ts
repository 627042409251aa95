/** Network Advertising Initiative: no tag of its own; its members' opt-out page is disclosed. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';

export const nai: VendorDefinition = {id: 'nai', category: 'advertising'};

export const naiDisclosure: VendorDisclosure = {
  name: 'Network Advertising Initiative (NAI)',
  recipient: 'members of the NAI',
  country: 'US',
  transmits: ['depends on the member'],
  purpose: 'opting out of all members at once',
  optOutUrl: 'https://optout.networkadvertising.org/',
};
