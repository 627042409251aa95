/** `consent-gate/server` with headers and records that somebody else has made: nothing is thrown, nothing is granted, no header breaks. */
import {pathToFileURL} from 'node:url';
import fc from 'fast-check';
import {expect, test} from 'playwright/test';

type ServerModule = typeof import('../../src/server/index.js');
type Record = ReturnType<ServerModule['readRecord']>;

const load = () => import(pathToFileURL('dist/esm/server/index.js').href) as Promise<ServerModule>;

const now = () => Math.floor(Date.now() / 1000);
const textOf = ({
  time = now().toString(36),
  source = 'banner',
  granted = 'essential_analytics',
  denied = '-',
} = {}) => `1.0.${time}.${source}.${granted}.${denied}.-.-.-`;
const FINE = textOf();
const MB = 1_000_000;
const record = {
  policyVersion: '0',
  decidedAt: now(),
  source: 'banner',
  categories: {essential: 'granted', analytics: 'granted'},
  vendors: {},
  id: null,
} as unknown as NonNullable<Record>;

test('a visitor’s own record is read, written and renewed', async () => {
  const {readRecord, isGranted, toSetCookie, renewCookies} = await load();
  expect(isGranted(readRecord(`consent=${FINE}`), 'analytics')).toBe(true);
  expect(toSetCookie(record)).toMatch(/^consent=1\.0\./);
  expect(renewCookies(`consent=${FINE}`)).toHaveLength(2);
});

test.describe('a header', () => {
  const NO_RECORD: Readonly<{[what: string]: unknown}> = {
    '1 MB of =': '='.repeat(MB),
    '1 MB of ;': ';'.repeat(MB),
    '1 MB of spaces': ' '.repeat(MB),
    'a value of 1 MB': `consent=${'x'.repeat(MB)}`,
    'a list of 1 MB': `consent=${textOf({granted: 'a_'.repeat(MB / 2) + 'a'})}`,
    'a list of 990 letters': `consent=${textOf({granted: 'a'.repeat(990)})}`,
    null: null,
    undefined: undefined,
    'a number': 1,
    'an array': [`consent=${FINE}`],
    'an object': {cookie: `consent=${FINE}`},
    'consent=x=y': `consent=${FINE}=garbage`,
    'a quoted value': `consent="${FINE}"`,
    'percent-encoded': `consent=${FINE.replaceAll('.', '%2E')}`,
    'consent==': `consent==${FINE}`,
    'another case': `Consent=${FINE}`,
    'a source that is none': `consent=${textOf({source: 'XXX'})}`,
    'a time in capitals': `consent=${textOf({time: 'T5K2X1'})}`,
    'the year 4453': `consent=${textOf({time: 'zzzzzzz'})}`,
  };
  for (const [what, header] of Object.entries(NO_RECORD)) {
    test(`that has no record grants nothing and is read at once: ${what}`, async () => {
      const {readRecord, isGranted, renewCookies} = await load();
      const start = process.cpuUsage().user;
      const read = readRecord(header as string);
      expect(read).toBe(null);
      expect(isGranted(read, 'analytics')).toBe(false);
      expect(renewCookies(header as string)).toEqual([]);
      expect(process.cpuUsage().user - start, 'microseconds of the processor').toBeLessThan(5e6);
    });
  }

  test('with 1 MB of records is read at once, and grants only what one of them does', async () => {
    const {readRecord} = await load();
    const header = `consent=${textOf({granted: 'x'})};`.repeat(25_000);
    const start = process.cpuUsage().user;
    expect(readRecord(header)?.categories).toEqual({x: 'granted'});
    expect(process.cpuUsage().user - start, 'microseconds of the processor').toBeLessThan(5e6);
  });

  test('with 1 MB of tabs around a record is one with that record', async () => {
    const {readRecord} = await load();
    expect(readRecord(`${'\t'.repeat(MB)}consent=${FINE}${'\t'.repeat(10)}`)?.categories).toMatchObject({
      analytics: 'granted',
    });
  });
});

test.describe('a cookie of a sibling subdomain, dated 4453', () => {
  const denial = textOf({granted: 'essential', denied: 'analytics_advertising'});
  const tossed = textOf({time: 'zzzzzzz', granted: 'essential_analytics_advertising'});
  for (const header of [`consent=${denial}; consent=${tossed}`, `consent=${tossed}; consent=${denial}`]) {
    test(`grants nothing beside the visitor’s refusal, and is not renewed: ${header === `consent=${denial}; consent=${tossed}` ? 'behind' : 'ahead of'} it`, async () => {
      const {readRecord, isGranted, renewCookies} = await load();
      expect(isGranted(readRecord(header), 'advertising')).toBe(false);
      expect(renewCookies(header).join()).not.toContain('zzzzzzz');
    });
  }

  test('and two that differ are left to the browser', async () => {
    const {renewCookies} = await load();
    const earlier = textOf({time: (now() - 100).toString(36), granted: 'essential_advertising'});
    expect(renewCookies(`consent=${denial}; consent=${earlier}`)).toEqual([]);
  });

  test('an expired record is not renewed', async () => {
    const {renewCookies} = await load();
    expect(renewCookies(`consent=${textOf({time: (now() - 200 * 86_400).toString(36)})}`)).toEqual([]);
  });
});

