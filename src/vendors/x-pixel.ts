/** X (formerly Twitter) advertising: conversions and tailored audiences. It has no consent command of its own. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, type Stub} from './call-queue.js';
import {type CompleteStub, completeStub} from './complete-stub.js';
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

const twqOf = (window: VendorWindow) => window['twq'] as Stub;

export const stub: CompleteStub = (window) =>
  completeStub(twqOf(window), () => twqOf(window)['queue'] as unknown[], {
    takeover: 'exe',
    fields: {version: '1.1'},
  });

export const definition: VendorDefinition = {
  id: 'x-pixel',
  category: 'advertising',
  tagId: /^[a-z0-9]{5,6}$/,
  src: () => 'https://static.ads-twitter.com/uwt.js',
  cookies: ['_twpid', '_twsid', '_twclid'],
  queue: 'twq queue',
  install: stub,
  start(window, tagId) {
    const twq = twqOf(window);
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
  parameters: ['twclid'],
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
