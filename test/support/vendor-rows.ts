/**
 * Every vendor of the catalogue, a row each: where its script is, how that takes over its queue, what it hears, what it
 * leaves. `vendors.spec.ts` holds each row against the built files, on the wire. Written from the vendors' own documents,
 * not from `src/vendors`: a row that follows its file proves nothing. Ids are made up.
 */
import type {Command, QueueForm} from './simulate-vendor.js';

export interface VendorRow {
  readonly id: string;
  readonly tagId?: string;
  /** Where the site runs its own. */
  readonly src?: string;
  /** Exact address of its script. Absent: it has none. */
  readonly script?: string;
  /** Attributes that its script element needs. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Where it reports to. */
  readonly collector?: string;
  readonly queue?: QueueForm;
  /** What page code calls, and what the vendor hears of it. `$` is the name of an event. Absent: the page calls nothing. */
  readonly call?: readonly [code: string, heard: Command];
  /** Page code that waits: each calls `done` where the vendor answers. In a row with `news`, again whenever there is news. */
  readonly awaits?: readonly string[];
  readonly news?: true;
  /** What it hears ahead of the page's calls. */
  readonly start?: readonly Command[];
  /** What it hears behind the calls that came before it. */
  readonly loaded?: readonly Command[];
  /** What it hears when it is denied and, in the same page, granted again. A vendor without `stop` goes on until the reload. */
  readonly stop?: readonly Command[];
  readonly resume?: readonly Command[];
  /** It hears what it is told on a denial, and goes on all the same. */
  readonly goesOn?: boolean;
  /** First-party cookies: at least one for every pattern of its file. */
  readonly cookies?: readonly string[];
  readonly storage?: readonly string[];
  /** Cookies by which it remembers a refusal: they stay. */
  readonly marks?: readonly string[];
  /** Address of a frame that an author marks up for it. */
  readonly frame?: string;
}

const UUID = '0123abcd-0123-4567-89ab-0123456789ab';

/** Consent Mode v2: what is not named is denied. */
export const signals = (granted: {readonly analytics?: boolean; readonly ads?: boolean} = {}) => {
  const ads = granted.ads ? 'granted' : 'denied';
  return {
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: granted.analytics ? 'granted' : 'denied',
    functionality_storage: 'denied',
    personalization_storage: 'denied',
    security_storage: 'granted',
  };
};

const DEFAULT = ['consent', 'default', signals()];
const DENIED = ['consent', 'update', signals()];

/** Google's tag, for one id. */
const googleTag = (tagId: string, granted: Parameters<typeof signals>[0]) => {
  const update = ['consent', 'update', signals(granted)];
  return {
    tagId,
    script: `https://www.googletagmanager.com/gtag/js?id=${tagId}`,
    queue: {lists: ['dataLayer']},
    call: ["gtag('event', '$')", ['event', '$']],
    start: [DEFAULT, update, ['js', 'time'], ['config', tagId]],
    stop: [DENIED],
    resume: [update],
  } as const;
};

const adobe = (general: 'in' | 'out') => [
  'alloy',
  'setConsent',
  {consent: [{standard: 'Adobe', version: '1.0', value: {general}}]},
];
const uet = (command: string, state: string) => ['consent', command, {ad_storage: state}];
const clarity = (state: string) => ['consentv2', {ad_Storage: 'denied', analytics_Storage: state}];
const hubspotConsent = ['setHubSpotConsent', {analytics: true, advertisement: true, functionality: true}];
const posthogKey = 'phc_0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456';
const posthogIn = ['opt_in_capturing', {captureEventName: false}];
const personalised = (isOff: boolean) => ['setPrivacySettings', {nonPersonalizedAds: isOff}];

