/** LINE Tag (LINE Ads): conversions and audiences. It has no consent command of its own. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead} from './call-queue.js';
import {actions, adClicks, advertising, device, identifiers, ipAddress, pageAddress} from './terms.js';

const queueOf = (window: VendorWindow) => window['_ltq'] as unknown[];

export const definition: VendorDefinition = {
  id: 'line-tag',
  category: 'advertising',
  tagId: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  src: () => 'https://d.line-scdn.net/n/line_tag/public/release/v1/lt.js',
  cookies: ['__lt__cid', '__lt__cid.*', '__lt__sid', '__lt__sid.*'],
  queue: '_lt _ltq',
  start: (window, tagId) =>
    ahead(queueOf(window), () => {
      const tell = window['_lt'] as (...command: unknown[]) => void;
      tell('init', {customerType: 'lap', tagId});
      tell('send', 'pv', [tagId]);
    }),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'LINE Tag (LINE Ads)', ja: 'LINE Tag（LINE広告）', ru: 'LINE Tag (реклама LINE)'},
  recipient: {en: 'LY Corporation', ja: 'LINEヤフー株式会社', ru: 'LY Corporation'},
  country: 'JP',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, actions],
  purpose: advertising,
  privacyUrl: 'https://www.lycorp.co.jp/ja/company/privacypolicy/',
  optOutUrl: 'https://optout.tr.line.me/',
};

export const facts: VendorFacts = {
  parameters: ['ldtag_cl'],
  tagIdForm: '0123abcd-0123-4567-89ab-0123456789ab',
  csp: {
    'script-src': ['https://d.line-scdn.net'],
    'img-src': ['https://tr.line.me'],
    'connect-src': ['https://tr.line.me'],
  },
  thirdPartyCookies: ['line.me'],
  sells: true,
  confidence: 'medium',
  unverified: ['customerType: some public samples have "account"', 'cookieLifetimes'],
  sources: ['LINE Tag Usage Guidelines', 'public samples of the tag', 'Treasure Data SDK documentation'],
  checked: '2026-11-21',
};
