/**
 * Vendors whose queues take functions that a page waits for, by id: part of `denied.js`, which answers them while the vendor
 * is denied. Written by `npm run vendors` from their files.
 */
import type {VendorAnswers} from '../config/types.js';
import {answers as googleAdManager} from './google-ad-manager.js';
import {answers as googleAds} from './google-ads.js';
import {answers as googleAnalytics} from './google-analytics.js';
import {answers as googleTagManager} from './google-tag-manager.js';
import {answers as hubspot} from './hubspot.js';
import {answers as karte} from './karte.js';
import {answers as matomo} from './matomo.js';
import {answers as microsoftClarity} from './microsoft-clarity.js';
import {answers as pinterestTag} from './pinterest-tag.js';
import {answers as plausible} from './plausible.js';
import {answers as posthog} from './posthog.js';
import {answers as segment} from './segment.js';
import {answers as yahooJapanAds} from './yahoo-japan-ads.js';

export const answers: Readonly<Record<string, VendorAnswers>> = {
  'google-ad-manager': googleAdManager,
  'google-ads': googleAds,
  'google-analytics': googleAnalytics,
  'google-tag-manager': googleTagManager,
  hubspot,
  karte,
  matomo,
  'microsoft-clarity': microsoftClarity,
  'pinterest-tag': pinterestTag,
  plausible,
  posthog,
  segment,
  'yahoo-japan-ads': yahooJapanAds,
};
