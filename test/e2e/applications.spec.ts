/**
 * Single-page applications: what frameworks do to a page (mount twice, swap the body, move, clone and insert nodes, bring a
 * second copy of the package) leaves one gate, one banner that can be used, and one run of each tag.
 */
import {LOADER, pageOf, VENDORS} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {external, inline, of, ran, say, serveTags, VENDOR, visitPage} from '../support/tags.js';

interface PackageWindow {
  gates: {readonly isGranted: unknown}[];
  kept: Element[];
}

declare const consentGate: {watch(root: ShadowRoot): void};

const config = {policy: {version: '2026-11-01'}};

/** The package as a bundler would find it, from `folder`. */
const importsOf = (folder: string) => ({
  'consent-gate': `${folder}/index.js`,
  'consent-gate/elements': `${folder}/elements/all.js`,
  'lit/html.js': '/npm/lit/html.js',
  'lit-html': '/npm/lit-html/lit-html.js',
});

const PACKAGE = `<script type="importmap">${JSON.stringify({imports: importsOf('/dist/esm')})}</script>`;

const ANALYTICS = {policy: config.policy, vendors: [VENDORS.analytics]};
const ANALYTICS_TAG = '/gtag/js?id=G-DEMO123456';

/** One banner is open, and it can be used: everything is let in once, and the banner goes. */
async function expectUsable(site: Site, tab: Tab, tags: readonly string[]): Promise<void> {
  await expect(tab.page.locator('consent-banner[open]')).toHaveCount(1);
  await tab.expectBanner();
  await tab.page.locator('consent-banner[open] [data-action="accept-all"]').click();
  await expect(tab.page.locator('consent-banner[open]')).toHaveCount(0);
  await expect(tab.banner).toBeHidden();
  await site.expectTags(tags);
}

test('start() called for each view of an application goes on with the first gate', async ({site}) => {
  const tab = await visitPage(site, {
    head: `${PACKAGE}<script type="module">
      import {start} from 'consent-gate';
      import 'consent-gate/elements';
      window.gates = [start(${JSON.stringify(ANALYTICS)}), start(${JSON.stringify(ANALYTICS)}), start({}), window.consentGate];
    </script>`,
    loader: '',
  });
  await expectUsable(site, tab, [ANALYTICS_TAG]);
  expect(await tab.page.evaluate(() => new Set((window as unknown as PackageWindow).gates).size)).toBe(1);
  await expect(tab.page.locator('consent-banner')).toHaveCount(1);
  expect(site.warnings.filter((warning) => /started twice/.test(warning))).toHaveLength(1);
});

test('two copies of the package in a page are one gate with one banner', async ({site, baseURL}) => {
  // As each part of a federated application brings its own.
  await site.context.route('**/copy/**', async (route) => {
    const {pathname} = new URL(route.request().url());
    const file = await fetch(baseURL + pathname.replace('/copy/', '/dist/esm/'));
    await route.fulfill({contentType: 'text/javascript', body: await file.text()});
  });
  const tab = await visitPage(site, {
    head: `${PACKAGE}<script type="module">
      import {start} from 'consent-gate';
      import {start as startCopy} from '/copy/index.js';
      import 'consent-gate/elements';
      import '/copy/elements/all.js';
      if (start === startCopy) throw new Error('one copy');
      window.gates = [startCopy(${JSON.stringify(ANALYTICS)}), start(${JSON.stringify(ANALYTICS)})];
    </script>`,
    loader: '',
    body: external('marked'),
  });
  await serveTags(site);
  await expectUsable(site, tab, [ANALYTICS_TAG, '/tags/marked.js']);
  expect(await ran(tab)).toEqual(['marked']);
  expect(await tab.page.evaluate(() => new Set((window as unknown as PackageWindow).gates).size)).toBe(1);
  await expect(tab.page.locator('consent-banner')).toHaveCount(1);
  await tab.openPreferences();
});

