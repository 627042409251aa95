/** Plausible: visits without cookies or identifiers. `tagId` is the site's name there, or that of its own script. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {installStub, type Stub} from './call-queue.js';
import {actions, device, ipAddress, measuringVisits, pageAddress} from './terms.js';

const isSiteName = (tagId: string) => tagId.includes('.');

export const definition: VendorDefinition = {
  id: 'plausible',
  category: 'analytics',
  tagId: /^(pa-[\w-]+|([a-z0-9-]+\.)+[a-z]{2,}(\/[\w-]+)*)$/,
  src: (tagId) => `https://plausible.io/js/${isSiteName(tagId) ? 'script' : tagId}.js`,
  attributes: (tagId): Record<string, string> => (isSiteName(tagId) ? {'data-domain': tagId} : {}),
  queue: 'plausible',
  install(window) {
    const plausible = installStub(window, 'plausible', {queue: 'q'});
    plausible['init'] ??= (options = {}) => {
      plausible['o'] = options;
    };
  },
  start(window, tagId) {
    // A site's own script waits for its options, and begins by itself where they are there.
    if (!isSiteName(tagId)) (window['plausible'] as Stub)['o'] ??= {};
  },
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
  tagIdForm: 'example.com or pa-AbCdEf123456',
  csp: {'script-src': ['https://plausible.io'], 'connect-src': ['https://plausible.io']},
  sells: false,
  confidence: 'high',
  unverified: ['sells'],
  sources: ['other consent managers (open source)', 'checks of live pages'],
  checked: '2026-11-21',
};
