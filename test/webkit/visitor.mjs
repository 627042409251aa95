/**
 * The visitors of the tests: one WebKit, for each test a host of its own (`www.<test>.localhost`), on which nothing is
 * stored. What vendors received is read from their server.
 */
import assert from 'node:assert/strict';
import {setTimeout as pause} from 'node:timers/promises';
import {Key} from 'selenium-webdriver';
import {findWebKitGtk} from '../../scripts/browsers.mjs';
import {startDemo} from '../../scripts/demo-server.mjs';
import {startWebKit} from '../support/webkit.mjs';

/** Milliseconds in which a page that works has done what it will do, on a busy machine. */
const PATIENCE = 10_000;

/** Milliseconds without a request after which none is expected; see test/support/wire.ts. */
const QUIET = 250;

/**
 * The demo and the browser, for one test file.
 * @returns {Promise<{vendorOrigin: string, serve: (path: string, page: object) => void, visit: (test: import('node:test').TestContext) => Promise<object>, stop: () => Promise<void>}>}
 *   `serve` puts a page of the test's own under a path; `visit` gives a test its visitor, who leaves when it ends
 */
export async function openSite() {
  const browser = findWebKitGtk();
  if (!browser) throw new Error('these tests are for WebKitGTK; test/e2e is for the other browsers');
  const pages = new Map();
  const asked = [];
  const port = Number(process.env.CONSENT_GATE_PORT ?? 0);
  const demo = await startDemo({
    port,
    vendorPort: port && port + 1,
    answer({url}) {
      asked.push(url);
      return pages.get(url);
    },
  });
  const {driver, stop} = await startWebKit(browser);
  const home = await driver.getWindowHandle();
  let count = 0;

  /** Nothing of the test that ends may be heard in the next. */
  async function leave() {
    for (const tab of await driver.getAllWindowHandles()) {
      await driver.switchTo().window(tab);
      if (tab !== home) await driver.close();
    }
    await driver.switchTo().window(home);
    await driver.get('about:blank');
  }

  return {
    vendorOrigin: demo.vendorOrigin,
    serve: (path, page) => pages.set(path, page),
    async visit(test) {
      test.after(leave);
      const host = `www.webkit${++count}.localhost`;
      const origin = demo.siteOrigin.replace('localhost', host);
      return createVisitor(driver, {origin, log: demo.log, asked});
    },
    async stop() {
      await stop();
      await demo.close();
    },
  };
}

function createVisitor(driver, {origin, log, asked}) {
  const isReport = ({path}) => path.startsWith('/collect/');
  const addressOf = ({path, query}) => {
    const search = String(new URLSearchParams(query));
    return search ? `${path}?${search}` : path;
  };

  const visitor = {
    driver,
    goTo: (path) => driver.get(origin + path),
    reload: () => driver.navigate().refresh(),
    /** Runs in the page. */
    evaluate: (code, ...args) => driver.executeScript(code, ...args),
    press: async (action) => (await visitor.button(action)).click(),
    /** The button with that `data-action` in the layer that is in front, once it stands there. */
    button: (action) =>
      driver.wait(
        () => driver.executeScript(FIND_BUTTON, action),
        PATIENCE,
        `there is no button "${action}" to press`,
      ),
    /** Does something that makes the page reload, and waits until it has. */
    async untilReloaded(act) {
      await visitor.evaluate('window.isOld = true');
      await act();
      await eventually(() => visitor.evaluate('return !window.isOld && document.readyState'), 'complete');
    },
    keys: (...keys) =>
      driver
        .actions()
        .sendKeys(...keys)
        .perform(),
    /** What has the focus, through open shadow roots. */
    focused: () => driver.executeScript(FIND_FOCUSED),
    /** Presses Tab until that has the focus. */
    async tabTo(target) {
      for (let presses = 0; (await visitor.focused()) !== target; presses++) {
        assert.ok(presses < 60, `Tab leads to ${target}`);
        await visitor.keys(Key.TAB);
      }
    },
    isBannerVisible: () => driver.executeScript(IS_BANNER_VISIBLE),
    expectBanner: () => eventually(visitor.isBannerVisible, true),
    /** Waits until the gate has started and everything is quiet: there is no banner, and none will come. */
    async expectNoBanner() {
      await visitor.granted();
      await quiet(log, asked);
      await eventually(visitor.isBannerVisible, false);
    },
    /** Ids of the categories and vendors that are granted, once the gate is there. */
    granted: () => driver.wait(() => driver.executeScript(READ_GRANTED), PATIENCE, 'the gate starts'),
    /** Scripts, frames and pixels that the vendors were asked for since the log was forgotten, sorted. */
    tags: () =>
      log
        .filter((entry) => !isReport(entry))
        .map(addressOf)
        .sort(),
    /** What tags reported to their vendors. */
    reports: () => log.filter(isReport),
    /** Waits until exactly these tags have been asked for, and no more come. */
    async expectTags(tags) {
      const expected = [...tags].sort();
      await eventually(visitor.tags, expected);
      await quiet(log, asked);
      assert.deepEqual(visitor.tags(), expected);
    },
    /** The vendors' server has heard of nothing at all. */
    async expectNothing() {
      await quiet(log, asked);
      assert.deepEqual(log, []);
    },
    /** Paths on the site itself. */
    asked: () => [...asked],
    forget() {
      log.length = 0;
      asked.length = 0;
    },
    async cookies() {
      const cookies = await driver.manage().getCookies();
      return Object.fromEntries(cookies.map(({name, value}) => [name, value]));
    },
    cookieNames: async () => Object.keys(await visitor.cookies()).sort(),
    /** `localStorage` and `sessionStorage` of the page. */
    storage: () => driver.executeScript('return {...localStorage, ...sessionStorage}'),
    /** Opens a tab and goes there. */
    async openTab() {
      await driver.switchTo().newWindow('tab');
      return driver.getWindowHandle();
    },
  };
  visitor.forget();
  return visitor;
}

/** Waits until `read()` gives `expected`. */
export async function eventually(read, expected) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await read();
    try {
      return assert.deepEqual(value, expected);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(20);
  }
}

/** Resolves once neither the site nor a vendor was asked for anything for a while. */
async function quiet(...logs) {
  let before;
  do {
    before = logs.map(({length}) => length).join();
    await pause(QUIET);
  } while (before !== logs.map(({length}) => length).join());
}

// What follows runs in the page.

// The banner rises as it comes: a click on a button that moves is a click beside it.
const FIND_BUTTON = `
  const dialog = document.querySelector('consent-preferences')?.shadowRoot?.querySelector('dialog[open]');
  const layer = dialog ?? document.querySelector('consent-banner')?.shadowRoot;
  const button = layer?.querySelector('[data-action="' + arguments[0] + '"]');
  return button?.checkVisibility() && !button.getRootNode().getAnimations().length ? button : null;`;

const IS_BANNER_VISIBLE = `
  const box = document.querySelector('consent-banner')?.shadowRoot?.querySelector('[part~="box"]');
  return Boolean(box?.checkVisibility() && box.getBoundingClientRect().height);`;

const FIND_FOCUSED = `
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const {action, vendor, category} = element?.dataset ?? {};
  return action ?? vendor ?? category ?? element?.tagName.toLowerCase() ?? '';`;

const READ_GRANTED = `
  const state = window.consentGate?.state;
  if (!state) return null;
  const grants = Object.entries({...state.categories, ...state.vendors});
  return grants.filter(([, grant]) => grant === 'granted').map(([id]) => id).sort();`;
