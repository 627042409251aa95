import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {ConsentConfig} from '../../../src/config/types.js';
import {type Answers, decide, shorten} from '../../../src/consent/decide.js';
import type {Grant} from '../../../src/consent/grants.js';
import {type ConsentRecord, encodeRecord} from '../../../src/consent/record.js';
import {checkConfig} from '../../../src/diagnostics/check-config.js';
import {findLimits, measureRecord} from '../../../src/diagnostics/measure-record.js';
import {catalogue} from '../../../src/vendors/index.js';

/** A site with so many recipients of its own. */
const setup = (count: number, change: object = {}): ConsentConfig => ({
  controller: {name: 'Example Inc.', contact: 'mailto:privacy@example.jp'},
  policy: {version: '2026-11-01'},
  vendors: Array.from({length: count}, (_, index) => ({
    id: `recipient-${100 + index}`,
    category: index % 2 ? 'analytics' : 'advertising',
  })),
  ...change,
});

const ROOM = 'expected ids for which a record of under 1000 bytes has room';

describe('measureRecord', () => {
  it('counts the bytes of a record in which every vendor is named', () => {
    const vendors = Array.from({length: 3}, (_, index) => `recipient-${100 + index}`).join('_');
    const text = `1.2026-11-01.t5k2x1.preferences.essential_functional_analytics_advertising.-.${vendors}.-.-`;
    expect(measureRecord(setup(3), catalogue).longest).to.equal(text.length);
  });

  it('counts one without exceptions', () => {
    const text = '1.2026-11-01.t5k2x1.preferences.essential_functional_analytics_advertising.-.-.-.-';
    expect(measureRecord(setup(100), catalogue).shortest).to.equal(text.length);
  });

  it('counts the longest version there is, and the id where the site keeps records', () => {
    const policy = {version: '2', revisions: [{version: '1-long'}]};
    const short = measureRecord(setup(3, {policy: {version: '2'}}), catalogue).longest;
    expect(measureRecord(setup(3, {policy}), catalogue).longest).to.equal(short + 5);
    const endpoint = {policy: {version: '2'}, recordEndpoint: '/records'};
    expect(measureRecord(setup(3, endpoint), catalogue).longest).to.equal(short + 30);
  });

  it('is never less than the record of any answers', () => {
    const ids = setup(60).vendors?.map((vendor) => (vendor as {id: string}).id) as string[];
    const grant = fc.constantFrom<Grant>('granted', 'denied');
    const answers = fc.record({
      categories: fc.dictionary(fc.constantFrom('analytics', 'advertising', 'functional'), grant),
      vendors: fc.dictionary(fc.constantFrom(...ids), grant, {maxKeys: 60, size: 'max'}),
    });
    const config = setup(60, {recordEndpoint: '/records'});
    const settings = normalizeConfig(config, catalogue);
    const {longest} = measureRecord(config, catalogue);
    expect(longest).to.be.below(1000);
    fc.assert(
      fc.property(fc.array(answers, {maxLength: 4}), (list: Answers[]) => {
        let record: ConsentRecord | null = null;
        for (const answers of list)
          record = decide(settings, record, {
            answers,
            source: 'preferences',
            now: 1_800_000_000,
            lockOf: (id) => (id === 'essential' ? 'required' : null),
          });
        if (!record) return;
        expect(encodeRecord(record).length).to.be.within(1, longest);
        expect(shorten(settings, record)).to.equal(record);
      }),
    );
  });
});

describe('findLimits', () => {
  it('finds nothing where every answer has room', () => {
    for (const config of [{}, setup(60), setup(0)]) expect(findLimits(config, catalogue)).to.deep.equal([]);
  });

  it('says how long a record would be in which a hundred recipients are named', () => {
    expect(findLimits(setup(100), catalogue)).to.deep.equal([
      `vendors: ${ROOM}, got 1480 where a visitor answers for each by name; what does not fit is refused, and the visitor is told: shorten ids`,
    ]);
  });

  it('says so where no choice at all could be stored', () => {
    const categories = Array.from({length: 100}, (_, index) => `category-${index}`);
    expect(findLimits(setup(0, {categories}), catalogue)).to.deep.equal([`categories: ${ROOM}, got 1229`]);
  });

  it('throws for nothing at all', () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw Error('trap');
        },
      },
    );
    for (const config of [undefined, null, 7, '', 'x', [], trap, {vendors: trap}, {policy: null}])
      expect(findLimits(config, catalogue)).to.deep.equal([]);
  });

  it('is said on the console where a site is made', () => {
    const {warn} = console;
    const lines: string[] = [];
    console.warn = (line: string) => void lines.push(line);
    checkConfig(setup(99));
    console.warn = warn;
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.match(/^consent-gate: vendors: .*, got 1466 .*\(docs\/warnings\.md#config\)$/);
  });
});
