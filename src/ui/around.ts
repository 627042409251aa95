/**
 * Entry of `around.js`: how the open layers get on with the page around them. It comes behind the first frame of the banner,
 * and the question can be answered without it. It reads and writes nothing of consent.
 */

import {findBanner} from '../find-banner.js';
import {ownDocument} from '../own-document.js';
import {beSeen} from './be-seen.js';
import {makeRoom} from './make-room.js';
import {stayUsable} from './stay-usable.js';

let isAround = false;

/** Begins to look after the layers; called again, it does nothing. @param see called once the banner has been seen */
export function lookAround(see: () => void): void {
  const banner = findBanner();
  if (isAround) return;
  // A loader in the head may be done before the body begins: the banner comes with that.
  if (!banner) {
    ownDocument.addEventListener('DOMContentLoaded', () => lookAround(see), {once: true});
    return;
  }
  isAround = true;
  makeRoom(banner);
  stayUsable(banner);
  beSeen(banner, see);
}
