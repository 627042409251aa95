/** Defines `<consent-banner>` on import. */
import {ConsentBannerElement} from '../ui/banner-element.js';
import {define} from '../ui/define.js';

define('consent-banner', ConsentBannerElement);

export {ConsentBannerElement};
