/**
 * Posts and timelines of X (formerly Twitter). The script renders the quotations in the page as frames; the page may ask for
 * less by `data-dnt="true"` on each. https://developer.twitter.com/en/docs/twitter-for-websites/privacy
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {cookies2Years, device, identifiers, ipAddress, pageAddress} from './terms.js';

export const definition: VendorDefinition = {
  id: 'x-embed',
  category: 'advertising',
  src: () => 'https://platform.twitter.com/widgets.js',
};

export const disclosure: VendorDisclosure = {
  name: {en: 'X (Twitter) posts', ja: 'X（旧Twitter）投稿の埋め込み', ru: 'Публикации X (Twitter)'},
  recipient: 'X Corp.',
  country: 'US',
  transmits: [pageAddress, identifiers, ipAddress, device],
  purpose: {
    en: 'showing posts, tailoring content and advertising on X',
    ja: '投稿の表示、Xでのコンテンツや広告の最適化',
    ru: 'показ публикаций, подбор контента и рекламы в X',
  },
  retention: cookies2Years,
  privacyUrl: 'https://x.com/privacy',
  optOutUrl: 'https://x.com/settings/ads_preferences',
};

export const facts: VendorFacts = {
  csp: {
    'script-src': ['https://platform.twitter.com'],
    'frame-src': ['https://platform.twitter.com', 'https://syndication.twitter.com'],
    'img-src': ['https://syndication.twitter.com', 'https://pbs.twimg.com'],
    'connect-src': ['https://syndication.twitter.com'],
  },
  thirdPartyCookies: ['twitter.com', 'x.com'],
  sells: true,
  confidence: 'medium',
  unverified: ['csp'],
  sources: ['tarteaucitron.js', 'Open Cookie Database', 'configuration guides for embedded posts'],
  checked: '2026-11-21',
};
