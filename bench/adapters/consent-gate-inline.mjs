/** The loader in the page, as `consent-gate snippet --inline` prints it. */
import {inlinedAdapterOf} from '../lib/consent-gate.mjs';

export default inlinedAdapterOf('consent-gate-inline');
