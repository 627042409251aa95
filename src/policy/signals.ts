/** Reads what the browser says for its visitor. The only impure file of its stage. */
import type {Settings} from '../config/types.js';

/**
 * Global Privacy Control, https://www.w3.org/TR/gpc/: only the exact value `true` is the signal. Do Not Track counts as the
 * same where the site has asked for it.
 */
export function readGpc({signals}: Pick<Settings, 'signals'>): boolean {
  const {globalPrivacyControl, doNotTrack} = navigator as {
    globalPrivacyControl?: unknown;
    doNotTrack?: unknown;
  };
  return globalPrivacyControl === true || (signals?.dnt === true && doNotTrack === '1');
}
