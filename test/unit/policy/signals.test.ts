import {expect} from '@esm-bundle/chai';
import {readGpc} from '../../../src/policy/signals.js';

function setup(globalPrivacyControl?: unknown): Navigator {
  return {globalPrivacyControl} as unknown as Navigator;
}

describe('readGpc', () => {
  it('hears the signal', () => {
    expect(readGpc(setup(true))).to.equal(true);
  });

  it('hears none where it is off', () => {
    expect(readGpc(setup(false))).to.equal(false);
  });

  it('hears none where the browser does not know of it', () => {
    expect(readGpc({} as Navigator)).to.equal(false);
  });

  it('takes nothing but true for the signal', () => {
    for (const value of [1, '1', 'true', null, {}, []])
      expect(readGpc(setup(value)), String(value)).to.equal(false);
  });
});
