import {expect} from '@esm-bundle/chai';
import {createConsentEvent} from '../../../src/consent/change-event.js';
import {audit} from '../../../src/debug/index.js';
import {clearStorage, setCookie} from '../consent/support.js';
import {createCore, tag} from './support.js';

const FIXTURE = '/test/unit/gate/fixture.js';
const GRANTED = 'essential_functional_analytics_advertising.-.-.-';
const REJECTED = 'essential.functional_analytics_advertising.-.-';

/** A request is listed once its answer has come to its end. */
async function request(url: string): Promise<void> {
  await (await fetch(url)).text();
}

afterEach(() => {
  clearStorage();
  performance.clearResourceTimings();
});

describe('the report', () => {
  it('says where and under what it was made, without the query of the page', async () => {
    const report = await audit(createCore({visitor: {region: 'JP'}, gpc: true}).core);
    expect(report).to.deep.include({
      schema: 'consent-gate/audit/1',
      version: '0.0.0',
      url: location.origin + location.pathname,
      regime: 'opt-in',
      region: 'JP',
      signals: {gpc: true, child: false},
      decided: false,
      record: null,
      ok: true,
    });
    expect(Date.parse(report.time)).to.be.closeTo(Date.now(), 5000);
  });

  it('is frozen to its depths and the same after a way through JSON', async () => {
    const {core} = createCore({stored: GRANTED, tags: [tag({vendor: undefined, insertedAt: 1})]});
    const report = await audit(core);
    expect(JSON.parse(JSON.stringify(report))).to.deep.equal(report);
    const isFrozen = (value: unknown): boolean =>
      Object(value) !== value || (Object.isFrozen(value) && Object.values(value as object).every(isFrozen));
    expect(isFrozen(report)).to.equal(true);
  });

  it('has the stored choice, and nothing that tells one visitor from another', async () => {
    const report = await audit(createCore({stored: REJECTED}).core);
    expect(report.record).to.deep.equal({
      decidedAt: '2026-11-02T00:00:00.000Z',
      source: 'banner',
      policyVersion: '2026-11-01',
      granted: ['essential'],
      denied: ['functional', 'analytics', 'advertising'],
    });
  });

  it('lists tags with their reasons, those that a mistake has closed as well', async () => {
    const config = {vendors: [{id: 'meta-pixel', tagId: 'UA-1'}]};
    const {tags, vendors} = await audit(createCore({config, tags: [tag({vendor: undefined})]}).core);
    expect(tags.map(({vendor, state, why}) => [vendor, state, why.code])).to.deep.equal([
      [null, 'waiting', 'undecided'],
      ['meta-pixel', 'waiting', 'mistake'],
    ]);
    expect(vendors.map(({id, tags: count}) => [id, count])).to.deep.equal([['meta-pixel', 0]]);
  });

  it('finds a request that a page made past the gate', async () => {
    await request(`${FIXTURE}?visitor=1`);
    const report = await audit(createCore({stored: REJECTED}).core);
    expect(report.leaks.map(({url, vendors, why}) => [url, vendors, why.code])).to.deep.equal([
      [location.origin + FIXTURE, ['heatmap'], 'denied'],
    ]);
    expect(report.ok).to.equal(false);
  });

  it('accuses nobody whose tag the gate has let in, until it is withdrawn', async () => {
    const own = tag({vendor: 'heatmap', url: FIXTURE, state: 'loaded', insertedAt: performance.now()});
    const {core, choose} = createCore({stored: GRANTED, tags: [own]});
    await request(FIXTURE);
    expect((await audit(core)).leaks).to.deep.equal([]);
    choose(REJECTED, [], ['analytics', 'heatmap']);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await request(`${FIXTURE}?again`);
    const {leaks, tags} = await audit(core);
    expect(leaks.map(({why}) => why.code)).to.deep.equal(['denied']);
    expect(tags[0]?.why.code).to.equal('revoked');
  });

  it('names what denied vendors have left, and what was there before a choice', async () => {
    setCookie('_heat_1=x');
    setCookie('session=1');
    setCookie('consent=broken');
    localStorage.setItem('heat:1', 'x');
    const report = await audit(createCore().core);
    expect(report.cookies).to.deep.equal({denied: ['_heat_1'], beforeChoice: ['_heat_1', 'session']});
    expect(report.storage).to.deep.equal(['heat:1']);
    expect(report.ok).to.equal(false);
  });

  it('leaves granted vendors their cookies', async () => {
    setCookie('_heat_1=x');
    expect((await audit(createCore({stored: GRANTED}).core)).cookies).to.deep.equal({
      denied: [],
      beforeChoice: [],
    });
  });

  it('begins its timeline with the stored choice, and goes on', async () => {
    const own = {vendor: 'heatmap', category: 'analytics', url: FIXTURE};
    const {core, choose} = createCore({
      stored: GRANTED,
      tags: [{...own, state: 'loaded', insertedAt: performance.now()}],
    });
    await audit(core);
    document.dispatchEvent(createConsentEvent('consent-vendor-load', own));
    await new Promise((resolve) => setTimeout(resolve, 5));
    document.dispatchEvent(createConsentEvent('consent-vendor-error', {...own, vendor: undefined, url: ''}));
    await new Promise((resolve) => setTimeout(resolve, 5));
    choose(REJECTED, [], ['analytics']);
    const {timeline} = await audit(core);
    expect(timeline.map(({kind}) => kind)).to.deep.equal(['record', 'insert', 'load', 'error', 'decision']);
    expect(timeline[0]).to.deep.include({time: '2026-11-02T00:00:00.000Z', source: 'banner'});
    expect(timeline[3]).to.deep.include({vendor: null, category: 'analytics', url: ''});
    expect(timeline[4]).to.deep.include({source: 'banner', granted: [], revoked: ['analytics']});
  });

  it('says so where the browser lists no requests', async () => {
    const {getEntriesByType} = performance;
    performance.getEntriesByType = () => {
      throw Error('withheld');
    };
    try {
      const report = await audit(createCore().core);
      expect(report.notes).to.have.length(1);
    } finally {
      performance.getEntriesByType = getEntriesByType;
    }
  });
});
