import {expect} from '@esm-bundle/chai';
import {CLICK_ID} from '../../../src/choice.js';
import {createConsentEvent} from '../../../src/consent/change-event.js';
import type {TagReport} from '../../../src/gate/tag-gate.js';
import {clickIdsOf, createAttribution} from '../../../src/signals/attribution.js';
import {vendors} from '../../../src/vendors/catalogue.js';

type Tag = {-readonly [Field in keyof TagReport]: TagReport[Field]};

const before = location.href;
const LANDING = 'https://shop.example/?gclid=G1&page=2&utm_source=mail&fbclid=F1';

function setup({landing = LANDING, route = '/shop/shoes?size=9#reviews'} = {}) {
  const tags: Tag[] = [
    {vendor: 'google-ads', category: 'advertising', url: 'https://a.example/', state: 'waiting'},
    {vendor: 'heatmap', category: 'analytics', url: 'https://h.example/', state: 'waiting'},
  ];
  const attribution = createAttribution(landing, tags);
  history.replaceState({route: 1}, '', route);
  return {
    attribution,
    tags,
    answer(tag: Tag | undefined, state: 'loaded' | 'failed') {
      if (!tag) throw Error('no tag');
      tag.state = state;
      const type = state === 'loaded' ? 'consent-vendor-load' : 'consent-vendor-error';
      document.dispatchEvent(createConsentEvent(type, tag));
    },
  };
}

const shown = () => location.pathname + location.search + location.hash;

afterEach(() => {
  history.replaceState(null, '', before);
});

describe('clickIdsOf', () => {
  it('finds click ids and campaign names, and nothing else', () => {
    const ids = 'gclid wbraid gbraid yclid fbclid ttclid msclkid ldtag_cl a8 utm_campaign'.split(' ');
    const address = `https://shop.example/?q=shoes&${ids.map((id) => `${id}=1`).join('&')}&session=2`;
    expect(clickIdsOf(address).map(([name]) => name)).to.deep.equal(ids);
  });

  it('finds what each vendor of the catalogue names in its file, at the first look as well', () => {
    const named = vendors.flatMap(({facts: {parameters = []}}) => parameters);
    expect(named).to.include.members(['mtm_*', 'pk_*', '_gl', 'gad_*', 'rdt_cid', 'epik', 'ldtag_cl', 'a8']);
    for (const pattern of named) {
      const name = pattern.replace('*', 'source');
      const address = `https://shop.example/?${name}=1`;
      expect(clickIdsOf(address), name).to.deep.equal([[name, '1']]);
      expect(CLICK_ID.test(address), `first look at ${name}`).to.equal(true);
    }
    expect(CLICK_ID.test('https://shop.example/a_clid?q=a_b&page=2&id=3&wtr-session-id=4')).to.equal(false);
  });

  it('finds what the site adds, and never everything', () => {
    const address = 'https://shop.example/?partner=1&aff_x=2&q=3&a.b=4&aXb=5&gclid=6';
    const found = (attribution: unknown) =>
      clickIdsOf(address, attribution)
        .map(([name]) => name)
        .join();
    expect(found(['partner', 'aff_*', 'a.b'])).to.equal('partner,aff_x,a.b,gclid');
    for (const wrong of [true, undefined, 'partner', ['*'], ['**'], [''], [7, null, {}], {partner: 1}])
      expect(found(wrong), JSON.stringify(wrong)).to.equal('gclid');
  });
});

describe('createAttribution', () => {
  it('puts them back into the address while a tag loads that is granted on a later route', () => {
    const {attribution, tags, answer} = setup();
    attribution.handOver({granted: ['advertising', 'google-ads']});
    expect(shown()).to.equal('/shop/shoes?size=9&gclid=G1&utm_source=mail&fbclid=F1#reviews');
    expect(history.state).to.deep.equal({route: 1});
    answer(tags[0], 'loaded');
    expect(shown()).to.equal('/shop/shoes?size=9#reviews');
  });

  it('takes them out again where the tag failed', () => {
    const {attribution, tags, answer} = setup();
    attribution.handOver({granted: ['google-ads']});
    answer(tags[0], 'failed');
    expect(shown()).to.equal('/shop/shoes?size=9#reviews');
  });

  it('waits for every tag that is granted with it', () => {
    const {attribution, tags, answer} = setup();
    attribution.handOver({granted: ['advertising', 'analytics']});
    answer(tags[0], 'loaded');
    expect(shown()).to.include('gclid=G1');
    answer(tags[1], 'loaded');
    expect(shown()).to.not.include('gclid');
  });

  it('does not wait for what a frame shows', () => {
    const {attribution, tags, answer} = setup();
    attribution.handOver({granted: ['advertising', 'analytics']});
    Object.assign(tags[1] as Tag, {state: 'inserted', element: 'iframe'});
    answer(tags[0], 'loaded');
    expect(shown()).to.equal('/shop/shoes?size=9#reviews');
  });

  it('leaves an address alone to which the page has gone on', () => {
    const {attribution, tags, answer} = setup();
    attribution.handOver({granted: ['google-ads']});
    history.replaceState(null, '', '/cart');
    answer(tags[0], 'loaded');
    expect(shown()).to.equal('/cart');
  });

  it('does nothing on the landing page itself, nor where nothing is let in, nor without a click id', () => {
    for (const options of [
      {route: '/?gclid=G1&utm_source=mail&fbclid=F1'},
      {landing: 'https://shop.example/?q=1'},
    ]) {
      const {attribution} = setup(options);
      const address = shown();
      attribution.handOver({granted: ['google-ads']});
      expect(shown()).to.equal(address);
    }
    const {attribution, tags, answer} = setup();
    answer(tags[0], 'loaded');
    attribution.handOver({granted: ['google-ads']});
    expect(shown()).to.equal('/shop/shoes?size=9#reviews');
  });

  it('stores nothing', () => {
    const {attribution} = setup();
    attribution.handOver({granted: ['google-ads']});
    expect([document.cookie, localStorage.length, sessionStorage.length]).to.deep.equal(['', 0, 0]);
  });

  it('outlives a reload in the history entry, and leaves the page’s own state as it was', () => {
    const {navigation} = window as {navigation?: EventTarget};
    const kept = {route: 1, consentGateClickIds: 'gclid=G1&utm_source=mail&fbclid=F1'};
    setup();
    // An engine without it forgets them with a reload.
    if (!navigation) return;
    expect(history.state, 'on another route by the time that its code comes').to.deep.equal(kept);
    history.replaceState({route: 1}, '');
    navigation.dispatchEvent(new Event('currententrychange'));
    expect(history.state, 'after a change of route').to.deep.equal(kept);
    const {tags} = setup();
    createAttribution('https://shop.example/shop/shoes', tags);
    expect(history.state, 'after a reload, for the next one').to.deep.equal(kept);
  });
});
