import {expect} from '@esm-bundle/chai';
import type {Core} from '../../src/choice.js';
import {normalizeConfig} from '../../src/config/normalize-config.js';
import type {ConsentConfig} from '../../src/config/types.js';
import {answer, lookAfter} from '../../src/denied.js';
import {catalogue} from '../../src/vendors/index.js';
import {clearStorage, setCookie} from './consent/support.js';

interface Options {
  config?: ConsentConfig;
  /** The record in the cookie, and its copy in `localStorage`. */
  copies?: readonly [string, string];
  /** Ids of what is granted. */
  granted?: readonly string[];
  isHeld?: boolean;
  /** The visitor has yet to see that tags run. */
  isUntold?: boolean;
}

/** @returns how often a page in that state is tidied */
function count({
  config = {vendors: ['google-analytics', {id: 'heatmap', category: 'analytics', cookies: ['_heat*']}]},
  copies = ['', ''],
  granted = [],
  isHeld = false,
  isUntold = false,
}: Options = {}): number {
  let times = 0;
  const core = {
    settings: normalizeConfig(config, catalogue),
    jar: {copies: () => copies},
    api: {isGranted: (id: string) => granted.includes(id)},
    gate: {running: new Map(), isOwnerGranted: () => false},
    isHeld: () => isHeld,
    look: () => ({isUntold}),
  };
  lookAfter(core as unknown as Core, () => times++);
  return times;
}

describe('the look after a denial', () => {
  beforeEach(() => clearStorage());
  afterEach(() => clearStorage());

  it('leaves a page alone on which denied vendors have left nothing', () => {
    setCookie('session=1');
    localStorage.setItem('basket', '2');
    expect(count()).to.equal(0);
  });

  for (const name of ['_ga', '_ga_DEMO123456', '_heat1'])
    it(`has ${name} swept, which a denied vendor has left`, () => {
      setCookie(`${name}=1`);
      expect(count()).to.equal(1);
      expect(count({granted: ['google-analytics', 'heatmap']})).to.equal(0);
    });

  it('leaves what vendors have left where visitors are about to be told', () => {
    setCookie('_ga=1');
    expect(count({isUntold: true})).to.equal(0);
  });

  it('has an item in storage swept, too', () => {
    localStorage.setItem('_heat', '1');
    expect(count()).to.equal(1);
  });

  it('has copies of the record brought together that differ', () => {
    expect(count({copies: ['one', 'other']})).to.equal(1);
    expect(count({copies: ['one', 'one']})).to.equal(0);
  });

  it('has a vendor told of that a mistake keeps closed', () => {
    const config = {vendors: [{id: 'heatmap', category: 'analitics'}]} as unknown as ConsentConfig;
    expect(count({config})).to.equal(1);
  });

  it('sweeps nothing while a denial by a link is not stored yet', () => {
    setCookie('_ga=1');
    expect(count({isHeld: true})).to.equal(0);
  });
});

interface Visit {
  readonly tagId?: string;
  /** What the record denies: ids of categories and vendors. */
  readonly denied?: {categories?: Record<string, 'denied'>; vendors?: Record<string, 'denied'>};
  readonly gpc?: boolean;
  readonly isChild?: boolean;
  readonly isHeld?: boolean;
  /** Of a tag that the author has marked up, in place of the declared vendor. */
  readonly category?: string;
}

/** @returns milliseconds after which a call to Google Ads is answered on such a visit */
function delayOf({
  tagId = 'AW-123456789',
  denied,
  gpc = false,
  isChild = false,
  isHeld = false,
  category,
}: Visit): number {
  const page = window as {dataLayer?: object[]};
  page.dataLayer = [{event: 'leave', eventCallback: () => {}}];
  const delays: number[] = [];
  const {setTimeout: later} = window;
  window.setTimeout = ((_: () => void, delay: number) => delays.push(delay)) as unknown as typeof later;
  const record = denied && {categories: {}, vendors: {}, ...denied};
  const core = {
    settings: normalizeConfig({vendors: category ? [] : [{id: 'google-ads', tagId}]}, catalogue),
    gate: {running: new Map(), isOwnerGranted: () => false},
    store: {record},
    look: () => ({gpc, isChild}),
    isHeld: () => isHeld,
  } as unknown as Core;
  const tag = document.createElement('script');
  tag.type = 'text/plain';
  tag.dataset['src'] = `https://www.googletagmanager.com/gtag/js?id=${tagId}`;
  tag.dataset['consent'] = category ?? '';
  if (category) document.body.append(tag);
  answer(core);
  // A second time changes nothing.
  answer(core);
  window.setTimeout = later;
  delete page.dataLayer;
  tag.remove();
  expect(delays).to.have.lengthOf(1);
  return delays[0] as number;
}

describe('a call to a denied vendor is answered', () => {
  it('after half a second while the visitor may still allow it', () => {
    expect(delayOf({})).to.equal(500);
    expect(delayOf({denied: {categories: {analytics: 'denied'}}})).to.equal(500);
  });

  it('after half a second where its marked-up tag needs two categories, whatever white space is between them', () => {
    const category = ' analytics \n  advertising ';
    expect(delayOf({category})).to.equal(500);
    expect(delayOf({category, denied: {categories: {analytics: 'denied'}}})).to.equal(0);
  });

  const closed: Record<string, Visit> = {
    'its category has been refused': {denied: {categories: {advertising: 'denied'}}},
    'it has been refused itself': {denied: {vendors: {'google-ads': 'denied'}}},
    'Global Privacy Control denies it': {gpc: true},
    'the visitor is a child': {isChild: true},
    'a mistake keeps it closed': {tagId: 'UA-1'},
    'a link has denied it, which is not stored yet': {isHeld: true},
  };
  for (const [why, visit] of Object.entries(closed))
    it(`at once where ${why}`, () => {
      expect(delayOf(visit)).to.equal(0);
    });
});
