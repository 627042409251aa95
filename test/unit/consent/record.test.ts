import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import type {Grant, Grants} from '../../../src/consent/grants.js';
import {
  type ConsentRecord,
  decodeRecord,
  encodeRecord,
  isSource,
  pickRecord,
  type Source,
} from '../../../src/consent/record.js';

const EXAMPLE = '1.2026-11-01.t5k2x1.banner.essential_analytics.advertising.-.-.-';
const SOURCES: Source[] = ['banner', 'preferences', 'link', 'api', 'gpc', 'age', 'embed', 'import'];
/** Ids that a plain object would find on its prototype. */
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

function setup(change: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    policyVersion: '2026-11-01',
    decidedAt: 1_700_000_000,
    source: 'banner',
    categories: {},
    vendors: {},
    id: null,
    ...change,
  };
}

/** What a grants object says, without what its prototype may add. */
const entries = (grants: Grants) => Object.entries(grants).sort(([a], [b]) => (a < b ? -1 : 1));

const comparable = (record: ConsentRecord | null) =>
  record && {...record, categories: entries(record.categories), vendors: entries(record.vendors)};

const name = fc.oneof(
  {weight: 1, arbitrary: fc.constantFrom(...INHERITED)},
  {weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/)},
);
const grants: fc.Arbitrary<Grants> = fc
  .uniqueArray(fc.tuple(name, fc.constantFrom<Grant>('granted', 'denied')), {
    selector: ([id]) => id,
    maxLength: 8,
  })
  .map((pairs) => Object.fromEntries(pairs));
const validRecord: fc.Arbitrary<ConsentRecord> = fc.record({
  policyVersion: name,
  decidedAt: fc.integer({min: 0, max: 36 ** 7 - 1}),
  source: fc.constantFrom(...SOURCES),
  categories: grants,
  vendors: grants,
  id: fc.oneof(fc.constant(null), name),
});

/** The format of design §7, written down a second time. */
function isExactlyARecord(text: string): boolean {
  const fields = text.split('.');
  const [version, policy = '', time = '', source = '', ...rest] = fields;
  const isName = (field: string) => field !== '' && [...field].every((letter) => /[A-Za-z0-9-]/.test(letter));
  return (
    text.length < 1000 &&
    fields.length === 9 &&
    version === '1' &&
    isName(policy) &&
    time.length > 0 &&
    time.length <= 7 &&
    [...time].every((letter) => /[0-9a-z]/.test(letter)) &&
    (SOURCES as string[]).includes(source) &&
    rest.slice(0, 4).every((list) => list.split('_').every(isName)) &&
    isName(rest[4] ?? '')
  );
}

describe('encodeRecord', () => {
  it('joins nine fields by dots, in the order of the format', () => {
    const record = setup({
      decidedAt: parseInt('t5k2x1', 36),
      source: 'preferences',
      categories: {essential: 'granted', analytics: 'granted', advertising: 'denied'},
      vendors: {'meta-pixel': 'granted', 'google-ads': 'denied'},
      id: 'a1-b2',
    });
    expect(encodeRecord(record)).to.equal(
      '1.2026-11-01.t5k2x1.preferences.essential_analytics.advertising.meta-pixel.google-ads.a1-b2',
    );
  });

  it('writes a hyphen for every empty list and for no id', () => {
    expect(encodeRecord(setup({decidedAt: 35}))).to.equal('1.2026-11-01.z.banner.-.-.-.-.-');
  });

  it('needs no other characters than a cookie takes as they are', () => {
    fc.assert(
      fc.property(validRecord, (record) => {
        expect(encodeRecord(record)).to.match(/^[A-Za-z0-9._-]*$/);
      }),
    );
  });

  it('stays under 1,000 bytes', () => {
    const text = encodeRecord(setup({categories: {a: 'denied'}}));
    const room = 1000 - text.length;
    expect(encodeRecord(setup({categories: {['a'.repeat(room)]: 'denied'}}))).to.have.length(999);
  });

  it('writes nothing where the record is too long', () => {
    const text = encodeRecord(setup({categories: {a: 'denied'}}));
    const room = 1000 - text.length;
    expect(encodeRecord(setup({categories: {['a'.repeat(room + 1)]: 'denied'}}))).to.equal('');
  });

  it('leaves out what is neither granted nor denied', () => {
    const categories = {analytics: 'yes', functional: true, advertising: 'Granted'} as unknown as Grants;
    expect(encodeRecord(setup({decidedAt: 1, categories}))).to.equal('1.2026-11-01.1.banner.-.-.-.-.-');
  });

  it('leaves out what only the prototype of the grants names', () => {
    const categories = Object.create({advertising: 'granted'}) as Grants;
    expect(encodeRecord(setup({decidedAt: 1, categories}))).to.equal('1.2026-11-01.1.banner.-.-.-.-.-');
  });
});

