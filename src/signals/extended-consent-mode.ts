/**
 * What a site may ask of Google Consent Mode beyond its basic form. A file of its own; until it has come, Google's tags wait.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import {guard} from '../attempt.js';
import type {ConsentModeConfig, RegimeByRegion, Settings, VendorWindow} from '../config/types.js';

type CallGtag = (window: VendorWindow, ...command: unknown[]) => void;

interface Place {
  /** Where the visitor is, as far as the site knows; `undefined` = unknown. */
  readonly region: string | undefined;
  readonly gpc: boolean;
  readonly isChild: boolean;
}

export interface ExtendedConsentModeModule {
  readonly extendConsentMode: typeof extendConsentMode;
}

/** Those whose scripts know Consent Mode. */
const GOOGLE = /^google-(analytics|ads|tag-manager|ad-manager)$/;

/**
 * Says to Google's queue, in this order: `set ads_data_redaction`, `set url_passthrough`, and one `default` for each region
 * with a regime of its own.
 * @returns whether a vendor may be let in: in advanced mode, which the site has to ask for, Google's load before a choice
 */
export function extendConsentMode(
  settings: Settings,
  look: () => Place,
  tellGtag: CallGtag,
  isGranted: (id: string) => boolean,
): (id: string) => boolean {
  const {consentMode, regime, vendors, ageBand = '16+'} = settings;
  const {region, gpc, isChild} = look();
  const page = window as unknown as VendorWindow;
  // The page may have put anything under the name of the queue.
  const callGtag = (...command: unknown[]) => guard(() => tellGtag(page, ...command));
  const asked: ConsentModeConfig = {__proto__: null, ...Object(consentMode)};
  const {advanced, adsDataRedaction, urlPassthrough, waitForUpdate = 0} = asked;
  if (adsDataRedaction === true) callGtag('set', 'ads_data_redaction', true);
  if (urlPassthrough === true) callGtag('set', 'url_passthrough', true);
  const wait = waitForUpdate > 0 ? {wait_for_update: Number(waitForUpdate)} : {};
  const isEverywhere = advanced === true;
  if (waitForUpdate > 0) callGtag('consent', 'default', {...signalsOf(settings, 'opt-in', gpc), ...wait});
  // Where the site does not know the region, Google does: of several defaults, it takes the one for the smallest region.
  // Of whom the site knows that they are young, no region says anything else.
  if (isEverywhere && !region && !isChild && ageBand === '16+' && typeof regime === 'object') {
    for (const [code, name] of Object.entries(regime as RegimeByRegion)) {
      if (code !== 'default')
        callGtag('consent', 'default', {...signalsOf(settings, `${name}`, gpc), region: [code], ...wait});
    }
  }
  const isAdvanced = () => {
    const {region: here, isChild: isYoung} = look();
    const isNamed = [here, here?.slice(0, 2)].some((code) => code && isIn(advanced, code));
    return !isYoung && (isEverywhere || isNamed);
  };
  return (id) =>
    isGranted(id) || (GOOGLE.test(id) && vendors.some((vendor) => vendor.id === id) && isAdvanced());
}

/** All seven, as the undecided have them. */
function signalsOf({categories}: Settings, regime: string, gpc: boolean): Record<string, string> {
  const grantOf = (id: string) => {
    const {optIn, sale = id === 'advertising'} = categories.find((category) => category.id === id) ?? {};
    const isGranted = (regime === 'opt-out' || regime === 'notice') && !optIn && !(gpc && sale);
    return isGranted ? 'granted' : 'denied';
  };
  const [ads, functional] = [grantOf('advertising'), grantOf('functional')];
  return {
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: grantOf('analytics'),
    functionality_storage: functional,
    personalization_storage: functional,
    security_storage: 'granted',
  };
}

const isIn = (list: unknown, code: string) => Array.isArray(list) && list.includes(code);
