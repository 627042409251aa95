/**
 * Google Tag Manager. A container may hold anything, so it belongs to the strictest category unless the site knows better.
 */
import type {VendorChanges, VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {googleParameters, installGtag, tellGoogle} from './google-tag.js';
import {device, ipAddress, managingTags, pageAddress} from './terms.js';

export {answers} from './google-tag.js';

export const definition: VendorDefinition = {
  id: 'google-tag-manager',
  category: 'advertising',
  tagId: /^GTM-[A-Z0-9]{4,10}$/,
  src: (tagId) => `https://www.googletagmanager.com/gtm.js?id=${tagId}`,
  install: installGtag,
  start: (window) => tellGoogle(window, {'gtm.start': Date.now(), event: 'gtm.js'}),
};

export const changes: VendorChanges = {
  /** For triggers in the container: a custom event, with what is granted now. */
  changed: (window, grants) => installGtag(window).push({event: 'consent-change', consent: grants}),
};

export const googleTagManagerTagId = 'GTM-XXXXXXX';

export const disclosure: VendorDisclosure = {
  name: {en: 'Google Tag Manager', ja: 'Googleタグマネージャー'},
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, ipAddress, device],
  purpose: managingTags,
  privacyUrl: 'https://policies.google.com/privacy',
};

/** Each tag in the container needs what it needs besides, and sells or not. */
export const facts: VendorFacts = {
  parameters: googleParameters,
  tagIdForm: googleTagManagerTagId,
  csp: {
    'script-src': ['https://www.googletagmanager.com'],
    'img-src': ['https://www.googletagmanager.com'],
    'connect-src': ['https://www.googletagmanager.com', 'https://www.google.com'],
    'frame-src': ['https://www.googletagmanager.com'],
  },
  confidence: 'high',
  unverified: ['sells'],
  sources: ['vendor documentation', 'traces of live pages'],
  checked: '2026-11-21',
  callbacks: {
    'dataLayer.push({event, eventCallback})': 'the id of the container',
    "gtag('event', name, {event_callback})": 'the id of the container',
  },
};
