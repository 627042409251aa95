/** Embeds: until a visitor presses a button, nothing is asked of anyone; then exactly what the button says. */
import {LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';

const PATH = '/page.html';
const ELEMENTS = '<script type="module" src="/dist/cdn/elements.js"></script>';
const config = {
  policy: {version: '2026-11-01'},
  vendors: ['youtube', {id: 'player', category: 'functional', recipient: 'Player K.K.', country: 'JP'}],
};

const FIRST = 'https://www.youtube-nocookie.com/embed/M7lc1UVf-VE';
const SECOND = 'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ';
const OTHER = 'https://player.example/1';

const EMBEDS = `
  <consent-embed id="first" vendor="youtube" video="M7lc1UVf-VE" width="560" height="315" title="First"></consent-embed>
  <consent-embed id="second" vendor="youtube" video="aqz-KE-bpKQ" width="560" height="315" title="Second"></consent-embed>
  <consent-embed id="other" vendor="player" category="functional" src="${OTHER}" width="560" height="315" title="Other">
    <p><a href="${OTHER}?page">Watch it there</a></p>
  </consent-embed>`;

const STYLES = '<link rel="stylesheet" href="/page.css">';

/** Opens a page with embeds; their real addresses are answered here. */
async function visitEmbeds(
  site: Site,
  {body = EMBEDS, headers = {}, ...parts}: Partial<Parameters<typeof pageOf>[0]> & {headers?: object} = {},
): Promise<Tab> {
  await site.context.route(/^https:/, (route) =>
    route.fulfill({contentType: 'text/html', body: '<title>Player</title><button>Play</button>'}),
  );
  await site.context.route('**/page.css', (route) =>
    route.fulfill({
      contentType: 'text/css',
      body: 'consent-embed:not(:defined) {display: block; inline-size: 560px; max-inline-size: 100%; aspect-ratio: 560 / 315}',
    }),
  );
  const html = pageOf({config, body, head: STYLES, loader: LOADER + ELEMENTS, ...parts});
  await site.serve(PATH, {html, headers: {...headers}});
  return site.visit(PATH);
}

const press = ({page}: Tab, id: string, action: string) =>
  page.locator(`#${id} [data-action="${action}"]`).click();

const frameOf = ({page}: Tab, id: string) => page.locator(`#${id} iframe`);

/** What the keyboard is on. */
const focusedIn = ({page}: Tab) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    // What is shown once stands in the shadow of its element.
    const inner = outer?.shadowRoot?.activeElement;
    return inner ? `${inner.localName} ${outer?.id}` : `${outer?.localName} ${outer?.parentElement?.id}`;
  });

