/** The page that lists the recipients: complete, live, quiet, and there without scripts too. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from '../support/site.js';

const PAGE = '/disclosure.html';
const root = fileURLToPath(new URL('../..', import.meta.url));

const text = readFileSync(`${root}demo${PAGE}`, 'utf8');

/** Ids of the vendors in the configuration of the page. */
const configured: string[] = JSON.parse(
  /data-consent-config>(.*?)<\/script>/s.exec(text)?.[1] ?? '',
).vendors.map((vendor: string | {id: string}) => (typeof vendor === 'string' ? vendor : vendor.id));

test('shows every vendor of the configuration, and asks none of them for anything', async ({site}) => {
  const {page} = await site.visit(PAGE);
  const notice = page.locator('consent-disclosure[profile=jp]');
  await expect(notice.locator('[data-vendor]').first()).toBeVisible();
  const shown = await notice
    .locator('[data-vendor]')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset['vendor']));
  expect(shown.sort()).toEqual([...configured].sort());
  for (const block of await notice.locator('dl').all()) {
    const terms = await block.locator('dt').allInnerTexts();
    expect(terms.slice(0, 3)).toEqual(['送信先', '送信される情報', '利用目的']);
  }
  await site.wire.quiet();
  expect(site.wire.toVendors()).toEqual([]);
  expect(await site.received()).toEqual([]);
});

test('knows the cookies of a vendor whose file has not been fetched', async ({site}) => {
  const {page} = await site.visit(PAGE);
  await expect(page.locator('consent-disclosure[profile=jp] [data-vendor=x-pixel]')).toContainText(
    '_twclid（90日）',
  );
  expect(site.wire.toSite()).not.toContain('/dist/cdn/vendors/x-pixel.js');
});

test('follows a grant and a withdrawal', async ({site}) => {
  const {page, acceptAll} = await site.visit(PAGE);
  const states = page.locator('consent-disclosure[category=advertising] [part=state]');
  await expect(states).toHaveCount(5);
  for (const state of await states.all()) await expect(state).toHaveText('オフ（送信しない）');
  await acceptAll();
  for (const state of await states.all()) await expect(state).toHaveText('オン（送信する）');
  const meta = page.locator('consent-disclosure[category=advertising] [data-vendor=meta-pixel]');
  await meta.getByRole('link', {name: '設定を変更する'}).click();
  await expect(page.locator('consent-preferences input[data-vendor=meta-pixel]')).toBeFocused();
});

test('does not scroll sideways on a phone', async ({site}) => {
  const {page} = await site.visit(PAGE);
  await page.setViewportSize({width: 320, height: 640});
  await expect(page.locator('consent-disclosure [data-vendor]').first()).toBeVisible();
  for (const list of await page.locator('consent-disclosure').all()) {
    expect(await list.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  }
});

test('is what the command prints, where the loader does not come', async ({site}) => {
  await site.context.route('**/consent-gate.js', (route) => route.abort());
  const {page} = await site.visit(PAGE);
  const fallback = page.locator('consent-disclosure > .consent-disclosure');
  await expect(fallback).toBeVisible();
  const names = await fallback.locator('p > strong').allInnerTexts();
  expect(names.length).toBe(configured.length);
});

test('has a static part that is up to date', () => {
  const args = ['dist/esm/cli/main.js', 'disclosure', '--config', 'demo/disclosure.html'];
  const printed = execFileSync('node', args, {cwd: root, encoding: 'utf8'});
  expect(text).toContain(printed.trim());
});
