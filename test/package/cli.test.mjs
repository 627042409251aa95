/** The command as a site's build would call it: from the installed package, on files, by its words and exit code. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {packageFiles, packageFolder, readJson} from './installed.mjs';

const folder = mkdtempSync(join(tmpdir(), 'consent-gate-cli-'));
const main = join(packageFolder, readJson('package.json').bin['consent-gate']);
const controller = {name: 'Example Inc.', contact: 'mailto:privacy@example.jp'};
/** A vendor of the site's own of whom all is told. */
const heat = {
  id: 'our-heatmap',
  category: 'analytics',
  src: 'https://heat.example/h.js',
  recipient: 'Heat Inc.',
  transmits: ['page address'],
  purpose: 'improving the site',
  optOutUrl: 'https://heat.example/opt-out',
};
const pixel = {id: 'x-pixel', tagId: 'o1abc'};
const fine = {controller, vendors: [heat]};
const wrong = {...fine, vendors: [{id: 'google-analytics', tagId: 'UA-1'}]};
const MISTAKE = 'vendors[0].tagId: expected G-XXXXXXX, got "UA-1"';

after(() => rmSync(folder, {recursive: true, force: true}));

describe('consent-gate lint', () => {
  it('ends with 0 where a JSON file has no mistake', () => {
    const file = write('fine.json', JSON.stringify(fine));
    assert.deepEqual(run('lint', file), {status: 0, stdout: `${file}: no mistakes\n`, stderr: ''});
  });

  it('ends with 1 and names file, field, what was expected and what was found', () => {
    const [good, bad] = [write('good.json', JSON.stringify(fine)), write('bad.json', JSON.stringify(wrong))];
    const outcome = run('lint', good, bad);
    assert.equal(outcome.status, 1);
    assert.deepEqual(mistakesOf(outcome), [`${good}: no mistakes`, `${bad}: ${MISTAKE}`]);
  });

  it('says in which line of the file JSON breaks', () => {
    const file = write('broken.json', '{\n  "vendors": [],\n}');
    assert.match(
      run('lint', file).stdout,
      /expected JSON, got "}" in line 3, column 1; take out the comma before it\n$/,
    );
    const page = write('broken.html', `<!doctype html>\n${inline('{\n"vendors": nope')}`);
    assert.match(run('lint', page).stdout, /expected JSON, got "nope" in line 3, column 12\n$/);
  });

  it('says where a visitor’s answers may have no room in their record', () => {
    const vendors = Array.from({length: 100}, (_, index) => ({...heat, id: `recipient-${100 + index}`}));
    const few = write('few.json', JSON.stringify({controller, vendors: vendors.slice(0, 60)}));
    assert.equal(run('lint', few).status, 0);
    const many = write('many.json', JSON.stringify({controller, vendors}));
    const {status, stdout} = run('lint', many);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /: vendors: expected ids for which a record of under 1000 bytes has room, got 1471 /,
    );
  });

  it('reads a file with a byte order mark', () => {
    assert.equal(run('lint', write('mark.json', `\ufeff${JSON.stringify(fine)}`)).status, 0);
  });

  it('says where elements are nested deeper than browsers keep them, instead of searching for ever', () => {
    for (const tag of ['<div>', '<template>', '<table><tr><td>']) {
      const file = write('deep.html', `<!doctype html>${tag.repeat(400_000)}`);
      const {status, stderr} = run('lint', file);
      assert.equal(status, 2);
      assert.equal(stderr, `${file}: expected at most 512 elements in one another, got more\n`);
    }
  });

  for (const [what, html] of [
    ['addresses without a blank', `<script>${'//a.b/'.repeat(500_000)}</script>`],
    ['one long name', `<script>//${'a'.repeat(3_000_000)}</script>`],
    ['unclosed noscripts', '<noscript>'.repeat(300_000)],
    ['unclosed comments', '<!--'.repeat(700_000)],
  ])
    it(`reads 3 MB of ${what}`, () => {
      const {status} = run('lint', write('large.html', `<!doctype html>${html}`));
      assert.equal(status, 1);
    });

  it('reads the inline configuration of a page, and none that is commented out', () => {
    const page = `<!doctype html><!-- ${inline('{"x": 1}')} --><title>></title>\n${inline(JSON.stringify(wrong))}`;
    const file = write('page.html', page);
    assert.deepEqual(mistakesOf(run('lint', file)), [`${file}: ${MISTAKE}`]);
  });

  it('finds the attribute in any place, and not in the value of another', () => {
    const tag = `<script title="data-consent-config >" src="a.js"></script>
      <SCRIPT data-consent-config='' type=application/json>${JSON.stringify(fine)}</SCRIPT >`;
    assert.equal(run('lint', write('odd.html', tag)).status, 0);
  });

  it('reports a page that has two configurations', () => {
    const {status, stdout} = run('lint', write('two.html', inline(JSON.stringify(fine)).repeat(2)));
    assert.equal(status, 1);
    assert.match(stdout, /expected one in a page, got 2; the first counts/);
  });

  it('reports a page that has none', () => {
    const {status, stdout} = run('lint', write('none.html', '<script src="/consent-gate.js"></script>'));
    assert.equal(status, 1);
    assert.match(stdout, /no configuration found/);
  });

  it('points to the file of a page whose configuration is elsewhere', () => {
    const page = write('away.html', '<script src="/consent-gate.js" data-config="/consent.json"></script>');
    const {status, stdout} = run('lint', page);
    assert.equal(status, 0);
    assert.match(stdout, /its configuration is at \/consent\.json \(data-config\)/);
  });

  it('ends with 2 where a file cannot be read, and still checks the others', () => {
    const {status, stdout, stderr} = run(
      'lint',
      join(folder, 'missing.json'),
      write('w.json', JSON.stringify(wrong)),
    );
    assert.equal(status, 2);
    assert.match(stdout, /got "UA-1"/);
    assert.match(stderr, /missing\.json: expected a file, got nothing of that name/);
  });
});

