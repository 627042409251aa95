/** Puts the first layer into the page, alone: part of `prompt/<language>.js`, whose visitors may never open the second. */
import type {MountUi} from '../ui-contract.js';
import {ConsentBannerElement} from './banner-element.js';
import {define} from './define.js';
import {mountElements} from './mount-elements.js';

define('consent-banner', ConsentBannerElement);

export const mountBanner: MountUi = (host) => mountElements(host, ['banner']);
