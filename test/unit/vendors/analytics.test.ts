/**
 * The vendors for measuring, messages and embedded services, each in a file of its own. A fake window stands for the page:
 * what counts is which calls a vendor's script will find, in which order.
 */
import {expect} from '@esm-bundle/chai';
import type {VendorDefinition, VendorFacts, VendorWindow} from '../../../src/config/types.js';
import * as adobeLaunch from '../../../src/vendors/adobe-launch.js';
import * as googleMaps from '../../../src/vendors/google-maps.js';
import * as hotjar from '../../../src/vendors/hotjar.js';
import * as karte from '../../../src/vendors/karte.js';
import * as matomo from '../../../src/vendors/matomo.js';
import * as microsoftClarity from '../../../src/vendors/microsoft-clarity.js';
import * as plausible from '../../../src/vendors/plausible.js';
import * as posthog from '../../../src/vendors/posthog.js';
import * as recaptcha from '../../../src/vendors/recaptcha.js';
import * as repro from '../../../src/vendors/repro.js';
import * as segment from '../../../src/vendors/segment.js';
import * as userInsight from '../../../src/vendors/user-insight.js';
import * as vimeo from '../../../src/vendors/vimeo.js';
import * as zoom from '../../../src/vendors/zoom.js';
import {commandsOf, installWhole, nameOf} from './support.js';

type Call = (...command: unknown[]) => unknown;
type Fields = Record<string, unknown>;
type Methods = Record<string, Call>;

const GRANTED = ['consentv2', {ad_Storage: 'denied', analytics_Storage: 'granted'}];
const DENIED = ['consentv2', {ad_Storage: 'denied', analytics_Storage: 'denied'}];
const alloyConsent = (general: string) => [
  'setConsent',
  {consent: [{standard: 'Adobe', version: '1.0', value: {general}}]},
];

/** A function of the page with a list, as vendors' snippets make it. */
function stubOf(list: string): Call {
  const stub = (...command: unknown[]) =>
    void ((stub as unknown as Record<string, unknown[]>)[list] ??= []).push(command);
  return stub;
}

/** A list of the page with methods, as vendors' snippets make it. */
function listOf(...methods: string[]): unknown[] {
  const list: unknown[] = [];
  for (const method of methods) {
    (list as unknown as Methods)[method] = (...call) => list.push([method, ...call]);
  }
  return list;
}

/** What has been called, by whatever name. */
function heardBy(...methods: string[]) {
  const heard: unknown[][] = [];
  const script = Object.assign((...command: unknown[]) => void heard.push(command), {
    push: (...commands: unknown[][]) => void heard.push(...commands),
  }) as unknown as Methods;
  for (const method of methods) script[method] = (...command) => void heard.push([method, ...command]);
  return {script, heard};
}

interface Row {
  readonly module: {readonly definition: VendorDefinition; readonly facts: VendorFacts};
  readonly tagId?: string;
  /** Address of the script, where the site has to say it. */
  readonly url?: string;
  readonly address?: string;
  /** What `window` has under `queue` and beside it, once the tag has started. */
  readonly calls?: (window: Record<string, Fields & Call>) => unknown;
  readonly started?: unknown;
  /** What the page has under the name already. */
  readonly own?: () => unknown;
  /** A call of the page. */
  readonly speak?: (window: Record<string, Fields & Methods & Call>) => unknown;
  readonly spoken?: unknown;
  /** Methods that the vendor's script has, once it is there. */
  readonly methods?: readonly string[];
  readonly stopped?: unknown;
  readonly resumed?: unknown;
}

