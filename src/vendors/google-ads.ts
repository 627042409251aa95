/** Google Ads conversions and remarketing, through Google's tag. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';
import {googleTag} from './google-tag.js';
import {adClicks, advertising, device, identifiers, ipAddress, pageAddress, purchases} from './terms.js';

export const definition: VendorDefinition = {
  ...googleTag,
  id: 'google-ads',
  category: 'advertising',
  tagId: /^AW-\d{6,12}$/,
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
