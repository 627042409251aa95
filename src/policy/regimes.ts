/**
 * What each regime gives to the undecided. Legal sources, not legal advice:
 * opt-in: GDPR art. 4(11), 7 with ePrivacy Directive art. 5(3); 152-FZ; LGPD art. 8.
 * opt-out: Cal. Civ. Code 1798.120, 1798.135 and the like.
 * notice: Telecommunications Business Act (Japan) art. 27-12: the recipients are shown before or as data is sent.
 */
import type {Regime} from '../config/types.js';

export const regimes: Readonly<Record<Regime, 'granted' | 'denied'>> = {
  'opt-in': 'denied',
  'opt-out': 'granted',
  notice: 'granted',
};
