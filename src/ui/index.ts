/** Entry of `dist/cdn/ui.js`, which the loader fetches on first need. */
export {mountUi} from './mount.js';