const ROWS: readonly Row[] = [
  {
    module: microsoftClarity,
    address: 'https://www.clarity.ms/tag/abcde12345',
    calls: ({clarity}) => commandsOf(clarity?.['q']),
    started: [GRANTED],
    own: () => stubOf('q'),
    speak: ({clarity}) => clarity?.('event', 'own'),
    spoken: ['event', 'own'],
    stopped: [DENIED, ['stop']],
    resumed: [['start'], GRANTED],
  },
  {
    module: hotjar,
    address: 'https://static.hotjar.com/c/hotjar-1234567.js?sv=6',
    calls: ({hj}) => commandsOf(hj?.['q']),
    started: [],
    own: () => stubOf('q'),
    speak: ({hj}) => hj?.('event', 'own'),
    spoken: ['event', 'own'],
  },
  {
    module: matomo,
    url: 'https://stats.example/matomo/matomo.js',
    calls: ({_paq}) => commandsOf(_paq),
    started: [
      ['requireConsent'],
      ['setConsentGiven'],
      ['setTrackerUrl', 'https://stats.example/matomo/matomo.php'],
      ['setSiteId', '1'],
      ['trackPageView'],
      ['enableLinkTracking'],
    ],
    own: () => [],
    speak: ({_paq}) => _paq?.['push']?.(['trackEvent', 'own']),
    spoken: ['trackEvent', 'own'],
    stopped: [['forgetConsentGiven'], ['deleteCookies']],
    resumed: [['setConsentGiven']],
  },
  {
    module: adobeLaunch,
    address: 'https://assets.adobedtm.com/0123456789ab/cdef01234567/launch-89abcdef0123.min.js',
  },
  {
    module: segment,
    address: 'https://cdn.segment.com/analytics.js/v1/AbCdEfGhIjKlMnOpQrStUvWxYz012345/analytics.min.js',
    calls: ({analytics}) => commandsOf(analytics),
    started: [['page']],
    own: () => listOf('track', 'page'),
    speak: ({analytics}) => analytics?.['track']?.('own', {value: 1}),
    spoken: ['track', 'own', {value: 1}],
    methods: ['page', 'reset'],
    stopped: [['reset']],
  },
  {
    module: plausible,
    tagId: 'example.com',
    address: 'https://plausible.io/js/script.js',
    calls: ({plausible}) => commandsOf(plausible?.['q']),
    started: [],
    own: () => stubOf('q'),
    speak: ({plausible}) => plausible?.('own'),
    spoken: ['own'],
  },
  {
    module: posthog,
    url: 'https://us-assets.i.posthog.com/static/array.js',
    address: 'https://us-assets.i.posthog.com/static/array.js',
    calls: ({posthog}) => commandsOf(posthog),
    started: [['opt_in_capturing', {captureEventName: false}]],
    own: () => listOf('capture', 'opt_in_capturing'),
    speak: ({posthog}) => posthog?.['capture']?.('own'),
    spoken: ['capture', 'own'],
    methods: ['opt_in_capturing', 'opt_out_capturing'],
    stopped: [['opt_out_capturing']],
    resumed: [['opt_in_capturing', {captureEventName: false}]],
  },
  {module: vimeo},
  {
    module: googleMaps,
    address: 'https://maps.googleapis.com/maps/api/js?key=AIzaEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXA',
  },
  {
    module: recaptcha,
    address: 'https://www.google.com/recaptcha/api.js?render=6LEXAMPLE_EXAMPLE_EXAMPLE_EXAMPLE_EXAMPL',
  },
  {module: zoom},
  {
    module: karte,
    address: 'https://cdn-edge.karte.io/0123456789abcdef0123456789abcdef/edge.js',
    calls: ({krt}) => commandsOf(krt?.['q']),
    started: [],
    own: () => stubOf('q'),
    speak: ({krt}) => krt?.('send', 'own'),
    spoken: ['send', 'own'],
    methods: ['allow', 'deny'],
    stopped: [['deny']],
    resumed: [['allow']],
  },
  {module: userInsight, address: 'https://cs.nakanohito.jp/b3/bi.js'},
  {
    module: repro,
    address: 'https://cdn.reproio.com/web/v2/repro-sdk.min.js',
    calls: ({reproio}) => commandsOf(reproio?.['q']),
    started: [],
    own: () => stubOf('q'),
    speak: ({reproio}) => reproio?.('track', 'own'),
    spoken: ['track', 'own'],
    stopped: [['optOut']],
    resumed: [['optIn'], ['setup', '01234567-89ab-cdef-0123-456789abcdef']],
  },
];

function setup(row: Row, own?: unknown) {
  const {definition, facts} = row.module;
  const tagId = row.tagId ?? facts.tagIdForm?.split(' or ')[0] ?? '';
  const url = row.url ?? row.address ?? '';
  const window = {} as VendorWindow;
  if (own !== undefined) window[nameOf(definition)] = own;
  installWhole(definition, window);
  return {
    window,
    tagId,
    start: () => definition.start?.(window, tagId, url),
    loaded: () => definition.loaded?.(window, tagId, url),
    stop: () => definition.stop?.(window, tagId),
    resume: () => definition.resume?.(window, tagId),
    calls: () => row.calls?.(window as never),
    speak: () => row.speak?.(window as never),
  };
}

