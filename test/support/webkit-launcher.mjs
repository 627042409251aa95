/**
 * Lets the unit tests run in WebKitGTK. The launcher that Web Test Runner offers for WebDriver brings webdriverio, 131
 * packages more in every `npm ci`; this one shares the end-to-end tests' library, which brings 17.
 */
import {startWebKit} from './webkit.mjs';

/** @returns {import('@web/test-runner').BrowserLauncher} one window, in which the test files follow one another */
export function webkitLauncher(browser) {
  const urls = new Map();
  let webkit;
  return {
    name: 'WebKit',
    type: 'webdriver',
    concurrency: 1,
    async startSession(id, url) {
      // A test file says itself when it has run; nobody waits for its page to load.
      webkit ??= await startWebKit(browser, {pageLoadStrategy: 'none'});
      urls.set(id, url);
      await webkit.driver.get(url);
    },
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => (urls.has(id) ? webkit.driver.getCurrentUrl() : undefined),
    async stopSession(id) {
      urls.delete(id);
      // Whatever still runs in the page ends with it.
      await webkit.driver.get('about:blank');
      return {};
    },
    async startDebugSession() {
      throw new Error('there is nobody to see this window: debug in another browser');
    },
    stop: async () => webkit?.stop(),
  };
}
