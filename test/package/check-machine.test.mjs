/** `npm start` and `npm test` say in words what a machine lacks, instead of failing somewhere inside. */
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {findMissing} from '../../scripts/check-machine.mjs';

const manifest = {dependencies: {lit: '3'}, devDependencies: {esbuild: '0'}};
const missing = (version, ...installed) =>
  findMissing({
    version,
    manifest,
    exists: (path) => installed.some((name) => path === `node_modules/${name}/package.json`),
  });

describe('what a machine lacks', () => {
  it('is nothing where Node is new enough and all is installed', () => {
    assert.deepEqual(missing('v20.19.0', 'lit', 'esbuild'), []);
    assert.deepEqual(missing('v26.1.0', 'lit', 'esbuild'), []);
  });

  it('is a newer Node', () => {
    for (const version of ['v18.20.4', 'v20.9.0'])
      assert.deepEqual(missing(version, 'lit', 'esbuild'), [
        `Node 20.19 or later is needed, this is ${version}: https://nodejs.org/`,
      ]);
  });

  it('is all of the packages, or those that came since', () => {
    assert.deepEqual(missing('v20.20.2'), ['Nothing is installed yet: run `npm ci`.']);
    assert.deepEqual(missing('v20.20.2', 'lit'), ['Not installed: esbuild. Run `npm ci`.']);
  });
});

describe('the demo', () => {
  const script = fileURLToPath(new URL('../../scripts/serve-demo.mjs', import.meta.url));

  it('names the port that is taken, and the words that choose another', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address();
    const child = spawn(process.execPath, [script, '--port', String(port), '--vendor-port', '0']);
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (words += text));
    const [code] = await once(child, 'close');
    server.close();
    assert.equal(code, 1);
    assert.match(words, new RegExp(`Port ${port} is taken.*npm start -- --port \\d+ --vendor-port \\d+`));
  });

  it('ends with the test runner that started it, however that ends', {
    skip: process.platform === 'win32',
  }, async () => {
    const code = `const {spawn} = require('node:child_process');
      const args = [${JSON.stringify(script)}, '--port', '0', '--vendor-port', '0', '--with-parent'];
      const child = spawn(process.execPath, args, {detached: true, stdio: ['ignore', 'pipe', 'ignore']});
      let words = '';
      child.stdout.on('data', (text) => {
        const [origin] = /http:\\/\\/[^/]+:\\d+/.exec((words += text)) ?? [];
        if (origin) console.log(origin);
      });`;
    const runner = spawn(process.execPath, ['-e', code]);
    const [words] = await once(runner.stdout.setEncoding('utf8'), 'data');
    const [origin] = words.split('\n');
    // Asked by its server: where nobody buries the dead, as in many containers, its process would still be listed.
    const isRunning = () =>
      fetch(`${origin}/`).then(
        () => true,
        () => false,
      );
    assert.ok(await isRunning());
    runner.kill('SIGKILL');
    while (await isRunning()) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('says what a port is', () => {
    const {status, stderr} = spawnSync(process.execPath, [script, '--port', 'web'], {encoding: 'utf8'});
    assert.equal(status, 1);
    assert.match(stderr, /--port: expected a port number from 0 to 65535, got "web"/);
  });
});
