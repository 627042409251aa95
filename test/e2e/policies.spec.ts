/** Under a Content Security Policy: banner and tags work, nothing is violated, and what the policy does not know stays out. */
import {createHash} from 'node:crypto';
import {BLOCKING_LOADER, LOADER, pageOf} from '../support/page.js';
import {expect, type LogEntry, recordOf, type Site, type Tab, test} from '../support/site.js';
import {expectRan, external, inline, ran, say, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const NONCE = 'bm9uY2U';
const WITH_NONCE = ` nonce="${NONCE}"`;
const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('declared')]};

const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types";
const OUR_TYPES = `${TRUSTED_TYPES} consent-gate lit-html 'allow-duplicates'`;

interface Violating {
  violations: string[];
}

declare const consentGate: {
  acceptAll(): void;
  rejectAll(): void;
};

/** Opens a page with this policy; violations are noted from the start. */
async function visitUnder(
  site: Site,
  policy: string,
  {path = PATH, ...parts}: Partial<Parameters<typeof pageOf>[0]> & {path?: string} = {},
): Promise<Tab> {
  await serveTags(site);
  await site.context.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, {violations});
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const hasNonce = policy.includes(NONCE);
  const html = pageOf({
    config,
    ...(hasNonce && {nonce: NONCE, loader: LOADER.replace('src=', `nonce="${NONCE}" src=`)}),
    ...parts,
  });
  const headers = {'content-security-policy': policy.replaceAll('VENDOR', site.vendorOrigin)};
  await site.serve(path.replace(/#.*/, ''), {html, headers});
  return site.visit(path);
}

const violations = ({page}: Tab) => page.evaluate(() => (window as unknown as Violating).violations);

/** One of each kind of tag. */
const MODULE = `import '${VENDOR}/tags/imported.js'; ${say('module')}`;
const everyKind = (nonce = '') => `
  ${external('external', `data-consent="analytics"${nonce}`)}${inline('inline', `data-consent="analytics"${nonce}`)}
  <script type="text/plain" data-consent="analytics" data-type="module"${nonce}>${MODULE}</script>
  <template data-consent="advertising">
    <script data-src="${VENDOR}/tags/templated.js"${nonce}></script>
    <img data-src="${VENDOR}/pixel.gif" alt="">
  </template>
  <iframe data-consent="functional" data-src="${VENDOR}/embed/video" title="Video"></iframe>`;

const EVERY_TAG = [
  '/embed/video',
  '/pixel.gif',
  '/tags/declared.js',
  '/tags/external.js',
  '/tags/imported.js',
  '/tags/templated.js',
];

const hash = (text: string, algorithm = 'sha256') =>
  `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;

const POLICIES: Record<string, (site: Site) => string> = {
  'a nonce': () => `script-src 'nonce-${NONCE}'`,
  'a nonce and strict-dynamic': () => `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  'a list of hosts, and hashes of what is inline': ({vendorOrigin}) =>
    `script-src 'self' VENDOR '${hash(say('inline'))}' '${hash(MODULE.replace(VENDOR, vendorOrigin))}'`,
  'no inline style': () => "style-src 'self'",
  'Trusted Types': () => OUR_TYPES,
  'all of it, and nothing else allowed': () =>
    [
      "default-src 'none'; base-uri 'none'; form-action 'none'",
      `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
      "style-src 'self'; img-src data: VENDOR; frame-src VENDOR; connect-src 'self' VENDOR",
      OUR_TYPES,
    ].join('; '),
};

for (const [name, policyFor] of Object.entries(POLICIES)) {
  test(`under ${name}, the banner is styled, every kind of tag runs, and nothing is violated`, async ({
    site,
  }) => {
    const policy = policyFor(site);
    const hasNonce = policy.includes(NONCE);
    const tab = await visitUnder(site, policy, {body: everyKind(hasNonce ? WITH_NONCE : '')});
    await tab.expectBanner();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    // Styled: fixed to the foot of the window, with a surface of its own, whatever the page does.
    await expect(tab.page.locator('consent-banner')).toHaveCSS('position', 'fixed');
    await tab.openPreferences();
    await expect(tab.preferences.locator('[part~="box"]')).not.toHaveCSS(
      'background-color',
      'rgba(0, 0, 0, 0)',
    );
    await tab.press('accept-all');
    await site.expectTags(EVERY_TAG);
    await expect
      .poll(async () => (await ran(tab)).sort())
      .toEqual(['declared', 'external', 'imported', 'inline', 'module', 'templated']);
    expect(await violations(tab)).toEqual([]);
  });
}

test('the nonce is handed on as a property, and stands in no attribute', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitUnder(site, `script-src 'nonce-${NONCE}'`, {body: everyKind(WITH_NONCE)});
  await site.expectTags(EVERY_TAG);
  // Nor in the page's own markup: browsers hide it there, so that copying attributes would hand on an empty one.
  await expect(tab.page.locator('script[type="text/plain"]').first()).toHaveAttribute('nonce', '');
  const scripts = tab.page.locator('script[src*="/tags/"]:not([type="text/plain"])');
  await expect(scripts).toHaveCount(3);
  expect(
    await scripts.evaluateAll((found) =>
      found.map((script) => [script.nonce, script.getAttribute('nonce') ?? '']),
    ),
  ).toEqual([
    [NONCE, ''],
    [NONCE, ''],
    [NONCE, ''],
  ]);
});

for (const strictness of ['', " 'strict-dynamic'"]) {
  test(`under a nonce${strictness && ' and strict-dynamic'}, markup without it is refused and reported, not run`, async ({
    site,
  }) => {
    await site.remember(recordOf());
    const tab = await visitUnder(site, `script-src 'nonce-${NONCE}'${strictness}`, {
      body: `${inline('without')}${external('other', 'data-consent="analytics" nonce="b3RoZXI"')}
        <template data-consent="functional"><script${WITH_NONCE}>${say('templated')}</script><script>${say('smuggled')}</script></template>
        ${inline('with', `data-consent="analytics"${WITH_NONCE}`)}`,
    });
    await site.expectTags(['/tags/declared.js']);
    expect((await ran(tab)).sort()).toEqual(['declared', 'templated', 'with']);
    expect(site.warnings).toContainEqual(expect.stringMatching(/nonce/));
    expect(await violations(tab)).toEqual([]);
  });
}

test('a configuration without the page’s nonce lets nothing in', async ({site}) => {
  // Whoever can put markup into a page, but not the nonce, must not choose what runs.
  const smuggled = {vendors: [vendorOf('smuggled', 'essential')]};
  await serveTags(site);
  await site.serve(PATH, {
    html: pageOf({config: smuggled, loader: BLOCKING_LOADER.replace('src=', `nonce="${NONCE}" src=`)}),
    headers: {'content-security-policy': `script-src 'nonce-${NONCE}' 'strict-dynamic'`},
  });
  const tab = await site.visit(PATH);
  await tab.expectBanner();
  await site.wire.quiet();
  await site.expectTags([]);
  expect((await tab.state()).vendors).toEqual({});
});

test('an element named currentScript does not stand in for the loader and its nonce', async ({site}) => {
  const tab = await visitUnder(site, `script-src 'nonce-${NONCE}' 'strict-dynamic'`, {
    body: `<img name="currentScript" src="data:,">${external('smuggled', 'data-consent="essential"')}`,
  });
  await tab.expectBanner();
  await site.wire.quiet();
  await site.expectTags([]);
});

test.describe('a script is let in with what its author demands of it', () => {
  test('integrity: what fits it runs, what does not is blocked and told of', async ({site}) => {
    const fitting = (name: string) => hash(say(name), 'sha384');
    const wrong = hash('something else', 'sha384');
    const checked = (name: string, integrity: string, crossorigin = 'crossorigin="anonymous"') =>
      external(
        name,
        `data-consent="analytics" data-vendor="${name}" ${crossorigin} integrity="${integrity}"`,
      );
    const ownerOf = (id: string, integrity: string) => ({
      ...vendorOf(id),
      attributes: {integrity, crossorigin: 'anonymous'},
    });
    await serveTags(site);
    await site.context.addInitScript(() => {
      const failed: unknown[] = [];
      Object.assign(window, {failed});
      document.addEventListener('consent-vendor-error', (event) =>
        failed.push((event as Event & {vendor: string}).vendor),
      );
    });
    const marked = ['genuine', 'forged', 'unreadable'].map((id) => ({id, category: 'analytics'}));
    const tab = await visitUnder(site, "script-src 'self' VENDOR", {
      config: {
        ...config,
        vendors: [ownerOf('ours', fitting('ours')), ownerOf('swapped', wrong), ...marked],
      },
      // Without `crossorigin` the browser may not look at another origin's bytes, and blocks.
      body:
        checked('genuine', fitting('genuine')) +
        checked('forged', wrong) +
        checked('unreadable', fitting('unreadable'), ''),
    });
    await tab.acceptAll();
    const failed = () =>
      tab.page.evaluate(() => [...(window as unknown as {failed: string[]}).failed].sort());
    await expect.poll(failed).toEqual(['forged', 'swapped', 'unreadable']);
    await expect.poll(async () => (await ran(tab)).sort()).toEqual(['genuine', 'ours']);
  });

  test('referrerpolicy, crossorigin and fetchpriority are kept, in markup and in configuration', async ({
    site,
  }) => {
    const attributes = {referrerpolicy: 'no-referrer', crossorigin: 'anonymous', fetchpriority: 'low'};
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
    const address = (name: string) => `${VENDOR}/widget.js?${name}=${new URL(site.origin).hostname}`;
    await site.remember(recordOf());
    const tab = await visitUnder(site, "script-src 'self' VENDOR", {
      config: {
        ...config,
        vendors: [{id: 'ours', category: 'analytics', src: address('declared'), attributes}],
      },
      body: `
        <script type="text/plain" data-consent="analytics" data-vendor="a" src="${address('marked')}" ${written.join(' ')}></script>
        <script type="text/plain" data-consent="analytics" data-vendor="b" src="${address('plain')}"></script>`,
    });
    const received = async () => {
      const log = (await (await fetch(`${site.vendorOrigin}/log`)).json()) as LogEntry[];
      return log.flatMap(({path, query, referer}) => {
        const [name, host] = Object.entries(query)[0] ?? [];
        return path === '/widget.js' && host === new URL(site.origin).hostname ? [`${name} ${referer}`] : [];
      });
    };
    await expect
      .poll(async () => (await received()).sort())
      .toEqual(['declared ', 'marked ', `plain ${site.origin}/`]);
    for (const name of ['declared', 'marked']) {
      const script = tab.page.locator(`script[src*="${name}="]:not([type="text/plain"])`);
      for (const [attribute, value] of Object.entries(attributes)) {
        await expect(script).toHaveAttribute(attribute, value);
      }
    }
  });
});

test.describe('where the UI cannot be loaded', () => {
  const CAUSES: Record<string, {policy: string; head?: string; isBlocked?: boolean}> = {
    'because its file is blocked': {policy: "script-src 'self' 'unsafe-inline' VENDOR", isBlocked: true},
    'because Lit’s policy is not in the list': {policy: `${TRUSTED_TYPES} consent-gate`},
    'because another copy of Lit has its policy': {
      policy: `${TRUSTED_TYPES} consent-gate lit-html`,
      head: `<script>trustedTypes.createPolicy('lit-html', {createHTML: (text) => text})</script>`,
    },
  };

  for (const [cause, {policy, head = '', isBlocked = false}] of Object.entries(CAUSES)) {
    test(`${cause}: everything is denied, the page works, and so do rejectAll(), a link and the record`, async ({
      site,
    }) => {
      // The first layer has no Lit in it, and would be shown.
      await site.context.route(isBlocked ? /\/(prompt\/\w+|ui)\.js/ : /\/prompt\//, (route) => route.abort());
      const body = `${everyKind()}<button onclick="document.title = 'pressed'">Of the page</button>`;
      const tab = await visitUnder(site, policy, {head, body});
      await expect.poll(() => site.warnings).toContainEqual(expect.stringMatching(/nothing is granted/));
      expect(await tab.granted()).toEqual(['essential']);
      await tab.page.getByRole('button', {name: 'Of the page'}).click();
      await expect(tab.page).toHaveTitle('pressed');
      await site.wire.quiet();
      expect(site.wire.toVendors()).toEqual([]);
      expect(await site.cookies()).toEqual({});

      await tab.page.evaluate(() => consentGate.rejectAll());
      await expect
        .poll(async () => (await site.cookies())['consent'])
        .toMatch(/\.api\.essential\.functional_analytics_advertising\./);
      expect(site.wire.toVendors()).toEqual([]);

      // Newer than what has just been refused. The page is left first: it would act on it on its way out.
      await tab.page.goto('about:blank');
      const decidedAt = Math.floor(Date.now() / 1000) + 60;
      await site.remember(recordOf({decidedAt}));
      await tab.goTo(PATH);
      await site.expectTags(EVERY_TAG);
      site.wire.forget();

      await tab.page.goto('about:blank');
      await tab.goTo(`${PATH}#consent-opt-out=declared`);
      await site.expectTags(EVERY_TAG.filter((path) => !path.includes('declared')));
      expect((await site.cookies())['consent']).toMatch(/\.link\.[\w]+\.-\.-\.declared\.-$/);
      expect(await tab.granted()).not.toContain('declared');
    });
  }
});

