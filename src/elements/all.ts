/** Defines every element on import. */
export {ConsentBannerElement} from './consent-banner.js';
export {ConsentDisclosureElement} from './consent-disclosure.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
