/** Defines every element on import. */
export {ConsentBannerElement} from './consent-banner.js';
export {ConsentEmbedElement} from './consent-embed.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
