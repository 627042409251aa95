/** Defines `<consent-record>` on import. */
import {define} from '../ui/define.js';
import {ConsentRecordElement} from '../ui/record-element.js';

define('consent-record', ConsentRecordElement);

export {ConsentRecordElement};
