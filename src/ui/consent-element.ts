/**
 * What the elements share: the line to the core, the language, the buttons and the status region. State comes down
 * through `core`; a press of a button goes up through it. Nothing is kept here that the core does not know.
 */
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {LocalizedText, RevisionConfig} from '../config/types.js';
import type {ConsentState} from '../consent/grants.js';
import {ConsentConnectEvent, type OpenOptions, pickText, type UiHost} from '../ui-contract.js';

/** What the buttons ask for: the value of `data-action`, a public hook. */
export type Action = 'accept-all' | 'reject-all' | 'preferences' | 'save' | 'undo' | 'close';

/** Screen readers only announce what changes in a region they have already seen. */
const REGION_SEEN = 100;

export abstract class ConsentElement extends LitElement {
  /** `light`, `dark`, or `auto` (as the visitor's system). Default: as configured. */
  @property() theme?: 'auto' | 'light' | 'dark';

  /** Speaks for this element where it is about to be hidden. */
  announcer: ConsentElement = this;
  /** Called when the page has removed the open element. */
  whenRemoved?: () => void;

  protected core: UiHost | undefined;
  protected opened = false;
  @state() private status = '';
  #unsubscribe: (() => void) | undefined;

  abstract show(options: OpenOptions): void;
  abstract close(): void;
  protected abstract act(action: Action, core: UiHost): void;
  protected abstract renderView(core: UiHost): unknown;

  /** Gives the element its core. */
  connect(core: UiHost): void {
    this.#disconnect();
    this.core = core;
    this.#unsubscribe = core.subscribe((state) => {
      this.handleState(state);
      this.requestUpdate();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.core) {
      this.connect(this.core);
    } else {
      document.addEventListener('consent-ready', this.#request);
      this.#request();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnect();
    // A moved element is connected again by the time this runs.
    if (this.opened) queueMicrotask(() => !this.isConnected && this.opened && this.whenRemoved?.());
  }

  /** Says a sentence to screen readers, also when it is the same as the last one. */
  announce(text: string): void {
    if (this.announcer !== this) {
      this.announcer.announce(text);
    } else {
      this.status = '';
      setTimeout(() => {
        this.status = text;
      }, REGION_SEEN);
    }
  }

  protected override willUpdate(): void {
    if (!this.core) return;
    const {locale, settings} = this.core;
    this.lang = locale.lang;
    this.dir = locale.dir;
    if (!this.theme) this.setAttribute('theme', settings.ui.theme);
  }

  protected override render(): unknown {
    if (!this.core) return nothing;
    return html`${this.renderView(this.core)}
      <p class="hidden" role="status">${this.status}</p>`;
  }

  /** A state came down; it is rendered in any case. */
  protected handleState(_state: ConsentState): void {}

  protected renderButton(action: Action, label: unknown, className = ''): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class=${className}
      data-action=${action}
      @click=${this.#handleClick}
    >
      ${label}
    </button>`;
  }

  /** Accept and reject: made here and nowhere else, so that they cannot come to look different. */
  protected renderEqualButtons(className = ''): unknown {
    const {rejectAll, acceptAll} = (this.core as UiHost).locale;
    return [
      this.renderButton('reject-all', rejectAll, className),
      this.renderButton('accept-all', acceptAll, className),
    ];
  }

  /** Links to the site's own documents. */
  protected renderLinks(): unknown {
    const {settings, locale} = this.core as UiHost;
    const links = [
      [settings.links.privacyPolicy, locale.privacyPolicy],
      [settings.links.cookiePolicy, locale.cookiePolicy],
    ];
    return links.map(([href, label]) => (href ? html`<a part="link" href=${href}>${label}</a> ` : nothing));
  }

  /** What has changed since a choice that no longer stands. */
  protected renderChanges(): unknown {
    const {settings, state, locale} = this.core as UiHost;
    const decidedAt = state.decidedAt;
    if (state.decided || decidedAt === null) return nothing;
    // Versions that are dates tell whether the visitor has seen them; of others, all are shown.
    const isNew = ({version}: RevisionConfig) => !(Date.parse(version) / 1000 < decidedAt);
    const revisions = settings.policy.revisions.filter((revision) => revision.material && isNew(revision));
    return revisions.length
      ? html`<p class="note">
          ${locale.changed} ${revisions.map(({summary, url}) => {
            const text = this.localized(summary);
            return url ? html`<a part="link" href=${url}>${text || url}</a> ` : html`${text} `;
          })}
        </p>`
      : nothing;
  }

  /** That a browser signal is the reason for what is shown. */
  protected renderSignal({settings, locale, lockOf}: UiHost): unknown {
    return settings.categories.some(({id}) => lockOf(id) === 'gpc')
      ? html`<p class="note">${locale.gpcHonoured}</p>`
      : nothing;
  }

  /** A text of the site or of a vendor; one that is not in the language shown says which it is in. */
  protected localized(text: LocalizedText | undefined): unknown {
    const {lang} = (this.core as UiHost).locale;
    const value = pickText(text, lang);
    const key = typeof text === 'object' && Object.keys(text).find((key) => text[key] === value);
    return key && key !== lang ? html`<span lang=${key}>${value}</span>` : value;
  }

  readonly #request = () => {
    this.dispatchEvent(
      new ConsentConnectEvent((core) => {
        this.connect(core);
      }),
    );
  };

  readonly #handleClick = (event: Event) => {
    const {action} = (event.currentTarget as HTMLElement).dataset;
    if (this.core) this.act(action as Action, this.core);
  };

  #disconnect() {
    document.removeEventListener('consent-ready', this.#request);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}

/** `fill('{a} and {b}', {a: 'x', b: 'y'})` is `'x and y'`. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
