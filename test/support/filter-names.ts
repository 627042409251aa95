/**
 * Names that cookie-notice filter lists hide or block on every site: an excerpt, for nothing of ours may be called so.
 * Read on 2026-08-11 from EasyList Cookie, uBlock filters - Cookie Notices, AdGuard Cookie Notices and EasyPrivacy. Lists
 * change weekly: this tells whether a new name of ours is a bad one, not whether an old one is still free.
 */

/** Elements, ids, classes and attributes that are hidden, as CSS. */
export const HIDDEN: readonly string[] = [
  // Elements.
  ...words(`
    amp-consent comply-consent-manager consent-notification cookie-alert cookie-bar cookie-confirmation cookie-info
    cookie-law-banner cookie-notice cookie-notification cookie-permission cookie-policy cookie-popup cookie-warning
    cookie-wrap cookies-consent cookies-gdpr cookies-hint cookies-notification cookies-overlay cookies-policy cookies-popup
    cookies-warning gdpr-cookies gdpr-notice lgpd-cookie
  `),
  // Ids and classes: EasyList Cookie.
  ...words(`
    #cookie-banner #cookieBanner #CookieBanner .CookieBanner #CookieConsent #consent-bar .consent-bar #consentBanner
    #ConsentBanner #consentBar #consentDialog #consentOverlay #consentWrapper #consent_banner #consent_popup .consent-layer
    .consent-holder .consent-cta .consent-popover .consent-toast .consent-toolbar .consent__banner #privacy-banner
    .privacy-banner #privacy-bar .privacy-bar #ccpa-banner .ccpa-banner .js-cookie-banner aside.cookie-banner
    section.cookie-consent section.cookie-bar div.cookieconsent div.accept-cookies div.cookies-banner #gdpr-banner
    .cookie_notice
  `),
  // Ids and classes: uBlock on phones, AdGuard.
  ...words(`
    .cookie-alert #cookie-warning #cookieBox #cookie-disclaimer #cookie-consent #cookie-icon #cookie-modal #cookie-notice
    #cookie-overlay #cookie-panel #consent-manager .consent-container .consent_container #consent-banner-overlay
    #privacy-consent .gdpr-banner .orejime-Notice
  `),
  // Attributes.
  ...words(`
    [data-testid="consent-banner"] [data-testid="cookie-bar"] [data-testid="cookieConsentBanner"]
    [data-testid="accept-cookies-banner"] [data-test="cookie-banner"] [data-cy="cookie-banner"] [data-cy="cookie-notice"]
    [data-module="CookieBanner"] [data-qa="CookieBar"] [data-role="cookie-notice"] [data-cookie-popup] [data-alert-cookie]
    [data-ccpa] [class^="cookieBox-"]
  `),
];

/** Elements whose names begin so are hidden. */
export const HIDDEN_BEGINNINGS: readonly string[] = ['app-cookie'];

/** Parts of addresses that are blocked; those that are a whole file name begin with a slash. */
export const BLOCKED: readonly string[] = [
  ...words(`
    cookie-banner.js cookie-banner.min.js cookie-bar.js cookie-consent.js cookie-consent.min.js cookieconsent.js
    cookieconsent.umd.js cookieconsent.bundle.js cookiebanner.js cookie-notice.js cookie-choices.js cookie-policy.js
    consent-manager.js consent-manager.min.js consent-modal.js consent-box.js consent_banner.js consent-tracking-api.js
    consentcookie.js privacy-banner.js privacy-manager.js privacy-modal.js privacychoices.js gdpr.min.js cmp.bundle.js
    klaro-no-css.js gtag.js
  `).map((file) => `/${file}`),
  ...words(`
    /cookie-banner/ -cookie-consent.js /consent-banner- -consent-banner. -consent-banner- /privacy-consent- /cmp/cmp.js
    /dist/orejime.js /consent-mode/eu/
  `),
  // Of earlier versions of the list, which were wider.
  ...words('-cookie-consent/ /cookie-consent- /cookieconsent/ /consent.min.js?'),
];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
