import {expect} from '@esm-bundle/chai';
import {withSafeLinks} from '../../../src/config/safe-links.js';

/** @returns the link that is left of `url` */
function setup(url: unknown): unknown {
  return withSafeLinks({url, name: 'kept'} as {url?: unknown; name: string}, ['url']).url;
}

describe('withSafeLinks', () => {
  for (const url of [
    'https://example.jp/privacy',
    'http://example.jp/',
    '/privacy/',
    'privacy.html#x',
    'mailto:a@example.jp',
    'tel:+81312345678',
  ]) {
    it(`keeps ${url}`, () => {
      expect(setup(url)).to.equal(url);
    });
  }

  for (const url of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.jp/1',
    'file:///etc/passwd',
    'https://[',
    5,
    null,
    undefined,
    ['/privacy/'],
    {toString: () => 'javascript:alert(1)'},
  ]) {
    it(`drops ${typeof url === 'string' ? JSON.stringify(url) : String(JSON.stringify(url))}`, () => {
      expect(setup(url)).to.equal(undefined);
    });
  }

  it('keeps everything else', () => {
    const links = {privacyPolicy: '/privacy/', note: 'javascript:'};
    expect(withSafeLinks(links, ['privacyPolicy'])).to.deep.equal(links);
  });

  it('leaves the object of the site as it was', () => {
    const links = {privacyPolicy: 'javascript:alert(1)'};
    withSafeLinks(links, ['privacyPolicy']);
    expect(links).to.deep.equal({privacyPolicy: 'javascript:alert(1)'});
  });

  it('makes an empty object of nothing', () => {
    expect(withSafeLinks(undefined, [])).to.deep.equal({});
    expect(withSafeLinks('text' as unknown as object, [])).to.be.an('object');
  });
});
