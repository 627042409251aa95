/**
 * Yahoo! Tag Manager. A container may hold anything, so it belongs to the strictest category unless the site knows better.
 * Agencies report its end for June 2024; sites still carry the tag, and a withdrawal has to stop it.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {device, ipAddress, managingTags, pageAddress} from './terms.js';

export const definition: VendorDefinition = {
  id: 'yahoo-japan-tag-manager',
  category: 'advertising',
  // Several agencies at work on one site: an id of each.
  tagId: /^[A-Za-z\d]{7}(,[A-Za-z\d]{7})*$/,
  src: (tagId) => `https://s.yjtag.jp/tag.js#site=${tagId}`,
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Yahoo! Tag Manager', ja: 'Yahoo!タグマネージャー', ru: 'Yahoo! Tag Manager'},
  recipient: {en: 'LY Corporation', ja: 'LINEヤフー株式会社', ru: 'LY Corporation'},
  country: 'JP',
  transmits: [pageAddress, ipAddress, device],
  purpose: managingTags,
  privacyUrl: 'https://www.lycorp.co.jp/ja/company/privacypolicy/',
};

export const facts: VendorFacts = {
  parameters: ['yclid'],
  tagIdForm: 'aB3dE5g or aB3dE5g,hJ7kL9m',
  // Besides what the tags inside need.
  csp: {'script-src': ['https://s.yjtag.jp'], 'frame-src': ['https://b.yjtag.jp']},
  thirdPartyCookies: ['yjtag.jp'],
  sells: true,
  confidence: 'low',
  unverified: ['whether the service still runs', 'cookies', 'csp'],
  sources: ['help pages of Yahoo! JAPAN Ads', 'public samples of the tag'],
  checked: '2026-11-21',
};
