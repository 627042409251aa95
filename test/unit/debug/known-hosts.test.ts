import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import {createKnownHosts} from '../../../src/debug/known-hosts.js';
import {catalogue} from '../../../src/vendors/index.js';

const own = (id: string, src: string) => ({id, category: 'analytics', src});
const VENDORS = [
  {id: 'google-ads', tagId: 'AW-123456789'},
  own('heatmap', 'https://heat.example/h.js'),
  own('proxied', 'https://www.example.co.jp/proxy/tag.js'),
  own('ours', 'https://static.example.co.jp/o.js'),
  own('shared', 'https://cdn.jsdelivr.net/npm/x/x.js'),
  own('local', 'http://localhost:8001/t.js'),
];

describe('to whom a request goes', () => {
  const {vendorsAt} = createKnownHosts(
    normalizeConfig({vendors: VENDORS}, catalogue),
    [
      {vendor: 'video', url: 'https://video.example/embed/1'},
      {vendor: undefined, url: 'https://nobody.example/w.js'},
      {vendor: 'inline', url: ''},
    ],
    'https://www.example.co.jp/page',
  );
  const table: [url: string, ...ids: string[]][] = [
    ['https://www.example.co.jp/app.js'],
    ['https://www.example.co.jp/proxy/tag.js?v=2', 'proxied'],
    ['/proxy/tag.js', 'proxied'],
    ['https://static.example.co.jp/o.js', 'ours'],
    ['https://static.example.co.jp/app.js'],
    ['https://cdn.jsdelivr.net/npm/x/x.js', 'shared'],
    ['https://cdn.jsdelivr.net/npm/jquery/jquery.js'],
    ['https://heat.example/collect', 'heatmap'],
    ['https://eu.heat.example/collect', 'heatmap'],
    ['https://cheat.example/collect'],
    ['https://video.example/embed/2', 'video'],
    ['https://nobody.example/w.js'],
    ['http://localhost:8001/collect', 'local'],
    ['http://localhost:8002/collect'],
    ['https://region1.google-analytics.com/g/collect?v=2', 'google-analytics'],
    ['https://region1.analytics.google.com/g/collect', 'google-analytics'],
    ['https://stats.g.doubleclick.net/g/collect', 'google-ads', 'google-analytics'],
    ['https://googleads.g.doubleclick.net/pagead/x', 'google-ads'],
    ['https://www.google.com/ccm/collect', 'google-ads'],
    ['https://www.google.com/maps/embed'],
    ['https://www.googletagmanager.com/gtm.js', 'google-ads', 'google-analytics', 'google-tag-manager'],
    // The address of the configuration says more than its host.
    ['https://www.googletagmanager.com/gtag/js?id=G-1', 'google-ads'],
    ['https://www.facebook.com/tr/?id=1', 'meta-pixel'],
    ['https://www.facebook.com/plugins/page.php'],
    ['https://connect.facebook.net/en_US/fbevents.js', 'meta-pixel'],
    ['https://s.yimg.jp/images/listing/tool/cv/ytag.js', 'yahoo-japan-ads'],
    ['https://s.yimg.jp/images/login/button.png'],
    ['https://b99.yahoo.co.jp/pagead/conversion', 'yahoo-japan-ads'],
    ['https://www.yahoo.co.jp/'],
    ['https://px.a8.net/a8fly/earnings', 'a8-net'],
    ['data:text/plain,x'],
    ['about:blank'],
    ['https://'],
  ];
  for (const [url, ...ids] of table) {
    it(`${url}: ${ids.join(', ') || 'nobody'}`, () => {
      expect(vendorsAt(url)).to.deep.equal(ids);
    });
  }
});
