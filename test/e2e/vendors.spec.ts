/**
 * Every vendor of the catalogue by its contract, on the wire: nothing of it before its grant, not even its file of ours;
 * then its script, once, its own commands in their order ahead of the page's; its own stop call on a denial, and nothing
 * of it left, whatever the script writes on its way out. `vendor-rows.ts` has a row for each.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {vendors as catalogue} from '../../src/vendors/catalogue.js';
import {lateVendors} from '../../src/vendors/late-vendors.js';
import {BLOCKING_LOADER, pageOf} from '../support/page.js';
import {type Command, FAREWELL, simulateVendor} from '../support/simulate-vendor.js';
import {expect, type Site, type Tab, test} from '../support/site.js';
import {heard, listen} from '../support/tags.js';
import {signals, type VendorRow, vendorRows} from '../support/vendor-rows.js';

declare const consentGate: {
  acceptAll(): void;
  rejectAll(): void;
  decide(answers: object): void;
  withdraw(id: string): void;
};

const PATH = '/page.html';
/** The same page, where a withdrawal reloads. */
const RELOADING = '/reloading.html';

/** The forms of the queues are the same in every engine: Firefox, slow to open a page, has these. */
const IN_FIREFOX = [
  'a8-net',
  'amazon-ads',
  'beyondx',
  'google-ads',
  'google-analytics',
  'line-tag',
  'meta-pixel',
  'nai',
  'x-pixel',
  'yahoo-japan-ads',
];

/** Ids of the vendors that have a file in `dist/cdn/vendors`. */
const LATE = Object.values(lateVendors).flatMap((names) =>
  names.split(',').map((name) => name.split(/[* ]/)[0]),
);

/** Granted together with each of them, and never denied. */
const NEIGHBOUR = {
  id: 'neighbour',
  category: 'analytics',
  cookies: ['_neighbour'],
  storage: ['neighbour:*'],
};

const isScripted = (row: VendorRow): row is VendorRow & {script: string} => row.script !== undefined;

const filesOf = (...rows: VendorRow[]) =>
  rows
    .map(({id}) => id)
    .filter((id) => LATE.includes(id))
    .map((id) => `/dist/cdn/vendors/${id}.js`);

const configOf = ({id, tagId, src}: VendorRow, more: object = {}) => ({
  id,
  ...(tagId && {tagId}),
  ...(src && {src}),
  ...more,
});

const configure = (...vendors: object[]) => ({
  policy: {version: '2026-11-01'},
  ui: {prompt: 'never'},
  vendors: [...vendors, NEIGHBOUR],
});

