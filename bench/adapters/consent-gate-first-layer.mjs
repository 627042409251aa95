/** The loader and the first layer in the page, as `consent-gate snippet --inline --first-layer` prints them. */
import {inlinedAdapterOf} from '../lib/consent-gate.mjs';

export default inlinedAdapterOf('consent-gate-first-layer', 'first-layer');