test('until a button is pressed nothing is asked of any provider: no frame, no picture, no connection', async ({
  site,
}) => {
  const tab = await visitEmbeds(site, {
    body: `${EMBEDS}
    <consent-embed vendor="vimeo" video="76979871" title="a"></consent-embed>
    <consent-embed vendor="google-maps" query="Aobadai" title="b"></consent-embed>
    <consent-embed vendor="x-embed" post="1985000000000000000" title="c"></consent-embed>
    <consent-embed vendor="zoom" meeting="85012345678" title="d"></consent-embed>
    <consent-embed src="${OTHER}" category="functional" title="e"></consent-embed>`,
  });
  await tab.expectBanner();
  await expect(tab.page.locator('consent-embed [data-action="load-once"]')).toHaveCount(8);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await expect(tab.page.locator('link[rel~="preconnect"], link[rel~="dns-prefetch"]')).toHaveCount(0);
  await tab.rejectAll();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('“show once” asks for that one, is not stored, and is gone after a reload', async ({site}) => {
  const tab = await visitEmbeds(site);
  await press(tab, 'second', 'load-once');
  await site.expectTags([SECOND]);
  await expect(tab.page.frameLocator('#second iframe').getByRole('button')).toBeVisible();
  await expect.poll(() => focusedIn(tab)).toBe('iframe second');
  expect(await site.cookies()).toEqual({});
  expect(await tab.storage()).toEqual({});
  await tab.expectBanner();
  site.wire.forget();
  await tab.reload();
  await expect(tab.page.locator('#second [data-action="load-once"]')).toBeVisible();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('“always” asks for all of that vendor, is remembered, and needs no texts next time', async ({site}) => {
  const tab = await visitEmbeds(site);
  await tab.rejectAll();
  await press(tab, 'first', 'always');
  await site.expectTags([FIRST, SECOND]);
  await expect.poll(() => focusedIn(tab)).toBe('iframe first');
  expect((await tab.state()).source).toBe('embed');
  expect(await tab.granted()).toEqual(['essential', 'youtube']);
  await site.context.clearCookies({name: 'none'});
  site.wire.forget();
  await tab.reload();
  await site.expectTags([FIRST, SECOND]);
  await expect(tab.page.locator('#other [data-action="always"]')).toBeVisible();
});

test('what is granted from the start is shown at once, without a placeholder and without its texts', async ({
  site,
}) => {
  await site.remember(recordOf());
  await site.context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, {seen});
    const look = () => {
      for (const element of document.querySelectorAll('consent-embed'))
        if (element.shadowRoot?.querySelector('.box')) seen.push(element.id);
      requestAnimationFrame(look);
    };
    look();
  });
  const tab = await visitEmbeds(site);
  await site.expectTags([FIRST, SECOND, OTHER]);
  expect(await tab.page.evaluate(() => (window as unknown as {seen: string[]}).seen)).toEqual([]);
  expect(site.wire.toSite().filter((path) => /\/(ui\.js|locales\/)/.test(path))).toEqual([]);
});

test('withdrawal empties every frame of that vendor at once, without a reload', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitEmbeds(site);
  await site.expectTags([FIRST, SECOND, OTHER]);
  site.wire.forget();
  await tab.choose({youtube: false});
  for (const id of ['first', 'second']) {
    await expect(frameOf(tab, id)).not.toHaveAttribute('src');
    await expect(tab.page.locator(`#${id} [data-action="always"]`)).toBeVisible();
  }
  await expect(frameOf(tab, 'other')).toHaveAttribute('src', OTHER);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(tab.page.frames().map((frame) => frame.url())).not.toContain(FIRST);
  // And back: once more, by the same button.
  await press(tab, 'second', 'always');
  await site.expectTags([FIRST, SECOND]);
});

test('a refusal empties what was shown once; allowing another vendor does not', async ({site}) => {
  const tab = await visitEmbeds(site);
  await press(tab, 'first', 'load-once');
  await site.expectTags([FIRST]);
  await press(tab, 'other', 'always');
  await site.expectTags([FIRST, OTHER]);
  await expect(frameOf(tab, 'first')).toHaveAttribute('src', FIRST);
  await tab.rejectAll();
  await expect(frameOf(tab, 'first')).not.toHaveAttribute('src');
  await expect(frameOf(tab, 'other')).not.toHaveAttribute('src');
});

test('what was shown once goes on playing when the vendor is allowed for good', async ({site}) => {
  const tab = await visitEmbeds(site);
  await press(tab, 'first', 'load-once');
  await site.expectTags([FIRST]);
  await tab.acceptAll();
  // The first frame is not asked for again.
  await site.expectTags([FIRST, SECOND, OTHER]);
});

test('works by keyboard alone, and the focus goes into what was revealed', async ({site}) => {
  const tab = await visitEmbeds(site);
  await tab.rejectAll();
  await tab.page.locator('#other [data-action="load-once"]').focus();
  await tab.page.keyboard.press('Enter');
  await site.expectTags([OTHER]);
  await expect.poll(() => focusedIn(tab)).toBe('iframe other');
  await expect(tab.page.locator('#other [role="status"]')).toHaveText('Other: now shown.');
});

test('nothing moves: not as the element comes, not as the frame comes, not as it goes', async ({
  site,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'only Chromium tells of layout shifts');
  await site.context.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, {shifts});
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & {value: number}).value);
    }).observe({type: 'layout-shift', buffered: true});
  });
  const tab = await visitEmbeds(site);
  const boxes = () =>
    tab.page.evaluate(() =>
      [...document.querySelectorAll('consent-embed')].map((element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        return [x, y + scrollY, width, height];
      }),
    );
  await tab.expectBanner();
  const before = await boxes();
  await tab.rejectAll();
  await press(tab, 'first', 'load-once');
  await press(tab, 'other', 'always');
  await site.expectTags([FIRST, OTHER]);
  expect(await boxes()).toEqual(before);
  expect(before.map(([, , width, height]) => [width, height])).toEqual(Array(3).fill([560, 315]));
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {withdraw(id: string): void}}).consentGate.withdraw('player'),
  );
  await expect(tab.page.locator('#other [data-action="always"]')).toBeVisible();
  expect(await boxes()).toEqual(before);
  expect(await tab.page.evaluate(() => (window as unknown as {shifts: number[]}).shifts)).toEqual([]);
});

