/** Puts both layers into the page: part of `ui.js`. */
import type {MountUi} from '../ui-contract.js';
import {ConsentBannerElement} from './banner-element.js';
import {define} from './define.js';
import {mountElements} from './mount-elements.js';
import {ConsentPreferencesElement} from './preferences-element.js';

define('consent-banner', ConsentBannerElement);
define('consent-preferences', ConsentPreferencesElement);

export const mountUi: MountUi = (host) => mountElements(host, ['banner', 'preferences']);
