/** KARTE (PLAID): behaviour and messages. Its commands work where the project has its opt-in mode switched on. */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import type {Stub} from './call-queue.js';
import {type CompleteStub, completeStub} from './complete-stub.js';
import {
  actions,
  cookies2Years,
  device,
  identifiers,
  ipAddress,
  memberData,
  messages,
  pageAddress,
  pageTitle,
} from './terms.js';

const krtOf = (window: VendorWindow) => window['krt'] as unknown as Record<'allow' | 'deny', () => void>;

export const stub: CompleteStub = (window) => {
  const krt = window['krt'] as Stub;
  const queueOf = () => krt['q'] as unknown[];
  completeStub(krt, queueOf, {takeover: 'x', entry: (call) => [...call], fields: {i: Date.now()}});
  // The script reads the answer that was given before it came.
  if (krt['x']) return;
  krt['allow'] = () => {
    krt['o'] = 'allow';
  };
  krt['deny'] = () => {
    krt['o'] = 'deny';
  };
};

export const definition: VendorDefinition = {
  id: 'karte',
  category: 'analytics',
  tagId: /^[0-9a-f]{32}$/,
  src: (tagId) => `https://cdn-edge.karte.io/${tagId}/edge.js`,
  // `krt_oo` is the visitor's own refusal. It has a copy in the storage among the other items, which are left for `deny`.
  cookies: ['krt.vis', 'krt.vis_*', 'krt.context', 'krt.__ktid', 'krt.t_*', '_karte_consent'],
  queue: 'krt q',
  install: stub,
  start: (window) => krtOf(window).allow(),
  stop: (window) => krtOf(window).deny(),
  resume: (window) => krtOf(window).allow(),
};

export const answers: VendorAnswers = {
  lists: ['krt.q'],
  script: /\bkarte\.io\/.*\bedge\.js/,
  find: (call) => functionAmong(call, /^send$/),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'KARTE', ja: 'KARTE（カルテ）', ru: 'KARTE'},
  recipient: {en: 'PLAID, Inc.', ja: '株式会社プレイド', ru: 'PLAID, Inc.'},
  country: 'JP',
  transmits: [pageAddress, pageTitle, actions, memberData, identifiers, ipAddress, device],
  purpose: messages,
  retention: cookies2Years,
  privacyUrl: 'https://karte.io/legal/karte-use-legal.html',
};

export const facts: VendorFacts = {
  tagIdForm: '0123456789abcdef0123456789abcdef',
  csp: {
    'script-src': ['https://cdn-edge.karte.io', 'https://static.karte.io'],
    'connect-src': ['https://*.karte.io'],
    'img-src': ['https://*.karte.io'],
    'frame-src': ['https://static.karte.io'],
  },
  thirdPartyCookies: ['karte.io'],
  confidence: 'high',
  unverified: ['csp frame-src', 'storage', 'sells'],
  sources: ['vendor help pages', 'public samples of the tag'],
  checked: '2026-11-21',
  cookieLifetimes: {'krt.vis': '2 years'},
  callbacks: {
    "krt('send', event, values, callback)": 'nothing',
  },
};
