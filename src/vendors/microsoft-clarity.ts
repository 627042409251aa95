/** Microsoft Clarity: heat maps and recordings of visits. */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead, type Stub} from './call-queue.js';
import {
  approximatePlace,
  cookies1Year,
  device,
  gestures,
  identifiers,
  pageAddress,
  pageContent,
  pageTitle,
  recordingVisits,
} from './terms.js';

const clarityOf = (window: VendorWindow) => window['clarity'] as Stub;

/** Its use for advertising is another purpose than the one that has been granted, and stays denied. */
const tell = (window: VendorWindow, analytics: 'granted' | 'denied') =>
  clarityOf(window)('consentv2', {ad_Storage: 'denied', analytics_Storage: analytics});

export const definition: VendorDefinition = {
  id: 'microsoft-clarity',
  category: 'analytics',
  tagId: /^[a-z0-9]{8,12}$/,
  src: (tagId) => `https://www.clarity.ms/tag/${tagId}`,
  cookies: ['_clck', '_clsk'],
  storage: ['_cltk'],
  queue: 'clarity q',
  start: (window) => ahead(clarityOf(window)['q'] as unknown[], () => tell(window, 'granted')),
  stop(window) {
    // The denial makes it start anew without cookies; the second call stops that as well.
    tell(window, 'denied');
    clarityOf(window)('stop');
  },
  resume(window) {
    clarityOf(window)('start');
    tell(window, 'granted');
  },
};

export const answers: VendorAnswers = {
  lists: ['clarity.q'],
  script: /\bclarity\.ms\/tag\//,
  find: (call) =>
    functionAmong(call, /^metadata$/, {
      values: () => [{projectId: '', userId: '', sessionId: '', pageNum: 0}, false],
      // The last argument says whether it wants to hear of every later session, too.
      isListener: call[3] === true,
    }),
};

export const disclosure: VendorDisclosure = {
  name: 'Microsoft Clarity',
  recipient: 'Microsoft Corporation',
  country: 'US',
  transmits: [pageAddress, pageTitle, gestures, pageContent, identifiers, approximatePlace, device],
  purpose: recordingVisits,
  retention: cookies1Year,
  privacyUrl: 'https://privacy.microsoft.com/privacystatement',
  optOutUrl: 'https://account.microsoft.com/privacy',
};

export const facts: VendorFacts = {
  parameters: ['utm_*'],
  tagIdForm: 'abcde12345',
  csp: {
    'script-src': ['https://www.clarity.ms', 'https://*.clarity.ms'],
    'connect-src': ['https://*.clarity.ms', 'https://c.bing.com'],
    'img-src': ['https://*.clarity.ms', 'https://c.bing.com'],
  },
  thirdPartyCookies: ['clarity.ms', 'bing.com'],
  confidence: 'high',
  unverified: ['optOutUrl', 'sells'],
  sources: ['vendor source code', 'vendor documentation', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {_clck: '1 year', _clsk: '1 day'},
  callbacks: {
    "clarity('metadata', callback)": '`{projectId: "", userId: "", sessionId: "", pageNum: 0}`, `false`',
  },
};
