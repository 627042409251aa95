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

  it('lists the cookies, not an element of the page that is named cookie', () => {
    setCookie('one=1');
    const element = Object.assign(document.createElement('img'), {name: 'cookie'});
    document.body.append(element);
    expect(document.cookie).to.equal(element);
    const cookies = Object.fromEntries(readCookies());
    element.remove();
    expect(cookies).to.include({one: '1'});
  });
});
