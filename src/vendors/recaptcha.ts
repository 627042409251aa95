/** Google reCAPTCHA. Version 2 needs a `src` of its own: the key there stands in the form, not in the address. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {
  cookies6Months,
  device,
  gestures,
  identifiers,
  ipAddress,
  pageAddress,
  preventingAbuse,
} from './terms.js';

export const definition: VendorDefinition = {
  id: 'recaptcha',
  category: 'functional',
  tagId: /^6L[\w-]{38}$/,
  src: (tagId) => `https://www.google.com/recaptcha/api.js?render=${tagId}`,
};

export const disclosure: VendorDisclosure = {
  name: 'Google reCAPTCHA',
  recipient: 'Google LLC',
  country: 'US',
  transmits: [pageAddress, gestures, identifiers, ipAddress, device],
  purpose: preventingAbuse,
  retention: cookies6Months,
  privacyUrl: 'https://policies.google.com/privacy',
};

export const facts: VendorFacts = {
  tagIdForm: '6LEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXAMPL',
  csp: {
    'script-src': ['https://www.google.com/recaptcha/', 'https://www.gstatic.com/recaptcha/'],
    'frame-src': ['https://www.google.com/recaptcha/', 'https://recaptcha.google.com/recaptcha/'],
    'connect-src': ['https://www.google.com/recaptcha/'],
  },
  thirdPartyCookies: ['google.com', 'recaptcha.net'],
  confidence: 'medium',
  unverified: ['tagId', 'csp', 'storage', 'sells'],
  sources: ['vendor documentation', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {_GRECAPTCHA: '6 months'},
};
