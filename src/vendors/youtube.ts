/**
 * YouTube: videos that the page marks up as frames. Its cookies and storage are on its own domain, also with
 * `youtube-nocookie.com`, which writes fewer of them until a video plays.
 */
import type {VendorDefinition, VendorDisclosure, VendorFacts} from '../config/types.js';
import {device, identifiers, ipAddress, pageAddress, videoViewed} from './terms.js';

export const definition: VendorDefinition = {id: 'youtube', category: 'advertising'};

export const disclosure: VendorDisclosure = {
  name: {en: 'YouTube videos', ja: 'YouTube動画の埋め込み', ru: 'Видео YouTube'},
  recipient: 'Google LLC',
  country: 'US',
  transmits: [videoViewed, pageAddress, identifiers, ipAddress, device],
  purpose: {
    en: 'playing videos, measuring their use, advertising',
    ja: '動画の再生、視聴状況の分析、広告の配信',
    ru: 'показ видео, анализ просмотров, реклама',
  },
  retention: {
    en: 'cookies: up to 8 months',
    ja: 'Cookieの保存期間は最長8か月',
    ru: 'файлы cookie: до 8 месяцев',
  },
  privacyUrl: 'https://policies.google.com/privacy',
  optOutUrl: 'https://myadcenter.google.com/',
};

export const facts: VendorFacts = {
  csp: {
    // The scripts are the player's API, the pictures previews: only for pages that use them.
    'script-src': ['https://www.youtube.com', 'https://www.google.com'],
    'img-src': ['https://i.ytimg.com'],
    'frame-src': ['https://www.youtube-nocookie.com', 'https://www.youtube.com'],
  },
  thirdPartyCookies: ['youtube.com', 'google.com', 'doubleclick.net'],
  sells: true,
  confidence: 'medium',
  sources: ['tarteaucitron.js', 'Open Cookie Database', 'guides on embedded videos'],
  checked: '2026-11-21',
};