test.describe('elements that a framework mounts, unmounts and mounts again stay usable', () => {
  /** Mounts both elements as a component would; each mount makes new ones. */
  const COMPONENT = `<script>
    window.mount = () => { root.append(document.createElement('consent-banner'), document.createElement('consent-preferences')); };
    window.unmount = () => root.replaceChildren();
  </script>`;
  const toggle = ({page}: Tab, ...steps: ('mount' | 'unmount')[]) =>
    page.evaluate((steps) => {
      for (const step of steps) (window as unknown as Record<string, () => void>)[step]?.();
    }, steps);

  test('at once, before the UI has come', async ({site}) => {
    const tab = await visitPage(site, {
      config: ANALYTICS,
      body: `<div id="root"></div>${COMPONENT}<script>mount(); unmount(); mount();</script>`,
    });
    await expectUsable(site, tab, [ANALYTICS_TAG]);
    await expect(tab.page.locator('consent-banner')).toHaveCount(1);
    await tab.openPreferences();
    await expect(tab.page.locator('consent-preferences dialog[open]')).toHaveCount(1);
  });

  test('while the banner is open', async ({site}) => {
    const tab = await visitPage(site, {
      config: ANALYTICS,
      body: `<div id="root"></div>${COMPONENT}<script>mount();</script>`,
    });
    await tab.expectBanner();
    await toggle(tab, 'unmount', 'mount');
    await tab.expectBanner();
    await toggle(tab, 'unmount');
    await tab.page.evaluate(() => new Promise(requestAnimationFrame));
    await toggle(tab, 'mount');
    await expectUsable(site, tab, [ANALYTICS_TAG]);
    await tab.page.locator('a[href="#consent"]').click();
    await expect(tab.page.locator('consent-preferences dialog[open]')).toHaveCount(1);
  });

  test('once there is a choice: nobody is asked again', async ({site}) => {
    await site.remember(recordOf());
    const tab = await visitPage(site, {
      config: ANALYTICS,
      body: `<div id="root"></div>${COMPONENT}<script>mount();</script>`,
    });
    await site.expectTags([ANALYTICS_TAG]);
    await toggle(tab, 'unmount', 'mount', 'unmount', 'mount');
    await tab.expectNoBanner();
    await site.expectTags([ANALYTICS_TAG]);
  });
});

test.describe('a page that swaps its body keeps what is open, and what was chosen in it', () => {
  const SWAPS = {
    'body.replaceWith()': () => {
      const body = document.createElement('body');
      body.innerHTML = '<h1>Another view</h1><a href="#consent">Cookie settings</a>';
      document.body.replaceWith(body);
    },
    'documentElement.replaceChild()': () => {
      const body = document.createElement('body');
      body.innerHTML = '<h1>Another view</h1><a href="#consent">Cookie settings</a>';
      document.documentElement.replaceChild(body, document.body);
    },
    'body.innerHTML': () => {
      document.body.innerHTML = '<h1>Another view</h1><a href="#consent">Cookie settings</a>';
    },
  };
  for (const [name, swap] of Object.entries(SWAPS)) {
    test(`${name}: the banner`, async ({site}) => {
      await serveTags(site);
      const tab = await visitPage(site, {config: ANALYTICS, body: external('marked')});
      await tab.expectBanner();
      for (const _ of ['once', 'twice']) {
        await tab.page.evaluate(swap);
        await expect(tab.page.getByRole('heading', {level: 1})).toHaveText('Another view');
        await tab.expectBanner();
      }
      // The marked-up tag went with the body that it was in.
      await expectUsable(site, tab, [ANALYTICS_TAG]);
    });

    test(`${name}: the preferences`, async ({site}) => {
      const tab = await visitPage(site, {config: ANALYTICS});
      await tab.openPreferences();
      await (await tab.switchOf('analytics')).setChecked(true);
      await tab.page.evaluate(swap);
      await expect(tab.preferences).toBeVisible();
      await expect(await tab.switchOf('analytics')).toBeChecked();
      await tab.press('save');
      await site.expectTags([ANALYTICS_TAG]);
      await expect(tab.preferences).toBeHidden();
      await expect(tab.banner).toBeHidden();
    });

    test(`${name}: after a choice nothing is asked, and nothing runs twice`, async ({site}) => {
      await serveTags(site);
      await site.remember(recordOf());
      const body = external('marked') + inline('inline');
      const tab = await visitPage(site, {config: ANALYTICS, body});
      await expect.poll(() => ran(tab)).toHaveLength(2);
      await tab.page.evaluate(swap);
      await tab.page.evaluate(
        (html) => document.body.insertAdjacentHTML('beforeend', html),
        body.replaceAll(VENDOR, site.vendorOrigin),
      );
      await tab.expectNoBanner();
      expect(await ran(tab)).toHaveLength(2);
      await site.expectTags([ANALYTICS_TAG, '/tags/marked.js']);
    });
  }
});

test.describe('a marked-up tag runs once, whatever a framework does to it:', () => {
  const BODY = `<div id="here"></div><div id="there">${external('external', `${of('heat')} id="e"`)}${inline('inline', `data-consent="analytics" id="i"`)}</div>`;
  /** Every tag in the page, moved, copied with its surroundings, and as it is written. */
  const shuffle = ({page}: Tab) =>
    page.evaluate(() => {
      const there = document.querySelector('#there') as HTMLElement;
      const here = document.querySelector('#here') as HTMLElement;
      const copy = there.cloneNode(true);
      const text = there.innerHTML;
      here.append(...there.childNodes);
      document.body.append(copy);
      there.innerHTML = text;
      document.body.prepend(here);
    });

  test('before the choice', async ({site}) => {
    await serveTags(site);
    const tab = await visitPage(site, {config, body: BODY});
    await tab.expectBanner();
    await shuffle(tab);
    await tab.acceptAll();
    await expect.poll(async () => (await ran(tab)).sort()).toEqual(['external', 'inline']);
    await site.expectTags(['/tags/external.js']);
    expect(await ran(tab)).toHaveLength(2);
  });

  test('after it has run', async ({site}) => {
    await serveTags(site);
    await site.remember(recordOf());
    const tab = await visitPage(site, {config, body: BODY});
    await expect.poll(async () => (await ran(tab)).sort()).toEqual(['external', 'inline']);
    await shuffle(tab);
    await shuffle(tab);
    await site.expectTags(['/tags/external.js']);
    expect(await ran(tab)).toHaveLength(2);
  });
});

