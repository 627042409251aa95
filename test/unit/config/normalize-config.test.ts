import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {Vendor, VendorConfig} from '../../../src/config/types.js';
import {resolveState} from '../../../src/consent/grants.js';
import {decodeRecord} from '../../../src/consent/record.js';
import {leavesOf as leavesOfVendor} from '../../../src/gate/find-leftovers.js';
import {resolveCircumstances} from '../../../src/policy/resolve-regime.js';
import {catalogue} from '../../../src/vendors/index.js';

function setup(config: unknown = {}) {
  const settings = normalizeConfig(config, catalogue);
  return {settings, vendor: (id: string) => settings.vendors.find((vendor) => vendor.id === id)};
}

/** The one vendor of a site, as the site describes it. */
function setupVendor(vendor: unknown) {
  const {settings} = setup({vendors: [vendor]});
  return settings.vendors[0];
}

/** A vendor of the site's own without a mistake. */
const HEATMAP = {id: 'heatmap', category: 'analytics', src: 'https://heat.example/h.js'};

const throwing = new Proxy(
  {},
  {
    get() {
      throw Error('trap');
    },
    ownKeys() {
      throw Error('trap');
    },
    has() {
      throw Error('trap');
    },
    getOwnPropertyDescriptor() {
      throw Error('trap');
    },
  },
);

