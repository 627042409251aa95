/** Matomo, on the site's own server or in Matomo's cloud: `src` says where, and its tracker is beside the script. */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead} from './call-queue.js';
import {
  actions,
  cookies13Months,
  device,
  identifiers,
  ipAddress,
  measuringVisits,
  pageAddress,
  pageTitle,
} from './terms.js';

const queueOf = (window: VendorWindow) => window['_paq'] as unknown[];

/** The cloud serves the script from one host for all its customers, whose names follow as a folder. */
const trackerOf = (url: string) =>
  url.replace('//cdn.matomo.cloud/', '//').replace(/[^/?#]*([?#].*)?$/, 'matomo.php');

export const definition: VendorDefinition = {
  id: 'matomo',
  category: 'analytics',
  tagId: /^\d+$/,
  // Those that keep a visitor's own refusal (`matomo_ignore`) and the login of the site's staff are not removed.
  cookies: [
    '_pk_id.*',
    '_pk_ref.*',
    '_pk_ses.*',
    '_pk_cvar.*',
    '_pk_hsr.*',
    '_pk_testcookie*',
    'mtm_consent',
    'mtm_consent_removed',
    'mtm_cookie_consent',
  ],
  queue: '_paq',
  start(window, tagId, url) {
    const queue = queueOf(window);
    ahead(queue, () =>
      queue.push(
        ['requireConsent'],
        ['setConsentGiven'],
        ['setTrackerUrl', trackerOf(url)],
        ['setSiteId', tagId],
        ['trackPageView'],
        ['enableLinkTracking'],
      ),
    );
  },
  stop: (window) => queueOf(window).push(['forgetConsentGiven'], ['deleteCookies']),
  resume: (window) => queueOf(window).push(['setConsentGiven']),
};

/** A tracker that knows nothing and sends nothing, for a function that asks Matomo's. */
function createBlankTracker(): Record<string, () => unknown> {
  const methods = (names: string, result?: unknown) => names.split(' ').map((name) => [name, () => result]);
  return Object.fromEntries([
    ...methods(
      'getVisitorId getUserId getPageViewId getCustomDimension getCrossDomainLinkingUrlParameter ' +
        'getAttributionCampaignName getAttributionCampaignKeyword getAttributionReferrerUrl ' +
        'getAttributionReferrerTimestamp',
      '',
    ),
    ...methods('getVisitorInfo getAttributionInfo', []),
    ...methods('getCustomVariable', false),
    ...methods('trackPageView trackEvent trackGoal trackLink setUserId setCustomDimension'),
  ]);
}

export const answers: VendorAnswers = {
  lists: ['_paq'],
  script: /\b(matomo|piwik)\.(js|php)/,
  find: (call) =>
    typeof call[0] === 'function'
      ? {path: [0], self: createBlankTracker()}
      : functionAmong(call, /^track(?!Callback)/, {
          values: () => [{request: '', trackerUrl: '', success: false}],
        }),
};

/** Without a country: that of the site where it runs its own, New Zealand where the cloud does. */
export const disclosure: VendorDisclosure = {
  name: {en: 'Matomo', ja: 'Matomo（マトモ）アクセス解析', ru: 'Matomo'},
  recipient: {
    en: 'the operator of this site; with Matomo Cloud, InnoCraft Limited',
    ja: '当サイトの運営者（Matomo Cloudの場合はInnoCraft Limited）',
    ru: 'владелец этого сайта; при использовании Matomo Cloud — InnoCraft Limited',
  },
  transmits: [pageAddress, pageTitle, identifiers, ipAddress, device, actions],
  purpose: measuringVisits,
  retention: cookies13Months,
  privacyUrl: 'https://matomo.org/privacy-policy/',
};

/** What the page's policy has to allow follows from `src`. */
export const facts: VendorFacts = {
  parameters: ['mtm_*', 'matomo_*', 'pk_*', 'piwik_*', 'utm_*'],
  tagIdForm: '1',
  sells: false,
  confidence: 'high',
  unverified: ['sells'],
  sources: ['vendor documentation', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {
    '_pk_id.*': '13 months',
    '_pk_ref.*': '6 months',
    '_pk_ses.*': '30 minutes',
    '_pk_cvar.*': '30 minutes',
    '_pk_hsr.*': '30 minutes',
    mtm_consent: '30 years',
    mtm_consent_removed: '30 years',
    mtm_cookie_consent: '30 years',
  },
  callbacks: {
    '_paq.push([function () { this.getVisitorId() }])': 'nothing; `this` answers with empty values',
    "_paq.push(['trackEvent', …, callback])": '`{request: "", trackerUrl: "", success: false}`',
    "_paq.push(['trackPageView', …, callback])": '`{request: "", trackerUrl: "", success: false}`',
    "_paq.push(['trackGoal', …, callback])": '`{request: "", trackerUrl: "", success: false}`',
    "_paq.push(['trackLink', …, callback])": '`{request: "", trackerUrl: "", success: false}`',
  },
};
