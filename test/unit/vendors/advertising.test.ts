/** The vendors of advertising and of embeds that come in files of their own. */
import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {
  LocalizedText,
  Vendor,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorWindow,
} from '../../../src/config/types.js';
import {leavesOf} from '../../../src/gate/find-leftovers.js';
import * as amazonAds from '../../../src/vendors/amazon-ads.js';
import * as beyondx from '../../../src/vendors/beyondx.js';
import * as criteo from '../../../src/vendors/criteo.js';
import * as googleAdManager from '../../../src/vendors/google-ad-manager.js';
import * as hubspot from '../../../src/vendors/hubspot.js';
import * as lineTag from '../../../src/vendors/line-tag.js';
import * as linkedinInsight from '../../../src/vendors/linkedin-insight.js';
import * as lyAds from '../../../src/vendors/ly-ads.js';
import * as microsoftAds from '../../../src/vendors/microsoft-ads.js';
import * as pinterestTag from '../../../src/vendors/pinterest-tag.js';
import * as smartnewsAds from '../../../src/vendors/smartnews-ads.js';
import * as tiktokPixel from '../../../src/vendors/tiktok-pixel.js';
import * as xEmbed from '../../../src/vendors/x-embed.js';
import * as xPixel from '../../../src/vendors/x-pixel.js';
import * as yahooJapanTagManager from '../../../src/vendors/yahoo-japan-tag-manager.js';
import * as youtube from '../../../src/vendors/youtube.js';
import {clearStorage} from '../consent/support.js';
import {installWhole, isArguments, nameOf} from './support.js';

interface VendorFile {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
  readonly facts: VendorFacts;
}

/** By id, which is the name of the file: the file, and where its script is for the example of its id. */
const vendors: Record<string, [file: VendorFile, address?: string]> = {
  'amazon-ads': [amazonAds, 'https://c.amazon-adsystem.com/aat/amzn.js'],
  beyondx: [beyondx],
  criteo: [criteo, 'https://dynamic.criteo.com/js/ld/ld.js?a=12345'],
  'google-ad-manager': [
    googleAdManager,
    'https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js?client=ca-pub-1234567890123456',
  ],
  hubspot: [hubspot, 'https://js.hs-scripts.com/1234567.js'],
  'line-tag': [lineTag, 'https://d.line-scdn.net/n/line_tag/public/release/v1/lt.js'],
  'linkedin-insight': [linkedinInsight, 'https://snap.licdn.com/li.lms-analytics/insight.min.js'],
  'ly-ads': [lyAds, 'https://tag.flvcdn.net/lytag.js'],
  'microsoft-ads': [microsoftAds, 'https://bat.bing.com/bat.js'],
  'pinterest-tag': [pinterestTag, 'https://s.pinimg.com/ct/core.js'],
  'smartnews-ads': [smartnewsAds, 'https://cdn.smartnews-ads.com/i/pixel.js'],
  'tiktok-pixel': [
    tiktokPixel,
    'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CABCDEFGHIJ123456789&lib=ttq',
  ],
  'x-embed': [xEmbed, 'https://platform.twitter.com/widgets.js'],
  'x-pixel': [xPixel, 'https://static.ads-twitter.com/uwt.js'],
  'yahoo-japan-tag-manager': [yahooJapanTagManager, 'https://s.yjtag.jp/tag.js#site=aB3dE5g'],
  youtube: [youtube],
};

const UUID = '0123abcd-0123-4567-89ab-0123456789ab';

/** A call of the page, `['ttq.track', 'Purchase']`, or an item that it adds to a list, `['_hsq.push', …]`. */
type Call = readonly [path: string, ...parameters: unknown[]];

