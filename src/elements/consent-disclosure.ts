/** Defines `<consent-disclosure>` on import. */
import {define} from '../ui/define.js';
import {ConsentDisclosureElement} from '../ui/disclosure-element.js';

define('consent-disclosure', ConsentDisclosureElement);

export {ConsentDisclosureElement};
