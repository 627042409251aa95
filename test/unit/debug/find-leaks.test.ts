import {expect} from '@esm-bundle/chai';
import type {TagReport} from '../../../src/debug/contract.js';
import {findLeaks} from '../../../src/debug/find-leaks.js';
import {createKnownHosts} from '../../../src/debug/known-hosts.js';
import {createCore, tag} from './support.js';

const META = 'https://www.facebook.com/tr/?id=1&dl=secret#x';
const meta = (fields: Partial<TagReport>) =>
  tag({
    vendor: 'meta-pixel',
    category: 'advertising',
    url: 'https://connect.facebook.net/en_US/fbevents.js',
    ...fields,
  });

/** @returns codes of the leaks; requests are made at 100 ms of the page */
function leaksOf(url: string, tags: readonly TagReport[], denied: readonly string[] = [], at = 100) {
  const {settings} = createCore().core;
  return findLeaks({
    settings,
    tags,
    page: 'https://www.example.co.jp/',
    requests: [{url, startTime: at, initiator: 'img'}],
    hosts: createKnownHosts(settings, tags, 'https://www.example.co.jp/'),
    wasDenied: (ids) => ids.some((id) => denied.includes(id)),
  });
}

describe('a request to a known vendor', () => {
  const table: [rule: string, url: string, tags: TagReport[], denied: string[], ...codes: string[]][] = [
    ['has passed after a tag of that vendor was let in', META, [meta({insertedAt: 50})], []],
    ['has passed with what rounding adds', META, [meta({insertedAt: 103})], []],
    ['has passed when markup under that name was let in', META, [meta({url: '', insertedAt: 50})], []],
    [
      'has passed when markup that names nobody, but its address, was let in',
      META,
      [meta({vendor: undefined, insertedAt: 50})],
      [],
    ],
    [
      'has passed when an inline tag of the category was let in that names nobody',
      META,
      [meta({vendor: undefined, url: '', insertedAt: 50})],
      [],
    ],
    [
      'has not passed by an inline tag of another category',
      META,
      [meta({vendor: undefined, url: '', category: 'analytics', insertedAt: 50})],
      [],
      'ungated',
    ],
    ['has not passed by another vendor', META, [tag({insertedAt: 50})], [], 'ungated'],
    ['has not passed before', META, [meta({insertedAt: 150})], [], 'early'],
    ['has not passed while its tag waits', META, [meta({})], ['meta-pixel'], 'denied'],
    ['has not passed after a withdrawal', META, [meta({insertedAt: 50})], ['meta-pixel'], 'denied'],
    ['has not passed without any tag', META, [], [], 'ungated'],
    ['has not passed to a vendor that nobody declared', 'https://px.a8.net/x', [], [], 'undeclared'],
    [
      'has passed as the very tag that was let in, whoever else lives at that host',
      'https://www.facebook.com/tr/pixel.gif?id=2',
      [
        tag({
          vendor: undefined,
          category: 'functional',
          url: 'https://www.facebook.com/tr/pixel.gif?id=1',
          insertedAt: 50,
        }),
      ],
      [],
    ],
    [
      'has not passed to a vendor that is only marked up, and waits',
      'https://www.youtube-nocookie.com/embed/2',
      [tag({vendor: 'youtube', category: 'functional', url: 'https://www.youtube-nocookie.com/embed/1'})],
      ['functional'],
      'denied',
    ],
    ['of nobody known is none of our business', 'https://fonts.example/x.woff2', [], []],
  ];
  for (const [rule, url, tags, denied, ...codes] of table) {
    it(rule, () => {
      expect(leaksOf(url, tags, denied).map(({why}) => why.code)).to.deep.equal(codes);
    });
  }

  it('is told without its query, with whom it went to', () => {
    const [leak] = leaksOf(META, []);
    expect(leak).to.deep.include({
      url: 'https://www.facebook.com/tr/',
      initiator: 'img',
      vendors: ['meta-pixel'],
    });
    expect(leak?.time).to.equal(new Date(performance.timeOrigin + 100).toISOString());
  });
});
