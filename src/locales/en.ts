/** English. */
import type {Locale} from './locale.js';

export const locale: Locale = {
  lang: 'en',
  dir: 'ltr',
  bannerTitle: 'Your choice about cookies',
  bannerText:
    'If you agree, {controller} uses cookies and similar technologies for {purposes}. Data about your visit is then sent to others. You can change your choice at any time.',
  noticeText:
    '{controller} uses cookies and similar technologies for {purposes}. Data about your visit is sent to others. You can reject all of it or choose in detail.',
  acceptAll: 'Accept all',
  rejectAll: 'Reject all',
  settings: 'Choose in detail',
  privacyPolicy: 'Privacy policy',
  cookiePolicy: 'Cookie policy',
  comma: ', ',
  and: ' and ',
  lastly: ', and ',
  more: '{count} more',
  preferencesTitle: 'Cookie settings',
  preferencesText:
    'Choose the purposes and recipients you allow. The site works without them. You can change your choice at any time.',
  save: 'Save choice',
  close: 'Close',
  alwaysOn: 'Always on',
  mixed: 'Partly on',
  recipients: 'Recipients',
  recipient: 'Recipient',
  purpose: 'Purpose',
  transmits: 'Data sent',
  retention: 'Kept for',
  country: 'Country',
  vendorOptOut: 'Recipient\u2019s own opt-out',
  chosenOn: 'Chosen on {date}',
  changed: 'What has changed since your last choice:',
  thirdPartyCookies:
    'Cookies that a recipient has stored on its own site cannot be deleted from here. Use its page or your browser settings.',
  notDeleted: 'Could not be deleted: {names}',
  gpcHonoured: 'Your browser\u2019s opt-out signal (GPC) is honoured.',
  ageLocked: 'Off because of the age setting.',
  saved: 'Your choice has been saved.',
  stopsLater:
    'Some services stop once you leave this page. It was not reloaded, so that nothing is lost or sent twice.',
  vendorDenied: 'No more data is sent to {vendor}',
  allDenied: 'Everything optional has been turned off',
  undo: 'Undo',
  undone: 'Undone.',
  newTab: '(opens in a new tab)',
  categories: {
    essential: {
      name: 'Essential',
      purpose: 'running the site',
      text: 'Needed to run the site, such as signing in and keeping it secure.',
    },
    functional: {
      name: 'Functional',
      purpose: 'extra features',
      text: 'Remembers your settings and shows videos, maps and the like.',
    },
    analytics: {
      name: 'Analytics',
      purpose: 'measuring visits',
      text: 'Shows which pages are visited and how, so that they can be improved.',
    },
    advertising: {
      name: 'Advertising',
      purpose: 'advertising',
      text: 'Shows advertising that matches your interests and measures its effect.',
    },
  },
};
