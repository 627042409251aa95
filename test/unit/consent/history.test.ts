import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {createHistory} from '../../../src/consent/history.js';
import {type ConsentRecord, encodeRecord} from '../../../src/consent/record.js';
import {clearStorage, withBlocked} from './support.js';

const KEY = 'consent-history';
const recordAt = (decidedAt: number): ConsentRecord => ({
  policyVersion: '2026-11-01',
  decidedAt,
  source: 'banner',
  categories: {analytics: 'granted'},
  vendors: {},
  id: null,
});
const stored = () => JSON.parse(localStorage.getItem(KEY) ?? 'null');
const timesOf = (records: readonly ConsentRecord[]) => records.map(({decidedAt}) => decidedAt);

describe('createHistory', () => {
  afterEach(() => clearStorage());

  it('has nothing and writes nothing before the first decision', () => {
    expect(createHistory(KEY).read()).to.deep.equal([]);
    expect(stored()).to.equal(null);
  });

  it('keeps decisions in the form of the cookie, the newest last', () => {
    const history = createHistory(KEY);
    for (const time of [1, 2, 3]) history.append(recordAt(time));
    expect(stored()).to.deep.equal([1, 2, 3].map(recordAt).map(encodeRecord));
    expect(timesOf(createHistory(KEY).read())).to.deep.equal([1, 2, 3]);
  });

  it('keeps twenty: the oldest gives way', () => {
    const history = createHistory(KEY);
    for (let time = 1; time <= 25; time++) history.append(recordAt(time));
    expect(stored()).to.have.length(20);
    expect(timesOf(history.read()).at(0)).to.equal(6);
    expect(timesOf(history.read()).at(-1)).to.equal(25);
  });

  it('leaves out what is no record, and drops it with the next decision', () => {
    const text = encodeRecord(recordAt(1));
    localStorage.setItem(KEY, JSON.stringify([text, 'granted', null, 7, {}, [text], `${text}.x`]));
    const history = createHistory(KEY);
    expect(timesOf(history.read())).to.deep.equal([1]);
    history.append(recordAt(2));
    expect(stored()).to.deep.equal([text, encodeRecord(recordAt(2))]);
  });

  it('is empty where the item is not a list of records', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '{"0":"x","length":1}')),
        (text) => {
          localStorage.setItem(KEY, text);
          expect(createHistory(KEY).read()).to.deep.equal([]);
        },
      ),
    );
  });

  it('keeps no decision that is too long for a record', () => {
    const vendors = Object.fromEntries(
      Array.from({length: 300}, (_, i) => [`vendor-${i}`, 'denied' as const]),
    );
    const history = createHistory(KEY);
    history.append({...recordAt(1), vendors});
    expect(history.read()).to.deep.equal([]);
  });

  it('erases', () => {
    const history = createHistory(KEY);
    history.append(recordAt(1));
    history.erase();
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(history.read()).to.deep.equal([]);
  });

  it('does not throw where storage is blocked', () => {
    const history = createHistory(KEY);
    withBlocked(['storage'], () => {
      history.append(recordAt(1));
      expect(history.read()).to.deep.equal([]);
      history.erase();
    });
  });
});
