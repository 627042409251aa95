import {expect} from '@esm-bundle/chai';
import type {VendorWindow} from '../../../src/config/types.js';
import {definition as yahooJapanAds} from '../../../src/vendors/yahoo-japan-ads.js';
import {commandsOf, isArguments} from './support.js';

type Ytag = (command: object) => void;

const GENERAL = {type: 'ycl_cookie', config: {ycl_use_non_cookie_storage: true}};

function setup() {
  const window = {} as VendorWindow;
  yahooJapanAds.install?.(window);
  return {
    window,
    ytag: window['ytag'] as Ytag,
    start: (tagId = '') => yahooJapanAds.start?.(window, tagId, ''),
    /** The one argument of each call. */
    commands: () => commandsOf(window['yjDataLayer']).map((command) => (command as unknown[])[0]),
  };
}

describe('yahooJapanAds', () => {
  it('takes calls as argument lists', () => {
    const {window, ytag, commands} = setup();
    ytag({type: 'yss_conversion', config: {}});
    expect(isArguments((window['yjDataLayer'] as unknown[])[0])).to.equal(true);
    expect(commands()).to.deep.equal([{type: 'yss_conversion', config: {}}]);
  });

  it('makes no call before it starts', () => {
    expect(setup().commands()).to.deep.equal([]);
  });

  const search = {type: 'yss_retargeting', config: {yahoo_ss_retargeting_id: '1234567890'}};
  const display = {type: 'yjad_retargeting', config: {yahoo_retargeting_id: 'ABCDEFGH12'}};
  const rows: [rule: string, tagId: string, after: object[]][] = [
    ['the general tag alone', '', [GENERAL]],
    ['the general tag, then retargeting for search', '1234567890', [GENERAL, search]],
    ['the general tag, then retargeting for display', 'ABCDEFGH12', [GENERAL, display]],
  ];
  for (const [rule, tagId, after] of rows) {
    it(`calls ${rule} for ${tagId || 'no id'}`, () => {
      const {start, commands} = setup();
      start(tagId);
      expect(commands()).to.deep.equal(after);
    });
  }

  it('takes ten digits that begin with another one for display', () => {
    const {start, commands} = setup();
    start('2234567890');
    expect(commands()[1]).to.deep.equal({
      type: 'yjad_retargeting',
      config: {yahoo_retargeting_id: '2234567890'},
    });
  });

  it('calls the general tag ahead of what the page has queued', () => {
    const {ytag, start, commands} = setup();
    const conversion = {type: 'yss_conversion', config: {}};
    const later = {type: 'yjad_conversion', config: {}};
    ytag(conversion);
    start('1234567890');
    ytag(later);
    expect(commands()).to.deep.equal([GENERAL, search, conversion, later]);
  });

  it('loses nothing when it is installed twice', () => {
    const {window, ytag, commands} = setup();
    ytag({type: 'yss_conversion'});
    yahooJapanAds.install?.(window);
    expect(window['ytag']).to.equal(ytag);
    expect(commands()).to.have.length(1);
  });

  it('keeps a queue of the page', () => {
    const yjDataLayer: unknown[] = [];
    const window = {yjDataLayer} as unknown as VendorWindow;
    yahooJapanAds.install?.(window);
    expect(window['yjDataLayer']).to.equal(yjDataLayer);
  });
});
