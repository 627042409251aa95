/** Every vendor whose queue takes functions that a page waits for: by each form, undecided, refused, and granted later. */
import {expect} from '@esm-bundle/chai';
import type {VendorWindow} from '../../../src/config/types.js';
import {vendors} from '../../../src/vendors/catalogue.js';
import {type AnsweringPage, openAnsweringPage} from '../gate/answering-page.js';

type Awaited = (...values: unknown[]) => unknown;
type Called = Record<string, (...values: unknown[]) => unknown> & {push: (...calls: unknown[]) => unknown};

interface Row {
  readonly id: string;
  /** As in `facts.callbacks` of the vendor's file. */
  readonly form: string;
  readonly tagId?: string;
  /** The page calls the vendor. */
  readonly call: (page: VendorWindow, awaited: Awaited) => void;
  /** What the function is given. */
  readonly given: readonly unknown[];
  /** Milliseconds that the undecided wait. Default: 500. */
  readonly patience?: number;
  /** The vendor calls it again with news of its own. */
  readonly isListener?: boolean;
}

const as = (page: VendorWindow, name: string) => page[name] as Called;
const gtag = (page: VendorWindow, ...command: unknown[]) =>
  (page['gtag'] as (...command: unknown[]) => void)(...command);

const ROWS: readonly Row[] = [
  {
    id: 'google-ads',
    form: "gtag('event', name, {event_callback})",
    tagId: 'AW-123456789',
    call: (page, event_callback) =>
      gtag(page, 'event', 'conversion', {send_to: 'AW-123456789/AbC', event_callback}),
    given: ['AW-123456789'],
  },
  {
    id: 'google-ads',
    form: "gtag('event', name, {event_callback})",
    tagId: 'AW-123456789',
    call: (page, event_callback) => gtag(page, 'event', 'lead', {event_callback, event_timeout: 2000}),
    given: ['AW-123456789'],
    patience: 2000,
  },
  {
    id: 'google-ads',
    form: "gtag('config', id, {event_callback})",
    tagId: 'AW-123456789',
    call: (page, event_callback) => gtag(page, 'config', 'AW-123456789', {event_callback}),
    given: ['AW-123456789'],
  },
  {
    id: 'google-ads',
    form: "gtag('get', id, field, callback)",
    tagId: 'AW-123456789',
    call: (page, awaited) => gtag(page, 'get', 'AW-123456789', 'gclid', awaited),
    given: [],
  },
  {
    id: 'google-analytics',
    form: "gtag('event', name, {event_callback})",
    tagId: 'G-DEMO123456',
    call: (page, event_callback) => gtag(page, 'event', 'sign_up', {event_callback}),
    given: ['G-DEMO123456'],
  },
  {
    id: 'google-analytics',
    form: "gtag('config', id, {event_callback})",
    tagId: 'G-DEMO123456',
    call: (page, event_callback) => gtag(page, 'config', 'G-DEMO123456', {event_callback}),
    given: ['G-DEMO123456'],
  },
  {
    id: 'google-analytics',
    form: "gtag('get', id, field, callback)",
    tagId: 'G-DEMO123456',
    call: (page, awaited) => gtag(page, 'get', 'G-DEMO123456', 'client_id', awaited),
    given: [],
  },
  {
    id: 'google-tag-manager',
    form: 'dataLayer.push({event, eventCallback})',
    tagId: 'GTM-ABC1234',
    call: (page, eventCallback) => as(page, 'dataLayer').push({event: 'leave', eventCallback}),
    given: ['GTM-ABC1234'],
  },
  {
    id: 'google-tag-manager',
    form: 'dataLayer.push({event, eventCallback})',
    tagId: 'GTM-ABC1234',
    call: (page, eventCallback) =>
      as(page, 'dataLayer').push({event: 'leave', eventCallback, eventTimeout: 1500}),
    given: ['GTM-ABC1234'],
    patience: 1500,
  },
  {
    id: 'google-tag-manager',
    form: "gtag('event', name, {event_callback})",
    tagId: 'GTM-ABC1234',
    call: (page, event_callback) => gtag(page, 'event', 'sign_up', {event_callback}),
    given: ['GTM-ABC1234'],
  },
  {
    id: 'yahoo-japan-ads',
    form: 'ytag({type, config: {onload_callback}})',
    tagId: '1234567890',
    call: (page, onload_callback) =>
      (page['ytag'] as Awaited)({
        type: 'yss_call_conversion',
        config: {yahoo_conversion_id: 1, onload_callback},
      }),
    given: [],
  },

  ...(['track', 'page', 'identify', 'group', 'alias'] as const).map(
    (method): Row => ({
      id: 'segment',
      form:
        method === 'track'
          ? 'analytics.track(event, properties, options, callback)'
          : `analytics.${method}(…, callback)`,
      tagId: '0123456789abcdefghijABCDEFGHIJKL',
      call: (page, awaited) => as(page, 'analytics')[method]?.('book', {}, {}, awaited),
      given: [],
    }),
  ),
  {
    id: 'matomo',
    form: '_paq.push([function () { this.getVisitorId() }])',
    tagId: '1',
    call: (page, awaited) =>
      as(page, '_paq').push([
        function (this: {getVisitorId(): string}) {
          awaited(...(this?.getVisitorId ? [this.getVisitorId()] : ['from the vendor']));
        },
      ]),
    given: [''],
  },
  ...(['trackEvent', 'trackPageView', 'trackGoal', 'trackLink'] as const).map(
    (method): Row => ({
      id: 'matomo',
      form: `_paq.push(['${method}', …, callback])`,
      tagId: '1',
      call: (page, awaited) => as(page, '_paq').push([method, 'a', 'b', awaited]),
      given: [{request: '', trackerUrl: '', success: false}],
    }),
  ),
  {
    id: 'pinterest-tag',
    form: "pintrk('track', event, data, callback)",
    tagId: '2612345678901',
    call: (page, awaited) => (page['pintrk'] as Awaited)('track', 'lead', {}, awaited),
    given: [false, 'not loaded'],
  },
  {
    id: 'pinterest-tag',
    form: "pintrk('page', data, callback)",
    tagId: '2612345678901',
    call: (page, awaited) => (page['pintrk'] as Awaited)('page', {}, awaited),
    given: [false, 'not loaded'],
  },
  {
    id: 'plausible',
    form: 'plausible(event, {callback})',
    tagId: 'example.com',
    call: (page, callback) => (page['plausible'] as Awaited)('Sign up', {callback}),
    given: [],
  },
  {
    id: 'karte',
    form: "krt('send', event, values, callback)",
    tagId: '0123456789abcdef0123456789abcdef',
    call: (page, awaited) => (page['krt'] as Awaited)('send', 'buy', {}, awaited),
    given: [],
  },
  {
    id: 'microsoft-clarity',
    form: "clarity('metadata', callback)",
    tagId: 'abcde12345',
    call: (page, awaited) => (page['clarity'] as Awaited)('metadata', awaited, false),
    given: [{projectId: '', userId: '', sessionId: '', pageNum: 0}, false],
  },
  {
    id: 'microsoft-clarity',
    form: "clarity('metadata', callback)",
    tagId: 'abcde12345',
    call: (page, awaited) => (page['clarity'] as Awaited)('metadata', awaited, false, true),
    given: [{projectId: '', userId: '', sessionId: '', pageNum: 0}, false],
    isListener: true,
  },
  {
    id: 'posthog',
    form: 'posthog.onFeatureFlags(callback)',
    tagId: 'phc_0123456789012345678901234567890123456789',
    call: (page, awaited) => as(page, 'posthog')['onFeatureFlags']?.(awaited),
    given: [[], {}, {errorsLoading: true}],
    isListener: true,
  },
  ...(['getSurveys', 'getActiveMatchingSurveys', 'getEarlyAccessFeatures'] as const).map(
    (method): Row => ({
      id: 'posthog',
      form: `posthog.${method}(callback)`,
      tagId: 'phc_0123456789012345678901234567890123456789',
      // The stub has not all of PostHog's methods; those that it has add such an entry.
      call: (page, awaited) => as(page, 'posthog').push([method, awaited]),
      given: method === 'getEarlyAccessFeatures' ? [[]] : [[], {isLoaded: false}],
    }),
  ),
  {
    id: 'hubspot',
    form: "_hsq.push(['addIdentityListener', callback])",
    tagId: '1234567',
    call: (page, awaited) => as(page, '_hsq').push(['addIdentityListener', awaited]),
    given: ['', '', ''],
    isListener: true,
  },
  {
    id: 'google-ad-manager',
    form: 'adBreak({type, name, adBreakDone})',
    tagId: 'ca-pub-1234567890123456',
    call: (page, adBreakDone) => as(page, 'adsbygoogle').push({type: 'next', name: 'level 2', adBreakDone}),
    given: [{breakType: 'next', breakName: 'level 2', breakFormat: 'interstitial', breakStatus: 'notReady'}],
  },
  {
    id: 'google-ad-manager',
    form: 'adConfig({onReady})',
    tagId: 'ca-pub-1234567890123456',
    call: (page, onReady) => as(page, 'adsbygoogle').push({preloadAdBreaks: 'on', onReady}),
    given: [],
  },
];

