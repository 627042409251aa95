/**
 * The core of the end-to-end tests in WebKitGTK: the built files on the demo pages, asserted on what the vendors' server
 * received. The other engines, and Playwright's own WebKit, run all of test/e2e.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {Key} from 'selenium-webdriver';
import {eventually, openSite} from './visitor.mjs';

const GOOGLE = '/gtag/js?id=G-DEMO123456';
const YAHOO = '/images/listing/tool/cv/ytag.js';
const META = '/en_US/fbevents.js';
const POLICY_TAGS = [GOOGLE, YAHOO, META];
const MARKETING_TAGS = [...POLICY_TAGS, '/embed/first-lesson', '/pixel.gif?a8=demo', '/widget.js'];
const YAHOO_COOKIES = ['_ycl_yjad', '_yjsu_yjad'];
const OTHER_COOKIES = ['_fbp', '_ga', '_ga_DEMO123456', '_gcl_au'];
const NONCE = 'bm9uY2U';

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.stop());

/** A visitor who accepted everything on that page, and is still there. */
async function acceptEverything(test, path, tags) {
  const visitor = await site.visit(test);
  await visitor.goTo(path);
  await visitor.press('accept-all');
  await visitor.expectTags(tags);
  return visitor;
}

describe('before a choice', () => {
  for (const path of ['/marketing.html', '/policy.html', '/spa.html'])
    it(`${path} asks no vendor for anything and keeps nothing`, async (test) => {
      const visitor = await site.visit(test);
      await visitor.goTo(path);
      await visitor.expectBanner();
      await visitor.expectNothing();
      assert.deepEqual(await visitor.cookies(), {});
      assert.deepEqual(await visitor.storage(), {});
    });

  it('the banner stands at the foot of the window, in Japanese, with two buttons of one size', async (test) => {
    const visitor = await site.visit(test);
    await visitor.goTo('/marketing.html');
    await visitor.expectBanner();
    const look = (action) =>
      visitor.evaluate(
        `const {left, top, width, height} = arguments[0].getBoundingClientRect();
        const host = document.elementFromPoint(left + width / 2, top + height / 2);
        return {width, height, inFront: host?.localName, text: arguments[0].textContent.trim()};`,
        action,
      );
    const accept = await look(await visitor.button('accept-all'));
    const reject = await look(await visitor.button('reject-all'));
    assert.deepEqual([reject.text, accept.text], ['すべて拒否', 'すべて許可']);
    assert.deepEqual([reject.inFront, accept.inFront], ['consent-banner', 'consent-banner']);
    assert.deepEqual([reject.width, reject.height], [accept.width, accept.height]);
    assert.ok(accept.height >= 24 && accept.width >= 80, 'it has its styles');
    const foot = await visitor.evaluate(
      `return innerHeight - document.querySelector('consent-banner').getBoundingClientRect().bottom`,
    );
    assert.ok(Math.abs(foot) < 1, `${foot} px below the banner`);
  });
});

describe('accepting', () => {
  it('lets in every declared tag once, now and on the next page, and is not asked again', async (test) => {
    const visitor = await acceptEverything(test, '/marketing.html', MARKETING_TAGS);
    await eventually(visitor.cookieNames, [...OTHER_COOKIES, '_yjsu_yjad', 'consent'].sort());
    visitor.forget();
    await visitor.reload();
    await visitor.expectTags(MARKETING_TAGS);
    await visitor.expectNoBanner();
  });

  it('is remembered: the next page downloads no UI and no language', async (test) => {
    const visitor = await acceptEverything(test, '/policy.html', POLICY_TAGS);
    visitor.forget();
    await visitor.goTo('/marketing.html');
    await visitor.expectTags(MARKETING_TAGS);
    // The page brings its embed's code along, whoever visits it.
    const files = visitor.asked().filter((path) => path.startsWith('/dist/'));
    assert.deepEqual(files.sort(), [
      '/dist/cdn/consent-gate.js',
      '/dist/cdn/elements/consent-embed.js',
      '/dist/cdn/fetchers.js',
    ]);
  });

  it('analytics alone lets in Google’s tag alone, with advertising denied', async (test) => {
    const visitor = await site.visit(test);
    await visitor.goTo('/marketing.html');
    await visitor.press('preferences');
    await visitor.press('close');
    await visitor.expectBanner();
    await visitor.press('preferences');
    await eventually(visitor.focused, 'h2');
    await visitor.tabTo('analytics');
    await visitor.keys(Key.SPACE);
    await visitor.press('save');
    await visitor.expectTags([GOOGLE]);
    await eventually(
      () => visitor.reports().map(({vendor, query}) => `${vendor} ${query.gcs}`),
      ['google-analytics G101'],
    );
    await eventually(visitor.cookieNames, ['_ga', '_ga_DEMO123456', 'consent']);
  });

  it('works in a single-page application that uses the package', async (test) => {
    const visitor = await acceptEverything(test, '/spa.html', [GOOGLE, META]);
    assert.ok((await visitor.cookieNames()).includes('consent-spa'));
  });
});

