/**
 * The elements that an author puts into a page, for the script tag: `dist/cdn/elements.js`, a module of its own on the pages
 * that have them. The banner is not among them: the loader fetches the UI when somebody is asked.
 */
export {ConsentDisclosureElement} from './consent-disclosure.js';
export {ConsentEmbedElement} from './consent-embed.js';
export {ConsentOptOutElement} from './consent-opt-out.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
export {ConsentRecordElement} from './consent-record.js';
