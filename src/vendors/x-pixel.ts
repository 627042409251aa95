/** X (formerly Twitter) advertising: conversions and tailored audiences. It has no consent command of its own. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {ahead, installStub, type Stub} from './call-queue.js';
import {
  actions,
  adClicks,
  advertising,
  cookies2Years,
  device,
  identifiers,
  ipAddress,
  pageAddress,
} from './terms.js';

export const definition: VendorDefinition = {
  id: 'x-pixel',
  category: 'advertising',
  tagId: /^[a-z0-9]{5,6}$/,
  src: () => 'https://static.ads-twitter.com/uwt.js',
  cookies: ['_twpid', '_twsid', '_twclid'],
  install: (window) => installStub(window, 'twq', {takeover: 'exe', fields: {version: '1.1'}}),
  queue: 'twq',
  start(window, tagId) {
    const twq = window['twq'] as Stub;
    ahead(twq['queue'] as unknown[], () => twq('config', tagId));
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'X (Twitter) Ads', ja: 'X広告（旧Twitter）', ru: 'Реклама X (Twitter)'},
  recipient: 'X Corp.',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, actions],
  purpose: advertising,
  retention: cookies2Years,
  privacyUrl: 'https://x.com/privacy',
  optOutUrl: 'https://x.com/settings/ads_preferences',
};

export const facts: VendorFacts = {
  tagIdForm: 'o1abc',
  csp: {
    'script-src': ['https://static.ads-twitter.com'],
    'img-src': ['https://t.co', 'https://analytics.twitter.com', 'https://analytics.x.com'],
    'connect-src': [
      'https://t.co',
      'https://analytics.twitter.com',
      'https://analytics.x.com',
      'https://ads-api.x.com',
    ],
  },
  thirdPartyCookies: ['twitter.com', 'x.com', 't.co'],
  sells: true,
  confidence: 'high',
  unverified: ['connect-src https://ads-api.x.com', 'lifetime of _twclid'],
  sources: ['help pages of X', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'https://support.twitter.com/articles/20171553',
    status: 'renamed',
    checked: '2026-11-21',
  },
  cookieLifetimes: {_twpid: '13 months', _twsid: '13 months', _twclid: '90 days'},
};
