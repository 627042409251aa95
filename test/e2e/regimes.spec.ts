/** What the undecided have, by region, signal, age and version of the policy. */
import {pageOf, VENDORS} from '../support/page.js';
import {expect, recordOf, test} from '../support/site.js';
import {external, serveTags, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const TAGS = {
  analytics: '/gtag/js?id=G-DEMO123456',
  yahoo: '/images/listing/tool/cv/ytag.js',
};
const ALL = Object.values(TAGS);
const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics, VENDORS.yahoo]};
const regime = {default: 'opt-in', 'US-CA': 'opt-out', JP: 'notice'};

const simulateGpc = () => {
  Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true, configurable: true});
};

test('opt-out grants the undecided and does not ask; the preferences take it back', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime, region: 'US-CA'}}));
  const tab = await site.visit(PATH);
  await site.expectTags(ALL);
  await tab.expectNoBanner();
  // Nobody has chosen anything, so nothing is recorded.
  expect(await tab.state()).toMatchObject({regime: 'opt-out', decided: false});
  expect(await site.cookies()).not.toHaveProperty('consent');
  await tab.openPreferences();
  site.wire.forget();
  await tab.untilReloaded(() => tab.press('reject-all'));
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
});

test('notice shows the banner while the tags run', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime, region: 'JP'}}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.expectTags(ALL);
  site.wire.forget();
  await tab.untilReloaded(() => tab.press('reject-all'));
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
});

test('a region that is unknown, in no table or not a code has opt-in', async ({site}) => {
  const tab = await site.newTab();
  const regimes = [regime, {...regime, default: 'opt-out'}, regime, regime];
  for (const [index, region] of [undefined, undefined, 'DE', 'Atlantis'].entries()) {
    await site.serve(`/${index}.html`, pageOf({config: {...config, regime: regimes[index], region}}));
    await tab.goTo(`/${index}.html`);
    await tab.expectBanner();
    expect((await tab.state()).regime).toBe('opt-in');
  }
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('Global Privacy Control denies advertising, though it was granted before, and says so', async ({
  site,
}) => {
  await site.serve(PATH, pageOf({config}));
  await site.remember(recordOf());
  await site.context.addInitScript(simulateGpc);
  const tab = await site.visit(PATH);
  await site.expectTags([TAGS.analytics]);
  expect((await tab.state()).vendors).toEqual({'google-analytics': 'granted', 'yahoo-japan-ads': 'denied'});
  await tab.openPreferences();
  await expect(tab.preferences.getByText(/opt-out signal \(GPC\)/).first()).toBeVisible();
  await expect(await tab.switchOf('advertising')).toBeDisabled();
  await tab.press('accept-all');
  await expect(tab.preferences).toBeHidden();
  await site.expectTags([TAGS.analytics]);
});

test('Global Privacy Control denies advertising in an opt-out region', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime, region: 'US-CA'}}));
  await site.context.addInitScript(simulateGpc);
  await site.visit(PATH);
  await site.expectTags([TAGS.analytics]);
});

test('a visitor under 13 is granted nothing optional and asked nothing', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime: 'opt-out', ageBand: 'u13'}}));
  await site.remember(recordOf());
  const tab = await site.visit(PATH);
  await tab.expectNoBanner();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
});

test('a visitor of 13 to 15 has opt-in in every region', async ({site}) => {
  await site.serve(PATH, pageOf({config: {...config, regime: 'opt-out', region: 'US-CA', ageBand: '13-15'}}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('a material revision asks again, says what changed, and denies meanwhile', async ({site}) => {
  const revision = {version: '2026-11-10', material: true, summary: 'A recipient was added.'};
  const policy = {version: '2026-11-10', revisions: [revision]};
  await site.serve(PATH, pageOf({config: {...config, policy}}));
  await site.remember(recordOf({policyVersion: '2026-11-01', decidedAt: Date.parse('2026-11-02') / 1000}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await expect(tab.banner).toContainText('A recipient was added.');
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await site.expectTags(ALL);
  expect((await site.cookies())['consent']).toMatch(/^1\.2026-11-10\./);
});

test('a revision that is not material leaves the choice as it is', async ({site}) => {
  const policy = {version: '2026-11-10', revisions: [{version: '2026-11-10', material: false}]};
  await site.serve(PATH, pageOf({config: {...config, policy}}));
  await site.remember(recordOf({policyVersion: '2026-11-01', decidedAt: Date.parse('2026-11-02') / 1000}));
  const tab = await site.visit(PATH);
  await site.expectTags(ALL);
  await tab.expectNoBanner();
});

test('a revision that concerns one vendor asks about that vendor, and keeps the rest', async ({site}) => {
  const policy = {version: '2026-11-10', revisions: [{version: '2026-11-10', material: ['yahoo-japan-ads']}]};
  await site.serve(PATH, pageOf({config: {...config, policy}}));
  await site.remember(recordOf({policyVersion: '2026-11-01', decidedAt: Date.parse('2026-11-02') / 1000}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.expectTags([TAGS.analytics]);
});

test('a choice that is older than its term is asked for again, and a refusal still holds', async ({site}) => {
  await site.serve(PATH, pageOf({config}));
  const decidedAt = Math.floor(Date.now() / 1000) - 183 * 86400;
  await site.remember(recordOf({decidedAt, categories: ['essential_functional_analytics', 'advertising']}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.wire.quiet();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
});

const simulateDnt = () => {
  Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1', configurable: true});
};

test('Do Not Track denies nothing that a visitor has granted, unless the site asks for it', async ({
  site,
}) => {
  await site.context.addInitScript(simulateDnt);
  await site.remember(recordOf());
  await site.serve(PATH, pageOf({config}));
  const tab = await site.visit(PATH);
  await site.expectTags(ALL);
  await tab.expectNoBanner();
});

test('with signals.dnt it denies what Global Privacy Control denies, and says so', async ({site}) => {
  await site.context.addInitScript(simulateDnt);
  await site.remember(recordOf());
  await site.serve(PATH, pageOf({config: {...config, signals: {dnt: true}}}));
  const tab = await site.visit(PATH);
  await site.expectTags([TAGS.analytics]);
  expect(await tab.granted()).toEqual(['analytics', 'essential', 'functional', 'google-analytics']);
  await tab.openPreferences();
  await expect(await tab.switchOf('advertising')).toBeDisabled();
  // No call of the page goes past it either.
  site.wire.forget();
  await tab.page.evaluate(() => {
    const {consentGate} = window as unknown as {consentGate: {acceptAll(): void}};
    consentGate.acceptAll();
  });
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('a vendor and a tag of two categories need both, whatever white space is between them', async ({
  site,
}) => {
  await serveTags(site);
  const body =
    external('tag', 'data-consent=" analytics\n advertising "') +
    external('typo', 'data-consent="analytics advertizing"');
  const vendors = [{...vendorOf('both'), category: 'analytics \t advertising'}];
  await site.serve(PATH, pageOf({config: {...config, vendors}, body}));
  const tab = await site.visit(PATH);
  const said = 'got "advertizing"; did you mean "advertising"?';
  await expect.poll(() => site.warnings.filter((text) => text.includes(said))).toHaveLength(1);
  await tab.choose({analytics: true});
  await tab.choose({analytics: false, advertising: true});
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect((await tab.state()).vendors).toEqual({both: 'denied'});
  await tab.choose({analytics: true});
  await site.expectTags(['/tags/both.js', '/tags/tag.js']);
  site.wire.forget();
  await tab.untilReloaded(() => tab.choose({advertising: false}));
  await tab.expectNoBanner();
  expect(site.wire.toVendors()).toEqual([]);
});
