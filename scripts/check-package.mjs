/**
 * What `npm publish` would send, looked at from outside: packed, checked by publint and by are-the-types-wrong, then
 * installed in an empty folder, where the tests of test/package import it as a site would.
 * The last line is `N passed, N failed`. Needs a build.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'consent-gate-package-'));

process.chdir(root);
try {
  if (!existsSync('dist/esm/index.js')) throw new Error('dist/esm/index.js is missing: npm run build');
  const tarball = pack();
  install(tarball);
  const results = [await runPublint(tarball), runTypesCheck(tarball), runTests()];
  const [passed, failed] = ['passed', 'failed'].map((key) =>
    results.reduce((sum, result) => sum + result[key], 0),
  );
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, {recursive: true, force: true});
}

function pack() {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const words = execFileSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: isWindows(),
  });
  const [{filename, files, size}] = Object.values(JSON.parse(words));
  console.log(`${filename}: ${files.length} files, ${size.toLocaleString('en')} B`);
  return join(folder, filename);
}

/** Without the registry: the dependencies are those already here. */
function install(tarball) {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'consent-gate'), {recursive: true});
  execFileSync('tar', ['-xzf', tarball, '-C', join(modules, 'consent-gate'), '--strip-components=1']);
  for (const name of ['lit', 'lit-html', 'lit-element', '@lit', '@lit-labs', 'parse5', 'entities']) {
    mkdirSync(dirname(join(modules, name)), {recursive: true});
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}

async function runPublint(tarball) {
  const {messages, pkg} = await publint({
    pack: {tarball: new Uint8Array(readFileSync(tarball)).buffer},
    strict: true,
  });
  for (const message of messages) console.log(`publint: ${formatMessage(message, pkg)}`);
  return outcome('publint', messages.length === 0);
}

/** A package of ES modules only: that `require` and Node 10 cannot have it is known. */
function runTypesCheck(tarball) {
  const args = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'];
  // Classic scripts and data have no types.
  args.push('--exclude-entrypoints', './cdn/*', './custom-elements.json');
  const {status, stdout, stderr} = spawnSync(bin('attw'), args, {encoding: 'utf8', shell: isWindows()});
  if (status !== 0) console.log(stdout + stderr);
  return outcome('are the types wrong', status === 0);
}

/** @returns what node:test counted */
function runTests() {
  const {stdout, stderr} = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=spec', '--test-timeout=300000', 'test/package/'],
    {
      encoding: 'utf8',
      env: {...process.env, CONSENT_GATE_INSTALLED: folder},
    },
  );
  const count = (key) => Number(stdout.match(new RegExp(`^\\W*${key} (\\d+)$`, 'm'))?.[1] ?? 0);
  const [passed, failed] = [count('pass'), count('fail') + count('cancelled')];
  // The reporter repeats every failure at its end.
  if (failed || !passed) console.log(stdout.slice(Math.max(0, stdout.indexOf('failing tests:'))) + stderr);
  return {passed, failed: failed || (passed ? 0 : 1)};
}

function outcome(name, isGood) {
  console.log(`${isGood ? 'ok' : 'not ok'}: ${name}`);
  return {passed: Number(isGood), failed: Number(!isGood)};
}

function bin(tool) {
  return join('node_modules/.bin', tool);
}

function isWindows() {
  return process.platform === 'win32';
}