test('a tag that is taken out before consent does not run, unless it comes back', async ({site}) => {
  await serveTags(site);
  const tab = await visitPage(site, {
    config,
    body: `<div id="view">${external('gone', of('a'))}${inline('gone too', of('b'))}<template data-consent="analytics"><script>${say('gone with it')}</script></template></div>${inline('gone alone', `${of('c')} id="alone"`)}${inline('stays')}`,
  });
  await tab.expectBanner();
  await tab.page.evaluate(() => {
    const view = document.querySelector('#view') as Element;
    const alone = document.querySelector('#alone') as Element;
    Object.assign(window, {kept: [view, alone]});
    view.remove();
    alone.remove();
  });
  await tab.acceptAll();
  await expect.poll(() => ran(tab)).toEqual(['stays']);
  await site.expectTags([]);
  await tab.page.evaluate(() => document.body.append(...(window as unknown as PackageWindow).kept));
  await expect
    .poll(async () => (await ran(tab)).sort())
    .toEqual(['gone', 'gone alone', 'gone too', 'gone with it', 'stays']);
  await site.expectTags(['/tags/gone.js']);
});

test('tags that come by innerHTML, a fragment, a template or a rebuilt view after consent run once each', async ({
  site,
}) => {
  await serveTags(site);
  await site.remember(recordOf());
  const tab = await visitPage(site, {config, body: '<main id="view"></main>'});
  await tab.expectNoBanner();
  await tab.page.evaluate(
    ([byText, byFragment, inTemplate]) => {
      const view = document.querySelector('#view') as HTMLElement;
      view.innerHTML = `<section>${byText}</section>`;
      view.append(document.createRange().createContextualFragment(`${byFragment}`));
      const template = document.createElement('template');
      template.dataset['consent'] = 'analytics';
      template.innerHTML = `${inTemplate}`;
      view.append(template);
      const element = document.createElement('script');
      // Put into the page first and filled in afterwards, as some frameworks do.
      element.type = 'text/plain';
      element.dataset['consent'] = 'analytics';
      element.textContent = "(window.ran ??= []).push('made');";
      const rebuilt = document.createElement('div');
      rebuilt.append(element);
      view.replaceChildren(...view.childNodes, rebuilt);
    },
    [external('text'), external('fragment'), `<script data-src="${VENDOR}/tags/template.js"></script>`].map(
      (html) => html.replace(VENDOR, site.vendorOrigin),
    ),
  );
  await site.expectTags(['/tags/fragment.js', '/tags/template.js', '/tags/text.js']);
  expect((await ran(tab)).sort()).toEqual(['fragment', 'made', 'template', 'text']);
});

test('an open shadow root that is watched has its tags gated, those of now and those to come', async ({
  site,
}) => {
  await serveTags(site);
  const tab = await visitPage(site, {
    config,
    body: '<div id="host"></div><div id="unwatched"></div>',
  });
  await tab.expectBanner();
  await tab.page.evaluate(
    (markup) => {
      const rootOf = (id: string) => (document.querySelector(id) as Element).attachShadow({mode: 'open'});
      const root = rootOf('#host');
      root.innerHTML = `${markup[0]}`;
      consentGate.watch(root);
      consentGate.watch(root);
      root.append(document.createRange().createContextualFragment(`${markup[1]}`));
      rootOf('#unwatched').innerHTML = `${markup[2]}`;
    },
    ['now', 'later', 'unwatched'].map((name) => external(name).replace(VENDOR, site.vendorOrigin)),
  );
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await site.expectTags(['/tags/later.js', '/tags/now.js']);
  expect((await ran(tab)).sort()).toEqual(['later', 'now']);
});

test('a change of view leaves the banner open before a choice, and asks for no tag again after it', async ({
  site,
}) => {
  await site.serve('/page.html', pageOf({config: ANALYTICS, loader: LOADER, body: '<main></main>'}));
  const tab = await site.visit('/page.html');
  await tab.expectBanner();
  const goTo = (path: string) =>
    tab.page.evaluate((path) => {
      history.pushState(null, '', path);
      (document.querySelector('main') as Element).replaceChildren(path);
    }, path);
  await goTo('/one');
  await goTo('/two');
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await expectUsable(site, tab, [ANALYTICS_TAG]);
  await goTo('/three');
  await tab.page.goBack();
  await site.expectTags([ANALYTICS_TAG]);
  await tab.expectNoBanner();
});
