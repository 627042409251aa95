/**
 * `npm test`, the whole of it: every check of this repository in the order in which a failure is cheapest to learn of.
 * `node scripts/verify.mjs unit e2e` runs only what is named. The first failing step ends the run, with its own words;
 * the last line is always `N passed, N failed`: a static check counts as one test, a runner's tests each as one.
 */
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {findWebKitGtk, requiredEngines} from './browsers.mjs';
import {countNodeTests, countPlaywright, lastCount} from './count-tests.mjs';

/**
 * A step runs its commands one after the other. `needs` names the steps it cannot do without; `count` reads what its
 * runner counted, and without it the step is one test; `tell` picks from its words what is worth a line; `unless` says
 * why there is nothing to do; one that `isOnDemand` runs where it is named, and in continuous integration.
 */
const STEPS = {
  format: {what: 'Biome, formatting', commands: [['biome', 'format', '.']]},
  lint: {
    what: 'Biome, rules; vendors; mutants',
    commands: [
      ['biome', 'lint', '--error-on-warnings', '.'],
      ['node', 'scripts/list-vendors.mjs', '--check'],
      ['node', 'scripts/mutants.mjs', '--check'],
    ],
  },
  layers: {what: 'who imports whom', commands: [['node', 'scripts/check-layers.mjs']]},
  links: {what: 'documentation links', commands: [['node', 'scripts/check-links.mjs']]},
  types: {
    what: 'sources, tests, public types',
    commands: ['tsconfig.json', 'tsconfig.test.json', 'tsconfig.node.json'].map((project) => [
      'tsc',
      ...['-p', project, '--pretty', 'false'],
    ]),
  },
  build: {what: 'dist', commands: [['node', 'scripts/build.mjs']]},
  sizes: {what: 'brotli bytes', needs: ['build'], commands: [['node', 'scripts/check-size.mjs']]},
  package: {
    what: 'publint, types, exports',
    needs: ['build'],
    commands: [['node', 'scripts/check-package.mjs']],
    count: ({words}) => lastCount(words),
  },
  browsers: {
    what: process.env.CONSENT_GATE_ENGINES ? 'as CONSENT_GATE_ENGINES says' : 'found or installed',
    commands: [['node', 'scripts/browsers.mjs']],
    tell: (words) => words.match(/^(chromium|firefox|webkit) \S+/gm)?.join(', '),
  },
  unit: {
    what: 'sources in real browsers',
    needs: ['browsers'],
    commands: [['wtr']],
    report: 'test-results/unit.json',
    count: ({report}) => report,
  },
  e2e: {
    what: 'built files on the demo pages',
    needs: ['build', 'browsers'],
    commands: [['playwright', 'test']],
    report: 'test-results/e2e.json',
    count: ({report}) => countPlaywright(report),
  },
  attack: {
    what: 'every attack that was ever tried',
    isOnDemand: true,
    needs: ['build', 'browsers'],
    commands: [['playwright', 'test', '--config=playwright.attack.config.mjs']],
    report: 'test-results/attack.json',
    count: ({report}) => countPlaywright(report),
  },
  webkit: {
    what: 'their core in WebKitGTK',
    needs: ['build', 'browsers'],
    unless: whyNoWebKitGtk,
    // The timeout is that of the whole file: a driver that hangs would take more than its step.
    commands: [
      ['node', '--test', '--test-reporter=tap', '--test-timeout=300000', 'test/webkit/core.test.mjs'],
    ],
    count: ({words}) => countNodeTests(words),
  },
};

/** No step may hang; the longest takes some fifteen minutes on two cores, on a busy machine twice that. */
const STEP_TIMEOUT = 40 * 60_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Another program, or another checkout's run, may have the usual ones.
process.env.CONSENT_GATE_PORT ??= String(await findPorts(8100));
process.exitCode = await verify(process.argv.slice(2));

