import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  type ConsentRecord,
  isGranted,
  readRecord,
  renewCookies,
  toSetCookie,
} from '../../../src/server/index.js';

const TEXT = '1.2026-11-01.t5k2x1.banner.essential_analytics.advertising.nai.meta-pixel.-';

const record: ConsentRecord = {
  policyVersion: '2026-11-01',
  decidedAt: 1_795_219_200,
  source: 'banner',
  categories: {essential: 'granted', analytics: 'granted', advertising: 'denied'},
  vendors: {nai: 'granted', 'meta-pixel': 'denied'},
  id: null,
};

const arbitraryRecord = fc.record({
  policyVersion: fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/),
  decidedAt: fc.integer({min: 0, max: 4_000_000_000}),
  source: fc.constantFrom('banner', 'preferences', 'link', 'api', 'gpc', 'age', 'embed', 'import'),
  categories: fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.constantFrom('granted', 'denied'), {
    maxKeys: 5,
  }),
  vendors: fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.constantFrom('granted', 'denied'), {
    maxKeys: 20,
  }),
  id: fc.constantFrom(null, 'k3x-9f'),
}) as fc.Arbitrary<ConsentRecord>;

describe('readRecord', () => {
  it('finds the record among other cookies', () => {
    const found = readRecord(`_ga=GA1.1.2; consent=${TEXT}; theme=dark`);
    expect(found?.policyVersion).to.equal('2026-11-01');
    expect(found?.categories['analytics']).to.equal('granted');
  });

  it('reads the cookie of the name it is given, and no other', () => {
    expect(readRecord(`choice=${TEXT}`, {name: 'choice'})?.source).to.equal('banner');
    expect(readRecord(`xconsent=${TEXT}; consent-x=${TEXT}; Consent=${TEXT}`)).to.equal(null);
  });

  it('takes the newest of several', () => {
    const newer = TEXT.replace('t5k2x1', 't5k2x2').replace('banner', 'link');
    for (const header of [`consent=${TEXT}; consent=${newer}`, `consent=${newer};consent=${TEXT}`]) {
      expect(readRecord(header)?.source).to.equal('link');
    }
  });

  it('takes the one that allows less of two of the same second', () => {
    const less = '1.2026-11-01.t5k2x1.link.essential.analytics_advertising.-.-.-';
    for (const header of [`consent=${TEXT}; consent=${less}`, `consent=${less}; consent=${TEXT}`]) {
      expect(readRecord(header)?.source).to.equal('link');
    }
  });

  it('skips what is no record', () => {
    expect(readRecord(`consent=; consent=1.2.3; consent=${TEXT}; consent=${TEXT}.`)?.source).to.equal(
      'banner',
    );
  });

  it('answers null where there is no header and no record', () => {
    for (const header of [null, undefined, '', ';', '=', 'consent', 'consent=', `other=${TEXT}`]) {
      expect(readRecord(header)).to.equal(null);
    }
  });

  it('takes no record for one that is dated more than a day ahead', () => {
    const now = Date.UTC(2026, 10, 21);
    const at = (milliseconds: number) => TEXT.replace('t5k2x1', Math.floor(milliseconds / 1000).toString(36));
    expect(readRecord(`consent=${at(now + 80_000_000)}`, {now})?.source).to.equal('banner');
    expect(readRecord(`consent=${at(now + 90_000_000)}`, {now})).to.equal(null);
    const later = TEXT.replace('t5k2x1', 'zzzzzzz').replace('banner', 'link');
    expect(readRecord(`consent=${later}; consent=${TEXT}`, {now})?.source).to.equal('banner');
  });

  it('reads a value to its end, as the browser does', () => {
    expect(readRecord(`consent=${TEXT}=more`)).to.equal(null);
  });

  it('throws for no header at all', () => {
    fc.assert(fc.property(fc.anything(), (header) => void readRecord(header as string)));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constant(`consent=${TEXT}`))), (parts) => {
        const found = readRecord(parts.join('; '));
        if (found) expect(found.policyVersion).to.match(/^[A-Za-z0-9-]+$/);
      }),
    );
  });
});

describe('toSetCookie', () => {
  it('writes the attributes of a browser', () => {
    expect(toSetCookie({...record, vendors: {}})).to.equal(
      'consent=1.2026-11-01.tots00.banner.essential_analytics.advertising.-.-.-; ' +
        'Path=/; Expires=Sat, 22 May 2027 00:00:00 GMT; SameSite=Lax; Secure',
    );
  });

  it('names a domain only where it is given one', () => {
    expect(toSetCookie(record, {domain: 'example.jp'})).to.contain('; Domain=example.jp; ');
    for (const domain of ['host', 'widest']) expect(toSetCookie(record, {domain})).not.to.contain('Domain');
  });

  it('leaves Secure out where there is no https', () => {
    expect(toSetCookie(record, {secure: false})).not.to.contain('Secure');
  });

  it('partitions the cookie for a page in a frame of another site', () => {
    for (const secure of [true, false]) {
      const text = toSetCookie(record, {partitioned: true, secure});
      expect(text).to.match(/; SameSite=None; Secure; Partitioned$/);
    }
    expect(toSetCookie(record, {partitioned: false})).to.match(/; SameSite=Lax; Secure$/);
  });

  it('counts the days from the decision', () => {
    expect(toSetCookie(record, {days: 1})).to.contain('Expires=Sun, 22 Nov 2026 00:00:00 GMT');
  });

  it('writes nothing where the record is too long', () => {
    const vendors = Object.fromEntries(
      Array.from({length: 200}, (_, index) => [`vendor-${index}`, 'denied' as const]),
    );
    expect(toSetCookie({...record, vendors})).to.equal('');
  });

  it('writes nothing that would end the header or begin an attribute', () => {
    for (const bad of ['a b', 'a;b', 'a=b', 'a\r\nSet-Cookie: b', '']) {
      expect(toSetCookie(record, {name: bad}), bad).to.equal('');
      expect(toSetCookie(record, {domain: bad}), bad).to.equal('');
      expect(toSetCookie({...record, id: `x${bad}\n`}), bad).to.equal('');
    }
    expect(toSetCookie({...record, decidedAt: Number.NaN})).to.equal('');
    expect(toSetCookie(record, {days: Number.POSITIVE_INFINITY})).to.equal('');
  });

  it('writes what readRecord reads', () => {
    fc.assert(
      fc.property(arbitraryRecord, (any) => {
        const [pair = ''] = toSetCookie(any, {name: 'choice'}).split('; ');
        const found = readRecord(`a=b; ${pair}`, {name: 'choice', now: 4e12});
        expect({...found, categories: {...found?.categories}, vendors: {...found?.vendors}}).to.deep.equal(
          any,
        );
      }),
    );
  });
});

