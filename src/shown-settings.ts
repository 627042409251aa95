/** The settings as the UI gets them: without addresses that run where they are pressed, and with what a look needs. Pure. */
import {withSafeLinks} from './config/safe-links.js';
import type {Settings} from './config/types.js';
import type {UiSettings} from './ui-contract.js';

/** @returns the part that is shown; `ui` is complete */
export const shownSettings = (settings: Settings): UiSettings => ({
  ...settings,
  controller: withSafeLinks(settings.controller, ['contact']),
  links: withSafeLinks(settings.links, ['privacyPolicy', 'cookiePolicy', 'complaints']),
  policy: {
    ...settings.policy,
    revisions: settings.policy.revisions.map((revision) => withSafeLinks(revision, ['url', 'diff'])),
  },
  vendors: settings.vendors.map((vendor) => withSafeLinks(vendor, ['privacyUrl', 'optOutUrl'])),
  ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto', ...Object(settings.ui)},
});
