import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig, ConsentModeConfig} from '../../../src/config/types.js';
import {extendConsentMode} from '../../../src/signals/extended-consent-mode.js';
import {catalogue} from '../../../src/vendors/index.js';

interface Site extends ConsentModeConfig {
  region?: string;
  gpc?: boolean;
  regime?: ConsentConfig['regime'];
  granted?: string[];
}

function setup({region, gpc = false, regime = 'opt-in', granted = [], ...consentMode}: Site) {
  const said: unknown[][] = [];
  const vendors = [{id: 'google-analytics', tagId: 'G-ABCDEFG123'}, 'google-ads', 'meta-pixel'];
  const settings = normalizeConfig({regime, vendors, consentMode}, catalogue);
  const isLetIn = extendConsentMode(
    settings,
    () => ({region, gpc}),
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

  it('denies advertising in each of them to who sends Global Privacy Control', () => {
    const {said} = setup({advanced: true, gpc: true, regime: {'US-CA': 'opt-out'}});
    expect(said[0]?.[2]).to.deep.equal({...signals('granted', 'denied'), region: ['US-CA']});
  });
});
