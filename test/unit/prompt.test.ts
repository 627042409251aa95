import {expect} from '@esm-bundle/chai';
import type {Choice, Core} from '../../src/choice.js';
import {normalizeConfig} from '../../src/config/normalize-config.js';
import type {ConsentState} from '../../src/consent/grants.js';
import type {Load} from '../../src/load.js';
import {createPrompt} from '../../src/prompt.js';
import {promptTexts} from '../../src/prompt-texts.js';
import {catalogue} from '../../src/vendors/index.js';

const KEY = 'consent-pressed';
const texts = promptTexts['en'] as (typeof promptTexts)[string];

afterEach(() => {
  removeBanner();
  sessionStorage.clear();
});

/** It would come back otherwise. */
function removeBanner(): void {
  const banner = document.querySelector('consent-banner');
  delete banner?.whenRemoved;
  banner?.remove();
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A first layer on a page whose code for choices comes, or fails, when the test says so. */
function setup({isDecided = false, isAnswering = false, vendors = ['meta-pixel']} = {}) {
  const settings = normalizeConfig({vendors}, catalogue);
  const requests: unknown[][] = [];
  const events: unknown[][] = [];
  const files: string[] = [];
  const listeners: ((state: ConsentState) => void)[] = [];
  let state = {decided: isDecided, decidedAt: null, regime: 'opt-in'} as unknown as ConsentState;
  const choice = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given: unknown[]) =>
          requests.push([name, ...given.filter((item) => typeof item !== 'object')]),
    },
  ) as Choice;
  const queue: ((choice: Choice) => void)[] = [];
  let here = false;
  let settle = {come: () => {}, fail: () => {}};
  const code = new Promise<void>((resolve, reject) => {
    settle = {come: resolve, fail: () => reject(Error('blocked'))};
  });
  code.catch(String);
  const load = (async (file: string) => {
    files.push(file);
    if (file.startsWith('choice.js')) return code;
    if (file.startsWith('disclosures/')) return {disclosure: {name: 'X Pixel', recipient: 'X Corp.'}};
    return {lookAround() {}};
  }) as unknown as Load;
  const core = {
    settings,
    load,
    look: () => ({prompts: true}),
    store: {
      get state() {
        return state;
      },
    },
    api: {
      subscribe(listener: (state: ConsentState) => void) {
        listeners.push(listener);
        listener(state);
        return () => {};
      },
    },
    tell: (type: string, fields: object) => events.push([type, fields]),
  } as unknown as Core;
  const choose = (use: (choice: Choice) => void) => {
    if (here) use(choice);
    else queue.push(use);
  };
  const prompt = createPrompt(texts);
  const banner = () => document.querySelector('consent-banner') as HTMLElement;
  return {
    requests,
    events,
    files,
    banner,
    ask: () => prompt.ask(core, choose, () => isAnswering || undefined),
    isOpen: () => !!banner()?.hasAttribute('open'),
    async press(action: string) {
      await turn();
      banner().shadowRoot?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
    },
    /** The code of choices is here. */
    async come() {
      here = true;
      for (const use of queue.splice(0)) use(choice);
      settle.come();
      await turn();
    },
    async fail() {
      settle.fail();
      await turn();
      await turn();
    },
    decide() {
      state = {...state, decided: true, decidedAt: 1};
      for (const listener of listeners) listener(state);
    },
    title: () => banner().shadowRoot?.querySelector('h2')?.textContent,
  };
}

const answers = (requests: unknown[][]) => requests.filter(([name]) => /All/.test(`${name}`));