test.describe('toSetCookie', () => {
  const with_ = (fields: object) => ({...record, ...fields});
  const NO_RECORDS: Readonly<{[what: string]: unknown}> = {
    null: null,
    undefined: undefined,
    'an empty object': {},
    'no categories': with_({categories: undefined}),
    'a line end in the version': with_({policyVersion: '0\r\nSet-Cookie: x=1'}),
    'a line end in a category': with_({categories: {'a\r\nX: y': 'granted'}}),
    'a semicolon in the id': with_({id: 'a; Domain=x'}),
    'no number for a time': with_({decidedAt: Number.NaN}),
    'an endless time': with_({decidedAt: Number.POSITIVE_INFINITY}),
    'a negative time': with_({decidedAt: -1}),
    'a fraction for a time': with_({decidedAt: 1.5}),
    'a text for a time': with_({decidedAt: 'soon'}),
    'a source that is none': with_({source: 'XXX'}),
    'a list of 100,000': with_({
      categories: Object.fromEntries(Array.from({length: 100_000}, (_, index) => [`c${index}`, 'granted'])),
    }),
    'a version that writes itself': with_({policyVersion: {toString: () => '0; Domain=x'}}),
  };
  for (const [what, broken] of Object.entries(NO_RECORDS)) {
    test(`writes nothing, and throws nothing, for a record with ${what}`, async () => {
      const {toSetCookie} = await load();
      expect(toSetCookie(broken as typeof record)).toBe('');
    });
  }

  const OPTIONS: Readonly<{[what: string]: unknown}> = {
    'a line end in the name': {name: 'a\r\nX: y'},
    'a semicolon in the name': {name: 'a;b'},
    'a sign in the name': {name: 'a=b'},
    'an empty name': {name: ''},
    'a line end in the domain': {domain: 'a\r\nX: y'},
    'a semicolon in the domain': {domain: 'a;b'},
    'a line end behind the domain': {domain: 'a.example\n'},
    'an empty domain': {domain: ''},
    'an array for a domain': {domain: ['a\nb']},
    'no number of days': {days: Number.NaN},
    'days without end': {days: 1e9},
    'a text for days': {days: 'x'},
    'a domain of 1 MB': {domain: `${'a'.repeat(MB)}!`},
    'a domain of dots': {domain: '.'.repeat(MB)},
    'a name of 1 MB': {name: `${'a'.repeat(MB)} `},
  };
  for (const [what, options] of Object.entries(OPTIONS)) {
    test(`writes nothing, and throws nothing, with ${what}`, async () => {
      const {toSetCookie, renewCookies} = await load();
      const start = process.cpuUsage().user;
      expect(toSetCookie(record, options as object)).toBe('');
      expect(renewCookies(`consent=${FINE}`, options as object)).toEqual([]);
      expect(process.cpuUsage().user - start, 'microseconds of the processor').toBeLessThan(5e6);
    });
  }

  const HARMLESS: Readonly<{[what: string]: unknown}> = {
    null: null,
    'a name like __proto__': {name: '__proto__'},
    'a domain that is to be found by trial': {domain: 'widest'},
    'an array for a name': {name: ['consent']},
    'a negative number of days': {days: -1},
    'a text for secure': {secure: 'false'},
  };
  for (const [what, options] of Object.entries(HARMLESS)) {
    test(`throws nothing and writes one line with ${what}`, async () => {
      const {toSetCookie, renewCookies} = await load();
      expect(toSetCookie(record, options as object)).toMatch(/^([\w-]+=1\.0\.[^\r\n]*)?$/);
      for (const line of renewCookies(`consent=${FINE}`, options as object))
        expect(line).not.toMatch(/[\r\n]/);
    });
  }
});

test.describe('isGranted', () => {
  const RECORDS: Readonly<{[what: string]: [unknown, string]}> = {
    'the name constructor': [record, 'constructor'],
    'the name __proto__': [record, '__proto__'],
    'a record that is none': [{granted: ['analytics']}, 'analytics'],
    'no lists': [{}, 'analytics'],
    null: [null, 'analytics'],
    'a word that is another': [{categories: {analytics: 'GRANTED'}, vendors: {}}, 'analytics'],
  };
  for (const [what, [given, id]] of Object.entries(RECORDS)) {
    test(`grants nothing and throws nothing: ${what}`, async () => {
      const {isGranted} = await load();
      expect(isGranted(given as Record, id)).toBe(false);
    });
  }
});

test('20,000 values that look like records throw nothing, and grant no more than they say', async () => {
  const {readRecord, isGranted} = await load();
  const name = fc.constantFrom(
    ...'essential analytics advertising own other x y z 0'.split(' '),
    '-',
    'a__b',
  );
  const list = fc.array(name, {maxLength: 4}).map((names) => names.join('_') || '-');
  const nearly = fc
    .tuple(
      fc.constantFrom('1', '1', '1', '1', '1', '1', '2', '01', ''),
      fc.constantFrom('0', '2026-11-01', '-', ''),
      fc.constantFrom(now().toString(36), '0', 't5k2x1', 'zzzzzzz', 'T5', '-1'),
      fc.constantFrom('banner', 'api', 'link', 'gpc', 'XXX', ''),
      ...([list, list, list, list] as const),
      fc.constantFrom('-', 'id', ''),
    )
    .map((fields) => fields.join('.'));
  const values = fc.oneof(
    {weight: 4, arbitrary: nearly},
    fc.string({unit: fc.constantFrom(...'1.-_azAZ09%=;, ')}),
  );
  let readable = 0;
  for (const value of fc.sample(values, {numRuns: 20_000, seed: 20261129})) {
    const read = readRecord(`consent=${value}`);
    if (!read) continue;
    readable++;
    const lists = value.split('.').slice(4, 8);
    for (const id of ['essential', 'analytics', 'advertising']) {
      const [granted, denied, own, not] = lists.map((list) => list.split('_').includes(id));
      expect(isGranted(read, id), value).toBe(!not && (own || (granted && !denied)));
    }
  }
  expect(readable).toBeGreaterThan(100);
});
