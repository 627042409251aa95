/** What stands first in the README: the preloading script, and the tag with `async`. */
import {adapterOf, BASE, printPreload} from '../lib/consent-gate.mjs';

export default adapterOf(
  'consent-gate',
  (preload) => `${preload}\n<script src="${BASE}consent-gate.js" async></script>`,
  {prepare: printPreload},
);
