/**
 * WebKitGTK, which Playwright cannot drive, through its own WebDriver, for unit and end-to-end tests alike. It needs a
 * screen and gets one that nobody sees.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {setTimeout as pause} from 'node:timers/promises';
import {Builder, Capabilities} from 'selenium-webdriver';

/** Milliseconds for screen, driver and browser; an idle machine takes one second. */
const START_TIMEOUT = 30_000;

/** A driver waits without end for a browser that ended as it started, which happens on a busy machine. */
const START_ATTEMPTS = 3;

/**
 * Starts a browser with nothing stored in it.
 * @param {import('../../scripts/browsers.mjs').Browser} browser
 * @param {object} [capabilities] of WebDriver, beside what every test needs
 * @returns {Promise<{driver: import('selenium-webdriver').WebDriver, stop: () => Promise<void>}>}
 */
export async function startWebKit({executablePath}, capabilities = {}) {
  for (let attempt = 1; ; attempt++) {
    const {server, stop} = await startDriver();
    try {
      const driver = await startBrowser(
        server,
        new Capabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': {binary: executablePath, args: ['--automation']},
          ...capabilities,
        }),
      );
      return {driver, stop};
    } catch (error) {
      await stop();
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

/** @returns the driver's address; `stop` ends driver, browser and screen */
async function startDriver() {
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  // The driver ends when its standard input does, and so with this process, however that ends.
  const script = 'WebKitWebDriver --port="$0" & cat >/dev/null; kill $!; wait';
  const screen = ['-a', '-s', '-screen 0 1280x900x24'];
  const child = spawn('xvfb-run', [...screen, 'sh', '-c', script, String(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${server}/status`).catch(() => undefined);
    if (answer?.ok) return {server, stop};
    await pause(50);
  }
  await stop();
  throw new Error(`WebKitWebDriver does not start; xvfb-run ended with ${child.exitCode}`);
}

async function startBrowser(server, capabilities) {
  const driver = new Builder().usingServer(server).withCapabilities(capabilities).build();
  const timeout = pause(START_TIMEOUT, 'timeout', {ref: false});
  if ((await Promise.race([driver.getSession(), timeout])) !== 'timeout') return driver;
  // Stopping the driver makes this fail in the end, when nobody waits for it any more.
  driver.getSession().catch(() => {});
  throw new Error(`MiniBrowser has not started within ${START_TIMEOUT / 1000} s`);
}

/** The driver cannot say which port it took, so one is found for it. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
