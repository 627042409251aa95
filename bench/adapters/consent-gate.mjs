/** The tag that the README recommends. */
import {adapterOf, BASE} from '../lib/consent-gate.mjs';

export default adapterOf('consent-gate', () => `<script src="${BASE}consent-gate.js" async></script>`);
