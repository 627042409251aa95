/**
 * What the loader has to know of the vendors whose file comes with their grant: the category that they belong to, the name
 * on `window` under which page code calls them, and, by `*`, whether their script needs no id. Written by
 * `npm run vendors` from their files.
 */
export const lateVendors = {
  analytics:
    'adobe-launch,hotjar hj,karte krt,matomo _paq,microsoft-clarity clarity,plausible plausible,posthog posthog,repro reproio,segment analytics,user-insight',
  advertising:
    'amazon-ads amzn,beyondx,criteo criteo_q,google-ad-manager googletag *,hubspot _hsq,line-tag _lt,linkedin-insight lintrk,ly-ads lytag,microsoft-ads uetq,pinterest-tag pintrk,smartnews-ads SmartnewsAds,tiktok-pixel ttq,x-embed  *,x-pixel twq,yahoo-japan-tag-manager,youtube',
  functional: 'google-maps,recaptcha grecaptcha,vimeo,zoom',
};
