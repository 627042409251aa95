/** Google Ads conversions and remarketing, through Google's tag. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorLeavings} from '../config/types.js';
import {googleParameters, googleTag} from './google-tag.js';
import {adClicks, advertising, device, identifiers, ipAddress, pageAddress, purchases} from './terms.js';

export {answers} from './google-tag.js';

export const definition: VendorDefinition = {
  ...googleTag,
  id: 'google-ads',
  category: 'advertising',
  tagId: /^AW-\d{6,12}$/,
};

export const leavings: VendorLeavings = {
  cookies: ['_gcl_*', '_gac_*', 'FPAU', 'FPGCL*'],
};

export const googleAdsTagId = 'AW-123456789';

export const disclosure: VendorDisclosure = {
  name: {en: 'Google Ads', ja: 'Google広告'},
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, purchases],
  purpose: advertising,
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://myadcenter.google.com/',
};

export const facts: VendorFacts = {
  parameters: googleParameters,
  tagIdForm: googleAdsTagId,
  csp: {
    'script-src': [
      'https://*.googletagmanager.com',
      'https://www.googleadservices.com',
      'https://www.google.com',
      'https://pagead2.googlesyndication.com',
      'https://googleads.g.doubleclick.net',
    ],
    // Google asks for its domain of each country that visitors come from.
    'img-src': [
      'https://*.googletagmanager.com',
      'https://*.g.doubleclick.net',
      'https://www.googleadservices.com',
      'https://pagead2.googlesyndication.com',
      'https://google.com',
      'https://*.google.com',
      'https://www.google.co.jp',
    ],
    'connect-src': [
      'https://*.googletagmanager.com',
      'https://*.g.doubleclick.net',
      'https://www.googleadservices.com',
      'https://pagead2.googlesyndication.com',
      'https://google.com',
      'https://*.google.com',
      'https://www.google.co.jp',
    ],
    'frame-src': ['https://www.googletagmanager.com'],
  },
  thirdPartyCookies: ['doubleclick.net', 'google.com', 'googleadservices.com'],
  sells: true,
  confidence: 'high',
  sources: ['vendor documentation', 'Open Cookie Database', 'traces of live pages'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'https://www.google.com/settings/ads',
    status: 'renamed',
    checked: '2026-11-21',
  },
  cookieLifetimes: {'_gcl_*': '90 days', '_gac_*': '90 days', FPAU: '90 days', 'FPGCL*': '90 days'},
  callbacks: {
    "gtag('event', name, {event_callback})": 'the id of the tag',
    "gtag('config', id, {event_callback})": 'the id of the tag',
    "gtag('get', id, field, callback)": 'nothing',
  },
};
