/** After a choice in part: what was granted, and nothing beside it. */
import {REAL_TAGS, useRealAddresses} from '../support/real-addresses.js';
import {expect, test} from '../support/site.js';

interface GoogleWindow {
  dataLayer: ArrayLike<unknown>[];
}

test('analytics alone lets in Google’s tag alone, for Analytics alone, with advertising denied', async ({
  site,
}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html?gclid=click');
  await tab.choose({analytics: true});
  await site.expectTags(['https://www.googletagmanager.com/gtag/js?id=G-DEMO123456']);
  const commands = await tab.page.evaluate(() =>
    [...(window as unknown as GoogleWindow).dataLayer].map((entry) => [...(entry as unknown[])].slice(0, 3)),
  );
  expect(commands.filter(([command]) => command === 'config')).toEqual([['config', 'G-DEMO123456']]);
  expect(commands.filter(([, kind]) => kind === 'update')).toEqual([
    [
      'consent',
      'update',
      {
        ad_storage: 'denied',
        ad_user_data: 'denied',
        ad_personalization: 'denied',
        analytics_storage: 'granted',
        functionality_storage: 'denied',
        personalization_storage: 'denied',
        security_storage: 'granted',
      },
    ],
  ]);
  expect(
    site.wire.hits().map(({hostname, searchParams}) => `${hostname} ${searchParams.get('gcs')}`),
  ).toEqual(['www.google-analytics.com G101']);
  expect(Object.keys(await site.cookies()).sort()).toEqual(['_ga', '_ga_DEMO123456', 'consent']);
});

test('Google Ads alone lets in Google’s tag for Ads alone, with analytics denied', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.choose({'google-ads': true});
  await site.expectTags(['https://www.googletagmanager.com/gtag/js?id=AW-123456789']);
  expect(
    site.wire.hits().map(({hostname, searchParams}) => `${hostname} ${searchParams.get('gcs')}`),
  ).toEqual(['googleads.g.doubleclick.net G110']);
  expect(Object.keys(await site.cookies()).sort()).toEqual(['_gcl_au', 'consent']);
});

test('one vendor of a category is let in without the others', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.choose({'yahoo-japan-ads': true});
  await site.expectTags(['https://s.yimg.jp/images/listing/tool/cv/ytag.js']);
  expect(await tab.granted()).toEqual(['essential', 'yahoo-japan-ads']);
});

test('one vendor of a granted category stays out, now and on the next page', async ({site}) => {
  await useRealAddresses(site);
  const allButMeta = REAL_TAGS.filter((address) => !address.includes('facebook'));
  const tab = await site.visit('/marketing.html');
  await tab.choose({functional: true, analytics: true, advertising: true, 'meta-pixel': false});
  await site.expectTags(allButMeta);
  site.wire.forget();
  await tab.reload();
  await site.expectTags(allButMeta);
  expect(Object.keys(await site.cookies())).not.toContain('_fbp');
});

test('what is granted later in the same page joins in, once', async ({site}) => {
  await useRealAddresses(site);
  const tab = await site.visit('/marketing.html');
  await tab.choose({analytics: true});
  await site.expectTags(['https://www.googletagmanager.com/gtag/js?id=G-DEMO123456']);
  await tab.choose({'google-ads': true});
  // One gtag.js serves both: Ads joins it by configuration alone.
  await expect
    .poll(() => site.wire.hits().map(({hostname, searchParams}) => `${hostname} ${searchParams.get('gcs')}`))
    .toEqual(['www.google-analytics.com G101', 'googleads.g.doubleclick.net G111']);
  await site.expectTags(['https://www.googletagmanager.com/gtag/js?id=G-DEMO123456']);
});

test('the functional category alone shows the video and the reviews, and no advertiser hears of it', async ({
  site,
}) => {
  const tab = await site.visit('/marketing.html');
  await tab.choose({functional: true});
  await site.expectTags(['/embed/first-lesson', '/widget.js']);
  await expect(tab.page.frameLocator('iframe[data-vendor="demo-video"]').getByRole('button')).toBeVisible();
  await expect(tab.page.locator('#reviews blockquote')).toHaveCount(3);
  expect(
    site.wire
      .hits()
      .map(({pathname}) => pathname)
      .sort(),
  ).toEqual(['/collect/demo-reviews', '/collect/demo-video']);
});
