/**
 * The elements that an author puts into a page, for the script tag: `dist/cdn/elements.js`, a module of its own on the pages
 * that have them. The banner is not among them: the loader fetches the UI when somebody is asked.
 */
export {ConsentEmbedElement} from './consent-embed.js';
export {ConsentPreferencesElement} from './consent-preferences.js';
