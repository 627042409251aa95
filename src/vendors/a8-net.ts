/** A8.net affiliate measurement: its snippets differ by programme and stand in the page; disclosure, switch and sweep. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';

export const a8Net: VendorDefinition = {id: 'a8-net', category: 'advertising', cookies: ['_a8_*']};

export const a8NetDisclosure: VendorDisclosure = {
  name: 'A8.net',
  recipient: 'F@N Communications, Inc.',
  country: 'JP',
  transmits: ['cookie identifiers', 'IP address', 'device and browser', 'ad clicks', 'purchases'],
  purpose: 'measuring affiliate advertising',
  privacyUrl: 'https://www.fancs.com/privacy',
};

/** It has no opt-out page, now or in older policies. */
export const facts: VendorFacts = {
  csp: {
    'script-src': ['https://statics.a8.net'],
    'img-src': ['https://px.a8.net', 'https://*.a8.net'],
    'connect-src': ['https://*.a8.net'],
  },
  thirdPartyCookies: ['a8.net'],
  sells: true,
  confidence: 'medium',
  unverified: ['csp', 'cookieLifetimes', 'sells'],
  sources: ['public samples of the tag', 'archived vendor documentation'],
  checked: '2026-11-21',
};
