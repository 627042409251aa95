import {expect} from '@esm-bundle/chai';
import type {Load} from '../../src/load.js';
import {
  ConsentConnectEvent,
  type OpenOptions,
  type Ui,
  type UiHost,
  type UiView,
} from '../../src/ui-contract.js';
import {createUiDoor} from '../../src/ui-door.js';

interface Options {
  /** Files whose first so many requests fail. */
  failures?: number;
  language?: string;
  pageLanguage?: string;
  /** The first layer is here already. */
  hasFirst?: boolean;
}

const restore: (() => void)[] = [];
afterEach(() => {
  for (const run of restore.splice(0)) run();
});

/** Ends all that is under way; promises alone need no more. */
const {setTimeout: realSetTimeout} = window;
const turn = () => new Promise((resolve) => realSetTimeout(resolve));

function setup({failures = 0, language = 'auto', pageLanguage = 'en', hasFirst = false}: Options = {}) {
  const files: string[] = [];
  const opened: [UiView, OpenOptions][] = [];
  const told: UiView[] = [];
  const hosts: UiHost[] = [];
  const waits: {milliseconds: number; pass(): void}[] = [];
  const lines: string[] = [];
  let closed = 0;
  let failed = 0;

  const before = {lang: document.documentElement.lang, warn: console.warn};
  document.documentElement.lang = pageLanguage;
  console.warn = (line: string) => lines.push(line);
  window.setTimeout = ((pass: () => void, milliseconds: number) =>
    waits.push({milliseconds, pass})) as typeof setTimeout;
  restore.push(() => {
    document.documentElement.lang = before.lang;
    console.warn = before.warn;
    window.setTimeout = realSetTimeout;
  });

  const ui: Ui = {
    open: (view, options) => opened.push([view, options]),
    close: () => closed++,
  };
  const mountUi = (host: UiHost) => {
    hosts.push(host);
    return ui;
  };
  let looks = 0;
  const load = (async (file: string) => {
    if (file === 'around.js') return {lookAround: () => looks++};
    files.push(file);
    if (file.startsWith('ui.js')) {
      if (failed++ < failures) throw Error(`no ${file} (${Math.random()})`);
      return {mountUi};
    }
    return {locale: {file}};
  }) as unknown as Load;
  let state = 'before';
  const host = {
    settings: {ui: {language}, vendors: []},
    get state() {
      return state;
    },
  } as unknown as Omit<UiHost, 'locale' | 'disclosures'>;
  const prompted: UiView[] = [];
  const door = createUiDoor({load, host, onOpen: (view) => told.push(view), see() {}});
  if (hasFirst) door.join({open: (view) => prompted.push(view), close: () => closed++}, false);
  return {
    door,
    files,
    opened,
    told,
    hosts,
    prompted,
    lines,
    waits,
    looks: () => looks,
    closed: () => closed,
    setState(next: string) {
      state = next;
    },
    /** Lets the time pass that is being waited for. */
    async pass() {
      for (const wait of waits.splice(0)) wait.pass();
      await turn();
    },
  };
}

