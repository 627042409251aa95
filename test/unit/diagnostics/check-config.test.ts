import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {isPlausible} from '../../../src/config/is-plausible.js';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import {checkConfig, findMistakes as find} from '../../../src/diagnostics/check-config.js';
import {catalogue} from '../../../src/vendors/index.js';

/** Every mistake that is found here has to be suspected by what decides whether to look for it. */
function findMistakes(config: unknown): string[] {
  const mistakes = find(config);
  if (mistakes.length && typeof config !== 'string') {
    let isSuspected = true;
    try {
      isSuspected = !isPlausible(config, normalizeConfig(config, catalogue));
    } catch {
      // What cannot be read is looked at as well.
    }
    expect(isSuspected, `${mistakes}`).to.equal(true);
  }
  return mistakes;
}

/** A configuration in which nothing is wrong; `change` is laid over it. */
function setup(change: object = {}) {
  return {controller: {name: 'Example Inc.', contact: 'mailto:privacy@example.jp'}, ...change};
}

const vendor = (change: object) => setup({vendors: [{id: 'ours', category: 'analytics', ...change}]});

const everyField = setup({
  controller: {
    name: {ja: '学校法人 例', en: 'Example School'},
    contact: 'tel:+81-3-1234-5678',
    address: 'Tokyo',
    dpo: 'A. Example',
  },
  links: {privacyPolicy: '/privacy/', cookiePolicy: '#cookies', complaints: 'https://www.ppc.go.jp/'},
  policy: {
    version: '2026-11-01',
    effective: '2026-11-01',
    prevailingLanguage: 'ja',
    revisions: [
      {
        version: '2026-11-01',
        material: ['meta-pixel', 'analytics'],
        summary: {ja: '追加'},
        url: '/p',
        diff: '/d',
      },
      {version: '2026-04-01', material: true},
    ],
  },
  regime: {default: 'opt-in', 'US-CA': 'opt-out', JP: 'notice'},
  region: 'JP',
  ageBand: '16+',
  sale: false,
  categories: [
    {id: 'essential', required: true},
    'functional',
    {id: 'analytics', optIn: true, sale: false, name: 'Analytics', description: {en: 'Counting'}},
    'advertising',
  ],
  vendors: [
    {id: 'google-analytics', tagId: 'G-ABCDEFG123'},
    {id: 'google-ads', tagId: 'AW-123456789', src: '/proxy/gtag.js'},
    {id: 'google-tag-manager', tagId: 'GTM-ABC1234'},
    {id: 'yahoo-japan-ads'},
    {id: 'meta-pixel', tagId: '123456789012345'},
    'a8-net',
    {
      id: 'our-heatmap',
      category: 'analytics',
      tagId: '7',
      src: 'https://heat.example/h.js',
      after: 'google-analytics',
      attributes: {integrity: 'sha384-x', crossorigin: 'anonymous', 'data-site': '7'},
      cookies: ['_heat*'],
      storage: ['heat:*'],
      reload: false,
      lateEvents: true,
      name: {ja: 'ヒートマップ', en: 'Heatmap'},
      recipient: 'Heat Inc.',
      country: 'JP',
      transmits: ['IP address', {ja: '閲覧履歴', en: 'Pages'}],
      purpose: {ja: '改善'},
      retention: '2 years',
      privacyUrl: 'https://heat.example/privacy',
      optOutUrl: 'https://heat.example/out',
      csp: {'connect-src': ['https://in.heat.example', 'wss://*.heat.example'], 'worker-src': ['blob:']},
    },
  ],
  consentMode: {basic: true},
  cookie: {name: 'consent', domain: 'widest', days: 182},
  base: '/consent/',
  recordEndpoint: '/consent-records',
  ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto'},
  disclosure: {profile: 'jp'},
  debug: true,
});