/** What the vendor's script finds: where, and what stands there once the tag has started. */
interface Row {
  readonly id: string;
  /** What the page calls before the tag is granted. */
  readonly page: Call;
  /** The list that the script reads. */
  readonly list: string;
  /** What the vendor has to hear before anything else. */
  readonly first: readonly unknown[];
  /** What the page's call has become. */
  readonly kept: readonly unknown[];
  readonly stop?: readonly unknown[];
  readonly resume?: readonly unknown[];
}

const rows: Row[] = [
  {
    id: 'x-pixel',
    page: ['twq', 'event', 'tw-o1abc-o2def', {value: 1}],
    list: 'twq.queue',
    first: [['config', 'o1abc']],
    kept: [['event', 'tw-o1abc-o2def', {value: 1}]],
  },
  {
    id: 'ly-ads',
    page: ['lytag', {type: 'event', eventType: 'purchase', tagId: UUID}],
    list: 'lyDataLayer',
    first: [
      [{type: 'init', tagId: UUID, config: {useCookie: true, useLocalStorage: true}}],
      [{type: 'event', eventType: 'page_view', tagId: UUID}],
    ],
    kept: [[{type: 'event', eventType: 'purchase', tagId: UUID}]],
  },
  {
    id: 'line-tag',
    page: ['_lt', 'send', 'cv', {type: 'Conversion'}, [UUID]],
    list: '_ltq',
    first: [
      ['init', {customerType: 'lap', tagId: UUID}],
      ['send', 'pv', [UUID]],
    ],
    kept: [['send', 'cv', {type: 'Conversion'}, [UUID]]],
  },
  {
    id: 'amazon-ads',
    page: ['amzn', 'trackEvent', 'Purchase', {value: 1}],
    list: 'amzn.q',
    first: [
      [['addTag', UUID], 'time'],
      [['trackEvent', 'PageView'], 'time'],
    ],
    kept: [[['trackEvent', 'Purchase', {value: 1}], 'time']],
  },
  {
    id: 'criteo',
    page: ['criteo_q.push', {event: 'setSiteType', type: 'd'}, {event: 'viewItem', item: '1'}],
    list: 'criteo_q',
    first: [{event: 'setAccount', account: 12345}],
    kept: [
      {event: 'setSiteType', type: 'd'},
      {event: 'viewItem', item: '1'},
    ],
  },
  {
    id: 'microsoft-ads',
    page: ['uetq.push', 'event', 'purchase', {revenue_value: 1}],
    list: 'uetq',
    first: ['consent', 'default', {ad_storage: 'denied'}, 'consent', 'update', {ad_storage: 'granted'}],
    kept: ['event', 'purchase', {revenue_value: 1}],
    stop: ['consent', 'update', {ad_storage: 'denied'}],
    resume: ['consent', 'update', {ad_storage: 'granted'}],
  },
  {
    id: 'tiktok-pixel',
    page: ['ttq.track', 'Purchase', {value: 1}],
    list: 'ttq',
    first: [['grantConsent'], ['page']],
    kept: [['track', 'Purchase', {value: 1}]],
    stop: [['revokeConsent'], ['disableCookie']],
    resume: [['enableCookie'], ['grantConsent']],
  },
  {
    id: 'linkedin-insight',
    page: ['lintrk', 'track', {conversion_id: 1}],
    list: 'lintrk.q',
    first: [],
    kept: [['track', {conversion_id: 1}]],
  },
  {
    id: 'pinterest-tag',
    page: ['pintrk', 'track', 'checkout', {value: 1}],
    list: 'pintrk.queue',
    first: [['setconsent', true], ['load', '2612345678901'], ['page']],
    kept: [['track', 'checkout', {value: 1}]],
    stop: [['setconsent', false]],
    resume: [['setconsent', true]],
  },
  {
    id: 'google-ad-manager',
    page: ['googletag.cmd.push', 'a function of the page'],
    list: 'googletag.cmd',
    first: [],
    kept: ['a function of the page'],
  },
  {
    id: 'smartnews-ads',
    page: ['SmartnewsAds.p', '0123456789abcdef01234567', 'Purchase'],
    list: 'SmartnewsAds.p.queue',
    first: [['0123456789abcdef01234567', 'PageView']],
    kept: [['0123456789abcdef01234567', 'Purchase']],
  },
  {
    id: 'hubspot',
    page: ['_hsq.push', ['trackPageView']],
    list: '_hsq',
    first: [['doNotTrack', {track: true}]],
    kept: [['trackPageView']],
    stop: [['doNotTrack']],
    resume: [['doNotTrack', {track: true}]],
  },
];