test.describe('under Trusted Types', () => {
  test('the banner asks, and its answer is carried out, where Lit’s policy is not in the list', async ({
    site,
  }) => {
    const tab = await visitUnder(site, `${TRUSTED_TYPES} consent-gate`);
    await tab.expectBanner();
    await tab.rejectAll();
    await expect.poll(() => site.cookies()).toHaveProperty('consent');
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('a list without our policy keeps scripts out, says so, and leaves page and banner as they are', async ({
    site,
  }) => {
    await site.remember(recordOf());
    const tab = await visitUnder(site, `${TRUSTED_TYPES} lit-html 'allow-duplicates'`, {
      body: `${everyKind()}<button onclick="document.title = 'pressed'">Of the page</button>`,
    });
    // What is no script needs no policy.
    await site.expectTags(['/embed/video', '/pixel.gif']);
    expect(await ran(tab)).toEqual([]);
    for (const url of ['declared.js', 'external.js', 'templated.js']) {
      expect(site.warnings).toContainEqual(expect.stringContaining(url));
    }
    await tab.page.getByRole('button', {name: 'Of the page'}).click();
    await expect(tab.page).toHaveTitle('pressed');
    await tab.openPreferences();
    await tab.untilReloaded(() => tab.press('reject-all'));
    expect(await tab.granted()).toEqual(['essential']);
  });

  test('our policy passes nothing that neither configuration nor markup names, whoever gets hold of it', async ({
    site,
  }) => {
    await site.remember(recordOf());
    const tab = await visitUnder(site, OUR_TYPES, {
      // The page's own script stands in the way before the loader asks for its policy.
      head: `<script>
        const {createPolicy} = TrustedTypePolicyFactory.prototype;
        TrustedTypePolicyFactory.prototype.createPolicy = function (name, rules) {
          const policy = createPolicy.call(this, name, rules);
          if (name === 'consent-gate') window.stolen = policy;
          return policy;
        };
      </script>`,
      body: everyKind(),
    });
    await site.expectTags(EVERY_TAG);
    const answers = await tab.page.evaluate((vendor) => {
      const {stolen} = window as unknown as {
        stolen: Record<'createScriptURL' | 'createScript' | 'createHTML', (text: string) => string>;
      };
      const attempt = (kind: keyof typeof stolen, text: string) => {
        try {
          const script = document.createElement('script');
          const passed = stolen[kind](text);
          if (kind === 'createScriptURL') script.src = passed;
          else script.textContent = passed;
          document.head.append(script);
          return 'passed';
        } catch (error) {
          return (error as Error).name;
        }
      };
      return [
        attempt('createScriptURL', `${vendor}/tags/smuggled.js`),
        attempt('createScriptURL', 'data:text/javascript,ran.push("data")'),
        attempt('createScript', 'ran.push("text")'),
        attempt('createHTML', '<img src="data:," onerror="ran.push(1)">'),
      ];
    }, site.vendorOrigin);
    expect(answers).not.toContain('passed');
    await site.expectTags(EVERY_TAG);
    expect(await ran(tab)).not.toEqual(expect.arrayContaining(['text']));
    // The name is taken, and a page whose list has it once gets no second policy of that name.
    const strict = await visitUnder(site, `${TRUSTED_TYPES} consent-gate lit-html`, {
      path: '/strict.html',
      body: everyKind(),
    });
    await expect.poll(async () => (await ran(strict)).length).toBe(6);
    expect(
      await strict.page.evaluate(() => {
        try {
          const {trustedTypes} = window as unknown as {
            trustedTypes: {createPolicy(name: string, rules: object): unknown};
          };
          trustedTypes.createPolicy('consent-gate', {createScriptURL: (text: string) => text});
          return 'created';
        } catch (error) {
          return (error as Error).name;
        }
      }),
    ).toBe('TypeError');
  });

  test('a page script that takes the name first keeps scripts out, not in', async ({site}) => {
    await site.remember(recordOf());
    const tab = await visitUnder(site, `${TRUSTED_TYPES} consent-gate lit-html`, {
      head: `<script>trustedTypes.createPolicy('consent-gate', {createScriptURL: (text) => text, createScript: (text) => text})</script>`,
      body: everyKind(),
    });
    await site.expectTags(['/embed/video', '/pixel.gif']);
    await expectRan(tab, []);
    expect(site.warnings).toContainEqual(expect.stringContaining('declared.js'));
  });
});
