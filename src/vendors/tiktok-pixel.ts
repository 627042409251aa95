/**
 * TikTok Pixel. Its list takes calls by method, `ttq.track('Purchase')`; the pixel's own `load` would insert a script, so here
 * the gate's insertion stands for it. Consent is a matter of the page alone: said on each.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import {ahead, hold} from './call-queue.js';
import type {CompleteStub} from './complete-stub.js';
import {
  actions,
  adClicks,
  advertising,
  cookies13Months,
  device,
  hashedContact,
  identifiers,
  ipAddress,
  pageAddress,
} from './terms.js';

/** The list, its generated methods, and what it knows of each pixel: by id, its own list, its time and its options. */
interface Ttq extends Array<unknown> {
  _i: Record<string, unknown[]>;
  _t?: Record<string, number>;
  _o?: Record<string, object>;
  setAndDefer?: typeof defer;
  load?: () => void;
  instance?: (tagId: string) => unknown[];
  page(): void;
  grantConsent(): void;
  revokeConsent(): void;
  enableCookie(): void;
  disableCookie(): void;
}

const SCRIPT = 'https://analytics.tiktok.com/i18n/pixel/events.js';

/** Those that the loader has already, and the rest of the list in TikTok's own snippet. */
const FIRST = 'page track identify ready';
const METHODS = [
  ...FIRST.split(' '),
  'instances',
  'debug',
  'on',
  'off',
  'once',
  'alias',
  'group',
  'enableCookie',
  'disableCookie',
  'holdConsent',
  'revokeConsent',
  'grantConsent',
];

const ttqOf = (window: VendorWindow) => window['ttq'] as Ttq;

function defer(list: unknown[], method: string): unknown[] {
  const methods = list as unknown as Record<string, unknown>;
  methods[method] ??= (...parameters: unknown[]) => hold(list, [method, ...parameters]);
  return list;
}

export const stub: CompleteStub = (window) => {
  window['TiktokAnalyticsObject'] ??= 'ttq';
  const ttq = METHODS.reduce(defer, ttqOf(window) as unknown[]) as Ttq;
  ttq._i ??= {};
  ttq.setAndDefer ??= defer;
  ttq.load ??= () => {};
  ttq.instance ??= (tagId) => METHODS.reduce(defer, ttq._i[tagId] ?? []);
};

export const definition: VendorDefinition = {
  id: 'tiktok-pixel',
  category: 'advertising',
  tagId: /^[A-Z\d]{20}$/,
  src: (tagId) => `${SCRIPT}?sdkid=${tagId}&lib=ttq`,
  cookies: ['_ttp', '_tt_enable_cookie', 'ttcsid', 'ttcsid_*', 'ttclid'],
  storage: [
    'tt_sessionId',
    'tt_appInfo',
    'tt_pixel_session_index',
    'tt_ci_*',
    '_tt_sessionId',
    '_tt_appInfo',
    '_tt_pixel_session_index',
    '_tt_ci_*',
  ],
  queue: `ttq  ${FIRST}`,
  install: stub,
  start(window, tagId) {
    const ttq = ttqOf(window);
    ttq._i[tagId] ??= Object.assign([], {_u: SCRIPT});
    (ttq._t ??= {})[tagId] ??= Date.now();
    (ttq._o ??= {})[tagId] ??= {};
    ahead(ttq, () => {
      ttq.grantConsent();
      ttq.page();
    });
  },
  stop(window) {
    ttqOf(window).revokeConsent();
    ttqOf(window).disableCookie();
  },
  resume(window) {
    ttqOf(window).enableCookie();
    ttqOf(window).grantConsent();
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'TikTok Ads', ja: 'TikTok広告', ru: 'Реклама TikTok'},
  recipient: 'TikTok Pte. Ltd.',
  country: 'SG',
  transmits: [pageAddress, identifiers, ipAddress, device, adClicks, actions, hashedContact],
  purpose: advertising,
  retention: cookies13Months,
  privacyUrl: 'https://www.tiktok.com/legal/page/row/privacy-policy/en',
};

export const facts: VendorFacts = {
  parameters: ['ttclid'],
  tagIdForm: 'CABCDEFGHIJ123456789',
  csp: {
    'script-src': ['https://analytics.tiktok.com'],
    'img-src': ['https://analytics.tiktok.com', 'https://analytics-ipv6.tiktokw.us'],
    'connect-src': ['https://*.tiktok.com', 'https://analytics-ipv6.tiktokw.us'],
  },
  thirdPartyCookies: ['tiktok.com', 'tiktokw.us'],
  sells: true,
  confidence: 'medium',
  unverified: [
    'recipient (TikTok Technology Limited in the EEA, TikTok Inc. in the US)',
    'lifetime of ttcsid and ttclid',
  ],
  sources: ['help pages of TikTok Ads', 'public samples of the tag', 'Open Cookie Database'],
  checked: '2026-11-21',
  cookieLifetimes: {
    _ttp: '13 months',
    _tt_enable_cookie: '13 months',
    'ttcsid*': '90 days to 13 months',
    ttclid: '90 days to 13 months',
  },
};