const fileOf = (id: string) => (vendors[id] as [VendorFile])[0];

const exampleOf = (id: string) => fileOf(id).facts.tagIdForm?.split(' or ')[0] ?? '';

/** @returns what is at `a.b.c` of the window */
const at = (window: VendorWindow, path: string) =>
  path.split('.').reduce((place, name) => (place as Record<string, unknown>)[name], window as unknown);

/** As page code does it: `this` is what stands before the last dot. */
function call(window: VendorWindow, [path, ...parameters]: Call): void {
  const owner = path.includes('.') ? at(window, path.slice(0, path.lastIndexOf('.'))) : window;
  (at(window, path) as (...parameters: unknown[]) => void).apply(owner, parameters);
}

/** Argument lists read as lists; a time, which differs, as a word. */
function readable(entry: unknown): unknown {
  if (typeof entry === 'number' && entry > 1e12) return 'time';
  if (!isArguments(entry) && !Array.isArray(entry)) return entry;
  return [...entry].map(readable);
}

const listAt = (window: VendorWindow, path: string) => [...(at(window, path) as unknown[])].map(readable);

function setup(id: string, window = {} as VendorWindow) {
  const {definition} = fileOf(id);
  const tagId = exampleOf(id);
  installWhole(definition, window);
  return {
    window,
    definition,
    tagId,
    start: () => definition.start?.(window, tagId, definition.src?.(tagId) ?? ''),
    stop: () => definition.stop?.(window, tagId),
    resume: () => definition.resume?.(window, tagId),
  };
}

