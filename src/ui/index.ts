/**
 * Entry of `dist/cdn/ui.js`, fetched on first need. A page with an element of its own in it (`<consent-preferences
 * inline>`) loads it itself, as a module: the elements are defined on import and ask the core for what they show.
 */
export {mountUi} from './mount.js';
