/**
 * The record in a cookie named `__Host-consent`, on https: what the docs recommend where `domain` is `"host"`. On the wire: what
 * the shop's server gets, and when the vendor is asked.
 */
import {renewCookies} from '../../src/server/index.js';
import {expect, type Framed, test} from '../support/frames.js';
import {recordOf} from '../support/site.js';

const NAME = '__Host-consent';

test.use({settings: {cookie: {name: NAME}}});

const banner = ({page}: Framed) => page.locator('consent-banner [part~="box"]');

/** What the page sees: values of cookies of that name. */
async function seen({page}: Framed): Promise<string[]> {
  const text = await page.evaluate(() => document.cookie);
  return text
    .split('; ')
    .flatMap((pair) => (pair.startsWith(`${NAME}=`) ? [pair.slice(NAME.length + 1)] : []));
}

/** The `Cookie` header of the shop's last document. */
const sent = ({asked}: Framed) =>
  asked
    .filter(({host, path}) => host === 'shop' && !path.startsWith('/dist/') && !path.startsWith('/favicon'))
    .at(-1)?.cookie;

test.beforeEach(async ({framed}) => {
  await framed.page.goto(`${framed.origin('shop')}/`);
  await expect(banner(framed)).toBeVisible();
});

test('a choice is kept for this host alone, sent to its server, and holds on the next page', async ({
  framed,
  context,
}) => {
  const {page} = framed;
  await page.locator('[data-action="accept-all"]').first().click();
  await expect.poll(framed.tags).toEqual(['/tag.js']);
  await expect.poll(() => seen(framed)).toHaveLength(1);
  const cookies = (await context.cookies()).filter(({name}) => name.includes('consent'));
  expect(cookies).toEqual([
    expect.objectContaining({name: NAME, domain: 'shop.localhost', path: '/', secure: true, sameSite: 'Lax'}),
  ]);
  framed.asked.length = 0;
  await page.goto(`${framed.origin('shop')}/two.html`);
  await expect.poll(framed.tags).toEqual(['/tag.js']);
  expect(sent(framed)).toBe(`${NAME}=${cookies[0]?.value}`);
  await expect(banner(framed)).toBeHidden();
});

test('what a page plants for the domain, or for a path, under that name is no choice', async ({framed}) => {
  const {page} = framed;
  await page.evaluate(
    ([name, record]) => {
      for (const where of ['', ';path=/;secure;domain=shop.localhost', ';path=/two.html;secure', ';path=/'])
        document.cookie = `${name}=${record}${where}`;
    },
    [NAME, recordOf()] as const,
  );
  framed.asked.length = 0;
  await page.goto(`${framed.origin('shop')}/two.html`);
  await expect(banner(framed)).toBeVisible();
  expect(sent(framed)).toBe('');
  expect(framed.tags()).toEqual([]);
});

test('a refusal takes its place, an erasure removes it', async ({framed}) => {
  const {page} = framed;
  await page.locator('[data-action="accept-all"]').first().click();
  await expect.poll(() => seen(framed)).toHaveLength(1);
  const [before] = await seen(framed);
  await call(framed, 'rejectAll');
  await expect
    .poll(() => seen(framed).catch(() => []))
    .toEqual([expect.stringMatching(/\.essential\.functional_analytics_advertising\./)]);
  expect(await seen(framed)).not.toContain(before);
  await call(framed, 'erase');
  await expect.poll(() => seen(framed).catch(() => ['not yet'])).toEqual([]);
  framed.asked.length = 0;
  await page.goto(`${framed.origin('shop')}/two.html`);
  await expect(banner(framed)).toBeVisible();
  expect(framed.tags()).toEqual([]);
});

test('a server renews it as it is: the browser takes both cookies, and the next page sends them', async ({
  framed,
  context,
}) => {
  const {page} = framed;
  await page.locator('[data-action="accept-all"]').first().click();
  await expect.poll(() => seen(framed)).toHaveLength(1);
  const [record] = await seen(framed);
  const renewed = renewCookies(`${NAME}=${record}`, {name: NAME});
  expect(renewed).toHaveLength(2);
  framed.cookies.push(...renewed);
  await page.goto(`${framed.origin('shop')}/two.html`);
  expect((await context.cookies()).map(({name, value}) => [name, value]).sort()).toEqual([
    [NAME, record],
    [`${NAME}-renewed`, '1'],
  ]);
  framed.cookies.length = 0;
  framed.asked.length = 0;
  await page.goto(`${framed.origin('shop')}/`);
  await expect.poll(framed.tags).toEqual(['/tag.js']);
  expect(renewCookies(sent(framed), {name: NAME})).toEqual([]);
});

/** Code of the shop's own against the gate. */
async function call({page}: Framed, name: 'rejectAll' | 'erase'): Promise<void> {
  await page.evaluate(
    (name) => (window as unknown as {consentGate: Record<string, () => void>}).consentGate[name]?.(),
    name,
  );
}