describe('advertising vendors', () => {
  for (const [id, [{definition, disclosure, facts}, address]] of Object.entries(vendors)) {
    describe(id, () => {
      it('has the id of its file, and belongs to advertising', () => {
        expect(definition).to.include({id, category: 'advertising'});
      });

      it('loads from its own address, or nothing at all', () => {
        expect(definition.src?.(exampleOf(id))).to.equal(address);
      });

      it('shows the form of its id by examples that fit', () => {
        expect(facts.tagIdForm !== undefined).to.equal(definition.tagId !== undefined);
        for (const example of facts.tagIdForm?.split(' or ') ?? []) {
          expect(definition.tagId?.test(example), example).to.equal(true);
        }
      });

      it('takes no id that could change the address', () => {
        for (const suffix of [
          '&x=1',
          '?',
          '#',
          '/',
          '/../x',
          '.js',
          ' ',
          '\n',
          '%00',
          '"',
          '<',
          '@x.example',
        ]) {
          for (const text of [exampleOf(id) + suffix, suffix + exampleOf(id)]) {
            expect(definition.tagId?.test(text) ?? false, JSON.stringify(text)).to.equal(false);
          }
        }
      });

      it('sweeps nothing of the site or of other vendors', () => {
        const [vendor] = normalizeConfig({vendors: [id]}, [definition]).vendors as [Vendor];
        const leaves = leavesOf(vendor);
        expect(vendor.isBroken).to.equal(false);
        const others = Object.values(vendors)
          .filter(([other]) => other.definition !== definition)
          .flatMap(([other]) => [...(other.definition.cookies ?? []), ...(other.definition.storage ?? [])]);
        for (const name of [
          ...others,
          'consent',
          'session',
          'PHPSESSID',
          'cart',
          'cto_optout',
          '_ly_sa_cids',
          '_fbp',
          '_ga',
        ]) {
          expect(leaves(name), name).to.equal(false);
        }
      });

      it('is disclosed in every language: who receives what, and for what', () => {
        const {name, recipient, purpose, retention, transmits, country, privacyUrl, optOutUrl} = disclosure;
        const texts = [name, recipient, purpose, ...(transmits as LocalizedText[])];
        for (const text of retention ? [...texts, retention] : texts) {
          for (const language of ['en', 'ja', 'ru']) {
            const said = typeof text === 'object' ? text[language] : text;
            expect(said, language).to.be.a('string').that.is.not.equal('');
          }
        }
        expect(country).to.match(/^[A-Z]{2}$/);
        for (const url of [privacyUrl, optOutUrl]) if (url) expect(url).to.match(/^https:\/\//);
        expect(privacyUrl ?? optOutUrl).to.not.equal(undefined);
      });

      it('names its sources, and what is not well known', () => {
        expect(facts.sources).to.not.be.empty;
        expect(facts.checked).to.match(/^\d{4}-\d\d-\d\d$/);
        if (facts.confidence === 'low') expect(facts.unverified).to.not.be.empty;
        for (const name of Object.keys(facts.cookieLifetimes ?? {})) {
          expect(definition.cookies?.some((pattern) => pattern.startsWith(name.replace('*', '')))).to.equal(
            true,
          );
        }
      });

      it('allows its own script in the policy that it needs', () => {
        const origin = address && new URL(address).origin;
        if (origin) expect(facts.csp?.['script-src']).to.include(origin);
        for (const source of Object.values(facts.csp ?? {}).flat()) {
          expect(source).to.match(/^https:(\/\/(\*\.)?[a-z\d.-]+)?$/);
        }
      });

      it('touches nothing of the document', () => {
        // An engine may run every file's tests in one tab.
        clearStorage();
        const before = document.documentElement.outerHTML;
        const {start, stop, resume} = setup(id);
        start();
        stop();
        resume();
        expect(document.documentElement.outerHTML).to.equal(before);
        expect(document.cookie).to.equal('');
        expect(localStorage.length + sessionStorage.length).to.equal(0);
      });
    });
  }

  for (const {id, page, list, first, kept, stop, resume} of rows) {
    describe(id, () => {
      it('is called by the page under the name that the loader holds', () => {
        expect(page[0].split('.')[0]).to.equal(nameOf(fileOf(id).definition));
      });

      it('says what has to come first, then what the page has called', () => {
        const {window, start} = setup(id);
        start();
        call(window, page);
        expect(listAt(window, list)).to.deep.equal([...first, ...kept]);
      });

      it('keeps a stub of the page, and goes ahead of its calls', () => {
        const {window} = setup(id);
        const stub = at(window, page[0].split('.')[0] as string);
        call(window, page);
        const {start} = setup(id, window);
        start();
        expect(at(window, page[0].split('.')[0] as string)).to.equal(stub);
        expect(listAt(window, list)).to.deep.equal([...first, ...kept]);
      });

      it('makes no call before it starts', () => {
        expect(listAt(setup(id).window, list)).to.deep.equal([]);
      });

      if (stop && resume) {
        it('stops and resumes by the vendor\u2019s own calls', () => {
          const {window, start, ...vendor} = setup(id);
          start();
          vendor.stop();
          vendor.resume();
          expect(listAt(window, list)).to.deep.equal([...first, ...stop, ...resume]);
        });
      }
    });
  }

  it('covers every vendor that page code calls', () => {
    const queued = Object.keys(vendors).filter((id) => fileOf(id).definition.queue);
    expect(rows.map(({id}) => id)).to.have.members(queued);
  });
});

describe('x-pixel', () => {
  it('hands calls to the script once that has taken over', () => {
    const {window, start} = setup('x-pixel');
    start();
    const calls: unknown[][] = [];
    (window['twq'] as {exe?: unknown}).exe = (...command: unknown[]) => calls.push(command);
    call(window, ['twq', 'event', 'tw-o1abc-o2def']);
    expect(calls).to.deep.equal([['event', 'tw-o1abc-o2def']]);
    expect(window['twq']).to.include({version: '1.1'});
  });
});

describe('ly-ads and line-tag', () => {
  it('give their calls to what the script puts in place of the list', () => {
    for (const [id, list, name] of [
      ['ly-ads', 'lyDataLayer', 'lytag'],
      ['line-tag', '_ltq', '_lt'],
    ] as const) {
      const {window} = setup(id);
      const calls: unknown[] = [];
      window[list] = {push: (entry: unknown) => calls.push(readable(entry))};
      call(window, [name, 'send']);
      expect(calls, id).to.deep.equal([['send']]);
    }
  });
});

describe('amazon-ads', () => {
  it('has the element\u2019s id and the version of Amazon\u2019s own snippet', () => {
    const {window, definition, tagId} = setup('amazon-ads');
    expect(definition.attributes?.(tagId)).to.deep.equal({id: 'amzn-pixel'});
    expect(window['amzn']).to.include({version: '0.0'});
  });

  it('tells the consent script of a withdrawal, where the page has one', () => {
    const {window, start, stop} = setup('amazon-ads');
    const signals: unknown[] = [];
    start();
    stop();
    window['amznConsent'] = (signal: unknown) => signals.push(signal);
    stop();
    // A grant without a country would overwrite the page's own.
    start();
    window['consentGate'] = {state: {region: 'US-CA'}};
    start();
    stop();
    const granted = {enableAdStorage: true, enableUserData: true};
    const denied = {enableAdStorage: false, enableUserData: false};
    expect(JSON.parse(JSON.stringify(signals))).to.deep.equal([
      denied,
      {countryCode: 'US', ...granted},
      {countryCode: 'US', ...denied},
    ]);
  });
});

describe('microsoft-ads', () => {
  it('hands its list over to the script, then says that the page has loaded', () => {
    const {window, definition, tagId, start} = setup('microsoft-ads');
    const made: object[] = [];
    const calls: unknown[][] = [];
    window['UET'] = class {
      constructor(options: object) {
        made.push(options);
      }
      push(...command: unknown[]) {
        calls.push(command);
      }
    };
    start();
    const queue = window['uetq'];
    definition.loaded?.(window, tagId, '');
    expect(made).to.deep.equal([{ti: '12345678', enableAutoSpaTracking: true, q: queue}]);
    expect(calls).to.deep.equal([['pageLoad']]);
    definition.stop?.(window, tagId);
    expect(calls[1]).to.deep.equal(['consent', 'update', {ad_storage: 'denied'}]);
  });
});

describe('tiktok-pixel', () => {
  it('tells the script about the pixel as TikTok\u2019s own load does', () => {
    const {window, tagId, start} = setup('tiktok-pixel');
    start();
    const ttq = window['ttq'] as Record<'_i' | '_t' | '_o', Record<string, unknown>>;
    expect(window['TiktokAnalyticsObject']).to.equal('ttq');
    expect(ttq._i[tagId])
      .to.be.an('array')
      .that.has.property('_u', 'https://analytics.tiktok.com/i18n/pixel/events.js');
    expect(ttq._t[tagId]).to.be.a('number');
    expect(ttq._o[tagId]).to.deep.equal({});
  });

  it('takes the calls of one pixel apart from those of all', () => {
    const {window, tagId, start} = setup('tiktok-pixel');
    start();
    const {instance, _i} = window['ttq'] as unknown as {
      instance(id: string): {track(event: string): void};
      _i: Record<string, unknown[]>;
    };
    instance(tagId).track('Purchase');
    expect([...(_i[tagId] ?? [])]).to.deep.equal([['track', 'Purchase']]);
    expect(listAt(window, 'ttq')).to.deep.equal([['grantConsent'], ['page']]);
  });

  it('leaves the script to the gate when the page calls load', () => {
    const {window} = setup('tiktok-pixel');
    call(window, ['ttq.load', 'CABCDEFGHIJ123456789']);
    expect(listAt(window, 'ttq')).to.deep.equal([]);
  });
});

describe('linkedin-insight', () => {
  it('leaves its id for the script, once', () => {
    const {window, start} = setup('linkedin-insight', {
      _linkedin_data_partner_ids: ['654321'],
    } as unknown as VendorWindow);
    start();
    start();
    expect(window['_linkedin_partner_id']).to.equal('123456');
    expect(window['_linkedin_data_partner_ids']).to.deep.equal(['654321', '123456']);
  });
});

describe('google-ad-manager', () => {
  it('is the Publisher Tag where no id is given', () => {
    const {definition} = setup('google-ad-manager');
    expect(definition.tagId?.test('')).to.equal(true);
    expect(definition.src?.('')).to.equal('https://securepubads.g.doubleclick.net/tag/js/gpt.js');
    expect(definition.attributes?.('')).to.deep.equal({});
    expect(definition.attributes?.('ca-pub-1234567890123456')).to.deep.equal({crossorigin: 'anonymous'});
  });

  it('keeps what the page has put there', () => {
    const cmd: unknown[] = [() => {}];
    const {window} = setup('google-ad-manager', {googletag: {cmd}} as unknown as VendorWindow);
    expect(at(window, 'googletag.cmd')).to.equal(cmd);
    expect(cmd).to.have.length(1);
  });

  it('asks for no more ads while stopped, and for none that name anybody', () => {
    const {window, stop, resume} = setup('google-ad-manager');
    const settings: unknown[] = [];
    Object.assign(window['googletag'] as object, {
      cmd: {push: (command: () => void) => command()},
      pubads: () => ({setPrivacySettings: (setting: unknown) => settings.push(setting)}),
    });
    stop();
    expect(window['adsbygoogle']).to.have.property('pauseAdRequests', 1);
    resume();
    expect(window['adsbygoogle']).to.have.property('pauseAdRequests', 0);
    expect(settings).to.deep.equal([{nonPersonalizedAds: true}, {nonPersonalizedAds: false}]);
  });
});

describe('smartnews-ads', () => {
  it('has the names of SmartNews\u2019 own snippet, and hands calls over', () => {
    const {window} = setup('smartnews-ads');
    const {p, _p} = window['SmartnewsAds'] as {p: Record<string, unknown>; _p: unknown};
    expect(_p).to.equal(p);
    expect(p['push']).to.equal(p);
    expect(p['version']).to.equal('1.0.0');
    const calls: unknown[][] = [];
    p['callMethod'] = (...command: unknown[]) => calls.push(command);
    call(window, ['SmartnewsAds.p', 'id', 'Purchase']);
    expect(calls).to.deep.equal([['id', 'Purchase']]);
  });
});

describe('hubspot', () => {
  it('grants all purposes ahead of the page, revokes them and grants them again', () => {
    const granted = ['setHubSpotConsent', {analytics: true, advertisement: true, functionality: true}];
    const listener = ['addPrivacyConsentListener', 'a function of the page'];
    const {window, start, stop, resume} = setup('hubspot', {_hsp: [listener]} as unknown as VendorWindow);
    start();
    expect(window['_hsp']).to.deep.equal([granted, listener]);
    stop();
    resume();
    expect(window['_hsp']).to.deep.equal([granted, listener, ['revokeCookieConsent'], granted]);
  });

  it('has the element\u2019s id that HubSpot looks for', () => {
    expect(hubspot.definition.attributes?.('1234567')).to.deep.equal({id: 'hs-script-loader'});
  });
});
