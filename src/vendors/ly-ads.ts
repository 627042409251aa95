/**
 * LY Corporation's tracking tag for Yahoo! JAPAN and LINE advertising. It has no consent command of its own.
 * https://ads-developers.yahoo.co.jp/en/lytag/post/30590590.html
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, type Stub} from './call-queue.js';
import {type CompleteStub, completeStub} from './complete-stub.js';
import {
  actions,
  adClicks,
  advertising,
  device,
  hashedContact,
  identifiers,
  ipAddress,
  pageAddress,
  productsViewed,
  purchases,
} from './terms.js';

const queueOf = (window: VendorWindow) => window['lyDataLayer'] as unknown[];

export const stub: CompleteStub = (window) =>
  completeStub(window['lytag'] as Stub, () => queueOf(window), {entry: (call) => [...call]});

export const definition: VendorDefinition = {
  id: 'ly-ads',
  category: 'advertising',
  tagId: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  src: () => 'https://tag.flvcdn.net/lytag.js',
  // Copies in `localStorage` have the names of their cookies.
  cookies: ['_ly_su', '_ly_c', '_ly_r'],
  queue: 'lytag lyDataLayer',
  install: stub,
  start: (window, tagId) =>
    ahead(queueOf(window), () => {
      const tell = window['lytag'] as (command: object) => void;
      // Left out, neither is used, and an ad click is forgotten with the page it led to.
      tell({type: 'init', tagId, config: {useCookie: true, useLocalStorage: true}});
      tell({type: 'event', eventType: 'page_view', tagId});
    }),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'LY Ads (Yahoo! JAPAN, LINE)', ja: 'LINEヤフー広告', ru: 'Реклама LY (Yahoo! JAPAN, LINE)'},
  recipient: {en: 'LY Corporation', ja: 'LINEヤフー株式会社', ru: 'LY Corporation'},
  country: 'JP',
  transmits: [
    pageAddress,
    identifiers,
    ipAddress,
    device,
    adClicks,
    actions,
    productsViewed,
    purchases,
    hashedContact,
  ],
  purpose: advertising,
  privacyUrl: 'https://www.lycorp.co.jp/ja/company/privacypolicy/',
  optOutUrl: 'https://btoptout.yahoo.co.jp/optout/index.html',
};

export const facts: VendorFacts = {
  parameters: ['yclid', '_ly_c', 'ly_c', 'yj_r'],
  tagIdForm: '0123abcd-0123-4567-89ab-0123456789ab',
  csp: {'script-src': ['https://tag.flvcdn.net']},
  thirdPartyCookies: ['yahoo.co.jp', 'line.me'],
  sells: true,
  confidence: 'medium',
  unverified: [
    'config of init: as in public samples, where the documented default is false',
    'connect-src and img-src',
    'thirdPartyCookies line.me',
    'names in localStorage',
    'cookieLifetimes',
  ],
  sources: [
    'developer documentation of LY Corporation',
    'its Google Tag Manager templates',
    'public samples',
  ],
  checked: '2026-11-21',
};
