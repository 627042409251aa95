/** The command, on files that somebody else has written: it ends, soon, names what is wrong, and prints nothing that runs. */
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'playwright/test';
import {runCommand} from './run-command.js';

const controller = {name: 'Example Inc.', contact: 'mailto:privacy@example.jp'};
const heat = {
  id: 'our-heatmap',
  category: 'analytics',
  src: 'https://heat.example/h.js',
  recipient: 'Heat Inc.',
  transmits: ['page address'],
  purpose: 'improving the site',
  optOutUrl: 'https://heat.example/opt-out',
};
const fine = {controller, vendors: [heat]};

test('a file that nobody attacks has no mistake', () => {
  expect(runCommand(['lint'], fine)).toMatchObject({status: 0, stderr: ''});
});

test.describe('snippet --consent-default', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const GRANTED = 'essential_functional_analytics_advertising';
  const recordOf = ({time = now().toString(36), source = 'banner', granted = GRANTED} = {}) =>
    `1.2026-11-01.${time}.${source}.${granted}.-.-.-.-`;

  function adStorageFor(cookie: string): string {
    const {stdout} = runCommand(['snippet', '--consent-default', '--config'], {
      ...fine,
      policy: {version: '2026-11-01'},
      vendors: [heat, {id: 'google-ads', tagId: 'AW-123456789'}],
    });
    const page = {document: {cookie}, navigator: {}, dataLayer: [] as ArrayLike<unknown>[]} as Record<
      string,
      unknown
    >;
    page['window'] = page;
    runInNewContext(stdout.replace(/<\/?script>/g, ''), page);
    const [[, , said]] = page['dataLayer'] as [[unknown, unknown, {ad_storage: string}]];
    return said.ad_storage;
  }

  test('takes a valid grant for what it is', () => {
    expect(adStorageFor(`consent=${recordOf()}`)).toBe('granted');
  });

  const NO_GRANTS: Readonly<Record<string, () => string>> = {
    'a cause that is none': () => recordOf({source: 'XXX'}),
    'the year 1970': () => recordOf({time: '1'}),
    '3,000 characters': () => recordOf({granted: `${GRANTED}_${'x'.repeat(3000)}`}),
    'empty names': () => recordOf({granted: `${GRANTED}__x`}),
    'a time in capitals': () => recordOf({time: now().toString(36).toUpperCase()}),
    'the year 4453': () => recordOf({time: 'zzzzzzz'}),
    'a second record': () => `${recordOf()}; consent=${recordOf({granted: 'essential'})}`,
  };
  for (const [what, textOf] of Object.entries(NO_GRANTS)) {
    test(`denies for a record with ${what}`, () => {
      expect(adStorageFor(`consent=${textOf()}`)).toBe('denied');
    });
  }
});

test.describe('lint ends soon', () => {
  const page = (body: string) =>
    `<!doctype html><html lang="en"><head><title>x</title></head><body>${body}</body></html>`;
  const FILES: Readonly<Record<string, () => object | string>> = {
    'an inline script of 200 kB of "//a/"': () => page(`<script>${'//a/'.repeat(50_000)}</script>`),
    '20,000 nested <div>': () => page('<div>'.repeat(20_000)),
    '3,000 nested <template>': () => page('<template>'.repeat(3000)),
    '25,000 <noscript>': () => page('<noscript></noscript>'.repeat(25_000)),
    '20,000 attributes': () =>
      page(`<div ${Array.from({length: 20_000}, (_, index) => `a${index}`).join(' ')}></div>`),
    '20,000 marked images': () => page('<img data-consent="analytics" data-src="/x" alt="">'.repeat(20_000)),
    '200,000 "["': () => '['.repeat(200_000),
    '20,000 nested objects': () => `${'{"vendors":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    '20,000 unknown fields': () => ({
      ...fine,
      ...Object.fromEntries(Array.from({length: 20_000}, (_, i) => [`f${i}`, 1])),
    }),
    'a text of 1 MB': () => ({...fine, controller: {...controller, name: 'x'.repeat(1_000_000)}}),
    'a mailto: of 500 kB': () => ({
      ...fine,
      controller: {...controller, contact: `mailto:${'a'.repeat(500_000)}`},
    }),
    'a host of 600 kB': () => ({
      ...fine,
      vendors: [{...heat, src: `https://${'a.'.repeat(300_000)}example/`}],
    }),
    'a language of 100,000 parts': () => ({...fine, ui: {language: 'a-'.repeat(100_000)}}),
    __proto__: () => `{"__proto__": {"vendors": [1]}, "vendors": []}`,
  };
  for (const [what, contentOf] of Object.entries(FILES)) {
    test(`on ${what}, by its own words`, () => {
      const {status, stdout, stderr, seconds} = runCommand(['lint'], contentOf());
      expect(`${stdout}${stderr}`.slice(0, 2000)).not.toMatch(/Maximum call stack|RangeError|^\s+at /m);
      expect([0, 1, 2]).toContain(status);
      expect(`${stdout}${stderr}`).toMatch(/(page\.html|consent\.json): /);
      // Under a second where nothing else runs; what is quadratic takes nine.
      expect(seconds, 'seconds of the processor').toBeLessThan(5);
    });
  }
});

