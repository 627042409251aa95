/**
 * Criteo OneTag: retargeting. The page says what it shows (`viewItem`, …) and for what kind of device. Consent it knows from
 * IAB's TCF alone.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {ahead} from './call-queue.js';
import {
  advertising,
  cookies13Months,
  device,
  hashedContact,
  identifiers,
  ipAddress,
  pageAddress,
  productsViewed,
  purchases,
} from './terms.js';

export const definition: VendorDefinition = {
  id: 'criteo',
  category: 'advertising',
  tagId: /^\d{4,7}$/,
  src: (tagId) => `https://dynamic.criteo.com/js/ld/ld.js?a=${tagId}`,
  // Copies in `localStorage` have the names of their cookies. `cto_optout` is the visitor's own refusal.
  cookies: ['cto_bundle', 'cto_bidid', 'cto_dna_bundle', 'cto_tld_test'],
  queue: 'criteo_q',
  start(window, tagId) {
    const queue = window['criteo_q'] as unknown[];
    ahead(queue, () => queue.push({event: 'setAccount', account: Number(tagId)}));
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Criteo', ja: 'Criteo（クリテオ）', ru: 'Criteo'},
  recipient: {en: 'Criteo S.A.', ja: 'Criteo株式会社（親会社 Criteo S.A.）', ru: 'Criteo S.A.'},
  country: 'FR',
  transmits: [pageAddress, identifiers, ipAddress, device, productsViewed, purchases, hashedContact],
  purpose: advertising,
  retention: cookies13Months,
  privacyUrl: 'https://www.criteo.com/privacy/',
  optOutUrl: 'https://www.criteo.com/privacy/disable-criteo-services-on-internet-browsers/',
};

export const facts: VendorFacts = {
  tagIdForm: '12345',
  csp: {
    'script-src': [
      'https://dynamic.criteo.com',
      'https://static.criteo.net',
      'https://sslwidget.criteo.com',
      'https://widget.criteo.com',
    ],
    'img-src': ['https://*.criteo.com', 'https://*.criteo.net'],
    'connect-src': ['https://*.criteo.com'],
    // Regional hosts (`fledge.<region>.criteo.com`) come on top.
    'frame-src': ['https://gum.criteo.com', 'https://dis.criteo.com'],
  },
  thirdPartyCookies: ['criteo.com', 'criteo.net', 'dnacdn.net'],
  sells: true,
  confidence: 'medium',
  unverified: ['setAccount in a call of its own'],
  sources: ['public samples of the tag', 'Prebid\u2019s module for Criteo', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {cto_bundle: '13 months'},
};
