/** A8.net affiliate measurement: its snippets differ by programme and stand in the page; disclosure, switch and sweep. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';

export const a8Net: VendorDefinition = {id: 'a8-net', category: 'advertising', cookies: ['_a8_*']};

export const a8NetDisclosure: VendorDisclosure = {
  name: 'A8.net',
  recipient: 'F@N Communications, Inc.',
  country: 'JP',
  transmits: ['cookie identifiers', 'IP address', 'device and browser', 'ad clicks', 'purchases'],
  purpose: 'measuring affiliate advertising',
  privacyUrl: 'https://www.fancs.com/privacy',
};
