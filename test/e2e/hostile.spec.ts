/** Pages that stand in the way, on purpose or not: nothing is thrown, nothing is granted, no vendor is asked; what can work does. */
import fc from 'fast-check';
import {BLOCKING_LOADER, LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {expectRan, external, inline, ran, say, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const TAG = '/tags/heat.js';
const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('heat')]};

interface Gate {
  isGranted(id: string): boolean;
  acceptAll(): void;
}

declare const consentGate: Gate;

async function visitPage(
  site: Site,
  {path = PATH, ...parts}: Partial<Parameters<typeof pageOf>[0]> & {path?: string} = {},
): Promise<Tab> {
  await serveTags(site);
  await site.serve(path, pageOf({config, ...parts}));
  return site.visit(path);
}

async function expectDenied(site: Site, tab: Tab): Promise<void> {
  await site.wire.quiet();
  expect(await tab.granted()).toEqual(['essential']);
  expect(site.wire.toVendors()).toEqual([]);
  expect(await ran(tab)).toEqual([]);
}

/** Accepts, has its tag, and has it again on the next page without a question. */
async function expectChoiceHolds(site: Site, tab: Tab): Promise<void> {
  await tab.acceptAll();
  await site.expectTags([TAG]);
  site.wire.forget();
  await tab.reload();
  await site.expectTags([TAG]);
  await tab.expectNoBanner();
}

test.describe('elements with the names of globals', () => {
  const NAMES = [
    ...['consent', 'consentGate', 'consentGate', 'dataLayer', 'gtag', 'fbq', 'ytag', 'trustedTypes'],
    ...['localStorage', 'sessionStorage', 'location', 'navigator', 'customElements', 'define'],
  ];
  const CLOBBERED = `
    ${NAMES.map((name) => `<form id="${name}"><input name="isGranted"><input name="state"></form>`).join('')}
    <img name="currentScript" src="data:,"><img name="cookie" src="data:,">
    <a id="dataLayer" name="dataLayer" href="/"></a><form name="readyState"></form><form name="activeElement"></form>`;

  test('grant nothing, throw nothing, and leave a banner that works', async ({site}) => {
    const tab = await visitPage(site, {loader: '', body: CLOBBERED + external('marked') + LOADER});
    await tab.expectBanner();
    await expectDenied(site, tab);
    await tab.acceptAll();
    await site.expectTags([TAG, '/tags/marked.js']);
    site.wire.forget();
    await tab.reload();
    await site.expectTags([TAG, '/tags/marked.js']);
    await tab.expectNoBanner();
  });

  test('do not stand in for a cookie that refuses', async ({site}) => {
    // An element named `cookie` hides the cookies; the copy of an earlier grant must not stand in for them.
    await site.remember(
      recordOf({categories: ['essential', 'functional_analytics_advertising'], source: 'preferences'}),
    );
    const earlier = recordOf({decidedAt: Math.floor(Date.now() / 1000) - 1000});
    const tab = await visitPage(site, {
      loader: '',
      head: `<script>localStorage.setItem('consent', '${earlier}')</script>`,
      body: `<img name="cookie" src="data:,">${LOADER}`,
    });
    await tab.expectNoBanner();
    await expectDenied(site, tab);
  });
});

test('a filled Object.prototype grants nothing, whatever it is filled with', async ({site}) => {
  await serveTags(site);
  const FILLED = {
    regime: 'notice',
    region: 'US',
    default: 'opt-out',
    US: 'opt-out',
    undecided: 'granted',
    required: true,
    category: 'essential',
    optIn: false,
    ageBand: '16+',
    analytics: 'granted',
    heat: 'granted',
    granted: 'granted',
    denied: 'granted',
    src: `${VENDOR}/tags/smuggled.js`,
    url: `${VENDOR}/tags/smuggled.js`,
    tagId: 'G-DEMO123456',
    prompt: 'never',
    lateEvents: true,
    record: {categories: {analytics: 'granted'}, vendors: {}},
  };
  await site.serve(
    PATH,
    pageOf({
      config: {
        ...config,
        vendors: [...config.vendors, {id: 'named', category: 'analytics'}, 'google-analytics'],
      },
      head: `<script>Object.assign(Object.prototype, ${JSON.stringify(FILLED)})</script>`,
      body: external('marked') + external('typo', 'data-consent="analitics"'),
    }),
  );
  const {page} = await site.visit(PATH);
  await page.waitForFunction(() => (window as {consentGate?: Gate}).consentGate?.isGranted);
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  const granted = () =>
    page.evaluate(() =>
      ['heat', 'named', 'google-analytics', 'analytics', 'advertising', 'functional', 'granted', 'toString']
        .filter((id) => consentGate.isGranted(id))
        .join(),
    );
  expect(await granted()).toBe('');
  expect(await site.cookies()).toEqual({});
});

