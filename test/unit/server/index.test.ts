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
        const found = readRecord(`a=b; ${pair}`, {name: 'choice'});
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

  it('goes by the name, domain and days it is given', () => {
    const [cookie, mark] = renewCookies(`choice=${TEXT}`, {name: 'choice', domain: 'shop.example', now});
    expect(cookie).to.match(/^choice=.*; Domain=shop\.example/);
    expect(mark).to.match(/^choice-renewed=1;/);
  });
});
