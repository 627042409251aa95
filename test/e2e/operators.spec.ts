/**
 * Automatic operators and filter lists: who refuses, or accepts, without a hand on the mouse is understood, and who hides or
 * blocks what is ours has a page that works and lets nothing in. The rules are those that docs/operators ships.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {BLOCKED, HIDDEN, HIDDEN_BEGINNINGS} from '../support/filter-names.js';
import {
  clickLikeScriptlet,
  hideLikeFilter,
  hidingSelectors,
  operateLikeConsentOMatic,
  scriptletArguments,
  setCookieLikeScriptlet,
  useAutoconsent,
} from '../support/operators.js';
import {pageOf, VENDORS} from '../support/page.js';
import {expect, MARKETING_TAGS, recordOf, type Site, type Tab, test} from '../support/site.js';

const PATH = '/page.html';
const ANALYTICS = '/gtag/js?id=G-DEMO123456';
const META = '/en_US/fbevents.js';

const config = {policy: {version: '2026-11-01'}, vendors: [VENDORS.analytics, VENDORS.meta]};

/** Nothing optional is granted, nothing has left the page, and that outlives a reload without another question. */
async function expectRefused(site: Site, tab: Tab): Promise<void> {
  await expect(tab.banner).toBeHidden();
  await expect.poll(tab.state).toMatchObject({decided: true});
  await tab.expectNoBanner();
  await tab.reload();
  await tab.expectNoBanner();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
}

/** Nothing has been granted and nothing has left the page, whether or not anybody has been asked. */
async function expectNothingGranted(site: Site, tab: Tab): Promise<void> {
  await site.wire.quiet();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
}

/** It can be scrolled to its end, and what is at the foot of the window, where the banner would be, can be pressed. */
async function expectUsable({page}: Tab): Promise<void> {
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.textContent = 'At the foot';
    button.style.cssText = 'position: fixed; inset: auto 0 0; height: 3em';
    button.onclick = () => {
      button.textContent = 'Pressed';
    };
    document.body.style.minHeight = '300vh';
    document.body.append(button);
  });
  await page.getByRole('button', {name: 'At the foot'}).click();
  await page.getByRole('button', {name: 'Pressed'}).evaluate((button) => button.remove());
  await page.mouse.move(100, 100);
  await page.mouse.wheel(0, 10_000);
  await expect
    .poll(() =>
      page.evaluate(() => Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight),
    )
    .toBe(true);
}

test('an automatic operator with a rule (autoconsent) refuses: nothing is requested, and nobody is asked again', async ({
  site,
}) => {
  const operator = await useAutoconsent(site, {action: 'optOut'});
  const tab = await site.visit('/marketing.html');
  await operator.expectMessage({type: 'optOutResult', cmp: 'consent-gate', result: true});
  await operator.expectMessage({type: 'autoconsentDone', cmp: 'consent-gate'});
  await operator.selfTest(tab.page);
  await operator.expectMessage({type: 'selfTestResult', result: true});
  await expectRefused(site, tab);
  expect(operator.messages.filter(({type}) => type === 'popupFound')).toHaveLength(1);
  expect(operator.messages.filter(({type}) => type === 'autoconsentError')).toEqual([]);
});

test('an automatic operator with a rule (autoconsent) accepts: every tag is requested, once', async ({
  site,
}) => {
  const operator = await useAutoconsent(site, {action: 'optIn'});
  const tab = await site.visit('/marketing.html');
  await operator.expectMessage({type: 'optInResult', cmp: 'consent-gate', result: true});
  await site.expectTags(MARKETING_TAGS);
  await expect(tab.banner).toBeHidden();
  expect((await tab.state()).categories).toEqual({
    essential: 'granted',
    functional: 'granted',
    analytics: 'granted',
    advertising: 'granted',
  });
});