/** One mistake a line: the configuration, and the one thing that is said of it. */
const table: [config: unknown, ...mistakes: string[]][] = [
  [null, 'configuration: expected an object, got null'],
  [[], 'configuration: expected an object, got a list'],
  [7, 'configuration: expected an object, got 7'],
  ['null', 'configuration: expected an object, got null'],
  ['{"vendors": []}', 'configuration: expected an object, got "{\\"vendors\\": []}"'],
  [
    setup({Region: 'JP'}),
    'Region: no such field, one of controller, links, policy, regime, region, ageBand, sale, categories, vendors, consentMode, base, attribution, signals, markup, cookie, recordEndpoint, ui, disclosure, debug; did you mean "region"?',
  ],

  [setup({controller: 'Example'}), 'controller: expected an object, got "Example"'],
  [
    setup({controller: {name: 'TODO', contact: 'mailto:a@b.jp'}}),
    'controller.name: expected a text, no placeholder, got "TODO"',
  ],
  [
    setup({controller: {name: {ja: '[TBD]'}, contact: 'mailto:a@b.jp'}}),
    'controller.name.ja: expected a text, no placeholder, got "[TBD]"',
  ],
  [
    setup({controller: {name: {}, contact: 'mailto:a@b.jp'}}),
    'controller.name: expected a text for at least one language, got an object',
  ],
  [
    setup({controller: {name: 'Example', contact: 'privacy@example.jp'}}),
    'controller.contact: expected mailto:, tel: or an https: address, got "privacy@example.jp"',
  ],
  [
    {controller: {}, vendors: ['nai']},
    'controller.name: expected who asks for consent, got nothing',
    'controller.contact: expected where to ask (mailto:, tel: or https:), got nothing',
  ],
  [
    setup({links: {privacyPolicy: 'javascript:alert(1)'}}),
    'links.privacyPolicy: expected an https: address or a path, got "javascript:alert(1)"',
  ],
  [
    setup({links: {privacyPolicy: 'www.example.jp/privacy'}}),
    'links.privacyPolicy: expected an https: address or a path, got "www.example.jp/privacy"',
  ],
  [
    setup({links: {complaints: '\u2026'}}),
    'links.complaints: expected mailto:, tel: or an https: address, got "\u2026"',
  ],

  [setup({policy: {version: 'v1.2'}}), 'policy.version: expected letters, digits and "-", got "v1.2"'],
  [setup({policy: {version: 2}}), 'policy.version: expected letters, digits and "-", got 2'],
  [
    setup({policy: {effective: '2026-02-30'}}),
    'policy.effective: expected a date, YYYY-MM-DD, got "2026-02-30"',
  ],
  [
    setup({policy: {prevailingLanguage: 'Japanese!'}}),
    'policy.prevailingLanguage: expected a language tag ("en", "ja"), got "Japanese!"',
  ],
  [
    setup({policy: {version: '2', revisions: [{}]}}),
    'policy.revisions[0].version: expected letters, digits and "-", got nothing',
  ],
  [
    setup({policy: {version: '2', revisions: [{version: '10', material: true}]}}),
    'policy.revisions[0].version: expected no later one than policy.version, "2", got "10"',
  ],
  [
    setup({policy: {version: '2', revisions: [{version: '2', material: ['analytic']}]}}),
    'policy.revisions[0].material: expected ids of categories and vendors, got "analytic"; did you mean "analytics"?',
  ],

  [
    setup({regime: 'opt-ou'}),
    'regime: expected opt-in | opt-out | notice, got "opt-ou"; did you mean "opt-out"?',
  ],
  [setup({regime: {JP: 'none'}}), 'regime.JP: expected opt-in | opt-out | notice, got "none"'],
  [
    setup({regime: {'us-ca': 'opt-out'}}),
    'regime: expected default or region codes ("JP", "US-CA") as names, got "us-ca"',
  ],
  [setup({region: 'Japan'}), 'region: expected a region code ("JP", "US-CA"), got "Japan"'],
  [setup({ageBand: 'adult'}), 'ageBand: expected u13 | 13-15 | 16+, got "adult"'],
  [setup({sale: 'no'}), 'sale: expected true | false, got "no"'],

  [setup({categories: 'analytics'}), 'categories: expected a list of categories, got "analytics"'],
  [setup({categories: ['my ads']}), 'categories[0]: expected letters, digits and "-", got "my ads"'],
  [setup({categories: ['-']}), 'categories[0]: expected letters, digits and "-", got "-"'],
  [
    setup({categories: [{required: true}]}),
    'categories[0].id: expected letters, digits and "-", got nothing',
  ],
  [
    setup({categories: ['a', 'b', 'a']}),
    'categories[2]: expected an id of its own (categories[0] has this one), got "a"',
  ],
  [
    setup({categories: ['essential', 'analytics']}),
    'categories[0]: expected {"id": "essential", "required": true}, got "essential"',
  ],

  [
    setup({vendors: ['google-analytic']}),
    'vendors[0]: expected an id of docs/vendors.md, ' +
      'or an object that describes the vendor, got "google-analytic"; did you mean "google-analytics"?',
  ],
  [
    setup({vendors: ['nai', {id: 'google-analytics', tagId: 'UA-1'}]}),
    'vendors[1].tagId: expected G-XXXXXXX, got "UA-1"',
  ],
  [
    setup({vendors: [{id: 'google-analytics'}]}),
    'vendors[0].tagId: expected G-XXXXXXX (vendors of marked-up tags: "google-analytics" alone), got nothing',
  ],
  [setup({vendors: [{id: 'google-analytics', tagId: ''}]}), 'vendors[0].tagId: expected G-XXXXXXX, got ""'],
  [
    setup({vendors: [{id: 'google-analytics', tagId: 'G-XXXXXXXXXX'}]}),
    'vendors[0].tagId: expected an id of your own, like G-XXXXXXX, got "G-XXXXXXXXXX"',
  ],
  [
    setup({vendors: [{id: 'meta-pixel', tagId: 123456789012345}]}),
    'vendors[0].tagId: expected a text in quotes, got 123456789012345',
  ],
  [
    setup({vendors: [{id: 'a8-net', tagId: 's00000012345001'}]}),
    'vendors[0].tagId: expected no id where there is no script (src), got "s00000012345001"',
  ],
  [
    setup({vendors: [{id: 'gogle-analytics', tagId: 'G-ABCDEFG123'}]}),
    'vendors[0].id: expected an id of docs/vendors.md, or src for a vendor of your own, got "gogle-analytics"; did you mean "google-analytics"?',
  ],
  [
    setup({vendors: [{id: 'facebook', tagId: '1234567890'}]}),
    'vendors[0].id: expected an id of docs/vendors.md, or src for a vendor of your own, got "facebook"; did you mean "meta-pixel"?',
  ],
  [
    setup({vendors: ['gtm']}),
    'vendors[0]: expected an id of docs/vendors.md, or an object that describes the vendor, got "gtm"; did you mean "google-tag-manager"?',
  ],
  [
    setup({vendors: ['nai', 'nai']}),
    'vendors[1]: expected an id of its own (vendors[0] has this one), got "nai"',
  ],
  [
    setup({
      vendors: ['123456789012345', '123456789012346'].map((tagId) => ({id: 'meta-pixel', tagId})),
    }),
    'vendors[1].id: expected an id of its own (vendors[0] has this one), got "meta-pixel"; a second account is a call of its own: docs/configuration.md#a-second-account',
  ],
  [
    vendor({id: 'analytics'}),
    'vendors[0].id: expected an id of its own (the default categories[2] has this one), got "analytics"',
  ],
  [
    vendor({category: 'analitycs'}),
    'vendors[0].category: expected essential | functional | analytics | advertising, got "analitycs"; did you mean "analytics"?',
  ],
  [
    setup({attribution: ['partner', '*', 'a b']}),
    'attribution[1]: expected the name of a parameter ("partner", "aff_*"), got "*"',
    'attribution[2]: expected the name of a parameter ("partner", "aff_*"), got "a b"',
  ],
  [setup({base: '/consent'}), 'base: expected the address of a folder, with "/" at its end, got "/consent"'],
  [
    setup({base: '/consent/?v=1/'}),
    'base: expected the address of a folder, with "/" at its end, got "/consent/?v=1/"',
  ],
  [
    setup({attribution: 'partner'}),
    'attribution: expected true | false, or a list of parameters, got "partner"',
  ],
  [
    vendor({category: ' analytics  advertizing'}),
    'vendors[0].category: expected essential | functional | analytics | advertising, got "advertizing"; did you mean "advertising"?',
  ],
  [
    vendor({category: 'analytics essential'}),
    'vendors[0].category: expected categories that can be refused, where there are several, got "essential"',
  ],
  [
    vendor({category: 'analytics,advertising'}),
    'vendors[0].category: expected ids of categories, with white space between them, got "analytics,advertising"',
    'vendors[0].category: expected essential | functional | analytics | advertising, got "analytics,advertising"',
  ],
  [
    setup({vendors: [{id: 'ours'}]}),
    'vendors[0].category: expected essential | functional | analytics | advertising, got nothing',
  ],
  [
    setup({categories: [{id: 'essential', required: true}, 'marketing'], vendors: ['nai']}),
    'vendors[0].category: expected essential | marketing, got nothing',
  ],
  [
    setup({
      categories: [{id: 'essential', required: true}, 'analytics'],
      vendors: [{id: 'google-ads', tagId: 'AW-123456789', category: 'essential'}],
    }),
    'vendors[0].category: expected one that can be refused (analytics), got "essential"',
  ],
  [
    setup({categories: [{id: 'advertising', required: true}, 'other'], vendors: ['nai']}),
    'vendors[0].category: expected one that can be refused (other), got "advertising"',
  ],
  [
    vendor({tagid: 'x'}),
    'vendors[0].tagid: no such field, one of id, category, tagId, src, after, pages, attributes, cookies, storage, reload, lateEvents, limitedDataUse, name, recipient, ' +
      'country, transmits, purpose, retention, privacyUrl, optOutUrl, csp; did you mean "tagId"?',
  ],
  ...['javascript:alert(1)', 'data:text/javascript,1', 'blob:x', 'http://', '', 'TODO'].map(
    (src): [unknown, string] => [
      vendor({src}),
      `vendors[0].src: expected an https: address or a path, got ${JSON.stringify(src)}`,
    ],
  ),
  [vendor({after: 'ours'}), 'vendors[0].after: expected the id of another vendor, got "ours"'],
  [vendor({after: 'theirs'}), 'vendors[0].after: expected the id of another vendor, got "theirs"'],
  [
    setup({
      vendors: [
        {id: 'a', category: 'analytics', after: 'b'},
        {id: 'b', category: 'analytics', after: 'a'},
        {id: 'c', category: 'analytics', after: 'b'},
      ],
    }),
    'vendors[0].after: expected an order with an end, not a after b after a, got "b"',
    'vendors[1].after: expected an order with an end, not b after a after b, got "a"',
  ],
  [
    vendor({attributes: {src: '/x.js'}}),
    'vendors[0].attributes: expected attributes of a script other than src and nonce as names, got "src"',
  ],
  [
    vendor({attributes: {defer: true}}),
    'vendors[0].attributes.defer: expected a text, not "text/plain", got true',
  ],
  [
    vendor({cookies: ['_a', '**']}),
    'vendors[0].cookies[1]: expected a name of more than "*", without "|", got "**"',
  ],
  [
    vendor({storage: ['a|*']}),
    'vendors[0].storage[0]: expected a name of more than "*", without "|", got "a|*"',
  ],
  [vendor({cookies: '_a'}), 'vendors[0].cookies: expected a list of names, got "_a"'],
  [vendor({country: 'Japan'}), 'vendors[0].country: expected a country code ("JP"), got "Japan"'],
  [
    vendor({transmits: ['to be advised']}),
    'vendors[0].transmits[0]: expected a text, no placeholder, got "to be advised"',
  ],
  [vendor({purpose: {EN: 'x'}}), 'vendors[0].purpose: expected languages ("en", "ja") as names, got "EN"'],
  [
    vendor({optOutUrl: 'mailto:a@b.jp'}),
    'vendors[0].optOutUrl: expected an https: address or a path, got "mailto:a@b.jp"',
  ],
  [
    vendor({csp: {'img-src': ['https://a.example; script-src *']}}),
    'vendors[0].csp.img-src[0]: expected one source, got "https://a.example; script-src *"',
  ],
  [
    vendor({csp: {'object-src': ['https://a.example']}}),
    'vendors[0].csp: expected directives ("img-src") as names, got "object-src"',
  ],
  [
    vendor({csp: {'img-src': 'https://a.example'}}),
    'vendors[0].csp.img-src: expected a list of sources, got "https://a.example"',
  ],

  [
    setup({consentMode: {basic: false, advanced: ['DE']}}),
    "consentMode.advanced: expected regions whose regime is opt-out or notice (in DE everybody is asked first, but Google's tags would send before), got a list",
  ],
  [setup({consentMode: 'advanced'}), 'consentMode: expected an object, got "advanced"'],
  [
    setup({cookie: {name: 'my consent'}}),
    'cookie.name: expected letters, digits, "-" and "_", got "my consent"',
  ],
  [
    setup({cookie: {domain: 'https://example.jp'}}),
    'cookie.domain: expected host | widest or a domain, got "https://example.jp"',
  ],
  ...[0, 401, Number.NaN, -1].map((days): [unknown, string] => [
    setup({cookie: {days}}),
    `cookie.days: expected a number from 1 to 400, got ${days}`,
  ]),
  [setup({cookie: {days: '30'}}), 'cookie.days: expected a number from 1 to 400, got "30"'],
  [setup({recordEndpoint: 'ftp://x'}), 'recordEndpoint: expected an https: address or a path, got "ftp://x"'],
  [setup({ui: {layout: 'ber'}}), 'ui.layout: expected bar | box, got "ber"; did you mean "bar"?'],
  [setup({ui: {theme: 'black'}}), 'ui.theme: expected auto | light | dark, got "black"'],
  [setup({ui: {prompt: true}}), 'ui.prompt: expected auto | always | never, got true'],
  [setup({disclosure: {profile: 'eu'}}), 'disclosure.profile: expected jp, got "eu"'],
  [
    setup({
      disclosure: {profile: 'jp'},
      vendors: ['nai', {id: 'own', category: 'analytics', recipient: 'Own Ltd', transmits: ['pages']}],
    }),
    'vendors[1].purpose: expected what it is used for (disclosure.profile is "jp"), got nothing',
  ],
  [setup({disclosure: 'jp'}), 'disclosure: expected an object, got "jp"'],
  [
    setup({ui: {language: 'ja_JP'}}),
    'ui.language: expected auto or a language tag ("en", "ja"), got "ja_JP"',
  ],
];

