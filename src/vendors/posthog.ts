/** PostHog: use of the site, recordings where the project has them on. The script's host says where the data goes. */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead, hold} from './call-queue.js';
import type {CompleteStub} from './complete-stub.js';
import {addMethods, callMethod, type MethodList} from './method-list.js';
import {actions, analysingUse, cookies1Year, device, identifiers, ipAddress, pageAddress} from './terms.js';

/** The grant itself is no event to report. */
const optIn = (window: VendorWindow) =>
  callMethod(window, 'posthog', 'opt_in_capturing', {captureEventName: false});

/** Those that the loader has already. */
const FIRST = 'init capture identify reset isFeatureEnabled getFeatureFlag onFeatureFlags';
/** The rest of the list in PostHog's own snippet: what may be called while the script is on its way, and then rare ones. */
const MORE =
  'alias group register unregister opt_in_capturing opt_out_capturing has_opted_in_capturing has_opted_out_capturing get_distinct_id';
const RARE =
  'register_once register_for_session unregister_for_session set_config setPersonProperties captureException on ' +
  'onSessionId reloadFeatureFlags getFeatureFlagPayload updateEarlyAccessFeatureEnrollment getEarlyAccessFeatures ' +
  'onSurveysLoaded getSurveys getActiveMatchingSurveys renderSurvey canRenderSurvey canRenderSurveyAsync resetGroups ' +
  'setPersonPropertiesForFlags resetPersonPropertiesForFlags setGroupPropertiesForFlags ' +
  'resetGroupPropertiesForFlags getGroups get_session_id get_session_replay_url startSessionRecording ' +
  'stopSessionRecording sessionRecordingStarted loadToolbar get_property getSessionProperty createPersonProfile ' +
  'clear_opt_in_out_capturing debug getPageViewId captureTraceFeedback captureTraceMetric';

const install: CompleteStub = (window) => {
  const list = window['posthog'] as MethodList;
  addMethods(list, MORE);
  list['_i'] ??= [];
  // Another copy of the snippet in the page must not load the script on its own.
  list['__SV'] ??= 1;
};

export const stub: CompleteStub = (window) => {
  install(window);
  const list = window['posthog'] as MethodList;
  addMethods(list, RARE);
  list['people'] ??= [];
};

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
  queue: `posthog  ${FIRST}`,
  install,
  start(window, tagId, url) {
    const list = window['posthog'] as MethodList;
    const starts = list['_i'] as unknown[];
    for (const call of list.splice(0) as unknown[][]) {
      if (call[0] === 'init') starts.push(call.slice(1));
      else list.push(call);
    }
    list['init'] = (...call: unknown[]) => hold(starts, call);
    // Options that the page has given go with its own start.
    if (!starts.length) starts.push([tagId, {api_host: url.replace(/-assets(?=\.)|\/static\/.*/g, '')}]);
    ahead(list, () => optIn(window));
  },
  stop: (window) => callMethod(window, 'posthog', 'opt_out_capturing'),
  resume: optIn,
};

export const answers: VendorAnswers = {
  lists: ['posthog'],
  script: /\/static\/array\.js/,
  find: (call) =>
    functionAmong(call, /^onFeatureFlags$/, {
      values: () => [[], {}, {errorsLoading: true}],
      isListener: true,
    }) ??
    functionAmong(call, /^get(Active\w*)?Surveys$/, {values: () => [[], {isLoaded: false}]}) ??
    functionAmong(call, /^getEarlyAccessFeatures$/, {values: () => [[]]}),
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
  parameters: [
    'utm_*',
    'gclid',
    'gclsrc',
    'dclid',
    'gbraid',
    'wbraid',
    'gad_source',
    'fbclid',
    'msclkid',
    'twclid',
    'li_fat_id',
    'mc_cid',
    'igshid',
    'ttclid',
    'rdt_cid',
    'epik',
    'qclid',
    'sccid',
    'irclid',
    '_kx',
  ],
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
  callbacks: {
    'posthog.onFeatureFlags(callback)': '`[]`, `{}`, `{errorsLoading: true}`; later, what PostHog says',
    'posthog.getSurveys(callback)': '`[]`, `{isLoaded: false}`',
    'posthog.getActiveMatchingSurveys(callback)': '`[]`, `{isLoaded: false}`',
    'posthog.getEarlyAccessFeatures(callback)': '`[]`',
  },
};