describe('isGranted', () => {
  const cases: [what: string, id: string, category: string | undefined, expected: boolean][] = [
    ['a granted category', 'analytics', undefined, true],
    ['a denied category', 'advertising', undefined, false],
    ['an undecided category', 'functional', undefined, false],
    ['a vendor of a granted category', 'google-analytics', 'analytics', true],
    ['a vendor of a denied category', 'google-ads', 'advertising', false],
    ['a vendor of an undecided category', 'video', 'functional', false],
    ['a vendor granted by name in a denied category', 'nai', 'advertising', true],
    ['a vendor denied by name in a granted category', 'meta-pixel', 'analytics', false],
    ['a vendor whose category is not given', 'google-analytics', undefined, false],
    ['a vendor of two granted categories', 'both', ' analytics\n essential', true],
    ['a vendor of a granted and a denied category', 'both', 'analytics advertising', false],
    [
      'a vendor granted by name in a denied category, and one that is undecided',
      'nai',
      'advertising functional',
      false,
    ],
    ['the name of a property of every object', 'constructor', 'toString', false],
  ];
  for (const [what, id, category, expected] of cases) {
    it(`${expected ? 'grants' : 'does not grant'} ${what}`, () => {
      expect(isGranted(record, id, category)).to.equal(expected);
    });
  }

  it('grants nothing without a record', () => {
    expect(isGranted(null, 'essential')).to.equal(false);
  });
});

describe('renewCookies', () => {
  const stored = readRecord(`consent=${TEXT}`) as ConsentRecord;
  const now = (stored.decidedAt + 86_400 * 3) * 1000;

  it('sets the visitor’s own record again, and a mark for a day', () => {
    expect(renewCookies(`_ga=1; consent=${TEXT}`, {now})).to.deep.equal([
      toSetCookie(stored),
      'consent-renewed=1; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure',
    ]);
  });

  it('adds no day to the life of the choice', () => {
    const [cookie] = renewCookies(`consent=${TEXT}`, {now});
    expect(cookie).to.include(new Date((stored.decidedAt + 182 * 86_400) * 1000).toUTCString());
  });

  it('sets nothing within a day, nor without a record, nor once it has run out', () => {
    expect(renewCookies(`consent=${TEXT}; consent-renewed=1`, {now})).to.deep.equal([]);
    for (const header of [null, undefined, '', 'consent=1.2.3', '_ga=1'])
      expect(renewCookies(header, {now})).to.deep.equal([]);
    expect(renewCookies(`consent=${TEXT}`, {now: now + 182 * 86_400_000})).to.deep.equal([]);
  });

  it('sets nothing where two cookies of that name differ', () => {
    const other = TEXT.replace('banner', 'link');
    expect(renewCookies(`consent=${TEXT}; consent=${other}`, {now})).to.deep.equal([]);
    expect(renewCookies(`consent=${TEXT}; consent=${TEXT}`, {now})).to.have.length(2);
  });

  it('partitions both for a page in a frame of another site', () => {
    const cookies = renewCookies(`consent=${TEXT}`, {now, partitioned: true});
    expect(cookies).to.have.lengthOf(2);
    for (const cookie of cookies) expect(cookie).to.match(/; SameSite=None; Secure; Partitioned$/);
  });

  it('goes by the name, domain and days it is given', () => {
    const [cookie, mark] = renewCookies(`choice=${TEXT}`, {name: 'choice', domain: 'shop.example', now});
    expect(cookie).to.match(/^choice=.*; Domain=shop\.example/);
    expect(mark).to.match(/^choice-renewed=1;/);
  });
});

it('no function throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything({withBigInt: true, withNullPrototype: true}), fc.anything(), (one, other) => {
      const [record, header, options] = [one as ConsentRecord, one as string, other as object];
      expect(readRecord(header, options)).to.equal(null);
      expect(toSetCookie(record, options)).to.equal('');
      expect(renewCookies(header, options)).to.deep.equal([]);
      expect(isGranted(record, other as string)).to.equal(false);
    }),
  );
  const trap = new Proxy({}, {get: () => expect.fail('a getter of its own')});
  expect(readRecord(`consent=${TEXT}`, trap)).to.equal(null);
  expect(toSetCookie(record, trap)).to.equal('');
  expect(renewCookies(`consent=${TEXT}`, trap)).to.deep.equal([]);
  expect(isGranted(trap as ConsentRecord, 'analytics')).to.equal(false);
});
