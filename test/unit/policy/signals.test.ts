import {expect} from '@esm-bundle/chai';
import {readGpc} from '../../../src/policy/signals.js';

/** @returns what is read where the browser says that; `undefined` where it does not know of it */
function read(signal?: unknown): boolean {
  if (signal !== undefined)
    Object.defineProperty(navigator, 'globalPrivacyControl', {value: signal, configurable: true});
  const answer = readGpc({});
  // What stands on the prototype, if anything, shows again.
  delete (navigator as {globalPrivacyControl?: unknown}).globalPrivacyControl;
  return answer;
}

describe('readGpc', () => {
  it('hears the signal', () => {
    expect(read(true)).to.equal(true);
  });

  it('hears none where it is off', () => {
    expect(read(false)).to.equal(false);
  });

  it('hears none where the browser does not know of it', () => {
    expect(read()).to.equal(false);
  });

  it('takes nothing but true for the signal', () => {
    for (const value of [1, '1', 'true', null, {}, []]) expect(read(value), String(value)).to.equal(false);
  });

  it('counts Do Not Track only where the site has asked for it', () => {
    Object.defineProperty(navigator, 'doNotTrack', {value: '1', configurable: true});
    const answers = [{}, {signals: {}}, {signals: {dnt: false}}, {signals: {dnt: true}}].map(readGpc);
    delete (navigator as {doNotTrack?: unknown}).doNotTrack;
    expect(answers).to.eql([false, false, false, true]);
    expect(readGpc({signals: {dnt: true}})).to.equal(false);
  });
});
