/** The panel and the report say why every tag is in the page or not, and what got past the gate, to those who ask only. */
import {readFileSync} from 'node:fs';
import type axe from 'axe-core';
import {LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, MARKETING_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';
import {external, of, serveTags, VENDOR, visitPage} from '../support/tags.js';

interface Report {
  readonly ok: boolean;
  readonly decided: boolean;
  readonly tags: readonly {
    vendor: string | null;
    category: string;
    url: string;
    state: string;
    why: {code: string; text: string};
  }[];
  readonly leaks: readonly {url: string; vendors: readonly string[]; why: {code: string}}[];
  readonly cookies: {readonly denied: readonly string[]; readonly beforeChoice: readonly string[]};
  readonly storage: readonly string[];
}

declare const consentGate: {audit(): Promise<Report>};

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const NONCE = 'bm9uY2U';
const version = {policy: {version: '2026-11-01'}};
const config = {...version, vendors: [VENDORS.analytics, VENDORS.meta]};

const audit = ({page}: Tab) => page.evaluate(() => consentGate.audit());
const panelOf = ({page}: Tab) => page.locator('consent-debug section');
const debugRequests = (site: Site) => site.wire.toSite().filter((path) => path.includes('debug'));
/** The rows of a part of the panel. */
const rows = (tab: Tab, part: string) =>
  panelOf(tab)
    .locator('details', {has: tab.page.locator('summary', {hasText: part})})
    .locator('li');

test.describe('nobody downloads the panel', () => {
  test('on an ordinary page, whatever is chosen there', async ({site}) => {
    const tab = await visitPage(site, {config: {...config, debug: true}});
    await tab.acceptAll();
    await site.wire.quiet();
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    await tab.expectNoBanner();
    expect(debugRequests(site)).toEqual([]);
  });

  for (const [name, debug] of Object.entries({
    'is not in the configuration': undefined,
    'is false': false,
    'is no boolean': 'true',
  })) {
    test(`by ?consent-debug where "debug" ${name}`, async ({site}) => {
      await site.serve('/page.html', pageOf({config: {...config, debug}}));
      const tab = await site.visit('/page.html?consent-debug');
      await tab.expectBanner();
      await site.wire.quiet();
      expect(debugRequests(site)).toEqual([]);
      await expect(tab.page.locator('consent-debug')).toHaveCount(0);
    });
  }
});

test.describe('with "debug": true and ?consent-debug the panel', () => {
  test('lists every tag with its state and the reason, and follows what is chosen', async ({site}) => {
    await serveTags(site);
    await site.serve(
      '/page.html',
      pageOf({
        config: {
          ...version,
          debug: true,
          vendors: [
            VENDORS.analytics,
            {...VENDORS.meta, tagId: 'none'},
            {
              id: 'heat',
              category: 'analytics',
              after: 'google-analytics',
              src: `${VENDOR}/tags/missing-heat.js`,
            },
          ],
        },
        body:
          external('marked', 'data-consent="functional"') + external('typo', 'data-consent="functionall"'),
      }),
    );
    const tab = await site.visit('/page.html?a=b&consent-debug');
    await expect(panelOf(tab)).toBeVisible();
    expect(debugRequests(site)).toEqual(['/dist/cdn/debug.js']);
    const states = () => rows(tab, 'Tags').locator('.word').allTextContents();
    await expect.poll(states).toEqual(Array(5).fill('waiting'));
    const tags = rows(tab, 'Tags');
    await expect(tags.filter({hasText: 'gtag/js'})).toContainText(/opt-in/);
    await expect(tags.filter({hasText: 'meta-pixel'})).toContainText(/mistake/);
    await expect(tags.filter({hasText: 'typo'})).toContainText(/no category|nobody|declared/i);
    // The panel leaves the banner to be used.
    await tab.acceptAll();
    await expect(tags.filter({hasText: 'gtag/js'})).toContainText('loaded');
    await expect(tags.filter({hasText: 'marked.js'})).toContainText('loaded');
    await expect(tags.filter({hasText: 'missing-heat'})).toContainText('failed');
    await expect(tags.filter({hasText: 'typo'})).toContainText('waiting');
    await expect(panelOf(tab).getByRole('status')).toHaveText('Nothing got past the gate');
  });

  test('is found to have no mistakes by axe, before a choice and after it', async ({site, browserName}) => {
    await site.configure('/marketing.html', (written) => ({...written, debug: true}));
    for (const colorScheme of browserName === 'chromium'
      ? (['light', 'dark'] as const)
      : (['light'] as const)) {
      await site.context.clearCookies();
      const tab = await site.newTab();
      await tab.page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
      await tab.goTo('/marketing.html?consent-debug');
      await tab.expectBanner();
      await expect(panelOf(tab)).toBeVisible();
      const violations = async () => {
        await panelOf(tab)
          .locator('details')
          .evaluateAll((all) => {
            for (const details of all as HTMLDetailsElement[]) details.open = true;
          });
        await tab.page.evaluate(AXE);
        return tab.page.evaluate(async () => {
          const {run} = (window as unknown as {axe: typeof axe}).axe;
          const results = await run(document, {
            resultTypes: ['violations'],
            iframes: false,
          });
          return results.violations.flatMap(({id, nodes}) =>
            nodes.map(({target}) => `${id} at ${target.flat().join(' >>> ')}`),
          );
        });
      };
      expect(await violations(), `${colorScheme}, before`).toEqual([]);
      await tab.acceptAll();
      await site.wire.quiet();
      expect(await violations(), `${colorScheme}, after`).toEqual([]);
      await tab.page.evaluate(() => localStorage.clear());
      await tab.page.close();
    }
  });

  test('is closed by its button and by Escape, and stays closed', async ({site}) => {
    await site.remember(recordOf());
    await site.serve('/page.html', pageOf({config: {...config, debug: true}}));
    const tab = await site.visit('/page.html?consent-debug');
    await panelOf(tab).getByRole('button', {name: 'Close'}).click();
    await expect(panelOf(tab)).toHaveCount(0);
    await tab.reload();
    await panelOf(tab).getByRole('button', {name: 'Copy report'}).focus();
    await tab.page.keyboard.press('Escape');
    await expect(panelOf(tab)).toHaveCount(0);
  });

  test('works under a strict Content Security Policy with Trusted Types, and violates nothing', async ({
    site,
  }) => {
    await site.context.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, {violations});
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    await site.remember(recordOf());
    await site.serve('/page.html', {
      html: pageOf({
        config: {...config, debug: true},
        nonce: NONCE,
        loader: LOADER.replace('src=', `nonce="${NONCE}" src=`),
      }),
      headers: {
        'content-security-policy': [
          "default-src 'none'",
          `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
          "style-src 'none'",
          `img-src data: ${site.vendorOrigin}`,
          `connect-src 'self' ${site.vendorOrigin}`,
          "require-trusted-types-for 'script'",
          "trusted-types consent-gate lit-html 'allow-duplicates'",
        ].join('; '),
      },
    });
    const tab = await site.visit('/page.html?consent-debug');
    await expect(panelOf(tab)).toBeVisible();
    await expect(tab.page.locator('consent-debug')).toHaveCSS('position', 'fixed');
    await expect(rows(tab, 'Tags').locator('.word')).toHaveText(['loaded', 'loaded']);
    expect((await audit(tab)).ok).toBe(true);
    expect(await tab.page.evaluate(() => (window as unknown as {violations: string[]}).violations)).toEqual(
      [],
    );
  });
});

test.describe('audit()', () => {
  test('finds nothing wrong with the demo, before a choice, after it and on the next page', async ({
    site,
  }) => {
    const tab = await site.visit('/marketing.html');
    await tab.expectBanner();
    const before = await audit(tab);
    expect(before).toMatchObject({
      ok: true,
      decided: false,
      leaks: [],
      storage: [],
      cookies: {denied: [], beforeChoice: []},
    });
    expect(before.tags.map(({state}) => state)).toEqual(before.tags.map(() => 'waiting'));
    await tab.acceptAll();
    await site.expectTags(MARKETING_TAGS);
    const after = await audit(tab);
    expect(after).toMatchObject({ok: true, decided: true, leaks: []});
    expect(after.tags.filter(({state}) => state !== 'loaded')).toEqual([]);
    await tab.reload();
    await site.wire.quiet();
    expect(await audit(tab)).toMatchObject({ok: true, leaks: []});
    expect(debugRequests(site)).toEqual(['/dist/cdn/debug.js', '/dist/cdn/debug.js']);
  });

  test('names a tag that stands in the page beside the gate', async ({site}) => {
    const tab = await visitPage(site, {
      config,
      head: `<script async src="${VENDORS.meta.src}"></script>`,
      body: `<img src="${VENDOR}/collect/google-analytics?v=2" alt="">`,
    });
    await tab.expectBanner();
    await site.wire.quiet();
    const {ok, leaks} = await audit(tab);
    expect(ok).toBe(false);
    // Scripts on one host are told apart by their address: the demo's vendors share theirs.
    expect(leaks.map(({url}) => url)).toContain(`${site.vendorOrigin}/en_US/fbevents.js`);
    expect(leaks.find(({url}) => url.endsWith('fbevents.js'))).toMatchObject({
      vendors: expect.arrayContaining(['meta-pixel']),
      why: {code: 'denied'},
    });
  });

  test('names a catalogue vendor’s own address, though nobody has declared it', async ({site}) => {
    await site.context.route('https://connect.facebook.net/**', (route) =>
      route.fulfill({contentType: 'text/javascript', body: ''}),
    );
    const tab = await visitPage(site, {
      config: {...version, vendors: [VENDORS.analytics]},
      head: '<script async src="https://connect.facebook.net/en_US/fbevents.js?secret=1"></script>',
    });
    await tab.expectBanner();
    await site.wire.quiet();
    expect(await audit(tab)).toMatchObject({
      ok: false,
      leaks: [
        {
          url: 'https://connect.facebook.net/en_US/fbevents.js',
          vendors: ['meta-pixel'],
          why: {code: 'undeclared'},
        },
      ],
    });
  });

  test('names what was stored before consent', async ({site}) => {
    const tab = await visitPage(site, {
      config,
      loader: '',
      // The loader comes later, as the last thing in the page.
      body: `<script>document.cookie = 'session=1;path=/'; document.cookie = 'campaign=1;path=/';</script>${LOADER}`,
    });
    await tab.expectBanner();
    // What denied vendors have left is looked for once, behind the banner: this comes later.
    await site.wire.quiet();
    await tab.page.evaluate(() => {
      document.cookie = '_fbp=1;path=/';
      localStorage.setItem('lastExternalReferrer', 'x');
    });
    const report = await audit(tab);
    expect(report.ok).toBe(false);
    expect([...report.cookies.beforeChoice].sort()).toEqual(['_fbp', 'campaign', 'session']);
    expect(report.cookies.denied).toEqual(['_fbp']);
    expect(report.storage).toEqual(['lastExternalReferrer']);
  });

  test('says why a tag waits behind another', async ({site}) => {
    await serveTags(site);
    await site.remember(recordOf());
    const tab = await visitPage(site, {
      config: {
        ...version,
        vendors: [
          {id: 'first', category: 'analytics', src: `${VENDOR}/tags/missing-first.js`},
          {id: 'second', category: 'analytics', after: 'first', src: `${VENDOR}/tags/second.js`},
        ],
      },
      body: external('third', of('first')),
    });
    await tab.expectNoBanner();
    expect((await audit(tab)).tags.map(({vendor, state, why}) => [vendor, state, why.code])).toEqual([
      ['first', 'failed', 'error'],
      ['second', 'waiting', 'after-failed'],
      ['first', 'waiting', 'lane-failed'],
    ]);
  });
});
