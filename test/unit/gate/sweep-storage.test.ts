import {expect} from '@esm-bundle/chai';
import {sweepStorage} from '../../../src/gate/sweep-storage.js';
import {clearStorage, withBlocked} from '../consent/support.js';

/** A browser in which the cookies of `stuck` cannot be removed. */
function setup(stuck: string[] = []) {
  const asked: string[] = [];
  const removeCookie = (name: string) => {
    asked.push(name);
    return !stuck.includes(name);
  };
  return {asked, removeCookie};
}

describe('sweepStorage', () => {
  afterEach(() => clearStorage());

  it('removes each name from cookies and both kinds of storage', () => {
    const {asked, removeCookie} = setup();
    localStorage.setItem('_ga', '1');
    sessionStorage.setItem('_ga', '1');
    sessionStorage.setItem('heat:1', '1');
    expect(sweepStorage(['_ga', 'heat:1'], removeCookie)).to.deep.equal([]);
    expect(asked).to.deep.equal(['_ga', 'heat:1']);
    expect(localStorage.getItem('_ga')).to.equal(null);
    expect(sessionStorage.length).to.equal(0);
  });

  it('removes nothing else', () => {
    localStorage.setItem('cart', '1');
    sweepStorage(['_ga'], setup().removeCookie);
    expect(localStorage.getItem('cart')).to.equal('1');
  });

  it('names the cookies that stay', () => {
    expect(sweepStorage(['_ga', '_fbp'], setup(['_fbp']).removeCookie)).to.deep.equal(['_fbp']);
  });

  it('removes the cookies where storage is blocked', () => {
    const {asked, removeCookie} = setup();
    withBlocked(['storage'], () => sweepStorage(['_ga'], removeCookie));
    expect(asked).to.deep.equal(['_ga']);
  });
});
