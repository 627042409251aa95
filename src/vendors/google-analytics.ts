/** Google Analytics 4, through Google's tag. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';
import {gtagUrl, installGtag, startGtag} from './google-tag.js';

export const googleAnalytics: VendorDefinition = {
  id: 'google-analytics',
  category: 'analytics',
  tagId: {pattern: /^G-[A-Z0-9]{6,14}$/, expected: 'G-XXXXXXX'},
  src: gtagUrl,
  script: 'google-tag',
  consentMode: true,
  cookies: [
    '_ga',
    '_ga_*',
    '_gid',
    '_gat',
    '_gat_*',
    '_dc_gtm_*',
    '_gali',
    'AMP_TOKEN',
    'FPID',
    'FPLC',
    '__utm?',
  ],
  install: installGtag,
  start: startGtag,
  // The flag stops measuring but not the listeners of the script, so a withdrawal reloads as well.
  stop: (window, tagId) => {
    window[`ga-disable-${tagId}`] = true;
  },
  resume: (window, tagId) => {
    window[`ga-disable-${tagId}`] = false;
  },
};

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