for (const row of ROWS) {
  const {definition, facts} = row.module;

  describe(definition.id, () => {
    if (definition.tagId) {
      it('takes the ids that its messages name, and none that would lead elsewhere', () => {
        const forms = facts.tagIdForm?.split(' or ') ?? [];
        expect(forms).not.to.deep.equal([]);
        for (const form of forms) {
          expect(form).to.match(definition.tagId as RegExp);
          for (const suffix of ['&x=1', '#', '/../x', ' ', '\n', '%00', '"', '<']) {
            expect(form + suffix).not.to.match(definition.tagId as RegExp);
          }
        }
      });
    }

    it('has the address of the vendor\u2019s script, or none', () => {
      expect(definition.src?.(setup(row).tagId)).to.equal(row.address);
    });

    it('says nothing before it starts', () => {
      expect(setup(row).calls() ?? []).to.deep.equal([]);
    });

    if (!row.calls) return;

    it('starts by the calls of the vendor\u2019s own snippet', () => {
      const {start, calls} = setup(row);
      start();
      expect(calls()).to.deep.equal(row.started);
    });

    it('keeps what the page has under the name, and what it has called comes after the start', () => {
      const own = row.own?.();
      const page = setup(row, own);
      page.speak();
      installWhole(definition, page.window);
      page.start();
      expect(page.window[nameOf(definition)]).to.equal(own);
      expect(page.calls()).to.deep.equal([...(row.started as unknown[]), row.spoken]);
    });

    it('takes the page\u2019s calls after the start as well', () => {
      const page = setup(row);
      page.start();
      page.speak();
      expect(page.calls()).to.deep.equal([...(row.started as unknown[]), row.spoken]);
    });

    it('stops and goes on by the vendor\u2019s own calls', () => {
      const page = setup(row);
      const {script, heard} = heardBy(...(row.methods ?? []));
      page.window[nameOf(definition)] = script;
      page.stop();
      expect(heard).to.deep.equal(row.stopped ?? []);
      heard.length = 0;
      page.resume();
      expect(heard).to.deep.equal(row.resumed ?? []);
    });
  });
}

describe('hotjar', () => {
  it('tells the script which site it is, beside what the page has set', () => {
    const window = {_hjSettings: {hjdebug: true}} as unknown as VendorWindow;
    hotjar.definition.start?.(window, '1234567', '');
    expect(window['_hjSettings']).to.deep.equal({hjdebug: true, hjid: 1234567, hjsv: 6});
  });
});

describe('matomo', () => {
  for (const [url, tracker] of [
    ['https://stats.example/matomo.js', 'https://stats.example/matomo.php'],
    ['https://stats.example/m/piwik.js?v=1/2#x', 'https://stats.example/m/matomo.php'],
    ['/m/matomo.js', '/m/matomo.php'],
    ['https://cdn.matomo.cloud/demo.matomo.cloud/matomo.js', 'https://demo.matomo.cloud/matomo.php'],
  ] as const) {
    it(`sends to ${tracker} with the script from ${url}`, () => {
      const window = {_paq: []} as unknown as VendorWindow;
      matomo.definition.start?.(window, '1', url);
      expect(window['_paq']).to.deep.include(['setTrackerUrl', tracker]);
    });
  }
});

describe('adobe-launch', () => {
  const {definition} = adobeLaunch;

  it('has no address without an id, so that `src` may name the whole of it', () => {
    expect(definition.tagId?.test('')).to.equal(true);
    expect(definition.src?.('')).to.equal('');
  });

  it('grants, revokes and grants again where the library has brought the Web SDK', () => {
    const calls: unknown[][] = [];
    const alloy = (...command: unknown[]) => {
      calls.push(command);
      return Promise.reject(Error('declined'));
    };
    const window = {alloy} as unknown as VendorWindow;
    definition.loaded?.(window, '', '');
    definition.stop?.(window, '');
    definition.resume?.(window, '');
    expect(calls).to.deep.equal([alloyConsent('in'), alloyConsent('out'), alloyConsent('in')]);
  });

  it('has nothing to say where it has not', () => {
    const window = {} as VendorWindow;
    definition.loaded?.(window, '', '');
    definition.stop?.(window, '');
    definition.resume?.(window, '');
    expect(window).to.deep.equal({});
  });
});

describe('segment', () => {
  it('tells the script the key, and a second snippet that it need not load it', () => {
    const {window, start, tagId} = setup({module: segment});
    start();
    const {_writeKey, invoked} = window['analytics'] as unknown as Fields;
    expect({_writeKey, invoked}).to.deep.equal({_writeKey: tagId, invoked: true});
  });
});

