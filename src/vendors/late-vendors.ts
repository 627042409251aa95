/**
 * What the loader has to know of the vendors whose file comes with their grant: the category that they belong to, and the
 * name on `window` under which page code calls them. Written by `npm run vendors` from their files.
 */
export const lateVendors = `
adobe-launch analytics
amazon-ads advertising amzn
beyondx advertising
criteo advertising criteo_q
google-ad-manager advertising googletag
google-maps functional
hotjar analytics hj
hubspot advertising _hsq
karte analytics krt
line-tag advertising _lt
linkedin-insight advertising lintrk
ly-ads advertising lytag
matomo analytics _paq
microsoft-ads advertising uetq
microsoft-clarity analytics clarity
pinterest-tag advertising pintrk
plausible analytics plausible
posthog analytics posthog
recaptcha functional
repro analytics reproio
segment analytics analytics
smartnews-ads advertising SmartnewsAds
tiktok-pixel advertising ttq
user-insight analytics
vimeo functional
x-embed advertising
x-pixel advertising twq
yahoo-japan-tag-manager advertising
youtube advertising
zoom functional
`;