describe('consent-gate lint, of vendors', () => {
  const bare = {id: 'bare', category: 'analytics', src: 'https://bare.example/b.js', optOutUrl: '/out'};
  const essential = [{id: 'essential', required: true}, 'analytics', 'advertising'];
  const jp = {disclosure: {profile: 'jp'}};

  for (const [what, change, ...mistakes] of [
    [
      'a recipient, what is sent and purpose for each vendor under profile jp',
      {...jp, vendors: [pixel, heat, bare, {...bare, id: 'half', recipient: 'Half Inc.', transmits: []}]},
      'vendors[2].recipient: expected who receives the data (disclosure.profile is "jp"), got nothing',
      'vendors[2].transmits: expected what is sent (disclosure.profile is "jp"), got nothing',
      'vendors[2].purpose: expected what it is used for (disclosure.profile is "jp"), got nothing',
      'vendors[3].transmits: expected what is sent (disclosure.profile is "jp"), got a list',
      'vendors[3].purpose: expected what it is used for (disclosure.profile is "jp"), got nothing',
    ],
    ['none of these without the profile', {vendors: [bare]}],
    [
      'no profile that there is not',
      {disclosure: {profile: 'eu'}},
      'disclosure.profile: expected jp, got "eu"',
    ],
    [
      'no vendor that sells where the site says that it does not',
      {sale: false, vendors: [heat, pixel]},
      'sale: expected true beside x-pixel (vendors[1]), which sells data, shares it, or advertises across sites, got false',
    ],
    ['nothing of the kind where the site says nothing', {vendors: [pixel]}],
    ['nothing of the kind where the site says that it sells', {sale: true, vendors: [pixel]}],
    [
      'advertising to be refusable',
      {
        categories: essential,
        vendors: [
          {...pixel, category: 'essential'},
          {...heat, category: 'essential'},
        ],
      },
      'vendors[0].category: expected one that can be refused (analytics | advertising), got "essential"',
    ],
    [
      'the category of the catalogue to be refusable too',
      {categories: [{id: 'advertising', required: true}, 'analytics'], vendors: [pixel]},
      'vendors[0].category: expected one that can be refused (analytics), got "advertising"',
    ],
    [
      'sources that are one source each',
      {vendors: [{...heat, csp: {'img-src': ['https://a.example; script-src *'], 'object-src': []}}]},
      'vendors[0].csp.img-src[0]: expected one source, got "https://a.example; script-src *"',
      'vendors[0].csp: expected directives ("img-src") as names, got "object-src"',
    ],
  ]) {
    it(`expects ${what}`, () => {
      const file = write('vendors.json', JSON.stringify({...fine, ...change}));
      const outcome = run('lint', file);
      assert.deepEqual(
        mistakesOf(outcome),
        (mistakes.length ? mistakes : ['no mistakes']).map((mistake) => `${file}: ${mistake}`),
      );
      assert.equal(outcome.status, mistakes.length ? 1 : 0);
    });
  }

  it('notices, and still ends with 0, that a vendor has no opt-out page of its own and that facts are unverified', () => {
    const {optOutUrl: _, ...rest} = heat;
    const file = write('notices.json', JSON.stringify({...fine, vendors: [rest, pixel]}));
    const {status, stdout} = run('lint', file);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /notice: vendors\[0\]\.optOutUrl: expected the recipient's own opt-out page.*, got nothing\n/,
    );
    assert.match(
      stdout,
      /notice: vendors\[1\]: expected verified facts on x-pixel, got unverified: connect-src/,
    );
    assert.match(stdout, /: no mistakes\n/);
  });

  it('expects the id of every vendor in its own form', () => {
    const file = write('form.json', JSON.stringify({...fine, vendors: [{...pixel, tagId: 'X'}]}));
    assert.deepEqual(mistakesOf(run('lint', file)), [`${file}: vendors[0].tagId: expected o1abc, got "X"`]);
  });
});

