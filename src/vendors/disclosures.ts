/**
 * What visitors are told about the vendors of the catalogue, by id. For the UI: the loader never imports this file. The
 * texts are English; each locale has the rest under `terms`, so that nobody downloads a language they do not read.
 */
import type {VendorDisclosure} from '../config/types.js';
import {a8NetDisclosure} from './a8-net.js';
import {googleAdsDisclosure} from './google-ads.js';
import {googleAnalyticsDisclosure} from './google-analytics.js';
import {googleTagManagerDisclosure} from './google-tag-manager.js';
import {metaPixelDisclosure} from './meta-pixel.js';
import {naiDisclosure} from './nai.js';
import {yahooJapanAdsDisclosure} from './yahoo-japan-ads.js';

export const disclosures: Readonly<Record<string, VendorDisclosure>> = {
  'a8-net': a8NetDisclosure,
  'google-ads': googleAdsDisclosure,
  'google-analytics': googleAnalyticsDisclosure,
  'google-tag-manager': googleTagManagerDisclosure,
  'meta-pixel': metaPixelDisclosure,
  nai: naiDisclosure,
  'yahoo-japan-ads': yahooJapanAdsDisclosure,
};
