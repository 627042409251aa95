import {expect} from '@esm-bundle/chai';
import {isFetchable} from '../../../src/config/is-fetchable.js';

function setup(url: string, base = 'https://example.jp/shop/'): boolean {
  return isFetchable(url, {baseURI: base});
}

describe('isFetchable', () => {
  for (const url of [
    'https://heat.example/h.js',
    'http://heat.example/h.js',
    'HTTPS://heat.example/h.js',
    '//heat.example/h.js',
    '/proxy/gtag.js',
    'h.js',
    '../h.js?x=javascript:1',
    '?x',
    ' https://heat.example/h.js',
  ]) {
    it(`lets ${JSON.stringify(url)} pass`, () => {
      expect(setup(url)).to.equal(true);
    });
  }

  for (const url of [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/javascript,alert(1)',
    'DATA:text/html,x',
    'blob:https://example.jp/1',
    'file:///etc/passwd',
    'about:blank',
    'filesystem:https://example.jp/x',
    'httpx:alert(1)',
    'ftp://example.jp/h.js',
    'view-source:https://example.jp/',
    'https://',
    'https://[',
  ]) {
    it(`stops ${JSON.stringify(url)}`, () => {
      expect(setup(url)).to.equal(false);
    });
  }

  it('stops what has no address to start from', () => {
    expect(setup('h.js', 'about:blank')).to.equal(false);
  });
});