describe('consent-gate lint, of a page', () => {
  const SCRIPT = 'https://static.ads-twitter.com/uwt.js';
  const IN_PLACE =
    'in the configuration instead, or marked up (type="text/plain" data-consent="..."), got a tag that asks nobody';
  const MARKED = 'marked up (data-consent="..." and data-src instead of src), got a tag that asks nobody';
  const NO_SCRIPT =
    'expected no tag of x-pixel in <noscript>, got one that is fetched without consent; take it out';

  for (const [what, html, ...mistakes] of [
    [
      'the script of a known vendor',
      `<script async src="${SCRIPT}"></script>\n<script type="module" src="//static.ads-twitter.com/other.js"></script>`,
      `1: <script src="${SCRIPT}">: expected x-pixel ${IN_PLACE}`,
      `2: <script src="//static.ads-twitter.com/other.js">: expected x-pixel ${IN_PLACE}`,
    ],
    [
      'a script of SVG, whatever its type, and pictures of SVG in a template',
      `<svg><script type="text/plain" data-consent="analytics" href="/s.js"></script></svg>\n<template data-consent="analytics">\n<svg><image href="/p.png"/></svg></template>`,
      '1: <script href="/s.js">: expected a script of HTML, got one of SVG, which browsers fetch as they read the page',
      '3: <image href="/p.png">: expected data-href, got href; some browsers fetch it as they read the page',
    ],
    [
      'a style with a picture; as data-style it waits',
      `<div data-consent="analytics" data-style="background: url(/a.png)"></div>\n<img data-consent="analytics" data-src="/b.png" style="background: url(/b.png)">`,
      '2: <img data-src="/b.png">: expected data-style, got style; browsers fetch it as they read the page',
    ],
    [
      'an inline snippet that loads one',
      `<p>\n<script>\n!function(e){e.src='${SCRIPT}'}(x)</script>`,
      `2: <script>: expected x-pixel ${IN_PLACE}`,
    ],
    [
      'its pixels, in the page and for browsers without scripts',
      `<img src="https://t.co/i/adsct?x">\n<noscript>\n<img height="1" src="https://t.co/i/adsct?x"/>\n</noscript>`,
      `1: <img src="https://t.co/i/adsct?x">: expected x-pixel ${MARKED}`,
      `3: <img src="https://t.co/i/adsct?x">: ${NO_SCRIPT}`,
    ],
    [
      'the frame that Tag Manager has for browsers without scripts',
      '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-ABCD"></iframe></noscript>',
      /^1: <iframe src="https:\/\/www\.googletagmanager\.com\/ns\.html\?id=GTM-ABCD">: expected no tag of google-.* in <noscript>/,
    ],
    [
      'a known snippet in another language, and no script that only links there',
      `<script>t.src='https://connect.facebook.net/ja_JP/fbevents.js'</script>
      <script>location.href = 'https://connect.facebook.net/about'</script>`,
      `1: <script>: expected meta-pixel ${IN_PLACE}`,
    ],
    [
      'what would be fetched out of a template',
      `<template data-consent="analytics">\n<img src="/a.gif">\n<link rel="stylesheet" href="/a.css">\n<script src="/a.js"></script><iframe data-src="/b"></iframe></template>`,
      '2: <img src="/a.gif">: expected data-src, got src; some browsers fetch it as they read the page',
      '3: <link href="/a.css">: expected data-href, got href; some browsers fetch it as they read the page',
      '4: <script src="/a.js">: expected data-src, got src; some browsers fetch it as they read the page',
    ],
    [
      'marked-up tags that no browser waits with',
      '<iframe data-consent="analytics" src="/b"></iframe>\n<script data-consent="analytics" src="/a.js"></script>',
      '1: <iframe src="/b">: expected data-src, got src; browsers fetch it as they read the page',
      '2: <script src="/a.js">: expected text/plain as its type, got ""; browsers run it as they read the page',
    ],
    [
      'a category that there is not, of one or several',
      `<script type="text/plain" data-consent="analitycs"></script>
<iframe data-consent=" analytics\n,advertising" data-src="/b"></iframe>`,
      '1: <script data-consent="analitycs">: data-consent: expected essential | functional | analytics | advertising, got "analitycs"; did you mean "analytics"?',
      '2: <iframe data-src="/b">: data-consent: expected essential | functional | analytics | advertising, got ",advertising"; did you mean "advertising"?',
    ],
    [
      'a folder of our files that is none',
      '<script src="/js/consent-gate.js" data-base="/consent" async></script><script src="/js/consent-gate.js" data-base="/consent/"></script>',
      '1: <script src="/js/consent-gate.js">: expected data-base to be the address of a folder, with "/" at its end, got "/consent"',
    ],
    [
      'a frame, an image, a poster, an object and a preloaded image that no browser waits with, whatever the attribute',
      `<iframe data-consent="analytics" srcdoc="<img src=https://t.co/a>"></iframe>
<img data-consent="analytics" srcset="/a.png 2x" data-src="/a.png" alt="">
<video data-consent="analytics" poster="/p.png"><source src="/v.mp4"></video>
<object data-consent="analytics" data="/o.svg"></object>
<picture data-consent="analytics"><source srcset="/w.webp"><img data-src="/w.png" alt=""></picture>
<link data-consent="analytics" rel="preload" as="image" imagesrcset="/i.png 1x">
<template data-consent="analytics"><video poster="/t.png"></video></template>
<div data-consent="analytics"></div>`,
      '1: <iframe data-consent="analytics">: expected data-src, got srcdoc; write the frame into a <template data-consent="...">',
      '2: <img data-src="/a.png">: expected data-srcset, got srcset; browsers fetch it as they read the page',
      '3: <video poster="/p.png">: expected data-poster, got poster; browsers fetch it as they read the page',
      '3: <source src="/v.mp4">: expected data-src, got src; browsers fetch it as they read the page',
      '4: <object data="/o.svg">: expected data-data, got data; browsers fetch it as they read the page',
      '5: <source srcset="/w.webp">: expected data-srcset, got srcset; browsers fetch it as they read the page',
      '6: <link imagesrcset="/i.png 1x">: expected data-imagesrcset, got imagesrcset; browsers fetch it as they read the page',
      '7: <video poster="/t.png">: expected data-poster, got poster; some browsers fetch it as they read the page',
      '8: <div data-consent="analytics">: expected data-consent on the tag itself, or on a <template> around it, got <div>, which the gate lets pass',
    ],
    [
      'nothing that is gated, commented out, data, or of the site',
      `<!-- <script src="${SCRIPT}"></script> --><script type="application/ld+json">{"x": "${SCRIPT}"}</script>
      <script type="text/plain" data-consent="advertising" src="${SCRIPT}"></script><textarea><img src="https://t.co/a"></textarea>
      <template><img src="https://t.co/a"></template><img data-consent="advertising" data-src="https://t.co/a">
      <template data-consent="advertising"><script data-src="${SCRIPT}"></script></template>
      <picture data-consent="analytics"><source data-srcset="/w.webp"><img data-src="/w.png" alt=""></picture>
      <video data-consent="analytics" data-poster="/p.png" data-src="/v.mp4"></video><object data-consent="analytics" data-data="/o"></object>
      <script src="/static.ads-twitter.com/uwt.js"></script><script src="https://heat.example/h.js"></script><img src="data:,">
      <a href="https://t.co/a">x</a><noscript><p>Please turn scripts on.</p><img src="/map.png"></noscript>`,
    ],
  ]) {
    it(`reports ${what}, with the line`, () => {
      const file = write('tags.html', `${html}${inline(JSON.stringify(fine))}`);
      const outcome = run('lint', file);
      const found = mistakesOf(outcome);
      assert.equal(found.length, mistakes.length || 1, found.join('\n'));
      if (!mistakes.length) assert.deepEqual(found, [`${file}: no mistakes`]);
      for (const [index, mistake] of mistakes.entries()) {
        const line = found[index].slice(file.length + 1);
        if (typeof mistake === 'string') assert.equal(line, mistake);
        else assert.match(line, mistake);
      }
      assert.equal(outcome.status, mistakes.length ? 1 : 0);
    });
  }

  it('finds a pixel in the <noscript> of a head with a byte order mark, and counts lines as an editor does', () => {
    const html = `\ufeff<!doctype html>\r\n<head>\r\n<noscript>\r\n<img src="https://t.co/a">\r\n</noscript>\r\n${inline(JSON.stringify(fine))}`;
    const file = write('head.html', html);
    assert.deepEqual(mistakesOf(run('lint', file)), [`${file}:4: <img src="https://t.co/a">: ${NO_SCRIPT}`]);
  });

  it('looks at the tags of a page whose configuration is elsewhere', () => {
    const html = `<script src="/consent-gate.js" data-config="/consent.json"></script>\n<script src="${SCRIPT}"></script>`;
    const file = write('elsewhere.html', html);
    const outcome = run('lint', file);
    assert.equal(outcome.status, 1);
    assert.deepEqual(mistakesOf(outcome), [
      `${file}:2: <script src="${SCRIPT}">: expected x-pixel ${IN_PLACE}`,
    ]);
  });
});

