/** Defines `<consent-embed>` on import. */
import {define} from '../ui/define.js';
import {ConsentEmbedElement} from '../ui/embed-element.js';

define('consent-embed', ConsentEmbedElement);

export {ConsentEmbedElement};
