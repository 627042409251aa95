/**
 * Entry of `around.js`: how the open layers get on with the page around them. It comes behind the first frame of the banner,
 * and the question can be answered without it. It reads and writes nothing of consent.
 */
import {ownDocument} from '../own-document.js';
import {makeRoom} from './make-room.js';
import {stayUsable} from './stay-usable.js';

let isAround = false;

/** Begins to look after the layers; called again, it does nothing. */
export function lookAround(): void {
  const banner = ownDocument.querySelector<HTMLElement>('consent-banner');
  if (isAround) return;
  // A loader in the head may be done before the body begins: the banner comes with that.
  if (!banner) {
    ownDocument.addEventListener('DOMContentLoaded', lookAround, {once: true});
    return;
  }
  isAround = true;
  makeRoom(banner);
  stayUsable(banner);
}
