/** Google Analytics 4, through Google's tag. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';
import {googleTag} from './google-tag.js';

export const googleAnalytics: VendorDefinition = {
  ...googleTag,
  id: 'google-analytics',
  category: 'analytics',
  tagId: /^G-[A-Z0-9]{6,14}$/,
  cookies: [
    '_ga',
    '_ga_*',
    '_gid',
    '_gat*',
    '_gali',
    '_dc_gtm_*',
    '__utm*',
    'AMP_TOKEN',
    // Those of a container on the site's own server.
    'FPID',
    'FPLC',
    'FPGSID',
  ],
  // The flag stops measuring but not the listeners of the script, so a withdrawal reloads as well.
  stop: (window, tagId) => {
    window[`ga-disable-${tagId}`] = true;
  },
  resume: (window, tagId) => {
    window[`ga-disable-${tagId}`] = false;
  },
};

export const googleAnalyticsTagId = 'G-XXXXXXX';

export const googleAnalyticsDisclosure: VendorDisclosure = {
  name: 'Google Analytics',
  recipient: 'Google LLC',
  country: 'US',
  transmits: [
    'page address and referrer',
    'cookie identifiers',
    'IP address',
    'device and browser',
    'actions on the site',
  ],
  purpose: 'measuring visits',
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://tools.google.com/dlpage/gaoptout',
};