test('a page with the habits of an older time has the banner and the tags that any other has', async ({
  site,
}) => {
  const tab = await visitPage(site, {
    head: `<script>
      window.defined = [];
      window.define = (...module) => { window.defined.push(module); };
      window.define.amd = {};
      window.module = window.exports = window.global = {};
      window.$ = window.jQuery = () => { throw new Error('not the library that you think'); };
      Array.prototype.last = function () { return this[this.length - 1]; };
      Array.prototype.contains = function (item) { return this.indexOf(item) >= 0; };
      Array.prototype.remove = function (item) { this.splice(this.indexOf(item), 1); };
      String.prototype.format = function () { return this; };
      Function.prototype.method = function () { return this; };
    </script>
    <style>* { all: revert; box-sizing: content-box } button { display: none }</style>`,
    body: external('marked'),
  });
  await tab.expectBanner();
  await expectDenied(site, tab);
  await tab.openPreferences();
  await tab.press('close');
  await tab.acceptAll();
  await site.expectTags([TAG, '/tags/marked.js']);
  expect(await tab.page.evaluate(() => (window as unknown as {defined: unknown[]}).defined)).toEqual([]);
});

for (const charset of ['shift_jis', 'euc-jp', undefined]) {
  test(`a page ${charset ? `in ${charset}` : 'that does not say its encoding'} has a banner whose texts can be read`, async ({
    site,
  }) => {
    // Our files are ASCII, so that a page's own encoding cannot break them.
    await serveTags(site);
    const body = pageOf({config, lang: 'ja'}).replace('<meta charset="utf-8">', '');
    await site.context.route(`**${PATH}`, (route) =>
      route.fulfill({
        headers: {'content-type': `text/html${charset ? `; charset=${charset}` : ''}`},
        body: body.replaceAll(VENDOR, site.vendorOrigin),
      }),
    );
    const tab = await site.visit(PATH);
    await expect(tab.banner.getByRole('button', {name: 'すべて許可'})).toBeVisible();
    await tab.acceptAll();
    await site.expectTags([TAG]);
  });
}

test.describe('in a frame', () => {
  const INNER = '/inner.html';
  const inner = (site: Site, parts: Partial<Parameters<typeof pageOf>[0]> = {}) =>
    pageOf({config, body: external('marked'), ...parts}).replaceAll(VENDOR, site.vendorOrigin);

  for (const [name, attributes] of Object.entries({
    'with an origin of its own': () => `sandbox="allow-scripts" src="${INNER}"`,
    'of srcdoc with an origin of its own': (html: string) => `sandbox="allow-scripts" srcdoc="${html}"`,
    'of srcdoc': (html: string) => `srcdoc="${html}"`,
  })) {
    test(`${name} nothing is thrown, and everything is denied`, async ({site}) => {
      await serveTags(site);
      const html = inner(site, {config: {...config, cookie: {name: 'inner'}}});
      await site.serve(INNER, html);
      await site.serve(
        PATH,
        pageOf({loader: '', body: `<iframe ${attributes(html.replaceAll('"', '&quot;'))}></iframe>`}),
      );
      await site.remember(recordOf());
      const {page} = await site.visit(PATH);
      const frame = page.frames()[1];
      await expect
        .poll(() => frame?.evaluate(() => (window as {consentGate?: Gate}).consentGate?.isGranted('heat')))
        .toBe(false);
      await site.wire.quiet();
      expect(site.wire.toVendors()).toEqual([]);
      expect(Object.keys(await site.cookies())).toEqual(['consent']);
    });
  }

  test('of the same site, told not to ask, there is no second banner, and the same choice', async ({
    site,
  }) => {
    await serveTags(site);
    await site.serve(INNER, inner(site, {config: {...config, vendors: [], ui: {prompt: 'never'}}}));
    const tab = await visitPage(site, {body: `<iframe src="${INNER}" title="Inner"></iframe>`});
    await tab.expectBanner();
    const frame = tab.page.frameLocator('iframe');
    await expectDenied(site, tab);
    await expect(frame.locator('consent-banner')).toHaveCount(0);
    await tab.acceptAll();
    await site.expectTags([TAG, '/tags/marked.js']);
    site.wire.forget();
    await tab.untilReloaded(() => tab.page.evaluate(() => location.reload()));
    await site.expectTags([TAG, '/tags/marked.js']);
    await expect(frame.locator('consent-banner')).toHaveCount(0);
    site.wire.forget();
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
  });
});

