/** Markup that gets in the banner's way, and texts that want to be more: the visitor sees the question, whole, in our words. */
import {inlined} from '../support/inlined.js';
import {LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {serveTags, vendorOf} from '../support/tags.js';
import {findButtons} from './find-buttons.js';
import {runCommand} from './run-command.js';

const PATH = '/page.html';
const NONCE = 'bm9uY2U';
const PRINTED =
  `script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'self'; require-trusted-types-for 'script';
  trusted-types consent-gate lit-html 'allow-duplicates'; object-src 'none'; base-uri 'none'`.replace(
    /\s+/g,
    ' ',
  );
const config = {
  controller: {name: 'Example Ltd', contact: 'mailto:privacy@example.com'},
  policy: {version: '2026-11-01'},
  vendors: [vendorOf('own')],
};

async function visit(site: Site, body: string, {policy = PRINTED, regime = 'opt-in'} = {}): Promise<Tab> {
  await serveTags(site);
  const html = pageOf({
    config: {...config, regime},
    nonce: NONCE,
    loader: '',
    body: body + LOADER.replace('<script', `<script nonce="${NONCE}"`),
  });
  await site.serve(PATH, {html, headers: {'content-security-policy': policy}});
  return site.visit(PATH);
}

const buttonsOf = ({page}: Tab) => page.evaluate(findButtons);

/** Those of a page that nobody attacks. */
const BUTTONS = ['accept-all', 'preferences', 'reject-all'];

async function expectWhole(tab: Tab): Promise<void> {
  await expect.poll(async () => (await buttonsOf(tab)).map(([action]) => action).sort()).toEqual(BUTTONS);
  const found = await buttonsOf(tab);
  const heightOf = (name: string) => found.find(([action]) => action === name)?.[1];
  expect(heightOf('reject-all'), 'as tall as the other').toBe(heightOf('accept-all'));
  expect(heightOf('reject-all')).toBeGreaterThanOrEqual(40);
  // No style of the comment reaches into it.
  const contents = await tab.page.evaluate(() =>
    [...document.querySelectorAll('consent-banner')].flatMap((banner) =>
      [banner, ...(banner.shadowRoot ? [banner.shadowRoot] : [])].flatMap((root) =>
        [...root.querySelectorAll('[data-action]')].flatMap((button) =>
          ['::before', '::after'].map((pseudo) => getComputedStyle(button, pseudo).content),
        ),
      ),
    ),
  );
  expect(contents.filter((content) => /[a-z]{3}/i.test(content) && !/^(none|normal)$/.test(content))).toEqual(
    [],
  );
}

const STYLES = `[data-action="reject-all"], [data-action="preferences"] {display: none !important}
  [data-action="accept-all"] {font-size: 0 !important} [data-action="accept-all"]::before {content: "Continue reading"; font-size: 16px}`;

const COMMENTS: Readonly<Record<string, string>> = {
  nothing: '',
  '<consent-banner> inside of something hidden': '<div hidden><consent-banner></consent-banner></div>',
  '<consent-banner> inside of a closed <details>': '<details><consent-banner></consent-banner></details>',
  '<consent-banner hidden>': '<consent-banner hidden></consent-banner>',
  '<consent-banner> inside of something inert': '<div inert><consent-banner></consent-banner></div>',
  '<iframe> with <consent-banner inline>':
    '<iframe srcdoc="<consent-banner inline></consent-banner>" title="Frame"></iframe>',
  '<consent-banner inline>': '<div hidden><consent-banner inline></consent-banner></div>',
  '<consent-banner> with a shadow root and a style element': `<consent-banner><template shadowrootmode="open"><style>${STYLES}</style><slot></slot></template></consent-banner>`,
  '<consent-banner> with a shadow root and a stylesheet of this site':
    '<consent-banner><template shadowrootmode="open"><link rel="stylesheet" href="/upload.css"><slot></slot></template></consent-banner>',
  '<consent-banner> with a closed shadow root':
    '<consent-banner><template shadowrootmode="closed"><p>nothing</p></template></consent-banner>',
  '<consent-banner> with a marked-up style that makes it faint':
    '<consent-banner data-consent="essential" data-style="opacity:.01"></consent-banner>',
  '<consent-banner> with a marked-up filter':
    '<consent-banner data-consent="essential" data-style="filter:opacity(0)"></consent-banner>',
  '<consent-banner> inside of something with a marked-up style that makes it faint':
    '<div data-consent="essential" data-style="opacity:.01"><consent-banner></consent-banner></div>',
  'a style of colours that are none, marked up for the body':
    '<body data-consent="essential" data-style="--consent-text: transparent; display: none">',
};

for (const [what, comment] of Object.entries(COMMENTS)) {
  for (const [under, policy] of Object.entries({
    'the printed policy': PRINTED,
    'a policy without style-src': PRINTED.replace("style-src 'self';", ''),
  })) {
    test(`a comment with ${what} leaves the whole question, under ${under}`, async ({site}) => {
      await site.context.route('**/upload.css', (route) =>
        route.fulfill({contentType: 'text/css', body: STYLES}),
      );
      const tab = await visit(site, comment, {policy});
      await expectWhole(tab);
      await site.wire.quiet();
      expect(site.wire.toVendors(), 'on the wire').toEqual([]);
      await tab.page.evaluate(() => {
        const roots = [...document.querySelectorAll('consent-banner')].flatMap(
          ({shadowRoot}) => shadowRoot ?? [],
        );
        const [button] = roots.flatMap(
          (root) => root.querySelector<HTMLElement>('[data-action="reject-all"]') ?? [],
        );
        button?.click();
      });
      await expect.poll(async () => (await site.cookies())['consent']).toMatch(/\.essential\.functional_/);
    });
  }

  test(`a comment with ${what} keeps nobody from being told, where everybody is only told`, async ({
    site,
  }) => {
    const tab = await visit(site, comment, {regime: 'notice'});
    await site.expectTags(['/tags/own.js']);
    await expect
      .poll(async () => (await buttonsOf(tab)).length, 'tags run, and the visitor is told')
      .toBeGreaterThan(0);
    const faint = await tab.page.evaluate(() =>
      [...document.querySelectorAll('consent-banner[open]')].flatMap((banner) => {
        const layers = [document.body, ...(banner.parentElement ? [banner.parentElement] : []), banner];
        return layers
          .map((layer) => getComputedStyle(layer))
          .map(({opacity, filter}) => `${opacity} ${filter}`);
      }),
    );
    expect(new Set(faint), 'opacity and filter of the banner and of what it is in').toEqual(
      new Set(['1 none']),
    );
  });
}

test.describe('texts of a configuration that are markup', () => {
  const EVIL = `"><img src="data:,x" onerror="window.evil = 1"><script>window.evil = 1</script>\${evil}{{evil}}'`;
  const ADDRESS = 'javascript:void(window.evil = 1)';
  const hostile = {
    controller: {name: EVIL, contact: ADDRESS, address: EVIL, dpo: EVIL},
    links: {privacyPolicy: ADDRESS, cookiePolicy: ADDRESS, complaints: ADDRESS},
    policy: {
      version: '2026-11-01',
      prevailingLanguage: 'en',
      revisions: [
        {version: '2026-11-01', material: true, summary: {en: EVIL, ja: EVIL}, url: ADDRESS, diff: ADDRESS},
      ],
    },
    debug: true,
    vendors: [
      {
        id: 'own',
        category: 'analytics',
        name: {en: EVIL, ja: EVIL},
        recipient: EVIL,
        country: EVIL,
        transmits: [EVIL],
        purpose: {en: EVIL},
        retention: EVIL,
        cookies: [EVIL],
        privacyUrl: ADDRESS,
        optOutUrl: ADDRESS,
      },
      'google-analytics',
      'youtube',
    ],
    ui: {layout: EVIL, theme: EVIL},
  };
  const ELEMENTS = `
    <consent-disclosure></consent-disclosure><consent-disclosure profile="jp"></consent-disclosure>
    <consent-opt-out vendor="own"></consent-opt-out><consent-record></consent-record>
    <consent-embed vendor="own" src="https://player.example/1" title="${EVIL.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"></consent-embed>
    <consent-preferences inline></consent-preferences>`;

  const WAYS: Readonly<Record<string, {query?: string; record?: string}>> = {
    'where nobody has chosen': {},
    'with a record of an older policy': {record: recordOf({policyVersion: '2025-01-01'})},
    'with the debug overlay': {query: '?consent-debug'},
    'denied by link': {query: '#consent-opt-out=own', record: recordOf()},
    'settings by link': {query: '#consent=own'},
  };
  for (const [way, {query = '', record}] of Object.entries(WAYS)) {
    test(`stay texts in every element: ${way}`, async ({site}) => {
      if (record) await site.remember(record);
      const page = pageOf({
        config: JSON.stringify(hostile).replaceAll('<', '\\u003c'),
        loader: `${LOADER}<script type="module" src="/dist/cdn/elements.js"></script>`,
        body: ELEMENTS,
      });
      await site.serve(PATH, page);
      const {page: tab} = await site.visit(PATH + query);
      await expect(tab.locator('consent-disclosure').first()).toContainText('onerror');
      await site.wire.quiet();
      const found = await tab.evaluate(() => {
        const roots = (root: ParentNode): ParentNode[] => [
          root,
          ...[...root.querySelectorAll('*')].flatMap(({shadowRoot}) => (shadowRoot ? roots(shadowRoot) : [])),
        ];
        const all = roots(document).flatMap((root) => [
          ...root.querySelectorAll('img[onerror], a[href^="javascript" i]'),
        ]);
        return {
          evil: (window as unknown as {evil?: number}).evil,
          all: all.map((element) => element.outerHTML),
        };
      });
      expect(found).toEqual({all: []});
      expect(site.wire.toVendors(), 'on the wire').toEqual([]);
    });
  }

  const safe = {
    ...hostile,
    controller: {name: EVIL, contact: 'mailto:a@example.com'},
    links: {},
    debug: false,
    ui: {},
  };
  const written = {
    ...safe,
    policy: {version: '2026-11-01'},
    vendors: [
      {
        ...(hostile.vendors[0] as object),
        cookies: ['_own'],
        privacyUrl: 'https://own.example/',
        optOutUrl: 'https://own.example/out',
        country: 'JP',
      },
    ],
  };
  const COMMANDS: Readonly<Record<string, string[]>> = {
    'snippet --inline --first-layer': [
      'snippet',
      '--inline',
      '--first-layer',
      '--base',
      '/dist/cdn/',
      '--config',
    ],
    'snippet --preload': ['snippet', '--preload', '--base', '/dist/cdn/', '--config'],
    'snippet --consent-default': ['snippet', '--consent-default', '--config'],
    'disclosure html': ['disclosure', '--format', 'html', '--config'],
    'disclosure html for Japan': ['disclosure', '--format', 'html', '--profile', 'jp', '--config'],
    'csp --format meta': ['csp', '--nonce', '--format', 'meta', '--config'],
  };
  for (const [command, words] of Object.entries(COMMANDS)) {
    test(`stay texts in what the command prints: ${command}`, async ({site}) => {
      const {stdout} = runCommand(words, written);
      expect(stdout).not.toBe('');
      await site.serve(
        PATH,
        `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>${stdout}`,
      );
      const {page} = await site.visit(PATH);
      await site.wire.quiet();
      expect(await page.evaluate(() => (window as unknown as {evil?: number}).evil)).toBe(undefined);
      expect(await page.locator('img[onerror]').count()).toBe(0);
      expect(site.wire.toVendors(), 'on the wire').toEqual([]);
    });
  }

  test('stay texts in the Markdown that the command prints', () => {
    const {stdout} = runCommand(['disclosure', '--format', 'md', '--config'], written);
    expect(stdout).toContain('onerror');
    // Where Markdown takes a backslash for what it is, none of it is a tag.
    expect(stdout.match(/(?<!\\)<(img|script)/g)).toBe(null);
  });

  test('are seen where they are not texts', async ({site}) => {
    await site.serve(PATH, `<!doctype html><body>${inlined(config).script}${EVIL}`);
    const {page} = await site.visit(PATH);
    await expect.poll(() => page.evaluate(() => (window as unknown as {evil?: number}).evil)).toBe(1);
  });
});