describe('rejecting', () => {
  it('lets nothing in, now and on the next pages, and is not asked again', async (test) => {
    const visitor = await site.visit(test);
    await visitor.goTo('/marketing.html');
    await visitor.press('reject-all');
    await eventually(visitor.isBannerVisible, false);
    await visitor.reload();
    await visitor.expectNoBanner();
    await visitor.goTo('/policy.html');
    await visitor.expectNoBanner();
    await visitor.expectNothing();
    assert.deepEqual(await visitor.granted(), ['essential']);
    await eventually(visitor.cookieNames, ['consent']);
    assert.deepEqual(Object.keys(await visitor.storage()).sort(), ['consent', 'consent-history']);
  });
});

describe('withdrawing', () => {
  it('by a link denies one vendor before its tag is asked for, and removes its cookies', async (test) => {
    const visitor = await acceptEverything(test, '/marketing.html?yclid=click', MARKETING_TAGS);
    await eventually(visitor.cookieNames, [...YAHOO_COOKIES, ...OTHER_COOKIES, 'consent'].sort());
    visitor.forget();
    await visitor.goTo('/policy.html#consent-opt-out=yahoo-japan-ads');
    await visitor.expectBanner();
    await visitor.expectTags([GOOGLE, META]);
    await eventually(visitor.cookieNames, [...OTHER_COOKIES, 'consent'].sort());
    assert.ok(!visitor.reports().some(({vendor}) => vendor === 'yahoo-japan-ads'));
    visitor.forget();
    await visitor.goTo('/marketing.html');
    await visitor.expectTags(MARKETING_TAGS.filter((tag) => tag !== YAHOO));
  });

  it('by a link in a page where the tag has run reloads it once, and can be undone', async (test) => {
    const visitor = await acceptEverything(test, '/policy.html', POLICY_TAGS);
    visitor.forget();
    const link = await visitor.evaluate(
      `return document.querySelector('a[href="#consent-opt-out=yahoo-japan-ads"]')`,
    );
    await visitor.untilReloaded(() => link.click());
    await visitor.expectTags([GOOGLE, META]);
    assert.equal(visitor.asked().filter((path) => path === '/policy.html').length, 1);
    await eventually(visitor.cookieNames, [...OTHER_COOKIES, 'consent'].sort());
    await visitor.press('undo');
    await visitor.expectTags(POLICY_TAGS);
  });

  it('in one tab reaches the other', async (test) => {
    const visitor = await acceptEverything(test, '/policy.html', POLICY_TAGS);
    // `window.name` outlives the reload.
    const note = `document.addEventListener('consent-change', () => { window.name = 'heard'; });`;
    await visitor.evaluate(note);
    const first = await visitor.driver.getWindowHandle();
    const second = await visitor.openTab();
    await visitor.goTo('/policy.html');
    await visitor.granted();
    await visitor.evaluate(note);
    await visitor.expectTags([...POLICY_TAGS, ...POLICY_TAGS]);
    visitor.forget();
    // The driver opens a tab without bringing it to the front: the first is the one that somebody looks at.
    await visitor.driver.switchTo().window(first);
    await visitor.evaluate(`document.querySelector('a[href="#consent"]').click()`);
    await visitor.untilReloaded(() => visitor.press('reject-all'));
    assert.equal(await visitor.evaluate('return window.name'), 'heard');
    await visitor.expectTags([]);
    await eventually(visitor.cookieNames, ['consent']);
    // The other one is loaded anew once somebody looks at it; until then it lets nobody in.
    await visitor.driver.switchTo().window(second);
    await eventually(() => visitor.evaluate('return window.name'), 'heard');
    assert.deepEqual(await visitor.granted(), ['essential']);
    assert.equal(visitor.asked().filter((path) => path === '/policy.html').length, 1);
    await visitor.expectTags([]);
  });

  it('holds on a page that the back button brings back as it was left', async (test) => {
    const visitor = await acceptEverything(test, '/marketing.html', MARKETING_TAGS);
    await visitor.evaluate(
      `addEventListener('pageshow', ({persisted}) => { window.name = 'persisted: ' + persisted; })`,
    );
    await visitor.goTo('/policy.html#consent-opt-out');
    await visitor.expectBanner();
    visitor.forget();
    await visitor.driver.navigate().back();
    await eventually(visitor.granted, ['essential']);
    assert.equal(await visitor.evaluate('return window.name'), 'persisted: true');
    await visitor.expectTags([]);
    await eventually(visitor.cookieNames, ['consent']);
  });
});

