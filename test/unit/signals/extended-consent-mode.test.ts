import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {AgeBand, ConsentConfig, ConsentModeConfig} from '../../../src/config/types.js';
import {extendConsentMode} from '../../../src/signals/extended-consent-mode.js';
import {catalogue} from '../../../src/vendors/index.js';

interface Site extends ConsentModeConfig {
  region?: string;
  gpc?: boolean;
  regime?: ConsentConfig['regime'];
  granted?: string[];
  isChild?: boolean;
  ageBand?: AgeBand;
  categories?: ConsentConfig['categories'];
}

function setup({
  region,
  gpc = false,
  regime = 'opt-in',
  granted = [],
  isChild = false,
  ageBand,
  categories,
  ...consentMode
}: Site) {
  const said: unknown[][] = [];
  const vendors = [{id: 'google-analytics', tagId: 'G-ABCDEFG123'}, 'google-ads', 'meta-pixel'];
  const settings = normalizeConfig(
    {regime, vendors, consentMode, ...(ageBand && {ageBand}), ...(categories && {categories})},
    catalogue,
  );
  const isLetIn = extendConsentMode(
    settings,
    () => ({region, gpc, isChild}),
    (_, ...command) => said.push(command),
    (id) => granted.includes(id),
  );
  return {said, letIn: () => settings.vendors.map(({id}) => id).filter(isLetIn)};
}

const signals = (others: string, ads = others) => ({
  ad_storage: ads,
  ad_user_data: ads,
  ad_personalization: ads,
  analytics_storage: others,
  functionality_storage: others,
  personalization_storage: others,
  security_storage: 'granted',
});

describe('extendConsentMode', () => {
  it('says nothing and lets in nobody where the site asks for nothing', () => {
    const {said, letIn} = setup({});
    expect(said).to.deep.equal([]);
    expect(letIn()).to.deep.equal([]);
  });

  it('sets what the site asks for, in Google’s order', () => {
    const {said} = setup({adsDataRedaction: true, urlPassthrough: true});
    expect(said).to.deep.equal([
      ['set', 'ads_data_redaction', true],
      ['set', 'url_passthrough', true],
    ]);
  });

  it('lets tags wait for a page that answers late, and for no longer than it says', () => {
    expect(setup({waitForUpdate: 500}).said).to.deep.equal([
      ['consent', 'default', {...signals('denied'), wait_for_update: 500}],
    ]);
    for (const waitForUpdate of [0, -1, Number.NaN, 'soon' as unknown as number])
      expect(setup({waitForUpdate}).said).to.deep.equal([]);
  });

  it('lets a granted vendor in, as ever', () => {
    expect(setup({granted: ['meta-pixel', 'google-ads']}).letIn()).to.deep.equal([
      'google-ads',
      'meta-pixel',
    ]);
  });

  describe('lets Google’s tags in before a choice', () => {
    const rows: [site: Site, isAdvanced: boolean][] = [
      [{advanced: ['US'], region: 'US'}, true],
      [{advanced: ['US'], region: 'US-CA'}, true],
      [{advanced: ['US-CA'], region: 'US-CA'}, true],
      [{advanced: ['US-CA'], region: 'US'}, false],
      [{advanced: ['US-CA'], region: 'US-TX'}, false],
      [{advanced: ['US'], region: 'JP'}, false],
      [{advanced: ['US']}, false],
      [{advanced: true}, true],
      [{advanced: true, region: 'DE'}, true],
      [{advanced: 'US' as unknown as true, region: 'US'}, false],
      [{advanced: 1 as unknown as true, region: 'US'}, false],
    ];
    for (const [site, isAdvanced] of rows) {
      it(`${isAdvanced ? 'in' : 'not in'} ${site.region ?? 'an unknown region'} with ${JSON.stringify(site.advanced)}`, () => {
        expect(setup(site).letIn()).to.deep.equal(isAdvanced ? ['google-analytics', 'google-ads'] : []);
      });
    }
  });

  it('gives each region its default where Google has to find out the region', () => {
    const regime = {default: 'opt-in', 'US-CA': 'opt-out', DE: 'opt-in', JP: 'notice'} as const;
    expect(setup({advanced: true, regime}).said).to.deep.equal([
      ['consent', 'default', {...signals('granted'), region: ['US-CA']}],
      ['consent', 'default', {...signals('denied'), region: ['DE']}],
      ['consent', 'default', {...signals('granted'), region: ['JP']}],
    ]);
    expect(setup({advanced: true, regime, region: 'JP'}).said).to.deep.equal([]);
    expect(setup({regime}).said).to.deep.equal([]);
  });

  it('lets in no other vendor by a name like Google’s', () => {
    const vendors = [
      'google-maps',
      {id: 'google-reviews', category: 'analytics', src: 'https://r.example/r.js'},
    ];
    const settings = normalizeConfig({vendors, consentMode: {basic: false, advanced: true}}, catalogue);
    const place = {region: undefined, gpc: false, isChild: false};
    const isLetIn = extendConsentMode(
      settings,
      () => place,
      () => {},
      () => false,
    );
    expect(settings.vendors.map(({id}) => isLetIn(id))).to.deep.equal([false, false]);
  });

  it('lets nothing in for a child, and gives no region a default for the young', () => {
    const site = {advanced: true, regime: {default: 'opt-in', US: 'opt-out'}} as const;
    expect(setup({...site, isChild: true}).letIn()).to.deep.equal([]);
    expect(setup({...site, isChild: true}).said).to.deep.equal([]);
    expect(setup({...site, ageBand: '13-15'}).said).to.deep.equal([]);
  });

  it('denies in each of them what is asked for first everywhere', () => {
    const categories = [{id: 'analytics', optIn: true}, 'advertising', 'functional'];
    const {said} = setup({advanced: true, categories, regime: {US: 'opt-out'}});
    expect(said[0]?.[2]).to.include({analytics_storage: 'denied', ad_storage: 'granted'});
  });

  it('survives a queue that is none', () => {
    const reported: unknown[] = [];
    const {reportError} = window;
    window.reportError = (error) => reported.push(error);
    const settings = normalizeConfig({consentMode: {basic: false, urlPassthrough: true}}, catalogue);
    const fail = () => {
      throw Error('clobbered');
    };
    extendConsentMode(
      settings,
      () => ({region: 'JP', gpc: false, isChild: false}),
      fail,
      () => false,
    );
    window.reportError = reportError;
    expect(reported).to.have.length(1);
  });

  it('denies advertising in each of them to who sends Global Privacy Control', () => {
    const {said} = setup({advanced: true, gpc: true, regime: {'US-CA': 'opt-out'}});
    expect(said[0]?.[2]).to.deep.equal({...signals('granted', 'denied'), region: ['US-CA']});
  });
});
