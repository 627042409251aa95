/** What the loader's own vendors do on a change, by id: part of `choice.js`, as nobody else needs it. */
import type {VendorChanges} from '../config/types.js';
import {changes as googleAnalytics} from './google-analytics.js';
import {dropCalls} from './google-tag.js';
import {changes as googleTagManager} from './google-tag-manager.js';
import {changes as metaPixel} from './meta-pixel.js';
import {changes as yahooJapanAds} from './yahoo-japan-ads.js';

export const changes: Readonly<Record<string, VendorChanges>> = {
  'google-ads': {drop: dropCalls},
  'google-analytics': {...googleAnalytics, drop: dropCalls},
  'google-tag-manager': {...googleTagManager, drop: dropCalls},
  'meta-pixel': metaPixel,
  'yahoo-japan-ads': yahooJapanAds,
};
