/** Google Maps: frames that the author marks up, and its script where a key is given. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {cookies13Months, device, identifiers, ipAddress, mapUse, pageAddress, showingMaps} from './terms.js';

export const definition: VendorDefinition = {
  id: 'google-maps',
  category: 'functional',
  tagId: /^(AIza[\w-]{35})?$/,
  src: (tagId) => tagId && `https://maps.googleapis.com/maps/api/js?key=${tagId}`,
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Google Maps', ja: 'Google マップ', ru: 'Google Карты'},
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, ipAddress, identifiers, device, mapUse],
  purpose: showingMaps,
  retention: cookies13Months,
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://myadcenter.google.com/',
};

export const facts: VendorFacts = {
  tagIdForm: 'AIzaEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXA',
  csp: {
    'frame-src': ['https://www.google.com'],
    'script-src': ['https://maps.googleapis.com', 'https://*.gstatic.com', 'https://*.google.com'],
    'img-src': [
      'https://*.googleapis.com',
      'https://*.gstatic.com',
      'https://*.google.com',
      'https://*.googleusercontent.com',
      'data:',
      'blob:',
    ],
    'connect-src': [
      'https://*.googleapis.com',
      'https://*.google.com',
      'https://*.gstatic.com',
      'data:',
      'blob:',
    ],
    'font-src': ['https://fonts.gstatic.com'],
    'style-src': ['https://fonts.googleapis.com'],
  },
  thirdPartyCookies: ['google.com'],
  confidence: 'medium',
  unverified: ['sells'],
  sources: ['vendor documentation', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {NID: '6 to 13 months', '__Secure-ENID': '6 to 13 months', SOCS: '6 to 13 months'},
};
