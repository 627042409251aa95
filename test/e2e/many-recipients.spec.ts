/**
 * More answers than a record can hold: a hundred recipients with long ids, of whom fifty are allowed one by one. What has
 * room is granted, what has not stays denied, and the visitor and the site's owner are told.
 */
import {decodeRecord} from '../../src/consent/record.js';
import {pageOf} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';

const IDS = Array.from({length: 100}, (_, index) => `recipient-with-a-long-name-${100 + index}`);
const HALF = IDS.slice(50);

const tagOf = (id: string) => `/widget.js?of=${id}`;

const config = {
  policy: {version: '2026-11-01'},
  vendors: IDS.map((id) => ({id, category: 'analytics', src: `http://localhost:8001${tagOf(id)}`})),
};

/** Words of the note, by language. */
const NOTES = {
  en: 'You gave more single answers than can be kept. What did not fit stays off: see the settings.',
  ja: '個別の選択が多く、一部は記録できませんでした。記録できなかったものはオフのままです。設定で確認できます。',
  ru: 'Отдельных ответов больше, чем можно сохранить. Что не поместилось, осталось выключенным: см. настройки.',
};
const WARNING = 'a choice was longer than its record can be, so that what did not fit is refused';

async function visit(site: Site, lang = 'en'): Promise<Tab> {
  await site.serve('/', pageOf({config, lang}));
  return site.visit('/');
}

/** Puts these switches over, in the open preferences, and saves. */
async function switchOver(tab: Tab, ids: readonly string[]): Promise<void> {
  await tab.openPreferences();
  await tab.page.evaluate((ids) => {
    const root = document.querySelector('consent-preferences')?.shadowRoot as ShadowRoot;
    for (const id of ids) root.querySelector<HTMLElement>(`[data-vendor="${id}"]`)?.click();
  }, ids);
  await tab.press('save');
}

/** @returns the vendors that the record's cookie names */
async function kept(site: Site): Promise<string[]> {
  const text = (await site.cookies())['consent'] as string;
  expect(text.length).toBeLessThan(1000);
  const {categories, vendors} = decodeRecord(text) ?? {};
  expect(categories).toMatchObject({analytics: 'denied'});
  expect(new Set(Object.values(vendors ?? {}))).toEqual(new Set(['granted']));
  return Object.keys(vendors ?? {});
}

async function expectTold(tab: Tab): Promise<void> {
  await expect(tab.banner).toContainText(NOTES.en);
  await expect(tab.banner.getByRole('heading')).toHaveText('Your choice has been saved.');
  await expect(tab.page.locator('consent-banner').getByRole('status')).toHaveText(
    `Your choice has been saved. ${NOTES.en}`,
  );
}

test('fifty of a hundred recipients allowed one by one: those that have room are let in, and it is said that others are not', async ({
  site,
}) => {
  const tab = await visit(site);
  await switchOver(tab, HALF);
  await expectTold(tab);
  const names = await kept(site);
  expect(names).toEqual(HALF.slice(0, names.length));
  expect(names.length).toBeGreaterThan(25);
  await site.expectTags(names.map(tagOf));
  expect(await tab.granted()).toEqual(['essential', ...names]);
  expect(site.warnings.filter((line) => line.includes(WARNING))).toHaveLength(1);

  await tab.press('close');
  await expect(tab.banner).toBeHidden();
  site.wire.forget();
  await tab.reload();
  await site.expectTags(names.map(tagOf));
  await tab.expectNoBanner();
  await tab.openPreferences();
  const switches = tab.preferences.locator('input[data-vendor]');
  const shown = await switches.evaluateAll((inputs) =>
    (inputs as HTMLInputElement[]).filter(({checked}) => checked).map(({dataset}) => dataset['vendor']),
  );
  expect(shown).toEqual(names);
});

test('fifty of a hundred refused that have run: the page that comes says it', async ({site}) => {
  const tab = await visit(site);
  await tab.acceptAll();
  await site.expectTags(IDS.map(tagOf));
  site.wire.forget();
  await tab.untilReloaded(() => switchOver(tab, HALF));
  await expectTold(tab);
  const names = await kept(site);
  expect(names).toEqual(IDS.slice(0, names.length));
  await site.expectTags(names.map(tagOf));
  // Once.
  await tab.reload();
  await tab.expectNoBanner();
});

for (const lang of ['ja', 'ru'] as const) {
  test(`is said in the language of the page: ${lang}`, async ({site}) => {
    const tab = await visit(site, lang);
    await tab.page.evaluate((ids) => {
      const {consentGate} = window as unknown as {consentGate: {decide(answers: object): void}};
      consentGate.decide({vendors: Object.fromEntries(ids.map((id) => [id, 'granted']))});
    }, HALF);
    await expect(tab.banner).toContainText(NOTES[lang]);
  });
}

test('what has room is said nothing of', async ({site}) => {
  const tab = await visit(site);
  await switchOver(tab, HALF.slice(0, 20));
  await site.expectTags(HALF.slice(0, 20).map(tagOf));
  await expect(tab.preferences).toBeHidden();
  await tab.expectNoBanner();
  expect(site.warnings.filter((line) => line.includes(WARNING))).toEqual([]);
});
