import {expect} from '@esm-bundle/chai';
import {createPace, type Pace} from '../../../src/gate/pace.js';

/** Runs until nothing waits any more: this waits behind everything else. */
const settled = (pace: Pace) => new Promise<void>((resolve) => pace.later({}, resolve));

/** The time of these tests: on a busy machine any step may take longer than a slice. */
let now = 0;
const realNow = performance.now;
before(() => {
  performance.now = () => now;
});
after(() => {
  performance.now = realNow;
});

/** Takes so many milliseconds. */
function work(milliseconds: number): void {
  now += milliseconds;
}

describe('createPace', () => {
  it('runs nothing at once', async () => {
    const ran: string[] = [];
    const pace = createPace();
    pace.later({}, () => ran.push('a'));
    await null;
    expect(ran).to.deep.equal([]);
    await settled(pace);
    expect(ran).to.deep.equal(['a']);
  });

  it('runs what is short in one slice, in order', async () => {
    const pace = createPace();
    const ran: string[] = [];
    for (const name of 'abc') pace.later({}, () => ran.push(name));
    await new Promise((resolve) => {
      pace.later({}, () => {
        ran.push('d');
        queueMicrotask(() => resolve(ran.push('end of task')));
      });
    });
    expect(ran).to.deep.equal(['a', 'b', 'c', 'd', 'end of task']);
  });

  it('gives the page room after a long one', async () => {
    const pace = createPace();
    const tasks: string[] = [];
    const note = (name: string) => () => {
      tasks.push(name);
      work(12);
      queueMicrotask(() => tasks.push('end of task'));
    };
    for (const name of 'ab') pace.later({}, note(name));
    await settled(pace);
    expect(tasks).to.deep.equal(['a', 'end of task', 'b', 'end of task']);
  });

  it('has time within a slice, and none outside', async () => {
    const pace = createPace();
    const seen: boolean[] = [pace.hasTime()];
    pace.later({}, () => {
      seen.push(pace.hasTime());
      work(12);
      seen.push(pace.hasTime());
    });
    await settled(pace);
    seen.push(pace.hasTime());
    expect(seen).to.deep.equal([false, true, false, false]);
  });

  it('runs once what waits twice under a key, and again what asks again later', async () => {
    const pace = createPace();
    const key = {};
    let runs = 0;
    pace.later(key, () => runs++);
    pace.later(key, () => runs++);
    await settled(pace);
    expect(runs).to.equal(1);
    pace.later(key, () => {
      runs++;
      if (runs === 2) pace.later(key, () => runs++);
    });
    await settled(pace);
    expect(runs).to.equal(3);
  });
});
