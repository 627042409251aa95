import {expect} from '@esm-bundle/chai';
import {html, nothing} from 'lit/html.js';
import {RenderedElement} from '../../../src/ui/rendered-element.js';
import {css} from '../../../src/ui/styles/css.js';
import {find, has, until} from './support.js';

const FIRST = css`p {color: rgb(1, 1, 1); margin: 7px}`;
const SECOND = css`p {color: rgb(2, 2, 2)}`;

/** Writes down what is done with it. */
class TestElement extends RenderedElement {
  static override styles: readonly string[] = [FIRST, SECOND];

  readonly steps: string[] = [];
  shown: unknown = 'one';
  pressed: unknown;
  /** What the page does at a step. */
  at: Partial<Record<'willUpdate' | 'render' | 'updated', () => void>> = {};

  take(step: 'willUpdate' | 'render' | 'updated') {
    this.steps.push(step);
    this.at[step]?.();
  }

  protected override willUpdate(): void {
    this.take('willUpdate');
  }

  protected override render(): unknown {
    this.take('render');
    return this.shown === nothing ? nothing : html`<p @click=${this.handleClick}>${this.shown}</p>`;
  }

  protected override updated(): void {
    this.take('updated');
  }

  protected handleClick() {
    this.pressed = this;
  }
}

/** Renders when it is told to. */
class LateElement extends TestElement {
  go?: () => void;

  protected override async scheduleUpdate(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.go = resolve;
    });
    super.scheduleUpdate();
  }
}

customElements.define('test-rendered', TestElement);
customElements.define('test-late', LateElement);

const create = () => document.createElement('test-rendered') as TestElement;

async function setup() {
  const element = create();
  document.body.append(element);
  await element.updateComplete;
  element.steps.length = 0;
  return {
    element,
    text: () => find(element, 'p').textContent,
    renders: () => element.steps.filter((step) => step === 'render').length,
  };
}

/** Takes the place of the runner, for whom an error that nobody handles is a failed test. */
function catchUnhandled() {
  const reasons: unknown[] = [];
  const handle = (event: PromiseRejectionEvent) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    reasons.push(event.reason);
  };
  addEventListener('unhandledrejection', handle, true);
  return {reasons, restore: () => removeEventListener('unhandledrejection', handle, true)};
}

