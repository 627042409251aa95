/**
 * The first layer. Non-modal: the page stays usable, nothing is dimmed or locked, no focus is taken. The host itself is
 * the fixed box, so that whoever hides the element hides all of it.
 */

import {html, nothing} from 'lit/html.js';
import type {ConsentState} from '../consent/grants.js';
import {ownDocument} from '../own-document.js';
import {NOTHING, type OpenOptions, type UiHost} from '../ui-contract.js';
import {type Action, ConsentElement} from './consent-element.js';
import {describeQuestion} from './describe-question.js';
import {bannerStyles} from './styles/banner-styles.js';
import {baseStyles} from './styles/base-styles.js';
import {fill, nameOf} from './texts.js';

/**
 * Asks for consent, and says what a link has denied.
 * @summary First layer: a labelled region at the foot of the window
 * @tag consent-banner
 * @attr {bar|box} layout - across the foot of the window, or in its corner; default: as configured
 * @attr {auto|light|dark} theme - default: as configured
 * @csspart box - the surface
 * @csspart title - the heading
 * @csspart actions - the grid of buttons
 * @csspart button - every button; accept and reject cannot be styled apart
 * @csspart link - every link
 * @cssprop [--consent-accent] - buttons, switches and focus ring
 * @cssprop [--consent-on-accent] - text on the accent
 * @cssprop [--consent-background] - the surface
 * @cssprop [--consent-text] - text on the surface
 * @cssprop [--consent-muted] - secondary text
 * @cssprop [--consent-line] - separators
 * @cssprop [--consent-radius=0.75rem] - corners of the surface
 * @cssprop [--consent-font] - font family
 * @cssprop [--consent-font-size] - default: that of the page, at least 16 pixels
 * @cssprop [--consent-max-width=72rem] - of the content of the bar
 * @cssprop [--consent-inset] - place in the window, as CSS `inset`
 */
export class ConsentBannerElement extends ConsentElement {
  static override styles: readonly string[] = [baseStyles, bannerStyles];

