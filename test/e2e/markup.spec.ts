/** Tags that authors marked up: each kind runs once granted, in order, as it was written, and only if it may. */
import {pageOf} from '../support/page.js';
import {expect, recordOf, type Site, type Tab, test} from '../support/site.js';
import {expectRan, external, inline, ran, say, serveTags, VENDOR} from '../support/tags.js';

const PATH = '/page.html';
const config = {policy: {version: '2026-11-01'}};

/** Opens a page with this markup in its body. */
async function visitPage(
  site: Site,
  body: string,
  parts: Partial<Parameters<typeof pageOf>[0]> = {},
): Promise<Tab> {
  await serveTags(site);
  await site.serve(PATH, pageOf({config, body, ...parts}));
  return site.visit(PATH);
}

test('every kind of element asks for nothing before it is granted, and works once it is', async ({site}) => {
  await site.context.route(/\/styles\.css$/, (route) =>
    route.fulfill({contentType: 'text/css', body: 'h1 { color: rgb(1, 2, 3); }'}),
  );
  const tab = await visitPage(
    site,
    `${external('external')}
    ${inline('inline')}
    <script type="text/plain" data-consent="analytics" data-type="module">import '${VENDOR}/tags/imported.js'; ${say('module')}</script>
    <iframe data-consent="functional" data-src="${VENDOR}/embed/video" title="Video"></iframe>
    <img data-consent="advertising" data-src="${VENDOR}/pixel.gif?kind=img" alt="">
    <link data-consent="functional" data-href="${VENDOR}/styles.css" rel="stylesheet">
    <template data-consent="advertising">
      <p id="from-template">From the template</p>
      <!-- Firefox fetches ahead of its parser what stands in src, be it in a template: hence data-src. -->
      <script data-src="${VENDOR}/tags/templated.js"></script>
      <script>${say('templated inline')}</script>
      <iframe src="${VENDOR}/embed/other" title="Other"></iframe>
      <img data-src="${VENDOR}/pixel.gif?kind=template" alt="">
    </template>`,
  );
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await ran(tab)).toEqual([]);
  await expect(tab.page.locator('#from-template')).toHaveCount(0);
  await tab.acceptAll();
  await site.expectTags([
    '/embed/other',
    '/embed/video',
    '/pixel.gif?kind=img',
    '/pixel.gif?kind=template',
    '/styles.css',
    '/tags/external.js',
    '/tags/imported.js',
    '/tags/templated.js',
  ]);
  expect((await ran(tab)).sort()).toEqual([
    'external',
    'imported',
    'inline',
    'module',
    'templated',
    'templated inline',
  ]);
  await expect(tab.page.locator('h1')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(tab.page.locator('#from-template')).toBeVisible();
});

