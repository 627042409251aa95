import {expect} from '@esm-bundle/chai';
import {type ConsentRecord, decodeRecord, encodeRecord} from '../../../src/consent/record.js';
import {createUndo} from '../../../src/consent/undo.js';
import {withBlocked} from './support.js';

const KEY = 'consent-undo';
const EARLIER = '1.1.t1.banner.analytics.-.-.-.-';

const decode = (text: string) => decodeRecord(text) as ConsentRecord;
const textOf = (record: ConsentRecord | null) => record && encodeRecord(record);

function setup() {
  return createUndo(KEY);
}

describe('createUndo', () => {
  afterEach(() => sessionStorage.clear());

  it('knows no choice at first', () => {
    expect(setup().before).to.equal(null);
  });

  it('knows the choice that it was told to remember', () => {
    const undo = setup();
    undo.remember(decode(EARLIER));
    expect(textOf(undo.before)).to.equal(EARLIER);
  });

  it('knows that there was none', () => {
    const undo = setup();
    undo.remember(decode(EARLIER));
    undo.remember(null);
    expect(undo.before).to.equal(null);
  });

  it('forgets, here and for the next page', () => {
    const undo = setup();
    undo.remember(decode(EARLIER));
    undo.carryOver('heatmap');
    undo.forget();
    expect([undo.before, undo.isOpen, sessionStorage.length]).to.deep.equal([null, false, 0]);
  });

  it('is open from a denial by link on', () => {
    const undo = setup();
    expect(undo.isOpen).to.equal(false);
    undo.remember(null);
    expect(undo.isOpen).to.equal(true);
  });

  it('stores nothing unless the page reloads', () => {
    setup().remember(decode(EARLIER));
    expect(sessionStorage).to.have.length(0);
  });

  it('carries the choice over a reload, and what was denied', () => {
    const before = setup();
    before.remember(decode(EARLIER));
    before.carryOver('heatmap');
    const after = setup();
    expect(after.takeOver()).to.equal('heatmap');
    expect([textOf(after.before), after.isOpen]).to.deep.equal([EARLIER, true]);
  });

  it('carries it over one reload only', () => {
    const before = setup();
    before.remember(decode(EARLIER));
    before.carryOver('heatmap');
    setup().takeOver();
    const third = setup();
    expect([third.takeOver(), third.before, third.isOpen]).to.deep.equal([undefined, null, false]);
  });

  it('keeps what it remembers where nothing was carried over', () => {
    const undo = setup();
    undo.remember(decode(EARLIER));
    undo.takeOver();
    expect([textOf(undo.before), undo.isOpen]).to.deep.equal([EARLIER, true]);
  });

  it('takes nothing for a choice that is none', () => {
    sessionStorage.setItem(KEY, 'heatmap granted');
    const undo = setup();
    undo.takeOver();
    expect(undo.before).to.equal(null);
  });

  it('carries over that there was no choice', () => {
    const before = setup();
    before.remember(null);
    before.carryOver('*');
    const after = setup();
    expect(after.takeOver()).to.equal('*');
    expect([after.before, after.isOpen]).to.deep.equal([null, true]);
  });

  it('works within the page where storage is blocked', () => {
    withBlocked(['storage'], () => {
      const undo = setup();
      undo.remember(decode(EARLIER));
      undo.carryOver('heatmap');
      expect(textOf(undo.before)).to.equal(EARLIER);
    });
  });
});
