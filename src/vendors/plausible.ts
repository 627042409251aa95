/** Plausible: visits without cookies or identifiers. `tagId` is the site's name there, or that of its own script. */
import type {VendorAnswers, VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import type {Stub} from './call-queue.js';
import {type CompleteStub, isOurs, takeOut} from './complete-stub.js';
import {actions, device, ipAddress, measuringVisits, pageAddress} from './terms.js';

const isSiteName = (tagId: string) => tagId.includes('.');

export const stub: CompleteStub = (window) => {
  const plausible = window['plausible'] as Stub;
  const init = (options: unknown = {}) => {
    plausible['o'] = options;
  };
  if (!isOurs(plausible)) return;
  plausible['init'] = init;
  for (const [, options] of takeOut(plausible['q'] as unknown[], 'init')) init(options);
};

export const definition: VendorDefinition = {
  id: 'plausible',
  category: 'analytics',
  tagId: /^(pa-[\w-]+|([a-z0-9-]+\.)+[a-z]{2,}(\/[\w-]+)*)$/,
  src: (tagId) => `https://plausible.io/js/${isSiteName(tagId) ? 'script' : tagId}.js`,
  attributes: (tagId): Record<string, string> => (isSiteName(tagId) ? {'data-domain': tagId} : {}),
  queue: 'plausible q init',
  install: stub,
  start(window, tagId) {
    // A site's own script waits for its options, and begins by itself where they are there.
    if (!isSiteName(tagId)) (window['plausible'] as Stub)['o'] ??= {};
  },
};

export const answers: VendorAnswers = {
  lists: ['plausible.q'],
  script: /\bplausible\.io\/js\//,
  find: () => ({path: [1, 'callback']}),
};

export const disclosure: VendorDisclosure = {
  name: 'Plausible Analytics',
  recipient: 'Plausible Insights OÜ',
  country: 'EE',
  transmits: [pageAddress, device, actions, ipAddress],
  purpose: measuringVisits,
  retention: {
    en: 'no cookies; the IP address is not stored',
    ja: 'Cookieなし、IPアドレスは保存されません',
    ru: 'без cookie; IP-адрес не сохраняется',
  },
  privacyUrl: 'https://plausible.io/privacy',
};

export const facts: VendorFacts = {
  // It also reads `ref` and `source`, which sites have uses of their own for: `attribution` of the configuration can add them.
  parameters: ['utm_*', 'gclid', 'gbraid', 'wbraid', 'msclkid', 'fbclid', 'twclid'],
  tagIdForm: 'example.com or pa-AbCdEf123456',
  csp: {'script-src': ['https://plausible.io'], 'connect-src': ['https://plausible.io']},
  sells: false,
  confidence: 'high',
  unverified: ['sells'],
  sources: ['other consent managers (open source)', 'checks of live pages'],
  checked: '2026-11-21',
  callbacks: {
    'plausible(event, {callback})': 'nothing, as for an event that is ignored',
  },
};
