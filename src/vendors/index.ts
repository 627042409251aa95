/** The vendors that the loader knows by name. */
import {a8Net} from './a8-net.js';
import {googleAds} from './google-ads.js';
import {googleAnalytics} from './google-analytics.js';
import {googleTagManager} from './google-tag-manager.js';
import {metaPixel} from './meta-pixel.js';
import {nai} from './nai.js';
import {yahooJapanAds} from './yahoo-japan-ads.js';

export const catalogue = [googleAnalytics, googleAds, googleTagManager, yahooJapanAds, metaPixel, nai, a8Net];