describe('decodeRecord', () => {
  it('reads the example of the format', () => {
    expect(comparable(decodeRecord(EXAMPLE))).to.deep.equal({
      policyVersion: '2026-11-01',
      decidedAt: parseInt('t5k2x1', 36),
      source: 'banner',
      categories: [
        ['advertising', 'denied'],
        ['analytics', 'granted'],
        ['essential', 'granted'],
      ],
      vendors: [],
      id: null,
    });
  });

  it('gives back the example letter for letter', () => {
    expect(encodeRecord(decodeRecord(EXAMPLE) as ConsentRecord)).to.equal(EXAMPLE);
  });

  it('gives back every record that was encoded', () => {
    fc.assert(
      fc.property(validRecord, (record) => {
        expect(comparable(decodeRecord(encodeRecord(record)))).to.deep.equal(comparable(record));
      }),
    );
  });

  it('counts what stands in both lists as denied', () => {
    const record = decodeRecord('1.1.1.banner.analytics_functional.analytics.meta-pixel.meta-pixel.-');
    expect(entries(record?.categories ?? {})).to.deep.equal([
      ['analytics', 'denied'],
      ['functional', 'granted'],
    ]);
    expect(entries(record?.vendors ?? {})).to.deep.equal([['meta-pixel', 'denied']]);
  });

  it('knows no id that the text does not name, the inherited ones included', () => {
    const record = decodeRecord('1.1.1.banner.analytics.-.-.-.-');
    for (const id of [...INHERITED, '__proto__', 'advertising']) {
      expect(record?.categories[id], id).to.equal(undefined);
      expect(record?.vendors[id], id).to.equal(undefined);
    }
  });

  it('reads ids that objects inherit like any other', () => {
    const record = decodeRecord(`1.1.1.banner.${INHERITED.join('_')}.-.-.${INHERITED.join('_')}.-`);
    for (const id of INHERITED) {
      expect(record?.categories[id], id).to.equal('granted');
      expect(record?.vendors[id], id).to.equal('denied');
    }
  });

  it('cannot be talked into another prototype', () => {
    decodeRecord('1.1.1.banner.__proto__.-.__proto__.-.-');
    decodeRecord('1.1.1.banner.constructor_prototype.-.-.-.-');
    expect(({} as Record<string, unknown>)['granted']).to.equal(undefined);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it('takes nothing of 1,000 bytes or more', () => {
    const pad = (length: number) => {
      const text = '1.1.1.banner.-.-.-.-.';
      return text + 'a'.repeat(length - text.length);
    };
    expect(decodeRecord(pad(999))).to.not.equal(null);
    expect(decodeRecord(pad(1000))).to.equal(null);
  });

  describe('answers null to', () => {
    const malformed: Record<string, unknown> = {
      'the empty text': '',
      'a hyphen': '-',
      'the word granted': 'granted',
      JSON: '{"categories":{"analytics":"granted"}}',
      'an array that holds a record': [EXAMPLE],
      'an object that reads as a record': {toString: () => EXAMPLE},
      'a String object': Object(EXAMPLE),
      'another version of the format': EXAMPLE.replace('1.', '2.'),
      'version 01': `0${EXAMPLE}`,
      'a field too few': EXAMPLE.slice(0, -2),
      'a field too many': `${EXAMPLE}.-`,
      'an empty list': '1.1.1.banner..-.-.-.-',
      'an empty name in a list': '1.1.1.banner.analytics__functional.-.-.-.-',
      'a list that ends in its separator': '1.1.1.banner.analytics_.-.-.-.-',
      'an empty policy version': '1..1.banner.analytics.-.-.-.-',
      'an empty time': '1.1..banner.analytics.-.-.-.-',
      'a time in capitals': '1.1.T5K2X1.banner.analytics.-.-.-.-',
      'a negative time': '1.1.-1.banner.analytics.-.-.-.-',
      'a time of eight digits': '1.1.zzzzzzzz.banner.analytics.-.-.-.-',
      'an unknown source': '1.1.1.vendor.analytics.-.-.-.-',
      'a source that objects inherit': '1.1.1.constructor.analytics.-.-.-.-',
      'a source in capitals': '1.1.1.BANNER.analytics.-.-.-.-',
      'a space before': ` ${EXAMPLE}`,
      'a space behind': `${EXAMPLE} `,
      'a line break behind': `${EXAMPLE}\n`,
      'a record on the second line': `x\n${EXAMPLE}`,
      'a NUL behind': `${EXAMPLE}\0`,
      'quotation marks around': `"${EXAMPLE}"`,
      'an encoded text': encodeURIComponent(EXAMPLE).replace(/\./g, '%2E'),
      'two records': `${EXAMPLE},${EXAMPLE}`,
      'a letter of another alphabet': EXAMPLE.replace('banner.e', 'banner.\u0435'),
      'full-width letters': EXAMPLE.replace('analytics', '\uff41nalytics'),
    };
    for (const [what, text] of Object.entries(malformed)) {
      it(what, () => {
        expect(decodeRecord(text)).to.equal(null);
      });
    }
  });

  it('answers null to any value that is no text, and never throws', () => {
    fc.assert(
      fc.property(fc.anything({withNullPrototype: true, withBigInt: true}), (value) => {
        fc.pre(typeof value !== 'string');
        expect(decodeRecord(value)).to.equal(null);
      }),
    );
  });

  it('answers null to any text that is not exactly a record', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        expect(decodeRecord(text) !== null).to.equal(isExactlyARecord(text));
      }),
    );
  });

  it('answers null to a record in which anything has been damaged', () => {
    const damage = fc.tuple(fc.nat(), fc.nat({max: 3}), fc.string({unit: 'binary', maxLength: 3}));
    fc.assert(
      fc.property(validRecord, damage, (record, [place, removed, added]) => {
        const text = encodeRecord(record);
        const at = place % (text.length + 1);
        const damaged = text.slice(0, at) + added + text.slice(at + removed);
        expect(decodeRecord(damaged) !== null, damaged).to.equal(isExactlyARecord(damaged));
      }),
      {numRuns: 500},
    );
  });

  it('grants nothing that the text does not name as granted', () => {
    const nearly = fc
      .array(fc.oneof(fc.constantFrom('-', '1', 'banner', 'analytics', 'a_b', '_', ''), name), {
        minLength: 7,
        maxLength: 11,
      })
      .map((fields) => fields.join('.'));
    fc.assert(
      fc.property(nearly, (text) => {
        const record = decodeRecord(text);
        const [, , , , categories = '', , vendors = ''] = text.split('.');
        for (const [grants, list] of [
          [record?.categories ?? {}, categories],
          [record?.vendors ?? {}, vendors],
        ] as const) {
          const granted = Object.keys(grants).filter((id) => grants[id] === 'granted');
          expect(list.split('_')).to.include.members(granted);
        }
      }),
    );
  });
});

