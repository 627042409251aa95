/**
 * Chromium prerenders pages that nobody looks at yet. Nothing is let in there, whatever the markup is called. A browser that
 * nobody steers: one that is steered does not run what it prerenders. The server is the witness.
 */
import {spawn} from 'node:child_process';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {expect, recordOf, test} from '../support/site.js';

for (const [what, markup] of Object.entries({
  'that nobody attacks': '',
  'with <img name="prerendering"> ahead of the loader': '<img name="prerendering" src="data:,">',
  'with <img name="hidden"> and <img name="readyState"> ahead of the loader':
    '<img name="hidden" src="data:,"><img name="readyState" src="data:,">',
})) {
  test(`a prerendered page ${what} asks no vendor until it is shown`, async ({
    baseURL,
    launchOptions,
  }, info) => {
    const requests: string[] = [];
    let mayGo = false;
    const first = `<!doctype html><script type="speculationrules">
        {"prerender": [{"urls": ["/shown.html"], "eagerness": "immediate"}]}
      </script>
      <a href="/shown.html">Go</a>
      <script>
        setInterval(async () => {
          if (await (await fetch('/may-go')).text() === 'yes') document.querySelector('a').click();
        }, 50);
      </script>`;
    const shown = pageOf({
      config: {
        policy: {version: '2026-11-01'},
        vendors: [{id: 'heat', category: 'analytics', src: '/vendor.js'}],
      },
      loader: '',
      body: `${markup}${BLOCKING_LOADER}<script src="/after.js"></script>`,
    });
    const server = createServer(async ({url = ''}, response) => {
      requests.push(url);
      const answer = (type: string, body: string) =>
        response.setHeader('content-type', type).setHeader('cache-control', 'no-cache').end(body);
      if (url.startsWith('/dist/')) answer('text/javascript', await (await fetch(baseURL + url)).text());
      else if (url === '/may-go') answer('text/plain', mayGo ? 'yes' : 'no');
      else if (url.endsWith('.js')) answer('text/javascript', '');
      else if (url === '/shown.html') answer('text/html', shown);
      else {
        response.setHeader('set-cookie', `consent=${recordOf()}; Path=/`);
        answer('text/html', first);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const {executablePath = '', args = []} = launchOptions;
    const profile = `--user-data-dir=${info.outputPath('profile')}`;
    const browser = spawn(executablePath, ['--headless', ...args, profile, `${origin}/first.html`]);
    try {
      await expect.poll(() => requests, {timeout: 30_000}).toContain('/after.js');
      const seen = requests.length;
      await expect.poll(() => requests.length - seen).toBeGreaterThan(6);
      expect(requests, 'on the server').not.toContain('/vendor.js');
      // Once it is shown, the granted tag comes.
      mayGo = true;
      await expect.poll(() => requests).toContain('/vendor.js');
      expect(requests.filter((url) => url === '/shown.html')).toHaveLength(1);
    } finally {
      browser.kill();
      server.closeAllConnections();
      server.close();
    }
  });
}