describe('RenderedElement', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('test-rendered, test-late, test-upgraded'))
      element.remove();
  });

  it('has an open shadow root from its first connection on', () => {
    const element = create();
    expect(element.shadowRoot).to.equal(null);
    document.body.append(element);
    expect(element.shadowRoot?.mode).to.equal('open');
  });

  it('renders behind what runs now, once it is connected', async () => {
    const element = create();
    element.requestUpdate();
    await Promise.resolve();
    expect(element.steps).to.deep.equal([]);
    document.body.append(element);
    expect(element.steps).to.deep.equal([]);
    await element.updateComplete;
    expect(element.steps).to.deep.equal(['willUpdate', 'render', 'updated']);
    expect(find(element, 'p').textContent).to.equal('one');
  });

  it('renders once for however many requests', async () => {
    const {element, text, renders} = await setup();
    for (const word of ['two', 'three', 'four']) {
      element.shown = word;
      element.requestUpdate();
    }
    expect(text()).to.equal('one');
    await element.updateComplete;
    expect([text(), renders()]).to.deep.equal(['four', 1]);
  });

  for (const step of ['willUpdate', 'render'] as const) {
    it(`renders what is requested in ${step}() with the rest`, async () => {
      const {element, renders} = await setup();
      element.at = {[step]: () => element.requestUpdate()};
      element.requestUpdate();
      await element.updateComplete;
      await element.updateComplete;
      expect(renders()).to.equal(1);
    });
  }

  it('renders again what is requested once that is done', async () => {
    const {element, text, renders} = await setup();
    element.at.updated = () => {
      element.at = {};
      element.shown = 'two';
      element.requestUpdate();
    };
    element.requestUpdate();
    await element.updateComplete;
    expect(text()).to.equal('one');
    await element.updateComplete;
    expect([text(), renders()]).to.deep.equal(['two', 2]);
  });

  it('waits where an element says when, and takes no second request meanwhile', async () => {
    const element = document.createElement('test-late') as LateElement;
    document.body.append(element);
    await until(() => !!element.go);
    element.requestUpdate();
    expect(element.steps).to.deep.equal([]);
    element.go?.();
    await element.updateComplete;
    expect(element.steps).to.deep.equal(['willUpdate', 'render', 'updated']);
  });

  it('keeps what it shows where it is moved', async () => {
    const {element, renders} = await setup();
    const [root, paragraph] = [element.shadowRoot, find(element, 'p')];
    const own = new CSSStyleSheet();
    root?.adoptedStyleSheets.push(own);
    document.body.prepend(element);
    await element.updateComplete;
    expect(element.shadowRoot).to.equal(root);
    expect(find(element, 'p')).to.equal(paragraph);
    expect(root?.adoptedStyleSheets.at(-1)).to.equal(own);
    expect(renders()).to.equal(0);
  });

  it('calls listeners as its own', async () => {
    const {element} = await setup();
    find(element, 'p').click();
    expect(element.pressed).to.equal(element);
  });

  it('wears its styles, later ones over earlier ones, each parsed once for all', async () => {
    const [one, other] = [(await setup()).element, (await setup()).element];
    const {color, marginTop} = getComputedStyle(find(one, 'p'));
    expect([color, marginTop]).to.deep.equal(['rgb(2, 2, 2)', '7px']);
    expect(one.shadowRoot?.adoptedStyleSheets).to.have.lengthOf(2);
    expect([...(one.shadowRoot?.adoptedStyleSheets ?? [])]).to.deep.equal([
      ...(other.shadowRoot?.adoptedStyleSheets ?? []),
    ]);
  });

  it('wears them as elements where sheets cannot be adopted, whatever it renders', async () => {
    const prototype = 'adoptedStyleSheets' in DocumentFragment.prototype ? DocumentFragment : ShadowRoot;
    const adopting = Object.getOwnPropertyDescriptor(prototype.prototype, 'adoptedStyleSheets');
    delete (prototype.prototype as Partial<ShadowRoot>).adoptedStyleSheets;
    try {
      const {element, text} = await setup();
      const styles = () => [...(element.shadowRoot?.querySelectorAll('style') ?? [])];
      expect(styles().map(({textContent}) => textContent)).to.deep.equal([FIRST, SECOND]);
      expect(getComputedStyle(find(element, 'p')).color).to.equal('rgb(2, 2, 2)');
      for (const shown of [nothing, 'two']) {
        element.shown = shown;
        element.requestUpdate();
        await element.updateComplete;
        expect(styles()).to.have.lengthOf(2);
      }
      expect(text()).to.equal('two');
    } finally {
      if (adopting) Object.defineProperty(prototype.prototype, 'adoptedStyleSheets', adopting);
    }
  });

  it('empties a root that stands in the HTML: what is in it is a stranger’s', async () => {
    const element = document.createElement('test-emptied') as TestElement;
    const root = element.attachShadow({mode: 'open'});
    root.append(document.createElement('header'));
    document.body.append(element);
    customElements.define('test-emptied', class extends TestElement {});
    await element.updateComplete;
    expect(element.shadowRoot).to.equal(root);
    expect([...root.children].map(({localName}) => localName)).to.deep.equal(['p']);
    element.remove();
  });

  it('shows nothing in an element whose root is closed to it, and throws nothing', async () => {
    const element = document.createElement('test-closed') as TestElement;
    element.attachShadow({mode: 'closed'});
    document.body.append(element);
    customElements.define('test-closed', class extends TestElement {});
    element.requestUpdate();
    expect(element.shadowRoot).to.equal(null);
    element.remove();
  });

  it('takes over the root of the first layer, and renders behind what is in it', async () => {
    const element = document.createElement('test-upgraded') as TestElement;
    element.isFirstLayer = true;
    const root = element.attachShadow({mode: 'open'});
    root.append(document.createElement('header'));
    document.body.append(element);
    customElements.define('test-upgraded', class extends TestElement {});
    await element.updateComplete;
    expect(element.shadowRoot).to.equal(root);
    expect([...root.children].map(({localName}) => localName)).to.deep.equal(['header', 'p']);
    expect(getComputedStyle(find(element, 'p')).color).to.equal('rgb(2, 2, 2)');
    element.shown = nothing;
    element.requestUpdate();
    await element.updateComplete;
    expect([has(element, 'p'), has(element, 'header')]).to.deep.equal([false, true]);
  });

  for (const step of ['willUpdate', 'render', 'updated'] as const) {
    it(`renders the next time after an error in ${step}(), which is told as one that nobody handles`, async () => {
      const {element, text} = await setup();
      const {reasons, restore} = catchUnhandled();
      const error = new Error(`in ${step}`);
      element.at[step] = () => {
        throw error;
      };
      element.requestUpdate();
      await until(() => reasons.length > 0);
      element.at = {};
      element.shown = 'two';
      element.requestUpdate();
      await element.updateComplete;
      expect(text()).to.equal('two');
      await until(() => reasons.length > 1);
      restore();
      expect(new Set(reasons)).to.deep.equal(new Set([error]));
    });
  }
});