test.describe('a template', () => {
  const evil = (name: string) => `<script src="http://localhost:8001/tags/${name}.js"></script>`;
  const TEMPLATES = {
    'a script of another category': evil('other').replace('<script', '<script data-consent="advertising"'),
    'a script of SVG':
      '<svg><script href="http://localhost:8001/tags/svg.js"></script><script>window.ran = ["svg"]</script></svg>',
    'a shadow root with a script': `<div><template shadowrootmode="open" shadowrootclonable>${evil('shadow')}</template></div>`,
  };
  for (const [what, html] of Object.entries(TEMPLATES)) {
    for (const [policy, headers] of Object.entries({
      'no policy': {},
      'a nonce and strict-dynamic': {
        'content-security-policy': "script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'",
      },
    })) {
      test(`of a granted category lets in no more than the gate does: ${what}, under ${policy}`, async ({
        site,
        browserName,
      }) => {
        await serveTags(site);
        const loader = LOADER.replace('<script', '<script nonce="abc"');
        const body = `<template data-consent="essential">${html}<p id="unfolded">here</p></template>`;
        await site.serve(PATH, {html: pageOf({config, nonce: 'abc', loader, body}), headers});
        const tab = await site.visit(PATH);
        await expect(tab.page.locator('#unfolded')).toBeVisible();
        // Firefox looks ahead into templates for what a page may need: an address there is the author's own mistake.
        if (browserName === 'firefox' && policy === 'no policy') site.wire.forget();
        await expectDenied(site, tab);
      });
    }
  }
});

test.describe('while a link’s denial is on its way', () => {
  for (const link of ['#consent-opt-out=heat', '#consent-opt-out=nobody']) {
    test(`${link} takes nothing from vendors that are granted`, async ({site}) => {
      await site.remember(recordOf());
      await site.context.addCookies([{name: '_kept', value: 'original', url: site.origin}]);
      const vendors = [vendorOf('heat'), {...vendorOf('kept'), cookies: ['_kept']}];
      const tab = await visitPage(site, {config: {...config, vendors}, path: '/first.html'});
      await site.expectTags([TAG, '/tags/kept.js']);
      await site.serve('/second.html', pageOf({config: {...config, vendors}}));
      await tab.goTo(`/second.html${link}`);
      await expect.poll(() => tab.page.evaluate(() => location.hash)).toBe('');
      await site.wire.quiet();
      expect(await site.cookies()).toMatchObject({_kept: 'original'});
    });
  }
});

