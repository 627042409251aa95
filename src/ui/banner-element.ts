/**
 * The first layer. Non-modal: the page stays usable, nothing is dimmed or locked, no focus is taken. The host itself is
 * the fixed box, so that whoever hides the element hides all of it.
 */
import {type CSSResultGroup, html, nothing} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ConsentState} from '../consent/grants.js';
import {type OpenOptions, pickText, type UiHost} from '../ui-contract.js';
import {type Action, ConsentElement, fill} from './consent-element.js';
import {describeVendor, vendorName} from './describe-vendor.js';
import {createSpace} from './reserve-space.js';
import {bannerStyles} from './styles/banner-styles.js';
import {baseStyles} from './styles/base-styles.js';

/** Recipients that are named before the rest is only counted. */
const MAX_NAMES = 3;

/**
 * Asks for consent, and says what a link has denied.
 * @summary First layer: a labelled region at the foot of the window
 * @tag consent-banner
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
  static override styles: CSSResultGroup = [baseStyles, bannerStyles];

  /** `bar` across the foot of the window, `box` in its corner. Default: as configured. */
  @property() layout?: 'bar' | 'box';

  /** What a link has denied: the banner says so instead of asking. */
  @state() private denied: string | undefined;
  /** The question is to be put once that has been read. */
  #waiting = false;
  /** Time of the choice that stood when the banner opened: a newer one closes it. */
  #decidedAt: number | null = null;
  #opener: Element | null = null;
  readonly #reserve = createSpace();
  readonly #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('data-nosnippet', '');
    // The top layer is above every z-index of the page.
    this.setAttribute('popover', 'manual');
    this.#present();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  /** Puts the question, or with `denied` says what has been denied. Takes no focus. */
  override show({denied}: OpenOptions): void {
    if (!this.core) return;
    if (denied) {
      this.#waiting ||= this.opened && !this.denied;
      this.denied = denied;
      this.announce(this.#message(this.core, denied));
    } else if (this.denied) {
      this.#waiting = true;
      return;
    }
    if (!this.opened) this.#opener = document.activeElement;
    this.#decidedAt = this.core.state.decidedAt;
    this.opened = true;
    this.requestUpdate();
    this.#present();
  }

  /** Writes nothing. */
  override close(): void {
    if (!this.opened) return;
    const hadFocus = this.matches(':focus-within');
    this.opened = this.#waiting = false;
    this.denied = undefined;
    this.requestUpdate();
    this.#present();
    if (hadFocus && this.#opener instanceof HTMLElement) this.#opener.focus({preventScroll: true});
    this.core?.closed('banner');
  }

  protected override act(action: Action, core: UiHost): void {
    switch (action) {
      case 'preferences':
        core.open('preferences');
        break;
      case 'undo':
        core.undo();
        this.announcer.announce(core.locale.undone);
        this.#dismiss(core);
        break;
      case 'close':
        this.#dismiss(core);
        break;
      default:
        if (action === 'accept-all') core.acceptAll('banner');
        else core.rejectAll('banner');
        this.announcer.announce(core.locale.saved);
        this.close();
    }
  }

  protected override handleState({decided, decidedAt}: ConsentState): void {
    if (decided && decidedAt !== this.#decidedAt && !this.denied) this.close();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.core && !this.layout) this.setAttribute('layout', this.core.settings.ui.layout);
  }

  protected override renderView(core: UiHost): unknown {
    const {locale, state} = core;
    if (!this.opened) return nothing;
    const close = this.renderButton('close', locale.close, 'plain');
    return html`<section class="box" part="box" role="region" aria-labelledby="title">
      <div class="content">
        <div class="text">
          <h2 id="title" part="title">
            ${this.denied ? this.#message(core, this.denied) : locale.bannerTitle}
          </h2>
          ${this.denied ? nothing : this.#renderQuestion(core)}
        </div>
        <div class="actions" part="actions">
          ${
            this.denied
              ? [this.renderButton('undo', locale.undo), close]
              : [
                  this.renderEqualButtons(),
                  this.renderButton('preferences', locale.settings, 'plain'),
                  state.decided ? close : nothing,
                ]
          }
        </div>
      </div>
    </section>`;
  }

  #renderQuestion(core: UiHost) {
    const {locale, settings, state} = core;
    const {lang, categories} = locale;
    const list = new Intl.ListFormat(lang);
    const purposes = settings.categories
      .filter(({required}) => !required)
      .map(({id, name}) => pickText(name, lang) || (categories[id]?.purpose ?? id));
    const recipients = this.#recipients(core);
    const text = state.regime === 'opt-in' ? locale.bannerText : locale.noticeText;
    return html`<p>
        ${fill(text, {
          controller: pickText(settings.controller.name, lang) || location.hostname,
          purposes: list.format(purposes),
        })}
      </p>
      ${this.renderChanges()} ${this.renderSignal(core)}
      <p class="small">
        ${recipients.length ? html`<b>${locale.recipients}</b> ${list.format(recipients)}<br />` : nothing}
        ${this.renderLinks()}
      </p>`;
  }

  /** Names of those who would receive data, each once; a long list is cut and counted. */
  #recipients({settings, locale}: UiHost) {
    const optional = settings.categories.filter(({required}) => !required).map(({id}) => id);
    const names = new Set(
      settings.vendors
        .filter(({category, broken}) => optional.includes(category) && !broken)
        .map((vendor) => pickText(describeVendor(vendor).recipient, locale.lang) || vendorName(vendor, locale.lang)),
    );
    const shown = [...names];
    if (shown.length > MAX_NAMES) {
      const count = shown.splice(MAX_NAMES - 1).length;
      shown.push(fill(locale.more, {count: `${count}`}));
    }
    return shown;
  }

  #message({settings, locale}: UiHost, denied: string) {
    if (denied === '*') return locale.allDenied;
    const vendor = settings.vendors.find(({id}) => id === denied);
    return fill(locale.vendorDenied, {vendor: vendor ? vendorName(vendor, locale.lang) : denied});
  }

  /** Closes the message; the question comes back where it was waiting and is still open. */
  #dismiss(core: UiHost) {
    if (this.#waiting && !core.state.decided) {
      this.#waiting = false;
      this.denied = undefined;
    } else {
      this.close();
    }
  }

  /** Shows or hides the box at once: the `open` attribute is all that the stylesheet looks at. */
  readonly #present = () => {
    this.toggleAttribute('open', this.opened);
    if (!this.isConnected) return;
    if (!this.opened) {
      this.#release();
      this.togglePopover?.(false);
      return;
    }
    // Nothing outside a page's own modal dialog can be used until that closes; on top, it would only be in the way.
    this.togglePopover?.(!document.querySelector(':modal'));
    document.addEventListener('close', this.#present, true);
    this.#observer.observe(this);
  };

  #release() {
    document.removeEventListener('close', this.#present, true);
    this.#observer.disconnect();
    this.#reserve(0);
  }

  /** A box in the corner leaves the page room enough. Hidden by an extension, the banner has no height. */
  #measure() {
    const isWide = this.offsetWidth > document.documentElement.clientWidth * 0.8;
    this.#reserve(isWide ? this.offsetHeight : 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-banner': ConsentBannerElement;
  }
}