describe('createUiDoor', () => {
  describe('with the first layer at hand', () => {
    it('fetches nothing to show it', async () => {
      const {door, files, prompted, told} = setup({hasFirst: true});
      door.open('banner', {});
      await turn();
      expect(files).to.deep.equal([]);
      expect(prompted).to.deep.equal(['banner']);
      expect(told).to.deep.equal(['banner']);
    });

    it('fetches the second, which then shows both', async () => {
      const {door, files, prompted, opened} = setup({hasFirst: true});
      door.open('banner', {});
      door.open('preferences', {});
      await turn();
      door.open('banner', {});
      await turn();
      expect(files).to.deep.equal(['ui.js', 'locales/en.js']);
      expect(prompted.length).to.equal(1);
      expect(opened.map(([view]) => view)).to.deep.equal(['preferences', 'banner']);
    });

    it('closes it', async () => {
      const {door, closed} = setup({hasFirst: true});
      door.open('banner', {});
      door.close();
      await turn();
      expect(closed()).to.equal(1);
    });
  });

  it('loads nothing before it is needed', async () => {
    const {files} = setup();
    await turn();
    expect(files).to.deep.equal([]);
  });

  it('loads the UI and one language, and opens the view', async () => {
    const {door, files, opened} = setup();
    door.open('banner', {denied: '*'});
    await turn();
    expect(files).to.deep.equal(['ui.js', 'locales/en.js']);
    expect(opened).to.deep.equal([['banner', {denied: '*'}]]);
  });

  it('has the page around it looked after, once', async () => {
    const {door, looks} = setup();
    await turn();
    expect(looks()).to.equal(0);
    door.open('banner', {});
    await turn();
    door.open('preferences', {});
    await turn();
    expect(looks()).to.equal(1);
  });

  it('tells of the view once it is open', async () => {
    const {door, told} = setup();
    door.open('preferences', {});
    expect(told).to.deep.equal([]);
    await turn();
    expect(told).to.deep.equal(['preferences']);
  });

  describe('where the page has a modal dialog open', () => {
    // As one that has been mounted.
    const ours = Object.assign(document.createElement('consent-banner'), {whenRemoved() {}});
    const theirs = document.createElement('dialog');
    beforeEach(() => document.body.append(ours, theirs));
    afterEach(() => {
      theirs.close();
      theirs.remove();
      ours.remove();
    });

    it('has the banner inside of it, where it can be reached', async () => {
      const {door} = setup();
      theirs.showModal();
      door.open('banner', {});
      await turn();
      expect(ours.parentNode).to.equal(theirs);
    });

    it('takes it along into one that opens later, and back when it closes', async () => {
      const {door} = setup();
      door.open('banner', {});
      await turn();
      expect(ours.parentNode).to.equal(document.body);
      theirs.showModal();
      await turn();
      expect(ours.parentNode).to.equal(theirs);
      theirs.close();
      await turn();
      expect(ours.parentNode).to.equal(document.body);
    });

    it('leaves it where it is beside a dialog that is not modal', async () => {
      const {door} = setup();
      theirs.show();
      door.open('banner', {});
      await turn();
      expect(ours.parentNode).to.equal(document.body);
    });
  });

  it('loads and mounts once, however often it opens', async () => {
    const {door, files, opened, hosts} = setup();
    door.open('banner', {});
    door.open('preferences', {});
    await turn();
    door.open('banner', {});
    await turn();
    expect(files).to.have.length(2);
    expect(hosts).to.have.length(1);
    expect(opened.map(([view]) => view)).to.deep.equal(['banner', 'preferences', 'banner']);
  });

  describe('loads the texts in the language', () => {
    const visitor = /^(ja|ru)\b/.exec(navigator.languages[0] ?? '')?.[1] ?? 'en';
    const rows: [language: string, pageLanguage: string, file: string][] = [
      ['auto', 'ja', 'ja'],
      ['auto', 'ja-JP', 'ja'],
      ['auto', 'JA', 'ja'],
      ['auto', 'ru', 'ru'],
      ['auto', 'en-GB', 'en'],
      ['auto', 'fr', visitor],
      ['auto', '', visitor],
      ['auto', 'jam', visitor],
      ['ja', 'en', 'ja'],
      ['ru-RU', 'ja', 'ru'],
      ['de', 'ja', 'en'],
      ['../../evil', 'ja', 'en'],
    ];
    for (const [language, pageLanguage, file] of rows) {
      it(`${file} where the site says ${language} and the page is in ${pageLanguage || 'none'}`, async () => {
        const {door, files} = setup({language, pageLanguage});
        door.open('banner', {});
        await turn();
        expect(files).to.include(`locales/${file}.js`);
      });
    }
  });

  describe('close', () => {
    it('loads nothing for the sake of closing it', async () => {
      const {door, files} = setup();
      door.close();
      await turn();
      expect(files).to.deep.equal([]);
    });

    it('closes what is open', async () => {
      const {door, closed} = setup();
      door.open('banner', {});
      await turn();
      door.close();
      await turn();
      expect(closed()).to.equal(1);
    });

    it('closes what is still on its way', async () => {
      const {door, opened, closed} = setup();
      door.open('banner', {});
      door.close();
      await turn();
      expect([opened.length, closed()]).to.deep.equal([1, 1]);
    });
  });

  describe('connect', () => {
    it('gives an element its host, with texts', async () => {
      const {door, files} = setup({pageLanguage: 'ja'});
      const met: UiHost[] = [];
      door.connect(new ConsentConnectEvent((host) => met.push(host)));
      await turn();
      expect(met[0]?.locale).to.deep.equal({file: 'locales/ja.js'});
      expect(files).to.deep.equal(['locales/ja.js']);
    });

    it('gives it the host that the UI has', async () => {
      const {door, hosts} = setup();
      const met: UiHost[] = [];
      door.connect(new ConsentConnectEvent((host) => met.push(host)));
      door.open('banner', {});
      await turn();
      expect(met).to.deep.equal(hosts);
    });

    it('gives it a host whose state goes on', async () => {
      const {door, setState} = setup();
      const met: UiHost[] = [];
      door.connect(new ConsentConnectEvent((host) => met.push(host)));
      await turn();
      setState('after');
      expect(met[0]?.state).to.equal('after');
    });
  });

  describe('where the UI cannot be loaded', () => {
    it('asks again under another address, a second later', async () => {
      const {door, files, waits, pass, opened} = setup({failures: 1});
      door.open('banner', {});
      await turn();
      expect(waits.map(({milliseconds}) => milliseconds)).to.deep.equal([1000]);
      expect(opened).to.deep.equal([]);
      await pass();
      expect(files.filter((file) => file.startsWith('ui.js'))).to.deep.equal(['ui.js', 'ui.js?1']);
      expect(opened).to.deep.equal([['banner', {}]]);
    });

    it('asks a third time, later still', async () => {
      const {door, files, waits, pass, opened} = setup({failures: 2});
      door.open('banner', {});
      await turn();
      await pass();
      expect(waits[0]?.milliseconds).to.be.greaterThan(1000);
      await pass();
      expect(files).to.include('ui.js?2');
      expect(opened).to.have.length(1);
    });

    it('then gives up, and opens nothing', async () => {
      const {door, files, waits, pass, opened, told} = setup({failures: 9});
      door.open('banner', {});
      await turn();
      await pass();
      await pass();
      await pass();
      expect(files.filter((file) => file.startsWith('ui.js'))).to.deep.equal(['ui.js', 'ui.js?1', 'ui.js?2']);
      expect(waits).to.deep.equal([]);
      expect([opened, told]).to.deep.equal([[], []]);
    });

    it('says so on the console', async () => {
      const {door, lines} = setup({failures: 1});
      door.open('banner', {});
      await turn();
      expect(lines[0]).to.match(/could not be loaded.*#ui/);
    });

    it('asks once more when it is needed once more', async () => {
      const {door, pass, opened, files} = setup({failures: 3});
      door.open('banner', {});
      await turn();
      await pass();
      await pass();
      door.open('preferences', {});
      await turn();
      expect(new Set(files).size).to.equal(files.length);
      expect(opened).to.deep.equal([['preferences', {}]]);
    });

    it('leaves nothing unhandled', async () => {
      const unhandled: unknown[] = [];
      const handle = (event: PromiseRejectionEvent) => unhandled.push(event.reason);
      window.addEventListener('unhandledrejection', handle);
      const {door, pass} = setup({failures: 9});
      door.open('banner', {});
      door.connect(new ConsentConnectEvent(() => {}));
      door.close();
      await turn();
      await pass();
      await pass();
      await pass();
      window.removeEventListener('unhandledrejection', handle);
      expect(unhandled).to.deep.equal([]);
    });
  });
});
