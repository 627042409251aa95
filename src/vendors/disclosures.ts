/**
 * What visitors are told about the vendors of the loader, by id. The loader never imports this file: in `dist/cdn` each
 * language's file has these texts in that language, and every other vendor's are in a file of their own.
 */
import type {VendorDisclosure} from '../config/types.js';
import {disclosure as a8Net} from './a8-net.js';
import {disclosure as googleAds} from './google-ads.js';
import {disclosure as googleAnalytics} from './google-analytics.js';
import {disclosure as googleTagManager} from './google-tag-manager.js';
import {disclosure as metaPixel} from './meta-pixel.js';
import {disclosure as nai} from './nai.js';
import {disclosure as yahooJapanAds} from './yahoo-japan-ads.js';

export const disclosures: Readonly<Record<string, VendorDisclosure>> = {
  'a8-net': a8Net,
  'google-ads': googleAds,
  'google-analytics': googleAnalytics,
  'google-tag-manager': googleTagManager,
  'meta-pixel': metaPixel,
  nai,
  'yahoo-japan-ads': yahooJapanAds,
};
