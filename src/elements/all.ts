/** Defines every element on import. */
export {ConsentBannerElement} from './consent-banner.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
