import {expect} from '@esm-bundle/chai';
import {readCookies} from '../../src/read-cookies.js';
import {clearStorage, setCookie, withBlocked} from './consent/support.js';

describe('readCookies', () => {
  afterEach(() => clearStorage());

  it('lists name and value of each', () => {
    setCookie('one=1');
    setCookie('two=');
    const cookies = Object.fromEntries(readCookies());
    expect(cookies).to.include({one: '1', two: ''});
  });

  it('lists nothing, and does not throw, where cookies are blocked', () => {
    withBlocked(['cookie'], () => expect(readCookies().filter(([name]) => name)).to.deep.equal([]));
  });
});
