/** Yahoo! JAPAN Ads: the site general tag, and site retargeting for a search (`1` and nine digits) or display id. */
import type {
  VendorAnswers,
  VendorChanges,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorLeavings,
  VendorWindow,
} from '../config/types.js';
import {ahead, installStub} from './call-queue.js';
import {
  advertising,
  device,
  identifiers,
  ipAddress,
  pageAddress,
  productsViewed,
  purchases,
} from './terms.js';

type Ytag = (command: {type: string; config: object}) => void;

const install = (window: VendorWindow) => installStub(window, 'ytag yjDataLayer');

export const definition: VendorDefinition = {
  id: 'yahoo-japan-ads',
  category: 'advertising',
  tagId: /^(1\d{9}|[A-Z0-9]{10})?$/,
  src: () => 'https://s.yimg.jp/images/listing/tool/cv/ytag.js',
  install,
  start: (window, tagId) => {
    const tell = (type: string, config: object) => (window['ytag'] as Ytag)({type, config});
    ahead(install(window), () => {
      // The general tag stores the click id that conversion and retargeting tags read, so it goes ahead of them all.
      tell('ycl_cookie', {ycl_use_non_cookie_storage: true});
      if (/^1\d{9}$/.test(tagId)) tell('yss_retargeting', {yahoo_ss_retargeting_id: tagId});
      else if (tagId) tell('yjad_retargeting', {yahoo_retargeting_id: tagId});
    });
  },
};

export const leavings: VendorLeavings = {
  // Copies of the click ids in `localStorage` have the names of their cookies.
  cookies: ['_ycl_*', '_*_yjad', '_ly_sa_cids'],
};

export const changes: VendorChanges = {
  // The script replaces the list by an object that only takes calls.
  drop: (window) => (window['yjDataLayer'] as unknown[]).splice?.(0),
};

export const answers: VendorAnswers = {
  lists: ['yjDataLayer'],
  script: /\byimg\.jp\/.*\/ytag\.js/,
  // That of a press on a telephone link or a button leads on from the page.
  find: () => ({path: [0, 'config', 'onload_callback']}),
};

export const yahooJapanAdsTagId = '1234567890 or ABCDEFGH12';

export const disclosure: VendorDisclosure = {
  name: {en: 'Yahoo! JAPAN Ads', ja: 'Yahoo!広告'},
  recipient: {en: 'LY Corporation', ja: 'LINEヤフー株式会社'},
  country: 'JP',
  transmits: [pageAddress, identifiers, ipAddress, device, productsViewed, purchases],
  purpose: advertising,
  privacyUrl: 'https://www.lycorp.co.jp/ja/company/privacypolicy/',
  optOutUrl: 'https://btoptout.yahoo.co.jp/optout/index.html',
};

export const facts: VendorFacts = {
  parameters: ['yclid', 'sa_p', 'sa_t', 'sa_ra', 'sa_cc'],
  tagIdForm: yahooJapanAdsTagId,
  csp: {
    'script-src': [
      'https://s.yimg.jp',
      'https://b91.yahoo.co.jp',
      'https://b92.yahoo.co.jp',
      'https://b97.yahoo.co.jp',
      'https://b99.yahoo.co.jp',
    ],
    'img-src': [
      'https://b90.yahoo.co.jp',
      'https://b91.yahoo.co.jp',
      'https://b97.yahoo.co.jp',
      'https://b99.yahoo.co.jp',
      'https://apm.yahoo.co.jp',
    ],
    'connect-src': ['https://apm.yahoo.co.jp', 'https://b91.yahoo.co.jp', 'https://b99.yahoo.co.jp'],
  },
  thirdPartyCookies: ['yahoo.co.jp'],
  sells: true,
  confidence: 'high',
  unverified: ['cookie lifetime of _yjsu_yjad', 'cookie lifetime of _yjr_yjad'],
  sources: ['vendor help pages', 'public samples of the tag', 'a copy of the script'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'http://btoptout.yahoo.co.jp/optout/index.html',
    status: 'http-only',
    checked: '2026-11-21',
  },
  cookieLifetimes: {
    _ycl_yjad: '2 years',
    '_ycl_*_aw': '90 days',
    _ts_yjad: '2 years',
    _ly_sa_cids: '90 days',
  },
  callbacks: {
    'ytag({type, config: {onload_callback}})': 'nothing',
  },
};
