/** The snippet of `consent-gate snippet --preload`: the banner's files come with the loader, and for those alone who need them. */
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {LOADER, pageOf} from '../support/page.js';
import {expect, MARKETING_TAGS, recordOf, type Site, test} from '../support/site.js';

const SNIPPET = execFileSync(
  process.execPath,
  'dist/esm/cli/main.js snippet --preload --config demo/marketing.html --base /dist/cdn/'.split(' '),
  {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']},
);
const FILES = /\/dist\/cdn\/(prompt\/|(choice|ui)\.js|locales\/)/;

const putIntoHead = (site: Site) =>
  site.edit('/marketing.html', (html) => html.replace('<script', () => `${SNIPPET}<script`));

const asked = (site: Site) => site.wire.toSite().filter((path) => FILES.test(path));

test('asks for the banner without the loader', async ({site}) => {
  await putIntoHead(site);
  await site.context.route('**/consent-gate.js', (route) => route.abort());
  await site.visit('/marketing.html');
  await expect.poll(() => asked(site).sort()).toEqual(['/dist/cdn/prompt/ja.js']);
});

test('the banner and its texts are one file, fetched once', async ({site}) => {
  await putIntoHead(site);
  const tab = await site.visit('/marketing.html');
  await tab.expectBanner();
  // The page's own embed asks for the texts of its own.
  await expect
    .poll(() => asked(site).filter((path) => !path.includes('/locales/')))
    .toEqual(['/dist/cdn/prompt/ja.js', '/dist/cdn/choice.js']);
});

test('an element that is defined before the loader runs has nothing fetched twice', async ({site}) => {
  const loader = `<script type="module">
    import '/dist/cdn/elements.js';
    document.head.append(Object.assign(document.createElement('script'), {src: '/dist/cdn/consent-gate.js'}));
  </script>`;
  const body = '<consent-embed vendor="youtube" video="M7lc1UVf-VE"></consent-embed>';
  const controller = {name: 'Example Inc.', contact: 'mailto:privacy@shop.example'};
  await site.serve('/late.html', pageOf({config: {controller, vendors: ['youtube']}, loader, body}));
  const tab = await site.visit('/late.html');
  await tab.expectBanner();
  await site.wire.quiet();
  expect(
    asked(site)
      .filter((path) => !path.includes('/locales/'))
      .sort(),
  ).toEqual(['/dist/cdn/choice.js', '/dist/cdn/prompt/en.js']);
});

const HASH = `'sha256-${createHash('sha256')
  .update(/<script>(.*)<\/script>/s.exec(SNIPPET)?.[1] ?? '')
  .digest('base64')}'`;

for (const [what, policy, nonce] of [
  ['hashes', `script-src 'self' ${HASH}; style-src 'self'`, ''],
  ['nonces', "script-src 'nonce-R4nd0m' 'strict-dynamic'; style-src 'self'", 'R4nd0m'],
] as const) {
  test(`under a policy of ${what} it asks for the banner, once, and nothing is refused`, async ({site}) => {
    const withNonce = (html: string) => (nonce ? html.replace('<script', `<script nonce="${nonce}"`) : html);
    const page = pageOf({
      config: {policy: {version: '2026-11-01'}},
      nonce,
      loader: withNonce(SNIPPET) + withNonce(LOADER),
    });
    await site.serve('/strict.html', {html: page, headers: {'content-security-policy': policy}});
    let held = true;
    // The loader is late: what is asked for until then, the snippet has asked for.
    await site.context.route('**/consent-gate.js', async (route) => {
      await expect.poll(() => asked(site)).toEqual(['/dist/cdn/prompt/en.js']);
      held = false;
      await route.fallback();
    });
    const tab = await site.visit('/strict.html');
    await tab.expectBanner();
    expect(held).toBe(false);
    await expect.poll(() => asked(site)).toEqual(['/dist/cdn/prompt/en.js', '/dist/cdn/choice.js']);
    await tab.rejectAll();
    await expect.poll(async () => (await tab.state()).decided).toBe(true);
  });
}

test('asks for nothing where there is a record', async ({site}) => {
  await putIntoHead(site);
  await site.remember(recordOf());
  await site.visit('/marketing.html');
  await site.expectTags(MARKETING_TAGS);
  // The loader itself has `choice.js` copy a record that only a cookie has.
  expect(asked(site).filter((path) => !path.endsWith('/choice.js'))).toEqual([]);
});
