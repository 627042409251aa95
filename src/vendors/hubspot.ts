/**
 * HubSpot tracking code: visits, forms and chat, joined with what the site knows of its contacts. HubSpot's own banner has to
 * be off. https://developers.hubspot.com/docs/api/events/cookie-banner
 */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../config/types.js';
import {functionAmong} from './awaited.js';
import {ahead} from './call-queue.js';
import {actions, device, formEntries, identifiers, ipAddress, pageAddress, pageTitle} from './terms.js';

const listOf = (window: VendorWindow, name: '_hsq' | '_hsp') => window[name] as unknown[];

function grant(window: VendorWindow): void {
  // A withdrawal has left a cookie that keeps HubSpot from tracking, on later pages too.
  listOf(window, '_hsq').push(['doNotTrack', {track: true}]);
  listOf(window, '_hsp').push([
    'setHubSpotConsent',
    {analytics: true, advertisement: true, functionality: true},
  ]);
}

export const definition: VendorDefinition = {
  id: 'hubspot',
  category: 'advertising',
  tagId: /^\d{4,10}$/,
  src: (tagId) => `https://js.hs-scripts.com/${tagId}.js`,
  // Its markers of a refusal (`__hs_do_not_track`, …) stay.
  cookies: ['__hstc', 'hubspotutk', '__hssc', '__hssrc', 'messagesUtk'],
  queue: '_hsq',
  install: (window) => (window['_hsp'] ??= []),
  attributes: () => ({id: 'hs-script-loader'}),
  start: (window) => ahead(listOf(window, '_hsq'), () => ahead(listOf(window, '_hsp'), () => grant(window))),
  stop(window) {
    listOf(window, '_hsp').push(['revokeCookieConsent']);
    listOf(window, '_hsq').push(['doNotTrack']);
  },
  resume: grant,
};

export const answers: VendorAnswers = {
  lists: ['_hsq'],
  script: /\bhs-scripts\.com\//,
  find: (call) =>
    functionAmong(call, /^addIdentityListener$/, {values: () => ['', '', ''], isListener: true}),
};

export const disclosure: VendorDisclosure = {
  name: 'HubSpot',
  recipient: 'HubSpot, Inc.',
  country: 'US',
  transmits: [pageAddress, pageTitle, identifiers, ipAddress, device, actions, formEntries],
  purpose: {
    en: 'measuring visits, managing contacts and marketing',
    ja: 'アクセス解析、顧客管理、マーケティング',
    ru: 'анализ посещений, работа с клиентами и маркетинг',
  },
  retention: {
    en: 'cookies: up to 6 months',
    ja: 'Cookieの保存期間は最長6か月',
    ru: 'файлы cookie: до 6 месяцев',
  },
  privacyUrl: 'https://legal.hubspot.com/privacy-policy',
};

export const facts: VendorFacts = {
  parameters: ['utm_*', 'hsa_*', '_hsenc', '_hsmi', 'hsCtaTracking', '__hstc', '__hssc', '__hsfp'],
  tagIdForm: '1234567',
  csp: {
    'script-src': [
      'https://js.hs-scripts.com',
      'https://js.hs-analytics.net',
      'https://js.hs-banner.com',
      'https://js.hsforms.net',
      'https://js.hscollectedforms.net',
      'https://js.usemessages.com',
      'https://js.hsadspixel.net',
    ],
    'img-src': ['https://track.hubspot.com', 'https://forms.hsforms.com', 'https://*.hubspot.com'],
    'connect-src': [
      'https://*.hubspot.com',
      'https://*.hubapi.com',
      'https://*.hsforms.com',
      'https://*.hscollectedforms.net',
    ],
    'frame-src': ['https://app.hubspot.com', 'https://*.hsforms.com'],
  },
  thirdPartyCookies: ['hubspot.com', 'hsforms.com'],
  sells: true,
  confidence: 'high',
  unverified: ['csp'],
  sources: ['developer documentation of HubSpot', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {
    __hstc: '6 months',
    hubspotutk: '6 months',
    __hssc: '30 minutes',
    __hssrc: 'session',
    messagesUtk: '6 months',
  },
  callbacks: {
    "_hsq.push(['addIdentityListener', callback])": 'three empty texts; later, what HubSpot says',
  },
};
