/** PostHog: use of the site, recordings where the project has them on. The script's host says where the data goes. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, hold} from './call-queue.js';
import {callMethod, installMethods, type MethodList} from './method-list.js';
import {actions, analysingUse, cookies1Year, device, identifiers, ipAddress, pageAddress} from './terms.js';

/** The grant itself is no event to report. */
const optIn = (window: VendorWindow) =>
  callMethod(window, 'posthog', 'opt_in_capturing', {captureEventName: false});

export const definition: VendorDefinition = {
  id: 'posthog',
  category: 'analytics',
  tagId: /^phc_[A-Za-z0-9]{40,}$/,
  src: () => 'https://us-assets.i.posthog.com/static/array.js',
  cookies: ['ph_*_posthog', 'dmn_chk_*'],
  // `__ph_opt_in_out_*`, the visitor's own refusal, stays.
  storage: [
    'ph_*_posthog',
    'ph_*_window_id',
    'ph_*_primary_window_exists',
    'ph_*_session_registered_properties',
  ],
  queue: 'posthog',
  install(window) {
    const list = installMethods(
      window,
      'posthog',
      'capture identify alias reset group register register_once register_for_session unregister set_config ' +
        'setPersonProperties resetPersonProperties setPersonPropertiesForFlags setGroupPropertiesForFlags ' +
        'onFeatureFlags reloadFeatureFlags onSessionId captureException startSessionRecording ' +
        'stopSessionRecording opt_in_capturing opt_out_capturing clear_opt_in_out_capturing debug',
    );
    const starts = (list['_i'] ??= []) as unknown[];
    list['init'] ??= (...call: unknown[]) => hold(starts, call);
    list['people'] ??= [];
    // Another copy of the snippet in the page must not load the script on its own.
    list['__SV'] ??= 1;
  },
  start(window, tagId, url) {
    const list = window['posthog'] as MethodList;
    const starts = list['_i'] as unknown[];
    // Options that the page has given go with its own start.
    if (!starts.length) starts.push([tagId, {api_host: url.replace(/-assets(?=\.)|\/static\/.*/g, '')}]);
    ahead(list, () => optIn(window));
  },
  stop: (window) => callMethod(window, 'posthog', 'opt_out_capturing'),
  resume: optIn,
};

export const disclosure: VendorDisclosure = {
  name: 'PostHog',
  recipient: 'PostHog, Inc.',
  country: 'US',
  transmits: [pageAddress, actions, identifiers, ipAddress, device],
  purpose: analysingUse,
  retention: cookies1Year,
  privacyUrl: 'https://posthog.com/privacy',
};

export const facts: VendorFacts = {
  tagIdForm: 'phc_0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456',
  csp: {
    'script-src': ['https://us-assets.i.posthog.com', 'https://eu-assets.i.posthog.com'],
    'connect-src': [
      'https://us.i.posthog.com',
      'https://us-assets.i.posthog.com',
      'https://eu.i.posthog.com',
      'https://eu-assets.i.posthog.com',
    ],
    'worker-src': ['blob:'],
  },
  confidence: 'high',
  unverified: ['sells'],
  sources: ['vendor npm package', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {'ph_*_posthog': '1 year'},
};
