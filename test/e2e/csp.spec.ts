/** The policy that `consent-gate csp` prints for a page is enough for all that the page lets in, and it is that of the page. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pageOf} from '../support/page.js';
import {REAL_TAGS, useRealAddresses} from '../support/real-addresses.js';
import {expect, type Site, type Tab, test} from '../support/site.js';
import {external, inline, serveTags, VENDOR, vendorOf} from '../support/tags.js';

const NONCE = 'bm9uY2U';
const MODES = ['--nonce', '--host-list'] as const;

interface Policy {
  readonly header: string;
  readonly notes: string;
}

/** What the command prints for a page. */
function policyFor(html: string, mode: string): Policy {
  const folder = mkdtempSync(join(tmpdir(), 'consent-gate-csp-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, html);
    const args = ['dist/esm/cli/main.js', 'csp', '--config', file, mode];
    const {status, stdout, stderr} = spawnSync(process.execPath, args, {encoding: 'utf8'});
    expect(status, stderr).toBe(0);
    return {header: stdout.trim().replace('{NONCE}', NONCE), notes: stderr};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Opens the page under the policy; violations are noted from the start. */
async function visitUnder(site: Site, html: string, {header}: Policy): Promise<Tab> {
  const [name = '', ...value] = header.split(': ');
  await site.context.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, {violations});
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  await site.serve('/marketing.html', {
    html: header.includes(NONCE) ? html.replaceAll('<script', `<script nonce="${NONCE}"`) : html,
    headers: {[name]: value.join(': ')},
  });
  return site.visit('/marketing.html');
}

const violations = ({page}: Tab) =>
  page.evaluate(() => (window as unknown as {violations: string[]}).violations);

for (const mode of MODES) {
  test(`under csp ${mode}, the marketing page lets everything in, and nothing is violated`, async ({
    site,
  }) => {
    // Without the overrides of the demo, tags have their real addresses.
    const html = readFileSync('demo/marketing.html', 'utf8')
      .replace(/("tagId": "[^"]+"), "src": "[^"]+"/g, '$1')
      .replaceAll(VENDOR, site.vendorOrigin);
    const policy = policyFor(html, mode);
    await useRealAddresses(site);
    const tab = await visitUnder(site, html, policy);
    await tab.expectBanner();
    expect(site.wire.toVendors()).toEqual([]);
    await tab.acceptAll();
    await site.expectTags(REAL_TAGS);
    expect(site.wire.hits().length).toBeGreaterThan(2);
    expect(await violations(tab)).toEqual([]);
  });

  test(`under csp ${mode}, what the page names runs, and what it does not name is blocked`, async ({
    site,
  }) => {
    await serveTags(site);
    const csp = {'connect-src': [site.vendorOrigin]};
    const html = pageOf({
      config: {
        policy: {version: '1'},
        controller: {name: 'E', contact: 'mailto:a@e.example'},
        vendors: [{...vendorOf('own'), csp}],
      },
      body: `${inline('inline')}${external('external', 'data-consent="analytics"')}
        <iframe data-consent="functional" data-src="${VENDOR}/embed/video" title="Video"></iframe>`,
    })
      .replace('data:,', '/favicon.ico')
      .replaceAll(VENDOR, site.vendorOrigin);
    const tab = await visitUnder(site, html, policyFor(html, mode));
    await tab.acceptAll();
    await site.expectTags(['/embed/video', '/tags/external.js', '/tags/own.js']);
    expect(await violations(tab)).toEqual([]);
    await tab.page.evaluate(() => {
      new Image().src = 'https://stranger.example/pixel.gif';
    });
    await expect.poll(() => violations(tab)).toContainEqual(expect.stringContaining('stranger.example'));
  });
}
