/**
 * The second layer: a switch for each category and for each vendor, with what is sent to whom and why. What has been
 * switched but not saved lives here and is forgotten on closing; everything else is the core's.
 */
import {type CSSResultGroup, html, nothing} from 'lit';
import {property} from 'lit/decorators.js';
import type {Category, LocalizedText, Vendor} from '../config/types.js';
import type {Grant} from '../consent/grants.js';
import {type OpenOptions, pickText, type UiHost} from '../ui-contract.js';
import {type Action, ConsentElement, fill} from './consent-element.js';
import {describeVendor, vendorName} from './describe-vendor.js';
import {baseStyles} from './styles/base-styles.js';
import {preferencesStyles} from './styles/preferences-styles.js';

/** What has been switched since the view opened; only that is kept when a choice arrives from another tab. */
interface Draft {
  categories: Record<string, Grant>;
  vendors: Record<string, Grant>;
}

const emptyDraft = (): Draft => ({categories: {}, vendors: {}});

/**
 * Lets the visitor choose by category and by vendor.
 * @summary Second layer: a modal dialog, or with `inline` a part of the page
 * @tag consent-preferences
 * @csspart box - the surface
 * @csspart title - the heading
 * @csspart category - one category with its vendors
 * @csspart vendor - one vendor
 * @csspart switch - every switch
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
 */
export class ConsentPreferencesElement extends ConsentElement {
  static override styles: CSSResultGroup = [baseStyles, preferencesStyles];

  /** Part of the page instead of a dialog: always there, closes nothing. */
  @property({type: Boolean, reflect: true}) inline = false;

  #draft = emptyDraft();
  /** Where the focus goes once the dialog is on screen: a vendor, or with `''` the heading. */
  #target: string | undefined;
  #pressed: EventTarget | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Opens the dialog with the stored choice, at this vendor. */
  override show({vendor}: OpenOptions): void {
    if (!this.opened) this.#draft = emptyDraft();
    this.opened = true;
    this.#target = vendor ?? '';
    this.requestUpdate();
  }

  /** Forgets what has not been saved. */
  override close(): void {
    if (!this.opened) return;
    this.opened = false;
    this.#draft = emptyDraft();
    this.requestUpdate();
    // Before the dialog is emptied: this gives the focus back to the opener.
    this.#dialog?.close();
    this.core?.closed('preferences');
  }

