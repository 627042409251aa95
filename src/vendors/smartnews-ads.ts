/** SmartNews Ads Pixel: conversions and audiences. It has no consent command of its own. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, type Stub} from './call-queue.js';
import type {CompleteStub} from './complete-stub.js';
import {actions, advertising, device, identifiers, ipAddress, pageAddress} from './terms.js';

type SmartnewsAds = VendorWindow & {p: Stub};

export const stub: CompleteStub = (window) => {
  const ads = window['SmartnewsAds'] as SmartnewsAds;
  ads.p['version'] ??= '1.0.0';
  ads.p['push'] ??= ads['_p'] ??= ads.p;
};

export const definition: VendorDefinition = {
  id: 'smartnews-ads',
  category: 'advertising',
  tagId: /^[\da-f]{24}$/,
  src: () => 'https://cdn.smartnews-ads.com/i/pixel.js',
  queue: 'SmartnewsAds.p queue',
  install: stub,
  start(window, tagId) {
    const {p} = window['SmartnewsAds'] as SmartnewsAds;
    ahead(p['queue'] as unknown[], () => p(tagId, 'PageView'));
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'SmartNews Ads', ja: 'SmartNews Ads（SmartNews ピクセル）', ru: 'SmartNews Ads'},
  recipient: {en: 'SmartNews, Inc.', ja: 'スマートニュース株式会社', ru: 'SmartNews, Inc.'},
  country: 'JP',
  transmits: [pageAddress, identifiers, ipAddress, device, actions],
  purpose: advertising,
  privacyUrl: 'https://ads.smartnews.com/bm/public/data-policy/v6.0/index.html',
  optOutUrl: 'https://www.smartnews-ads.com/optout/',
};

export const facts: VendorFacts = {
  tagIdForm: '0123456789abcdef01234567',
  csp: {
    'script-src': ['https://cdn.smartnews-ads.com'],
    'img-src': ['https://*.smartnews-ads.com'],
    'connect-src': ['https://*.smartnews-ads.com'],
  },
  thirdPartyCookies: ['smartnews-ads.com'],
  sells: true,
  confidence: 'low',
  unverified: ['form of tagId', 'cookies on the site\u2019s own domain', 'csp'],
  sources: ['data policy and opt-out page of SmartNews Ads', 'public samples of the tag'],
  checked: '2026-11-21',
};
