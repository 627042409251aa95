/** Defines every element on import. */
export {ConsentBannerElement} from './consent-banner.js';
export {ConsentOptOutElement} from './consent-opt-out.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
export {ConsentRecordElement} from './consent-record.js';
