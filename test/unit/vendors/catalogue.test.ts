import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {Vendor, VendorWindow} from '../../../src/config/types.js';
import {leavesOf} from '../../../src/gate/find-leftovers.js';
import {pickText} from '../../../src/ui-contract.js';
import {disclosures} from '../../../src/vendors/disclosures.js';
import {catalogue} from '../../../src/vendors/index.js';
import {tagIdForms} from '../../../src/vendors/tag-ids.js';

/** Those that the loader brings along. */
const early = catalogue.filter(({isStandIn}) => !isStandIn);

/** Each of them on one site, with the example of its id. */
function setup() {
  const vendors = early.map(({id}) => ({
    id,
    ...(tagIdForms[id] && {tagId: tagIdForms[id].split(' ')[0] as string}),
  }));
  return normalizeConfig({vendors}, early).vendors;
}

describe('the catalogue', () => {
  it('has each vendor once', () => {
    expect(early.map(({id}) => id)).to.have.members([
      'google-analytics',
      'google-ads',
      'google-tag-manager',
      'yahoo-japan-ads',
      'meta-pixel',
      'nai',
      'a8-net',
    ]);
  });

  for (const vendor of setup()) {
    describe(vendor.id, () => {
      it('belongs to a category that every site has', () => {
        expect(['functional', 'analytics', 'advertising']).to.include(vendor.category);
      });

      it('has no mistake of its own', () => {
        expect(vendor.isBroken).to.equal(false);
      });

      it('shows the form of its id by an example that fits', () => {
        const {tagId} = vendor.definition ?? {};
        expect(tagIdForms[vendor.id] !== undefined).to.equal(tagId !== undefined);
        for (const example of tagIdForms[vendor.id]?.split(' or ') ?? []) {
          expect(tagId?.test(example), example).to.equal(true);
        }
      });

      it('loads, if anything, over https from an address that holds no second one', () => {
        if (!vendor.url) return expect(vendor.definition?.src).to.equal(undefined);
        const url = new URL(vendor.url);
        expect(url.protocol).to.equal('https:');
        expect([...url.searchParams.keys()].filter((key) => key !== 'id')).to.deep.equal([]);
      });

      it('takes no id that could change the address', () => {
        for (const suffix of ['&x=1', '#', '/../x', ' ', '\n', '%00', '"', '<']) {
          const form = vendor.definition?.tagId;
          const example = tagIdForms[vendor.id]?.split(' ')[0] ?? '';
          expect(form?.test(example + suffix) ?? false, suffix).to.equal(false);
        }
      });

      it('is disclosed: who receives what, and for what', () => {
        const {name, recipient, transmits, purpose, privacyUrl, optOutUrl} = disclosures[vendor.id] ?? {};
        for (const text of [name, recipient, purpose]) expect(pickText(text, 'ja')).to.not.equal('');
        expect(transmits).to.be.an('array').that.is.not.empty;
        expect(privacyUrl ?? optOutUrl).to.match(/^https:\/\//);
      });

      it('touches nothing of the document when it installs, starts, stops and resumes', () => {
        const before = document.documentElement.outerHTML;
        const cookies = document.cookie;
        const window = {} as VendorWindow;
        const {install, start, stop, resume} = vendor.definition ?? {};
        install?.(window);
        start?.(window, vendor.tagId ?? '', '');
        stop?.(window, vendor.tagId ?? '');
        resume?.(window, vendor.tagId ?? '');
        expect(document.documentElement.outerHTML).to.equal(before);
        expect(document.cookie).to.equal(cookies);
        expect(localStorage.length).to.equal(0);
      });
    });
  }

  it('leaves nothing on the site that it does not own up to', () => {
    const rows: [id: string, names: string[]][] = [
      ['google-analytics', ['_ga', '_ga_ABCDEFG123', '_gid', '_gat', '_gat_gtag_UA_1', '_gali']],
      ['google-analytics', ['_dc_gtm_UA-1', '__utma', '__utmz', 'AMP_TOKEN', 'FPID', 'FPLC', 'FPGSID']],
      ['google-ads', ['_gcl_au', '_gcl_aw', '_gac_UA-1', '_gac_gb_1', '_gcl_ls', 'FPAU', 'FPGCLAW']],
      ['meta-pixel', ['_fbp', '_fbc', 'lastExternalReferrer', 'lastExternalReferrerTime']],
      ['yahoo-japan-ads', ['_ycl_yjad', '_ycl_aw', '_ts_yjad', '_yjr_yjad', '_yjsu_yjad', '_ly_sa_cids']],
      ['a8-net', ['_a8_1']],
    ];
    const vendors = setup();
    for (const [id, names] of rows) {
      const leaves = leavesOf(vendors.find((vendor) => vendor.id === id) as Vendor);
      for (const name of names) expect(leaves(name), `${id} ${name}`).to.equal(true);
      for (const name of ['session', 'consent', 'PHPSESSID', '_gallery', 'cart']) {
        expect(leaves(name), `${id} ${name}`).to.equal(false);
      }
    }
  });

  it('discloses no vendor that it does not have', () => {
    expect(Object.keys(disclosures)).to.have.members(early.map(({id}) => id));
  });
});
