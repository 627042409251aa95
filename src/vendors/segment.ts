/** Segment (Twilio): collects events and hands them on to destinations, some of which run in the page until the reload. */
import type {VendorAnswers, VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead} from './call-queue.js';
import type {CompleteStub} from './complete-stub.js';
import {addMethods, callMethod, type MethodList} from './method-list.js';
import {
  actions,
  collectingActions,
  cookies1Year,
  device,
  identifiers,
  ipAddress,
  memberData,
  pageAddress,
} from './terms.js';

/** Those that the loader has already, and the rest of the list in Segment's own snippet. */
const FIRST = 'page track identify ready reset';
const METHODS =
  `${FIRST} on once off debug alias group register screen pageview trackSubmit trackClick trackLink trackForm setAnonymousId ` +
  'addSourceMiddleware addIntegrationMiddleware addDestinationMiddleware';

export const stub: CompleteStub = (window) => {
  const list = window['analytics'] as MethodList;
  // A snippet of the page's own has said so, and Segment's script has taken the list over.
  if (!Array.isArray(list) || list['invoked']) return;
  addMethods(list, METHODS, true);
  // Another copy of the snippet in the page must not load the script on its own; here the gate does.
  list['invoked'] = true;
  list['load'] ??= () => {};
};

export const definition: VendorDefinition = {
  id: 'segment',
  category: 'analytics',
  tagId: /^[A-Za-z0-9]{32}$/,
  src: (tagId) => `https://cdn.segment.com/analytics.js/v1/${tagId}/analytics.min.js`,
  cookies: ['ajs_anonymous_id', 'ajs_user_id', 'ajs_group_id', '__tld__'],
  storage: [
    'ajs_anonymous_id',
    'ajs_user_id',
    'ajs_user_traits',
    'ajs_group_id',
    'ajs_group_properties',
    'persisted-queue:v1:*',
    'segmentio.*',
  ],
  queue: `analytics  ${FIRST}`,
  install: stub,
  start(window, tagId) {
    const list = window['analytics'] as MethodList;
    list['_writeKey'] = tagId;
    ahead(list, () => callMethod(window, 'analytics', 'page'));
  },
  // It has no consent command: this forgets who the visitor is.
  stop: (window) => callMethod(window, 'analytics', 'reset'),
};

export const answers: VendorAnswers = {
  lists: ['analytics'],
  script: /\bcdn\.segment\.com\/analytics/,
  find: (call) => functionAmong(call, /^(track|page|identify|group|alias|screen)$/),
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Segment (Twilio)', ja: 'Segment（Twilio）', ru: 'Segment (Twilio)'},
  recipient: 'Twilio Inc.',
  country: 'US',
  transmits: [pageAddress, actions, identifiers, memberData, ipAddress, device],
  purpose: collectingActions,
  retention: cookies1Year,
  privacyUrl: 'https://www.twilio.com/legal/privacy',
};

/** Each destination that runs in the page needs what it needs besides. */
export const facts: VendorFacts = {
  parameters: ['utm_*'],
  tagIdForm: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
  csp: {
    'script-src': ['https://cdn.segment.com'],
    'connect-src': ['https://cdn.segment.com', 'https://api.segment.io'],
  },
  confidence: 'high',
  unverified: ['sells', 'storage of destinations'],
  sources: ['vendor npm package', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {ajs_anonymous_id: '1 year', ajs_user_id: '1 year', ajs_group_id: '1 year'},
  callbacks: {
    'analytics.track(event, properties, options, callback)': 'nothing',
    'analytics.identify(…, callback)': 'nothing',
    'analytics.page(…, callback)': 'nothing',
    'analytics.group(…, callback)': 'nothing',
    'analytics.alias(…, callback)': 'nothing',
  },
};
