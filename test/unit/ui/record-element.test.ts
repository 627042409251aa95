import {expect} from '@esm-bundle/chai';
import '../../../src/elements/consent-record.js';
import type {ConsentRecord} from '../../../src/consent/record.js';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import type {ConsentRecordElement} from '../../../src/ui/record-element.js';
import {violations} from '../../support/axe.js';
import {createFakeHost, type FakeOptions} from './fake-host.js';
import {find, focused, has, textOf, until} from './support.js';

const secondsOf = (time: string) => Date.parse(time) / 1000;
const FIRST: ConsentRecord = {
  policyVersion: '2024-04-01',
  decidedAt: secondsOf('2026-10-05T12:00'),
  source: 'banner',
  categories: {essential: 'granted', functional: 'granted', analytics: 'granted', advertising: 'granted'},
  vendors: {},
  id: null,
};
const SECOND: ConsentRecord = {
  ...FIRST,
  policyVersion: '2026-11-01',
  decidedAt: secondsOf('2026-11-06T09:30'),
  source: 'preferences',
  categories: {...FIRST.categories, functional: 'denied'},
  vendors: {'yahoo-japan-ads': 'denied', 'from-another-page': 'denied'},
};
const DECIDED: FakeOptions = {
  history: [FIRST, SECOND],
  state: {decided: true, decidedAt: SECOND.decidedAt, source: 'preferences'},
};

async function setup(options: FakeOptions = DECIDED) {
  const host = createFakeHost(options);
  const element = document.createElement('consent-record') as ConsentRecordElement;
  element.append('Written by the author');
  document.body.append(element);
  element.connect(host);
  await element.updateComplete;
  return {
    host,
    element,
    async press(action: string) {
      find(element, `[data-action="${action}"]`).click();
      await element.updateComplete;
    },
    said: (words: string) => until(() => find(element, '[role="status"]').textContent === words),
  };
}

/** Catches the file that would have been downloaded. */
function catchDownload() {
  const {click} = HTMLAnchorElement.prototype;
  const files: {name: string; text: Promise<string>}[] = [];
  HTMLAnchorElement.prototype.click = function () {
    files.push({name: this.download, text: fetch(this.href).then((response) => response.text())});
  };
  return {
    files,
    restore: () => {
      HTMLAnchorElement.prototype.click = click;
    },
  };
}

