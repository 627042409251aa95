/** Real trackers that nobody here wrote, out of their npm packages, served by the vendors' origin. */
import {readFileSync} from 'node:fs';
import {expect, type Site, type Tab, test} from '../support/site.js';

interface Tracker {
  readonly name: string;
  /** Its script on the vendors' origin. */
  readonly script: string;
  /** Part of an address it reports to once it works. */
  readonly report: string;
  /** Cookies and storage items that it is known to write, once it works. */
  readonly cookies: readonly RegExp[];
  readonly storage: readonly RegExp[];
  /** Answers that its server would give, where it cannot do without. */
  readonly prepare?: (site: Site) => Promise<void>;
}

const TRACKERS: readonly Tracker[] = [
  {
    name: 'posthog',
    report: '/collect/posthog/e/',
    script: '/npm/posthog-js/dist/array.full.no-external.js',
    cookies: [/^ph_phc_demo_posthog$/],
    storage: [/^ph_phc_demo_posthog$/, /^ph_phc_demo_primary_window_exists$/],
  },
  {
    name: 'segment',
    report: '/collect/segment/v1/p',
    script: '/npm/@segment/analytics-next/dist/umd/standalone.js',
    cookies: [/^ajs_anonymous_id$/, /^ajs_user_id$/],
    storage: [/^ajs_anonymous_id$/, /^ajs_user_id$/],
    async prepare({context, vendorOrigin}) {
      const {host} = new URL(vendorOrigin);
      await context.route('**/collect/segment/v1/projects/demo/settings', (route) =>
        route.fulfill({
          headers: {'access-control-allow-origin': '*'},
          json: {
            integrations: {
              'Segment.io': {apiKey: 'demo', apiHost: `${host}/collect/segment/v1`, protocol: 'http'},
            },
          },
        }),
      );
    },
  },
  {
    name: 'countly',
    report: '/collect/countly/i',
    script: '/npm/countly-sdk-web/lib/countly.min.js',
    cookies: [],
    storage: [/^demo\/cly_id$/, /^demo\/cly_session$/],
  },
  {
    name: 'clarity',
    report: '/collect/clarity',
    script: '/npm/clarity-js/build/clarity.min.js',
    cookies: [/^_clck$/],
    storage: [/^_cltk$/],
  },
];

/** Names of all that is kept here. */
const kept = async (site: Site, tab: Tab) => [
  ...Object.keys(await site.cookies()),
  ...Object.keys(await tab.storage()).sort(),
];

for (const {name, script, report, cookies, storage, prepare} of TRACKERS) {
  test(`${name} does nothing before consent, works after it, and leaves nothing after a withdrawal`, async ({
    site,
  }) => {
    const fixture = new URL(`fixtures/${name}.html`, import.meta.url);
    await site.serve(`/fixtures/${name}.html`, readFileSync(fixture, 'utf8'));
    await prepare?.(site);
    const tab = await site.visit(`/fixtures/${name}.html`);
    await tab.expectBanner();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    expect(await kept(site, tab)).toEqual([]);

    await tab.acceptAll();
    await expect.poll(() => site.wire.toVendors()).toContain(script);
    const reports = () => site.wire.hits().filter(({pathname}) => pathname.startsWith(report));
    await tab.page.getByRole('button', {name: 'A button to press'}).click();
    await expect.poll(() => reports().length).toBeGreaterThan(0);
    expect(site.wire.toVendors().filter((address) => address === script)).toHaveLength(1);
    for (const pattern of cookies) {
      await expect
        .poll(async () => Object.keys(await site.cookies()))
        .toContainEqual(expect.stringMatching(pattern));
    }
    for (const pattern of storage) {
      await expect
        .poll(async () => Object.keys(await tab.storage()))
        .toContainEqual(expect.stringMatching(pattern));
    }

    await tab.untilReloaded(() => tab.choose({[name]: false}));
    site.wire.forget();
    await tab.expectNoBanner();
    const OURS = ['consent', 'consent', 'consent-history'];
    expect(await kept(site, tab)).toEqual(OURS);
    await tab.reload();
    await tab.expectNoBanner();
    expect(await kept(site, tab)).toEqual(OURS);
    expect(site.wire.toVendors()).toEqual([]);
  });
}
