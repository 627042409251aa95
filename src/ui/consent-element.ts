/**
 * What the elements share: the line to the core, the language, the buttons and the status region. State comes down
 * through `core`; a press of a button goes up through it. Nothing is kept here that the core does not know.
 */

import {html, nothing, type TemplateResult} from 'lit/html.js';
import type {LocalizedText} from '../config/types.js';
import type {ConsentState} from '../consent/grants.js';
import {ownDocument} from '../own-document.js';
import {ConsentConnectEvent, type OpenOptions, type UiHost} from '../ui-contract.js';
import {RenderedElement} from './rendered-element.js';
import {textIn} from './texts.js';

/** What the buttons ask for: the value of `data-action`, a public hook. */
export type Action =
  | 'accept-all'
  | 'reject-all'
  | 'preferences'
  | 'save'
  | 'undo'
  | 'close'
  | 'download'
  | 'erase';

/** Milliseconds. Screen readers only announce what changes in a region they have already seen. */
const REGION_SEEN = 100;

/** Base of every element; not an element by itself. */
export abstract class ConsentElement extends RenderedElement {
  /** Called when the page has removed the open element. */
  whenRemoved?: () => void;

  protected core: UiHost | undefined;
  protected opened = false;
  #status = '';
  #unsubscribe: (() => void) | undefined;

  /** Opens the view. What is a part of the page is always open. */
  show(_options: OpenOptions): void {}
  /** Closes the view. Writes nothing. */
  close(): void {}
  protected act(_action: Action, _core: UiHost): void {}
  protected abstract renderView(core: UiHost): unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.core) {
      this.connect(this.core);
      // One that stands in the HTML already is given its core by the page's loader.
    } else if (!this.hasAttribute('data-first-layer')) {
      ownDocument.addEventListener('consent-ready', this.#request);
      this.#request();
    }
  }

  disconnectedCallback(): void {
    this.#disconnect();
    // An element that was only moved is connected again by the time this runs.
    queueMicrotask(() => {
      if (this.opened && !this.isConnected) this.whenRemoved?.();
    });
  }

  /** Gives the element its core, which answers `consent-connect` by this. */
  connect(core: UiHost): void {
    this.#disconnect();
    this.core = core;
    this.#unsubscribe = core.subscribe((state) => {
      this.handleState(state);
      this.requestUpdate();
    });
  }

  /** Says a sentence to screen readers, also when it is the same as the last one. */
  announce(text: string): void {
    this.#say('');
    setTimeout(() => this.#say(text), REGION_SEEN);
  }

  protected override willUpdate(): void {
    if (!this.core) return;
    const {locale, settings} = this.core;
    this.lang = locale.lang;
    this.dir = locale.dir;
    for (const name of ['theme', 'layout'] as const) {
      if (!this.hasAttribute(name)) this.setAttribute(name, settings.ui[name]);
    }
  }

  protected override render(): unknown {
    return this.core
      ? html`${this.renderView(this.core)}<p class="hidden" role="status">${this.#status}</p>`
      : nothing;
  }

  /** A state came down; it is rendered in any case. */
  protected handleState(_state: ConsentState): void {}

  protected renderButton(action: Action, label: unknown, look: string): TemplateResult {
    return html`<button type="button" part="button" class=${look} data-action=${action} @click=${this.#handleClick}>${label}</button>`;
  }

  /** Accept and reject: made here and nowhere else, so that they cannot come to look different. */
  protected renderEqualButtons({locale}: UiHost, look: string): TemplateResult[] {
    return [
      this.renderButton('reject-all', locale.rejectAll, look),
      this.renderButton('accept-all', locale.acceptAll, look),
    ];
  }

  /** Links to the site's own documents. */
  protected renderLinks({settings: {links}, locale}: UiHost): unknown {
    return [
      this.renderLink(links.privacyPolicy, locale.privacyPolicy),
      this.renderLink(links.cookiePolicy, locale.cookiePolicy),
    ];
  }

  /** @param hint says that the link opens in a new tab; without one, it does not */
  protected renderLink(href: string | undefined, label: unknown, hint?: string): unknown {
    return href
      ? html`<a part="link" href=${href} target=${hint ? '_blank' : nothing} rel="noopener">${label}<span class="hidden">${hint}</span></a> `
      : nothing;
  }

  /** What has changed since a choice that no longer stands, and which signal is the reason for what is shown. */
  protected renderNotes(core: UiHost): unknown {
    const {settings, state, locale} = core;
    const {decidedAt, decided} = state;
    // Versions that are dates tell whether the visitor has seen them; of others, all are shown.
    const changes = settings.policy.revisions.filter(
      ({material, version}) => material && decidedAt && !decided && !(Date.parse(version) / 1000 < decidedAt),
    );
    return [
      changes.length
        ? html`<p class="note">
            ${locale.changed} ${changes.map(({summary, url, version}) => {
              const text = this.localized(summary) || version;
              return url ? this.renderLink(url, text) : html`${text} `;
            })}
          </p>`
        : nothing,
      settings.categories.some(({id}) => core.lockOf(id) === 'gpc')
        ? html`<p class="note">${locale.gpcHonoured}</p>`
        : nothing,
    ];
  }

  /** A text of the site; one that is not in the language shown says which it is in. */
  protected localized(text: LocalizedText | undefined): unknown {
    const {locale} = this.core as UiHost;
    const shown = textIn(locale, text);
    const language = typeof text === 'object' && Object.keys(text).find((key) => text[key] === shown);
    return language && language !== locale.lang ? html`<span lang=${language}>${shown}</span>` : shown;
  }

  readonly #request = () => {
    this.dispatchEvent(new ConsentConnectEvent((core) => this.connect(core)));
  };

  readonly #handleClick = ({currentTarget}: Event) => {
    this.act((currentTarget as HTMLElement).dataset['action'] as Action, this.core as UiHost);
  };

  #say(text: string) {
    this.#status = text;
    this.requestUpdate();
  }

  #disconnect() {
    ownDocument.removeEventListener('consent-ready', this.#request);
    this.#unsubscribe?.();
  }
}