test('pictures, posters, objects and players ask for nothing before they are granted, and again once denied', async ({
  site,
  browserName,
}) => {
  await site.context.route(/\/media\//, (route) =>
    route.fulfill({contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>'}),
  );
  const at = (name: string) => `${VENDOR}/media/${name}`;
  const tab = await visitPage(
    site,
    `<img data-consent="functional" data-srcset="${at('srcset')} 1x" alt="">
    <picture data-consent="functional">
      <source data-srcset="${at('picture-source')} 1x"><img data-src="${at('picture-img')}" alt="">
    </picture>
    <picture><source data-consent="functional" data-srcset="${at('lone-source')} 1x"><img src="data:," alt=""></picture>
    <video data-consent="functional" data-poster="${at('poster')}" preload="none" width="9" height="9"></video>
    <video data-consent="functional" preload="auto" muted><source data-src="${at('video-source')}" type="video/mp4"></video>
    <video preload="auto" muted><source data-consent="functional" data-src="${at('lone-video-source')}" type="video/mp4"></video>
    <object data-consent="functional" data-data="${at('object')}" type="image/svg+xml"></object>
    <link data-consent="functional" rel="preload" as="image" data-imagesrcset="${at('preloaded')} 1x">
    <template data-consent="functional"><img data-srcset="${at('templated')} 1x" alt=""><object data-data="${at('templated-object')}" type="image/svg+xml"></object></template>`,
  );
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  const names = [
    ...['lone-source', 'lone-video-source', 'object', 'picture-source', 'poster', 'preloaded', 'srcset'],
    ...['templated', 'templated-object', 'video-source'],
  ];
  // Firefox asks for an object, and a player for its video, as often as it likes.
  const asked = () => [...new Set(site.wire.tags())];
  await expect.poll(asked).toEqual(names.map((name) => `/media/${name}`));
  await site.wire.quiet();
  expect(asked(), browserName).toEqual(names.map((name) => `/media/${name}`));

  await tab.choose({functional: false});
  await expect(tab.page.locator('object, picture img:not([src="data:,"])').first()).not.toHaveAttribute(
    'src',
  );
  site.wire.forget();
  await tab.reload();
  await tab.expectNoBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('a frame that was let in is not brought back by a reload once the choice is gone', async ({site}) => {
  // Firefox reopens the frames of a page that is reloaded where they were, whatever their markup says.
  const tab = await visitPage(
    site,
    `<iframe data-consent="functional" data-src="${VENDOR}/embed/video" title="Video"></iframe>`,
  );
  await tab.acceptAll();
  await site.expectTags(['/embed/video']);
  site.wire.forget();
  await tab.untilReloaded(() => tab.page.evaluate(() => location.reload()));
  await site.expectTags(['/embed/video']);
  site.wire.forget();
  await site.context.clearCookies();
  await tab.untilReloaded(() =>
    tab.page.evaluate(() => {
      localStorage.clear();
      location.reload();
    }),
  );
  await tab.expectBanner();
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
});

test('only the elements of a granted category are let in', async ({site}) => {
  const tab = await visitPage(
    site,
    `${external('measured')}${external('advertised', 'data-consent="advertising"')}
    <img data-consent="advertising" data-src="${VENDOR}/pixel.gif" alt="">
    <template data-consent="advertising"><script data-src="${VENDOR}/tags/templated.js"></script></template>`,
  );
  await tab.choose({analytics: true});
  await site.expectTags(['/tags/measured.js']);
  expect(await ran(tab)).toEqual(['measured']);
});

test('inside a vendor tags run in their order: an inline script waits for the slow one before it', async ({
  site,
}) => {
  const ofVendor = 'data-consent="analytics" data-vendor="heat"';
  const tab = await visitPage(
    site,
    external('slow-library', ofVendor) + inline('uses library', ofVendor) + external('plugin', ofVendor),
    {
      config: {...config, vendors: [{id: 'heat', category: 'analytics'}]},
    },
  );
  await tab.acceptAll();
  await expectRan(tab, ['slow-library', 'uses library', 'plugin']);
});

test('a slow, a hanging and a failing vendor delay no other', async ({site}) => {
  const of = (vendor: string) => `data-consent="analytics" data-vendor="${vendor}"`;
  const tab = await visitPage(
    site,
    `${external('hanging-a', of('a'))}${inline('after hanging', of('a'))}
    ${external('failed-b', of('b'))}${inline('after failed', of('b'))}
    ${external('slow-c', of('c'))}${inline('after slow', of('c'))}
    ${external('quick', of('d'))}${inline('after quick', of('d'))}`,
    {config: {...config, vendors: ['a', 'b', 'c', 'd'].map((id) => ({id, category: 'analytics'}))}},
  );
  await tab.acceptAll();
  // The whole of the quick vendor comes before the slow one has answered, let alone the one that never does.
  await expectRan(tab, ['quick', 'after quick', 'slow-c', 'after slow']);
  await site.wire.quiet();
  // What depends on a script that failed, or is not there yet, does not run.
  expect(await ran(tab)).toEqual(['quick', 'after quick', 'slow-c', 'after slow']);
});

test('attributes and id go over to the script that runs', async ({site}) => {
  const tab = await visitPage(
    site,
    external(
      'described',
      'data-consent="analytics" id="heat" crossorigin="anonymous" referrerpolicy="no-referrer" data-site="7"',
    ),
  );
  await tab.acceptAll();
  await expectRan(tab, ['described']);
  const script = tab.page.locator('script#heat');
  await expect(script).toHaveCount(1);
  await expect(script).toHaveAttribute('src', `${site.vendorOrigin}/tags/described.js`);
  await expect(script).toHaveAttribute('crossorigin', 'anonymous');
  await expect(script).toHaveAttribute('referrerpolicy', 'no-referrer');
  await expect(script).toHaveAttribute('data-site', '7');
});

test('elements that are added later are let in, each once', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitPage(site, '<div id="place"></div><template id="plain"><p>no tag</p></template>');
  await tab.expectNoBanner();
  await tab.page.evaluate((vendor) => {
    const place = document.querySelector('#place') as HTMLElement;
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset['consent'] = 'analytics';
    script.dataset['src'] = `${vendor}/tags/appended.js`;
    place.append(script);
    place.insertAdjacentHTML(
      'beforeend',
      `<div><script type="text/plain" data-consent="analytics" src="${vendor}/tags/inner-html.js"></script></div>
      <iframe data-consent="functional" data-src="${vendor}/embed/late" title="Late"></iframe>`,
    );
    const template = document.createElement('template');
    template.innerHTML = `<section><script type="text/plain" data-consent="analytics" src="${vendor}/tags/cloned.js"></script></section>`;
    place.append(template.content.cloneNode(true));
    // Moved about, as frameworks do: still the same tag.
    place.append(script);
    document.body.append(script);
  }, site.vendorOrigin);
  await site.expectTags(['/embed/late', '/tags/appended.js', '/tags/cloned.js', '/tags/inner-html.js']);
  expect((await ran(tab)).sort()).toEqual(['appended', 'cloned', 'inner-html']);
});

test('elements that are added later while nothing is granted wait', async ({site}) => {
  const tab = await visitPage(site, '');
  await tab.expectBanner();
  await tab.page.evaluate(
    (html) => {
      document.body.insertAdjacentHTML('beforeend', html);
    },
    external('late').replace(VENDOR, site.vendorOrigin),
  );
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  await tab.acceptAll();
  await expectRan(tab, ['late']);
});

test('the same script marked up twice runs once', async ({site}) => {
  const tab = await visitPage(site, external('same') + external('same'));
  await tab.acceptAll();
  await site.expectTags(['/tags/same.js']);
  expect(await ran(tab)).toEqual(['same']);
});

test('a category that does not exist is never let in, and is reported once', async ({site}) => {
  const typo = external('typo', 'data-consent="analitics"');
  const tab = await visitPage(site, `${typo}${typo}${external('right')}`);
  await tab.acceptAll();
  await site.expectTags(['/tags/right.js']);
  expect(await ran(tab)).toEqual(['right']);
  await expect.poll(() => site.warnings.filter((warning) => warning.includes('analitics'))).toHaveLength(1);
});

test('a vendor that is denied stays out although its category is granted', async ({site}) => {
  const tab = await visitPage(
    site,
    external('heat', 'data-consent="analytics" data-vendor="heat"') +
      external('other', 'data-consent="analytics" data-vendor="undeclared"'),
    {config: {...config, vendors: ['heat', 'cold'].map((id) => ({id, category: 'analytics'}))}},
  );
  await tab.choose({analytics: true, heat: false});
  // Markup whose vendor nobody declared follows its category.
  await site.expectTags(['/tags/other.js']);
});

test('an address that would run by itself is refused in a script and in a frame', async ({site}) => {
  await site.remember(recordOf());
  const tab = await visitPage(
    site,
    `<script type="text/plain" data-consent="analytics" data-src="javascript:${say('javascript')}"></script>
    <script type="text/plain" data-consent="analytics" data-src="data:text/javascript,${say('data')}"></script>
    <iframe data-consent="functional" data-src="javascript:parent.ran = ['frame']" title="Frame"></iframe>
    ${inline('allowed', 'data-consent="analytics" data-vendor="other"')}`,
  );
  await expectRan(tab, ['allowed']);
  await expect(tab.page.locator('iframe')).not.toHaveAttribute('src');
  await site.wire.quiet();
  expect(await ran(tab)).toEqual(['allowed']);
  expect(site.warnings).toContainEqual(expect.stringMatching(/https:.*javascript:|javascript:.*https:/));
});
