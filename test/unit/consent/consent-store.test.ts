import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {AgeBand, ConsentConfig} from '../../../src/config/types.js';
import type {ConsentEvents} from '../../../src/consent/change-event.js';
import {type ConsentStore, createConsentStore, grantsOf} from '../../../src/consent/consent-store.js';
import {decide} from '../../../src/consent/decide.js';
import {describeChange} from '../../../src/consent/describe-change.js';
import {type ConsentRecord, decodeRecord} from '../../../src/consent/record.js';
import {resolveCircumstances} from '../../../src/policy/resolve-regime.js';
import {catalogue} from '../../../src/vendors/index.js';

const CONFIG: ConsentConfig = {vendors: [{id: 'heatmap', category: 'analytics'}, {id: 'meta-pixel'}]};

/** A text that is as old as a minute. */
const recordText = (lists: string, source = 'banner') =>
  `1.0.${Math.floor(Date.now() / 1000 - 60).toString(36)}.${source}.${lists}.-`;
const decode = (text: string) => decodeRecord(text) as ConsentRecord;

function setup({config = CONFIG, stored = ''}: {config?: ConsentConfig; stored?: string} = {}) {
  const settings = normalizeConfig(config, catalogue);
  const changes: ConsentEvents['consent-change'][] = [];
  const world = {stored, region: 'JP', ageBand: undefined as AgeBand | undefined, gpc: false};
  const jar = {
    copies: () => [world.stored, world.stored] as const,
    read: () => decodeRecord(world.stored),
  };
  const look = () => resolveCircumstances(settings, world, world.gpc);
  const store: ConsentStore = createConsentStore(settings, jar, look, (before, now) =>
    changes.push(describeChange(before.state, now.state)),
  );
  return {settings, store, world, changes};
}