describe('plausible', () => {
  const {definition} = plausible;
  const SCRIPT = 'pa-AbCdEf123456';

  it('names the site on the element of the script that serves every site', () => {
    expect(definition.attributes?.('example.com/blog')).to.deep.equal({'data-domain': 'example.com/blog'});
    expect(definition.attributes?.(SCRIPT)).to.deep.equal({});
  });

  it('takes a site for a site, whatever its name begins with', () => {
    expect(definition.src?.('pa-x.example')).to.equal('https://plausible.io/js/script.js');
  });

  it('starts a site\u2019s own script, with the options of the page where it gave any', () => {
    const row = {module: plausible, tagId: SCRIPT};
    const page = setup(row);
    page.start();
    expect((page.window['plausible'] as unknown as Fields)['o']).to.deep.equal({});
    const other = setup(row);
    (other.window['plausible'] as unknown as Methods)['init']?.({hashBasedRouting: true});
    other.start();
    expect((other.window['plausible'] as unknown as Fields)['o']).to.deep.equal({hashBasedRouting: true});
    expect(definition.src?.(SCRIPT)).to.equal(`https://plausible.io/js/${SCRIPT}.js`);
  });
});

describe('posthog', () => {
  const started = (url: string, own?: unknown) => {
    const {window, start} = setup({module: posthog, url}, own);
    start();
    return (window['posthog'] as unknown as Fields)['_i'];
  };
  const ID = posthog.facts.tagIdForm;

  it('starts the project where the script comes from', () => {
    expect(started('https://us-assets.i.posthog.com/static/array.js')).to.deep.equal([
      [ID, {api_host: 'https://us.i.posthog.com'}],
    ]);
    expect(started('https://eu-assets.i.posthog.com/static/array.js')).to.deep.equal([
      [ID, {api_host: 'https://eu.i.posthog.com'}],
    ]);
    expect(started('/ingest/static/array.js')).to.deep.equal([[ID, {api_host: '/ingest'}]]);
  });

  it('leaves the start to the page where that has started it, with options of its own', () => {
    const own = Object.assign(listOf('capture'), {_i: [[ID, {persistence: 'memory'}]]});
    expect(started('', own)).to.deep.equal([[ID, {persistence: 'memory'}]]);
  });

  it('takes a start by the page', () => {
    const {window, start} = setup({module: posthog});
    const list = window['posthog'] as unknown as Fields & Methods;
    list['init']?.('phc_other', {}, 'other');
    start();
    list['init']?.('phc_third', {});
    expect(list['_i']).to.deep.equal([
      ['phc_other', {}, 'other'],
      ['phc_third', {}],
    ]);
  });
});

describe('recaptcha', () => {
  it('has no stub: page code asks whether `grecaptcha` is there', () => {
    const {window, start} = setup({module: recaptcha});
    start();
    expect(window).to.deep.equal({});
  });
});

describe('google-maps', () => {
  it('has no script without a key', () => {
    expect(googleMaps.definition.tagId?.test('')).to.equal(true);
    expect(googleMaps.definition.src?.('')).to.equal('');
  });
});

describe('karte', () => {
  it('leaves the answer where the script looks for it', () => {
    const page = setup({module: karte});
    const krt = page.window['krt'] as unknown as Fields;
    expect(krt['i']).to.be.a('number');
    page.start();
    expect(krt['o']).to.equal('allow');
    page.stop();
    expect(krt['o']).to.equal('deny');
  });

  it('hands calls over once the script has come', () => {
    const {window} = setup({module: karte});
    const heard: unknown[][] = [];
    const krt = Object.assign(window['krt'] as unknown as Call, {
      x: (...call: unknown[]) => heard.push(call),
    });
    krt('send', 'view');
    expect(heard).to.deep.equal([['send', 'view']]);
  });
});

describe('user-insight', () => {
  it('tells the script which site it is, beside what the page has set', () => {
    const {definition} = userInsight;
    const own = {lg_id: 'member-1'};
    const window = {_uih: own} as unknown as VendorWindow;
    definition.install?.(window);
    definition.start?.(window, '12345', '');
    expect(window['_uic']).to.deep.equal({});
    expect(window['_uih']).to.equal(own);
    expect(own).to.include({id: 12345, lg_id: 'member-1', fb_id: '', tw_id: '', uigr_1: '', uigr_10: ''});
  });
});

describe('repro', () => {
  it('tells its script, once that is there, who the visitor is, the token, and then what the page has called', () => {
    const {window, tagId, start, loaded} = setup({module: repro});
    const own = window['reproio'] as unknown as Call;
    own('track', 'PageView');
    own('setUserID', 'member-1');
    start();
    const heard: unknown[][] = [];
    window['reproio'] = (...call: unknown[]) => heard.push(call);
    loaded();
    expect(heard).to.deep.equal([
      ['setSnippetVersion', '2.1'],
      ['optIn'],
      ['setUserID', 'member-1'],
      ['setup', tagId],
      ['track', 'PageView'],
    ]);
    expect(repro.definition.attributes?.('')).to.deep.equal({crossorigin: 'anonymous'});
  });
});
