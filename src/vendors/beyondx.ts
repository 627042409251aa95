/** BEYONDX PMP (CARTA ZERO, formerly Cyber Communications): no tag of its own is known; its recipient is disclosed. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {advertising, identifiers, pageAddress} from './terms.js';

export const definition: VendorDefinition = {id: 'beyondx', category: 'advertising'};

export const disclosure: VendorDisclosure = {
  name: 'BEYONDX PMP',
  recipient: {
    en: 'CARTA ZERO Inc. (formerly Cyber Communications Inc.)',
    ja: '株式会社CARTA ZERO（旧 株式会社サイバー・コミュニケーションズ）',
    ru: 'CARTA ZERO Inc. (ранее Cyber Communications Inc.)',
  },
  country: 'JP',
  transmits: [identifiers, pageAddress],
  purpose: advertising,
  privacyUrl: 'https://www.cartazero.co.jp/privacypolicy',
};

export const facts: VendorFacts = {
  sells: true,
  confidence: 'low',
  unverified: ['recipient (as successor)', 'thirdPartyCookies', 'formerOptOut: no page found under it'],
  sources: ['privacy policy of CARTA ZERO', 'older privacy policies of sites'],
  checked: '2026-11-21',
  formerOptOut: {url: 'http://www.beyondx.jp/optout.html', status: 'closed', checked: '2026-11-21'},
};