export const vendorRows: readonly VendorRow[] = [
  {id: 'a8-net', cookies: ['_a8_s00000012345678']},
  {
    id: 'adobe-launch',
    tagId: '0123456789ab/cdef01234567/launch-89abcdef0123',
    script: 'https://assets.adobedtm.com/0123456789ab/cdef01234567/launch-89abcdef0123.min.js',
    collector: 'https://edge.adobedc.net/ee/v1/interact',
    // The library brings the Web SDK: there is nothing to call before.
    queue: {brings: ['alloy']},
    loaded: [adobe('in')],
    stop: [adobe('out')],
    resume: [adobe('in')],
    cookies: [
      'kndctr_0123456789ABCDEF01234567_AdobeOrg_identity',
      'kndctr_0123456789ABCDEF01234567_AdobeOrg_cluster',
      'AMCV_0123456789ABCDEF01234567%40AdobeOrg',
      'AMCVS_0123456789ABCDEF01234567%40AdobeOrg',
      's_ecid',
      's_vi',
      's_vi_abc',
      's_fid',
      's_cc',
      's_sq',
      's_ppv',
      's_ppvl',
      's_nr',
      's_gpv_pn',
      'mbox',
      'mboxEdgeCluster',
      'at_check',
    ],
  },
  {
    id: 'amazon-ads',
    tagId: UUID,
    script: 'https://c.amazon-adsystem.com/aat/amzn.js',
    attributes: {id: 'amzn-pixel'},
    collector: 'https://s.amazon-adsystem.com/iu3',
    queue: {takes: 'amzn', lists: ['amzn.q'], isTimed: true, brings: ['amznConsent']},
    call: ["amzn('trackEvent', '$')", ['trackEvent', '$']],
    start: [
      ['addTag', UUID],
      ['trackEvent', 'PageView'],
    ],
    // Where the site says no region, to grant again is the page's affair: it knows the country.
    stop: [['amznConsent', {enableAdStorage: false, enableUserData: false}]],
    marks: ['amzn_consent'],
  },
  {id: 'beyondx'},
  {
    id: 'criteo',
    tagId: '12345',
    script: 'https://dynamic.criteo.com/js/ld/ld.js?a=12345',
    collector: 'https://sslwidget.criteo.com/event',
    queue: {lists: ['criteo_q']},
    call: ["criteo_q.push({event: '$'})", {event: '$'}],
    start: [{event: 'setAccount', account: 12345}],
    cookies: ['cto_bundle', 'cto_bidid', 'cto_dna_bundle', 'cto_tld_test'],
    storage: ['cto_bundle'],
  },
  {
    id: 'google-ad-manager',
    script: 'https://securepubads.g.doubleclick.net/tag/js/gpt.js',
    collector: 'https://securepubads.g.doubleclick.net/gampad/ads',
    queue: {
      lists: ['googletag.cmd'],
      brings: ['googletag.defineSlot', 'googletag.pubads().setPrivacySettings'],
    },
    call: ["googletag.cmd.push(() => googletag.defineSlot('/1/$'))", ['defineSlot', '/1/$']],
    stop: [personalised(true)],
    resume: [personalised(false)],
    cookies: ['__gads', '__gpi', '__gpi_optout', '__eoi', '__gsas', 'GoogleAdServingTest'],
    storage: [
      'google_adsense_settings',
      'google_ama_config',
      'google_ama_settings',
      'google_pub_config',
      'goog_pem_mod',
      'google_experiment_mod12',
    ],
  },
  {
    id: 'google-ads',
    awaits: [
      "gtag('event', 'conversion', {send_to: 'AW-123456789/AbC', event_callback: done})",
      "gtag('get', 'AW-123456789', 'gclid', done)",
    ],
    ...googleTag('AW-123456789', {ads: true}),
    collector: 'https://googleads.g.doubleclick.net/pagead/viewthroughconversion/123456789/',
    cookies: ['_gcl_au', '_gcl_aw', '_gcl_dc', '_gac_UA-12345-6', '_gac_gb_ABC', 'FPAU', 'FPGCLAW'],
    storage: ['_gcl_ls'],
  },
  {
    id: 'google-analytics',
    awaits: [
      "gtag('event', 'sign_up', {event_callback: done, event_timeout: 300})",
      "gtag('get', 'G-DEMO123456', 'client_id', done)",
    ],
    ...googleTag('G-DEMO123456', {analytics: true}),
    collector: 'https://www.google-analytics.com/g/collect',
    cookies: [
      '_ga',
      '_ga_DEMO123456',
      '_gid',
      '_gat_gtag_UA_12345_6',
      '_gali',
      '_dc_gtm_UA-12345-6',
      '__utma',
      'AMP_TOKEN',
      'FPID',
      'FPLC',
      'FPGSID',
    ],
  },
  {
    id: 'google-maps',
    tagId: 'AIzaEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXA',
    script: 'https://maps.googleapis.com/maps/api/js?key=AIzaEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXA',
    collector: 'https://maps.googleapis.com/maps/api/mapsjs/gen_204',
    frame: 'https://www.google.com/maps/embed?pb=1',
  },
  {
    id: 'google-tag-manager',
    awaits: ["dataLayer.push({event: 'book', eventCallback: done, eventTimeout: 300})"],
    tagId: 'GTM-ABC1234',
    script: 'https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234',
    collector: 'https://www.googletagmanager.com/a',
    queue: {lists: ['dataLayer']},
    call: ["dataLayer.push({event: '$'})", {event: '$'}],
    // Granted alone, without its category, it may hand on nothing.
    start: [DEFAULT, DENIED, {'gtm.start': 'time', event: 'gtm.js'}],
  },
  {
    id: 'hotjar',
    tagId: '1234567',
    script: 'https://static.hotjar.com/c/hotjar-1234567.js?sv=6',
    collector: 'https://in.hotjar.com/api/v2/client/sites/1234567/visit-data',
    queue: {takes: 'hj', lists: ['hj.q'], reads: ['_hjSettings']},
    call: ["hj('event', '$')", ['event', '$']],
    start: [{_hjSettings: {hjid: 1234567, hjsv: 6}}],
    cookies: [
      '_hjSessionUser_1234567',
      '_hjSession_1234567',
      '_cs_id',
      '_cs_s',
      '_cs_c',
      '_cs_cvars',
      '_cs_ex',
      '_cs_mk_ga',
      '_cs_root-domain',
      '_cs_debug',
    ],
    storage: ['_hjid', '_hjUserAttributes', 'hjActiveViewportIds', 'hjViewportId'],
  },
  {
    id: 'hubspot',
    awaits: ["_hsq.push(['addIdentityListener', done])"],
    news: true,
    tagId: '1234567',
    script: 'https://js.hs-scripts.com/1234567.js',
    attributes: {id: 'hs-script-loader'},
    collector: 'https://track.hubspot.com/__ptq.gif',
    queue: {lists: ['_hsp', '_hsq']},
    call: ["_hsq.push(['setPath', '/$'])", ['setPath', '/$']],
    start: [hubspotConsent, ['doNotTrack', {track: true}]],
    stop: [['revokeCookieConsent'], ['doNotTrack']],
    resume: [['doNotTrack', {track: true}], hubspotConsent],
    cookies: ['__hstc', 'hubspotutk', '__hssc', '__hssrc', 'messagesUtk'],
    marks: ['__hs_do_not_track'],
  },
  {
    id: 'karte',
    awaits: ["krt('send', 'buy', {}, done)"],
    tagId: '0123456789abcdef0123456789abcdef',
    script: 'https://cdn-edge.karte.io/0123456789abcdef0123456789abcdef/edge.js',
    collector: 'https://b.karte.io/v3/track',
    queue: {takes: 'krt.x', lists: ['krt.q'], brings: ['krt.allow', 'krt.deny'], reads: ['krt.o']},
    call: ["krt('send', '$')", ['send', '$']],
    start: [{'krt.o': 'allow'}],
    stop: [['deny']],
    resume: [['allow']],
    cookies: ['krt.vis', 'krt.vis_abc', 'krt.context', 'krt.__ktid', 'krt.t_abc', '_karte_consent'],
    marks: ['krt_oo'],
  },
  {
    id: 'line-tag',
    tagId: UUID,
    script: 'https://d.line-scdn.net/n/line_tag/public/release/v1/lt.js',
    collector: 'https://tr.line.me/tag.gif',
    queue: {lists: ['_ltq']},
    call: ["_lt('send', 'cv', {type: '$'})", ['send', 'cv', {type: '$'}]],
    start: [
      ['init', {customerType: 'lap', tagId: UUID}],
      ['send', 'pv', [UUID]],
    ],
    cookies: ['__lt__cid', '__lt__cid.c83939be', '__lt__sid', '__lt__sid.c83939be'],
  },
  {
    id: 'linkedin-insight',
    tagId: '123456',
    script: 'https://snap.licdn.com/li.lms-analytics/insight.min.js',
    collector: 'https://px.ads.linkedin.com/collect',
    queue: {takes: 'lintrk', lists: ['lintrk.q'], reads: ['_linkedin_data_partner_ids']},
    call: ["lintrk('track', {conversion_id: '$'})", ['track', {conversion_id: '$'}]],
    start: [{_linkedin_data_partner_ids: ['123456']}],
    cookies: ['li_fat_id', 'ln_or', 'li_giant'],
    storage: ['li_adsId'],
  },
  {
    id: 'ly-ads',
    tagId: UUID,
    script: 'https://tag.flvcdn.net/lytag.js',
    collector: 'https://apm.yahoo.co.jp/rt/',
    queue: {lists: ['lyDataLayer']},
    call: ["lytag({type: 'event', eventType: '$'})", [{type: 'event', eventType: '$'}]],
    start: [
      [{type: 'init', tagId: UUID, config: {useCookie: true, useLocalStorage: true}}],
      [{type: 'event', eventType: 'page_view', tagId: UUID}],
    ],
    cookies: ['_ly_su', '_ly_c', '_ly_r'],
    storage: ['_ly_su', '_ly_c', '_ly_r'],
  },
  {
    id: 'matomo',
    awaits: [
      "_paq.push(['trackEvent', 'a', 'b', 'c', 1, undefined, done])",
      '_paq.push([function () { done(this.getVisitorId && this.getVisitorId()); }])',
    ],
    tagId: '1',
    src: 'https://stats.example.org/matomo.js',
    script: 'https://stats.example.org/matomo.js',
    collector: 'https://stats.example.org/matomo.php',
    queue: {lists: ['_paq'], isReplaced: true},
    call: ["_paq.push(['trackEvent', '$'])", ['trackEvent', '$']],
    start: [
      ['requireConsent'],
      ['setConsentGiven'],
      ['setTrackerUrl', 'https://stats.example.org/matomo.php'],
      ['setSiteId', '1'],
      ['trackPageView'],
      ['enableLinkTracking'],
    ],
    stop: [['forgetConsentGiven'], ['deleteCookies']],
    resume: [['setConsentGiven']],
    cookies: [
      '_pk_id.1.1fff',
      '_pk_ref.1.1fff',
      '_pk_ses.1.1fff',
      '_pk_cvar.1.1fff',
      '_pk_hsr.1.1fff',
      '_pk_testcookie.1.1fff',
      'mtm_consent',
      'mtm_consent_removed',
      'mtm_cookie_consent',
    ],
    marks: ['matomo_ignore'],
  },
  {
    id: 'meta-pixel',
    tagId: '123456789012345',
    script: 'https://connect.facebook.net/en_US/fbevents.js',
    collector: 'https://www.facebook.com/tr/',
    queue: {takes: 'fbq.callMethod', lists: ['fbq.queue']},
    call: ["fbq('trackCustom', '$')", ['trackCustom', '$']],
    start: [
      ['init', '123456789012345'],
      ['track', 'PageView'],
    ],
    stop: [['consent', 'revoke']],
    resume: [['consent', 'grant']],
    cookies: ['_fbp', '_fbc'],
    storage: ['lastExternalReferrer', 'lastExternalReferrerTime'],
  },
  {
    id: 'microsoft-ads',
    tagId: '12345678',
    script: 'https://bat.bing.com/bat.js',
    collector: 'https://bat.bing.com/action/0',
    queue: {bringsClass: 'UET'},
    call: ["uetq.push('event', '$', {})", ['event', '$', {}]],
    start: [
      {ti: '12345678', enableAutoSpaTracking: true},
      uet('default', 'denied'),
      uet('update', 'granted'),
    ],
    loaded: [['pageLoad']],
    stop: [uet('update', 'denied')],
    resume: [uet('update', 'granted')],
    cookies: ['_uetsid', '_uetvid', '_uetmsclkid'],
    storage: ['_uetsid', '_uetvid', '_uetsid_exp', '_uetvid_exp'],
  },
  {
    id: 'microsoft-clarity',
    awaits: ["clarity('metadata', done, false)"],
    tagId: 'abcde12345',
    script: 'https://www.clarity.ms/tag/abcde12345',
    collector: 'https://k.clarity.ms/collect',
    queue: {takes: 'clarity', lists: ['clarity.q']},
    call: ["clarity('event', '$')", ['event', '$']],
    start: [clarity('granted')],
    stop: [clarity('denied'), ['stop']],
    resume: [['start'], clarity('granted')],
    cookies: ['_clck', '_clsk'],
    storage: ['_cltk'],
  },
  {id: 'nai'},
  {
    id: 'pinterest-tag',
    awaits: ["pintrk('track', 'lead', {}, done)"],
    tagId: '2612345678901',
    script: 'https://s.pinimg.com/ct/core.js',
    collector: 'https://ct.pinterest.com/v3/',
    queue: {takes: 'pintrk', lists: ['pintrk.queue']},
    call: ["pintrk('track', '$')", ['track', '$']],
    start: [['setconsent', true], ['load', '2612345678901'], ['page']],
    stop: [['setconsent', false]],
    resume: [['setconsent', true]],
    cookies: [
      '_epik',
      '_derived_epik',
      '_pinterest_ct',
      '_pinterest_ct_rt',
      '_pinterest_ct_mw',
      '_routing_id',
      '_pin_unauth',
    ],
  },
  {
    id: 'plausible',
    awaits: ["plausible('Sign up', {callback: done})"],
    tagId: 'shop.example.com',
    script: 'https://plausible.io/js/script.js',
    attributes: {'data-domain': 'shop.example.com'},
    collector: 'https://plausible.io/api/event',
    queue: {takes: 'plausible', lists: ['plausible.q']},
    call: ["plausible('$')", ['$']],
  },
  {
    id: 'posthog',
    awaits: ['posthog.onFeatureFlags(done)'],
    news: true,
    tagId: posthogKey,
    script: 'https://us-assets.i.posthog.com/static/array.js',
    collector: 'https://us.i.posthog.com/e/',
    queue: {methods: 'posthog', isReplaced: true, starts: 'posthog._i'},
    call: ["posthog.capture('$')", ['capture', '$']],
    start: [['init', posthogKey, {api_host: 'https://us.i.posthog.com'}], posthogIn],
    stop: [['opt_out_capturing']],
    resume: [posthogIn],
    cookies: [`ph_${posthogKey}_posthog`, 'dmn_chk_0123'],
    storage: [
      `ph_${posthogKey}_posthog`,
      `ph_${posthogKey}_window_id`,
      `ph_${posthogKey}_primary_window_exists`,
      `ph_${posthogKey}_session_registered_properties`,
    ],
    marks: [`__ph_opt_in_out_${posthogKey}`],
  },
  {
    id: 'recaptcha',
    tagId: '6LEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXAMPL',
    script: 'https://www.google.com/recaptcha/api.js?render=6LEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXAMPL',
    collector: 'https://www.google.com/recaptcha/api2/reload',
    // Page code asks whether it is there: there is nothing to call before.
    queue: {brings: ['grecaptcha.execute']},
  },
  {
    id: 'repro',
    tagId: '01234567-89ab-cdef-0123-456789abcdef',
    script: 'https://cdn.reproio.com/web/v2/repro-sdk.min.js',
    attributes: {crossorigin: 'anonymous'},
    collector: 'https://api.reproio.com/v1/track',
    // Deaf to what was called before: it is told afterwards.
    queue: {takes: 'reproio'},
    call: ["reproio('track', '$')", ['track', '$']],
    start: [['setSnippetVersion', '2.1'], ['optIn'], ['setup', '01234567-89ab-cdef-0123-456789abcdef']],
    stop: [['optOut']],
    resume: [['optIn'], ['setup', '01234567-89ab-cdef-0123-456789abcdef']],
    storage: ['rpr_uid'],
  },
  {
    id: 'segment',
    awaits: ["analytics.track('book', {}, {}, done)", "analytics.identify('1', {}, done)"],
    tagId: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    script: 'https://cdn.segment.com/analytics.js/v1/AbCdEfGhIjKlMnOpQrStUvWxYz012345/analytics.min.js',
    collector: 'https://api.segment.io/v1/t',
    queue: {methods: 'analytics', isReplaced: true, reads: ['analytics._writeKey']},
    call: ["analytics.track('$')", ['track', '$']],
    start: [{'analytics._writeKey': 'AbCdEfGhIjKlMnOpQrStUvWxYz012345'}, ['page']],
    stop: [['reset']],
    goesOn: true,
    cookies: ['ajs_anonymous_id', 'ajs_user_id', 'ajs_group_id', '__tld__'],
    storage: [
      'ajs_anonymous_id',
      'ajs_user_id',
      'ajs_user_traits',
      'ajs_group_id',
      'ajs_group_properties',
      'persisted-queue:v1:abc:items',
      'segmentio.abc',
    ],
  },
  {
    id: 'smartnews-ads',
    tagId: '0123456789abcdef01234567',
    script: 'https://cdn.smartnews-ads.com/i/pixel.js',
    collector: 'https://i.smartnews-ads.com/p',
    queue: {takes: 'SmartnewsAds.p.callMethod', lists: ['SmartnewsAds.p.queue']},
    call: ["SmartnewsAds.p('0123456789abcdef01234567', '$')", ['0123456789abcdef01234567', '$']],
    start: [['0123456789abcdef01234567', 'PageView']],
  },
  {
    id: 'tiktok-pixel',
    tagId: 'CABCDEFGHIJ123456789',
    script: 'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CABCDEFGHIJ123456789&lib=ttq',
    collector: 'https://analytics.tiktok.com/api/v2/pixel',
    queue: {methods: 'ttq', reads: ['TiktokAnalyticsObject', 'ttq._o']},
    call: ["ttq.track('$')", ['track', '$']],
    start: [
      {TiktokAnalyticsObject: 'ttq'},
      {'ttq._o': {CABCDEFGHIJ123456789: {}}},
      ['grantConsent'],
      ['page'],
    ],
    stop: [['revokeConsent'], ['disableCookie']],
    resume: [['enableCookie'], ['grantConsent']],
    cookies: ['_ttp', '_tt_enable_cookie', 'ttcsid', 'ttcsid_CABCDEFGHIJ123456789', 'ttclid'],
    storage: [
      'tt_sessionId',
      'tt_appInfo',
      'tt_pixel_session_index',
      'tt_ci_0',
      '_tt_sessionId',
      '_tt_appInfo',
      '_tt_pixel_session_index',
      '_tt_ci_0',
    ],
  },
  {
    id: 'user-insight',
    tagId: '12345',
    script: 'https://cs.nakanohito.jp/b3/bi.js',
    collector: 'https://bs.nakanohito.jp/b3/',
    // It reads what stands there, and has no calls.
    queue: {reads: ['_uic', '_uih.id', '_uih.lg_id', '_uih.uigr_10']},
    start: [{_uic: {}}, {'_uih.id': 12345}, {'_uih.lg_id': ''}, {'_uih.uigr_10': ''}],
    cookies: ['__ulfpc'],
  },
  {id: 'vimeo', frame: 'https://player.vimeo.com/video/1'},
  {
    id: 'x-embed',
    script: 'https://platform.twitter.com/widgets.js',
    collector: 'https://syndication.twitter.com/i/jot',
  },
  {
    id: 'x-pixel',
    tagId: 'o1abc',
    script: 'https://static.ads-twitter.com/uwt.js',
    collector: 'https://t.co/i/adsct',
    queue: {takes: 'twq.exe', lists: ['twq.queue']},
    call: ["twq('event', 'tw-$')", ['event', 'tw-$']],
    start: [['config', 'o1abc']],
    cookies: ['_twpid', '_twsid', '_twclid'],
  },
  {
    id: 'yahoo-japan-ads',
    awaits: ["ytag({type: 'yss_call_conversion', config: {yahoo_conversion_id: 1, onload_callback: done}})"],
    tagId: '1234567890',
    script: 'https://s.yimg.jp/images/listing/tool/cv/ytag.js',
    collector: 'https://b99.yahoo.co.jp/pagead/conversion/',
    queue: {lists: ['yjDataLayer'], isReplaced: true},
    call: [
      "ytag({type: 'yss_conversion', config: {label: '$'}})",
      [{type: 'yss_conversion', config: {label: '$'}}],
    ],
    start: [
      [{type: 'ycl_cookie', config: {ycl_use_non_cookie_storage: true}}],
      [{type: 'yss_retargeting', config: {yahoo_ss_retargeting_id: '1234567890'}}],
    ],
    cookies: ['_ycl_yjad', '_ycl_aw', '_ycl_shop_aw', '_ts_yjad', '_yjr_yjad', '_yjsu_yjad', '_ly_sa_cids'],
    storage: ['_ycl_yjad', '_ycl_aw'],
  },
  {
    id: 'yahoo-japan-tag-manager',
    tagId: 'aB3dE5g',
    script: 'https://s.yjtag.jp/tag.js#site=aB3dE5g',
    collector: 'https://b.yjtag.jp/iframe',
  },
  {id: 'youtube', frame: 'https://www.youtube-nocookie.com/embed/abc'},
  {id: 'zoom', frame: 'https://app.zoom.us/wc/1/join'},
];
