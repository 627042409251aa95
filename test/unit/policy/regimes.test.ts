import {expect} from '@esm-bundle/chai';
import {regimes} from '../../../src/policy/regimes.js';

describe('regimes', () => {
  it('are three, and only opt-in denies the undecided', () => {
    expect(regimes).to.deep.equal({'opt-in': 'denied', 'opt-out': 'granted', notice: 'granted'});
  });
});