describe('createConsentStore', () => {
  it('begins with what is stored', () => {
    const {store} = setup({stored: recordText('analytics.advertising.-.-')});
    expect(store.state.categories).to.include({analytics: 'granted', advertising: 'denied'});
    expect(store.record?.source).to.equal('banner');
  });

  it('begins with what the regime gives where nothing is stored', () => {
    const {store} = setup();
    expect(store.state).to.include({decided: false, decidedAt: null});
    expect(store.state.categories).to.include({analytics: 'denied', advertising: 'denied'});
    expect(store.record).to.equal(null);
  });

  it('begins without a word', () => {
    expect(setup({stored: recordText('analytics.-.-.-')}).changes).to.deep.equal([]);
  });

  it('holds a state that nobody can change', () => {
    const {store} = setup();
    expect(() => Object.assign(store.state, {decided: true})).to.throw(TypeError);
    expect(() => Object.assign(store.state.categories, {analytics: 'granted'})).to.throw(TypeError);
    expect(() => Object.assign(store.state.vendors, {heatmap: 'granted'})).to.throw(TypeError);
    expect(store.state.categories['analytics']).to.equal('denied');
  });

  describe('adopt', () => {
    it('makes a new state and leaves the old one as it was', () => {
      const {store} = setup();
      const before = store.state;
      store.adopt(decode(recordText('analytics.advertising.-.-')));
      expect(before.categories['analytics']).to.equal('denied');
      expect(store.state.categories['analytics']).to.equal('granted');
    });

    it('tells of the change: both states, and what caused it', () => {
      const {store, changes} = setup();
      const before = store.state;
      store.adopt(decode(recordText('analytics.-.-.-', 'preferences')));
      expect(changes).to.have.length(1);
      expect(changes[0]).to.include({state: store.state, previous: before, source: 'preferences'});
    });

    it('names the categories and vendors that were granted', () => {
      const {store, changes} = setup();
      store.adopt(decode(recordText('analytics.advertising.-.-')));
      expect(changes[0]?.granted).to.have.members(['analytics', 'heatmap']);
      expect(changes[0]?.revoked).to.deep.equal([]);
    });

    it('names the categories and vendors that were revoked', () => {
      const {store, changes} = setup({stored: recordText('analytics_advertising.-.-.-')});
      store.adopt(decode(recordText('analytics.-.-.heatmap')));
      expect(changes[0]?.revoked).to.have.members(['advertising', 'meta-pixel', 'heatmap']);
      expect(changes[0]?.granted).to.deep.equal([]);
    });

    it('tells of a choice that leaves all grants as they were', () => {
      const {store, changes} = setup();
      store.adopt(decode(recordText('-.functional_analytics_advertising.-.-')));
      expect(changes).to.have.length(1);
      expect(changes[0]).to.deep.include({granted: [], revoked: []});
      expect(changes[0]?.state.decided).to.equal(true);
    });

    it('tells nothing where nothing has changed', () => {
      const stored = recordText('analytics.-.-.-');
      const {store, changes} = setup({stored});
      store.adopt(decode(stored));
      expect(changes).to.deep.equal([]);
    });

    it('goes back to a first visit without a record', () => {
      const {store, changes} = setup({stored: recordText('analytics.-.-.-')});
      store.adopt(null);
      expect(store.state).to.include({decided: false, decidedAt: null, source: null});
      expect(changes[0]?.revoked).to.have.members(['analytics', 'heatmap']);
      expect(changes[0]?.source).to.equal(null);
    });

    it('has the new state in place before anyone is told', () => {
      const settings = normalizeConfig(CONFIG, catalogue);
      const seen: unknown[] = [];
      const jar = {copies: () => ['', ''] as const, read: () => null};
      const store: ConsentStore = createConsentStore(
        settings,
        jar,
        () => resolveCircumstances(settings, {}, false),
        (_, {state}) => seen.push(store.state === state),
      );
      store.adopt(decode(recordText('analytics.-.-.-')));
      expect(seen).to.deep.equal([true]);
    });
  });

  describe('refresh', () => {
    it('takes over what another tab has stored', () => {
      const {store, world, changes} = setup();
      world.stored = recordText('analytics.-.-.-');
      store.refresh();
      expect(store.state.categories['analytics']).to.equal('granted');
      expect(changes[0]?.granted).to.have.members(['analytics', 'heatmap']);
    });

    it('takes over a withdrawal in another tab', () => {
      const {store, world, changes} = setup({stored: recordText('analytics.-.-.-')});
      world.stored = recordText('-.analytics.-.-', 'link');
      store.refresh();
      expect(changes[0]?.revoked).to.have.members(['analytics', 'heatmap']);
      expect(changes[0]?.source).to.equal('link');
    });

    it('goes back to a first visit where another tab has erased the choice', () => {
      const {store, world} = setup({stored: recordText('analytics.-.-.-')});
      world.stored = '';
      store.refresh();
      expect(store.state.decided).to.equal(false);
      expect(store.state.categories['analytics']).to.equal('denied');
    });

    it('denies where what is stored has become unreadable', () => {
      const {store, world} = setup({stored: recordText('analytics.-.-.-')});
      world.stored = 'granted';
      store.refresh();
      expect(store.state.categories['analytics']).to.equal('denied');
    });

    it('keeps the choice of this page where storage is blocked', () => {
      const {store} = setup();
      store.adopt(decode(recordText('analytics.-.-.-')));
      store.refresh();
      expect(store.state.categories['analytics']).to.equal('granted');
    });

    it('tells nothing where nothing has changed', () => {
      const {store, changes} = setup({stored: recordText('analytics.-.-.-')});
      store.refresh();
      store.refresh();
      expect(changes).to.deep.equal([]);
    });

    it('keeps the very same grants where nothing has changed', () => {
      const {store} = setup({stored: recordText('analytics.-.-.-')});
      const {state} = store;
      store.refresh();
      expect(store.state).to.deep.equal(state);
    });

    it('tells once of what another tab has stored', () => {
      const {store, world, changes} = setup();
      world.stored = recordText('analytics.-.-.-');
      store.refresh();
      store.refresh();
      expect(changes).to.have.length(1);
    });

    it('looks again at Global Privacy Control', () => {
      const {store, world, changes} = setup({stored: recordText('advertising.-.-.-')});
      world.gpc = true;
      store.refresh();
      expect(store.state.categories['advertising']).to.equal('denied');
      expect(changes[0]?.revoked).to.have.members(['advertising', 'meta-pixel']);
    });

    it('looks again at the age', () => {
      const {store, world} = setup({stored: recordText('analytics.-.-.-')});
      world.ageBand = 'u13';
      store.refresh();
      expect(store.state.categories['analytics']).to.equal('denied');
    });

    it('looks again at the region', () => {
      const {store, world} = setup({config: {...CONFIG, regime: {default: 'opt-in', 'US-CA': 'opt-out'}}});
      world.region = 'US-CA';
      store.refresh();
      expect(store.state).to.include({regime: 'opt-out', region: 'US-CA'});
      expect(store.state.categories['analytics']).to.equal('granted');
    });
  });

  describe('with an Object.prototype that a careless script has filled', () => {
    /** What a page's own code may do by merging a query string into an object. */
    const pollution = {
      analytics: 'granted',
      advertising: 'granted',
      heatmap: 'granted',
      'meta-pixel': 'granted',
      other: 'granted',
    };
    const polluted = (values: Record<string, unknown>, test: () => void) => {
      for (const [name, value] of Object.entries(values)) {
        Object.defineProperty(Object.prototype, name, {value, configurable: true, writable: true});
      }
      try {
        test();
      } finally {
        for (const name of Object.keys(values)) delete (Object.prototype as Record<string, unknown>)[name];
      }
    };
    const granted = (store: ReturnType<typeof setup>['store']) => {
      const grants = grantsOf(store.state);
      return ['functional', 'analytics', 'advertising', 'heatmap', 'meta-pixel', 'other'].filter(
        (id) => grants[id] === 'granted',
      );
    };

    it('grants nothing to the undecided', () => {
      polluted(pollution, () => expect(granted(setup().store)).to.deep.equal([]));
    });

    it('grants nothing beyond the stored choice', () => {
      polluted(pollution, () => {
        expect(granted(setup({stored: recordText('functional.-.-.-')}).store)).to.deep.equal(['functional']);
      });
    });

    it('grants nothing beyond a choice just made', () => {
      const {settings, store} = setup();
      polluted(pollution, () => {
        const answers = {categories: {functional: 'granted' as const}};
        store.adopt(
          decide(settings, null, {
            answers,
            source: 'banner',
            now: Math.floor(Date.now() / 1000),
            lockOf: () => null,
          }),
        );
        expect(granted(store)).to.deep.equal(['functional']);
      });
    });

    for (const values of [
      {required: true},
      {regime: 'opt-out', region: 'JP'},
      {regime: {JP: 'notice', default: 'notice'}},
      {default: 'opt-out', JP: 'opt-out'},
      {undecided: 'granted'},
      {optIn: false, sale: false, isBroken: false},
      {vendors: [{id: 'other', category: 'essential'}], categories: [{id: 'other', required: true}]},
    ]) {
      it(`grants nothing by ${JSON.stringify(values)}`, () => {
        polluted(values, () => {
          expect(granted(setup({config: {vendors: CONFIG.vendors ?? []}}).store)).to.deep.equal([]);
          expect(granted(setup({config: {...CONFIG, regime: {US: 'notice'}}}).store)).to.deep.equal([]);
        });
      });
    }

    it('lets Global Privacy Control forbid what it forbids', () => {
      polluted({sale: false}, () => {
        const {store, world} = setup({stored: recordText('advertising.-.-.-')});
        world.gpc = true;
        store.refresh();
        expect(granted(store)).to.deep.equal([]);
      });
    });
  });
});

describe('grantsOf', () => {
  it('joins categories and vendors', () => {
    const {store} = setup({stored: recordText('analytics.-.-.-')});
    expect({...grantsOf(store.state)}).to.deep.equal({
      essential: 'granted',
      functional: 'denied',
      analytics: 'granted',
      advertising: 'denied',
      heatmap: 'granted',
      'meta-pixel': 'denied',
    });
  });

  it('knows nothing that was not declared', () => {
    const grants = grantsOf(setup().store.state);
    for (const id of ['constructor', 'toString', '__proto__', 'nobody', ''])
      expect(grants[id], id).to.equal(undefined);
  });
});
