/** Meta Pixel (Facebook and Instagram advertising, Custom Audiences). */
import type {
  VendorChanges,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorLeavings,
  VendorWindow,
} from '../config/types.js';
import {ahead, installStub} from './call-queue.js';
import {actions, advertising, device, identifiers, ipAddress, pageAddress, purchases} from './terms.js';

/** Meta's stub: a function with a queue, under two names. The script takes over by setting `callMethod`. */
interface Fbq {
  (...command: unknown[]): void;
  callMethod?: ((...command: unknown[]) => void) | undefined;
  queue: unknown[];
  push: Fbq;
  loaded: boolean;
  version: string;
}

const fbqOf = (window: VendorWindow) => window['fbq'] as Fbq;

const install = (window: VendorWindow) => installStub(window, 'fbq queue');

export const definition: VendorDefinition = {
  id: 'meta-pixel',
  category: 'advertising',
  tagId: /^\d{14,17}$/,
  src: () => 'https://connect.facebook.net/en_US/fbevents.js',
  install: (window) => {
    install(window);
    const fbq = fbqOf(window);
    window['_fbq'] = fbq;
    fbq.push ??= Object.assign(fbq, {loaded: true, version: '2.0'});
  },
  start: (window, tagId, _, vendor) => {
    // `init` has to come before the events that the page queued while nothing was granted.
    ahead(install(window), () => {
      const fbq = fbqOf(window);
      // Meta finds out the place by itself.
      if (vendor?.limitedDataUse) fbq('dataProcessingOptions', ['LDU'], 0, 0);
      fbq('init', tagId);
      fbq('track', 'PageView');
    });
  },
};

export const leavings: VendorLeavings = {
  cookies: ['_fbp', '_fbc'],
  storage: ['lastExternalReferrer*'],
};

/** While consent is revoked, Meta's script keeps what it is told and sends it with the next grant: so it is told nothing. */
let callMethod: Fbq['callMethod'];

export const changes: VendorChanges = {
  stop(window) {
    const fbq = fbqOf(window);
    fbq('consent', 'revoke');
    callMethod ??= fbq.callMethod;
    if (callMethod) fbq.callMethod = () => {};
  },
  resume(window) {
    const fbq = fbqOf(window);
    if (callMethod) fbq.callMethod = callMethod;
    callMethod = undefined;
    fbq('consent', 'grant');
  },
  // The page may have put a function of its own under that name.
  drop: (window) => fbqOf(window).queue?.splice(0),
};

export const metaPixelTagId = '123456789012345';

export const disclosure: VendorDisclosure = {
  name: {en: 'Meta Pixel (Facebook, Instagram)', ja: 'Metaピクセル（Facebook・Instagram）'},
  recipient: 'Meta Platforms, Inc.',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device, actions, purchases],
  purpose: advertising,
  privacyUrl: 'https://www.facebook.com/privacy/policy/',
  optOutUrl: 'https://www.facebook.com/adpreferences',
};

export const facts: VendorFacts = {
  parameters: ['fbclid', 'utm_*'],
  tagIdForm: metaPixelTagId,
  csp: {
    'script-src': ['https://connect.facebook.net'],
    'img-src': ['https://www.facebook.com'],
    'connect-src': ['https://www.facebook.com', 'https://connect.facebook.net'],
    'frame-src': ['https://www.facebook.com'],
  },
  thirdPartyCookies: ['facebook.com'],
  sells: true,
  confidence: 'high',
  sources: ['vendor documentation', 'Open Cookie Database', 'traces of live pages'],
  checked: '2026-11-21',
  formerOptOut: {
    url: 'https://www.facebook.com/about/ads',
    status: 'renamed',
    checked: '2026-11-21',
  },
  cookieLifetimes: {_fbp: '90 days', _fbc: '90 days'},
};
