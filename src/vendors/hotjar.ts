/** Hotjar: heat maps, recordings of visits and surveys. It has no consent command; what runs goes on until the reload. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {
  cookies13Months,
  device,
  gestures,
  identifiers,
  pageAddress,
  pageContent,
  recordingVisits,
  shortIpAddress,
} from './terms.js';

export const definition: VendorDefinition = {
  id: 'hotjar',
  category: 'analytics',
  tagId: /^\d{5,8}$/,
  src: (tagId) => `https://static.hotjar.com/c/hotjar-${tagId}.js?sv=6`,
  // Those of Contentsquare, whose tag is its successor, are named one by one: `_cs_optout` is a visitor's own refusal.
  cookies: [
    '_hj*',
    '_cs_id',
    '_cs_s',
    '_cs_c',
    '_cs_cvars',
    '_cs_ex',
    '_cs_mk*',
    '_cs_root-domain',
    '_cs_debug',
  ],
  storage: ['_hj*', 'hjActiveViewportIds', 'hjViewportId'],
  queue: 'hj q',
  start(window, tagId) {
    window['_hjSettings'] = Object.assign(window['_hjSettings'] ?? {}, {hjid: Number(tagId), hjsv: 6});
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Hotjar (Contentsquare)', ja: 'Hotjar（Contentsquare）', ru: 'Hotjar (Contentsquare)'},
  recipient: 'Hotjar Ltd.',
  country: 'MT',
  transmits: [pageAddress, gestures, pageContent, identifiers, shortIpAddress, device],
  purpose: recordingVisits,
  retention: cookies13Months,
  privacyUrl: 'https://www.hotjar.com/legal/policies/privacy/',
  optOutUrl: 'https://www.hotjar.com/legal/compliance/opt-out',
};

export const facts: VendorFacts = {
  parameters: ['utm_*'],
  tagIdForm: '1234567',
  csp: {
    'script-src': ['https://static.hotjar.com', 'https://script.hotjar.com'],
    'connect-src': ['https://*.hotjar.com', 'https://*.hotjar.io', 'wss://*.hotjar.com'],
    'img-src': ['https://*.hotjar.com'],
    'frame-src': ['https://*.hotjar.com'],
    'font-src': ['https://script.hotjar.com'],
  },
  thirdPartyCookies: ['hotjar.com'],
  confidence: 'medium',
  unverified: ['sells'],
  sources: ['vendor npm package', 'vendor documentation of cookies', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {
    '_hjSessionUser_*': '1 year',
    '_hjSession_*': '30 minutes',
    _cs_id: '13 months',
    _cs_c: '13 months',
    _cs_cvars: '13 months',
    _cs_ex: '30 days',
    _cs_s: '30 minutes',
  },
};
