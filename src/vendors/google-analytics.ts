/** Google Analytics 4, through Google's tag. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';
import {googleTag} from './google-tag.js';
import {actions, device, identifiers, ipAddress, measuringVisits, pageAddress} from './terms.js';

export const definition: VendorDefinition = {
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

export const disclosure: VendorDisclosure = {
  name: {en: 'Google Analytics', ja: 'Googleアナリティクス'},
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, actions],
  purpose: measuringVisits,
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://tools.google.com/dlpage/gaoptout',
};