test('GPC leaves “show once” to the visitor’s own act, and locks “always”', async ({site}) => {
  await site.context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {value: true});
  });
  const tab = await visitEmbeds(site);
  await expect(tab.page.locator('#first [data-action="always"]')).toBeDisabled();
  await press(tab, 'first', 'load-once');
  await site.expectTags([FIRST]);
});

test('a child is shown nothing, and what was shown goes once the age is known', async ({site}) => {
  const tab = await visitEmbeds(site);
  await press(tab, 'first', 'load-once');
  await site.expectTags([FIRST]);
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {setAgeBand(band: string): void}}).consentGate.setAgeBand('u13'),
  );
  await expect(frameOf(tab, 'first')).not.toHaveAttribute('src');
  await expect(tab.page.locator('#first [data-action="load-once"]')).toBeDisabled();
  await expect(tab.page.locator('#first [data-action="always"]')).toBeDisabled();
});

test('works under a strict policy, with its size, and breaks no rule of it', async ({site}) => {
  const tab = await visitEmbeds(site, {
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-src https:; require-trusted-types-for 'script'; trusted-types consent-gate lit-html 'allow-duplicates'",
    },
  });
  const complaints: string[] = [];
  tab.page.on('console', (message) => {
    if (/content.security|trusted/i.test(message.text())) complaints.push(message.text());
  });
  await press(tab, 'first', 'load-once');
  await press(tab, 'other', 'always');
  await site.expectTags([FIRST, OTHER]);
  const box = await tab.page.locator('#first').boundingBox();
  expect([box?.width, box?.height]).toEqual([560, 315]);
  expect(complaints).toEqual([]);
});

test('where the loader is blocked the author’s words stay, and nothing is asked of anyone', async ({
  site,
}) => {
  await site.context.route(/consent-gate\.js/, (route) => route.abort());
  const tab = await visitEmbeds(site);
  await expect(tab.page.getByText('Watch it there')).toBeVisible();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('is let in inside a shadow root of the page as well', async ({site}) => {
  const tab = await visitEmbeds(site, {
    body: `<div id="host"><template shadowrootmode="open">${EMBEDS}</template></div>`,
  });
  await tab.page.locator('#first [data-action="always"]').click();
  await site.expectTags([FIRST, SECOND]);
});

test('an address that is none to load stays a placeholder and is reported', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitEmbeds(site, {
    body: `<consent-embed id="first" vendor="player" src="javascript:parent.ran = 1" title="First"></consent-embed>
      <consent-embed vendor="youtube" video="M7lc1UVf-VE/../x" title="Second"></consent-embed>`,
  });
  await expect.poll(() => site.warnings.filter((text) => text.includes('consent-embed'))).toHaveLength(2);
  await expect(tab.page.locator('iframe')).toHaveCount(0);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('the demo page shows each kind', async ({site}) => {
  const tab = await site.visit('/embeds.html');
  await tab.expectBanner();
  await tab.rejectAll();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  for (const vendor of ['youtube', 'vimeo', 'google-maps', 'x-embed', 'zoom']) {
    const embed = tab.page.locator(`consent-embed[vendor="${vendor}"]`).first();
    // By keyboard: what a mouse presses right after scrolling, headless Chromium takes for the frame that was there before.
    await embed.locator('[data-action="load-once"]').press('Enter');
    await expect(embed.frameLocator('iframe').locator('button, a').first()).toBeVisible();
  }
  await site.expectTags([
    '/embed/M7lc1UVf-VE',
    '/embed/Tweet.html?id=1985000000000000000',
    '/maps/embed?q=%E9%9D%92%E8%91%89%E5%8F%B0%E6%A0%A1',
    '/video/76979871',
    '/wc/join/85012345678',
  ]);
});
