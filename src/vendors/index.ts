/** The vendors that the loader knows by name. */
export {a8Net} from './a8-net.js';
export {googleAds} from './google-ads.js';
export {googleAnalytics} from './google-analytics.js';
export {googleTagManager} from './google-tag-manager.js';
export {metaPixel} from './meta-pixel.js';
export {nai} from './nai.js';
export {yahooJapanAds} from './yahoo-japan-ads.js';
