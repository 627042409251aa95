/**
 * Advertising on the site's own pages by Google: the Publisher Tag of Ad Manager, or AdSense where a `tagId` is given. Both
 * heed Google Consent Mode. They take ads as the page asks for them, so nothing has to be said first.
 * https://support.google.com/admanager/answer/7678538
 */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {adClicks, advertising, cookies2Years, device, identifiers, ipAddress, pageAddress} from './terms.js';

interface Googletag {
  cmd?: unknown[];
  pubads(): {setPrivacySettings(settings: object): unknown};
}

/** Ads that name nobody still use cookies; where AdSense can pause, it asks for no more ads at all. */
function restrict(window: VendorWindow, isOn: boolean): void {
  const googletag = window['googletag'] as Googletag;
  googletag.cmd?.push(() => googletag.pubads().setPrivacySettings({nonPersonalizedAds: isOn}));
  (window['adsbygoogle'] as {pauseAdRequests?: number}).pauseAdRequests = Number(isOn);
}

export const definition: VendorDefinition = {
  id: 'google-ad-manager',
  category: 'advertising',
  tagId: /^(ca-pub-\d{16})?$/,
  src: (tagId) =>
    tagId
      ? `https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js?client=${tagId}`
      : 'https://securepubads.g.doubleclick.net/tag/js/gpt.js',
  cookies: ['__gads', '__gpi', '__gpi_optout', '__eoi', '__gsas', 'GoogleAdServingTest'],
  storage: [
    'google_adsense_settings',
    'google_ama_config',
    'google_ama_settings',
    'google_pub_config',
    'goog_pem_mod',
    'google_experiment_mod*',
  ],
  queue: 'googletag.cmd',
  install(window) {
    window['adsbygoogle'] ??= [];
  },
  attributes: (tagId) => (tagId ? {crossorigin: 'anonymous'} : {}),
  stop: (window) => restrict(window, true),
  resume: (window) => restrict(window, false),
};

/** https://developers.google.com/ad-placement/apis/adbreak: a game goes on once it hears that there is no ad. */
export const answers: VendorAnswers = {
  lists: ['adsbygoogle'],
  script: /\b(adsbygoogle\.js|securepubads\.g\.doubleclick\.net)/,
  find: ({type, name, adBreakDone}) =>
    adBreakDone
      ? {
          path: ['adBreakDone'],
          values: () => [
            {
              breakType: type,
              breakName: name,
              breakFormat: type === 'reward' || type === 'preroll' ? type : 'interstitial',
              breakStatus: 'notReady',
            },
          ],
        }
      : {path: ['onReady']},
};

export const disclosure: VendorDisclosure = {
  name: {
    en: 'Google Ad Manager, AdSense',
    ja: 'Google アド マネージャー、AdSense',
    ru: 'Google Менеджер рекламы, AdSense',
  },
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks],
  purpose: advertising,
  retention: cookies2Years,
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://myadcenter.google.com/',
};

export const facts: VendorFacts = {
  tagIdForm: 'ca-pub-1234567890123456',
  csp: {
    'script-src': [
      'https://pagead2.googlesyndication.com',
      'https://securepubads.g.doubleclick.net',
      'https://tpc.googlesyndication.com',
      'https://*.adtrafficquality.google',
    ],
    // Advertisers' pictures come from anywhere.
    'img-src': ['https:'],
    'connect-src': [
      'https://pagead2.googlesyndication.com',
      'https://*.adtrafficquality.google',
      'https://securepubads.g.doubleclick.net',
    ],
    'frame-src': [
      'https://googleads.g.doubleclick.net',
      'https://tpc.googlesyndication.com',
      'https://*.safeframe.googlesyndication.com',
      'https://www.google.com',
    ],
  },
  thirdPartyCookies: ['doubleclick.net', 'googlesyndication.com', 'google.com'],
  sells: true,
  confidence: 'medium',
  unverified: ['csp (Google asks for a nonce with strict-dynamic instead)'],
  sources: ['help pages of Google Ad Manager and AdSense', 'tarteaucitron.js', 'Open Cookie Database'],
  checked: '2026-11-21',
  formerOptOut: {url: 'https://www.google.com/settings/ads', status: 'renamed', checked: '2026-11-21'},
  cookieLifetimes: {
    __gads: '13 months',
    __gpi: '13 months',
    __gpi_optout: '13 months',
    __eoi: '6 months',
    __gsas: '3 months',
    GoogleAdServingTest: 'session',
  },
  callbacks: {
    'adBreak({type, name, adBreakDone})': 'the break with `breakStatus: "notReady"`',
    'adConfig({onReady})': 'nothing',
  },
};
