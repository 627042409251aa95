/**
 * In a frame of another site, where browsers keep no cookie of `SameSite=Lax`: a choice holds on the shop's other pages as well,
 * can be taken back, and leaves one cookie or none. On the wire: what the shop's server gets, and when the vendor is asked.
 */
import {expect, type Framed, test} from '../support/frames.js';

/** The banner's heading in the frame. */
const banner = ({shop}: Framed) => shop.locator('consent-banner [part~="box"]');

/** Not by a pointer: automated, Firefox lets none through to a frame of another site. */
const press = ({shop}: Framed, selector: string) => shop.locator(selector).first().dispatchEvent('click');

/** What the shop's page sees: the values of the record's cookies. */
async function seen(framed: Framed): Promise<string[]> {
  const text = await (await framed.frame()).evaluate(() => document.cookie);
  return text.split('; ').flatMap((pair) => /^consent=(.*)/.exec(pair)?.[1] ?? []);
}

/** Runs code of the shop's own against the gate. */
async function call(framed: Framed, name: string, ...args: unknown[]): Promise<void> {
  await (await framed.frame()).evaluate(
    ([name, args]) => {
      const {consentGate} = window as unknown as {consentGate: Record<string, (...args: unknown[]) => void>};
      consentGate[name as string]?.(...(args as unknown[]));
    },
    [name, args] as const,
  );
}

test.describe('in a frame of another site', () => {
  test.beforeEach(async ({framed}) => {
    await framed.open();
    await expect(banner(framed)).toBeVisible();
    expect(framed.tags()).toEqual([]);
    await press(framed, '[data-action="accept-all"]');
    await expect.poll(framed.tags).toEqual(['/tag.js']);
    await expect.poll(() => seen(framed)).toHaveLength(1);
  });

  test('a choice holds on the next page: the record is sent, the tag comes at once, nobody is asked', async ({
    framed,
  }) => {
    const [record] = await seen(framed);
    framed.asked.length = 0;
    await framed.goOn();
    await expect.poll(framed.tags).toEqual(['/tag.js']);
    expect(framed.sent()).toEqual([record]);
    await (await framed.frame()).waitForLoadState('networkidle');
    // Neither the banner nor what writes. Where there is no `localStorage` (Chromium), `denied.js` looks why a copy is missing.
    expect(framed.files().filter((file) => file !== 'denied.js')).toEqual(['consent-gate.js']);
    await expect(banner(framed)).toBeHidden();
  });

  test('the cookie is one of this frame alone: the shop’s own pages ask for themselves', async ({framed}) => {
    await framed.page.goto(`${framed.origin('shop')}/`);
    await expect(framed.page.locator('consent-banner [part~="box"]')).toBeVisible();
  });

  test('a withdrawal writes it anew, and the next page lets nothing in', async ({framed}) => {
    const [before] = await seen(framed);
    await call(framed, 'withdraw', 'ours');
    await expect.poll(async () => (await seen(framed)).filter((text) => text !== before)).toHaveLength(1);
    framed.asked.length = 0;
    await framed.goOn();
    await expect.poll(framed.files).toContain('denied.js');
    expect(framed.sent()).toHaveLength(1);
    expect(framed.sent()[0]).toMatch(/\.essential_functional_analytics_advertising\.-\.-\.ours\.-$/);
    expect(framed.tags()).toEqual([]);
    await expect(banner(framed)).toBeHidden();
  });

  test('what a link has denied can be undone', async ({framed}) => {
    const before = await seen(framed);
    await press(framed, '#out');
    await expect.poll(async () => (await seen(framed))[0]).toContain('.ours.-');
    await press(framed, '[data-action="undo"]');
    await expect.poll(() => seen(framed)).toEqual(before);
  });

  test('an erased record is gone, and the next page asks', async ({framed}) => {
    await call(framed, 'erase');
    await expect.poll(() => seen(framed)).toEqual([]);
    framed.asked.length = 0;
    await framed.goOn();
    await expect(banner(framed)).toBeVisible();
    expect(framed.sent()).toEqual([]);
    expect(framed.tags()).toEqual([]);
  });
});

test('in a page of its own the record stays SameSite=Lax', async ({framed, context}) => {
  await framed.page.goto(`${framed.origin('shop')}/`);
  await framed.page.locator('[data-action="accept-all"]').first().click();
  await expect.poll(framed.tags).toEqual(['/tag.js']);
  const cookies = (await context.cookies()).filter(({name}) => name === 'consent');
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({sameSite: 'Lax', secure: true, path: '/'});
});