test.describe('where the browser keeps nothing', () => {
  /** How pages meet a browser that was told to keep no data. */
  const blockStorage = (site: Site) =>
    site.context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    });
  const blockCookies = (site: Site, how: 'throws' | 'swallows') =>
    site.context.addInitScript((how) => {
      const refuse = () => {
        if (how === 'throws') throw new DOMException('The operation is insecure.', 'SecurityError');
        return '';
      };
      Object.defineProperty(Document.prototype, 'cookie', {get: refuse, set: refuse});
    }, how);

  test('at all, a refusal stops what it can and does not reload into a page that grants again', async ({
    site,
  }) => {
    await blockStorage(site);
    await blockCookies(site, 'swallows');
    const tab = await visitPage(site, {config: {...config, regime: 'opt-out'}});
    await site.expectTags([TAG]);
    let loads = 0;
    tab.page.on('load', () => loads++);
    await tab.page.evaluate(() => (consentGate as unknown as {rejectAll(): void}).rejectAll());
    await expect.poll(tab.granted).toEqual(['essential']);
    await site.wire.quiet();
    expect(loads).toBe(0);
    await site.expectTags([TAG]);
  });

  test('in its storages, the cookie alone carries the choice', async ({site}) => {
    await blockStorage(site);
    const tab = await visitPage(site);
    await expectDenied(site, tab);
    await expectChoiceHolds(site, tab);
  });

  for (const how of ['throws', 'swallows'] as const) {
    test(`in cookies (it ${how}), the copy in the storage carries the choice`, async ({site}) => {
      await blockCookies(site, how);
      const tab = await visitPage(site);
      await expectDenied(site, tab);
      await expectChoiceHolds(site, tab);
      expect(await site.cookies()).toEqual({});
    });

    test(`at all (it ${how}), a choice holds for the page, its owner is told, and the next page asks and denies`, async ({
      site,
    }) => {
      await blockCookies(site, how);
      await blockStorage(site);
      const tab = await visitPage(site);
      await expectDenied(site, tab);
      await tab.acceptAll();
      await site.expectTags([TAG]);
      await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/cannot be stored/));
      // Asked once for each page, and not again after the answer.
      await tab.expectNoBanner();
      site.wire.forget();
      await tab.reload();
      await tab.expectBanner();
      await expectDenied(site, tab);
    });
  }

  test('but what is there already, in a full cookie jar, the choice is kept all the same', async ({site}) => {
    const url = site.origin;
    await site.context.addCookies(
      Array.from({length: 178}, (_, index) => ({name: `filled${index}`, value: 'x'.repeat(32), url})),
    );
    const tab = await visitPage(site);
    await expectChoiceHolds(site, tab);
    expect(await tab.storage()).toEqual({consent: (await site.cookies())['consent']});
  });

  test('because its quota is used up, the cookie alone carries the choice', async ({site}) => {
    const tab = await visitPage(site);
    await tab.expectBanner();
    await tab.page.evaluate(() => {
      let length = 4 * 1024 * 1024;
      for (let index = 0; length >= 1; ) {
        try {
          localStorage.setItem(`filled${index++}`, 'x'.repeat(length));
        } catch {
          length /= 2;
        }
      }
    });
    await tab.acceptAll();
    await site.expectTags([TAG]);
    expect(Object.keys(await tab.storage())).not.toContain('consent');
    site.wire.forget();
    await tab.reload();
    await site.expectTags([TAG]);
    await tab.expectNoBanner();
  });
});

