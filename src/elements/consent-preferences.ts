/** Defines `<consent-preferences>` on import. */
import {define} from '../ui/define.js';
import {ConsentPreferencesElement} from '../ui/preferences-element.js';

define('consent-preferences', ConsentPreferencesElement);

export {ConsentPreferencesElement};
