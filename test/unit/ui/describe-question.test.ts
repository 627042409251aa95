import {expect} from '@esm-bundle/chai';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {describeQuestion} from '../../../src/ui/describe-question.js';
import type {UiHost} from '../../../src/ui-contract.js';

const vendor = (id: string, recipient?: string, fields: object = {}) => ({
  id,
  category: 'analytics',
  isBroken: false,
  ...(recipient && {recipient}),
  ...fields,
});

function core(vendors: object[], fields: object = {}, locale = en): UiHost {
  return {
    locale,
    disclosures: {known: {name: 'Known', recipient: {en: 'Known Inc.', ja: '既知株式会社'}}},
    settings: {
      controller: {name: 'Example'},
      categories: [{id: 'essential', required: true}, {id: 'analytics'}, {id: 'own', name: 'Own purpose'}],
      vendors,
      ...fields,
    },
  } as unknown as UiHost;
}

describe('describeQuestion', () => {
  it('says who asks, and what for', () => {
    const {text} = describeQuestion(core([]), 'opt-in', 'shop.example');
    expect(text).to.contain('Example').and.to.contain('measuring visits and Own purpose');
    expect(text).to.not.contain('{').and.to.not.contain('running the site');
  });

  it('names the host where the controller has no name', () => {
    expect(describeQuestion(core([], {controller: {}}), 'opt-in', 'shop.example').text).to.contain(
      'shop.example',
    );
  });

  it('does not ask for what goes on already', () => {
    expect(describeQuestion(core([]), 'notice', '').text).to.not.equal(
      describeQuestion(core([]), 'opt-in', '').text,
    );
  });

  it('names each recipient once, the site’s own words before the catalogue’s', () => {
    const vendors = [vendor('known'), vendor('again', 'Known Inc.'), vendor('plain')];
    expect(describeQuestion(core(vendors), 'opt-in', '').recipients).to.equal('Known Inc. and plain');
    expect(describeQuestion(core([vendor('known', 'Other')]), 'opt-in', '').recipients).to.equal('Other');
    expect(describeQuestion(core([vendor('known')], {}, ja), 'opt-in', '').recipients).to.equal(
      '既知株式会社',
    );
  });

  it('counts those behind the first two where there are more than three', () => {
    const vendors = ['A', 'B', 'C', 'D'].map((name) => vendor(name.toLowerCase(), name));
    expect(describeQuestion(core(vendors.slice(1)), 'opt-in', '').recipients).to.equal('B, C, and D');
    expect(describeQuestion(core(vendors), 'opt-in', '').recipients).to.equal('A, B, and 2 more');
  });

  it('names nobody who is closed, or who is needed in any case', () => {
    const vendors = [
      vendor('closed', 'Closed', {isBroken: true}),
      vendor('ours', 'Ours', {category: 'essential'}),
    ];
    expect(describeQuestion(core(vendors), 'opt-in', '').recipients).to.equal('');
  });
});