describe('findMistakes', () => {
  it('finds none where there is none', () => {
    expect(findMistakes(everyField)).to.deep.equal([]);
    // Nor is anything fetched to look for it.
    expect(isPlausible(everyField, normalizeConfig(everyField, catalogue))).to.equal(true);
    expect(findMistakes({})).to.deep.equal([]);
  });

  for (const [config, ...mistakes] of table) {
    it(mistakes.join(' / '), () => expect(findMistakes(config)).to.deep.equal(mistakes));
  }

  it('says that there is no configuration, and what to add', () => {
    for (const config of ['', ' \n']) {
      expect(findMistakes(config)).to.deep.equal([
        'no configuration found: marked-up tags are gated, no vendor is known; add <script type="application/json" data-consent-config>',
      ]);
    }
  });

  it('says in which line JSON breaks', () => {
    expect(findMistakes('{\n  "vendors": [],\n  "sale": nope\n}')).to.deep.equal([
      'configuration: expected JSON, got "nope\\n}" in line 3, column 11',
    ]);
    expect(findMistakes('{"vendors": [')).to.deep.equal([
      'configuration: expected JSON, got nothing in line 1, column 14',
    ]);
  });

  it('says what JavaScript allows and JSON does not', () => {
    for (const [text, hint] of [
      ['{"vendors": ["nai",]}', 'got "]}" in line 1, column 20; take out the comma before it'],
      ['{// why', 'got "// why" in line 1, column 2; JSON has no comments'],
      ['{"sale": \'no\'}', 'got "\'no\'}" in line 1, column 10; a text stands in double quotes'],
      ['{sale: true}', 'got "sale: true}" in line 1, column 2; the name of a field stands in double quotes'],
    ]) {
      expect(findMistakes(text)).to.deep.equal([`configuration: expected JSON, ${hint}`]);
    }
  });

  it('quotes long texts in part', () => {
    expect(findMistakes('<!doctype html>' + 'x'.repeat(10_000))[0]).to.have.length.below(300);
  });

  it('asks for no controller where nothing is asked for', () => {
    expect(findMistakes({vendors: []})).to.deep.equal([]);
    expect(findMistakes({vendors: [{id: 'shop', category: 'essential'}]})).to.deep.equal([]);
  });

  it('says the same once', () => {
    const mistakes = findMistakes(
      setup({policy: {version: '1', revisions: [{version: '1', material: ['x', 'x']}]}}),
    );
    expect(mistakes).to.have.length(1);
  });

  it('throws for nothing at all', () => {
    fc.assert(
      fc.property(fc.anything({withNullPrototype: true, withSparseArray: true, withDate: true}), (config) => {
        for (const mistake of findMistakes(config)) expect(mistake).to.be.a('string');
      }),
    );
    for (const config of hostile()) expect(findMistakes(config)).not.to.deep.equal([]);
  });

  it('finds a field without a name', () => {
    for (const value of [new Date(0), {}, {sale: true}, 'x'])
      expect(findMistakes({'': value})).to.have.length(1);
  });

  it('survives values that contain themselves', () => {
    const circular: Record<string, unknown> = {};
    Object.assign(circular, {vendors: [circular], controller: circular, policy: circular, regime: circular});
    expect(findMistakes(circular)).not.to.deep.equal([]);
  });
});

