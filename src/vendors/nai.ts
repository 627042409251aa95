/** Network Advertising Initiative: no tag of its own; its members' opt-out page is disclosed. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';

export const nai: VendorDefinition = {id: 'nai', category: 'advertising'};

export const naiDisclosure: VendorDisclosure = {
  name: 'Network Advertising Initiative (NAI)',
  recipient: 'members of the NAI',
  country: 'US',
  transmits: ['depends on the member'],
  purpose: 'opting out of all members at once',
  optOutUrl: 'https://optout.networkadvertising.org/',
};

export const facts: VendorFacts = {
  sells: true,
  confidence: 'high',
  sources: ['links in current privacy policies'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'http://www.networkadvertising.org/managing/opt_out.asp',
    status: 'renamed',
    checked: '2026-11-21',
  },
};