test.describe('lint refuses', () => {
  const vendor = (fields: object) => ({...fine, vendors: [{...heat, ...fields}]});
  const MISTAKES: Readonly<Record<string, object>> = {
    'a cookie’s pattern of many stars': vendor({cookies: ['*a*a*a*a*z']}),
    'a page’s pattern of many stars': vendor({pages: ['/*a*b*c*d*e*f*g*h']}),
    'a semicolon among the sources of a policy': vendor({
      csp: {'connect-src': ["https://a.example; script-src 'unsafe-inline'"]},
    }),
    'a line end among the sources of a policy': vendor({csp: {'connect-src': ['https://a.example\nX: y']}}),
    'javascript: as the address of a tag': vendor({src: 'javascript:alert(1)'}),
    'data: as the address of a tag': vendor({src: 'data:text/javascript,alert(1)'}),
    'a path for the id of a vendor': vendor({id: '../../etc/passwd'}),
  };
  for (const [what, config] of Object.entries(MISTAKES)) {
    test(`${what}, or makes nothing of it that takes long`, async () => {
      const {status} = runCommand(['lint'], config);
      if (what.includes('many stars')) {
        // Such a pattern may be fine: then matching it has to be quick.
        const {matches} = (await import(`${process.cwd()}/dist/esm/match-pattern.js`)) as Record<
          'matches',
          (pattern: string, text: string) => boolean
        >;
        const start = performance.now();
        for (const pattern of ['*a*a*a*a*z', '/*a*b*c']) matches(pattern, `/${'a'.repeat(4000)}`);
        expect(status === 1 || performance.now() - start < 500, 'refused, or matched at once').toBe(true);
      } else {
        expect(status).toBe(1);
      }
      if (what.includes('policy')) {
        const {status, stdout} = runCommand(['csp', '--config'], config);
        expect([status, stdout]).toEqual([1, '']);
      }
    });
  }

  test('a base that leaves its quotes', () => {
    const words = ['snippet', '--inline', '--base', '/"><script>alert(1)</script>/', '--config'];
    expect(runCommand(words, fine)).toMatchObject({status: 2, stdout: ''});
  });
});

