/** The whole job without a pointer, and what gets the focus can be seen. */
import {expect, type Tab, test} from '../support/site.js';

const PHONE = {width: 360, height: 640};

/** The innermost element that has the focus, through open shadow roots. */
const focused = ({page}: Tab) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const {action, vendor, category} = (element as HTMLElement | null)?.dataset ?? {};
    return action ?? vendor ?? category ?? element?.tagName.toLowerCase() ?? '';
  });

/** Presses Tab until that has the focus. */
async function tabTo(tab: Tab, target: string) {
  for (let presses = 0; (await focused(tab)) !== target; presses++) {
    expect(presses, `Tab leads to ${target}`).toBeLessThan(60);
    await tab.page.keyboard.press('Tab');
  }
}

test('everything can be accepted with the keyboard', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tabTo(tab, 'accept-all');
  await tab.page.keyboard.press('Enter');
  await expect(tab.banner).toBeHidden();
  expect((await tab.state()).categories).toMatchObject({advertising: 'granted'});
});

test('everything can be rejected with the keyboard, in as many steps as it can be accepted', async ({
  site,
}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  // Neighbours, and neither of them is the one that gets the focus by itself.
  await tabTo(tab, 'reject-all');
  await tab.page.keyboard.press('Tab');
  expect(await focused(tab)).toBe('accept-all');
  await tab.page.keyboard.press('Shift+Tab');
  await tab.page.keyboard.press('Space');
  await expect(tab.banner).toBeHidden();
  expect(await tab.granted()).toEqual(['essential']);
});

test('one vendor can be granted with the keyboard, and the focus comes back', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tabTo(tab, 'preferences');
  await tab.page.keyboard.press('Enter');
  await expect(tab.preferences).toBeVisible();
  // The recipients of a category are unfolded by its summary, the next stop behind the switch.
  await tabTo(tab, 'analytics');
  await tabTo(tab, 'summary');
  await tab.page.keyboard.press('Enter');
  await tabTo(tab, 'google-analytics');
  await tab.page.keyboard.press('Space');
  await tabTo(tab, 'save');
  await tab.page.keyboard.press('Enter');
  await expect(tab.preferences).toBeHidden();
  expect(await tab.granted()).toEqual(expect.arrayContaining(['essential', 'google-analytics']));
  expect((await tab.state()).vendors).toMatchObject({'google-ads': 'denied', 'meta-pixel': 'denied'});
  await expect(tab.banner).toBeHidden();
});

test('Escape closes the preferences, writes nothing and gives the focus back', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  await tabTo(tab, 'preferences');
  await tab.page.keyboard.press('Enter');
  await expect(tab.preferences).toBeVisible();
  await tabTo(tab, 'analytics');
  await tab.page.keyboard.press('Space');
  await tab.page.keyboard.press('Escape');
  await expect(tab.preferences).toBeHidden();
  await tab.expectBanner();
  expect(await site.context.cookies()).toEqual([]);
  expect(await tab.storage()).toEqual({});
  await expect.poll(() => focused(tab)).toBe('preferences');
});

test('the preferences keep the focus among their own controls', async ({site}) => {
  const tab = await site.visit('/marketing.html');
  await tab.openPreferences();
  const stops = new Set<string>();
  for (let presses = 0; presses < 25; presses++) {
    await tab.page.keyboard.press('Tab');
    stops.add(
      await tab.page.evaluate(() => {
        const {activeElement} = document;
        return activeElement === document.body ? 'the browser' : (activeElement?.localName ?? '');
      }),
    );
  }
  stops.delete('the browser');
  expect([...stops]).toEqual(['consent-preferences']);
});

test('the preferences of an account page are part of the page and can be saved with the keyboard', async ({
  site,
}) => {
  const tab = await site.visit('/spa/account');
  await tab.expectBanner();
  await tabTo(tab, 'analytics');
  await tab.page.keyboard.press('Space');
  await tabTo(tab, 'save');
  await tab.page.keyboard.press('Enter');
  await expect(tab.banner).toBeHidden();
  await site.expectTags(['/gtag/js?id=G-DEMO123456']);
});

test('the banner takes no focus as it comes and goes', async ({site}) => {
  // The visitor is typing already when the banner comes.
  await site.context.route('**/prompt/*.js', async (route) => {
    await page.locator('#trial-form [name="name"]').focus();
    await route.fallback();
  });
  const page = await site.context.newPage();
  await page.goto(`${site.origin}/marketing.html`);
  await expect(page.locator('consent-banner [part~="box"]')).toBeVisible();
  await expect(page.locator('#trial-form [name="name"]')).toBeFocused();
  await page.evaluate(() =>
    (window as unknown as {consentGate: {rejectAll(): void}}).consentGate.rejectAll(),
  );
  await expect(page.locator('consent-banner [part~="box"]')).toBeHidden();
  await expect(page.locator('#trial-form [name="name"]')).toBeFocused();
});

for (const [device, viewport] of Object.entries({
  'a desktop': {width: 1280, height: 720},
  'a phone': PHONE,
})) {
  test(`on ${device} the banner never fully hides what has the focus`, async ({site}) => {
    const tab = await site.visit('/marketing.html');
    const {page} = tab;
    await page.setViewportSize(viewport);
    await tab.expectBanner();
    const seen = new Set<string>();
    /** What has the focus, and whether none of it can be seen; nothing of the page has it: `null`. */
    const look = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const banner = document.querySelector('consent-banner') as HTMLElement;
        if (!element || element === document.body || element === banner) return null;
        const {top, bottom, left, right} = element.getBoundingClientRect();
        const box = banner.getBoundingClientRect();
        const isCovered = top >= box.top && bottom <= box.bottom && left >= box.left && right <= box.right;
        const isOutside = bottom <= 0 || top >= innerHeight;
        return {
          name: `${element.localName} ${element.textContent?.trim().slice(0, 20)}`,
          isHidden: isCovered || isOutside,
        };
      });
    // Up to the last link of the page.
    for (let presses = 0; presses < 60 && ![...seen].join().includes('デモの一覧'); presses++) {
      await page.keyboard.press('Tab');
      const stop = await look();
      if (!stop) continue;
      seen.add(stop.name);
      // The page may still be scrolling, or a skip link sliding in.
      if (stop.isHidden)
        await expect.poll(async () => (await look())?.isHidden, `${stop.name} is hidden`).toBe(false);
    }
    expect([...seen].join()).toContain('デモの一覧');
  });
}
