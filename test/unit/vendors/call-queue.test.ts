import {expect} from '@esm-bundle/chai';
import type {VendorWindow} from '../../../src/config/types.js';
import {hold} from '../../../src/vendors/call-queue.js';
import {definition as metaPixel, changes as metaPixelChanges} from '../../../src/vendors/meta-pixel.js';
import {
  definition as yahooJapanAds,
  changes as yahooJapanAdsChanges,
} from '../../../src/vendors/yahoo-japan-ads.js';
import {commandsOf, openFreshPage} from './support.js';

type Call = (...command: unknown[]) => void;

describe('hold', () => {
  it('keeps the first thousand calls and forgets the rest', () => {
    const queue: unknown[] = [];
    for (let call = 0; call < 1500; call++) hold(queue, call);
    expect(queue).to.have.length(1000);
    expect(queue.at(-1)).to.equal(999);
  });

  it('hands a call to a queue that the vendor has replaced by an object of its own', () => {
    const heard: unknown[] = [];
    hold({push: (call: unknown) => heard.push(call)} as unknown as unknown[], 'call');
    expect(heard).to.deep.equal(['call']);
  });
});

describe('drop', () => {
  it('forgets what the page has called for Meta', () => {
    const window = {} as VendorWindow;
    metaPixel.install?.(window);
    const fbq = window['fbq'] as Call & {queue: unknown[]};
    fbq('track', 'Lead');
    metaPixelChanges.drop?.(window);
    expect(fbq.queue).to.deep.equal([]);
  });

  it('forgets what the page has called for Yahoo! JAPAN, and leaves alone what has become the script\u2019s own', () => {
    const window = {} as VendorWindow;
    yahooJapanAds.install?.(window);
    (window['ytag'] as Call)({type: 'yss_conversion'});
    yahooJapanAdsChanges.drop?.(window);
    expect(window['yjDataLayer']).to.deep.equal([]);
    const taken = {push() {}};
    window['yjDataLayer'] = taken;
    yahooJapanAdsChanges.drop?.(window);
    expect(window['yjDataLayer']).to.equal(taken);
  });

  it('forgets what the page has called for Google, but not what Google was told of consent', async () => {
    const page = await openFreshPage();
    const {window} = page;
    const analytics = page.definition('google-analytics');
    page.googleTag.callGtag(window, 'consent', 'default', {});
    analytics.install?.(window);
    (window['gtag'] as Call)('event', 'purchase');
    (window['dataLayer'] as unknown[]).push({event: 'early'});
    page.googleTag.dropCalls(window);
    const words = commandsOf(window['dataLayer']);
    page.close();
    expect(words).to.deep.equal([['consent', 'default', {}]]);
  });

  it('leaves Google\u2019s queue alone once a script has taken it over', async () => {
    const page = await openFreshPage();
    const {window} = page;
    const analytics = page.definition('google-analytics');
    analytics.install?.(window);
    const layer = window['dataLayer'] as unknown[];
    layer.push({event: 'heard'});
    layer.push = (...entries) => Array.prototype.push.apply(layer, entries);
    page.googleTag.dropCalls(window);
    for (let call = 0; call < 1200; call++) (window['gtag'] as Call)('event', call);
    page.close();
    expect(layer).to.have.length(1201);
  });
});