/** Values that throw when they are looked at. */
function hostile(): unknown[] {
  const {proxy, revoke} = Proxy.revocable({}, {});
  revoke();
  const trap = () => {
    throw Error('no');
  };
  return [
    proxy,
    {vendors: proxy},
    {vendors: [proxy]},
    {
      get vendors() {
        return trap();
      },
    },
    new Proxy({}, {get: trap, ownKeys: trap}),
    {policy: {version: {toString: trap}}},
  ];
}

/** Configurations of which much is right and something may be wrong. */
const ids = fc.constantFrom(
  'google-analytics',
  'meta-pixel',
  'yahoo-japan-ads',
  'nai',
  'a8-net',
  'ours',
  'analytics',
);
const oneIn = <T>(...values: T[]) =>
  fc.oneof({weight: 9, arbitrary: fc.constantFrom(...values)}, fc.anything());
const optional = {requiredKeys: []};
const vendors = fc.oneof(
  ids,
  fc.record(
    {
      id: oneIn('google-analytics', 'meta-pixel', 'yahoo-japan-ads', 'nai', 'a8-net', 'ours', 'analytics'),
      category: oneIn<unknown>('analytics', 'advertising', 'own', 'analytics\n own ', 'own x', undefined),
      tagId: oneIn<unknown>('G-ABCDEFG123', '123456789012345', '1234567890', '', undefined),
      src: oneIn<unknown>('/tag.js', 'https://x.example/', 'javascript:0', '', undefined),
      cookies: oneIn<unknown>(['_x*'], ['*'], [''], undefined),
      storage: oneIn<unknown>([], ['**'], [7], undefined),
      after: oneIn<unknown>('nai', 'ours', undefined),
    },
    {requiredKeys: ['id']},
  ),
  fc.anything(),
);
const configs = fc.record(
  {
    controller: fc.constant({name: 'Example', contact: '/contact'}),
    categories: oneIn<unknown>(['analytics', 'own'], [{id: 'analytics'}], ['own', 'own'], undefined),
    vendors: fc.oneof({weight: 4, arbitrary: fc.array(vendors, {maxLength: 4})}, fc.anything()),
    policy: fc.record(
      {version: oneIn<unknown>('1', '2026-11-01', 'v1.0', ''), revisions: oneIn<unknown>([], undefined)},
      optional,
    ),
    cookie: fc.record({days: oneIn(1, 182, 400, 0, 401), name: oneIn('consent', 'a b')}, optional),
  },
  optional,
);

