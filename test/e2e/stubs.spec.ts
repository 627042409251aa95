/**
 * What a page finds under the names of vendors that it may not have yet: each vendor's own documented stub, and nothing where
 * the vendor documents none. Page code that asks whether a vendor is there takes the branch that it would take without us.
 */
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {vendorRows} from '../support/vendor-rows.js';

const PATH = '/page.html';

/** Every vendor of the catalogue. */
const config = {
  policy: {version: '2026-11-01'},
  vendors: vendorRows.map(({id, tagId, src}) => ({id, ...(tagId && {tagId}), ...(src && {src})})),
};

/** Questions that page code asks before it uses a vendor, by vendor, and the answer where the script is not there. */
const GUARDS: readonly (readonly [vendor: string, question: string, answer: unknown])[] = [
  ['adobe-launch', 'typeof _satellite + typeof alloy', 'undefinedundefined'],
  ['amazon-ads', 'typeof amzn + typeof amzn.q.push + amzn.loaded', 'functionfunctionundefined'],
  ['criteo', 'criteo_q instanceof Array && !criteo_q.length', true],
  ['google-ad-manager', '!!(window.googletag && googletag.apiReady)', false],
  ['google-ad-manager', 'googletag.cmd instanceof Array && typeof googletag.pubads', 'undefined'],
  ['google-maps', '!!(window.google && google.maps)', false],
  ['hotjar', "typeof hj + typeof hj.eventStream + ('globals' in hj)", 'functionundefinedfalse'],
  ['hubspot', '_hsq instanceof Array && !_hsq.loaded', true],
  ['karte', 'typeof krt + typeof krt.x', 'functionundefined'],
  ['line-tag', 'typeof _lt + _ltq.length', 'function0'],
  ['linkedin-insight', "typeof lintrk + lintrk.q.length + ('wait_for_lintrk' in lintrk)", 'function0false'],
  ['ly-ads', 'typeof lytag + lyDataLayer.length', 'function0'],
  ['matomo', 'typeof Matomo + Array.isArray(_paq) + typeof _paq.getVisitorId', 'undefinedtrueundefined'],
  ['meta-pixel', 'typeof fbq + typeof fbq.callMethod + typeof fbq.getState', 'functionundefinedundefined'],
  [
    'microsoft-ads',
    'typeof UET + (uetq instanceof Array) + typeof uetq.beaconParams',
    'undefinedtrueundefined',
  ],
  ['microsoft-clarity', 'typeof clarity + typeof clarity.v', 'functionundefined'],
  ['pinterest-tag', 'typeof pintrk + typeof pintrk.loaded', 'functionundefined'],
  ['plausible', 'typeof plausible + !!plausible.l + typeof plausible.o', 'functionfalseundefined'],
  ['posthog', '!!(window.posthog && posthog.__loaded)', false],
  [
    'posthog',
    'typeof posthog.config + typeof posthog.sessionRecording + typeof posthog.featureFlags',
    'undefined'.repeat(3),
  ],
  ['posthog', 'typeof posthog.capture', 'function'],
  ['recaptcha', 'typeof grecaptcha', 'undefined'],
  ['recaptcha', '!!(window.grecaptcha && grecaptcha.getResponse().length)', false],
  ['repro', 'typeof reproio + typeof reproio._rpr', 'functionundefined'],
  [
    'segment',
    'typeof analytics.user + typeof analytics.initialize + !!analytics.initialized',
    'undefinedundefinedfalse',
  ],
  ['segment', 'typeof analytics.track + typeof analytics.anonymousId', 'functionundefined'],
  ['smartnews-ads', 'typeof SmartnewsAds.p + typeof SmartnewsAds.p.callMethod', 'functionundefined'],
  [
    'tiktok-pixel',
    'typeof ttq.track + typeof ttq._env + typeof ttq.getReporter',
    'functionundefinedundefined',
  ],
  ['user-insight', 'typeof _uih + typeof _uic', 'undefinedundefined'],
  ['vimeo', 'typeof Vimeo', 'undefined'],
  ['x-embed', '!!(window.twttr && twttr.widgets)', false],
  ['x-pixel', 'typeof twq + typeof twq.exe + twq.integration', 'functionundefinedundefined'],
  ['yahoo-japan-ads', 'typeof ytag + yjDataLayer.length', 'function0'],
  ['youtube', '!!(window.YT && YT.Player)', false],
  ['zoom', 'typeof ZoomMtg', 'undefined'],
];

