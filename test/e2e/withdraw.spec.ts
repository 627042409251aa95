/** Consent is taken back: by a link, by the preferences, in another tab, by erasing it. A link can only ever deny. */
import {expect, MARKETING_TAGS, POLICY_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';

const YAHOO = '/images/listing/tool/cv/ytag.js';
const YAHOO_COOKIES = ['_ycl_yjad', '_yjsu_yjad'];
const OTHER_COOKIES = ['_fbp', '_ga', '_ga_DEMO123456', '_gcl_au'];
const EVERYTHING = [
  'a8-net',
  'advertising',
  'amazon-ads',
  'analytics',
  'beyondx',
  'demo-reviews',
  'demo-video',
  'essential',
  'functional',
  'google-ads',
  'google-analytics',
  'meta-pixel',
  'nai',
  'x-pixel',
  'yahoo-japan-ads',
];

const without = (ids: readonly string[], ...gone: string[]) => ids.filter((id) => !gone.includes(id));
const cookieNames = async (site: Site) => Object.keys(await site.cookies()).sort();

/** A visitor who accepted everything on the marketing page, in a tab that is still there. */
async function acceptEverything(site: Site): Promise<Tab> {
  const tab = await site.visit('/marketing.html?yclid=click');
  await tab.acceptAll();
  await site.expectTags(MARKETING_TAGS);
  expect(await cookieNames(site)).toEqual(expect.arrayContaining([...YAHOO_COOKIES, ...OTHER_COOKIES]));
  site.wire.forget();
  return tab;
}

/** The sentence that is on screen, and the one that screen readers are told. */
async function expectSaid(tab: Tab, words: string | RegExp) {
  await expect(tab.banner.getByRole('heading')).toHaveText(words);
  await expect(tab.page.locator('consent-banner').getByRole('status')).toHaveText(words);
}

test.describe('a link to #consent-opt-out=yahoo-japan-ads', () => {
  test('denies Yahoo! JAPAN alone, before its tag is asked for, removes its cookies and says so', async ({
    site,
  }) => {
    const tab = await acceptEverything(site);
    // As an earlier version of the tag, or another page of the site, may have left them.
    const {hostname} = new URL(site.origin);
    await site.context.addCookies([
      {name: '_ycl_yjad', value: 'host', domain: hostname, path: '/'},
      {name: '_yjr_yjad', value: 'path', domain: hostname, path: '/policy.html'},
      {name: '_ts_yjad', value: 'parent', domain: `.${hostname.slice(4)}`, path: '/'},
    ]);
    await tab.goTo('/policy.html#consent-opt-out=yahoo-japan-ads');
    await expectSaid(tab, 'Yahoo!広告への送信を停止しました');
    await site.expectTags(without(POLICY_TAGS, YAHOO));
    expect(site.wire.hits().map(({pathname}) => pathname)).not.toContain('/collect/yahoo-japan-ads');
    expect(await tab.granted()).toEqual(without(EVERYTHING, 'yahoo-japan-ads'));
    expect(await cookieNames(site)).toEqual([...OTHER_COOKIES, 'consent']);
    expect(Object.keys(await tab.storage())).not.toContain('_ycl_yjad');
    expect((await site.cookies())['consent']).toMatch(/\.link\.[\w-]+\.-\.-\.yahoo-japan-ads\.-$/);
    // The next page remembers it, and the address no longer asks for it.
    expect(tab.page.url()).toBe(`${site.origin}/policy.html`);
    site.wire.forget();
    await tab.goTo('/marketing.html');
    await site.expectTags(without(MARKETING_TAGS, YAHOO));
  });

  test('can be taken back: the next page asks for the tag again', async ({site}) => {
    const tab = await acceptEverything(site);
    await tab.goTo('/policy.html#consent-opt-out=yahoo-japan-ads');
    await expectSaid(tab, /Yahoo!広告/);
    await tab.press('undo');
    await expect(tab.banner).toBeHidden();
    expect(await tab.granted()).toEqual(EVERYTHING);
    site.wire.forget();
    await tab.reload();
    await site.expectTags(POLICY_TAGS);
    await tab.expectNoBanner();
  });

  test('reloads a page in which the tag has run, once, and says so afterwards', async ({site}) => {
    await site.remember(recordOf());
    const tab = await site.visit('/policy.html');
    await site.expectTags(POLICY_TAGS);
    await expect.poll(() => cookieNames(site)).toContain('_yjsu_yjad');
    site.wire.forget();
    await tab.untilReloaded(() => tab.page.locator('a[href="#consent-opt-out=yahoo-japan-ads"]').click());
    await expectSaid(tab, 'Yahoo!広告への送信を停止しました');
    await site.expectTags(without(POLICY_TAGS, YAHOO));
    expect(site.wire.toSite().filter((path) => path === '/policy.html')).toHaveLength(1);
    expect(await tab.granted()).toEqual(without(EVERYTHING, 'yahoo-japan-ads'));
    expect(await cookieNames(site)).toEqual([...OTHER_COOKIES, 'consent']);
    expect(tab.page.url()).toBe(`${site.origin}/policy.html`);
    await tab.press('undo');
    await expect(tab.banner).toBeHidden();
    expect(await tab.granted()).toEqual(EVERYTHING);
    await expect.poll(() => site.wire.tags()).toContain(YAHOO);
  });

  test('works a second time in the same page', async ({site}) => {
    const tab = await site.visit('/policy.html');
    await tab.rejectAll();
    const link = tab.page.locator('a[href="#consent-opt-out=yahoo-japan-ads"]');
    for (const _ of ['first', 'second']) {
      await link.click();
      await expectSaid(tab, /Yahoo!広告/);
      await tab.press('close');
      await expect(tab.banner).toBeHidden();
    }
    expect(await tab.granted()).toEqual(['essential']);
  });

  test('denies before a choice too, and the question about the rest stays', async ({site}) => {
    const tab = await site.visit('/policy.html#consent-opt-out=yahoo-japan-ads');
    await expectSaid(tab, /Yahoo!広告/);
    expect(await tab.granted()).toEqual(['essential']);
    await tab.reload();
    await tab.expectBanner();
    await tab.acceptAll();
    await expect.poll(() => site.wire.tags()).toContain('/gtag/js?id=G-DEMO123456');
    expect(await cookieNames(site)).toContain('consent');
  });
});

test('a link that denies keeps the vendor’s frame and pixel from being asked for at all', async ({site}) => {
  const tab = await acceptEverything(site);
  await tab.page.close();
  const video = await site.visit('/marketing.html#consent-opt-out=demo-video');
  await video.expectBanner();
  await site.expectTags(without(MARKETING_TAGS, '/embed/first-lesson'));
  await video.page.close();
  site.wire.forget();
  const pixel = await site.visit('/marketing.html#consent-opt-out=a8-net');
  await pixel.expectBanner();
  await site.expectTags(without(MARKETING_TAGS, '/embed/first-lesson', '/pixel.gif?a8=demo'));
});

test('#consent-opt-out denies everything optional, removes what vendors left and says so', async ({site}) => {
  const tab = await acceptEverything(site);
  await tab.goTo('/policy.html#consent-opt-out');
  await expectSaid(tab, '任意の送信をすべて停止しました');
  await site.expectTags([]);
  expect(await tab.granted()).toEqual(['essential']);
  expect(await cookieNames(site)).toEqual(['consent']);
  expect(Object.keys(await tab.storage()).sort()).toEqual(['consent', 'consent-history']);
  await tab.press('undo');
  await expect.poll(tab.granted).toEqual(EVERYTHING);
});

test('an unknown id in a link changes nothing and opens the preferences', async ({site}) => {
  const tab = await acceptEverything(site);
  const before = await site.cookies();
  await tab.goTo('/policy.html#consent-opt-out=nobody');
  await expect(tab.preferences).toBeVisible();
  expect(await tab.granted()).toEqual(EVERYTHING);
  expect((await site.cookies())['consent']).toBe(before['consent']);
});

test('no address grants anything', async ({site}) => {
  const tab = await site.newTab();
  for (const address of [
    '#consent-accept',
    '#consent-accept-all',
    '#consent-opt-in',
    '#consent-opt-in=yahoo-japan-ads',
    '#consent-opt-out=yahoo-japan-ads,granted',
    '#consent-opt-out=__proto__',
    '#consent-opt-out=constructor',
    '#consent-opt-out=',
    '#consent=granted',
    '#consent=yahoo-japan-ads',
    '?consent=accept',
    '?consent=1.2026-11-01.zzzzzz.banner.essential_analytics_advertising.-.-.-.-',
    '#consent=1.2026-11-01.zzzzzz.banner.essential_analytics_advertising.-.-.-.-',
  ]) {
    await tab.page.goto('about:blank');
    await tab.goTo(`/policy.html${address}`);
    await expect(tab.banner.or(tab.preferences).first(), address).toBeVisible();
    expect(await tab.granted(), address).toEqual(['essential']);
  }
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  // What denies nothing is no choice either.
  expect(await site.cookies()).toEqual({});
});

test.describe('the preferences', () => {
  test('open by #consent, on the page’s own heading', async ({site}) => {
    await site.remember(
      recordOf({source: 'banner', categories: ['essential', 'functional_analytics_advertising']}),
    );
    const tab = await site.visit('/policy.html#consent');
    await expect(tab.preferences).toBeVisible();
    await expect(tab.preferences.getByRole('heading', {level: 2})).toBeFocused();
  });

  test('open by #consent=meta-pixel at that vendor’s switch', async ({site}) => {
    const tab = await site.visit('/policy.html');
    await tab.rejectAll();
    await tab.page.locator('a[href="#consent=meta-pixel"]').click();
    await expect(tab.preferences.locator('input[data-vendor="meta-pixel"]')).toBeFocused();
    await expect(tab.preferences.locator('input[data-vendor="meta-pixel"]')).toBeInViewport();
  });

  test('open by any element with data-consent-open, and give the focus back to it', async ({site}) => {
    const tab = await site.visit('/marketing.html');
    await tab.rejectAll();
    const button = tab.page.locator('button[data-consent-open="preferences"]').first();
    await button.click();
    await expect(tab.preferences).toBeVisible();
    await tab.press('close');
    await expect(tab.preferences).toBeHidden();
    await expect(button).toBeFocused();
  });

  test('withdraw one vendor: a reload, its cookies and storage gone, the others’ kept', async ({site}) => {
    const tab = await acceptEverything(site);
    await tab.goTo('/marketing.html?yclid=click');
    await site.expectTags(MARKETING_TAGS);
    expect(Object.keys(await tab.storage())).toEqual(
      expect.arrayContaining(['_ycl_yjad', 'demo-reviews:seen']),
    );
    site.wire.forget();
    await tab.untilReloaded(() => tab.choose({'yahoo-japan-ads': false, 'demo-reviews': false}));
    await site.expectTags(without(MARKETING_TAGS, YAHOO, '/widget.js'));
    expect(site.wire.toSite().filter((path) => path === '/marketing.html')).toHaveLength(1);
    expect(await cookieNames(site)).toEqual([...OTHER_COOKIES, 'consent']);
    const kept = Object.keys(await tab.storage());
    expect(kept).toContain('lastExternalReferrer');
    expect(kept).not.toContain('_ycl_yjad');
    expect(kept).not.toContain('demo-reviews:seen');
  });

  test('withdraw everything: nothing of a vendor’s is left, and no question is asked', async ({site}) => {
    const tab = await acceptEverything(site);
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    await tab.expectNoBanner();
    // The tags write once more as their page goes away: the next start removes that too.
    expect(await cookieNames(site)).toEqual(['consent']);
    expect(Object.keys(await tab.storage()).sort()).toEqual(['consent', 'consent-history']);
    await site.expectTags([]);
    await expect(tab.page.locator('iframe[data-vendor="demo-video"]')).not.toHaveAttribute('src');
  });

  test('withdraw a frame without a reload', async ({site}) => {
    const tab = await site.visit('/marketing.html');
    await tab.choose({'demo-video': true});
    await site.expectTags(['/embed/first-lesson']);
    site.wire.forget();
    await tab.choose({'demo-video': false});
    await expect(tab.page.locator('iframe[data-vendor="demo-video"]')).not.toHaveAttribute('src');
    await site.wire.quiet();
    expect(site.wire.toSite()).toEqual([]);
  });
});

test.describe('a second tab', () => {
  /**
   * Notes in each tab that consent has changed there; `window.name` outlives a reload. Nobody touches or shows the other tab
   * meanwhile, and no timer of the product lies between: how long it takes is the browser's affair.
   */
  const noteChanges = (site: Site) =>
    site.context.addInitScript(() => {
      document.addEventListener('consent-change', () => {
        window.name = 'heard';
      });
    });
  const hasHeard = async ({page}: Tab) => (await page.evaluate(() => window.name)) === 'heard';

  test('follows a grant by itself', async ({site}) => {
    await noteChanges(site);
    const first = await site.visit('/policy.html');
    const second = await site.visit('/policy.html');
    await first.expectBanner();
    await second.expectBanner();
    await first.acceptAll();
    await expect.poll(second.granted).toEqual(EVERYTHING);
    expect(await hasHeard(second)).toBe(true);
    await expect(second.banner).toBeHidden();
    await site.expectTags([...POLICY_TAGS, ...POLICY_TAGS]);
  });

  test('follows a withdrawal by itself', async ({site}) => {
    await noteChanges(site);
    await site.remember(recordOf());
    const first = await site.visit('/policy.html');
    const second = await site.visit('/policy.html');
    await site.expectTags([...POLICY_TAGS, ...POLICY_TAGS]);
    site.wire.forget();
    await second.openPreferences();
    await first.untilReloaded(() => second.untilReloaded(() => second.press('reject-all')));
    expect(await first.granted()).toEqual(['essential']);
    expect(await hasHeard(first)).toBe(true);
    await first.expectNoBanner();
    await second.expectNoBanner();
    expect(site.wire.tags()).toEqual([]);
    expect(await cookieNames(site)).toEqual(['consent']);
  });
});

test('erasing the choice leads back to a first visit', async ({site}) => {
  await site.remember(recordOf());
  const tab = await site.visit('/policy.html');
  await site.expectTags(POLICY_TAGS);
  await expect.poll(() => cookieNames(site)).toContain('_fbp');
  site.wire.forget();
  await tab.untilReloaded(() =>
    tab.page.evaluate(() => (window as unknown as {consentGate: {erase(): void}}).consentGate.erase()),
  );
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.cookies()).toEqual({});
  expect(await tab.storage()).toEqual({});
  expect(await tab.state()).toMatchObject({decided: false, decidedAt: null, source: null});
});
