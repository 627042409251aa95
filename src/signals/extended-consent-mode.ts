/**
 * What a site may ask of Google Consent Mode beyond its basic form. A file of its own; until it has come, Google's tags wait.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import type {RegimeByRegion, Settings, VendorWindow} from '../config/types.js';

type CallGtag = (window: VendorWindow, ...command: unknown[]) => void;

interface Place {
  /** Where the visitor is, as far as the site knows; `undefined` = unknown. */
  readonly region: string | undefined;
  readonly gpc: boolean;
}

export interface ExtendedConsentModeModule {
  readonly extendConsentMode: typeof extendConsentMode;
}

/**
 * Says to Google's queue, in this order: `set ads_data_redaction`, `set url_passthrough`, and one `default` for each region
 * with a regime of its own.
 * @returns whether a vendor may be let in: in advanced mode, which the site has to ask for, Google's load before a choice
 */
export function extendConsentMode(
  {consentMode, regime, vendors}: Settings,
  look: () => Place,
  callGtag: CallGtag,
  isGranted: (id: string) => boolean,
): (id: string) => boolean {
  const {region, gpc} = look();
  const page = window as unknown as VendorWindow;
  const {advanced, adsDataRedaction, urlPassthrough, waitForUpdate} = Object(consentMode);
  if (adsDataRedaction === true) callGtag(page, 'set', 'ads_data_redaction', true);
  if (urlPassthrough === true) callGtag(page, 'set', 'url_passthrough', true);
  const wait = waitForUpdate > 0 ? {wait_for_update: Number(waitForUpdate)} : {};
  const isEverywhere = advanced === true;
  if (waitForUpdate > 0) callGtag(page, 'consent', 'default', {...signalsOf('opt-in', gpc), ...wait});
  // Where the site does not know the region, Google does: of several defaults, it takes the one for the smallest region.
  if (isEverywhere && !region && typeof regime === 'object') {
    for (const [code, name] of Object.entries(regime as RegimeByRegion)) {
      if (code !== 'default')
        callGtag(page, 'consent', 'default', {...signalsOf(`${name}`, gpc), region: [code], ...wait});
    }
  }
  const isAdvanced = () => {
    const here = look().region;
    return isEverywhere || [here, here?.slice(0, 2)].some((code) => code && isIn(advanced, code));
  };
  return (id) =>
    isGranted(id) || (/^google-/.test(id) && vendors.some((vendor) => vendor.id === id) && isAdvanced());
}

/** All seven, as the undecided have them. */
function signalsOf(regime: string, gpc: boolean): Record<string, string> {
  const others = regime === 'opt-out' || regime === 'notice' ? 'granted' : 'denied';
  const ads = gpc ? 'denied' : others;
  return {
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: others,
    functionality_storage: others,
    personalization_storage: others,
    security_storage: 'granted',
  };
}

const isIn = (list: unknown, code: string) => Array.isArray(list) && list.includes(code);
