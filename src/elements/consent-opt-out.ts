/** Defines `<consent-opt-out>` on import. */
import {define} from '../ui/define.js';
import {ConsentOptOutElement} from '../ui/opt-out-element.js';

define('consent-opt-out', ConsentOptOutElement);

export {ConsentOptOutElement};