test.describe('lint names what browsers fetch by themselves', () => {
  const page = (body: string) =>
    `<!doctype html><html lang="en"><head><title>x</title></head><body>${body}<script type="application/json" data-consent-config>${JSON.stringify(fine)}</script></body></html>`;
  const A = 'https://ads.example/a';
  const IN_TEMPLATE: Readonly<Record<string, string>> = {
    'img src': `<img src="${A}" alt="">`,
    'img srcset': `<img srcset="${A} 1x" alt="">`,
    'picture source': `<picture><source srcset="${A}"><img alt=""></picture>`,
    'video poster': `<video poster="${A}"></video>`,
    'svg image': `<svg><image href="${A}"/></svg>`,
    'svg script': `<svg><script href="${A}"></script></svg>`,
    'a nested template': `<template><img src="${A}" alt=""></template>`,
    'a declarative shadow root': `<div><template shadowrootmode="open"><img src="${A}" alt=""></template></div>`,
  };
  const mark = 'data-consent="analytics"';
  const MARKED: Readonly<Record<string, string>> = {
    'img src': `<img ${mark} src="${A}" alt="">`,
    'img srcset': `<img ${mark} srcset="${A} 1x" alt="">`,
    'picture source': `<picture ${mark}><source srcset="${A}"><img alt=""></picture>`,
    'video poster': `<video ${mark} poster="${A}"></video>`,
    'object data': `<object ${mark} data="${A}"></object>`,
    'embed src': `<embed ${mark} src="${A}">`,
    'iframe src': `<iframe ${mark} src="${A}"></iframe>`,
    'iframe srcdoc': `<iframe ${mark} srcdoc="<img src='${A}'>"></iframe>`,
    'link stylesheet': `<link ${mark} rel="stylesheet" href="${A}">`,
    'link imagesrcset': `<link ${mark} rel="preload" as="image" imagesrcset="${A} 1x">`,
    'input type=image': `<input ${mark} type="image" src="${A}" alt="">`,
    track: `<video ${mark}><track src="${A}"></video>`,
    'script src': `<script ${mark} src="${A}"></script>`,
    'svg image': `<svg ${mark}><image href="${A}"/></svg>`,
    'svg image itself': `<svg><image ${mark} href="${A}"/></svg>`,
    'svg script': `<svg><script type="text/plain" ${mark} href="${A}"></script></svg>`,
    'svg use': `<svg><use ${mark} href="${A}#a"/></svg>`,
    'style with @import': `<style ${mark}>@import '${A}';</style>`,
    'an element with a style': `<div ${mark} style="background: url(${A})"></div>`,
  };
  for (const [where, kinds, wrap] of [
    ['in a template', IN_TEMPLATE, (html: string) => `<template ${mark}>${html}</template>`],
    ['marked up with its own address', MARKED, (html: string) => html],
  ] as const) {
    for (const [kind, html] of Object.entries(kinds)) {
      test(`${where}: ${kind}`, () => {
        const {status, stdout} = runCommand(['lint'], page(wrap(html)));
        expect(stdout).toMatch(/expected/);
        expect(status).toBe(1);
      });
    }
  }

  test('and nothing where all is written as the documentation has it', () => {
    const html = `<template ${mark}><img data-src="${A}" alt=""><video data-poster="${A}"></video></template><img ${mark} data-srcset="${A} 1x" alt="">`;
    expect(runCommand(['lint'], page(html))).toMatchObject({status: 0});
  });
});

test.describe('what is published', () => {
  test('has no install scripts, no source maps and no tests', () => {
    const words = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
    const [{files}] = Object.values(JSON.parse(words)) as [{files: {path: string}[]}];
    const paths = files.map(({path}) => path);
    expect(paths).toContain('dist/cdn/consent-gate.js');
    expect(paths.filter((path) => /\.map$|(^|\/)test\/|\.test\.|node_modules|\.env/.test(path))).toEqual([]);
    const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  test('has the right hash of every script that a page loads', () => {
    const hashes = JSON.parse(readFileSync('dist/cdn/integrity.json', 'utf8')) as Record<string, string>;
    const scripts = readdirSync('dist/cdn', {recursive: true, encoding: 'utf8'}).filter((name) =>
      name.endsWith('.js'),
    );
    const wrong = scripts.filter((name) => {
      const path = name.replaceAll('\\', '/');
      const said = JSON.stringify(hashes[path] ?? hashes[`./${path}`] ?? '');
      const text = readFileSync(`dist/cdn/${name}`);
      return !['sha256', 'sha384', 'sha512'].some((kind) =>
        said.includes(createHash(kind).update(text).digest('base64')),
      );
    });
    expect(scripts.length).toBeGreaterThan(50);
    // Filled in by the command before a page has them.
    expect(wrong.filter((name) => !/^(preload|consent-default)\.js$/.test(name))).toEqual([]);
  });

  test('has pinned dependencies', () => {
    const {dependencies} = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
