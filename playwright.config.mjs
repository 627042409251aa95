/**
 * End-to-end tests: the built files on the demo pages, asserted on the wire.
 * The demo server answers as two origins, the site's and the vendors'. `node scripts/verify.mjs build e2e` builds first;
 * `npx playwright test test/e2e/withdraw.spec.ts --project=chromium` runs one.
 */
import {defineConfig} from 'playwright/test';
import {findBrowsers, isForPlaywright, launchOptions} from './scripts/browsers.mjs';

const port = Number(process.env.CONSENT_GATE_PORT ?? 8100);
const origin = `http://localhost:${port}`;

/**
 * What is read, explained and judged by axe is the same in every engine, and so is what our own code makes of settings, links
 * and elements, what rules of others press, and what lists of others find on the wire. Firefox takes seconds to open a page: it
 * has what engines differ in.
 */
const FOR_CHROMIUM_ALONE = `
  accessibility api attribution configuration consent-mode csp debugging disclosure embeds operators policy-page
  preload routers scoping trackers
`
  .trim()
  .split(/\s+/)
  .map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  // For what a busy machine makes late. What was seen on the wire has no second attempt: scripts/verify.mjs.
  retries: 1,
  // Half of a test is waiting: for a frame, a reload, a second in which nothing is asked for.
  workers: 4,
  timeout: 30_000,
  expect: {timeout: 5_000},
  reporter: [[process.stdout.isTTY ? 'line' : 'dot'], ['json', {outputFile: 'test-results/e2e.json'}]],
  use: {
    baseURL: origin,
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    // The banner's way in takes a third of a second, in which nothing can be pressed.
    contextOptions: {reducedMotion: 'reduce'},
  },
  // test/webkit has the core of these for a WebKit that is not Playwright's own.
  projects: findBrowsers()
    .filter(isForPlaywright)
    .map((browser) => {
      const {channel, ...options} = launchOptions(browser);
      // As visitors have it: Playwright starts Chromium without its cache of pages that were left.
      if (browser.engine === 'chromium') options.ignoreDefaultArgs = ['--disable-back-forward-cache'];
      return {
        name: browser.engine,
        testIgnore: browser.engine === 'firefox' ? FOR_CHROMIUM_ALONE : [],
        use: {browserName: browser.engine, channel, launchOptions: options},
      };
    }),
  webServer: {
    // A shell in between would outlive a runner that is killed, and the server with it.
    command: `${process.platform === 'win32' ? '' : 'exec '}node scripts/serve-demo.mjs --port ${port} --vendor-port ${port + 1} --with-parent`,
    url: `${origin}/`,
    reuseExistingServer: !process.env.CI,
    timeout: 30_000,
  },
});
