/** Cookies of parent domains and deeper paths: swept on withdrawal, found by trial for the record, told apart when doubled. */
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, type Site, test} from '../support/site.js';

const HEATMAP = {id: 'heatmap', category: 'analytics', cookies: ['_heat*'], storage: ['heat:*']};

const parentOf = (site: Site) => new URL(site.origin).hostname.replace(/^www\./, '');

test('withdrawing removes cookies of the host, its parents and every path prefix, and no others', async ({
  site,
}) => {
  const config = {vendors: [HEATMAP, {id: 'other', category: 'advertising', cookies: ['_other']}]};
  await site.serve('/shop/shoes/page.html', pageOf({config, loader: BLOCKING_LOADER}));
  await site.remember(recordOf());
  const {page} = await site.visit('/shop/shoes/page.html');
  await page.evaluate((parent) => {
    for (const where of [
      'path=/',
      `path=/;domain=${parent}`,
      'path=/shop',
      'path=/shop/',
      'path=/shop/shoes/page.html',
    ]) {
      document.cookie = `_heat_${where.length}=1;${where}`;
      document.cookie = `_heat=1;${where}`;
    }
    document.cookie = '_other=1;path=/';
    document.cookie = 'session=1;path=/';
    localStorage.setItem('heat:a', '1');
    sessionStorage.setItem('heat:b', '1');
    localStorage.setItem('own', '1');
  }, parentOf(site));
  const left = async () => (await site.context.cookies()).filter(({name}) => name.startsWith('_heat'));
  await expect.poll(left).toHaveLength(10);
  await page.evaluate(() =>
    (window as unknown as {consentGate: {withdraw(id: string): void}}).consentGate.withdraw('heatmap'),
  );
  await expect.poll(left).toEqual([]);
  expect(Object.keys(await site.cookies()).sort()).toEqual(['_other', 'consent', 'session']);
  expect(
    await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()),
  ).toEqual(['consent', 'consent-history', 'own']);
});

test('with "widest" the choice is stored for the widest domain that takes it, and holds on another host of it', async ({
  site,
}) => {
  const config = {cookie: {domain: 'widest'}, vendors: [HEATMAP]};
  await site.serve('/page.html', pageOf({config}));
  const tab = await site.visit('/page.html');
  await tab.rejectAll();
  await expect.poll(async () => Object.keys(await site.cookies())).toEqual(['consent']);
  const [cookie] = await site.context.cookies(`${site.origin.replace('www.', 'shop.')}/`);
  expect(cookie).toMatchObject({name: 'consent', domain: `.${parentOf(site)}`, path: '/', sameSite: 'Lax'});
});

test('of several records the newest counts, and the others are removed', async ({site}) => {
  await site.serve('/page.html', pageOf({config: {vendors: [HEATMAP]}}));
  const now = Math.floor(Date.now() / 1000);
  const older = recordOf({decidedAt: now - 500});
  const newer = recordOf({
    decidedAt: now - 100,
    categories: ['essential', 'functional_analytics_advertising'],
  });
  await site.context.addCookies([
    {name: 'consent', value: newer, domain: new URL(site.origin).hostname, path: '/'},
    {name: 'consent', value: older, domain: `.${parentOf(site)}`, path: '/'},
  ]);
  const tab = await site.visit('/page.html');
  expect(await tab.granted()).toEqual(['essential']);
  await expect
    .poll(async () =>
      (await site.context.cookies()).filter(({name}) => name === 'consent').map(({value}) => value),
    )
    .toEqual([newer]);
  await tab.expectNoBanner();
});
