/**
 * Amazon Ad Tag: conversions and audiences. Its consent signal (ACS) is a cookie that the tag reads, with the visitor's
 * country: it is written where the site says the region, once the vendor is granted. A page that has Amazon's own script for
 * it, `amzn-consent.js`, has that write it. https://advertising.amazon.com/help/G2648JUCRZU662V5
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, hold, type Stub} from './call-queue.js';
import type {CompleteStub} from './complete-stub.js';
import {actions, advertising, device, hashedContact, identifiers, ipAddress, pageAddress} from './terms.js';

/** What it asks of the script API. */
interface ConsentGate {
  readonly state: {readonly region?: string};
}

/** What Amazon's own script writes, for as long: 28 days. Without a country, Amazon takes no grant. */
function signal({consentGate, amznConsent}: VendorWindow, isGranted: boolean): void {
  const countryCode = (consentGate as ConsentGate | undefined)?.state.region?.slice(0, 2);
  if (!countryCode && (isGranted || !amznConsent)) return;
  if (amznConsent) {
    (amznConsent as Stub)({countryCode, enableAdStorage: isGranted, enableUserData: isGranted});
    return;
  }
  const word = isGranted ? 'GRANTED' : 'DENIED';
  const text = JSON.stringify({
    geo: {countryCode},
    amazonConsentFormat: {amznAdStorage: word, amznUserData: word},
    timestamp: new Date(),
    version: '1',
  });
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has another way
  document.cookie = `amzn_consent=${encodeURIComponent(text)};path=/;max-age=2419200;samesite=lax;secure`;
}

const amznOf = (window: VendorWindow) => window['amzn'] as Stub;

export const stub: CompleteStub = (window) => {
  const amzn = amznOf(window);
  const queue = amzn['q'] as unknown[];
  const entry = (call: IArguments) => [call, Date.now()];
  // The page's own stub has lists in it.
  queue.forEach?.((call, index) => {
    if (!Array.isArray(call)) queue[index] = entry(call as IArguments);
  });
  amzn['version'] ??= '0.0';
  amzn['callMethod'] ??= function () {
    hold(amzn['q'] as unknown[], entry(arguments));
  };
};

export const definition: VendorDefinition = {
  id: 'amazon-ads',
  category: 'advertising',
  tagId: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  src: () => 'https://c.amazon-adsystem.com/aat/amzn.js',
  queue: 'amzn q',
  install: stub,
  attributes: () => ({id: 'amzn-pixel'}),
  start(window, tagId) {
    signal(window, true);
    const amzn = amznOf(window);
    ahead(amzn['q'] as unknown[], () => {
      amzn('addTag', tagId);
      amzn('trackEvent', 'PageView');
    });
  },
  stop: (window) => signal(window, false),
  resume: (window) => signal(window, true),
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
  unverified: [
    'frame-src https://s.amazon-adsystem.com',
    'cookies on the site\u2019s own domain',
    'the cookie amzn_consent without amzn-consent.js',
  ],
  sources: ['help pages of Amazon Ads', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  formerOptOut: {url: 'https://www.amazon.co.jp/adprefs', status: 'current', checked: '2026-11-21'},
};
