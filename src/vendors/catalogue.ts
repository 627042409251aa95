/**
 * Every vendor that has a file here, with what is known of it. Written by `npm run vendors`: do not edit. For the command
 * line alone; no browser downloads it.
 */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorLeavings,
} from '../config/types.js';
import * as a8Net from './a8-net.js';
import * as adobeLaunch from './adobe-launch.js';
import * as amazonAds from './amazon-ads.js';
import * as beyondx from './beyondx.js';
import * as criteo from './criteo.js';
import * as googleAdManager from './google-ad-manager.js';
import * as googleAds from './google-ads.js';
import * as googleAnalytics from './google-analytics.js';
import * as googleMaps from './google-maps.js';
import * as googleTagManager from './google-tag-manager.js';
import * as hotjar from './hotjar.js';
import * as hubspot from './hubspot.js';
import * as karte from './karte.js';
import * as lineTag from './line-tag.js';
import * as linkedinInsight from './linkedin-insight.js';
import * as lyAds from './ly-ads.js';
import * as matomo from './matomo.js';
import * as metaPixel from './meta-pixel.js';
import * as microsoftAds from './microsoft-ads.js';
import * as microsoftClarity from './microsoft-clarity.js';
import * as nai from './nai.js';
import * as pinterestTag from './pinterest-tag.js';
import * as plausible from './plausible.js';
import * as posthog from './posthog.js';
import * as recaptcha from './recaptcha.js';
import * as repro from './repro.js';
import * as segment from './segment.js';
import * as smartnewsAds from './smartnews-ads.js';
import * as tiktokPixel from './tiktok-pixel.js';
import * as userInsight from './user-insight.js';
import * as vimeo from './vimeo.js';
import * as xEmbed from './x-embed.js';
import * as xPixel from './x-pixel.js';
import * as yahooJapanAds from './yahoo-japan-ads.js';
import * as yahooJapanTagManager from './yahoo-japan-tag-manager.js';
import * as youtube from './youtube.js';
import * as zoom from './zoom.js';

/** What the file of a vendor exports. */
export interface CatalogueVendor {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
  readonly facts: VendorFacts;
  /** Of the loader's own vendors; the others have it in their definition. */
  readonly leavings?: VendorLeavings;
  /** Of those whose queue takes functions that a page waits for. */
  readonly answers?: VendorAnswers;
}

export const vendors: readonly CatalogueVendor[] = [
  a8Net,
  adobeLaunch,
  amazonAds,
  beyondx,
  criteo,
  googleAdManager,
  googleAds,
  googleAnalytics,
  googleMaps,
  googleTagManager,
  hotjar,
  hubspot,
  karte,
  lineTag,
  linkedinInsight,
  lyAds,
  matomo,
  metaPixel,
  microsoftAds,
  microsoftClarity,
  nai,
  pinterestTag,
  plausible,
  posthog,
  recaptcha,
  repro,
  segment,
  smartnewsAds,
  tiktokPixel,
  userInsight,
  vimeo,
  xEmbed,
  xPixel,
  yahooJapanAds,
  yahooJapanTagManager,
  youtube,
  zoom,
];
