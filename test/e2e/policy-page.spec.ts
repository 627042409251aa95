/** A privacy policy that acts: a switch beside each paragraph on a recipient, and one's own record at its end. */
import {readFile} from 'node:fs/promises';
import {expect, POLICY_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';

const YAHOO = '/images/listing/tool/cv/ytag.js';
const META = '/en_US/fbevents.js';
/** The advertisers that the policy names, with the recipient's own opt-out page where there is one. */
const ADVERTISERS: Record<string, RegExp | undefined> = {
  'google-analytics': /^https:\/\/tools\.google\.com\//,
  'google-ads': /^https:\/\/myadcenter\.google\.com\//,
  'yahoo-japan-ads': /^https:\/\/btoptout\.yahoo\.co\.jp\//,
  'meta-pixel': /^https:\/\/www\.facebook\.com\/adpreferences/,
  'x-pixel': /^https:\/\/x\.com\/settings\/ads_preferences/,
  'amazon-ads': /^https:\/\/www\.amazon\.co\.jp\/adprefs/,
  nai: /^https:\/\/optout\.networkadvertising\.org\//,
  beyondx: undefined,
  'a8-net': undefined,
};

const partOf = ({page}: Tab, id: string) => page.locator(`consent-opt-out[vendor="${id}"]`);
const switchOf = (tab: Tab, id: string) => partOf(tab, id).locator(`input[data-vendor="${id}"]`);
const statusOf = (tab: Tab, id: string) => partOf(tab, id).getByRole('status');
const cookieNames = async (site: Site) => Object.keys(await site.cookies()).sort();
const without = (tags: readonly string[], ...gone: string[]) => tags.filter((tag) => !gone.includes(tag));

/** A visitor who has allowed everything, on the policy, with all its tags run. */
async function visitGranted(site: Site): Promise<Tab> {
  await site.remember(recordOf());
  const tab = await site.visit('/policy.html');
  await site.expectTags(POLICY_TAGS);
  await expect.poll(() => cookieNames(site)).toContain('_yjsu_yjad');
  await expect(switchOf(tab, 'yahoo-japan-ads')).toBeChecked();
  site.wire.forget();
  return tab;
}

test('every advertiser has a switch beside its paragraph, and a link to its own opt-out where it offers one', async ({
  site,
}) => {
  const tab = await site.visit('/policy.html');
  for (const [id, address] of Object.entries(ADVERTISERS)) {
    await expect(switchOf(tab, id), id).toBeVisible();
    await expect(switchOf(tab, id), id).not.toBeChecked();
    await expect(partOf(tab, id).locator('#state'), id).toHaveText('送信を停止しています');
    const links = partOf(tab, id).locator('[part="link"]');
    if (address) {
      await expect(links, id).toHaveAttribute('href', address);
      await expect(links, id).toHaveAttribute('target', '_blank');
    } else {
      await expect(links, id).toHaveCount(0);
      await expect(partOf(tab, id), id).toContainText('専用のオプトアウトページがありません');
    }
  }
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('an address of older policies has its status, and the date on which that was checked', async ({
  site,
}) => {
  const tab = await site.visit('/policy.html');
  for (const [id, words] of Object.entries({
    'yahoo-japan-ads': '（http://btoptout.yahoo.co.jp/optout/index.html）は、上記のhttpsのページになりました',
    'google-ads': '（https://www.google.com/settings/ads）は、上記のページに変わりました',
    beyondx: '（http://www.beyondx.jp/optout.html）のページは、現在は公開されていません',
  }))
    await expect(partOf(tab, id)).toContainText(
      new RegExp(`${words.replace(/[.]/g, '\\.')}（\\d+年\\d+月\\d+日確認）`),
    );
  await expect(partOf(tab, 'amazon-ads')).not.toContainText('以前のご案内先');
});

test('switched off in its paragraph, a vendor is gone: cookies, requests, also after a reload', async ({
  site,
}) => {
  const tab = await visitGranted(site);
  await tab.untilReloaded(() => switchOf(tab, 'yahoo-japan-ads').press('Space'));
  await site.expectTags(without(POLICY_TAGS, YAHOO));
  await expect(switchOf(tab, 'yahoo-japan-ads')).not.toBeChecked();
  expect((await cookieNames(site)).filter((name) => /yjad/.test(name))).toEqual([]);
  expect(await cookieNames(site)).toContain('_fbp');
  expect((await site.cookies())['consent']).toMatch(/\.preferences\.[\w-]+\.-\.-\.yahoo-japan-ads\.-$/);
  site.wire.forget();
  await tab.reload();
  await site.expectTags(without(POLICY_TAGS, YAHOO));
  expect(site.wire.hits().map(({pathname}) => pathname)).not.toContain('/collect/yahoo-japan-ads');
});

test('the page that comes of the reload says what was done, once, and the switch has the focus', async ({
  site,
}) => {
  const tab = await visitGranted(site);
  await tab.untilReloaded(() => switchOf(tab, 'yahoo-japan-ads').click());
  await expect(statusOf(tab, 'yahoo-japan-ads')).toHaveText('Yahoo!広告への送信を停止しました');
  await expect(switchOf(tab, 'yahoo-japan-ads')).toBeFocused();
  await tab.reload();
  await expect(switchOf(tab, 'yahoo-japan-ads')).toBeVisible();
  await site.wire.quiet();
  await expect(statusOf(tab, 'yahoo-japan-ads')).toHaveText('');
});

test('where no reload is needed it is said at once', async ({site}) => {
  const tab = await site.visit('/policy.html');
  await tab.rejectAll();
  await switchOf(tab, 'a8-net').click();
  await expect(statusOf(tab, 'a8-net')).toHaveText('A8.netへの送信を許可しました');
  await switchOf(tab, 'a8-net').click();
  await expect(statusOf(tab, 'a8-net')).toHaveText('A8.netへの送信を停止しました');
  await expect(partOf(tab, 'a8-net').locator('#state')).toHaveText('送信を停止しています');
});

test('switched on in its paragraph, that vendor alone is let in', async ({site}) => {
  const tab = await site.visit('/policy.html');
  await tab.rejectAll();
  await switchOf(tab, 'meta-pixel').click();
  await site.expectTags([META]);
  expect(await tab.granted()).toEqual(['essential', 'meta-pixel']);
});

test('a vendor in a file of its own is let in and kept out by its paragraph as well', async ({site}) => {
  const src = `${site.vendorOrigin}/collect/x-pixel/uwt.js`;
  await site.configure('/consent.json', (config) => ({
    ...config,
    vendors: config.vendors?.map((vendor) =>
      vendor === 'x-pixel' ? {id: 'x-pixel', tagId: 'o1abc', src} : vendor,
    ),
  }));
  const tab = await site.visit('/policy.html');
  await tab.rejectAll();
  await site.wire.quiet();
  const askedFor = async () => (await site.received()).filter(({path}) => path.endsWith('/uwt.js')).length;
  expect(await askedFor()).toBe(0);
  await switchOf(tab, 'x-pixel').click();
  await expect.poll(askedFor).toBe(1);
  await switchOf(tab, 'x-pixel').click();
  await expect(switchOf(tab, 'x-pixel')).not.toBeChecked();
  await tab.reload();
  await tab.expectNoBanner();
  expect(await askedFor()).toBe(1);
});

test('the switch of the category stops all advertisers, and theirs follow', async ({site}) => {
  const tab = await visitGranted(site);
  await tab.untilReloaded(() =>
    tab.page.locator('consent-opt-out input[data-category="advertising"]').click(),
  );
  await site.expectTags(['/gtag/js?id=G-DEMO123456']);
  for (const id of Object.keys(ADVERTISERS))
    await expect(switchOf(tab, id), id).toBeChecked({checked: id === 'google-analytics'});
  expect(await tab.granted()).toContain('google-analytics');
});

test('Global Privacy Control locks the switches and says so', async ({site}) => {
  const tab = await site.newTab();
  await tab.page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true, configurable: true}),
  );
  await tab.goTo('/policy.html');
  await expect(switchOf(tab, 'yahoo-japan-ads')).toBeDisabled();
  await expect(partOf(tab, 'yahoo-japan-ads').locator('#state')).toContainText('GPC');
});

