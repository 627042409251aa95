import {expect} from '@esm-bundle/chai';
import {warn} from '../../src/warn.js';

/** @returns the lines on the console */
function setup(test: () => void): string[] {
  const lines: string[] = [];
  const {warn: real} = console;
  console.warn = (...words: unknown[]) => lines.push(words.join(' '));
  try {
    test();
  } finally {
    console.warn = real;
  }
  return lines;
}

describe('warn', () => {
  it('says who warns, what is wrong and where it is explained', () => {
    const [line] = setup(() => warn('storage', 'the first'));
    expect(line).to.match(/consent-gate/);
    expect(line).to.match(/the first/);
    expect(line).to.match(/docs\/warnings\.md#storage/);
  });

  it('says it in one line', () => {
    expect(setup(() => warn('config', 'the second'))).to.have.length(1);
  });

  it('says it once', () => {
    const lines = setup(() => {
      warn('ui', 'the third');
      warn('ui', 'the third');
    });
    expect(lines).to.have.length(1);
    expect(setup(() => warn('ui', 'the third'))).to.deep.equal([]);
  });

  it('says another thing of the same kind as well', () => {
    const lines = setup(() => {
      warn('vendor', 'the fourth');
      warn('vendor', 'the fifth');
    });
    expect(lines).to.have.length(2);
  });
});