describe('the first layer by itself', () => {
  it('asks before the code of choices is here, and has it fetched', async () => {
    const {ask, isOpen, events, files} = setup();
    await ask();
    expect(isOpen()).to.equal(true);
    expect(events).to.deep.equal([['consent-open', {view: 'banner'}]]);
    expect(files).to.deep.equal(['around.js']);
  });

  it('hands itself over once that is here', async () => {
    const {ask, come, requests} = setup();
    await ask();
    await come();
    expect(requests).to.deep.equal([['join', true]]);
  });

  for (const [action, name] of [
    ['accept-all', 'acceptAll'],
    ['reject-all', 'rejectAll'],
  ] as const) {
    it(`closes at once on ${action}, and has one answer carried out once that is here`, async () => {
      const {ask, come, isOpen, press, requests} = setup();
      await ask();
      await press(action);
      await press(action);
      expect([isOpen(), answers(requests)]).to.deep.equal([false, []]);
      await come();
      expect(answers(requests)).to.deep.equal([[name, 'banner']]);
      expect(sessionStorage.getItem(KEY)).to.equal(null);
    });

    it(`has an answer that the page was left with carried out on the next one: ${name}`, async () => {
      const before = setup();
      await before.ask();
      await before.press(action);
      removeBanner();
      const next = setup();
      await next.ask();
      expect(next.isOpen()).to.equal(false);
      await next.come();
      expect(answers(next.requests)).to.deep.equal([[name, 'banner']]);
      // The page before comes back out of the cache, and is late.
      await before.come();
      expect(answers(before.requests)).to.deep.equal([]);
    });
  }

  for (const [what, left] of [
    ['is old', () => `${Date.now() - 31_000} acceptAll`],
    ['is none', () => `${Date.now()} decide`],
    ['says more', () => `${Date.now()} acceptAll acceptAll`],
    ['has no time', () => 'acceptAll'],
  ] as const) {
    it(`asks where an answer that was left behind ${what}`, async () => {
      sessionStorage.setItem(KEY, left());
      const {ask, come, isOpen, requests} = setup();
      await ask();
      expect(isOpen()).to.equal(true);
      await come();
      expect(answers(requests)).to.deep.equal([]);
    });
  }

  it('leaves an answer behind to nobody who has chosen since', async () => {
    sessionStorage.setItem(KEY, `${Date.now()} acceptAll`);
    const {ask, come, requests} = setup({isDecided: true});
    await ask();
    await come();
    expect(answers(requests)).to.deep.equal([]);
    expect(sessionStorage.getItem(KEY)).to.equal(null);
  });

  it('tells the visitor where that code does not come', async () => {
    const {ask, fail, isOpen, press, title, files} = setup();
    await ask();
    await press('accept-all');
    expect(isOpen()).to.equal(false);
    await fail();
    await turn();
    expect([isOpen(), title()]).to.deep.equal([true, texts.notSaved]);
    expect(files.filter((file) => file.startsWith('choice'))).to.deep.equal(['choice.js', 'choice.js?1']);
    // Nobody who has been told so is taken at their word on the next page.
    expect(sessionStorage.getItem(KEY)).to.equal(null);
  });

  it('tells it to who wanted the preferences, and goes on asking', async () => {
    const {ask, fail, press, title} = setup();
    await ask();
    await press('preferences');
    await fail();
    await turn();
    expect(title()).to.equal(texts.notSaved);
    await press('close');
    await turn();
    expect(title()).to.equal(texts.locale.bannerTitle);
  });

  it('does not ask while an answer waits, but says where it is lost', async () => {
    const {ask, fail, isOpen, title} = setup({isAnswering: true});
    await ask();
    expect(isOpen()).to.equal(false);
    await fail();
    await turn();
    expect([isOpen(), title()]).to.deep.equal([true, texts.notSaved]);
  });

  it('leaves it to the code of choices where that is here already', async () => {
    const {ask, come, isOpen, requests} = setup();
    await come();
    await ask();
    expect(isOpen()).to.equal(false);
    expect(requests).to.deep.equal([['join', false], ['ask']]);
  });

  it('does not ask who has chosen while it came', async () => {
    const {ask, decide, isOpen} = setup();
    const asked = ask();
    decide();
    await asked;
    expect(isOpen()).to.equal(false);
  });

  it('names vendors whose names are in a file of their own', async () => {
    const {ask, banner, files} = setup({vendors: ['x-pixel']});
    await ask();
    await turn();
    expect(files).to.include('disclosures/en/x-pixel.js');
    expect(banner().shadowRoot?.textContent).to.contain('X Corp.');
  });
});