/** What a stub has of its own: the fields of the vendor's own snippet, by the vendors' documents. */
const FIELDS: Readonly<Record<string, string>> = {
  amzn: 'q version',
  criteo_q: '',
  googletag: 'cmd',
  hj: 'q',
  _hsq: '',
  krt: 'q i allow deny',
  _lt: '',
  lintrk: 'q',
  lytag: '',
  _paq: '',
  uetq: '',
  clarity: 'q',
  pintrk: 'queue version',
  plausible: 'q init',
  reproio: 'q',
  SmartnewsAds: 'p _p',
  'SmartnewsAds.p': 'queue version push',
  twq: 'queue version',
  analytics:
    'trackSubmit trackClick trackLink trackForm pageview identify reset group track ready alias debug page screen once ' +
    'off on addSourceMiddleware addIntegrationMiddleware setAnonymousId addDestinationMiddleware register invoked load',
  ttq:
    'page track identify instances debug on off once ready alias group enableCookie disableCookie holdConsent ' +
    'revokeConsent grantConsent _i setAndDefer load instance',
};

/** The page, with all questions asked where the parser comes to them, and again by `window.ask()`. */
const page = () =>
  pageOf({
    config,
    loader: BLOCKING_LOADER,
    body: `<script>
      var ask = () => ${JSON.stringify(GUARDS.map(([, question]) => question))}.map((question) => {
        try { return (0, eval)(question); } catch (error) { return String(error); }
      });
      var atOnce = ask();
    </script>`,
  });

const ask = ({page}: Tab) =>
  page.evaluate('({atOnce, now: ask()})') as Promise<Record<'atOnce' | 'now', unknown[]>>;

async function visit(site: Site): Promise<Tab> {
  await site.serve(PATH, page());
  return site.visit(PATH);
}

/** The rest of the stubs is there. */
const untilComplete = ({page}: Tab) =>
  expect.poll(() => page.evaluate('typeof posthog.getSurveys')).toBe('function');

const readable = (answers: readonly unknown[]) =>
  Object.fromEntries(GUARDS.map(([vendor, question], index) => [`${vendor}: ${question}`, answers[index]]));
const EXPECTED = readable(GUARDS.map(([, , answer]) => answer));

test.describe('page code that asks whether a vendor is there learns that it is not:', () => {
  test('undecided, as the page is parsed and behind the banner', async ({site}) => {
    const tab = await visit(site);
    await tab.expectBanner();
    await untilComplete(tab);
    const {atOnce, now} = await ask(tab);
    expect(readable(atOnce)).toEqual(EXPECTED);
    expect(readable(now)).toEqual(EXPECTED);
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('refused, on that page and on the next', async ({site}) => {
    const tab = await visit(site);
    await tab.rejectAll();
    expect(readable((await ask(tab)).now)).toEqual(EXPECTED);
    await tab.reload();
    await untilComplete(tab);
    const {atOnce, now} = await ask(tab);
    expect(readable(atOnce)).toEqual(EXPECTED);
    expect(readable(now)).toEqual(EXPECTED);
    expect(site.wire.toVendors()).toEqual([]);
  });
});

test('a stub has the fields of its vendor’s own snippet, and no other', async ({site}) => {
  const tab = await visit(site);
  await tab.expectBanner();
  await untilComplete(tab);
  const found = (await tab.page.evaluate(
    `[${Object.keys(FIELDS).join()}].map((stub) => Object.keys(stub))`,
  )) as string[][];
  // The field by which the loader's own function hands calls on is there in the form that its vendor has for it.
  const readable = (names: readonly string[]) => names.filter((name) => name && name !== 'callMethod').sort();
  const byPath = (lists: readonly (readonly string[])[]) =>
    Object.fromEntries(Object.keys(FIELDS).map((path, index) => [path, readable(lists[index] ?? [])]));
  expect(byPath(found)).toEqual(byPath(Object.values(FIELDS).map((words) => words.split(' '))));
});

test('a form that is sent without reCAPTCHA where that is not there is sent without it', async ({site}) => {
  await site.remember(recordOf({categories: ['essential', 'functional_analytics_advertising']}));
  await site.serve(
    PATH,
    pageOf({
      config,
      loader: BLOCKING_LOADER,
      body: `<button onclick="send()">Send</button><script>
        async function send() {
          const token = typeof grecaptcha === 'undefined' ? '' : await grecaptcha.execute();
          await fetch('/order-' + (token || 'without'));
        }
      </script>`,
    }),
  );
  const tab = await site.visit(PATH);
  await tab.page.getByRole('button', {name: 'Send'}).click();
  await expect
    .poll(() => site.wire.toSite().filter((path) => path.includes('/order')))
    .toEqual(['/order-without']);
});

test('answers of methods are those of the stub: nothing, or the list to go on with', async ({site}) => {
  const tab = await visit(site);
  await tab.expectBanner();
  await untilComplete(tab);
  const answers = await tab.page.evaluate(`[
    typeof posthog.isFeatureEnabled('flag'),
    typeof posthog.getFeatureFlag('flag'),
    typeof posthog.has_opted_in_capturing(),
    analytics.track('a').page() === analytics,
    typeof ttq.instances(),
    typeof hj('event', 'x'),
  ]`);
  expect(answers).toEqual(['undefined', 'undefined', 'undefined', true, 'undefined', 'undefined']);
});
