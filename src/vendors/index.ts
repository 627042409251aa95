/** The vendors that the loader itself brings along; every other has a file of its own, fetched once it is granted. */
import {definition as a8Net} from './a8-net.js';
import {definition as googleAds} from './google-ads.js';
import {definition as googleAnalytics} from './google-analytics.js';
import {definition as googleTagManager} from './google-tag-manager.js';
import {lateVendors} from './late-vendors.js';
import {definition as metaPixel} from './meta-pixel.js';
import {definition as nai} from './nai.js';
import {createStandIn} from './stand-in.js';
import {definition as yahooJapanAds} from './yahoo-japan-ads.js';

export const catalogue = [
  googleAnalytics,
  googleAds,
  googleTagManager,
  yahooJapanAds,
  metaPixel,
  nai,
  a8Net,
  ...Object.entries(lateVendors).flatMap(([category, rows]) =>
    rows.split(',').map((row) => createStandIn(category, row)),
  ),
];
