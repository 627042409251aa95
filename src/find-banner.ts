import {ownDocument} from './own-document.js';
import type {ConsentElement} from './ui/consent-element.js';

/** @returns the banner that asks. A comment may have put others of that name into the page: only ours is mounted. */
export const findBanner = (): ConsentElement | undefined =>
  [...ownDocument.querySelectorAll<ConsentElement>('consent-banner')].find((banner) => banner.whenRemoved);
