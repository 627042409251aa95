/** Vimeo: videos in frames, which the author marks up. `src` may name its player script; there is none by default. */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {
  cookies2Years,
  device,
  identifiers,
  ipAddress,
  pageAddress,
  playingVideos,
  videoViewed,
} from './terms.js';

export const definition: VendorDefinition = {id: 'vimeo', category: 'functional'};

export const disclosure: VendorDisclosure = {
  name: {en: 'Vimeo videos', ja: 'Vimeo 動画埋め込み', ru: 'Видео Vimeo'},
  recipient: 'Vimeo.com, Inc.',
  country: 'US',
  transmits: [videoViewed, pageAddress, ipAddress, identifiers, device],
  purpose: playingVideos,
  retention: cookies2Years,
  privacyUrl: 'https://vimeo.com/privacy',
};

/** An address with `dnt=1` keeps Vimeo from setting `vuid`. */
export const facts: VendorFacts = {
  csp: {
    'script-src': ['https://player.vimeo.com'],
    'frame-src': ['https://player.vimeo.com'],
    'img-src': ['https://i.vimeocdn.com'],
    'connect-src': ['https://vimeo.com'],
  },
  thirdPartyCookies: ['vimeo.com'],
  confidence: 'medium',
  unverified: ['sells'],
  sources: ['vendor help pages', 'Open Cookie Database', 'other consent managers (open source)'],
  checked: '2026-11-21',
  cookieLifetimes: {vuid: '2 years', player: '1 year'},
};
