/**
 * What each regime gives to the undecided, and whether it asks them unasked. Legal sources, not legal advice:
 * opt-in: GDPR art. 4(11), 7 with ePrivacy Directive art. 5(3); 152-FZ; LGPD art. 8.
 * opt-out: Cal. Civ. Code 1798.120, 1798.135 and the like, where a link suffices and a prompt would be friction.
 * notice: Telecommunications Business Act (Japan) art. 27-12: the recipients are shown before or as data is sent.
 */
import type {Regime} from '../config/types.js';

export const regimes: Readonly<
  Record<Regime, {readonly undecided: 'granted' | 'denied'; readonly prompts: boolean}>
> = {
  'opt-in': {undecided: 'denied', prompts: true},
  'opt-out': {undecided: 'granted', prompts: false},
  notice: {undecided: 'granted', prompts: true},
};
