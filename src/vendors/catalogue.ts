/**
 * Every vendor that has a file here, with what is known of it. Written by `npm run vendors`: do not edit. For the command
 * line alone; no browser downloads it.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import * as a8Net from './a8-net.js';
import * as amazonAds from './amazon-ads.js';
import * as beyondx from './beyondx.js';
import * as criteo from './criteo.js';
import * as googleAdManager from './google-ad-manager.js';
import * as googleAds from './google-ads.js';
import * as googleAnalytics from './google-analytics.js';
import * as googleTagManager from './google-tag-manager.js';
import * as hubspot from './hubspot.js';
import * as lineTag from './line-tag.js';
import * as linkedinInsight from './linkedin-insight.js';
import * as lyAds from './ly-ads.js';
import * as metaPixel from './meta-pixel.js';
import * as microsoftAds from './microsoft-ads.js';
import * as nai from './nai.js';
import * as pinterestTag from './pinterest-tag.js';
import * as smartnewsAds from './smartnews-ads.js';
import * as tiktokPixel from './tiktok-pixel.js';
import * as xEmbed from './x-embed.js';
import * as xPixel from './x-pixel.js';
import * as yahooJapanAds from './yahoo-japan-ads.js';
import * as yahooJapanTagManager from './yahoo-japan-tag-manager.js';
import * as youtube from './youtube.js';

/** What the file of a vendor exports. */
export interface CatalogueVendor {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
  readonly facts?: VendorFacts;
}

export const vendors: readonly CatalogueVendor[] = [
  a8Net,
  amazonAds,
  beyondx,
  criteo,
  googleAdManager,
  googleAds,
  googleAnalytics,
  googleTagManager,
  hubspot,
  lineTag,
  linkedinInsight,
  lyAds,
  metaPixel,
  microsoftAds,
  nai,
  pinterestTag,
  smartnewsAds,
  tiktokPixel,
  xEmbed,
  xPixel,
  yahooJapanAds,
  yahooJapanTagManager,
  youtube,
];
