/**
 * What the loader has to know of the vendors whose file comes with their grant: the category that they belong to, by `*`
 * whether their script needs no id, and their stub (`VendorDefinition.queue`). Written by `npm run vendors` from their files.
 */
export const lateVendors = {
  analytics:
    'adobe-launch,hotjar hj q,karte krt q,matomo _paq,microsoft-clarity clarity q,plausible plausible q init,posthog posthog  init capture identify reset isFeatureEnabled getFeatureFlag onFeatureFlags,repro reproio q,segment analytics  page track identify ready reset,user-insight',
  advertising:
    'amazon-ads amzn q,beyondx,criteo criteo_q,google-ad-manager* googletag.cmd,hubspot _hsq,line-tag _lt _ltq,linkedin-insight lintrk q,ly-ads lytag lyDataLayer,microsoft-ads uetq,pinterest-tag pintrk queue,smartnews-ads SmartnewsAds.p queue,tiktok-pixel ttq  page track identify ready,x-embed*,x-pixel twq queue,yahoo-japan-tag-manager,youtube',
  functional: 'google-maps,recaptcha,vimeo,zoom',
};
