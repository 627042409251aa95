/** What tags of the loader's own vendors leave on the site, by id: whoever has denied nothing need not know. */
import type {VendorLeavings} from '../config/types.js';
import {leavings as a8Net} from './a8-net.js';
import {leavings as googleAds} from './google-ads.js';
import {leavings as googleAnalytics} from './google-analytics.js';
import {leavings as metaPixel} from './meta-pixel.js';
import {leavings as yahooJapanAds} from './yahoo-japan-ads.js';

export const leavings: Readonly<Record<string, VendorLeavings>> = {
  'google-analytics': googleAnalytics,
  'google-ads': googleAds,
  'yahoo-japan-ads': yahooJapanAds,
  'meta-pixel': metaPixel,
  'a8-net': a8Net,
};
