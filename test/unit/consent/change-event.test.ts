import {expect} from '@esm-bundle/chai';
import {createConsentEvent} from '../../../src/consent/change-event.js';

function setup() {
  return createConsentEvent('consent-vendor-load', {vendor: undefined, category: 'analytics', url: ''});
}

describe('createConsentEvent', () => {
  it('is an event of its type', () => {
    expect(setup()).to.be.instanceOf(Event);
    expect(setup().type).to.equal('consent-vendor-load');
  });

  it('has the fields of its type', () => {
    expect(setup()).to.include({vendor: undefined, category: 'analytics', url: ''});
  });

  it('cannot be cancelled: it tells of what has happened', () => {
    expect(setup().cancelable).to.equal(false);
  });
});