test('without the elements, what the author has written acts', async ({site}) => {
  await site.context.route('**/elements.js', (route) => route.abort());
  const tab = await site.visit('/policy.html');
  await tab.rejectAll();
  await partOf(tab, 'meta-pixel').getByRole('link').click();
  await expect(tab.banner.getByRole('heading')).toHaveText(/^Metaピクセル.*への送信を停止しました$/);
});

test.describe('the record', () => {
  const recordIn = ({page}: Tab) => page.locator('consent-record');

  test('is there once something is chosen, and as a file with every decision in it', async ({site}) => {
    const tab = await site.visit('/policy.html');
    await expect(recordIn(tab)).toContainText('まだ選択の記録がありません');
    await tab.rejectAll();
    await switchOf(tab, 'a8-net').click();
    await expect(recordIn(tab)).toContainText('2026-11-01');
    const downloading = tab.page.waitForEvent('download');
    await recordIn(tab).locator('[data-action="download"]').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('consent-record.json');
    const record = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(record).toMatchObject({schema: 'consent-gate/1', decided: true, source: 'preferences'});
    expect(record.history).toMatchObject([
      {source: 'banner'},
      {source: 'preferences', vendors: {'a8-net': 'granted'}},
    ]);
  });

  test('is erased after one question: the tags are gone, and the page asks as on a first visit', async ({
    site,
  }) => {
    const tab = await visitGranted(site);
    await recordIn(tab).locator('[data-action="erase"]').click();
    await expect(recordIn(tab)).toContainText('記録を消去しますか');
    await tab.untilReloaded(() => recordIn(tab).locator('[data-action="erase"]').click());
    await tab.expectBanner();
    await expect(recordIn(tab).getByRole('status')).toHaveText('記録を消去しました。');
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    expect(await site.cookies()).toEqual({});
    expect(await tab.storage()).toEqual({});
  });
});
