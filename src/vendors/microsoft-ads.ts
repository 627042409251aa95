/**
 * Microsoft Advertising, Universal Event Tracking. Without a signal it takes visitors of some countries for denied and all
 * others for granted, so it hears both words. https://learn.microsoft.com/en-us/advertising/msa-help/hlp_ba_conc_uet_consent
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead} from './call-queue.js';
import {
  actions,
  adClicks,
  advertising,
  cookies13Months,
  device,
  identifiers,
  ipAddress,
  pageAddress,
  pageTitle,
} from './terms.js';

type Uet = new (options: object) => unknown;

const queueOf = (window: VendorWindow) => window['uetq'] as unknown[];

// The list takes a command as items of one call, not as one item.
const tell = (window: VendorWindow, command: string, state: string) =>
  queueOf(window).push('consent', command, {ad_storage: state});

export const definition: VendorDefinition = {
  id: 'microsoft-ads',
  category: 'advertising',
  tagId: /^\d{5,15}$/,
  src: () => 'https://bat.bing.com/bat.js',
  // Copies in `localStorage` have the names of their cookies.
  cookies: ['_uetsid', '_uetvid', '_uetmsclkid'],
  storage: ['_uetsid_exp', '_uetvid_exp'],
  queue: 'uetq',
  start: (window) =>
    ahead(queueOf(window), () => {
      tell(window, 'default', 'denied');
      tell(window, 'update', 'granted');
    }),
  loaded(window, tagId) {
    window['uetq'] = new (window['UET'] as Uet)({
      ti: tagId,
      enableAutoSpaTracking: true,
      q: queueOf(window),
    });
    queueOf(window).push('pageLoad');
  },
  stop: (window) => tell(window, 'update', 'denied'),
  resume: (window) => tell(window, 'update', 'granted'),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Microsoft Advertising', ja: 'Microsoft広告', ru: 'Microsoft Advertising'},
  recipient: 'Microsoft Corporation',
  country: 'US',
  transmits: [pageAddress, pageTitle, identifiers, ipAddress, device, adClicks, actions],
  purpose: advertising,
  retention: cookies13Months,
  privacyUrl: 'https://privacy.microsoft.com/privacystatement',
  optOutUrl: 'https://account.microsoft.com/privacy/ad-settings',
};

export const facts: VendorFacts = {
  parameters: ['msclkid', 'utm_*'],
  tagIdForm: '12345678',
  csp: {
    'script-src': ['https://bat.bing.com'],
    'img-src': ['https://bat.bing.com', 'https://bat.bing.net', 'https://c.bing.com'],
    'connect-src': ['https://bat.bing.com', 'https://bat.bing.net'],
  },
  thirdPartyCookies: ['bing.com', 'clarity.ms', 'microsoft.com'],
  sells: true,
  confidence: 'medium',
  sources: ['help pages of Microsoft Advertising', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {_uetsid: '1 day', _uetvid: '13 months', _uetmsclkid: '90 days'},
};