test('an automatic operator without a rule (autoconsent’s heuristic) does not see the banner and grants nothing', async ({
  site,
}) => {
  const operator = await useAutoconsent(site, {action: 'optOut', hasRule: false, heuristic: 'tier2'});
  await site.serve(PATH, pageOf({config}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  // Every second look is the heuristic's, and each needs something on the page to have changed.
  const attempts = operator.attempts() + 4;
  await expect
    .poll(
      async () => {
        await tab.page.evaluate(() => document.body.setAttribute('data-changed', `${Math.random()}`));
        return operator.attempts();
      },
      {timeout: 15_000},
    )
    .toBeGreaterThanOrEqual(attempts);
  await tab.expectBanner();
  await expectNothingGranted(site, tab);
  expect((await tab.state()).decided).toBe(false);

  // It was looking: a banner that has no shadow root, it refuses.
  await tab.page.evaluate(() => {
    const other = document.createElement('div');
    other.style.cssText = 'position: fixed; inset: 0 0 auto; background: white';
    other.innerHTML = '<p>We use cookies.</p><button>Reject all</button><button>Accept all</button>';
    other.onclick = ({target}) => other.replaceWith((target as HTMLElement).textContent ?? '');
    document.body.append(other);
  });
  await operator.expectMessage({type: 'optOutResult', cmp: 'HEURISTIC-REJECT', result: true});
  await expectNothingGranted(site, tab);
  await tab.expectBanner();
  await tab.rejectAll();
  await expectRefused(site, tab);
});

test('an automatic operator by category (Consent-O-Matic) refuses: nothing is requested, and nobody is asked again', async ({
  site,
}) => {
  const tab = await site.visit('/marketing.html');
  await operateLikeConsentOMatic(tab.page, {});
  await expect(tab.preferences).toBeHidden();
  await expectRefused(site, tab);
  expect((await tab.state()).source).toBe('preferences');
});

for (const {letter, category, tags} of [
  {letter: 'A', category: 'functional', tags: ['/embed/first-lesson', '/widget.js']},
  {letter: 'B', category: 'analytics', tags: [ANALYTICS]},
  {
    letter: 'F',
    category: 'advertising',
    tags: [META, '/gtag/js?id=AW-123456789', '/images/listing/tool/cv/ytag.js', '/pixel.gif?a8=demo'],
  },
]) {
  test(`an automatic operator by category (Consent-O-Matic) that allows ${letter} grants ${category} alone`, async ({
    site,
  }) => {
    const tab = await site.visit('/marketing.html');
    await operateLikeConsentOMatic(tab.page, {[letter]: true});
    await expect(tab.banner).toBeHidden();
    await site.expectTags(tags);
    const {categories} = await tab.state();
    expect(Object.keys(categories).filter((id) => categories[id] === 'granted')).toEqual([
      'essential',
      category,
    ]);
  });
}

test('an automatic operator by category (Consent-O-Matic) has the site’s own categories under X', async ({
  site,
}) => {
  const categories = [{id: 'essential', required: true}, {id: 'analytics'}, {id: 'chat'}, {id: 'maps'}];
  await site.serve(PATH, pageOf({config: {categories, vendors: [VENDORS.analytics]}}));
  const tab = await site.visit(PATH);
  await operateLikeConsentOMatic(tab.page, {X: true});
  await expect(tab.banner).toBeHidden();
  expect(await tab.granted()).toEqual(['chat', 'essential', 'maps']);
  await site.expectTags([]);
});

test('an automatic operator by category (Consent-O-Matic) leaves no vendor of a category it refuses', async ({
  site,
}) => {
  // Meta had been allowed by name, and there is something new to be asked about.
  const policy = {
    version: '2026-11-01',
    revisions: [{version: '2026-11-01', material: ['google-analytics']}],
  };
  const vendors = [VENDORS.analytics, VENDORS.meta, VENDORS.yahoo];
  await site.serve(PATH, pageOf({config: {policy, vendors}}));
  await site.remember(
    recordOf({
      policyVersion: '2026-01-01',
      categories: ['essential_functional_analytics', 'advertising'],
      vendors: ['meta-pixel', '-'],
    }),
  );
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.expectTags([META]);
  await tab.untilReloaded(() => operateLikeConsentOMatic(tab.page, {A: true}).catch(() => {}));
  site.wire.forget();
  await tab.expectNoBanner();
  await tab.reload();
  await tab.expectNoBanner();
  expect(await tab.granted()).toEqual(['essential', 'functional']);
  expect(site.wire.toVendors()).toEqual([]);
});

for (const [blocker, index] of [
  ['uBlock Origin', 0],
  ['AdGuard', 1],
] as const) {
  test(`a filter that clicks through the open shadow root (${blocker}) refuses`, async ({site}) => {
    const [selector = ''] = scriptletArguments('trusted-click-element')[index];
    const tab = await site.visit('/marketing.html');
    await clickLikeScriptlet(tab.page, selector);
    await expectRefused(site, tab);
  });

  test(`a filter that sets the cookie before the loader (${blocker}) refuses, and nobody is asked`, async ({
    site,
  }) => {
    await setCookieLikeScriptlet(site, scriptletArguments('trusted-set-cookie')[index]);
    const tab = await site.visit('/marketing.html');
    await expectRefused(site, tab);
    expect(await tab.state()).toMatchObject({decided: true, source: 'import'});
    expect(site.wire.toSite().filter((path) => /(prompt\/|ui\.js)/.test(path))).toEqual([]);
  });
}

test('a cookie that a filter has set is a choice like any other: the visitor may still change it', async ({
  site,
}) => {
  await setCookieLikeScriptlet(site, scriptletArguments('trusted-set-cookie')[0]);
  const tab = await site.visit('/marketing.html');
  await tab.expectNoBanner();
  await tab.choose({analytics: true});
  await site.expectTags([ANALYTICS]);
  site.wire.forget();
  await tab.reload();
  await site.expectTags([ANALYTICS]);
});

for (const {action, tags} of [
  {action: 'reject-all', tags: []},
  {action: 'accept-all', tags: MARKETING_TAGS},
]) {
  for (const how of ['click()', 'dispatchEvent()']) {
    test(`a synthetic click on ${action} is honoured: ${how}`, async ({site}) => {
      const tab = await site.visit('/marketing.html');
      await tab.expectBanner();
      const isTrusted = await tab.banner.locator(`[data-action="${action}"]`).evaluate((button, how) => {
        let isTrusted: boolean | undefined;
        document.addEventListener('click', (event) => void ({isTrusted} = event), {
          capture: true,
          once: true,
        });
        if (how === 'click()') (button as HTMLElement).click();
        else button.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, cancelable: true}));
        return isTrusted;
      }, how);
      expect(isTrusted).toBe(false);
      await expect(tab.banner).toBeHidden();
      await site.expectTags(tags);
      expect((await tab.state()).categories).toMatchObject({
        advertising: tags.length ? 'granted' : 'denied',
      });
    });
  }
}

