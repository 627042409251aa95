import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {matches} from '../../src/match-pattern.js';

const CASES: [pattern: string, text: string, expected: boolean][] = [
  ['_ga', '_ga', true],
  ['_ga', '_gat', false],
  ['_ga*', '_ga', true],
  ['_ga*', '_ga_DEMO', true],
  ['_ga*', 'x_ga', false],
  ['*_id', 'visitor_id', true],
  ['*_id', '_ids', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['*', '', true],
  ['**', 'any', true],
  ['a.c', 'abc', false],
  ['', '', true],
  ['', 'a', false],
];

describe('a pattern', () => {
  for (const [pattern, text, expected] of CASES)
    it(`"${pattern}" ${expected ? 'matches' : 'does not match'} "${text}"`, () => {
      expect(matches(pattern, text)).to.equal(expected);
    });

  it('matches what the same regular expression would', () => {
    const texts = fc.stringMatching(/^[ab*]{0,8}$/);
    fc.assert(
      fc.property(texts, fc.stringMatching(/^[ab]{0,12}$/), (pattern, text) => {
        expect(matches(pattern, text)).to.equal(RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
      {numRuns: 2000},
    );
  });

  it('with many stars ends at once with a name of many letters', () => {
    // A regular expression would take longer than anybody waits.
    expect(matches(`${'*a'.repeat(30)}*z`, 'a'.repeat(100_000))).to.equal(false);
  });
});