  /** What a link has denied: the banner says so instead of asking. */
  #denied: string | undefined;
  #note: string | undefined;
  /** The question is to be put once that has been read. */
  #waiting = false;
  /** The visitor has answered, and what carries the answer out has not come yet. */
  #answered = false;
  /** Time of the choice that stood when the banner opened: a newer one closes it. */
  #decidedAt: number | null = null;
  #opener: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('data-nosnippet', '');
    // The top layer is above every z-index of the page.
    this.setAttribute('popover', 'manual');
    this.opened ||= !!this.#firstLayer && this.hasAttribute('open');
    this.#present();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  /** Puts the question, or with `denied` says what has been denied. Takes no focus. */
  override show({denied, note}: OpenOptions): void {
    if (!this.core) return;
    if (denied) {
      this.#waiting ||= this.opened && !this.#denied;
      this.#denied = denied;
      this.#note ??= note;
      this.announce(
        [this.#message(this.core), this.#note, this.core.stopsLater && this.core.locale.stopsLater]
          .filter(Boolean)
          .join(' '),
      );
    } else if (this.#denied) {
      this.#waiting = true;
    }
    if (!this.opened) this.#opener = ownDocument.activeElement;
    this.#decidedAt = this.core.state.decidedAt;
    this.opened = true;
    this.#present();
  }

  override close(): void {
    if (!this.opened) return;
    const hadFocus = this.matches(':focus-within');
    this.opened = this.#waiting = false;
    this.#denied = this.#note = undefined;
    this.#present();
    // Who was nowhere is nowhere again, without a search for the place.
    if (hadFocus && this.#opener !== ownDocument.body)
      (this.#opener as HTMLElement | null)?.focus({preventScroll: true});
    this.core?.closed('banner');
  }

  protected override act(action: Action, core: UiHost): void {
    const {locale} = core;
    // However often it is pressed, it is one choice: where that is not carried out yet, a refusal.
    if (!this.opened && !(this.#answered && action === 'reject-all')) return;
    if (action === 'preferences') {
      core.open(action);
    } else if (action === 'close' || action === 'undo') {
      if (action === 'undo') {
        core.undo();
        this.announce(locale.undone);
      }
      // The question comes back where it was waiting and is still open.
      const isDue = this.#waiting && !core.state.decided;
      this.#denied = this.#note = undefined;
      if (isDue) this.show({});
      else this.close();
    } else {
      this.#answered = true;
      // The press is answered at once; what it means may take longer than a frame.
      this.close();
      core[action === 'accept-all' ? 'acceptAll' : 'rejectAll']('banner');
    }
  }

  protected override handleState({decided, decidedAt}: ConsentState): void {
    if (!decided) return;
    if (this.#answered && this.core) this.announce(this.core.locale.saved);
    this.#answered = false;
    if (decidedAt !== this.#decidedAt && !this.#denied) this.close();
  }

  /** Closed, it is out of sight at once. What stands in it goes after the frame that shows that. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.opened && this.hasUpdated) await new Promise((resolve) => setTimeout(resolve));
    super.scheduleUpdate();
  }

  protected override renderView(core: UiHost): unknown {
    const {locale, state} = core;
    if (!this.#takeOver() || !this.opened) return nothing;
    const close = this.renderButton('close', locale.close, 'plain');
    return html`<section class="box" part="box" role="region" aria-labelledby="title">
      <div class="content">
        <div class="text">
          <h2 id="title" part="title">${this.#denied ? this.#message(core) : locale.bannerTitle}</h2>
          ${
            this.#denied
              ? [this.#note, core.stopsLater && locale.stopsLater].map((text) =>
                  text ? html`<p>${text}</p>` : nothing,
                )
              : this.#renderQuestion(core)
          }
        </div>
        <div class="actions" part="actions">
          ${
            this.#denied
              ? [
                  this.#denied === NOTHING ? nothing : this.renderButton('undo', locale.undo, 'outlined'),
                  close,
                ]
              : [
                  this.renderEqualButtons(core, ''),
                  this.renderButton('preferences', locale.settings, 'plain'),
                  state.decided ? close : nothing,
                ]
          }
        </div>
      </div>
    </section>`;
  }

  /** The same, as it stands in the HTML of some pages (`inline/first-layer.ts`). */
  get #firstLayer() {
    return this.shadowRoot?.querySelector('[data-first-layer]');
  }

  /** @returns whether it has given way: not under the fingers of a visitor who is about to press something in it */
  #takeOver() {
    const first = this.#firstLayer;
    if (this.opened && first?.matches(':focus-within')) {
      first.addEventListener('focusout', () => setTimeout(() => this.requestUpdate()), {once: true});
      return false;
    }
    first?.remove();
    return true;
  }

  #renderQuestion(core: UiHost) {
    const {locale, state} = core;
    const {text, recipients} = describeQuestion(core, state.regime, location.hostname);
    return html`<p>${text}</p>
      ${this.renderNotes(core)}
      <p class="small">
        ${recipients ? html`<b>${locale.recipients}</b> ${recipients}<br />` : nothing}
        ${this.renderLinks(core)}
      </p>`;
  }

  #message(core: UiHost) {
    const {settings, locale} = core;
    if (this.#denied === NOTHING) return locale.saved;
    const denied = [...settings.vendors, ...settings.categories].find(({id}) => id === this.#denied);
    return denied ? fill(locale.vendorDenied, {vendor: nameOf(core, denied)}) : locale.allDenied;
  }

  /** Shows or hides the box at once: the `open` attribute is all that the stylesheet looks at. */
  readonly #present = () => {
    this.requestUpdate();
    this.toggleAttribute('open', this.opened);
    if (!this.isConnected) return;
    // Nothing outside a page's own modal dialog can be used until that closes; on top, it would only be in the way.
    this.togglePopover?.(this.opened && !ownDocument.querySelector(':modal'));
    if (!this.opened) return this.#release();
    ownDocument.addEventListener('close', this.#present, true);
  };

  #release() {
    ownDocument.removeEventListener('close', this.#present, true);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-banner': ConsentBannerElement;
  }
}
