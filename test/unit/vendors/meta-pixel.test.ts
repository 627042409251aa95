import {expect} from '@esm-bundle/chai';
import type {VendorWindow} from '../../../src/config/types.js';
import {changes, definition as metaPixel} from '../../../src/vendors/meta-pixel.js';
import {commandsOf, isArguments} from './support.js';

interface Fbq {
  (...command: unknown[]): void;
  callMethod?: (...command: unknown[]) => void;
  queue: unknown[];
  push: Fbq;
  loaded: boolean;
  version: string;
}

const ID = '123456789012345';

function setup() {
  const window = {} as VendorWindow;
  metaPixel.install?.(window);
  const fbq = window['fbq'] as Fbq;
  return {
    window,
    fbq,
    start: () => metaPixel.start?.(window, ID, ''),
    commands: () => commandsOf(fbq.queue),
    /** Meta's script has come, and takes calls over. */
    takeOver() {
      const calls: unknown[][] = [];
      fbq.callMethod = (...command) => void calls.push(command);
      return calls;
    },
  };
}

describe('metaPixel', () => {
  it('has the queue that Meta\u2019s own snippet makes', () => {
    const {window, fbq} = setup();
    expect(window['_fbq']).to.equal(fbq);
    expect(fbq.push).to.equal(fbq);
    expect(fbq).to.include({loaded: true, version: '2.0'});
    expect(fbq.queue).to.deep.equal([]);
  });

  it('takes calls as argument lists', () => {
    const {fbq, commands} = setup();
    fbq('track', 'Purchase', {value: 1});
    expect(isArguments(fbq.queue[0])).to.equal(true);
    expect(commands()).to.deep.equal([['track', 'Purchase', {value: 1}]]);
  });

  it('says init and PageView before what the page has queued', () => {
    const {fbq, start, commands} = setup();
    fbq('track', 'Lead');
    fbq('track', 'Purchase');
    start();
    fbq('track', 'Contact');
    expect(commands()).to.deep.equal([
      ['init', ID],
      ['track', 'PageView'],
      ['track', 'Lead'],
      ['track', 'Purchase'],
      ['track', 'Contact'],
    ]);
  });

  it('loses nothing when it is installed twice', () => {
    const {window, fbq, commands} = setup();
    fbq('track', 'Lead');
    metaPixel.install?.(window);
    expect(window['fbq']).to.equal(fbq);
    expect(window['_fbq']).to.equal(fbq);
    expect(commands()).to.deep.equal([['track', 'Lead']]);
  });

  it('keeps an fbq of the page', () => {
    const own = () => {};
    const window = {fbq: own} as unknown as VendorWindow;
    metaPixel.install?.(window);
    expect(window['fbq']).to.equal(own);
  });

  it('hands calls to Meta\u2019s script once that has taken over', () => {
    const {fbq, takeOver, commands} = setup();
    const calls = takeOver();
    fbq('track', 'Lead');
    expect(calls).to.deep.equal([['track', 'Lead']]);
    expect(commands()).to.deep.equal([]);
  });

  it('revokes and grants by Meta\u2019s own call', () => {
    const {window, takeOver} = setup();
    const calls = takeOver();
    changes.stop?.(window, ID);
    changes.resume?.(window, ID);
    expect(calls).to.deep.equal([
      ['consent', 'revoke'],
      ['consent', 'grant'],
    ]);
  });

  it('is told nothing in between, as it would send it with the next grant', () => {
    const {window, fbq, takeOver} = setup();
    const calls = takeOver();
    changes.stop?.(window, ID);
    fbq('track', 'Lead');
    changes.resume?.(window, ID);
    fbq('track', 'Purchase');
    expect(calls).to.deep.equal([
      ['consent', 'revoke'],
      ['consent', 'grant'],
      ['track', 'Purchase'],
    ]);
  });

  it('asks for limited data use first, where the site does', () => {
    const {window, fbq, commands} = setup();
    fbq('track', 'Lead');
    metaPixel.start?.(window, ID, '', {id: 'meta-pixel', limitedDataUse: true});
    expect(commands()).to.deep.equal([
      ['dataProcessingOptions', ['LDU'], 0, 0],
      ['init', ID],
      ['track', 'PageView'],
      ['track', 'Lead'],
    ]);
  });

  it('makes no call before it starts', () => {
    expect(setup().commands()).to.deep.equal([]);
  });
});
