/** Defines every element on import. */
export {ConsentBannerElement} from './consent-banner.js';
export {ConsentDisclosureElement} from './consent-disclosure.js';
export {ConsentEmbedElement} from './consent-embed.js';
export {ConsentOptOutElement} from './consent-opt-out.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
export {ConsentRecordElement} from './consent-record.js';
