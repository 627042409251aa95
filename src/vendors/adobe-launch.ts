/**
 * Adobe Experience Platform Tags ("Launch") with what it brings: Analytics, Target, the Web SDK. Only the last one has a
 * consent command, and only once the library has made it. There is no queue: page code waits for the script.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {
  actions,
  adaptingContent,
  cookies5Years,
  device,
  identifiers,
  ipAddress,
  pageAddress,
} from './terms.js';

type Alloy = (command: string, options: object) => Promise<unknown> | undefined;

/** The answer is the Web SDK's own affair: it says on the console what has gone wrong. */
const tell = (window: VendorWindow, general: 'in' | 'out') =>
  (window['alloy'] as Alloy | undefined)?.('setConsent', {
    consent: [{standard: 'Adobe', version: '1.0', value: {general}}],
  })?.catch(() => {});

export const definition: VendorDefinition = {
  id: 'adobe-launch',
  category: 'analytics',
  // The part of the library's address between the host and `.min.js`.
  tagId: /^(([\w-]+\/)+launch-[\w-]+)?$/,
  src: (tagId) => tagId && `https://assets.adobedtm.com/${tagId}.min.js`,
  cookies: [
    'kndctr_*_AdobeOrg_*',
    'AMCV_*AdobeOrg',
    'AMCVS_*AdobeOrg',
    's_ecid',
    's_vi',
    's_vi_*',
    's_fid',
    's_cc',
    's_sq',
    's_ppv',
    's_ppvl',
    's_nr',
    's_gpv*',
    'mbox',
    'mboxEdgeCluster',
    'at_check',
  ],
  loaded: (window) => void tell(window, 'in'),
  stop: (window) => void tell(window, 'out'),
  resume: (window) => void tell(window, 'in'),
};

export const disclosure: VendorDisclosure = {
  name: {
    en: 'Adobe Analytics (Adobe Experience Platform)',
    ja: 'Adobe Analytics（Adobe Experience Platform）',
    ru: 'Adobe Analytics (Adobe Experience Platform)',
  },
  recipient: 'Adobe Inc.',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, actions],
  purpose: adaptingContent,
  retention: cookies5Years,
  privacyUrl: 'https://www.adobe.com/privacy/policy.html',
  optOutUrl: 'https://www.adobe.com/privacy/opt-out.html',
};

export const facts: VendorFacts = {
  parameters: ['s_kwcid', 'ef_id', 'adobe_mc'],
  tagIdForm: '0123456789ab/cdef01234567/launch-89abcdef0123',
  csp: {
    'script-src': ['https://assets.adobedtm.com', 'https://*.adoberesources.net'],
    'connect-src': [
      'https://edge.adobedc.net',
      'https://adobedc.demdex.net',
      'https://dpm.demdex.net',
      'https://*.sc.omtrdc.net',
      'https://*.tt.omtrdc.net',
    ],
    'img-src': ['https://*.sc.omtrdc.net', 'https://dpm.demdex.net', 'https://cm.everesttech.net'],
    'frame-src': ['https://*.demdex.net'],
  },
  thirdPartyCookies: ['demdex.net', 'everesttech.net', 'omtrdc.net', '2o7.net'],
  confidence: 'medium',
  unverified: ['csp', 'storage', 'sells'],
  sources: ['vendor documentation', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {
    'kndctr_*_AdobeOrg_identity': '13 months',
    'kndctr_*_AdobeOrg_consent': '6 months',
    'kndctr_*_AdobeOrg_cluster': '30 minutes',
    'AMCV_*AdobeOrg': '2 years',
    'AMCVS_*AdobeOrg': 'session',
    s_ecid: '2 years',
    s_vi: '2 years',
    s_fid: '5 years',
    mbox: '2 years',
    mboxEdgeCluster: '30 minutes',
    at_check: 'session',
  },
};
