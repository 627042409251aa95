/**
 * Unit tests: TypeScript straight from `src`, in real browsers, one page per test file.
 * `node scripts/verify.mjs unit` runs them and installs the browsers first; `npx wtr --files test/unit/consent/*.test.ts`
 * runs some. What was counted goes to test-results/unit.json.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {playwrightLauncher} from '@web/test-runner-playwright';
import {findBrowsers, isForPlaywright, launchOptions} from './scripts/browsers.mjs';
import {webkitLauncher} from './test/support/webkit-launcher.mjs';

const results = fileURLToPath(new URL('test-results', import.meta.url));

export default {
  files: 'test/unit/**/*.test.ts',
  nodeResolve: {exportConditions: ['production', 'default']},
  // Focus and timing tests want the machine for themselves; two engines share it already.
  concurrency: 1,
  browsers: findBrowsers().map((browser) =>
    isForPlaywright(browser)
      ? playwrightLauncher({product: browser.engine, launchOptions: launchOptions(browser)})
      : webkitLauncher(browser),
  ),
  // Class fields are assigned here as they are in the build.
  plugins: [esbuildPlugin({ts: true, tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url))})],
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: {config: {timeout: 10_000}},
  reporters: [defaultReporter({reportTestProgress: Boolean(process.stdout.isTTY)}), countingReporter()],
};

/** Counts tests per engine, for scripts/verify.mjs. A file that could not even start counts as one failure. */
function countingReporter() {
  return {
    onTestRunFinished({sessions}) {
      const counts = {};
      for (const {browser, passed, testResults} of sessions) {
        const engine = browser.name.toLowerCase();
        counts[engine] ??= {passed: 0, failed: 0, skipped: 0};
        const tests = testResults ? allTests(testResults) : [];
        for (const test of tests)
          counts[engine][test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        if (!passed && tests.every((test) => test.passed || test.skipped)) counts[engine].failed++;
      }
      mkdirSync(results, {recursive: true});
      writeFileSync(`${results}/unit.json`, JSON.stringify(counts, null, 2));
    },
  };
}

function allTests({tests, suites}) {
  return [...tests, ...suites.flatMap(allTests)];
}
