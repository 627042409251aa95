import {expect} from '@esm-bundle/chai';
import {show} from '../../../src/debug/index.js';
import {violations} from '../../support/axe.js';
import {clearStorage, setCookie} from '../consent/support.js';
import {type CoreOptions, createCore, tag} from './support.js';

const GRANTED = 'essential_functional_analytics_advertising.-.-.-';
const REJECTED = 'essential.functional_analytics_advertising.-.-';

function setup(options: CoreOptions = {}) {
  const made = createCore(options);
  show(made.core);
  const host = document.querySelector('consent-debug') as HTMLElement;
  const root = host.shadowRoot as ShadowRoot;
  const find = <T extends HTMLElement>(selector: string) => root.querySelector(selector) as T;
  return {
    ...made,
    host,
    root,
    find,
    press: (action: string) => find(`[data-action="${action}"]`).click(),
    text: () => find('section').textContent ?? '',
    verdict: () => find('[role="status"]').textContent,
  };
}

const panels = () => document.querySelectorAll('consent-debug').length;

afterEach(() => {
  document
    .querySelector('consent-debug')
    ?.shadowRoot?.querySelector<HTMLElement>('[data-action="close"]')
    ?.click();
  clearStorage();
});

describe('the overlay', () => {
  it('is accessible', async () => {
    setCookie('_heat_1=x');
    const {host, root} = setup({stored: REJECTED, tags: [tag(), tag({state: 'failed', insertedAt: 5})]});
    for (const details of root.querySelectorAll('details')) details.open = true;
    expect(await violations(host)).to.deep.equal([]);
  });

  it('is a labelled region that takes no focus and stands outside of the body', () => {
    const before = document.activeElement;
    const {host, find} = setup();
    expect(find('section').getAttribute('aria-label')).to.equal('consent-gate report');
    expect(host.parentElement).to.equal(document.documentElement);
    expect(document.activeElement).to.equal(before);
  });

  it('says that nothing got past the gate', () => {
    expect(setup().verdict()).to.equal('Nothing got past the gate');
  });

  it('shows what got past the gate', () => {
    setCookie('_heat_1=x');
    const {verdict, text} = setup({stored: REJECTED});
    expect(verdict()).to.equal('1 thing got past the gate');
    expect(text()).to.contain('_heat_1');
  });

  it('lists every tag with its state and reason', () => {
    const {text} = setup({tags: [tag(), tag({vendor: undefined, category: 'analitycs', url: ''})]});
    expect(text()).to.contain('no choice yet (opt-in)').and.to.contain('there is no category "analitycs"');
  });

  it('keeps up with decisions', () => {
    const {choose, text} = setup({tags: [tag()]});
    choose(REJECTED, [], []);
    expect(text()).to.match(/denied by the record \(banner/);
  });

  it('leaves alone what has not changed', () => {
    const {choose, root} = setup({stored: GRANTED, tags: [tag({state: 'loaded', insertedAt: 1})]});
    const items = [...root.querySelectorAll('li')];
    document.dispatchEvent(new Event('visibilitychange'));
    expect([...root.querySelectorAll('li')]).to.deep.equal(items);
    choose(REJECTED, [], ['analytics']);
    expect(root.querySelector('li')).not.to.equal(items[0]);
  });

  it('opens once', () => {
    setup();
    setup();
    expect(panels()).to.equal(1);
  });

  it('closes by its button', () => {
    setup().press('close');
    expect(panels()).to.equal(0);
  });

  it('closes by Escape, and gives the focus back', () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const {find} = setup();
    const close = find('[data-action="close"]');
    close.focus();
    close.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, composed: true}));
    expect(panels()).to.equal(0);
    expect(document.activeElement).to.equal(button);
    button.remove();
  });

  it('folds to its headline', () => {
    const {press, find} = setup();
    press('fold');
    expect(find('[data-action="fold"]').getAttribute('aria-expanded')).to.equal('false');
    expect(getComputedStyle(find('.body')).display).to.equal('none');
    press('fold');
    expect(getComputedStyle(find('.body')).display).not.to.equal('none');
  });

  it('comes back when the page clears its document', async () => {
    const {host, choose} = setup();
    host.remove();
    choose(GRANTED, ['analytics'], []);
    expect(host.isConnected).to.equal(true);
  });

  it('copies the report as JSON, or selects it where copying is forbidden', async () => {
    const {press, find} = setup({stored: REJECTED});
    const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');
    const copied: string[] = [];
    const give = (value: unknown) =>
      Object.defineProperty(navigator, 'clipboard', {value, configurable: true});
    try {
      give({writeText: async (text: string) => void copied.push(text)});
      press('copy');
      expect(JSON.parse(copied[0] as string).schema).to.equal('consent-gate/audit/1');
      give(undefined);
      press('copy');
      const text = find<HTMLTextAreaElement>('textarea');
      expect(text.hidden).to.equal(false);
      expect(JSON.parse(text.value).decided).to.equal(true);
      expect(text.selectionEnd).to.equal(text.value.length);
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
      if (clipboard) Object.defineProperty(Navigator.prototype, 'clipboard', clipboard);
    }
  });

  it('keeps its look on a page that restyles everything', () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* {font-size: 40px !important; position: static !important; color: red !important}');
    document.adoptedStyleSheets = [sheet];
    const {host, find} = setup();
    expect(getComputedStyle(host).position).to.equal('fixed');
    expect(getComputedStyle(find('.facts')).fontSize).to.equal('13px');
    document.adoptedStyleSheets = [];
  });
});
