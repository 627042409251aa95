import {expect} from '@esm-bundle/chai';
import {regimes} from '../../../src/policy/regimes.js';

describe('regimes', () => {
  it('has three, and only opt-in denies the undecided', () => {
    expect(regimes).to.deep.equal({
      'opt-in': {undecided: 'denied', prompts: true},
      'opt-out': {undecided: 'granted', prompts: false},
      notice: {undecided: 'granted', prompts: true},
    });
  });
});
