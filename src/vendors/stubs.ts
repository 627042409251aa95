/**
 * `stubs.js`: the rest of the stubs of the vendors that are configured and have not been let in, so that each is what its
 * vendor documents. It comes behind the tags and the banner; what a page calls at once, the loader has itself.
 */
import type {Vendor, VendorWindow} from '../config/types.js';
import {stub as amazonAds} from './amazon-ads.js';
import type {CompleteStub} from './complete-stub.js';
import {stub as karte} from './karte.js';
import {stub as linkedinInsight} from './linkedin-insight.js';
import {stub as lyAds} from './ly-ads.js';
import {stub as pinterestTag} from './pinterest-tag.js';
import {stub as plausible} from './plausible.js';
import {stub as posthog} from './posthog.js';
import {stub as segment} from './segment.js';
import {stub as smartnewsAds} from './smartnews-ads.js';
import {stub as tiktokPixel} from './tiktok-pixel.js';
import {stub as xPixel} from './x-pixel.js';

const stubs: Readonly<Record<string, CompleteStub>> = {
  'amazon-ads': amazonAds,
  karte,
  'linkedin-insight': linkedinInsight,
  'ly-ads': lyAds,
  'pinterest-tag': pinterestTag,
  plausible,
  posthog,
  segment,
  'smartnews-ads': smartnewsAds,
  'tiktok-pixel': tiktokPixel,
  'x-pixel': xPixel,
};

export interface StubsModule {
  readonly completeStubs: typeof completeStubs;
}

/** @param guard calls a function, and reports what it throws: the page may have put anything under a vendor's name */
export function completeStubs(vendors: readonly Vendor[], guard: (call: () => unknown) => unknown): void {
  for (const {id, url, definition} of vendors) {
    const complete = stubs[id];
    if (complete && url && definition?.isStandIn) guard(() => complete(window as unknown as VendorWindow));
  }
}
