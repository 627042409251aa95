/** LinkedIn Insight Tag: conversions, audiences, professions of visitors. It has no consent command of its own. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import type {Stub} from './call-queue.js';
import {type CompleteStub, completeStub} from './complete-stub.js';
import {
  actions,
  adClicks,
  advertising,
  cookies1Year,
  device,
  identifiers,
  ipAddress,
  pageAddress,
} from './terms.js';

const lintrkOf = (window: VendorWindow) => window['lintrk'] as Stub;

export const stub: CompleteStub = (window) =>
  completeStub(lintrkOf(window), () => lintrkOf(window)['q'] as unknown[], {
    entry: (call) => [call[0], call[1]],
  });

export const definition: VendorDefinition = {
  id: 'linkedin-insight',
  category: 'advertising',
  tagId: /^\d{4,9}$/,
  src: () => 'https://snap.licdn.com/li.lms-analytics/insight.min.js',
  cookies: ['li_fat_id', 'ln_or', 'li_giant'],
  storage: ['li_adsId'],
  queue: 'lintrk q',
  install: stub,
  start(window, tagId) {
    // The script reads these, and measures the page unasked.
    window['_linkedin_partner_id'] ??= tagId;
    const ids = (window['_linkedin_data_partner_ids'] ??= []) as string[];
    if (!ids.includes(tagId)) ids.push(tagId);
  },
};

export const disclosure: VendorDisclosure = {
  name: 'LinkedIn Insight Tag',
  recipient: 'LinkedIn Corporation',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, actions],
  purpose: advertising,
  retention: cookies1Year,
  privacyUrl: 'https://www.linkedin.com/legal/privacy-policy',
  optOutUrl: 'https://www.linkedin.com/psettings/guest-controls/retargeting-opt-out',
};

export const facts: VendorFacts = {
  parameters: ['li_fat_id'],
  tagIdForm: '123456',
  csp: {
    'script-src': ['https://snap.licdn.com'],
    'img-src': [
      'https://px.ads.linkedin.com',
      'https://px4.ads.linkedin.com',
      'https://www.linkedin.com',
      'https://p.adsymptotic.com',
    ],
    'connect-src': [
      'https://px.ads.linkedin.com',
      'https://px4.ads.linkedin.com',
      'https://cdn.linkedin.oribi.io',
    ],
  },
  thirdPartyCookies: ['linkedin.com', 'ads.linkedin.com'],
  sells: true,
  confidence: 'medium',
  unverified: ['connect-src https://cdn.linkedin.oribi.io'],
  sources: ['cookie table of LinkedIn', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {li_fat_id: '30 days', ln_or: '1 day', li_giant: '7 days'},
};
