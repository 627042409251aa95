/** User Insight (User Local): visits, heat maps. It has no consent command; what runs goes on until the reload. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {device, gestures, identifiers, measuringVisits, pageAddress} from './terms.js';

/** What the site may know of the visitor. The script expects each, filled in or not. */
const FIELDS = ['lg_id', 'fb_id', 'tw_id', ...Array.from({length: 10}, (_, index) => `uigr_${index + 1}`)];

export const definition: VendorDefinition = {
  id: 'user-insight',
  category: 'analytics',
  tagId: /^\d{4,8}$/,
  src: () => 'https://cs.nakanohito.jp/b3/bi.js',
  cookies: ['__ulfpc'],
  install(window) {
    window['_uic'] ??= {};
    window['_uih'] ??= {};
  },
  start(window, tagId) {
    const values = window['_uih'] as Record<string, unknown>;
    values['id'] = Number(tagId);
    for (const field of FIELDS) values[field] ??= '';
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'User Insight', ja: 'User Insight（ユーザーインサイト／なかのひと）', ru: 'User Insight'},
  recipient: {en: 'User Local, Inc.', ja: '株式会社ユーザーローカル', ru: 'User Local, Inc.'},
  country: 'JP',
  transmits: [
    pageAddress,
    gestures,
    {
      en: 'IP address, to tell the organisation',
      ja: 'IPアドレス（組織の判定のため）',
      ru: 'IP-адрес, по которому определяется организация',
    },
    identifiers,
    device,
  ],
  purpose: measuringVisits,
  privacyUrl: 'https://info.userlocal.jp/data_policy',
};

export const facts: VendorFacts = {
  tagIdForm: '12345',
  csp: {
    'script-src': ['https://cs.nakanohito.jp'],
    'img-src': ['https://bs.nakanohito.jp', 'https://uh.nakanohito.jp'],
    'connect-src': ['https://bs.nakanohito.jp', 'https://uh.nakanohito.jp'],
  },
  thirdPartyCookies: ['nakanohito.jp'],
  sells: false,
  confidence: 'medium',
  unverified: ['tagId', 'cookieLifetimes', 'sells'],
  sources: ['public samples of the tag', 'vendor data policy'],
  checked: '2026-11-21',
};