  protected override act(action: Action, core: UiHost): void {
    if (action === 'save') core.decide(this.#choice(core), 'preferences');
    if (action === 'accept-all') core.acceptAll('preferences');
    if (action === 'reject-all') core.rejectAll('preferences');
    this.#draft = emptyDraft();
    this.close();
    this.requestUpdate();
    if (action !== 'close') this.announce(core.locale.saved);
  }

  protected override renderView(core: UiHost): unknown {
    if (this.inline) return this.#renderPanel(core);
    return html`<dialog
      aria-labelledby="title"
      @close=${this.close}
      @pointerdown=${this.#handlePress}
      @click=${this.#handleBackdrop}
    >
      ${this.opened ? this.#renderPanel(core) : nothing}
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.#dialog;
    if (!this.opened || !dialog || !this.isConnected) return;
    if (!dialog.matches(':modal')) {
      // A dialog that was moved with its element says it is open and is not.
      dialog.open = false;
      dialog.showModal();
    }
    if (this.#target !== undefined) this.#focus(this.#target);
    this.#target = undefined;
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  #renderPanel(core: UiHost) {
    const {locale, settings, state} = core;
    const {controller} = settings;
    const date = new Intl.DateTimeFormat(locale.lang, {dateStyle: 'long'});
    return html`<div class="box" part="box">
      <header>
        <h2 id="title" part="title" tabindex="-1">${locale.preferencesTitle}</h2>
        ${this.inline ? nothing : this.renderButton('close', html`<span class="hidden">${locale.close}</span>`, 'cross')}
      </header>
      <div class="body">
        <p>${locale.preferencesText}</p>
        <p class="small">
          ${
            state.decidedAt === null
              ? locale.notChosen
              : fill(locale.chosenOn, {date: date.format(state.decidedAt * 1000)})
          }
        </p>
        ${this.renderChanges()} ${settings.categories.map((category) => this.#renderCategory(category, core))}
        <p class="small">${locale.thirdPartyCookies}</p>
        <p class="small">
          ${this.localized(controller.name)}
          ${
            controller.contact
              ? html`<a part="link" href=${controller.contact}>${controller.contact.replace(/^\w+:(\/\/)?/, '')}</a> `
              : nothing
          }
          ${this.renderLinks()}
        </p>
      </div>
      <footer class="actions" part="actions">
        ${this.renderEqualButtons('outlined')} ${this.renderButton('save', locale.save)}
      </footer>
    </div>`;
  }

  #renderCategory(category: Category, core: UiHost) {
    const {id, name, description} = category;
    const {locale} = core;
    const known = locale.categories[id];
    const lock = core.lockOf(id);
    const vendors = vendorsOf(core, id);
    const grant = this.#categoryGrant(core, id);
    const reason = {required: locale.alwaysOn, gpc: locale.gpcHonoured, age: locale.ageLocked, mixed: locale.mixed};
    const note = lock ?? (grant ? undefined : 'mixed');
    return html`<fieldset part="category" aria-labelledby="c-${id}">
      <div class="row">
        <h3><label id="c-${id}" for="cs-${id}">${name ? this.localized(name) : (known?.name ?? id)}</label></h3>
        <input
          type="checkbox"
          role="switch"
          part="switch"
          id="cs-${id}"
          data-category=${id}
          aria-describedby="cd-${id}"
          .checked=${grant === 'granted'}
          .indeterminate=${!grant}
          ?disabled=${lock !== null}
          @change=${this.#handleSwitch}
        />
      </div>
      <div id="cd-${id}">
        <p>${description ? this.localized(description) : known?.text}</p>
        ${note ? html`<p class="note">${reason[note]}</p>` : nothing}
      </div>
      ${
        vendors.length
          ? html`<details>
              <summary>${locale.recipients} (${vendors.length})</summary>
              <ul>
                ${vendors.map((vendor) => this.#renderVendor(vendor, core))}
              </ul>
            </details>`
          : nothing
      }
    </fieldset>`;
  }

  #renderVendor(vendor: Vendor, core: UiHost) {
    const {locale} = core;
    const {id, category} = vendor;
    const {recipient, purpose, transmits, country, retention, privacyUrl, optOutUrl} = describeVendor(vendor);
    const items = Array.isArray(transmits) ? (transmits as readonly LocalizedText[]) : [transmits as LocalizedText];
    const lock = core.lockOf(category);
    return html`<li part="vendor" id="v-${id}" tabindex="-1">
      <div class="row">
        <label for="vs-${id}">${this.localized(describeVendor(vendor).name) || id}</label>
        ${
          lock === 'required'
            ? nothing
            : html`<input
                type="checkbox"
                role="switch"
                part="switch"
                id="vs-${id}"
                data-vendor=${id}
                .checked=${this.#grantOf('vendors', id, core) === 'granted'}
                ?disabled=${lock !== null}
                @change=${this.#handleSwitch}
              />`
        }
      </div>
      <dl>
        ${this.#renderFact(locale.recipient, this.localized(recipient))}
        ${this.#renderFact(locale.country, country && countryName(country, locale.lang))}
        ${this.#renderFact(locale.purpose, this.localized(purpose))}
        ${this.#renderFact(locale.transmits, transmits && items.map((item) => html`<div>${this.localized(item)}</div>`))}
        ${this.#renderFact(locale.retention, this.localized(retention))}
      </dl>
      <p>${this.#renderLink(privacyUrl, locale.vendorPolicy)} ${this.#renderLink(optOutUrl, locale.vendorOptOut)}</p>
    </li>`;
  }

  #renderFact(term: string, value: unknown) {
    return value ? html`<dt>${term}</dt><dd>${value}</dd>` : nothing;
  }

  #renderLink(href: string | undefined, label: string) {
    const {newTab} = (this.core as UiHost).locale;
    return href
      ? html`<a part="link" class="external" href=${href} target="_blank" rel="noopener"
          >${label}<span class="hidden"> ${newTab}</span></a
        > `
      : nothing;
  }

  #focus(id: string) {
    const root = this.renderRoot as ShadowRoot;
    const vendor = id && root.getElementById(`v-${id}`);
    const details = vendor && vendor.closest('details');
    if (details) details.open = true;
    const control = vendor && vendor.querySelector<HTMLElement>('input:enabled');
    const target = control || vendor || root.getElementById('title');
    if (vendor) vendor.scrollIntoView({block: 'center'});
    target?.focus({preventScroll: Boolean(vendor)});
  }

  #grantOf(kind: keyof Draft, id: string, {state}: UiHost): Grant {
    return this.#draft[kind][id] ?? state[kind][id] ?? 'denied';
  }

  /** @returns what its vendors have in common, or `undefined` where they differ */
  #categoryGrant(core: UiHost, id: string): Grant | undefined {
    const grants = new Set(vendorsOf(core, id).map((vendor) => this.#grantOf('vendors', vendor.id, core)));
    if (core.lockOf(id) || !grants.size) return this.#grantOf('categories', id, core);
    const [first, other] = grants;
    return other ? undefined : first;
  }

  /** Everything that could be switched, as it is shown. */
  #choice(core: UiHost): Draft {
    const choice = emptyDraft();
    for (const {id} of core.settings.categories) {
      if (core.lockOf(id)) continue;
      // Where the vendors differ, the rest of the category keeps the answer it had.
      choice.categories[id] = this.#categoryGrant(core, id) ?? this.#grantOf('categories', id, core);
      for (const vendor of vendorsOf(core, id)) {
        choice.vendors[vendor.id] = this.#grantOf('vendors', vendor.id, core);
      }
    }
    return choice;
  }

  readonly #handleSwitch = (event: Event) => {
    const {checked, dataset} = event.currentTarget as HTMLInputElement;
    const grant: Grant = checked ? 'granted' : 'denied';
    if (dataset['vendor']) this.#draft.vendors[dataset['vendor']] = grant;
    if (dataset['category']) {
      this.#draft.categories[dataset['category']] = grant;
      for (const {id} of vendorsOf(this.core as UiHost, dataset['category'])) this.#draft.vendors[id] = grant;
    }
    this.requestUpdate();
  };

  readonly #handlePress = ({target}: Event) => {
    this.#pressed = target;
  };

  /** The panel fills the dialog, so what hits the dialog itself hits its backdrop. A drag out of the panel does not. */
  readonly #handleBackdrop = ({target}: Event) => {
    if (target === this.#dialog && target === this.#pressed) this.close();
  };
}

/** A broken vendor stays denied whatever anyone chooses, so it is not offered. */
function vendorsOf({settings}: UiHost, categoryId: string): readonly Vendor[] {
  return settings.vendors.filter(({category, broken}) => category === categoryId && !broken);
}

function countryName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, {type: 'region'}).of(code) ?? code;
  } catch {
    // Not a code: the site wrote the country in words.
    return code;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-preferences': ConsentPreferencesElement;
  }
}
