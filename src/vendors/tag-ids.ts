/** What the id of each vendor looks like, for messages to the site's owner. */
import {googleAdsTagId} from './google-ads.js';
import {googleAnalyticsTagId} from './google-analytics.js';
import {googleTagManagerTagId} from './google-tag-manager.js';
import {metaPixelTagId} from './meta-pixel.js';
import {yahooJapanAdsTagId} from './yahoo-japan-ads.js';

export const tagIdForms: Readonly<Record<string, string>> = {
  'google-ads': googleAdsTagId,
  'google-analytics': googleAnalyticsTagId,
  'google-tag-manager': googleTagManagerTagId,
  'meta-pixel': metaPixelTagId,
  'yahoo-japan-ads': yahooJapanAdsTagId,
};