async function verify(named) {
  const unknown = named.filter((name) => !STEPS[name]);
  if (unknown.length) {
    console.error(`no step "${unknown.join(', ')}", only ${Object.keys(STEPS).join(', ')}`);
    return 2;
  }
  const names = planFor(named);
  const total = {passed: 0, failed: 0, skipped: 0};
  for (const [index, name] of names.entries()) {
    const {what, tell, unless} = STEPS[name];
    process.stdout.write(`${name.padEnd(8)} ${what.padEnd(30)} `);
    const reason = unless?.();
    if (reason) {
      console.log(`-        ${reason}`);
      continue;
    }
    const {counts, seconds, words} = await runStep(STEPS[name]);
    const sum = sumOf(counts);
    for (const key of Object.keys(total)) total[key] += sum[key];
    const told = tell?.(words) ?? describeCounts(counts);
    console.log(`${sum.failed ? 'FAILED' : 'ok    '} ${seconds.toFixed(1).padStart(6)} s  ${told}`);
    if (!sum.failed) continue;
    console.log(
      `\n${stripVTControlCharacters(words).trim()}\n\n${name} failed; again: node scripts/verify.mjs ${name}`,
    );
    const left = names.slice(index + 1);
    if (left.length) console.log(`not run: ${left.join(', ')}`);
    break;
  }
  if (total.skipped) console.log(`${total.skipped} skipped by the tests themselves`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed ? 1 : 0;
}

/** All steps, or the named ones in their order, with the browsers they need. A build has to be asked for. */
function planFor(named) {
  if (!named.length) return Object.keys(STEPS).filter((name) => process.env.CI || !STEPS[name].isOnDemand);
  const wanted = new Set(named);
  if (named.some((name) => STEPS[name].needs?.includes('browsers'))) wanted.add('browsers');
  return Object.keys(STEPS).filter((name) => wanted.has(name));
}

/** @returns the first port at or above `first` that is free, and so is the next one, for the vendors' origin */
async function findPorts(first) {
  for (let port = first; port < first + 400; port += 2)
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  throw new Error(`no two ports in a row are free between ${first} and ${first + 400}`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @returns what was counted, by engine where there are several */
async function runStep({commands, needs = [], report, count}) {
  const started = performance.now();
  const outcome = {code: 0, words: ''};
  if (needs.includes('build') && !existsSync('dist/cdn/consent-gate.js')) {
    outcome.code = 1;
    outcome.words = 'There is no dist: npm run build.';
  } else {
    if (report) rmSync(report, {force: true});
    for (const [tool, ...args] of commands) {
      const {code, words} = await run(tool, args);
      outcome.words += words;
      outcome.code ||= code;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return {counts: countsOf(outcome, {report, count}), seconds, words: outcome.words};
}

/** A runner that fails and counts no failure, or that counts nothing at all, has failed all the same. */
function countsOf({code, words}, {report, count}) {
  if (!count) return {'': {passed: code ? 0 : 1, failed: code ? 1 : 0, skipped: 0}};
  const read = report && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const counts = (report && !read ? undefined : count({words, report: read})) ?? {};
  const {passed, failed} = sumOf(counts);
  if ((code && !failed) || passed + failed === 0) counts['the run'] = {passed: 0, failed: 1, skipped: 0};
  return counts;
}

/** Playwright's own WebKit runs all of e2e. */
function whyNoWebKitGtk() {
  if (!requiredEngines().includes('webkit')) return 'left out by CONSENT_GATE_ENGINES';
  return findWebKitGtk() ? undefined : 'Playwright drives this WebKit, in e2e';
}

function sumOf(counts) {
  const sum = {passed: 0, failed: 0, skipped: 0};
  for (const count of Object.values(counts)) for (const key of Object.keys(sum)) sum[key] += count[key];
  return sum;
}

function describeCounts(counts) {
  return Object.entries(counts)
    .map(([name, {passed, failed, skipped, again = []}]) => {
      const late = again.length && `${again.length} of them at the second attempt ("${again.join('", "')}")`;
      const words = [`${passed} passed`, late, failed && `${failed} failed`, skipped && `${skipped} skipped`];
      return [name && `${name}:`, words.filter(Boolean).join(', ')].filter(Boolean).join(' ');
    })
    .join('; ');
}

/** Runs a tool of node_modules/.bin, or Node itself, with no terminal to ask anything of. */
function run(tool, args) {
  const isNode = tool === 'node';
  const isWindows = process.platform === 'win32';
  const command = isNode ? process.execPath : join('node_modules/.bin', tool);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows && !isNode,
      // A group of its own, so that a tool that hangs ends together with its browsers.
      detached: !isWindows,
      env: {...process.env, FORCE_COLOR: '0', NO_COLOR: '1'},
    });
    let words = '';
    const end = () => {
      if (isWindows) child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      words += `\n${tool} has not ended after ${STEP_TIMEOUT / 60_000} minutes`;
      end();
    }, STEP_TIMEOUT);
    const interrupt = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (words += text));
    child.on('error', (error) => (words += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve({code: code ?? 1, words});
    });
  });
}
