/** Pinterest Tag: conversions and audiences. */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead, type Stub} from './call-queue.js';
import {type CompleteStub, completeStub} from './complete-stub.js';
import {
  actions,
  adClicks,
  advertising,
  cookies1Year,
  device,
  hashedContact,
  identifiers,
  ipAddress,
  pageAddress,
} from './terms.js';

const pintrkOf = (window: VendorWindow) => window['pintrk'] as Stub;

export const stub: CompleteStub = (window) =>
  completeStub(pintrkOf(window), () => pintrkOf(window)['queue'] as unknown[], {
    entry: (call) => [...call],
    fields: {version: '3.0'},
  });

export const definition: VendorDefinition = {
  id: 'pinterest-tag',
  category: 'advertising',
  tagId: /^\d{13}$/,
  src: () => 'https://s.pinimg.com/ct/core.js',
  cookies: [
    '_epik',
    '_derived_epik',
    '_pinterest_ct',
    '_pinterest_ct_rt',
    '_pinterest_ct_mw',
    '_routing_id',
    '_pin_unauth',
  ],
  queue: 'pintrk queue',
  install: stub,
  start(window, tagId) {
    const pintrk = pintrkOf(window);
    ahead(pintrk['queue'] as unknown[], () => {
      pintrk('setconsent', true);
      pintrk('load', tagId);
      pintrk('page');
    });
  },
  stop: (window) => void pintrkOf(window)('setconsent', false),
  resume: (window) => void pintrkOf(window)('setconsent', true),
};

export const answers: VendorAnswers = {
  lists: ['pintrk.queue'],
  script: /\bs\.pinimg\.com\/ct\//,
  find: (call) => functionAmong(call, /^(track|page|load)$/, {values: () => [false, 'not loaded']}),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Pinterest Tag', ja: 'Pinterestタグ', ru: 'Pinterest Tag'},
  recipient: 'Pinterest, Inc.',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, actions, hashedContact],
  purpose: advertising,
  retention: cookies1Year,
  privacyUrl: 'https://policy.pinterest.com/en/privacy-policy',
  optOutUrl: 'https://www.pinterest.jp/settings/privacy',
};

export const facts: VendorFacts = {
  parameters: ['epik'],
  tagIdForm: '2612345678901',
  csp: {
    'script-src': ['https://s.pinimg.com'],
    'img-src': ['https://ct.pinterest.com'],
    'connect-src': ['https://ct.pinterest.com'],
    'frame-src': ['https://ct.pinterest.com'],
  },
  thirdPartyCookies: ['pinterest.com'],
  sells: true,
  confidence: 'medium',
  unverified: ['optOutUrl'],
  sources: ['help pages of Pinterest', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {
    _epik: '1 year',
    _derived_epik: '1 year',
    '_pinterest_ct*': '1 year',
    _pin_unauth: '1 year',
  },
  callbacks: {
    "pintrk('track', event, data, callback)": '`false`, a text',
    "pintrk('page', data, callback)": '`false`, a text',
  },
};