describe('normalizeConfig', () => {
  describe('serves without a configuration', () => {
    for (const config of [undefined, null, '', 'a page not found', 0, 1, true, [], {}]) {
      it(JSON.stringify(config) ?? 'undefined', () => {
        const {settings} = setup(config);
        expect(settings.categories).to.deep.equal([
          {id: 'essential', required: true},
          {id: 'functional'},
          {id: 'analytics'},
          {id: 'advertising'},
        ]);
        expect(settings.vendors).to.deep.equal([]);
        expect(settings.policy).to.deep.equal({version: '0', revisions: []});
        expect(settings.cookie).to.deep.equal({name: 'consent', days: 182});
      });
    }
  });

  it('hands on what it does not need as the site wrote it', () => {
    const config = {
      controller: {name: 'Example'},
      links: {privacyPolicy: '/privacy/'},
      regime: {default: 'opt-in', JP: 'notice'},
      region: 'JP',
      ageBand: '16+',
      recordEndpoint: '/records',
      ui: {layout: 'box'},
    };
    expect(setup(config).settings).to.deep.include(config);
  });

  it('leaves the object of the site as it was', () => {
    const config = {
      policy: {version: '1 2', revisions: [{version: '1 2'}]},
      categories: ['analytics'],
      vendors: [{...HEATMAP, cookies: ['_h*']}, 'a8-net'],
      cookie: {days: 1000},
    };
    const before = structuredClone(config);
    setup(config);
    expect(config).to.deep.equal(before);
  });

  describe('categories', () => {
    it('may be written as texts or as objects', () => {
      const {settings} = setup({categories: ['analytics', {id: 'social', sale: true}]});
      expect(settings.categories).to.deep.equal([{id: 'analytics'}, {id: 'social', sale: true}]);
    });

    it('take the place of the four known ones', () => {
      expect(setup({categories: ['social']}).settings.categories).to.deep.equal([{id: 'social'}]);
    });

    it('keep the first of two of the same name', () => {
      const {settings} = setup({categories: [{id: 'social'}, {id: 'social', required: true}]});
      expect(settings.categories).to.deep.equal([{id: 'social'}]);
    });

    for (const categories of [null, 'analytics', 1, {id: 'analytics'}]) {
      it(`are none where the list is ${JSON.stringify(categories)}, so that nothing can be granted`, () => {
        const {settings} = setup({categories, vendors: [HEATMAP]});
        expect(settings.categories).to.deep.equal([]);
        expect(settings.vendors[0]).to.include({isBroken: true, url: undefined});
      });
    }
  });

  describe('a vendor of the catalogue', () => {
    const rows: [vendor: unknown, category: string, url: string | undefined][] = [
      [
        {id: 'google-analytics', tagId: 'G-ABCDEFG123'},
        'analytics',
        'https://www.googletagmanager.com/gtag/js?id=G-ABCDEFG123',
      ],
      [
        {id: 'google-ads', tagId: 'AW-123456789'},
        'advertising',
        'https://www.googletagmanager.com/gtag/js?id=AW-123456789',
      ],
      [
        {id: 'google-tag-manager', tagId: 'GTM-ABC1234'},
        'advertising',
        'https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234',
      ],
      [
        {id: 'meta-pixel', tagId: '123456789012345'},
        'advertising',
        'https://connect.facebook.net/en_US/fbevents.js',
      ],
      [
        {id: 'yahoo-japan-ads', tagId: '1234567890'},
        'advertising',
        'https://s.yimg.jp/images/listing/tool/cv/ytag.js',
      ],
      [
        {id: 'yahoo-japan-ads', tagId: 'ABCDEFGH12'},
        'advertising',
        'https://s.yimg.jp/images/listing/tool/cv/ytag.js',
      ],
      // May be left out: the general tag alone
      [{id: 'yahoo-japan-ads'}, 'advertising', 'https://s.yimg.jp/images/listing/tool/cv/ytag.js'],
      ['yahoo-japan-ads', 'advertising', 'https://s.yimg.jp/images/listing/tool/cv/ytag.js'],
      // Named without its id: the recipient of tags in the page
      ['google-analytics', 'analytics', undefined],
      ['meta-pixel', 'advertising', undefined],
      [{id: 'meta-pixel', src: '/proxy/fbevents.js'}, 'advertising', undefined],
      // Disclosure only
      ['a8-net', 'advertising', undefined],
      [{id: 'nai'}, 'advertising', undefined],
      // What the site says goes before the catalogue
      [
        {id: 'google-ads', tagId: 'AW-123456789', src: '/proxy/gtag.js'},
        'advertising',
        `${location.origin}/proxy/gtag.js`,
      ],
      [
        {id: 'google-tag-manager', tagId: 'GTM-ABC1234', category: 'analytics'},
        'analytics',
        'https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234',
      ],
    ];
    for (const [vendor, category, url] of rows) {
      it(`${JSON.stringify(vendor)}: ${url ?? 'no tag'}`, () => {
        expect(setupVendor(vendor)).to.include({category, url, isBroken: false});
      });
    }
  });

  describe('a vendor of its own', () => {
    it('has the tag that the site names', () => {
      expect(setupVendor(HEATMAP)).to.include({
        ...HEATMAP,
        url: HEATMAP.src,
        isBroken: false,
        definition: undefined,
      });
    });

    it('may have no tag: the recipient of tags in the page', () => {
      const {src: _, ...vendor} = HEATMAP;
      expect(setupVendor(vendor)).to.include({url: undefined, isBroken: false});
    });

    it('may belong to a category of its own', () => {
      const {vendor} = setup({categories: ['social'], vendors: [{...HEATMAP, category: 'social'}]});
      expect(vendor('heatmap')).to.include({isBroken: false, url: HEATMAP.src});
    });

    it('keeps what only others read', () => {
      const rest = {
        after: 'google-analytics',
        attributes: {integrity: 'sha384-x'},
        reload: false,
        recipient: 'Heat Ltd',
      };
      expect(setupVendor({...HEATMAP, ...rest})).to.deep.include(rest);
    });
  });

  describe('closes a vendor', () => {
    const mistakes: [rule: string, vendor: object][] = [
      ['without a category', {id: 'heatmap', src: HEATMAP.src}],
      ['of a category that does not exist', {...HEATMAP, category: 'analitics'}],
      ['of a category that objects inherit', {...HEATMAP, category: 'constructor'}],
      ['whose category is no text', {...HEATMAP, category: ['analytics']}],
      [
        'of the catalogue in a category that does not exist',
        {id: 'meta-pixel', tagId: '123456789012345', category: 'ads'},
      ],
      ['with the tag id of another', {id: 'google-analytics', tagId: 'UA-12345-1'}],
      ['with a tag id in lower case', {id: 'google-analytics', tagId: 'g-abcdefg123'}],
      ['with a space in its tag id', {id: 'google-analytics', tagId: ' G-ABCDEFG123'}],
      ['with a line break behind its tag id', {id: 'google-analytics', tagId: 'G-ABCDEFG123\n'}],
      ['with more than a tag id', {id: 'google-analytics', tagId: 'G-ABCDEFG123&l=x'}],
      ['with a placeholder for a tag id', {id: 'google-ads', tagId: 'AW-XXXXXXXXX'}],
      ['with a number for a tag id', {id: 'meta-pixel', tagId: 123456789012345}],
      ['with a list for a tag id', {id: 'meta-pixel', tagId: ['123456789012345']}],
      ['with null for a tag id', {id: 'meta-pixel', tagId: null, src: '/fb.js'}],
      ['with a short pixel id', {id: 'meta-pixel', tagId: '1234'}],
      ['with the tag id of another retargeting', {id: 'yahoo-japan-ads', tagId: '2234567890x'}],
      ['with a cookie pattern that fits everything', {...HEATMAP, cookies: ['*']}],
      ['with a cookie pattern of wildcards alone', {...HEATMAP, cookies: ['_h*', '***']}],
      ['with an empty cookie pattern', {...HEATMAP, cookies: ['']}],
      ['with a cookie pattern that is no text', {...HEATMAP, cookies: [/_h/]}],
      ['with null among its cookies', {...HEATMAP, cookies: [null]}],
      ['with two cookie patterns in one text', {...HEATMAP, cookies: ['_h|*']}],
      ['with a storage pattern that fits everything', {...HEATMAP, storage: ['*']}],
      ['with an object for its cookies', {...HEATMAP, cookies: {name: '_h'}}],
      ['with a number for an address', {...HEATMAP, src: 5}],
      ['with a list for an address', {...HEATMAP, src: [HEATMAP.src]}],
      ['with an object for an address', {...HEATMAP, src: {}}],
      ['without an id', {category: 'analytics', src: HEATMAP.src}],
      ['with an empty id', {...HEATMAP, id: ''}],
      ['with a number for an id', {...HEATMAP, id: 5}],
      ['whose id a record would take for two', {...HEATMAP, id: 'heat_map'}],
      ['whose id would break a record', {...HEATMAP, id: 'heat.map'}],
      ['whose id a record would not hold', {...HEATMAP, id: '\u5730\u56f3'}],
      ['whose id means "none" in a record', {...HEATMAP, id: '-'}],
    ];
    for (const [rule, vendor] of mistakes) {
      it(rule, () => {
        for (const {url} of setup({vendors: [vendor]}).settings.vendors) expect(url).to.equal(undefined);
      });
    }

    it('so that it stays denied whatever anyone chooses', () => {
      expect(setupVendor({...HEATMAP, category: 'analitics'})).to.include({isBroken: true});
    });

    it('and no other', () => {
      const {vendor} = setup({vendors: [{id: 'meta-pixel', tagId: 'UA-1'}, HEATMAP, {id: 'broken'}]});
      expect(vendor('meta-pixel')).to.include({isBroken: true, url: undefined});
      expect(vendor('heatmap')).to.include({isBroken: false, url: HEATMAP.src});
    });

    it('of the name of a category, whose grant it would share', () => {
      expect(setup({vendors: [{...HEATMAP, id: 'analytics'}]}).settings.vendors).to.deep.equal([]);
    });

    it('that is declared a second time', () => {
      const {settings} = setup({vendors: [HEATMAP, {...HEATMAP, src: 'https://other.example/'}]});
      expect(settings.vendors.map(({url}) => url)).to.deep.equal([HEATMAP.src]);
    });

    it('that is nothing at all', () => {
      for (const {url} of setup({vendors: [null, undefined, 5, true, []]}).settings.vendors) {
        expect(url).to.equal(undefined);
      }
    });
  });

  it('has no category whose id a record cannot hold: its answer would be another', () => {
    for (const id of ['my_ads', 'my.ads', '', '-', 'a b', '\u5e83\u544a', 5, null, undefined]) {
      const {settings} = setup({categories: [{id}, 'analytics'], vendors: [{...HEATMAP, category: id}]});
      expect(settings.categories, String(id)).to.deep.equal([{id: 'analytics'}]);
      expect(settings.vendors[0]?.url, String(id)).to.equal(undefined);
    }
  });

  for (const vendors of [null, 'meta-pixel', 1, {id: 'meta-pixel'}]) {
    it(`has no vendors where the list is ${JSON.stringify(vendors)}`, () => {
      expect(setup({vendors}).settings.vendors).to.deep.equal([]);
    });
  }

  describe('under disclosure.profile "jp"', () => {
    const told = {...HEATMAP, recipient: 'Heat Ltd', transmits: ['page address'], purpose: {ja: '分析'}};
    const isBroken = (vendor: unknown, disclosure: unknown = {profile: 'jp'}) =>
      setup({disclosure, vendors: [vendor]}).settings.vendors[0]?.isBroken;

    it('lets a vendor be that says who receives what, and what for', () => {
      expect(isBroken(told)).to.equal(false);
      expect(isBroken({...told, transmits: {ja: '閲覧ページ'}})).to.equal(false);
    });

    for (const field of ['recipient', 'transmits', 'purpose']) {
      it(`closes a vendor of the site's own without ${field}`, () => {
        for (const value of [undefined, null, '', [], {}, [''], {ja: ''}, 0, true]) {
          expect(isBroken({...told, [field]: value}), JSON.stringify(value)).to.equal(true);
        }
      });
    }

    it('asks no vendor of the catalogue', () => {
      expect(isBroken('google-analytics')).to.equal(false);
      expect(isBroken('x-pixel')).to.equal(false);
    });

    it('asks nobody under another profile, or none', () => {
      for (const disclosure of [undefined, null, 'jp', {}, {profile: 'eu'}]) {
        expect(isBroken(HEATMAP, disclosure ?? null)).to.equal(false);
      }
    });
  });

  describe('leaves of a vendor', () => {
    const leavesOf = (vendor: object) => leavesOfVendor(setupVendor(vendor) as Vendor);
    const rows: [patterns: string[], name: string, isLeft: boolean][] = [
      [['_ga'], '_ga', true],
      [['_ga'], '_ga_X', false],
      [['_ga'], 'x_ga', false],
      [['_ga_*'], '_ga_X', true],
      [['_ga_*'], '_ga_', true],
      [['_ga_*'], '_ga', false],
      [['*_ga'], 'x_ga', true],
      [['a*z'], 'abcz', true],
      [['a*z'], 'abc', false],
      [['a', 'b'], 'b', true],
      [['a', 'b'], 'ab', false],
      [['a', 'b'], 'a|b', false],
      // Only the star is special
      [['a.b'], 'a.b', true],
      [['a.b'], 'axb', false],
      [['a(1)+[x]'], 'a(1)+[x]', true],
      [['^a$'], 'a', false],
      [['a\\d'], 'a1', false],
      [['heat:*'], 'heat:session', true],
      [['heat:*'], 'heat', false],
      [['a-b'], 'a-b', true],
      [['a?'], 'a', false],
      [['a?'], 'a?', true],
      [['\u71b1*'], '\u71b1\u56f3', true],
    ];
    for (const [cookies, name, isLeft] of rows) {
      it(`${JSON.stringify(cookies)} ${isLeft ? 'are' : 'are not'} ${name}`, () => {
        expect(leavesOf({...HEATMAP, cookies})(name)).to.equal(isLeft);
        expect(leavesOf({...HEATMAP, storage: cookies})(name)).to.equal(isLeft);
      });
    }

    it('without patterns are none', () => {
      for (const name of ['', '$', 'a', '.', 'undefined'])
        expect(leavesOf(HEATMAP)(name), name).to.equal(false);
    });

    it('with a mistake are none', () => {
      const leaves = leavesOf({...HEATMAP, cookies: ['_h', '*']});
      for (const name of ['', '_h', 'session']) expect(leaves(name), name).to.equal(false);
    });

    it('are those of the catalogue and those of the site', () => {
      const leaves = leavesOf({id: 'meta-pixel', tagId: '123456789012345', cookies: ['_ours']});
      expect(['_fbp', '_fbc', 'lastExternalReferrerTime', '_ours'].every((name) => leaves(name))).to.equal(
        true,
      );
      expect(leaves('_ga')).to.equal(false);
    });

    it('may be one text for a list of one', () => {
      expect(leavesOf({...HEATMAP, cookies: '_h*'})('_h1')).to.equal(true);
    });

    it('match the very names that were meant, by fast-check', () => {
      const part = fc.string({
        unit: fc.constantFrom('a', '.', '$', '^', '(', '[', '\\', '-', '+', '?', '\u3042', ' '),
      });
      fc.assert(
        fc.property(
          fc.array(part, {minLength: 1, maxLength: 3}),
          fc.string({maxLength: 4}),
          (parts, other) => {
            const pattern = parts.join('*');
            fc.pre(/[^*]/.test(pattern));
            const leaves = leavesOf({...HEATMAP, cookies: [pattern]});
            const isMeant = (name: string) => {
              let rest = name;
              for (const [index, text] of parts.entries()) {
                const isLast = index === parts.length - 1;
                const at =
                  index === 0
                    ? rest.startsWith(text)
                      ? 0
                      : -1
                    : isLast
                      ? rest.endsWith(text)
                        ? rest.length - text.length
                        : -1
                      : rest.indexOf(text);
                if (at < 0) return false;
                rest = rest.slice(at + text.length);
                if (isLast && index === 0 && rest) return false;
              }
              return true;
            };
            fc.pre(!/[\n\r\u2028\u2029]/.test(other));
            expect(leaves(parts.join('x')), parts.join('x')).to.equal(true);
            expect(leaves(other), other).to.equal(isMeant(other));
          },
        ),
      );
    });
  });

  describe('policy', () => {
    const rows: [version: unknown, normal: string][] = [
      ['2026-11-01', '2026-11-01'],
      ['1', '1'],
      [3, '3'],
      ['v1.2', 'v1-2'],
      ['2026/11/01', '2026-11-01'],
      ['Version 2', 'Version-2'],
      ['a_b', 'a-b'],
      ['', '0'],
      [undefined, '0'],
      [null, '0'],
    ];
    for (const [version, normal] of rows) {
      it(`has version ${normal} where the site wrote ${JSON.stringify(version)}`, () => {
        const {policy} = setup({policy: {version, revisions: [{version}]}}).settings;
        expect(policy.version).to.equal(normal);
        expect(policy.revisions[0]?.version).to.equal(normal);
      });
    }

    it('has a version that a record can hold, whatever the site wrote', () => {
      fc.assert(
        fc.property(fc.anything(), (version) => {
          expect(setup({policy: {version}}).settings.policy.version).to.match(/^[A-Za-z0-9-]+$/);
        }),
      );
    });

    it('keeps what only others read', () => {
      const rest = {effective: '2026-11-01', prevailingLanguage: 'ja'};
      expect(setup({policy: rest}).settings.policy).to.deep.include(rest);
    });

    for (const revisions of [null, 'x', 1, {version: '1'}]) {
      it(`has no revisions where the list is ${JSON.stringify(revisions)}`, () => {
        expect(setup({policy: {revisions}}).settings.policy.revisions).to.deep.equal([]);
      });
    }
  });

  describe('cookie', () => {
    const rows: [days: unknown, kept: number][] = [
      [1, 1],
      [30, 30],
      [400, 400],
      [401, 182],
      [0, 182],
      [0.5, 182],
      [-1, 182],
      [Number.NaN, 182],
      [Number.POSITIVE_INFINITY, 182],
      ['forever', 182],
      [null, 182],
      [undefined, 182],
      [{}, 182],
    ];
    for (const [days, kept] of rows) {
      it(`lasts ${kept} days where the site wrote ${typeof days === 'number' ? days : JSON.stringify(days)}`, () => {
        expect(setup({cookie: {days}}).settings.cookie.days).to.equal(kept);
      });
    }

    it('has the name and the domain that the site has given', () => {
      const cookie = {name: 'choice', domain: 'widest'};
      expect(setup({cookie}).settings.cookie).to.include(cookie);
    });
  });

  describe('never throws, and lets nothing in,', () => {
    const explosive: Record<string, unknown> = {
      'for a proxy whose traps throw': throwing,
      'for a function': () => {
        throw Error('called');
      },
      'for a symbol': Symbol('config'),
      'for a revoked proxy': (() => {
        const {proxy, revoke} = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
      'for vendors that throw': {vendors: throwing},
      'for a vendor that throws': {vendors: [throwing]},
      'for a tag id that throws': {
        vendors: [
          {
            id: 'meta-pixel',
            get tagId(): string {
              throw Error('getter');
            },
          },
        ],
      },
      'for a version without a text': {policy: {version: Object.create(null)}, vendors: [HEATMAP]},
      'for a cookie name without a text': {cookie: {name: Object.create(null)}, vendors: [HEATMAP]},
      'for a symbol as cookie name': {cookie: {name: Symbol('name')}, vendors: [HEATMAP]},
    };
    for (const [what, config] of Object.entries(explosive)) {
      it(what, () => {
        const {settings} = setup(config);
        expect(settings.vendors.filter(({url}) => url)).to.deep.equal([]);
        expect(settings.categories.filter(({required}) => required).map(({id}) => id)).to.deep.equal([
          'essential',
        ]);
      });
    }

    it('for anything', () => {
      fc.assert(
        fc.property(fc.anything({withNullPrototype: true, withBigInt: true, withDate: true}), (config) => {
          expect(setup(config).settings.vendors.filter(({url}) => url)).to.deep.equal([]);
        }),
        {numRuns: 300},
      );
    });

    const anything = fc.anything({withNullPrototype: true, withBigInt: true, maxDepth: 2});
    const field = (...good: unknown[]) => fc.oneof(fc.constantFrom(...good), anything);
    const vendor = fc.record(
      {
        id: field('google-analytics', 'meta-pixel', 'heatmap', 'a8-net'),
        category: field('analytics', 'social'),
        tagId: field('G-ABCDEFG123', '123456789012345'),
        src: field('https://heat.example/h.js', '/h.js'),
        cookies: field(['_h*'], ['*'], '_h'),
        storage: field(['h:*'], ['']),
        after: field('meta-pixel'),
        attributes: field({integrity: 'x'}),
      },
      {requiredKeys: []},
    );
    const config = fc.record(
      {
        vendors: fc.oneof(fc.array(fc.oneof(vendor, anything), {maxLength: 4}), anything),
        categories: fc.oneof(
          fc.array(field('analytics', {id: 'social'}, {id: 'essential', required: true})),
          anything,
        ),
        policy: fc.oneof(
          fc.record({
            version: field('1', '2'),
            revisions: fc.array(fc.record({version: anything, material: anything})),
          }),
          anything,
        ),
        cookie: fc.oneof(
          fc.record({name: anything, days: anything, domain: anything}, {requiredKeys: []}),
          anything,
        ),
        regime: field('opt-in', 'opt-out', {default: 'notice'}),
        region: field('JP'),
        ageBand: field('16+', 'u13'),
        ui: anything,
      },
      {requiredKeys: []},
    );

    it('for anything in the shape of a configuration', () => {
      const isFine = ({id, category, tagId, cookies, storage, src}: VendorConfig) =>
        [id, category, src, tagId ?? ''].every((value) => typeof value === 'string' || value === undefined) &&
        [cookies ?? [], storage ?? []]
          .flat()
          .every((pattern) => typeof pattern === 'string' && /[^*]/.test(pattern));
      fc.assert(
        fc.property(config, (raw) => {
          const {settings} = setup(raw);
          for (const vendor of settings.vendors) {
            if (!vendor.url) continue;
            expect(isFine(vendor), fc.stringify(vendor)).to.equal(true);
            expect(settings.categories.map(({id}) => id)).to.include(vendor.category);
            expect(vendor.isBroken).to.equal(false);
          }
        }),
        {numRuns: 500},
      );
    });

    it('nor do the stages that read what it has made', () => {
      const record = decodeRecord('1.0.t5k2x1.banner.analytics.advertising.heatmap.-.-');
      const examples: [object][] = [
        [{region: {toString: ''}}],
        [{region: [1n]}],
        [{cookie: {days: 30n}}],
        [{policy: {revisions: [{version: '1', material: {}}]}}],
      ];
      fc.assert(
        fc.property(config, (raw) => {
          const {settings} = setup(raw);
          const circumstances = resolveCircumstances(settings, settings, false);
          for (const choice of [null, record]) {
            JSON.stringify(resolveState(settings, choice, circumstances, 1_800_000_000));
          }
        }),
        {numRuns: 500, examples: examples as [Parameters<typeof setup>[0] & object][]},
      );
    });
  });
});
