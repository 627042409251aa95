import {expect} from '@esm-bundle/chai';
import {attempt, guard} from '../../src/attempt.js';

/** Runs `test` and notes what is reported as an error of the page. */
function setup(test: () => void): unknown[] {
  const reported: unknown[] = [];
  const {reportError} = window;
  window.reportError = (error) => reported.push(error);
  try {
    test();
  } finally {
    window.reportError = reportError;
  }
  return reported;
}

const fail = () => {
  throw Error('forbidden');
};

describe('attempt', () => {
  it('gives what was found', () => {
    expect(attempt(() => 'value')).to.equal('value');
  });

  it('gives undefined where it is forbidden', () => {
    expect(attempt(fail)).to.equal(undefined);
  });

  it('reports nothing', () => {
    expect(setup(() => attempt(fail))).to.deep.equal([]);
  });
});

describe('guard', () => {
  it('runs what it is given', () => {
    let hasRun = false;
    expect(
      setup(() =>
        guard(() => {
          hasRun = true;
        }),
      ),
    ).to.deep.equal([]);
    expect(hasRun).to.equal(true);
  });

  it('reports what it throws, and does not throw', () => {
    const reported = setup(() => guard(fail)) as Error[];
    expect(reported.map(({message}) => message)).to.deep.equal(['forbidden']);
  });
});