describe('consent-gate csp', () => {
  const TYPES = "require-trusted-types-for 'script'; trusted-types consent-gate lit-html 'allow-duplicates'";
  const NONE = "base-uri 'none'; object-src 'none'";
  const policyOf = (config, ...options) => {
    const {status, stdout, stderr} = run(
      'csp',
      '--config',
      write('csp.json', JSON.stringify(config)),
      ...options,
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };
  const json = ['--format', 'json'];

  it('allows the marked-up scripts that the configuration lists, where scripts are allowed one by one', () => {
    const sha256 = createHash('sha256').update('heat()').digest('base64');
    const config = {
      ...fine,
      markup: {src: ['/a.js', 'https://heat.example/h.js'], sha256: [`sha256-${sha256}`]},
    };
    assert.deepEqual(policyOf(config, '--host-list', ...json)['script-src'], [
      "'self'",
      `'sha256-${sha256}'`,
      'https://heat.example',
    ]);
    assert.deepEqual(policyOf(config, ...json)['script-src'], ["'nonce-{NONCE}'", "'strict-dynamic'"]);
  });

  it('allows what the vendors need, and no more', () => {
    const file = write('csp.json', JSON.stringify({...fine, vendors: [pixel]}));
    const {status, stdout} = run('csp', '--config', file);
    assert.equal(status, 0);
    assert.equal(
      stdout,
      "Content-Security-Policy: default-src 'self'; script-src 'nonce-{NONCE}' 'strict-dynamic'; style-src 'self'; " +
        "connect-src 'self' https://ads-api.x.com https://analytics.twitter.com https://analytics.x.com https://t.co; " +
        "img-src 'self' https://analytics.twitter.com https://analytics.x.com https://t.co; " +
        `form-action 'self'; ${NONE}; ${TYPES}\n`,
    );
  });

  it('allows scripts by where they are from with --host-list, consent-gate’s own included', () => {
    const policy = policyOf(
      {...fine, vendors: [pixel, heat]},
      '--host-list',
      ...json,
      '--origin',
      'https://cdn.example/a',
    );
    assert.deepEqual(policy['script-src'], [
      "'self'",
      'https://cdn.example',
      'https://heat.example',
      'https://static.ads-twitter.com',
    ]);
  });

  it('puts the origin of src in the place of the vendor’s own, and keeps the rest', () => {
    const at = (src) => policyOf({...fine, vendors: [{...pixel, src}]}, '--host-list', ...json);
    assert.deepEqual(at('https://proxy.example/uwt.js')['script-src'], ["'self'", 'https://proxy.example']);
    assert.deepEqual(at('/proxy/uwt.js')['script-src'], ["'self'"]);
    assert.equal(at('/proxy/uwt.js')['img-src'].length, 4);
  });

  it('adds what a vendor of the site’s own declares, and where records are posted', () => {
    const csp = {
      'connect-src': ['https://in.heat.example', "'self'"],
      'form-action': ['https://heat.example'],
    };
    const config = {...fine, recordEndpoint: 'https://records.example/post', vendors: [{...heat, csp}]};
    const policy = policyOf(config, ...json);
    assert.deepEqual(policy['connect-src'], ["'self'", 'https://in.heat.example', 'https://records.example']);
    assert.deepEqual(policy['form-action'], ["'self'", 'https://heat.example']);
    assert.deepEqual(policyOf({...fine, recordEndpoint: '/records'}, ...json)['connect-src'], undefined);
  });

  it('keeps of several sources the widest, in a fixed order', () => {
    const csp = {
      'img-src': [
        'https://b.a.example',
        'https://*.a.example',
        'https://*.c.a.example',
        'https://a.example',
        'http://b.a.example',
        'https://b.a.example:8443',
        'https://z.example/one/two',
        'https://z.example/one/',
        'https://z.example/three',
        'z.example/three',
        '*.w.example',
        'https://v.w.example',
        'data:',
      ],
      'connect-src': ['wss://b.a.example', 'https:', 'https://a.example'],
    };
    const policy = policyOf({...fine, vendors: [{...heat, csp}]}, ...json);
    assert.deepEqual(policy['img-src'], [
      "'self'",
      '*.w.example',
      'data:',
      'http://b.a.example',
      'https://*.a.example',
      'https://a.example',
      'https://b.a.example:8443',
      'https://z.example/one/',
      'https://z.example/three',
    ]);
    assert.deepEqual(policy['connect-src'], ["'self'", 'https:', 'wss://b.a.example']);
  });

  it('needs nothing for vendors that are only disclosed', () => {
    const {src: _, ...disclosed} = heat;
    assert.deepEqual(
      policyOf({...fine, vendors: ['nai', disclosed]}, ...json),
      policyOf({controller}, ...json),
    );
  });

  it('reads a page with its marked-up tags: frames, pixels, styles, scripts, and inline scripts by their hash', () => {
    const page = `<!doctype html>${inline(JSON.stringify({controller}))}
      <script type="text/plain" data-consent="analytics" src="https://a.example/a.js"></script>
      <script type="text/plain" data-consent="analytics">ran.push(1);\r\n</script>
      <iframe data-consent="functional" data-src="https://b.example/embed"></iframe>
      <link rel="stylesheet" data-consent="functional" data-href="https://c.example/c.css">
      <template data-consent="advertising"><img data-src="//d.example/d.gif"></template>
      <picture data-consent="advertising"><source data-srcset="https://f.example/f.webp 1x, https://g.example/g.webp 2x"></picture>
      <video data-consent="advertising" data-poster="https://h.example/h.png" data-src="https://i.example/i.mp4"></video>
      <object data-consent="advertising" data-data="https://j.example/j.svg"></object>
      <img src="https://e.example/not-marked-up.gif"><script>own()</script><template><script>inert()</script></template>`;
    const {status, stdout} = run('csp', '--config', write('csp.html', page), '--host-list', ...json);
    assert.equal(status, 0);
    const {'script-src': scripts, ...policy} = JSON.parse(stdout);
    const hashes = ['ran.push(1);\n', 'own()'].map(
      (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    );
    assert.deepEqual(scripts, ["'self'", ...hashes.sort(), 'https://a.example']);
    assert.deepEqual(policy['frame-src'], ["'self'", 'https://b.example', 'https://j.example']);
    assert.deepEqual(policy['style-src'], ["'self'", 'https://c.example']);
    assert.deepEqual(policy['img-src'], [
      "'self'",
      ...['d', 'f', 'g', 'h'].map((name) => `https://${name}.example`),
    ]);
    assert.deepEqual(policy['media-src'], ["'self'", 'https://i.example']);
    assert.deepEqual(policy['object-src'], ['https://j.example']);
  });

  it('writes a meta element', () => {
    const {stdout} = run(
      'csp',
      '--config',
      write('meta.json', JSON.stringify({controller})),
      '--format',
      'meta',
    );
    assert.equal(
      stdout,
      `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'nonce-{NONCE}' 'strict-dynamic'; style-src 'self'; form-action 'self'; ${NONE}; ${TYPES}">\n`,
    );
  });

  it('says on the error output what it does not know well enough', () => {
    const {stderr} = run(
      'csp',
      '--config',
      write('notes.json', JSON.stringify({...fine, vendors: [pixel, heat]})),
    );
    assert.equal(
      stderr,
      'x-pixel: unverified: connect-src https://ads-api.x.com (docs/vendors.md)\n' +
        'our-heatmap: only the origin of its script is known; say under "csp" what else it asks for\n',
    );
  });

  it('has no policy for a configuration with mistakes', () => {
    const file = write('wrong.json', JSON.stringify(wrong));
    assert.deepEqual(run('csp', '--config', file), {status: 1, stdout: '', stderr: `${file}: ${MISTAKE}\n`});
  });

  for (const [what, ...args] of [
    ['without a file'],
    ['with a file that there is not', '--config', join(folder, 'missing.json')],
    ['with the file as an argument', 'consent.json'],
    ['with both ways', '--config', 'x.json', '--nonce', '--host-list'],
    ['with a format that there is not', '--config', 'x.json', '--format', 'nginx'],
    ['with an origin that is none', '--config', 'x.json', '--origin', 'cdn.example'],
  ]) {
    it(`ends with 2 ${what}`, () => {
      const {status, stdout, stderr} = run('csp', ...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.notEqual(stderr, '');
    });
  }
});

describe('consent-gate disclosure', () => {
  const own = {
    id: 'own-heat',
    category: 'analytics',
    name: {ja: '自社<ヒートマップ>', en: 'Own <heat> map'},
    recipient: 'Heat Ltd',
    transmits: [{ja: '操作', en: 'actions'}],
    purpose: {ja: '分析', en: 'analysis'},
    privacyUrl: 'https://heat.example/?a=1&b="2"',
    optOutUrl: 'javascript:alert(1)',
  };
  const config = {controller, vendors: [own, 'x-pixel', 'a8-net']};
  const disclose = (change, ...args) =>
    run('disclosure', '--config', write('told.json', JSON.stringify({...config, ...change})), ...args);

  it('prints every recipient as HTML without script and style', () => {
    const {status, stdout, stderr} = disclose({});
    assert.deepEqual({status, stderr}, {status: 0, stderr: ''});
    assert.match(stdout, /^<div class="consent-disclosure" lang="en">/);
    for (const word of ['Heat Ltd', 'X Corp.', 'F@N Communications', '_twclid (90\u00a0days)']) {
      assert.ok(stdout.includes(word), word);
    }
    assert.doesNotMatch(stdout, /<script|style=|javascript:/);
    assert.ok(stdout.includes('Own &#60;heat&#62; map'));
    assert.ok(stdout.includes('href="https://heat.example/?a=1&#38;b=&#34;2&#34;"'));
  });

  it('prints the notice of profile jp in Japanese, its three items first', () => {
    const {status, stdout} = disclose({disclosure: {profile: 'jp'}});
    assert.equal(status, 0);
    assert.match(stdout, /lang="ja"/);
    const terms = [...stdout.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, term]) => term);
    assert.deepEqual(terms.slice(0, 3), ['送信先', '送信される情報', '利用目的']);
    assert.equal(stdout, disclose({}, '--profile', 'jp').stdout);
  });

  it('prints Markdown and JSON, in the language that is asked for', () => {
    const {stdout} = disclose({}, '--format', 'md', '--language', 'ru');
    assert.match(
      stdout,
      /^## Получатели данных\n\n### Аналитика\n\n#### Own \\<heat\\> map\n\n- \*\*Получатель/,
    );
    const {language, categories} = JSON.parse(disclose({}, '--format', 'json').stdout);
    assert.deepEqual([language, categories.map(({id}) => id)], ['en', ['analytics', 'advertising']]);
    assert.equal(categories[0].recipients[0].purpose, 'analysis');
    assert.match(disclose({ui: {language: 'ja'}}).stdout, /lang="ja"/);
  });

  it('leaves out what a mistake closes, says so, and ends with 1', () => {
    const {status, stdout, stderr} = disclose({}, '--profile', 'jp', '--format', 'json');
    assert.equal(status, 0, stderr);
    const {purpose, ...silent} = own;
    const closed = disclose({vendors: [silent, 'nai']}, '--profile', 'jp');
    assert.equal(closed.status, 1);
    assert.match(closed.stderr, /own-heat is left out/);
    assert.doesNotMatch(closed.stdout, /Heat Ltd/);
    assert.ok(purpose && stdout);
  });

  it('ends with 2 where it is called wrongly', () => {
    for (const args of [
      ['--format', 'xml'],
      ['--language', 'fr'],
      ['--profile', 'eu'],
      ['more.json'],
      ['--nonce'],
    ]) {
      const {status, stdout, stderr} = disclose({}, ...args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^disclosure: /);
    }
    assert.equal(run('disclosure').status, 2);
    assert.equal(run('disclosure', '--config', join(folder, 'missing.json')).status, 2);
    assert.equal(run('disclosure', '--config', write('bad.json', '{')).status, 2);
  });
});

describe('consent-gate', () => {
  for (const [what, ...args] of [
    ['without a command'],
    ['with a command that there is not', 'lnit', 'a.json'],
    ['without a file', 'lint'],
    ['with an option that there is not', 'lint', '--fix', 'a.json'],
    ['with an option of another command', 'lint', '--nonce', 'a.json'],
  ]) {
    it(`ends with 2 and explains itself ${what}`, () => {
      const {status, stdout, stderr} = run(...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      // What is wrong stays in sight: all of the help is there for who has asked for nothing yet.
      if (args.length) assert.match(stderr, /^.+\nconsent-gate --help explains every command\n$/);
      else assert.match(stderr, /^Usage: consent-gate lint/);
    });
  }

  it('--help explains it', () => {
    const {status, stdout} = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: consent-gate lint/);
  });

  it('--version is that of the package', () => {
    assert.deepEqual(run('--version'), {
      status: 0,
      stdout: `${readJson('package.json').version}\n`,
      stderr: '',
    });
  });
});

/** @returns its lines but for notices: those depend on how much is known of a vendor */
function mistakesOf({stdout}) {
  return stdout.split('\n').filter((line) => line && !line.includes(': notice: '));
}

function inline(json) {
  return `<script type="application/json" data-consent-config>${json}</script>`;
}

function write(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function run(...args) {
  const {status, stdout, stderr} = spawnSync(process.execPath, [main, ...args], {encoding: 'utf8'});
  return {status, stdout, stderr};
}

/** One change of a text: a part of it doubled, taken out, replaced. */
const mutation = fc
  .tuple(
    fc.nat(120),
    fc.nat(6),
    fc.constantFrom('', '.', '_', '-', '=', ' ', 'A', 'z', '0', 'analytics', '.-'),
  )
  .map(
    ([at, length, other]) =>
      (text) =>
        text.slice(0, at) + other + text.slice(at + length),
  );

describe('consent-gate snippet --consent-default', () => {
  const config = {...fine, policy: {version: '2026-11-01'}};
  const file = () => write('snippet.json', JSON.stringify(config));
  const script = () =>
    /<script>(.*)<\/script>/s.exec(run('snippet', '--consent-default', '--config', file()).stdout)?.[1] ?? '';

  /** What the snippet says to Google's queue in a page with these cookies. */
  function say(cookie, {gpc} = {}) {
    const window = {};
    const context = {window, document: {cookie}, navigator: {globalPrivacyControl: gpc}};
    runInNewContext(script(), context);
    assert.equal(window.dataLayer.length, 1);
    const [command, mode, signals] = [...window.dataLayer[0]];
    assert.deepEqual([command, mode], ['consent', 'default']);
    return {...signals};
  }
  const signals = (analytics, ads, functional) => ({
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: analytics,
    functionality_storage: functional,
    personalization_storage: functional,
    security_storage: 'granted',
  });
  const now = Math.floor(Date.now() / 1000);
  const record = (lists, {version = '2026-11-01', time = now, cause = 'banner'} = {}) =>
    `consent=1.${version}.${time.toString(36)}.${cause}.${lists}.-`;
  const granting = 'analytics_advertising.-.-.-';
  const denied = signals('denied', 'denied', 'denied');

  it('is under 1 kB, and its hash is that of what it prints', () => {
    const {stderr} = run('snippet', '--consent-default', '--config', file());
    assert.ok(script().length > 300 && script().length < 1000, `${script().length}`);
    const hash = createHash('sha256').update(script()).digest('base64');
    assert.match(stderr, new RegExp(hash.replace(/[+]/g, '\\+')));
  });

  for (const [cookie, expected] of [
    ['', denied],
    ['_ga=1; theme=dark', denied],
    [record('analytics.-.-.-'), signals('granted', 'denied', 'denied')],
    [`a=1; ${record('analytics_advertising.functional.-.-')}; b=2`, signals('granted', 'granted', 'denied')],
    [record('advertising.-.-.google-ads'), denied],
    [record('-.advertising.google-ads.-'), signals('denied', 'denied', 'denied')],
    [record('functional.analytics.-.-'), signals('denied', 'denied', 'granted')],
    [record('analytics.-.-.-', {version: '2026-12-01'}), denied],
    [record(granting, {time: now - 181 * 86400}), signals('granted', 'granted', 'denied')],
    [record(granting, {time: now - 183 * 86400}), denied],
    [record(granting, {time: 0}), denied],
    [record(granting, {time: now + 3600}), signals('granted', 'granted', 'denied')],
    [record(granting, {time: now + 2 * 86400}), denied],
    [record(granting, {cause: 'XXX'}), denied],
    [record('analytics__advertising.-.-.-'), denied],
    [record('analytics_advertising_.-.-.-'), denied],
    [record(granting).replace(now.toString(36), now.toString(36).toUpperCase()), denied],
    [record(`analytics_advertising_${'x'.repeat(1000)}.-.-.-`), denied],
    [`${record(granting)}=more`, denied],
    [`${record('analytics.-.-.-')}; ${record('-.analytics.-.-')}`, denied],
    ['consent=granted', denied],
    ['xconsent=1.2026-11-01.t5k2x1.banner.analytics.-.-.-.-', denied],
  ]) {
    it(`says what holds with ${cookie.slice(0, 90) || 'no cookie'}`, () =>
      assert.deepEqual(say(cookie), expected));
  }

  it('grants nothing that the loader and the server would not read', async () => {
    const {readRecord} = await import(pathToFileURL(join(packageFolder, 'dist/esm/server/index.js')));
    const mutants = fc
      .tuple(fc.constantFrom(granting, 'analytics.advertising.-.-', '-.-.google-ads.-'), fc.array(mutation))
      .map(([lists, steps]) => steps.reduce((text, change) => change(text), record(lists)));
    const window = {};
    const document = {};
    const run = new Function('window', 'document', 'navigator', script());
    fc.assert(
      fc.property(mutants, (cookie) => {
        document.cookie = cookie;
        window.dataLayer = undefined;
        run(window, document, {});
        const said = Object.values(window.dataLayer[0][2]).slice(0, -1);
        if (said.includes('granted')) assert.ok(readRecord(cookie), cookie);
      }),
      {numRuns: 200_000},
    );
  });

  it('goes by the category in which the site has put a vendor', () => {
    const moved = {
      ...config,
      vendors: [heat, {id: 'google-analytics', tagId: 'G-ABCDEFG123', category: 'advertising'}],
    };
    const path = write('moved.json', JSON.stringify(moved));
    const {stdout} = run('snippet', '--consent-default', '--config', path);
    const window = {};
    runInNewContext(/<script>(.*)<\/script>/s.exec(stdout)[1], {
      window,
      document: {cookie: record('analytics.advertising.-.-')},
      navigator: {},
    });
    assert.equal(window.dataLayer[0][2].analytics_storage, 'denied');
  });

  it('denies where cookies cannot be read', () => {
    const window = {};
    const document = {
      get cookie() {
        throw Error('sandboxed');
      },
    };
    runInNewContext(script(), {window, document, navigator: {}});
    assert.deepEqual({...window.dataLayer[0][2]}, denied);
  });

  it('denies advertising to who sends Global Privacy Control', () => {
    const all = record('analytics_advertising_functional.-.-.-');
    assert.deepEqual(say(all, {gpc: true}), signals('granted', 'denied', 'granted'));
  });

  it('ends with 2 where it is not said which, and with 1 where the configuration has a mistake', () => {
    assert.equal(run('snippet', '--config', file()).status, 2);
    assert.equal(run('snippet', '--consent-default').status, 2);
    const bad = write('bad-snippet.json', JSON.stringify(wrong));
    assert.equal(run('snippet', '--consent-default', '--config', bad).status, 1);
  });
});

describe('consent-gate snippet --preload', () => {
  const config = {...fine, vendors: [{id: 'google-analytics', tagId: 'G-ABCDEFG123'}]};
  const print = (given = config, ...more) =>
    run('snippet', '--preload', '--config', write('preload.json', JSON.stringify(given)), ...more);
  const scriptOf = ({stdout}) => /<script>(.*)<\/script>/s.exec(stdout)?.[1] ?? '';

  /** What it asks for in a page with these cookies. */
  function preload(script, {cookie = '', lang = 'en', languages = []} = {}) {
    const asked = [];
    const ask = async (address) => {
      asked.push(address);
      throw Error('nobody hears of what does not come');
    };
    const context = {ask, document: {cookie, documentElement: {lang}}, navigator: {languages}};
    const before = Object.keys(context);
    runInNewContext(script.replaceAll('import(', 'ask('), context);
    assert.deepEqual(Object.keys(context), before, 'it leaves no name in the page');
    return asked;
  }
  const files = (language) =>
    [`prompt/${language}.js`, `disclosures/${language}/x-pixel.js`].map((file) => `/consent/${file}`);

  it('is under 500 bytes, and its hash is that of what it prints', () => {
    const outcome = print(config, '--base', '/consent/');
    const script = scriptOf(outcome);
    assert.equal(outcome.status, 0);
    assert.ok(script.length > 300 && script.length < 500, `${script.length}`);
    assert.ok(outcome.stderr.includes(createHash('sha256').update(script).digest('base64')));
    assert.doesNotMatch(script, /%/);
  });

  for (const [what, page, language] of [
    ['the language of the page', {lang: 'ja'}, 'ja'],
    ['a region of it', {lang: 'ru-RU', languages: ['ja']}, 'ru'],
    ['what the visitor reads, where the page has another', {lang: 'fr', languages: ['de', 'ja-JP']}, 'ja'],
    ['English, where there is nothing else', {lang: '', languages: ['de']}, 'en'],
    ['other cookies beside', {cookie: 'a=1; xconsent=1; consents=2'}, 'en'],
  ]) {
    it(`asks for the files of the banner: ${what}`, () => {
      const vendors = [...config.vendors, pixel];
      const script = scriptOf(print({...config, vendors}, '--base', '/consent/'));
      assert.deepEqual(preload(script, page), files(language));
    });
  }

  for (const cookie of ['consent=1.2026-11-01.t5k2x1.banner.analytics.-.-.-.-', 'a=1; consent=']) {
    it(`asks for nothing where there is a record: ${cookie}`, () => {
      assert.deepEqual(preload(scriptOf(print(config, '--base', '/consent/')), {cookie}), []);
    });
  }

  it('knows the language, the name of the cookie and the vendors of the configuration', () => {
    const vendors = [...config.vendors, pixel];
    const own = {...config, vendors, ui: {language: 'ru'}, cookie: {name: 'choice'}};
    const script = scriptOf(print(own, '--base', 'https://cdn.example/'));
    assert.deepEqual(preload(script, {cookie: 'choice=1'}), []);
    assert.deepEqual(
      preload(script, {cookie: 'consent=1', lang: 'ja'}),
      ['prompt/ru.js', 'disclosures/ru/x-pixel.js'].map((file) => `https://cdn.example/${file}`),
    );
  });

  it('throws nothing where cookies are forbidden', () => {
    const document = {
      get cookie() {
        throw Error('sandboxed');
      },
    };
    runInNewContext(scriptOf(print(config, '--base', '/consent/')), {document});
  });

  it('is what stands first in the README and in docs/configuration.md, with its hash', () => {
    const script = scriptOf(print(config, '--base', '/consent/'));
    const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
    for (const file of ['README.md', 'docs/configuration.md']) {
      const text = readFileSync(join(packageFolder, file), 'utf8');
      const [, first] = /```html\n(.*?)```/s.exec(text);
      assert.ok(first.startsWith(`<script>${script}</script>\n<script src="/consent/consent-gate.js"`), file);
      assert.ok(text.includes(hash), `${file}: ${hash}`);
    }
  });

  it('names files that there are', () => {
    const asked = preload(scriptOf(print({...config, vendors: [pixel]}, '--base', '/')), {lang: 'ja'});
    for (const address of asked) assert.ok(packageFiles.includes(`dist/cdn${address}`), address);
  });

  it('says so where nobody would be asked', () => {
    assert.match(
      print({...config, regime: 'opt-out'}, '--base', '/consent/').stderr,
      /^notice: .*nobody is asked/m,
    );
    assert.doesNotMatch(print(config, '--base', '/consent/').stderr, /notice/);
  });

  it('ends with 2 where it was called wrongly, and with 1 where the configuration has a mistake', () => {
    for (const more of [[], ['--base', '/consent'], ['--base', '"/'], ['--base', '/a/', '--consent-default']])
      assert.equal(print(config, ...more).status, 2);
    assert.equal(print(wrong, '--base', '/consent/').status, 1);
  });
});

describe('consent-gate snippet --inline', () => {
  const config = {
    ...fine,
    links: {privacyPolicy: '/privacy.html'},
    vendors: [{id: 'google-analytics', tagId: 'G-ABCDEFG123'}],
  };
  const print = (given = config, ...more) =>
    run('snippet', '--inline', '--config', write('inline.json', JSON.stringify(given)), ...more);
  const scriptOf = ({stdout}) => /<script>(.*?)<\/script>/s.exec(stdout)?.[1] ?? '';
  const inBase = ['--base', '/consent/'];
  const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('is a script in ASCII whose hash is told, with the configuration and the folder of the rest', () => {
    const outcome = print(
      {...config, controller: {...config.controller, name: '株式会社 </script><!--'}},
      ...inBase,
    );
    const script = scriptOf(outcome);
    assert.equal(outcome.status, 0, outcome.stderr);
    assert.match(script, /^[\n\x20-\x7e]*$/);
    assert.doesNotMatch(script, /<!--|\b(CONFIG|BASE|FILES|CATALOGUE)\b/);
    assert.ok(outcome.stdout.trim().endsWith('</script>'));
    assert.ok(outcome.stderr.includes(sha256(script)));
    assert.doesNotThrow(() => new Function(script));
    assert.match(script, /"\/consent\/"/);
    assert.match(script, /G-ABCDEFG123/);
  });

  it('lists the marked-up scripts of a page, in templates as well, and says that no others are let in', () => {
    const mark = 'type="text/plain" data-consent="analytics"';
    const html = `<!doctype html><title>x</title>
      <script type="application/json" data-consent-config>${JSON.stringify(config)}</script>
      <script ${mark} data-src="/heat.js"></script><script ${mark}>heat()</script>
      <template data-consent="analytics"><script data-src="/late.js"></script></template>
      <script>own()</script><script src="/own.js"></script>`;
    const {status, stdout, stderr} = run(
      'snippet',
      '--inline',
      '--config',
      write('page.html', html),
      ...inBase,
    );
    assert.equal(status, 0, stderr);
    const hash = createHash('sha256').update('heat()').digest('base64');
    assert.ok(stdout.includes(`"markup":{"src":["/heat.js","/late.js"],"sha256":["${hash}"]}`));
    assert.match(stderr, /notice: without a nonce, it lets in the marked-up scripts that `markup` lists/);
    assert.match(print(config, ...inBase).stderr, /notice: without a nonce, it lets in no marked-up script/);
  });

  it('has the vendors that the configuration names, and no others', () => {
    const own = scriptOf(print(config, ...inBase));
    assert.match(own, /googletagmanager\.com\/gtag/);
    assert.doesNotMatch(own, /fbevents|yimg|twq|tiktok/);
    const late = scriptOf(print({...config, vendors: [pixel, 'nai']}, ...inBase));
    assert.match(late, /"x-pixel twq queue"/);
    assert.match(late, /static\.ads-twitter\.com/);
    assert.doesNotMatch(late, /fbevents|tiktok/);
    assert.ok(scriptOf(print({...config, vendors: []}, ...inBase)).length < own.length);
  });

  it('has a file of ours only where this configuration needs it', () => {
    const files = (given) =>
      [...scriptOf(print(given, ...inBase)).matchAll(/"([\w/-]+\.js)":\(\)=>/g)].map(([, file]) => file);
    assert.deepEqual(files(config), []);
    assert.deepEqual(files({...config, vendors: [pixel]}), ['attend.js', 'vendors/x-pixel.js']);
    assert.deepEqual(files({...config, vendors: [{...config.vendors[0], pages: ['/shop/*']}]}), [
      'attend.js',
    ]);
    assert.deepEqual(files({...config, consentMode: {basic: false}}), ['consent-mode.js']);
  });

  describe('--first-layer', () => {
    const words = {en: 'Reject all', ja: 'すべて拒否', ru: 'Отклонить все'};

    for (const [language, word] of Object.entries(words)) {
      it(`prints the banner in ${language}, with the hash of its styles`, () => {
        const {stdout, stderr, status} = print(config, ...inBase, '--first-layer', '--language', language);
        assert.equal(status, 0, stderr);
        assert.ok(stdout.includes(`lang="${language}"`) && stdout.includes(word));
        assert.ok(stdout.includes('href="/privacy.html"'));
        assert.ok(stderr.includes(`style-src ${sha256(/<style>(.*)<\/style>/s.exec(stdout)[1])}`));
      });
    }

    it('speaks the language of the configuration', () => {
      const {stdout} = print({...config, ui: {language: 'ru'}}, ...inBase, '--first-layer');
      assert.ok(stdout.includes(words.ru));
    });

    it('keeps texts of the configuration texts', () => {
      const name = '"><img src=x onerror=alert(1)></template>';
      const {stdout} = print(
        {...config, controller: {...config.controller, name}},
        ...inBase,
        '--first-layer',
      );
      assert.doesNotMatch(stdout.split('</script>')[1] ?? '', /<img|<\/template>.*<\/template>/s);
    });
  });

  it('ends with 2 where it was called wrongly, and with 1 where the configuration has a mistake', () => {
    for (const more of [
      [],
      ['--base', '/consent'],
      [...inBase, '--preload'],
      [...inBase, '--language', 'en'],
      [...inBase, '--first-layer', '--language', 'de'],
    ])
      assert.equal(print(config, ...more).status, 2, more.join(' '));
    assert.equal(
      print({...config, ui: {language: 'ja'}}, ...inBase, '--first-layer', '--language', 'en').status,
      2,
    );
    assert.equal(
      run(
        'snippet',
        '--preload',
        '--first-layer',
        '--config',
        write('inline.json', JSON.stringify(config)),
        ...inBase,
      ).status,
      2,
    );
    assert.equal(print(wrong, ...inBase).status, 1);
  });
});
