/** The same without `async`: the page waits for the loader, so that nothing behind it can come first. */
import {adapterOf, BASE, printPreload} from '../lib/consent-gate.mjs';

export default adapterOf(
  'consent-gate-blocking',
  (preload) => `${preload}\n<script src="${BASE}consent-gate.js"></script>`,
  {isVariant: true, prepare: printPreload},
);
