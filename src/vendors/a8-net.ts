/** A8.net affiliate measurement: its snippets differ by programme and stand in the page; disclosure, switch and sweep. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorLeavings} from '../config/types.js';
import {adClicks, device, identifiers, ipAddress, purchases} from './terms.js';

export const definition: VendorDefinition = {id: 'a8-net', category: 'advertising'};

export const leavings: VendorLeavings = {cookies: ['_a8_*']};

export const disclosure: VendorDisclosure = {
  name: 'A8.net',
  recipient: {en: 'F@N Communications, Inc.', ja: '株式会社ファンコミュニケーションズ'},
  country: 'JP',
  transmits: [identifiers, ipAddress, device, adClicks, purchases],
  purpose: {
    en: 'measuring affiliate advertising',
    ja: 'アフィリエイト広告の効果測定',
    ru: 'оценка партнёрской рекламы',
  },
  privacyUrl: 'https://www.fancs.com/privacy',
};

/** It has no opt-out page, now or in older policies. */
export const facts: VendorFacts = {
  parameters: ['a8'],
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