test('no element of ours has a name that filter lists hide on every site', async ({site}) => {
  await site.serve(PATH, pageOf({config}));
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await tab.openPreferences();
  const manifest = JSON.parse(readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8'));
  const declared: string[] = manifest.modules.flatMap(
    ({declarations = []}: {declarations?: {tagName?: string}[]}) =>
      declarations.flatMap(({tagName}) => tagName ?? []),
  );
  expect(declared).toContain('consent-banner');
  const hidden = await tab.page.evaluate(
    ([selectors, declared]) => {
      // What stands in the page itself: no selector of a list reaches into a shadow root.
      const present = [...document.querySelectorAll('*')].filter(({localName}) =>
        /^consent-/.test(localName),
      );
      const named = ['consent-embed', 'consent-disclosure', 'consent-opt-out', 'consent-record', ...declared];
      const elements = [...present, ...named.map((name) => document.createElement(name))];
      return selectors.flatMap((selector) =>
        elements
          .filter((element) => element.matches(selector))
          .map((element) => `${selector} hides ${(element.cloneNode() as Element).outerHTML}`),
      );
    },
    [HIDDEN, declared] as const,
  );
  expect(hidden).toEqual([]);
  expect(declared.filter((name) => HIDDEN_BEGINNINGS.some((start) => name.startsWith(start)))).toEqual([]);
});

test('the page has no element of ours but the two layers', async ({site}) => {
  await site.serve(PATH, pageOf({config}));
  await site.context.addInitScript(() => {
    const added: string[] = [];
    Object.assign(window, {added});
    addEventListener('DOMContentLoaded', () => {
      const observer = new MutationObserver((changes) => {
        for (const node of changes.flatMap(({addedNodes}) => [...addedNodes])) added.push(node.nodeName);
      });
      observer.observe(document, {childList: true, subtree: true});
    });
  });
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await tab.openPreferences();
  const added = await tab.page.evaluate(() => (window as unknown as {added: string[]}).added);
  expect(added.sort()).toEqual(['CONSENT-BANNER', 'CONSENT-PREFERENCES']);
});

test('no file of ours has an address that filter lists block on every site', () => {
  const files = readdirSync(new URL('../../dist/cdn', import.meta.url), {recursive: true}).map(String);
  expect(files).toContain('consent-gate.js');
  const folders = [
    'https://www.example.com/dist/cdn/',
    'https://www.example.com/consent-gate/',
    'https://www.example.com/assets/',
    'https://cdn.jsdelivr.net/npm/consent-gate@0.1.0/dist/cdn/',
    'https://unpkg.com/consent-gate@0.1.0/dist/cdn/',
  ];
  const addresses = folders.flatMap((folder) =>
    files.flatMap((file) => [folder + file.replaceAll('\\', '/'), `${folder}${file}?1`]),
  );
  expect(
    BLOCKED.flatMap((part) => addresses.filter((address) => address.includes(part)).map((it) => [part, it])),
  ).toEqual([]);
});

for (const [what, selector, isAlone] of [
  ['the banner', hidingSelectors().join(), true],
  ['both layers', 'consent-banner, consent-preferences', false],
] as const) {
  test(`a filter that hides ${what} leaves a page that scrolls and can be pressed, and nothing is granted`, async ({
    site,
  }) => {
    await hideLikeFilter(site, selector);
    const tab = await site.visit('/marketing.html');
    await expect(tab.page.locator('consent-banner[open]')).toBeAttached();
    await expect(tab.banner).toBeHidden();
    await expectUsable(tab);
    await expectNothingGranted(site, tab);
    await tab.page.locator('a[href="#consent"]').first().click();
    if (isAlone) {
      await expect(tab.preferences).toBeVisible();
      await tab.press('reject-all');
      await expectRefused(site, tab);
    } else {
      await site.wire.quiet();
      await expect(tab.preferences).toBeHidden();
      await expectUsable(tab);
      await expectNothingGranted(site, tab);
    }
  });
}

test('where the loader is blocked, marked-up tags stay inert and calls of the page do not throw', async ({
  site,
}) => {
  await site.context.route('**/consent-gate.js', (route) => route.abort());
  await site.edit('/marketing.html', (html) =>
    html.replace(
      '<body>',
      `<body><script>
        window.calls = [];
        (window.consentGate ||= []).push((gate) => window.calls.push(gate.state));
      </script>`,
    ),
  );
  const tab = await site.visit('/marketing.html');
  await site.wire.quiet();
  await tab.page.evaluate(() => {
    const page = window as unknown as {consentGate: unknown[]};
    (page.consentGate ||= []).push(() => {});
  });
  const {calls, queued, types} = await tab.page.evaluate(() => ({
    calls: (window as unknown as {calls: unknown[]}).calls.length,
    queued: (window as unknown as {consentGate: unknown[]}).consentGate.length,
    types: [...document.querySelectorAll<HTMLScriptElement>('script[data-consent]')].map(({type}) => type),
  }));
  expect({calls, queued}).toEqual({calls: 0, queued: 2});
  expect(new Set(types)).toEqual(new Set(['text/plain']));
  await expectUsable(tab);
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
  expect(Object.keys(await site.cookies())).toEqual([]);
});

test('where the UI is blocked, rejectAll() refuses', async ({site}) => {
  await site.context.route(/\/dist\/cdn\/(prompt|ui|locales)/, (route) => route.abort());
  const tab = await site.visit('/marketing.html');
  await tab.state();
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {rejectAll(): void}}).consentGate.rejectAll(),
  );
  await expect.poll(tab.state).toMatchObject({decided: true, source: 'api'});
  await expectUsable(tab);
  await expectRefused(site, tab);
});

test('where what decides is blocked, nothing is granted, not even by acceptAll()', async ({site}) => {
  await site.context.route(/\/(choice|prompt\/\w+)\.js/, (route) => route.abort());
  const tab = await site.visit('/marketing.html');
  await tab.state();
  await tab.page.evaluate(() =>
    (window as unknown as {consentGate: {acceptAll(): void}}).consentGate.acceptAll(),
  );
  await expectUsable(tab);
  await expectNothingGranted(site, tab);
  expect(Object.keys(await site.cookies())).toEqual([]);
});
