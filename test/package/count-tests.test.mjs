/** What `npm test` counts decides whether a change lands: a leak that a second attempt did not show again must fail. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {countNodeTests, countPlaywright, lastCount} from '../../scripts/count-tests.mjs';

/** A failure in Playwright's words, with the code it shows around the line that failed. */
const failure = (words, code) => ({
  message: `Error: ${words}\n\n  11 |   const wire = [];\n> 12 |   ${code}\n     |   ^\n  13 |   received();\n`,
});

const difference = (...lines) =>
  [
    'expect(received).toEqual(expected) // deep equality',
    '',
    `- Expected  - ${lines.filter((line) => line.startsWith('-')).length}`,
    `+ Received  + ${lines.filter((line) => line.startsWith('+')).length}`,
    '',
    '  Array [',
    ...lines,
    '  ]',
  ].join('\n');

const late = '\n\nCall Log:\n- Timeout 5000ms exceeded while waiting on the predicate';

const report = (status, ...errors) => ({
  suites: [
    {
      suites: [
        {
          specs: [
            {
              title: 'a test',
              tests: [
                {projectName: 'firefox', status, results: [{errors}, {errors: []}]},
                {projectName: 'chromium', status: 'expected', results: [{errors: []}]},
              ],
            },
          ],
        },
      ],
    },
  ],
  errors: [],
});

const of = (status, ...errors) => countPlaywright(report(status, ...errors)).firefox;

describe('what a second attempt may repair', () => {
  for (const [what, error] of [
    ['a time-out that nobody can place', {message: 'Test timeout of 30000ms exceeded.'}],
    [
      'an element that came late',
      failure(
        'expect(locator).toBeVisible() failed\n\nTimeout: 5000ms\nError: not found',
        'await tab.expectBanner();',
      ),
    ],
    [
      'a tag that came late',
      failure(difference('    "/a",', '-   "/b",') + late, 'await expect.poll(wire.tags).toEqual(x);'),
    ],
    [
      'a tag that never came',
      failure(difference('    "/a",', '-   "/b",'), 'expect(wire.tags()).toEqual(x);'),
    ],
    [
      'fewer hits than waited for',
      failure(
        `expect(received).toBe(expected)\n\nExpected: 3\nReceived: 2${late}`,
        'await expect.poll(() => wire.hits().length).toBe(3);',
      ),
    ],
    [
      'another text',
      failure(
        'expect(received).toBe(expected)\n\nExpected: "a"\nReceived: "b"',
        'expect(await title()).toBe("a");',
      ),
    ],
  ]) {
    it(`${what}: passed, and named`, () => {
      assert.deepEqual(of('flaky', error), {passed: 1, failed: 0, skipped: 0, again: ['a test']});
    });
  }
});

describe('what no second attempt repairs', () => {
  for (const [what, ...errors] of [
    [
      'a tag that must not be there',
      failure(difference('+   "/b",'), 'expect(site.wire.toVendors()).toEqual([]);'),
    ],
    [
      'another tag than the one waited for',
      failure(difference('-   "/b",', '+   "/c",') + late, 'await site.expectTags(x);'),
    ],
    [
      'a grant nobody gave',
      failure(difference('-   "denied",', '+   "granted",'), 'expect(await tab.granted()).toEqual(x);'),
    ],
    [
      'more hits than allowed',
      failure(
        `expect(received).toBe(expected)\n\nExpected: 0\nReceived: 1${late}`,
        'await expect.poll(() => wire.hits().length).toBe(0);',
      ),
    ],
    [
      'one hit, not waited for',
      failure(
        'expect(received).toBe(expected)\n\nExpected: 1\nReceived: 0',
        'expect(site.wire.hits().length).toBe(1);',
      ),
    ],
    [
      'what was thrown into the page',
      failure(
        `nothing is thrown into the page\n\n${difference('+   "TypeError: x",')}`,
        "expect(site.errors, 'nothing is thrown into the page').toEqual([]);",
      ),
    ],
    ['what nobody can place', {message: 'Error: worker process exited unexpectedly'}],
    ['the second of two', {message: 'Test timeout of 30000ms exceeded.'}, {message: 'Error: ?'}],
  ]) {
    it(`${what}: failed`, () => {
      assert.deepEqual(of('flaky', ...errors), {passed: 0, failed: 1, skipped: 0, again: []});
    });
  }

  it('and two failed attempts are one failed test, by engine', () => {
    const counts = countPlaywright(report('unexpected', {message: 'Test timeout of 30000ms exceeded.'}));
    assert.deepEqual([counts.firefox.failed, counts.chromium.passed], [1, 1]);
  });

  it('and a run that could not start has failed', () => {
    const counts = countPlaywright({suites: [], errors: [{message: 'Error: port 8100 is already used'}]});
    assert.equal(counts['the run'].failed, 1);
  });
});

describe('the counts of the other runners', () => {
  it('are read from TAP, what was cancelled as failed', () => {
    const words = '# tests 5\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n';
    assert.deepEqual(countNodeTests(words), {webkit: {passed: 2, failed: 2, skipped: 1}});
  });

  it('are read from the last line, if there is one', () => {
    assert.deepEqual(lastCount('ok\n12 passed, 1 failed\n'), {'': {passed: 12, failed: 1, skipped: 0}});
    assert.equal(lastCount('killed'), undefined);
  });
});
