/** Google Analytics 4, through Google's tag. */
import type {
  VendorChanges,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorLeavings,
  VendorWindow,
} from '../config/types.js';
import {googleParameters, googleTag} from './google-tag.js';
import {actions, device, identifiers, ipAddress, measuringVisits, pageAddress} from './terms.js';

export {answers} from './google-tag.js';

export const definition: VendorDefinition = {
  ...googleTag,
  id: 'google-analytics',
  category: 'analytics',
  tagId: /^G-[A-Z0-9]{6,14}$/,
};

export const leavings: VendorLeavings = {
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
};

/** Sets the flag of each account: the page may have configured others beside that of the configuration. */
const disable = (isOff: boolean) => (window: VendorWindow, tagId: string) => {
  window[`ga-disable-${tagId}`] = isOff;
  for (const {0: command, 1: id} of (window['dataLayer'] as unknown[]).map(Object))
    if (command === 'config') window[`ga-disable-${id}`] = isOff;
};

export const changes: VendorChanges = {
  // The flag stops measuring but not the listeners of the script, so a withdrawal reloads as well.
  stop: disable(true),
  resume: disable(false),
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

/** With Google Signals on, it needs what Google Ads needs besides. */
export const facts: VendorFacts = {
  parameters: googleParameters,
  tagIdForm: googleAnalyticsTagId,
  csp: {
    'script-src': ['https://*.googletagmanager.com'],
    'img-src': ['https://*.google-analytics.com', 'https://*.googletagmanager.com'],
    'connect-src': [
      'https://*.google-analytics.com',
      'https://*.analytics.google.com',
      'https://*.googletagmanager.com',
    ],
  },
  confidence: 'high',
  unverified: ['sells'],
  sources: ['vendor documentation', 'Open Cookie Database', 'traces of live pages'],
  checked: '2026-11-21',
  cookieLifetimes: {
    _ga: '2 years',
    '_ga_*': '2 years',
    _gid: '24 hours',
    '_gat*': '1 minute',
    '_dc_gtm_*': '1 minute',
    _gali: '30 seconds',
    AMP_TOKEN: '30 seconds to 1 year',
    '__utm*': 'up to 2 years',
    FPID: 'up to 2 years',
  },
  callbacks: {
    "gtag('event', name, {event_callback})": 'the id of the tag',
    "gtag('config', id, {event_callback})": 'the id of the tag',
    "gtag('get', id, field, callback)": 'nothing',
  },
};