/** The vendors' hosts: their scripts are simulators, and whatever else is asked for is answered with nothing. */
async function serveVendors({context}: Site, rows: readonly VendorRow[] = vendorRows): Promise<void> {
  await context.route(/^https:/, (route) => {
    const url = route.request().url();
    const row = rows.find(({script = ''}) => script.replace(/#.*/, '') === url.replace(/#.*/, ''));
    if (!row) return route.fulfill({status: 204});
    const {collector = '', queue = {}, cookies = [], storage = [], marks = [], stop = [], resume = []} = row;
    return route.fulfill({
      contentType: 'text/javascript; charset=utf-8',
      headers: {'access-control-allow-origin': '*'},
      body: simulateVendor({
        collector,
        queue,
        cookies,
        storage,
        marks,
        // One that goes on takes it for a command like any other.
        stop: row.goesOn ? [] : stop,
        resume,
      }),
    });
  });
}

const isReport = (address: string) => address.includes('?heard=');

/** What the vendors have heard, in order. */
/** What a container hears of each change, and when, `queues.spec.ts` says. */
const isOfChange = (command: unknown) => Object(command).event === 'consent-change';

const commands = ({wire}: Site): Command[] =>
  wire
    .toVendors()
    .filter(isReport)
    .map((address) => JSON.parse(new URL(address).searchParams.get('heard') ?? ''))
    .filter((command) => !isOfChange(command));

/** Everything that was asked of anyone but the site, but for what vendors report to their own collector. */
const requests = ({wire}: Site, {collector}: VendorRow) =>
  wire.toVendors().filter((address) => !isReport(address) || !address.startsWith(`${collector}?`));

const vendorFiles = ({wire}: Site) => wire.toSite().filter((path) => path.includes('/vendors/'));

const address = ({script}: VendorRow) => script?.replace(/#.*/, '');

/** What is heard of the page's call by that name. */
const heardOf = ({call}: VendorRow, ...names: string[]): Command[] =>
  call ? names.map((name) => JSON.parse(JSON.stringify(call[1]).replaceAll('$', name))) : [];

async function callVendor({page}: Tab, {call}: VendorRow, ...names: string[]): Promise<void> {
  for (const name of names) if (call) await page.evaluate(`void ${call[0].replaceAll('$', name)}`);
}

const decide = ({page}: Tab, vendors: Readonly<Record<string, 'granted' | 'denied'>>) =>
  page.evaluate((vendors) => consentGate.decide({vendors}), vendors);

const withdraw = ({page}: Tab, id: string) => page.evaluate((id) => consentGate.withdraw(id), id);

/** What the site itself and another vendor keep on this device. */
const leaveOwn = ({page}: Tab) =>
  page.evaluate(() => {
    document.cookie = 'session=1; path=/';
    document.cookie = '_neighbour=1; path=/';
    localStorage.setItem('cart', '1');
    localStorage.setItem('neighbour:id', '1');
  });

const cookieNames = async (site: Site) => Object.keys(await site.cookies()).sort();

/** Nothing of the vendor is left, and all of everybody else's is. */
async function expectSwept(site: Site, tab: Tab, {marks = [], stop, goesOn}: VendorRow): Promise<void> {
  const own = ['_neighbour', 'consent', 'session', ...(stop && !goesOn ? marks : [])].sort();
  await expect.poll(() => cookieNames(site)).toEqual(own);
  await expect
    .poll(async () =>
      Object.keys(await tab.storage())
        .filter((name) => name !== FAREWELL)
        .sort(),
    )
    .toEqual(['cart', 'consent', 'consent-history', 'neighbour:id']);
}

/** Everything the row names is there. */
async function expectLeft(site: Site, tab: Tab, {cookies = [], storage = []}: VendorRow): Promise<void> {
  expect(await cookieNames(site)).toEqual(expect.arrayContaining([...cookies]));
  expect(Object.keys(await tab.storage())).toEqual(expect.arrayContaining([...storage]));
}

for (const isInFirefox of [true, false]) {
  test.describe('the contract of a vendor:', () => {
    test.skip(({browserName}) => browserName === 'firefox' && !isInFirefox, 'the same in every engine');

    for (const row of vendorRows.filter(({id}) => IN_FIREFOX.includes(id) === isInFirefox)) {
      if (isScripted(row)) testScript(row);
      if (!isScripted(row) || row.frame) testMarkup(row);
    }
  });
}

/** In one page: undecided, granted, denied, granted again. Then on the next one: as before, and denied with a reload. */
function testScript(row: VendorRow & {script: string}): void {
  const {id, start = [], loaded = [], stop = [], resume = [], attributes = {}} = row;

  test(`${id}: not before its grant, once in its own words after it, and gone when it is denied`, async ({
    site,
  }) => {
    await serveVendors(site);
    await site.serve(
      PATH,
      pageOf({config: configure(configOf(row, {reload: false})), loader: BLOCKING_LOADER}),
    );
    await site.serve(RELOADING, pageOf({config: configure(configOf(row)), loader: BLOCKING_LOADER}));
    const tab = await site.visit(PATH);

    await test.step('undecided: its calls are held in memory, and nothing is asked for or kept', async () => {
      expect((await tab.state()).vendors[id]).toBe('denied');
      await callVendor(tab, row, 'first', 'second');
      await site.wire.quiet();
      expect(site.wire.toVendors()).toEqual([]);
      expect(vendorFiles(site)).toEqual([]);
      expect(await site.cookies()).toEqual({});
      expect(await tab.storage()).toEqual({});
    });

    await test.step('granted: its own commands come first, then the page’s, in order', async () => {
      await leaveOwn(tab);
      await decide(tab, {[id]: 'granted', [NEIGHBOUR.id]: 'granted'});
      await expect
        .poll(() => commands(site))
        .toEqual([...start, ...heardOf(row, 'first', 'second'), ...loaded]);
      await expect.poll(() => requests(site, row)).toEqual([address(row)]);
      const script = tab.page.locator(`script[src="${row.script}"]`);
      for (const [name, value] of Object.entries(attributes))
        await expect(script).toHaveAttribute(name, value);
      await callVendor(tab, row, 'third');
      await expect
        .poll(() => commands(site))
        .toEqual([...start, ...heardOf(row, 'first', 'second'), ...loaded, ...heardOf(row, 'third')]);
      await expectLeft(site, tab, row);
    });

    await test.step('denied, without a reload: it is told to stop, and what it left is gone', async () => {
      const before = commands(site).length;
      await withdraw(tab, id);
      await expect.poll(() => commands(site).slice(before)).toEqual(stop);
      await expectSwept(site, tab, row);
    });

    await test.step('granted again: it is told to go on, and not loaded again', async () => {
      const before = commands(site).length;
      // One without such a call goes on until the reload, and that is for the page to prevent.
      const isQuiet = row.stop && !row.goesOn;
      if (isQuiet) await callVendor(tab, row, 'refused');
      await decide(tab, {[id]: 'granted'});
      if (isQuiet && row.resume) await callVendor(tab, row, 'again');
      await expect
        .poll(() => commands(site).slice(before))
        .toEqual([...resume, ...(isQuiet && row.resume ? heardOf(row, 'again') : [])]);
      await site.wire.quiet();
      expect(requests(site, row)).toEqual([address(row)]);
      expect(vendorFiles(site)).toEqual(filesOf(row));
    });

    await test.step('on the next page of a visitor who has granted it: the same, at once', async () => {
      site.wire.forget();
      await tab.goTo(RELOADING);
      await expect.poll(() => commands(site)).toEqual([...start, ...loaded]);
      await callVendor(tab, row, 'fourth');
      await expect.poll(() => commands(site)).toEqual([...start, ...loaded, ...heardOf(row, 'fourth')]);
      await expect.poll(() => requests(site, row)).toEqual([address(row)]);
      expect(vendorFiles(site)).toEqual(filesOf(row));
    });

    await test.step('denied: it is told to stop, the page reloads, and nothing is left or asked for', async () => {
      site.wire.forget();
      await tab.page.evaluate((name) => localStorage.removeItem(name), FAREWELL);
      await tab.untilReloaded(() => withdraw(tab, id));
      await expectSwept(site, tab, row);
      await callVendor(tab, row, 'refused');
      await site.wire.quiet();
      expect(commands(site)).toEqual(stop);
      expect(requests(site, row)).toEqual([]);
      await expectSwept(site, tab, row);
      // It did write, on its way out.
      expect(await tab.storage()).toHaveProperty(FAREWELL);
    });
  });
}

/** One that has no script of its own: it names who receives what an author has marked up. */
function testMarkup(row: VendorRow): void {
  const {id, frame, cookies = []} = row;
  const title = frame ? 'a frame of its comes and goes with its grant' : 'nothing is ever asked for';

  test(`${id}: ${title}, and what it left goes when it is denied`, async ({site}) => {
    await serveVendors(site);
    const body =
      frame && `<iframe data-consent="functional" data-vendor="${id}" data-src="${frame}"></iframe>`;
    await site.serve(
      PATH,
      pageOf({config: configure({id, category: 'functional'}), loader: BLOCKING_LOADER, ...(body && {body})}),
    );
    const tab = await site.visit(PATH);
    const asked = frame ? [frame] : [];
    expect((await tab.state()).vendors[id]).toBe('denied');
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
    expect(vendorFiles(site)).toEqual([]);
    expect(await site.cookies()).toEqual({});

    await leaveOwn(tab);
    await decide(tab, {[id]: 'granted', [NEIGHBOUR.id]: 'granted'});
    await expect.poll(() => site.wire.toVendors()).toEqual(asked);
    await tab.page.evaluate((names) => {
      for (const name of names) document.cookie = `${name}=1; path=/`;
    }, cookies);
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual(asked);

    site.wire.forget();
    await withdraw(tab, id);
    await expectSwept(site, tab, row);
    await tab.reload();
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
  });
}

test.describe('the catalogue:', () => {
  test('has a row for every file of src/vendors that is a vendor', () => {
    const files = readdirSync('src/vendors').filter((file) =>
      /^export const definition\b/m.test(readFileSync(`src/vendors/${file}`, 'utf8')),
    );
    expect(vendorRows.map(({id}) => `${id}.ts`)).toEqual(files.sort());
  });

  test('sweeps every name of a row, by patterns that each have one, and no visitor’s refusal', () => {
    const wrong: string[] = [];
    for (const {definition, leavings = definition} of catalogue) {
      const {id} = definition;
      const {cookies = [], storage = []} = leavings;
      const row = vendorRows.find((known) => known.id === id) as VendorRow;
      const names = [...(row.cookies ?? []), ...(row.storage ?? [])];
      const patterns = [...cookies, ...storage];
      const fits = (name: string, pattern: string) => toMatcher(pattern).test(name);
      const isSwept = (name: string) => patterns.some((pattern) => fits(name, pattern));
      wrong.push(
        ...patterns
          .filter((pattern) => !names.some((name) => fits(name, pattern)))
          .map((pattern) => `${id}: no name for ${pattern}`),
        ...names.filter((name) => !isSwept(name)).map((name) => `${id}: ${name} stays`),
        ...(row.marks ?? []).filter(isSwept).map((name) => `${id}: ${name} goes`),
      );
    }
    expect(wrong).toEqual([]);
  });

  test('refuses an id of another form, says what it expects, and asks no vendor for anything', async ({
    site,
  }) => {
    const WRONG = 'UA-12345-6';
    const withIds = catalogue.filter(({definition}) => definition.tagId);
    const ids = withIds.map(({definition}) => definition.id);
    await listen(site);
    await serveVendors(site);
    const vendors = withIds.map(({definition: {id}}) => ({
      id,
      tagId: WRONG,
      // Without it, Matomo has no script at all.
      ...(id === 'matomo' && {src: 'https://stats.example.org/matomo.js'}),
    }));
    await site.serve(PATH, pageOf({config: configure(...vendors), loader: BLOCKING_LOADER}));
    const tab = await site.visit(PATH);
    await tab.page.evaluate(() => consentGate.acceptAll());
    const late = ids.filter((id) => LATE.includes(id));
    await expect
      .poll(async () => (await heard(tab, 'consent-vendor-error')).map(({vendor}) => vendor).sort())
      .toEqual(late);
    for (const [index, {definition, facts}] of withIds.entries()) {
      // Those of the loader are known to be wrong from the start.
      const where = late.includes(definition.id) ? definition.id : `vendors[${index}]`;
      const form = late.includes(definition.id) ? definition.tagId : facts.tagIdForm;
      const line = `${where}.tagId: expected ${form}, got "${WRONG}"`;
      await expect.poll(() => site.warnings.some((warning) => warning.includes(line)), line).toBe(true);
    }
    await site.wire.quiet();
    expect(site.wire.toVendors()).toEqual([]);
  });

  test('hears nothing that the page calls while everything is refused, not after a later grant either', async ({
    site,
  }) => {
    // Of the loader’s own, `queues.spec.ts` tells.
    const rows = vendorRows.filter(isScripted).filter(({id, call}) => call && LATE.includes(id));
    await serveVendors(site);
    const vendors = rows.map((row) => configOf(row));
    await site.serve(PATH, pageOf({config: configure(...vendors), loader: BLOCKING_LOADER}));
    const tab = await site.visit(PATH);
    // Something that nobody has named: the files of the vendors are asked whether it is theirs.
    await leaveOwn(tab);
    await tab.page.evaluate(() => consentGate.rejectAll());
    await expect.poll(() => vendorFiles(site).sort()).toEqual(filesOf(...rows));
    await site.wire.quiet();
    for (const row of rows) await callVendor(tab, row, 'refused');
    await tab.page.evaluate(() => consentGate.acceptAll());
    const reports = () => site.wire.toVendors().filter(isReport);
    const scripts = () => site.wire.toVendors().filter((address) => !isReport(address));
    await expect.poll(() => scripts().sort()).toEqual(rows.map(({script}) => script).sort());
    await site.wire.quiet();
    for (const row of rows) await callVendor(tab, row, 'granted');
    const heardBy = (name: string) =>
      rows.filter(({collector, call}) =>
        reports().some(
          (report) =>
            report.startsWith(`${collector}?`) &&
            decodeURIComponent(report).includes(JSON.stringify(call?.[1]).replaceAll('$', name)),
        ),
      );
    await expect.poll(() => heardBy('granted').map(({id}) => id)).toEqual(rows.map(({id}) => id));
    expect(heardBy('refused').map(({id}) => id)).toEqual([]);
  });

  test('costs a page nothing for the vendors that it does not name', async ({site}) => {
    await serveVendors(site);
    const named = vendorRows.filter(({id}) => /^(hotjar|x-pixel)$/.test(id));
    await site.serve(
      PATH,
      pageOf({config: configure(...named.map((row) => configOf(row))), loader: BLOCKING_LOADER}),
    );
    const tab = await site.visit(PATH);
    await site.wire.quiet();
    expect(vendorFiles(site)).toEqual([]);
    await tab.page.evaluate(() => consentGate.acceptAll());
    await tab.openPreferences();
    await expect.poll(() => vendorFiles(site).sort()).toEqual(filesOf(...named));
    await site.wire.quiet();
    const others = vendorRows.map(({id}) => id).filter((id) => !/^(hotjar|x-pixel)$/.test(id));
    const isOfOthers = (path: string) => others.some((id) => path.endsWith(`/${id}.js`));
    expect(site.wire.toSite().filter(isOfOthers)).toEqual([]);
    expect(
      site.wire
        .toVendors()
        .filter((address) => !isReport(address))
        .sort(),
    ).toEqual(named.map(({script}) => script).sort());
  });
});

test.describe('the queues of vendors that hear of consent, where no script reads them:', () => {
  test.skip(({browserName}) => browserName === 'firefox', 'the same in every engine');

  const IDS =
    'google-analytics google-ads google-tag-manager microsoft-ads microsoft-clarity meta-pixel tiktok-pixel pinterest-tag matomo amazon-ads hubspot posthog';
  const named = vendorRows.filter(({id}) => IDS.split(' ').includes(id));
  const rowOf = (id: string) => named.find((row) => row.id === id) as VendorRow;
  const startOf = (id: string) => (rowOf(id).start ?? []) as Command[];

  const DEFAULT = ['consent', 'default', signals()];
  const GRANTED = ['consent', 'update', signals({analytics: true, ads: true})];
  const DENIED = ['consent', 'update', signals()];
  const uet = (command: string, state: string) => ['consent', command, {ad_storage: state}];

  /** Where each list is, and what stands in it on every page of a visitor who has granted everything. */
  const LISTS: Readonly<Record<string, Command[]>> = {
    dataLayer: [
      DEFAULT,
      GRANTED,
      ['js', 'time'],
      ['config', 'AW-123456789'],
      ['config', 'G-DEMO123456'],
      {'gtm.start': 'time', event: 'gtm.js'},
    ],
    uetq: [...uet('default', 'denied'), ...uet('update', 'granted'), 'pageLoad'],
    'clarity.q': startOf('microsoft-clarity'),
    'fbq.queue': startOf('meta-pixel'),
    ttq: [['grantConsent'], ['page']],
    'pintrk.queue': startOf('pinterest-tag'),
    _paq: startOf('matomo'),
    'amzn.q': startOf('amazon-ads').map((command) => [command, 'time']),
    _hsq: [['doNotTrack', {track: true}]],
    _hsp: startOf('hubspot').slice(0, 1),
    posthog: [['opt_in_capturing', {captureEventName: false}]],
  };

  /** What a denial adds, and then another grant. */
  const CHANGES: Readonly<Record<string, Command[]>> = {
    dataLayer: [DENIED, GRANTED],
    uetq: [...uet('update', 'denied'), ...uet('update', 'granted')],
    _hsq: [['doNotTrack'], ['doNotTrack', {track: true}]],
    _hsp: [['revokeCookieConsent'], ...startOf('hubspot').slice(0, 1)],
    ...Object.fromEntries(
      Object.entries({
        'clarity.q': 'microsoft-clarity',
        ttq: 'tiktok-pixel',
        'pintrk.queue': 'pinterest-tag',
        _paq: 'matomo',
        posthog: 'posthog',
      }).map(([path, id]) => [path, [...(rowOf(id).stop ?? []), ...(rowOf(id).resume ?? [])]]),
    ),
  };

  /** @returns what each list has, as plain values */
  const lists = ({page}: Tab, paths: readonly string[]) =>
    page.evaluate((paths) => {
      const plain = (value: unknown): unknown => {
        if (typeof value === 'function') return 'function';
        if (value instanceof Date || (typeof value === 'number' && value > 1e12)) return 'time';
        if (Array.isArray(value) || Object.prototype.toString.call(value) === '[object Arguments]')
          return Array.from(value as ArrayLike<unknown>, plain).filter(
            (entry) => Object(entry).event !== 'consent-change',
          );
        if (typeof value === 'object' && value)
          return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
        return value;
      };
      const at = (path: string) =>
        path
          .split('.')
          .reduce((place, name) => (place as Record<string, unknown>)?.[name], window as unknown);
      return Object.fromEntries(paths.map((path) => [path, plain(at(path))]));
    }, paths);

  test('say what is granted ahead of everything: on the page of the choice, on a change, on every later page', async ({
    site,
  }) => {
    await site.context.route(/^https:/, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        // Bing’s is told by a class of its own.
        body: route.request().url().includes('bat.bing.com') ? 'UET = function ({q}) { return q; };' : '',
      }),
    );
    const vendors = named.map((row) => configOf(row, {reload: false}));
    await site.serve(PATH, pageOf({config: configure(...vendors), loader: BLOCKING_LOADER}));
    const tab = await site.visit(PATH);
    const answer = (grant: 'granted' | 'denied') =>
      decide(tab, Object.fromEntries(named.map(({id}) => [id, grant])));
    const paths = Object.keys(LISTS);
    // Google alone is told beforehand; the lists of the others are there, and empty.
    const empty = Object.fromEntries(paths.filter((path) => path !== '_hsp').map((path) => [path, []]));
    expect(await lists(tab, Object.keys(empty))).toEqual({...empty, dataLayer: [DEFAULT]});

    await answer('granted');
    await expect.poll(() => lists(tab, paths)).toEqual(LISTS);

    await answer('denied');
    await answer('granted');
    const changed = Object.keys(CHANGES);
    await expect
      .poll(() => lists(tab, changed))
      .toEqual(
        Object.fromEntries(changed.map((path) => [path, [...(LISTS[path] ?? []), ...(CHANGES[path] ?? [])]])),
      );

    await tab.reload();
    await expect.poll(() => lists(tab, paths)).toEqual(LISTS);
  });
});

/** `_ga_*` → `/^_ga_.*$/`. */
function toMatcher(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/\W/g, '\\$&'));
  return RegExp(`^${parts.join('.*')}$`);
}

