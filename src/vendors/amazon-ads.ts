/**
 * Amazon Ad Tag: conversions and audiences. Its consent signal (ACS) is a script of its own, `amzn-consent.js`, which wants
 * the visitor's country: a page that needs it loads that first and grants by `amznConsent()` itself.
 * https://advertising.amazon.com/help/G2648JUCRZU662V5
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {ahead, installStub, type Stub} from './call-queue.js';
import {actions, advertising, device, hashedContact, identifiers, ipAddress, pageAddress} from './terms.js';

export const definition: VendorDefinition = {
  id: 'amazon-ads',
  category: 'advertising',
  tagId: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  src: () => 'https://c.amazon-adsystem.com/aat/amzn.js',
  install: (window) =>
    installStub(window, 'amzn', {
      queue: 'q',
      entry: (call) => [call, Date.now()],
      fields: {version: '0.0'},
    }),
  queue: 'amzn',
  attributes: () => ({id: 'amzn-pixel'}),
  start(window, tagId) {
    const amzn = window['amzn'] as Stub;
    ahead(amzn['q'] as unknown[], () => {
      amzn('addTag', tagId);
      amzn('trackEvent', 'PageView');
    });
  },
  // There is no `resume`: a grant without the country would overwrite the page's own, which has one.
  stop: (window) =>
    (window['amznConsent'] as Stub | undefined)?.({enableAdStorage: false, enableUserData: false}),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Amazon Ads', ja: 'Amazon広告', ru: 'Реклама Amazon'},
  recipient: {
    en: 'Amazon.com Services LLC, Amazon Japan G.K.',
    ja: 'Amazon.com Services LLC、アマゾンジャパン合同会社',
    ru: 'Amazon.com Services LLC, Amazon Japan G.K.',
  },
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, actions, hashedContact],
  purpose: advertising,
  retention: {
    en: 'cookies: up to 5 years',
    ja: 'Cookieの保存期間は最長5年',
    ru: 'файлы cookie: до 5 лет',
  },
  privacyUrl: 'https://www.amazon.co.jp/gp/help/customer/display.html?nodeId=GX7NJQ4ZB8MHFRNJ',
  optOutUrl: 'https://www.amazon.co.jp/adprefs',
};

export const facts: VendorFacts = {
  tagIdForm: '0123abcd-0123-4567-89ab-0123456789ab',
  csp: {
    'script-src': ['https://c.amazon-adsystem.com'],
    'img-src': ['https://s.amazon-adsystem.com', 'https://*.amazon-adsystem.com'],
    'connect-src': [
      'https://s.amazon-adsystem.com',
      'https://aax-eu.amazon-adsystem.com',
      'https://*.amazon-adsystem.com',
      'https://*.paa-reporting-advertising.amazon',
    ],
    'frame-src': ['https://s.amazon-adsystem.com'],
  },
  thirdPartyCookies: ['amazon-adsystem.com'],
  sells: true,
  confidence: 'medium',
  unverified: ['frame-src https://s.amazon-adsystem.com', 'cookies on the site\u2019s own domain'],
  sources: ['help pages of Amazon Ads', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  formerOptOut: {url: 'https://www.amazon.co.jp/adprefs', status: 'current', checked: '2026-11-21'},
};