test.describe('what stands in for a record', () => {
  /** Puts `value` into cookie and storage, as another tool may have, and opens the page. */
  async function visitWith(site: Site, tab: Tab, index: number, value: string): Promise<void> {
    const path = `/${index}.html`;
    const text = JSON.stringify(value).replaceAll('<', '\\u003c');
    await site.serve(
      path,
      pageOf({
        config: {...config, ui: {prompt: 'never'}},
        head: `<script>document.cookie = 'consent=' + ${text} + ';path=/'; localStorage.setItem('consent', ${text});</script>`,
        loader: BLOCKING_LOADER,
        body: external('marked'),
      }),
    );
    await tab.goTo(path);
    expect(await tab.granted(), value).toEqual(['essential']);
  }

  const GRANT = recordOf();
  const [version, policy, time, ...rest] = GRANT.split('.') as [string, string, string, ...string[]];
  const FOREIGN = [
    ...[
      '',
      '-',
      'true',
      '1',
      'yes',
      'accepted',
      'all',
      'granted',
      'undefined',
      '[object Object]',
      '%',
      '%E0%A4%A',
    ],
    '%7B%22categories%22%3A%5B%22analytics%22%5D%2C%22revision%22%3A0%7D',
    '{"analytics":true,"advertising":true}',
    'isGpcEnabled=0&groups=C0001%3A1%2CC0002%3A1&interactionCount=1',
    `{stamp:'x'%2Cnecessary:true%2Cpreferences:true%2Cstatistics:true%2Cmarketing:true%2Cver:1}`,
    'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
    // Almost one of ours.
    GRANT.slice(0, -2),
    `${GRANT}.-`,
    GRANT.replace('1.', '2.'),
    GRANT.replace('1.', '01.'),
    GRANT.replace('banner', 'server'),
    GRANT.toUpperCase(),
    GRANT.replaceAll('.', '%2E'),
    GRANT.replace('analytics', 'analytics__'),
    [version, policy, '-', ...rest].join('.'),
    [version, policy, '99999999', ...rest].join('.'),
    [version, policy, `-${time}`, ...rest].join('.'),
    GRANT.replace('analytics', `analytics_${'x'.repeat(1000)}`),
    GRANT.replace('.-.-.-', `.${Array.from({length: 300}, (_, index) => `v${index}`).join('_')}.-.-`),
    'x'.repeat(3500),
  ];

  test('in another tool’s form, cut off, too long or garbled, is no choice: nothing is granted or thrown', async ({
    site,
  }) => {
    test.slow();
    await serveTags(site);
    const tab = await site.newTab();
    const garbage = fc.sample(fc.string({unit: fc.constantFrom(...'1.-_azAZ09%{}[]":,/=')}), {
      numRuns: 10,
      seed: 20261101,
    });
    for (const [index, value] of [...FOREIGN, ...garbage].entries()) {
      await visitWith(site, tab, index, value);
    }
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    // The next choice takes its place.
    await site.serve('/last.html', pageOf({config}));
    await tab.goTo('/last.html');
    await tab.rejectAll();
    expect((await site.cookies())['consent']).toMatch(/^1\.2026-11-01\.\w+\.banner\.essential\./);
  });

  test('of several records for different paths, the newest counts, and the others go', async ({site}) => {
    const now = Math.floor(Date.now() / 1000);
    const denial = recordOf({
      decidedAt: now - 100,
      categories: ['essential', 'functional_analytics_advertising'],
    });
    const {hostname: domain} = new URL(site.origin);
    // Browsers name the longest path first.
    await site.context.addCookies([
      {name: 'consent', value: recordOf({decidedAt: now - 500}), domain, path: '/shop/'},
      {name: 'consent', value: denial, domain, path: '/'},
      {name: 'consent', value: recordOf({decidedAt: now - 900}), domain: `.${domain}`, path: '/shop'},
    ]);
    const tab = await visitPage(site, {path: '/shop/page.html'});
    await tab.expectNoBanner();
    await expectDenied(site, tab);
    await expect
      .poll(async () => (await site.context.cookies()).map(({name, value}) => [name, value]))
      .toEqual([['consent', denial]]);
  });

  test('of two records of the same second, the one that allows less counts', async ({site}) => {
    const decidedAt = Math.floor(Date.now() / 1000) - 100;
    const denial = recordOf({decidedAt, categories: ['essential', 'functional_analytics_advertising']});
    const {hostname: domain} = new URL(site.origin);
    await site.context.addCookies([
      {name: 'consent', value: recordOf({decidedAt}), domain, path: '/shop/'},
      {name: 'consent', value: denial, domain, path: '/'},
    ]);
    const tab = await visitPage(site, {path: '/shop/page.html'});
    await tab.expectNoBanner();
    await expectDenied(site, tab);
  });
});

