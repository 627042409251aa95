/** A tag without `async`: the page waits for the loader, so that nothing behind it can come first. */
import {adapterOf, BASE} from '../lib/consent-gate.mjs';

export default adapterOf('consent-gate-blocking', () => `<script src="${BASE}consent-gate.js"></script>`, {
  isVariant: true,
});
