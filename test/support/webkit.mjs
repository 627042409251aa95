/**
 * WebKitGTK, which Playwright cannot drive, through its own WebDriver, for unit and end-to-end tests alike. It needs a
 * screen and gets one that nobody sees.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {setTimeout as pause} from 'node:timers/promises';
import {Builder, Capabilities} from 'selenium-webdriver';

/** Milliseconds; an idle machine takes half a second. */
const START_TIMEOUT = 60_000;

/**
 * One browser at a time: WebKit's driver has one session.
 * @param {import('../../scripts/browsers.mjs').Browser} browser
 * @returns {Promise<{open: (capabilities?: object) => Promise<import('selenium-webdriver').WebDriver>, stop: () => Promise<void>}>}
 *   `open` starts a browser with nothing stored in it; its `quit()` ends it
 */
export async function startWebKit({executablePath}) {
  const port = await freePort();
  // The driver ends when its standard input does, and so with this process, however that ends.
  const script = 'WebKitWebDriver --port="$0" & cat >/dev/null; kill $!; wait';
  const screen = ['-a', '-s', '-screen 0 1280x900x24'];
  const child = spawn('xvfb-run', [...screen, 'sh', '-c', script, String(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'close');
  const server = `http://127.0.0.1:${port}`;
  await untilReady(server, child);
  return {
    open: (capabilities = {}) =>
      new Builder()
        .usingServer(server)
        .withCapabilities(
          new Capabilities({
            browserName: 'MiniBrowser',
            'webkitgtk:browserOptions': {binary: executablePath, args: ['--automation']},
            ...capabilities,
          }),
        )
        .build(),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

async function untilReady(server, child) {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${server}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  child.stdin.end();
  throw new Error(`WebKitWebDriver does not start (xvfb-run ended with ${child.exitCode})`);
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