describe('findMistakes and normalizeConfig', () => {
  it('agree: where no mistake is found nothing is closed', () => {
    let fine = 0;
    fc.assert(
      fc.property(configs, (config) => {
        if (findMistakes(config).length) return;
        fine++;
        expect(closedBy(config)).to.deep.equal([]);
      }),
      {numRuns: 3000},
    );
    // Else the rule would hold of nothing.
    expect(fine).to.be.above(50);
  });

  it('agree: whatever is closed is found', () => {
    let closed = 0;
    fc.assert(
      fc.property(fc.oneof(configs, fc.anything()), (config) => {
        if (!closedBy(config).length) return;
        closed++;
        expect(findMistakes(config)).not.to.deep.equal([]);
      }),
      {numRuns: 3000},
    );
    expect(closed).to.be.above(100);
  });
});

/** @returns what the loader does not take as it is written */
function closedBy(config: unknown): string[] {
  const settings = normalizeConfig(config, catalogue);
  const written = Object(config) as {
    vendors?: unknown;
    policy?: {version?: unknown};
    cookie?: {days?: unknown};
  };
  const count = Array.isArray(written.vendors) ? written.vendors.flat(0).length : 0;
  return [
    ...(typeof config === 'object' && config !== null && !Array.isArray(config) ? [] : ['configuration']),
    ...settings.vendors.flatMap(({id, isBroken, tagId, url}) =>
      isBroken || (tagId !== undefined && !url) ? [`${String(id)} is broken`] : [],
    ),
    ...(settings.vendors.length === count ? [] : ['vendors are left out']),
    ...((written.policy?.version ?? '0') === settings.policy.version ? [] : ['policy.version']),
    ...((written.cookie?.days ?? 182) === settings.cookie.days ? [] : ['cookie.days']),
  ];
}

