/**
 * Google Consent Mode v2, basic: says what is granted to Google's own queue, in memory, ahead of every tag that reads it.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import {guard} from '../attempt.js';
import type {Settings, VendorWindow} from '../config/types.js';
import type {ConsentState} from '../consent/grants.js';

type CallGtag = (window: VendorWindow, ...command: unknown[]) => void;

/**
 * @returns tells Google what holds now, once for each answer and each change; does nothing on a site without its tags
 */
export function createGoogleConsentMode(
  settings: Settings,
  callGtag: CallGtag,
): (state: ConsentState) => void {
  const isNeeded = settings.vendors.some(({id}) => /^google-/.test(id));
  let told = '';
  const consent = (
    command: 'default' | 'update',
    isAnswered: boolean,
    analytics = 'denied',
    ads = 'denied',
    functional = 'denied',
  ) => {
    const signals = {
      ad_storage: ads,
      ad_user_data: ads,
      ad_personalization: ads,
      analytics_storage: analytics,
      functionality_storage: functional,
      personalization_storage: functional,
      security_storage: 'granted',
    };
    // To who was never asked and has nothing, the default has said it all.
    if (!isNeeded || told === (told = JSON.stringify([isAnswered, signals]))) return;
    // The page may have put anything under the name of the queue.
    guard(() => callGtag(window as unknown as VendorWindow, 'consent', command, signals));
  };

  // A script in the head may have been faster: `consent-default.ts`.
  if (!(window as {dataLayer?: {told?: number}}).dataLayer?.told) consent('default', false);
  return ({vendors, categories, decidedAt}) =>
    consent(
      'update',
      !!decidedAt,
      vendors['google-analytics'] ?? categories['analytics'],
      vendors['google-ads'] ?? categories['advertising'],
      categories['functional'],
    );
}