describe('pickRecord', () => {
  const text = (time: string, lists = '-.analytics.-.-') => `1.1.${time}.banner.${lists}.-`;
  const timeOf = (...texts: unknown[]) => pickRecord(texts)?.decidedAt.toString(36);

  it('takes the newest, wherever it stands', () => {
    expect(timeOf(text('t1'), text('t3'), text('t2'))).to.equal('t3');
    expect(timeOf(text('t3'), text('t1'))).to.equal('t3');
  });

  it('compares times as numbers', () => {
    expect(timeOf(text('z'), text('10'))).to.equal('10');
  });

  it('passes over one that is dated more than a day ahead: it would outrank whatever is chosen now', () => {
    const at = (seconds: number) => text(seconds.toString(36), 'analytics.-.-.-');
    const now = 1_700_000_000;
    const timesOf = (...times: number[]) => pickRecord(times.map(at), now)?.decidedAt;
    expect(timesOf(now - 5, now + 86_401)).to.equal(now - 5);
    expect(timesOf(now - 5, now + 86_399)).to.equal(now + 86_399);
    expect(timesOf(now + 86_400)).to.equal(undefined);
    expect(timeOf(text('zzzzzzz', 'analytics.-.-.-'))).to.equal(undefined);
    expect(timeOf(text('zzzzzzz', '-.-.heatmap.-'))).to.equal(undefined);
    expect(timeOf(text('zzzzzzz')), 'a refusal, by a rule of the visitor’s').to.equal('zzzzzzz');
    expect(timeOf(at(Math.floor(Date.now() / 1000)))).not.to.equal(undefined);
  });

  it('passes over what is no record', () => {
    expect(timeOf('granted', undefined, null, 1, text('t1'), '')).to.equal('t1');
  });

  it('takes, of two at the same second, the one that allows less', () => {
    const more = text('t1', 'analytics.advertising.meta-pixel.-');
    const less = text('t1', 'analytics.advertising.-.-');
    for (const texts of [
      [more, less],
      [less, more],
    ]) {
      expect(pickRecord(texts)?.vendors['meta-pixel']).to.equal(undefined);
    }
  });

  it('takes none where there is none', () => {
    expect(pickRecord([])).to.equal(null);
    expect(pickRecord(['granted'])).to.equal(null);
  });
});

describe('isSource', () => {
  it('knows the eight causes of a decision', () => {
    expect(SOURCES.every(isSource)).to.equal(true);
  });

  it('knows no other', () => {
    for (const value of ['', 'Banner', 'banner|link', 'constructor', undefined, null, 1, ['banner']]) {
      expect(isSource(value), String(value)).to.equal(false);
    }
  });
});