test('whatever stands in a configuration, nothing is thrown, granted or asked for but what it says in so many words', async ({
  site,
}) => {
  test.slow();
  await serveTags(site);
  const tab = await site.newTab();
  /** Nothing in here is the one right word for what it stands for. */
  const odd = fc.oneof(
    fc.constantFrom(
      ...[
        null,
        true,
        false,
        0,
        1,
        -1,
        1e9,
        '',
        ' ',
        'true',
        'granted',
        'opt-ou',
        'NOTICE',
        'essential ',
        '__proto__',
      ],
      ...[
        'constructor',
        '日本',
        '</script',
        '*',
        '*|*',
        [],
        {},
        [[]],
        [null],
        {length: 3},
        {id: {}},
        ['notice'],
      ],
    ),
    fc.string(),
    fc.jsonValue({maxDepth: 2}),
  );
  const text = (...words: string[]) => fc.oneof(odd, fc.constantFrom(...words));
  const vendor = fc.record(
    {
      id: text('heat', 'google-analytics', 'meta-pixel'),
      category: text('analytics', 'advertising'),
      src: text(`${VENDOR}/tags/heat.js`, 'javascript:ran.push(1)', 'data:text/javascript,ran.push(1)', '//'),
      tagId: text('G-DEMO123456'),
      cookies: odd,
      storage: odd,
      after: odd,
      attributes: text('onload', 'src'),
      reload: odd,
      name: odd,
      purpose: odd,
      privacyUrl: text('javascript:ran.push(1)'),
    },
    {requiredKeys: ['category', 'src']},
  );
  const category = fc.oneof(
    fc.record({
      id: text('analytics'),
      required: odd.filter((value) => value !== true),
      optIn: odd,
      sale: odd,
    }),
    odd,
  );
  const configuration = fc.record(
    {
      controller: odd,
      links: fc.oneof(odd, fc.record({privacyPolicy: text('javascript:ran.push(1)'), cookiePolicy: odd})),
      policy: fc.oneof(
        odd,
        fc.record({version: odd, revisions: fc.oneof(odd, fc.array(odd, {maxLength: 3}))}),
      ),
      regime: odd,
      region: text('JP', 'US-CA'),
      ageBand: odd,
      sale: odd,
      categories: fc.oneof(fc.array(category, {maxLength: 4}), odd),
      vendors: fc.array(vendor, {minLength: 1, maxLength: 3}),
      consentMode: odd,
      cookie: fc.oneof(odd, fc.record({name: odd, domain: odd, days: odd})),
      recordEndpoint: odd,
      ui: fc.oneof(odd, fc.record({layout: odd, language: odd, theme: odd, prompt: odd})),
    },
    {requiredKeys: ['vendors']},
  );
  for (const [index, written] of fc.sample(configuration, {numRuns: 30, seed: 20261101}).entries()) {
    const json = JSON.stringify(written).replaceAll('<', '\\u003c');
    await site.serve(
      `/${index}.html`,
      pageOf({
        config: json,
        loader: BLOCKING_LOADER,
        body: external('marked') + inline('inline', 'data-consent="advertising"'),
      }),
    );
    await tab.goTo(`/${index}.html`);
    const granted = (await tab.granted()).filter((id) => id !== 'essential');
    expect(granted, json).toEqual([]);
    expect(await ran(tab), json).toEqual([]);
    expect(site.errors, json).toEqual([]);
  }
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('addresses that run as they are stay out, however they are spelled, of tags and of links', async ({
  site,
}) => {
  const run = (name: string) => say(name).replaceAll('window.', 'parent.');
  const spelled = [
    `javascript:${run('plain')}`,
    `JaVaScRiPt:${run('case')}`,
    ` \tjava\nscript:${run('spaces')}`,
    `javascript&colon;${run('reference')}`,
    `data:text/javascript,${run('data')}`,
    `data:text/html,<script>${run('html')}</script>`,
    'blob:http://localhost/0',
    'file:///etc/hostname',
    'about:blank',
    'ftp://localhost/',
  ];
  const quoted = spelled.map((address) => address.replaceAll('"', '&quot;').replaceAll('<', '&lt;'));
  const marked = quoted.map(
    (address) => `
      <script type="text/plain" data-consent="analytics" data-src="${address}"></script>
      <script type="text/plain" data-consent="analytics" src="${address}"></script>
      <iframe data-consent="functional" data-src="${address}" title="Frame"></iframe>
      <link data-consent="functional" rel="stylesheet" data-href="${address}">
      <template data-consent="advertising"><iframe data-src="${address}" title="Frame"></iframe><script data-src="${address}"></script></template>`,
  );
  await site.remember(recordOf());
  const written = {
    ...config,
    controller: {name: 'Aoba', contact: spelled[0]},
    links: {privacyPolicy: spelled[1], cookiePolicy: spelled[4]},
    vendors: [
      ...config.vendors,
      ...spelled.map((src, index) => ({id: `v${index}`, category: 'analytics', src, privacyUrl: src})),
    ],
  };
  const tab = await visitPage(site, {
    config: JSON.stringify(written).replaceAll('<', '\\u003c'),
    body: marked.join(''),
  });
  await expectRan(tab, ['heat']);
  await site.expectTags([TAG]);
  await expect(tab.page.locator('iframe[src], link[rel="stylesheet"][href]')).toHaveCount(0);
  const scripts = tab.page.locator('script:not([type="text/plain"])');
  expect(
    await scripts.evaluateAll((found) =>
      found.map((script) => (script as HTMLScriptElement).src).filter((src) => src && !/^http/.test(src)),
    ),
  ).toEqual([]);
  await tab.openPreferences();
  const links = tab.preferences.locator('a');
  expect(
    await links.evaluateAll((found) =>
      found
        .map((link) => (link as HTMLAnchorElement).protocol)
        .filter((protocol) => !/^(http|mailto)/.test(protocol)),
    ),
  ).toEqual([]);
  expect(await ran(tab)).toEqual(['heat']);
});
