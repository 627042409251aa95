/** The numbers of `npm run bench` are only as good as what is made of them: medians, quartiles, ratios, noise, targets. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isNoise, median, quantile, ratio, summarise} from '../../bench/lib/statistics.mjs';
import {judge, TARGETS} from '../../bench/lib/targets.mjs';

describe('statistics of the benchmark', () => {
  for (const [values, quartiles] of [
    [[7], [7, 7, 7]],
    [
      [4, 1, 3, 2],
      [1.75, 2.5, 3.25],
    ],
    [
      [5, 1, 4, 2, 3],
      [2, 3, 4],
    ],
    [
      [10, 9, 100],
      [9.5, 10, 55],
    ],
  ]) {
    it(`of ${values} has the quartiles ${quartiles}`, () => {
      assert.deepEqual(
        [0.25, 0.5, 0.75].map((share) => quantile(values, share)),
        quartiles,
      );
      assert.equal(median(values), quartiles[1]);
    });
  }

  it('has no median of nothing, and leaves its values in their order', () => {
    assert.ok(Number.isNaN(median([])));
    const values = [3, 1, 2];
    median(values);
    assert.deepEqual(values, [3, 1, 2]);
  });

  it('summarises each number by its name, without what is none', () => {
    const samples = [{shown: 2, lcp: 1}, {shown: Number.NaN, name: 'x'}, {shown: 4, cls: Infinity}, {}];
    assert.deepEqual(summarise(samples), {
      shown: {n: 2, median: 3, p25: 2.5, p75: 3.5, max: 4},
      lcp: {n: 1, median: 1, p25: 1, p75: 1, max: 1},
    });
  });

  it('has a ratio to something alone', () => {
    assert.equal(ratio(3, 2), 1.5);
    for (const [value, reference] of [
      [1, 0],
      [undefined, 2],
      [1, undefined],
      [Number.NaN, 1],
    ])
      assert.equal(ratio(value, reference), undefined);
  });

  it('takes less than 40 ms on Slow 4G and less than 80 ms without throttling for noise', () => {
    assert.ok(isNoise(1000, 1039, 'slow4g') && isNoise(1039, 1000, 'slow4g'));
    assert.ok(!isNoise(1000, 1040, 'slow4g'));
    assert.ok(isNoise(1000, 1079, 'none') && !isNoise(1000, 1080, 'none'));
  });
});

describe('targets of the benchmark', () => {
  it('compares with the best of the peers that were measured', () => {
    const target = TARGETS.find(({of, unit}) => of?.adapter === 'best peer' && unit === 'ms');
    const medians = {[target.adapter]: 50, klaro: 35, orejime: 31, floor: 1};
    const statsOf = (_, adapter) => medians[adapter] && {[target.metric]: {median: medians[adapter]}};
    const {value, reference, verdict} = judge(target, statsOf, 'slow4g');
    assert.deepEqual([value, reference, verdict], [19, 31, 'met']);
    assert.equal(judge(target, () => undefined, 'slow4g').verdict, 'not measured');
  });

  const target = {scenario: 'return-slow4g', adapter: 'consent-gate', metric: 'firstRequest'};
  const judgeWith = (own, floor, rest) => {
    const medians = {'consent-gate': own, floor};
    const statsOf = (_scenario, adapter) => ({
      firstRequest: medians[adapter] === undefined ? undefined : {median: medians[adapter]},
    });
    return judge({...target, ...rest}, statsOf, 'slow4g');
  };
  const times = {unit: '×', limit: 2, of: {}};

  for (const [own, floor, rest, value, verdict] of [
    [1400, 700, times, 2, 'met'],
    [1430, 700, times, 1430 / 700, 'missed, within noise'],
    [1450, 700, times, 1450 / 700, 'missed'],
    [710, 700, {unit: 'ms', limit: 15, of: {}}, 10, 'met'],
    [800, 700, {unit: 'ms', limit: 15, of: {}}, 100, 'missed'],
    [6000, 0, {unit: 'B', limit: 6000}, 6000, 'met'],
    [6001, 0, {unit: 'B', limit: 6000}, 6001, 'missed'],
    [undefined, 700, times, undefined, 'not measured'],
    [1400, undefined, times, undefined, 'not measured'],
  ]) {
    it(`${own} beside ${floor}, with at most ${rest.limit} ${rest.unit}, is ${verdict}`, () => {
      const outcome = judgeWith(own, floor, rest);
      assert.equal(outcome.verdict, verdict);
      assert.equal(outcome.value, value);
    });
  }

  it('each have a name of their own', () => {
    assert.equal(new Set(TARGETS.map(({what}) => what)).size, TARGETS.length);
  });
});