describe('the keyboard', () => {
  it('rejects everything, and accepting is one step away', async (test) => {
    const visitor = await site.visit(test);
    await visitor.goTo('/marketing.html');
    await visitor.expectBanner();
    await visitor.tabTo('accept-all');
    await visitor.driver.actions().keyDown(Key.SHIFT).sendKeys(Key.TAB).keyUp(Key.SHIFT).perform();
    assert.equal(await visitor.focused(), 'reject-all');
    await visitor.keys(Key.SPACE);
    await eventually(visitor.isBannerVisible, false);
    assert.deepEqual(await visitor.granted(), ['essential']);
    await visitor.expectNothing();
  });

  it('opens the preferences, and Escape closes them, writes nothing and gives the focus back', async (test) => {
    const visitor = await site.visit(test);
    await visitor.goTo('/marketing.html');
    await visitor.expectBanner();
    await visitor.tabTo('preferences');
    await visitor.keys(Key.ENTER);
    await eventually(visitor.focused, 'h2');
    await visitor.tabTo('advertising');
    await visitor.keys(Key.SPACE);
    await visitor.keys(Key.ESCAPE);
    await eventually(visitor.focused, 'preferences');
    await visitor.expectNothing();
    assert.deepEqual(await visitor.cookies(), {});
  });
});

describe('under a Content Security Policy', () => {
  it('with a nonce, Trusted Types and no inline style, the banner is styled and nothing is violated', async (test) => {
    const {vendorOrigin} = site;
    const config = {
      policy: {version: '2026-11-01'},
      vendors: [{id: 'google-analytics', tagId: 'G-DEMO123456', src: `${vendorOrigin}${GOOGLE}`}],
    };
    site.serve('/strict.html', {
      headers: {
        'content-security-policy': [
          `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
          "style-src 'self'",
          "require-trusted-types-for 'script'",
          "trusted-types consent-gate lit-html 'allow-duplicates'",
        ].join('; '),
      },
      html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A page of the tests</title>
<script nonce="${NONCE}">
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => {
    violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
</script>
<script nonce="${NONCE}" type="application/json" data-consent-config>${JSON.stringify(config)}</script>
<script nonce="${NONCE}" src="/dist/cdn/consent-gate.js" async></script>
<script nonce="${NONCE}" type="text/plain" data-consent="functional" src="${vendorOrigin}/widget.js"></script>
<script type="text/plain" data-consent="functional" src="${vendorOrigin}/smuggled.js"></script>
<h1>A page of the tests</h1>`,
    });
    const visitor = await site.visit(test);
    await visitor.goTo('/strict.html');
    await visitor.expectBanner();
    await visitor.expectNothing();
    assert.equal(
      await visitor.evaluate(`return getComputedStyle(document.querySelector('consent-banner')).position`),
      'fixed',
    );
    await visitor.press('accept-all');
    await visitor.expectTags([GOOGLE, '/widget.js']);
    assert.deepEqual(await visitor.evaluate('return violations'), []);
  });
});
