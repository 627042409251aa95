import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig} from '../../../src/config/types.js';
import {findLeftovers, sweepMark} from '../../../src/gate/find-leftovers.js';
import {catalogue} from '../../../src/vendors/index.js';
import {clearStorage, setCookie, withBlocked} from '../consent/support.js';

const CONFIG: ConsentConfig = {
  vendors: [
    'google-analytics',
    'meta-pixel',
    {id: 'heatmap', category: 'analytics', cookies: ['_heat*'], storage: ['heat:*']},
    {id: 'twin', category: 'analytics', cookies: ['_heat_shared', '_twin']},
  ],
};

function setup({
  config = CONFIG,
  cookies = [],
  local = [],
  session = [],
  granted = [],
}: {
  config?: ConsentConfig;
  cookies?: string[];
  local?: string[];
  session?: string[];
  granted?: string[];
} = {}) {
  const settings = normalizeConfig(config, catalogue);
  for (const name of cookies) setCookie(`${name}=1`);
  for (const name of local) localStorage.setItem(name, '1');
  for (const name of session) sessionStorage.setItem(name, '1');
  return [...findLeftovers(settings, (id) => granted.includes(id))].sort();
}

describe('findLeftovers', () => {
  afterEach(() => clearStorage());

  it('finds nothing where nothing is', () => {
    expect(setup()).to.deep.equal([]);
  });

  it('finds the cookies of denied vendors', () => {
    expect(setup({cookies: ['_ga', '_ga_X1', '_fbp', '_heat1']})).to.deep.equal([
      '_fbp',
      '_ga',
      '_ga_X1',
      '_heat1',
    ]);
  });

  it('finds their items in both kinds of storage', () => {
    expect(setup({local: ['heat:1'], session: ['heat:2']})).to.deep.equal(['heat:1', 'heat:2']);
  });

  it('finds an item by the name of a cookie, and a cookie by the name of an item', () => {
    expect(setup({cookies: ['heat:1'], local: ['_heat1']})).to.deep.equal(['_heat1', 'heat:1']);
  });

  it('leaves what is nobody\u2019s', () => {
    expect(setup({cookies: ['session', 'x_ga', '_gax'], local: ['cart', 'heat']})).to.deep.equal([]);
  });

  it('leaves what a granted vendor has', () => {
    expect(setup({cookies: ['_ga', '_fbp'], granted: ['google-analytics']})).to.deep.equal(['_fbp']);
  });

  it('leaves what a denied vendor shares with a granted one', () => {
    const cookies = ['_heat_shared', '_heat1'];
    expect(setup({cookies, granted: ['twin']})).to.deep.equal(['_heat1']);
    expect(setup({cookies, granted: ['heatmap']})).to.deep.equal([]);
    expect(setup({cookies, granted: []})).to.deep.equal(['_heat1', '_heat_shared']);
  });

  it('does not take the grant of a category for that of its vendors', () => {
    expect(setup({cookies: ['_ga'], granted: ['analytics']})).to.deep.equal(['_ga']);
  });

  it('leaves the record, whatever the patterns', () => {
    const vendors = [{id: 'heatmap', category: 'analytics', cookies: ['con*'], storage: ['*t']}];
    expect(setup({config: {vendors}, cookies: ['consent', 'connect'], local: ['consent']})).to.deep.equal([
      'connect',
    ]);
    expect(setup({config: {vendors, cookie: {name: 'connect'}}, cookies: ['consent', 'connect']})).to.include(
      'consent',
    );
  });

  it('leaves the earlier decisions, whatever the patterns', () => {
    const vendors = [{id: 'heatmap', category: 'analytics', cookies: ['consent*'], storage: ['*history']}];
    const local = ['consent-history', 'consent-undo', 'my-history'];
    expect(setup({config: {vendors}, local})).to.deep.equal(['my-history']);
  });

  it('finds nothing in the earlier decisions, whichever vendors of the catalogue are denied', () => {
    const settings = normalizeConfig({vendors: catalogue.map(({id}) => id)}, catalogue);
    localStorage.setItem('consent-history', '[]');
    expect(findLeftovers(settings, () => false)).to.deep.equal([]);
  });

  it('leaves everything to a vendor whose patterns are a mistake', () => {
    const vendors = [{id: 'heatmap', category: 'analytics', cookies: ['_heat*', '*']}];
    expect(setup({config: {vendors}, cookies: ['session', '_heat1']})).to.deep.equal([]);
  });

  it('finds cookies where storage is blocked', () => {
    setCookie('_ga=1');
    withBlocked(['storage'], () => {
      const settings = normalizeConfig(CONFIG, catalogue);
      expect(findLeftovers(settings, () => false)).to.deep.equal(['_ga']);
    });
  });

  it('finds nothing, and does not throw, where all is blocked', () => {
    withBlocked(['cookie', 'storage'], () => expect(setup()).to.deep.equal([]));
  });

  it('finds the mark of a tag that was stopped by a reload', () => {
    sessionStorage.setItem('consent-sweep', '');
    const settings = normalizeConfig(CONFIG, catalogue);
    expect(findLeftovers(settings, () => false)).to.deep.equal([sweepMark(settings)]);
  });
});
