/** Google Ads conversions and remarketing, through Google's tag. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';
import {googleTag} from './google-tag.js';

export const googleAds: VendorDefinition = {
  ...googleTag,
  id: 'google-ads',
  category: 'advertising',
  tagId: /^AW-\d{6,12}$/,
  cookies: ['_gcl_*', '_gac_*', 'FPAU', 'FPGCL*'],
};

export const googleAdsTagId = 'AW-123456789';

export const googleAdsDisclosure: VendorDisclosure = {
  name: 'Google Ads',
  recipient: 'Google LLC',
  country: 'US',
  transmits: [
    'page address and referrer',
    'cookie identifiers',
    'IP address',
    'device and browser',
    'ad clicks',
    'purchases',
  ],
  purpose: 'targeting and measuring advertising',
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://myadcenter.google.com/',
};