test('amazon-ads: the consent signal says the country of the region, and what is granted', async ({site}) => {
  const row = vendorRows.find(({id}) => id === 'amazon-ads') as VendorRow;
  await serveVendors(site, []);
  await site.context.route(/amzn\.js/, (route) =>
    route.fulfill({contentType: 'text/javascript', body: 'window.read = document.cookie;'}),
  );
  await site.serve(PATH, pageOf({config: {...configure(configOf(row, {reload: false})), region: 'JP'}}));
  const tab = await site.visit(PATH);
  await tab.expectNoBanner();
  const signal = async () => {
    const text = decodeURIComponent((await site.cookies())['amzn_consent'] ?? 'null');
    return JSON.parse(text) as {timestamp: string} | null;
  };
  const say = (word: string) => ({
    geo: {countryCode: 'JP'},
    amazonConsentFormat: {amznAdStorage: word, amznUserData: word},
    version: '1',
  });
  expect(await signal()).toBe(null);
  await tab.page.evaluate(() => consentGate.acceptAll());
  await expect.poll(() => tab.page.evaluate(() => (window as {read?: string}).read)).toContain('GRANTED');
  expect(await signal()).toMatchObject(say('GRANTED'));
  expect(Date.parse((await signal())?.timestamp ?? '')).toBeGreaterThan(Date.now() - 60_000);
  await tab.page.evaluate(() => consentGate.rejectAll());
  await expect.poll(signal).toMatchObject(say('DENIED'));
  await tab.page.evaluate(() => consentGate.acceptAll());
  await expect.poll(signal).toMatchObject(say('GRANTED'));
});
