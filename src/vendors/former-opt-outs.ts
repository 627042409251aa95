/**
 * What has become of the opt-out addresses of older privacy policies, by vendor: for what is shown beside the present one.
 * Each vendor's file has the facts; `dist/cdn/elements.js` gets nothing but these few of them.
 */
import type {VendorFacts} from '../config/types.js';
import {facts as amazonAds} from './amazon-ads.js';
import {facts as beyondx} from './beyondx.js';
import {facts as googleAdManager} from './google-ad-manager.js';
import {facts as googleAds} from './google-ads.js';
import {facts as metaPixel} from './meta-pixel.js';
import {facts as nai} from './nai.js';
import {facts as xPixel} from './x-pixel.js';
import {facts as yahooJapanAds} from './yahoo-japan-ads.js';

export type FormerOptOut = NonNullable<VendorFacts['formerOptOut']>;

export const formerOptOuts: Readonly<Record<string, FormerOptOut | undefined>> = {
  'amazon-ads': amazonAds.formerOptOut,
  beyondx: beyondx.formerOptOut,
  'google-ad-manager': googleAdManager.formerOptOut,
  'google-ads': googleAds.formerOptOut,
  'meta-pixel': metaPixel.formerOptOut,
  nai: nai.formerOptOut,
  'x-pixel': xPixel.formerOptOut,
  'yahoo-japan-ads': yahooJapanAds.formerOptOut,
};
