/** Network Advertising Initiative: no tag of its own; its members' opt-out page is disclosed. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';

export const definition: VendorDefinition = {id: 'nai', category: 'advertising'};

export const disclosure: VendorDisclosure = {
  name: 'Network Advertising Initiative (NAI)',
  recipient: {en: 'members of the NAI', ja: 'NAIの加盟各社', ru: 'участники NAI'},
  country: 'US',
  transmits: [{en: 'depends on the member', ja: '各社のタグにより異なります', ru: 'зависит от участника'}],
  purpose: {
    en: 'opting out of all members at once',
    ja: '加盟各社の広告の一括オプトアウト',
    ru: 'отказ от рекламы всех участников сразу',
  },
  optOutUrl: 'https://optout.networkadvertising.org/',
};

export const facts: VendorFacts = {
  sells: true,
  confidence: 'high',
  sources: ['links in current privacy policies'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'http://www.networkadvertising.org/managing/opt_out.asp',
    status: 'renamed',
    checked: '2026-11-21',
  },
};
