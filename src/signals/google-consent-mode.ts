/**
 * Google Consent Mode v2, basic: says what is granted to Google's own queue, in memory, ahead of every tag that reads it.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import type {Settings, VendorWindow} from '../config/types.js';
import type {ConsentState} from '../consent/grants.js';

type CallGtag = (window: VendorWindow, ...command: unknown[]) => void;

/** @returns tells Google what holds now, once for each different state; does nothing on a site without its tags */
export function createGoogleConsentMode(
  {vendors}: Settings,
  window: Window,
  callGtag: CallGtag,
): (state: ConsentState) => void {
  if (!vendors.some(({definition, url}) => definition?.consentMode && url)) return () => {};

  const signals = (analytics: boolean, ads: boolean, functional: boolean) => {
    const word = (isGranted: boolean) => (isGranted ? 'granted' : 'denied');
    return {
      ad_storage: word(ads),
      ad_user_data: word(ads),
      ad_personalization: word(ads),
      analytics_storage: word(analytics),
      functionality_storage: word(functional),
      personalization_storage: word(functional),
      security_storage: 'granted',
    };
  };
  const consent = (command: 'default' | 'update', ...grants: Parameters<typeof signals>) =>
    callGtag(window as VendorWindow, 'consent', command, signals(...grants));

  consent('default', false, false, false);
  let told = '';
  return (state) => {
    const {vendors: byVendor, categories} = state;
    const grants = [
      (byVendor['google-analytics'] ?? categories['analytics']) === 'granted',
      (byVendor['google-ads'] ?? categories['advertising']) === 'granted',
      categories['functional'] === 'granted',
    ] as const;
    // Undecided and denied, the default says it all.
    if (told === String(grants) || (!told && !state.decided && !grants.includes(true))) return;
    told = String(grants);
    consent('update', ...grants);
  };
}
