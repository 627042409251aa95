/**
 * Order and isolation: a tag that fails, throws or never answers takes along what depends on it and nothing else, is
 * told of once, and leaves gate and page as they were. What is let in on a choice comes in tasks of its own.
 */
import {pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {
  external,
  heard,
  inline,
  listen,
  of,
  ran,
  say,
  serveTags,
  VENDOR,
  visitPage,
} from '../support/tags.js';

interface PageWindow {
  onerror: OnErrorEventHandler;
  uncaught: unknown[];
  seen: Record<string, unknown>;
  order: string[];
}

const version = {policy: {version: '2026-11-01'}};
const own = (id: string, fields: object = {}) => ({id, category: 'analytics', ...fields});
const tagOf = (name: string) => `${VENDOR}/tags/${name}.js`;

const expectRan = async (site: Site, tab: Tab, names: readonly string[]) => {
  await expect.poll(async () => (await ran(tab)).sort()).toEqual([...names].sort());
  await site.wire.quiet();
  expect((await ran(tab)).sort()).toEqual([...names].sort());
};

/** What the page hears of failures. */
const failures = async (tab: Tab) =>
  (await heard(tab, 'consent-vendor-error')).map(({vendor, category, url}) => ({vendor, category, url}));

/** A first vendor, what depends on it in its lane and by `after`, and one that has nothing to do with it. */
const DEPENDENT = {
  config: {
    ...version,
    vendors: [
      own('first'),
      own('follower', {after: 'first', src: tagOf('follower')}),
      own('marked-follower', {after: 'first'}),
      own('last', {after: 'follower', src: tagOf('last')}),
      own('other', {src: tagOf('other')}),
    ],
  },
  followers: `${inline('inline', of('first'))}${external('external', of('first'))}
    ${inline('marked', of('marked-follower'))}${inline('bystander', of('bystander'))}`,
};
const UNAFFECTED = ['bystander', 'other'];

test.describe('where the first tag of a vendor cannot be loaded, what depends on it is not let in, it is told of once, and others run:', () => {
  for (const [cause, address] of Object.entries({
    'a 404': tagOf('missing-first'),
    'an unknown host': 'http://nowhere.invalid/first.js',
  })) {
    test(cause, async ({site}) => {
      await serveTags(site);
      await listen(site);
      await site.remember(recordOf());
      const tab = await visitPage(site, {
        ...DEPENDENT,
        body: `<script type="text/plain" ${of('first')} src="${address}"></script>${DEPENDENT.followers}`,
      });
      await expectRan(site, tab, UNAFFECTED);
      expect(await failures(tab)).toEqual([
        {vendor: 'first', category: 'analytics', url: address.replace(VENDOR, site.vendorOrigin)},
      ]);
      expect(site.warnings.filter((warning) => warning.includes('first'))).toHaveLength(1);
      expect(site.wire.tags().filter((url) => /follower|external|last/.test(url))).toEqual([]);
    });
  }

  test('the page’s own Content Security Policy', async ({site}) => {
    await serveTags(site);
    await listen(site);
    await site.remember(recordOf());
    const {port} = new URL(site.vendorOrigin);
    // The same machine under an address that the policy does not name.
    const blocked = `http://127.0.0.1:${port}/tags/blocked.js`;
    const html = pageOf({
      ...DEPENDENT,
      body: `<script type="text/plain" ${of('first')} src="${blocked}"></script>${DEPENDENT.followers}`,
    });
    await site.serve('/page.html', {
      html,
      headers: {'content-security-policy': `script-src 'self' 'unsafe-inline' ${site.vendorOrigin}`},
    });
    const tab = await site.visit('/page.html');
    await expectRan(site, tab, UNAFFECTED);
    expect(await failures(tab)).toEqual([{vendor: 'first', category: 'analytics', url: blocked}]);
  });
});

test.describe('a tag that throws stops what depends on it and nothing else, and the page hears of the error once:', () => {
  for (const [kind, first] of Object.entries({
    external: external('first', `${of('first')} crossorigin="anonymous"`),
    'external, of an origin that keeps its errors to itself': external('first', of('first')),
    inline: inline('first', of('first'), `${say('first')} throw new Error('of the tag');`),
  })) {
    test(kind, async ({site}) => {
      await serveTags(site, {first: `${say('first')} throw new Error('of the tag');`});
      await listen(site);
      const tab = await visitPage(site, {
        ...DEPENDENT,
        head: '<script>uncaught = []; onerror = (...details) => { uncaught.push(details[0]); };</script>',
        body: first + DEPENDENT.followers,
      });
      await tab.acceptAll();
      await expectRan(site, tab, ['first', ...UNAFFECTED]);
      expect(await tab.page.evaluate(() => (window as unknown as PageWindow).uncaught)).toEqual([
        expect.stringMatching(/of the tag|Script error/),
      ]);
      expect((await failures(tab)).map(({vendor}) => vendor)).toEqual(['first']);
      site.errors.splice(0);
      // The gate still grants, denies and says so.
      await tab.page.evaluate(() => {
        (window as unknown as {consentGate: {withdraw(id: string): void}}).consentGate.withdraw(
          'advertising',
        );
      });
      expect((await tab.granted()).includes('advertising')).toBe(false);
      await expect.poll(async () => (await heard(tab, 'consent-change')).length).toBe(2);
    });
  }
});

test('a tag that never answers delays no other and not the page’s parsing, and is told of once, after 30 seconds', async ({
  site,
}) => {
  await serveTags(site);
  await listen(site);
  await site.remember(recordOf());
  await site.serve(
    '/page.html',
    pageOf({
      config: {
        ...version,
        vendors: [
          own('first', {src: tagOf('hanging-first')}),
          own('follower', {after: 'first', src: tagOf('follower')}),
          own('other', {src: tagOf('other')}),
        ],
      },
      body: `${inline('dependent', of('first'))}${inline('bystander', of('bystander'))}`,
    }),
  );
  const tab = await site.newTab();
  await tab.page.clock.install();
  await tab.page.goto(`${site.origin}/page.html`, {waitUntil: 'domcontentloaded'});
  await expectRan(site, tab, UNAFFECTED);
  await tab.page.clock.fastForward(20_000);
  expect(await failures(tab)).toEqual([]);
  await tab.page.clock.fastForward(10_000);
  await expect.poll(async () => (await failures(tab)).map(({vendor}) => vendor)).toEqual(['first']);
  await tab.page.clock.fastForward(120_000);
  expect(await failures(tab)).toHaveLength(1);
  expect(site.warnings.filter((warning) => warning.includes('no answer'))).toHaveLength(1);
  // Nobody knows whether it will come yet: what depends on it goes on waiting.
  expect((await ran(tab)).sort()).toEqual(UNAFFECTED);
});

test('a vendor waits for the one that it comes after, however late that is granted and however slowly it loads', async ({
  site,
}) => {
  await serveTags(site);
  const tab = await visitPage(site, {
    config: {
      ...version,
      vendors: [
        own('quick', {after: 'base', src: tagOf('quick')}),
        own('base', {category: 'functional', src: tagOf('slow-base')}),
      ],
    },
  });
  await tab.choose({analytics: true});
  await site.expectTags([]);
  await tab.choose({functional: true});
  await expect.poll(() => ran(tab)).toEqual(['slow-base', 'quick']);
  expect(site.wire.tags()).toEqual(['/tags/quick.js', '/tags/slow-base.js']);
});

test('a classic tag finds itself and its data attributes in document.currentScript, a module finds none', async ({
  site,
}) => {
  const see = (name: string) =>
    `(window.seen ??= {}).${name} = document.currentScript && {...document.currentScript.dataset};`;
  await serveTags(site, {external: see('external'), module: see('module'), declared: see('declared')});
  await site.remember(recordOf());
  const tab = await visitPage(site, {
    config: {
      ...version,
      vendors: [
        own('heat', {src: tagOf('declared'), attributes: {'data-site': '7', 'data-domain': 'a.example'}}),
      ],
    },
    body: `${external('external', 'data-consent="analytics" data-site="8" data-options=\'{"a": 1}\'')}
      ${inline('inline', 'data-consent="analytics" data-site="9"', see('inline'))}
      ${external('module', 'data-consent="analytics" data-site="10" data-type="module"')}`,
  });
  const seen = () => tab.page.evaluate(() => (window as unknown as PageWindow).seen ?? {});
  await expect.poll(async () => Object.keys(await seen()).length).toBe(4);
  expect(await seen()).toEqual({
    declared: {site: '7', domain: 'a.example'},
    external: {consent: 'analytics', site: '8', options: '{"a": 1}'},
    inline: {consent: 'analytics', site: '9'},
    module: null,
  });
});

test('a module that imports by the page’s import map runs, and what follows it in its vendor runs after it', async ({
  site,
}) => {
  await serveTags(site, {entry: `import 'heat/core'; ${say('entry')}`});
  const tab = await visitPage(site, {
    config: {...version, vendors: [own('heat')]},
    head: `<script type="importmap">{"imports": {"heat/": "${VENDOR}/tags/", "heat/core": "${VENDOR}/tags/slow-core.js"}}</script>`,
    body:
      external('entry', `${of('heat')} data-type="module"`) +
      inline('after it', of('heat')) +
      inline(
        'inline module',
        `${of('other')} data-type="module"`,
        `import 'heat/part.js'; ${say('inline module')}`,
      ),
  });
  await tab.acceptAll();
  await expect
    .poll(async () => (await ran(tab)).filter((name) => !/part|inline/.test(name)))
    .toEqual(['slow-core', 'entry', 'after it']);
  expect((await ran(tab)).filter((name) => /part|inline/.test(name))).toEqual(['part', 'inline module']);
});

test('an essential tag waits for no choice, and not for what asks', async ({site}) => {
  await serveTags(site);
  await site.context.route(/\/(ui|choice)\.js/, (route) => route.abort());
  const tab = await visitPage(site, {
    config: {
      ...version,
      vendors: [
        own('login', {category: 'essential', src: tagOf('login')}),
        own('heat', {src: tagOf('heat')}),
      ],
    },
    body: `${inline('cart', of('cart', 'essential'))}${external('payment', 'data-consent="essential"')}${external('optional')}`,
  });
  await site.expectTags(['/tags/login.js', '/tags/payment.js']);
  expect((await ran(tab)).sort()).toEqual(['cart', 'login', 'payment']);
  expect((await tab.state()).decided).toBe(false);
});

test.describe('what is let in by a press of a button', () => {
  const NAMES = Array.from({length: 5}, (_, index) => String.fromCharCode(97 + index));

  /** Ten vendors that keep the page busy, and a page that notes in which order everything came. */
  async function acceptTen(site: Site): Promise<string[]> {
    // Each keeps the page busy, and leaves it something as urgent as the visitor's next press of a key.
    const note = (name: string) =>
      `order.push('${name}'); urgent(); for (const end = performance.now() + 20; performance.now() < end;);`;
    await serveTags(site, Object.fromEntries(NAMES.map((name) => [name, note(`tag ${name}`)])));
    const tab = await visitPage(site, {
      config: version,
      head: '<script>order = [];</script>',
      body: NAMES.map(
        (name) => external(name, of(name)) + inline(name, of(`inline-${name}`), note(`inline ${name}`)),
      ).join(''),
    });
    await tab.expectBanner();
    await tab.page.evaluate(() => {
      const {order} = window as unknown as PageWindow;
      const {scheduler} = window as unknown as {
        scheduler?: {postTask(task: () => void, options: object): Promise<void>};
      };
      const {port1, port2} = new MessageChannel();
      const note = () => order.push('task');
      port2.onmessage = note;
      Object.assign(window, {
        urgent: () =>
          scheduler ? scheduler.postTask(note, {priority: 'user-blocking'}) : port1.postMessage(''),
      });
      // What the page asks for as the button is pressed comes in the first task after the press.
      addEventListener('click', (window as unknown as {urgent(): void}).urgent, true);
      document.addEventListener('consent-change', () => order.push('change'));
      new MutationObserver(() => order.push('closed')).observe(
        document.querySelector('consent-banner') as Element,
        {attributeFilter: ['open']},
      );
    });
    await tab.acceptAll();
    const order = () => tab.page.evaluate(() => (window as unknown as PageWindow).order);
    await expect
      .poll(async () => (await order()).filter((entry) => /^(tag|inline)/.test(entry)).length)
      .toBe(2 * NAMES.length);
    return order();
  }

  // Whether the browser draws a frame there, on a busy machine, is its own affair; the product leaves it the room.
  test('comes behind the frame in which the banner has gone, in tasks of its own', async ({site}) => {
    const order = await acceptTen(site);
    expect(order.slice(0, 3)).toEqual(['closed', 'task', 'change']);
  });

  test('comes in tasks of its own: what the page has to do comes in between', async ({site}) => {
    // When a script runs that came by the network is the browser's affair; inline ones run where the gate puts them.
    const order = (await acceptTen(site)).filter((entry) => /^(inline|task)/.test(entry));
    const pairs = order.slice(1).map((entry, index) => `${order[index]} ${entry}`);
    expect(pairs.filter((pair) => !pair.includes('task'))).toEqual([]);
  });
});
