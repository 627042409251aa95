/**
 * What every element is built on: lit-html's templates in a shadow root, rendered once for however many requests. It knows
 * no properties and watches nothing: whoever changes what is shown says so by `requestUpdate()`.
 */

import {render} from 'lit/html.js';
import {ownDocument} from '../own-document.js';

/** A server may import the elements: it has no such class, and makes none of them. */
const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement;

/** By their text: each is parsed once, however many elements wear it. */
const sheets = new Map<string, CSSStyleSheet>();

/** Base of every element; not an element by itself. */
export abstract class RenderedElement extends Base {
  /** What the element wears, later ones over earlier ones. */
  static styles: readonly string[];

  /** Set by the script of the first layer in the HTML: markup cannot. */
  declare isFirstLayer?: boolean;
  /** There from the first connection on. */
  protected renderRoot!: ShadowRoot;
  /** Whether it has been rendered at all. */
  protected hasUpdated = false;
  #isRequested = false;
  #begin!: () => void;
  #updates = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  constructor() {
    super();
    this.requestUpdate();
  }

  /** Resolves once what has been requested is rendered; rejects where that threw. */
  get updateComplete(): Promise<void> {
    return this.#updates;
  }

  connectedCallback(): void {
    try {
      this.renderRoot ??= createRoot(this);
      this.#begin();
    } catch {
      // A closed root that stands in the HTML is nobody's to open: such an element shows nothing of ours.
    }
  }

  /** Renders behind what runs now; before the element has been connected once, behind that. */
  requestUpdate(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    const update = () => this.scheduleUpdate();
    this.#updates = this.#updates.then(update, (error) => {
      // The next one is rendered all the same, and nobody is kept from hearing of this one.
      Promise.reject(error);
      return update();
    });
  }

  /** Renders now. Who overrides it says when. */
  protected scheduleUpdate(): void | Promise<void> {
    let view: unknown;
    try {
      this.willUpdate();
      view = this.render();
    } finally {
      // What is requested from here on is not in this view any more.
      this.#isRequested = false;
    }
    // Behind what stands there already: styles, or what was in the HTML.
    render(view, this.renderRoot, {host: this});
    this.hasUpdated = true;
    this.updated();
  }

  /** What is requested here is rendered with the rest. */
  protected willUpdate(): void {}
  protected abstract render(): unknown;
  protected updated(): void {}
}

/** @returns the shadow root, in its styles. What stands in one of the HTML is a stranger's, but for our own first layer. */
function createRoot(element: RenderedElement): ShadowRoot {
  const root = element.shadowRoot ?? element.attachShadow({mode: 'open'});
  if (!element.isFirstLayer) root.replaceChildren();
  const {styles} = element.constructor as typeof RenderedElement;
  // Not in Safari before 16.4, nor in Firefox before 101.
  if (root.adoptedStyleSheets) root.adoptedStyleSheets = styles.map(sheetOf);
  else root.append(...styles.map(styleOf));
  return root;
}

function sheetOf(text: string): CSSStyleSheet {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheet;
}

function styleOf(text: string): HTMLStyleElement {
  const style = ownDocument.createElement('style');
  // What pages with Lit elements of their own say under a strict policy, for these browsers.
  style.nonce = (globalThis as {litNonce?: string}).litNonce ?? '';
  style.textContent = text;
  return style;
}
