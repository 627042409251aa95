/** What the runners counted, read from what they leave behind: counts by engine, `{passed, failed, skipped}` each. */
import {stripVTControlCharacters} from 'node:util';

/** What a test looks at where it is about anything that leaves, or may leave, the page. */
const ON_THE_WIRE =
  /\b(wire|tags|hits|expectTags|toVendors|received|ran|expectRan|granted|cookies|errors)\b/i;

/**
 * A leak that shows in one run of two is a leak: where the first attempt saw something that must not be there, the
 * second counts for nothing. What was merely late, or never came, may come at the second.
 * @param message Playwright's: matcher, difference, and the code around the line that failed, which `>` marks
 */
function isLeak({message = ''}) {
  const text = stripVTControlCharacters(message);
  const [code] = /^> *\d+ \|.*/m.exec(text) ?? [];
  const isTimeout = /\btimeout\b.*\bexceeded\b/i.test(text);
  // Nobody knows what it was about.
  if (!code) return !isTimeout;
  if (!ON_THE_WIRE.test(code.replace(/^> *\d+ \|/, ''))) return false;
  const [words] = text.split(/^>? *\d+ \|/m);
  if (/^- Expected +- \d+$/m.test(words)) return /^\+ +(?!Received +\+ \d+$)\S/m.test(words);
  const [, expected, received] = /^Expected: (.*)\nReceived: (.*)$/m.exec(words) ?? [];
  return !isTimeout || Number(received) > Number(expected);
}

/**
 * @returns Playwright's counts by project, which is to say by engine; `again` names what passed at the
 * second attempt
 */
export function countPlaywright({suites, errors}) {
  const counts = {};
  const outcomes = {expected: 'passed', unexpected: 'failed', skipped: 'skipped'};
  const visit = ({specs = [], suites: inner = []}) => {
    for (const {title, tests} of specs) {
      for (const test of tests) {
        const count = (counts[test.projectName] ??= {passed: 0, failed: 0, skipped: 0, again: []});
        const isFlaky = test.status === 'flaky';
        const wasLeak = isFlaky && test.results.some((result) => result.errors.some(isLeak));
        count[isFlaky ? (wasLeak ? 'failed' : 'passed') : outcomes[test.status]]++;
        if (isFlaky && !wasLeak) count.again.push(title);
      }
    }
    inner.forEach(visit);
  };
  suites.forEach(visit);
  if (errors.length) counts['the run'] = {passed: 0, failed: errors.length, skipped: 0};
  return counts;
}

/** @returns the counts of the TAP that `node --test` writes, all as WebKit's */
export function countNodeTests(words) {
  const [passed, failed, cancelled, skipped] = ['pass', 'fail', 'cancelled', 'skipped'].map((key) =>
    Number(words.match(new RegExp(`^# ${key} (\\d+)$`, 'm'))?.[1] ?? 0),
  );
  return {webkit: {passed, failed: failed + cancelled, skipped}};
}

/** @returns the counts of the last line of the form `N passed, N failed`; `undefined` where there is none */
export function lastCount(words) {
  const [, passed, failed] = words.match(/^(\d+) passed, (\d+) failed$/m) ?? [];
  return passed && {'': {passed: Number(passed), failed: Number(failed), skipped: 0}};
}