describe('<consent-record>', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('consent-record')) element.remove();
    sessionStorage.clear();
  });

  it('has no accessibility violations: shown, unfolded, asking', async () => {
    const {element, press} = await setup();
    expect(await violations(element)).to.deep.equal([]);
    find<HTMLDetailsElement>(element, 'details').open = true;
    await press('erase');
    expect(await violations(element)).to.deep.equal([]);
  });

  it('has no accessibility violations where there is no record', async () => {
    const {element} = await setup({});
    expect(await violations(element)).to.deep.equal([]);
  });

  it('says in plain words when, where, under which policy and what was chosen', async () => {
    const {element} = await setup();
    const text = textOf(element, '.box > dl');
    expect(text).to.match(/Made on November 6, 2026 at 9:30/);
    expect(text).to.contain('Made in the settings of this site');
    expect(text).to.contain('Policy version 2026-11-01');
    expect(text).to.match(/Allowed .*Analytics.*Advertising/);
    expect(text).to.match(/Refused .*Yahoo! JAPAN Ads/);
    expect(textOf(element)).to.contain('kept in your browser only');
  });

  it('names by its id what only another page of the site knows', async () => {
    const {element} = await setup();
    expect(textOf(element, '.box > dl')).to.contain('from-another-page');
  });

  it('shows the record number where the site keeps records, and says that it does', async () => {
    const {element} = await setup({
      history: [{...SECOND, id: 'abc-def'}],
      state: {decidedAt: SECOND.decidedAt, id: 'abc-def'},
    });
    expect(textOf(element)).to.contain('Record number abc-def');
    expect(textOf(element)).to.contain('the site keeps a copy');
  });

  it('has the earlier choices folded away, the newest first', async () => {
    const {element} = await setup({...DECIDED, history: [FIRST, {...FIRST, source: 'link'}, SECOND]});
    expect(find(element, 'summary').innerText).to.equal('Earlier choices (2)');
    find<HTMLDetailsElement>(element, 'details').open = true;
    const items = [...(element.shadowRoot?.querySelectorAll('li') ?? [])].map(({innerText}) => innerText);
    expect(items[0]).to.contain('a link');
    expect(items[1]).to.contain('the question on arrival');
  });

  it('says so where there is no record, and offers nothing', async () => {
    const {element} = await setup({});
    expect(textOf(element)).to.equal('No choice of yours is recorded in this browser.');
    expect(has(element, 'button')).to.equal(false);
  });

  it('shows a choice as soon as it is made', async () => {
    const {element, host} = await setup({history: [SECOND]});
    host.set({decidedAt: SECOND.decidedAt});
    await element.updateComplete;
    expect(textOf(element)).to.contain('the settings');
  });

  it('keeps what the author has written as long as there is no core', async () => {
    const element = document.createElement('consent-record');
    element.append('Written by the author');
    document.body.append(element);
    await element.updateComplete;
    expect(element.innerText).to.equal('Written by the author');
  });

  it('hands out everything that is kept as a JSON file, earlier choices included', async () => {
    const {host, press, said} = await setup();
    const {files, restore} = catchDownload();
    await press('download');
    restore();
    expect(files.map(({name}) => name)).to.deep.equal(['consent-record.json']);
    const record = JSON.parse((await files[0]?.text) ?? '');
    expect(record).to.include({
      schema: 'consent-gate/1',
      decidedAt: SECOND.decidedAt,
      host: 'www.example.jp',
    });
    expect(record.history).to.deep.equal([FIRST, SECOND]);
    expect(record.controller).to.deep.equal(host.settings.controller);
    await said('The record has been downloaded.');
  });

  describe('erasing', () => {
    it('asks first, without a dialog, and the focus is on the answer that changes nothing', async () => {
      const {element, host, press} = await setup();
      await press('erase');
      expect(host.requests).to.deep.equal([]);
      expect(textOf(element, '#sure')).to.contain('you will be asked again');
      expect(focused()).to.equal(find(element, '[data-action="close"]'));
    });

    it('is given up by the other button, which gives the focus back', async () => {
      const {element, host, press} = await setup();
      await press('erase');
      await press('close');
      expect(has(element, '#sure')).to.equal(false);
      expect(focused()).to.equal(find(element, '[data-action="erase"]'));
      expect(host.requests).to.deep.equal([]);
    });

    it('is done by the second press, said, and the focus stays here', async () => {
      const {element, host, press, said} = await setup();
      await press('erase');
      await press('erase');
      expect(host.requests).to.deep.equal([['erase']]);
      expect(textOf(element)).to.equal('No choice of yours is recorded in this browser.');
      expect(focused()).to.equal(find(element, '.box'));
      await said('The record has been erased.');
    });
  });

  for (const [locale, none, erase] of [
    [ja, 'このブラウザには、まだ選択の記録がありません。', '記録を消去'],
    [en, 'No choice of yours is recorded in this browser.', 'Erase the record'],
    [ru, 'В этом браузере нет записи о вашем выборе.', 'Стереть запись'],
  ] as const) {
    it(`speaks ${locale.lang}`, async () => {
      const {element, press} = await setup({...DECIDED, locale});
      expect(find(element, '[data-action="erase"]').innerText).to.equal(erase);
      expect(element.shadowRoot?.textContent).to.not.match(/undefined|\{\w+\}/);
      await press('erase');
      await press('erase');
      expect(textOf(element)).to.equal(none);
    });
  }

  it('is no wider than a phone', async () => {
    const {element} = await setup({...DECIDED, locale: ru});
    element.style.inlineSize = '280px';
    const box = find(element, '.box');
    expect(box.scrollWidth).to.be.at.most(box.clientWidth);
  });
});
