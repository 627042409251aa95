/** For bundlers: the vendors that are not in the loader, each a file of its own. Written by `npm run vendors`. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';

interface VendorModule {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
}

export const vendorFiles: Readonly<Record<string, () => Promise<VendorModule>>> = {
  'adobe-launch': () => import('./adobe-launch.js'),
  'amazon-ads': () => import('./amazon-ads.js'),
  beyondx: () => import('./beyondx.js'),
  criteo: () => import('./criteo.js'),
  'google-ad-manager': () => import('./google-ad-manager.js'),
  'google-maps': () => import('./google-maps.js'),
  hotjar: () => import('./hotjar.js'),
  hubspot: () => import('./hubspot.js'),
  karte: () => import('./karte.js'),
  'line-tag': () => import('./line-tag.js'),
  'linkedin-insight': () => import('./linkedin-insight.js'),
  'ly-ads': () => import('./ly-ads.js'),
  matomo: () => import('./matomo.js'),
  'microsoft-ads': () => import('./microsoft-ads.js'),
  'microsoft-clarity': () => import('./microsoft-clarity.js'),
  'pinterest-tag': () => import('./pinterest-tag.js'),
  plausible: () => import('./plausible.js'),
  posthog: () => import('./posthog.js'),
  recaptcha: () => import('./recaptcha.js'),
  repro: () => import('./repro.js'),
  segment: () => import('./segment.js'),
  'smartnews-ads': () => import('./smartnews-ads.js'),
  'tiktok-pixel': () => import('./tiktok-pixel.js'),
  'user-insight': () => import('./user-insight.js'),
  vimeo: () => import('./vimeo.js'),
  'x-embed': () => import('./x-embed.js'),
  'x-pixel': () => import('./x-pixel.js'),
  'yahoo-japan-tag-manager': () => import('./yahoo-japan-tag-manager.js'),
  youtube: () => import('./youtube.js'),
  zoom: () => import('./zoom.js'),
};