describe('checkConfig', () => {
  const {warn} = console;
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    console.warn = (message: string) => void warnings.push(message);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('warns of every mistake, once', () => {
    const config = setup({region: 'Nippon', sale: 'yes'});
    checkConfig(config);
    checkConfig(config);
    expect(warnings).to.deep.equal([
      'consent-gate: region: expected a region code ("JP", "US-CA"), got "Nippon" (docs/warnings.md#config)',
      'consent-gate: sale: expected true | false, got "yes" (docs/warnings.md#config)',
    ]);
  });

  it('throws for nothing at all', () => {
    document.body.innerHTML = '<i data-consent="throws-for-nothing"></i>';
    for (const config of [...hostile(), {categories: [{id: Symbol('x')}]}, null]) checkConfig(config);
    document.body.textContent = '';
    expect(warnings.filter((warning) => warning.includes('"throws-for-nothing"'))).not.to.deep.equal([]);
  });

  it('names the file that is no JSON', () => {
    const loader = document.createElement('script');
    loader.dataset['config'] = '/consent.json';
    document.head.append(loader);
    checkConfig('<!doctype html>');
    loader.remove();
    expect(warnings).to.deep.equal([
      'consent-gate: /consent.json: configuration: expected JSON, got "<!doctype html>" in line 1, column 1 (docs/warnings.md#config)',
    ]);
  });
});