/** @returns every function in the vendor's queue, as its script finds them */
function heldFunctions({window}: AnsweringPage, id: string): Awaited[] {
  const answers = vendors.find(({definition}) => definition.id === id)?.answers;
  const search = (value: unknown): Awaited[] => {
    if (typeof value === 'function') return [value as Awaited];
    return Object(value) === value ? Object.values(value as object).flatMap(search) : [];
  };
  return (answers?.lists ?? []).flatMap((path) => {
    const list = path.split('.').reduce<unknown>((place, name) => Object(place)[name], window);
    return Array.isArray(list) ? [...list].flatMap((call) => search(call)) : [];
  });
}

describe('functions that a page waits for', () => {
  it('are named in the file of each vendor that has some, and tested by every form', () => {
    const tested = new Set(ROWS.map(({id, form}) => `${id} ${form}`));
    const named = vendors.flatMap(({definition: {id}, facts, answers}) => {
      expect(!!answers, id).to.equal(!!facts.callbacks);
      return Object.keys(facts.callbacks ?? {}).map((form) => `${id} ${form}`);
    });
    expect([...tested].sort()).to.deep.equal(named.sort());
  });

  for (const {id, form, tagId, call, given, patience = 500, isListener = false} of ROWS) {
    // Matomo lies on the site's own server.
    const config = {
      id,
      ...(tagId && {tagId}),
      ...(id === 'matomo' && {src: 'https://matomo.example/matomo.js'}),
    };

    describe(`${id}: ${form}, ${patience} ms`, () => {
      let page: AnsweringPage;
      afterEach(() => page.close());

      for (const moment of ['before', 'after'] as const) {
        it(`is called once in time while nobody has answered (called ${moment} our code has come)`, async () => {
          page = await openAnsweringPage({
            vendors: [config],
            before: ({window, awaited}) => moment === 'before' && call(window, awaited),
          });
          if (moment === 'after') call(page.window, page.awaited);
          page.pass(patience - 1);
          expect(page.given).to.deep.equal([]);
          page.pass(1);
          page.pass(60_000);
          expect(page.given).to.deep.equal([given]);
        });

        it(`is called once, and not at once, after a refusal (called ${moment} our code has come)`, async () => {
          page = await openAnsweringPage({
            vendors: [config],
            refused: [id],
            before: ({window, awaited}) => moment === 'before' && call(window, awaited),
          });
          if (moment === 'after') call(page.window, page.awaited);
          expect(page.given).to.deep.equal([]);
          page.pass(0);
          page.pass(60_000);
          expect(page.given).to.deep.equal([given]);
        });
      }

      it('is not called again where the vendor is granted later and hears of it', async () => {
        page = await openAnsweringPage({vendors: [config]});
        call(page.window, page.awaited);
        page.pass(patience);
        page.change({granted: [id]});
        const held = heldFunctions(page, id);
        expect(held).to.have.lengthOf(1);
        for (const answered of held) answered('from the vendor');
        page.pass(60_000);
        expect(page.given).to.deep.equal(isListener ? [given, ['from the vendor']] : [given]);
      });

      it('is the vendor’s to call where it is granted', async () => {
        page = await openAnsweringPage({vendors: [config], granted: [id]});
        call(page.window, page.awaited);
        page.pass(60_000);
        expect(page.given).to.deep.equal([]);
        const [held] = heldFunctions(page, id);
        for (const word of ['once', 'again']) held?.(word);
        expect(page.given).to.have.lengthOf(2);
      });
    });
  }
});
