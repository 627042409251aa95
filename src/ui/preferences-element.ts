/**
 * The second layer: a switch for each category and for each vendor, with what is sent to whom and why. What has been
 * switched but not saved lives here and is forgotten on closing; everything else is the core's.
 */
import {html, nothing} from 'lit/html.js';
import type {CategoryConfig as Category, LocalizedText, Vendor} from '../config/types.js';
import type {Grant} from '../consent/grants.js';
import type {OpenOptions, UiHost} from '../ui-contract.js';
import {type Action, ConsentElement} from './consent-element.js';
import {baseStyles} from './styles/base-styles.js';
import {preferencesStyles} from './styles/preferences-styles.js';
import {switchStyles} from './styles/switch-styles.js';
import {countryIn, describeVendor, fill, listIn, nameOf, textIn} from './texts.js';

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
 * @attr {boolean} inline - part of the page instead of a dialog: always there, closes nothing
 * @attr {auto|light|dark} theme - default: as configured
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
  static override styles: readonly string[] = [baseStyles, switchStyles, preferencesStyles];

  #draft = emptyDraft();
  /** Where the focus goes once the dialog is on screen: a vendor, or with `''` the heading. */
  #target: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // A dialog that was moved with its element has to be opened anew.
    this.requestUpdate();
  }

  /** Opens the dialog with the stored choice, at this vendor. */
  override show({vendor}: OpenOptions): void {
    this.opened = true;
    this.#target = vendor ?? '';
    this.requestUpdate();
  }

  /** Forgets what has not been saved. */
  override close(): void {
    this.#draft = emptyDraft();
    this.requestUpdate();
    if (!this.opened) return;
    this.opened = false;
    // Before the dialog is emptied: this gives the focus back to the opener.
    this.#dialog?.close();
    this.core?.closed('preferences');
  }

  protected override act(action: Action, core: UiHost): void {
    // However often it is pressed, it is one choice.
    if (!this.opened && !this.hasAttribute('inline')) return;
    if (action === 'save') core.decide(this.#choice(core), 'preferences');
    if (action === 'accept-all') core.acceptAll('preferences');
    if (action === 'reject-all') core.rejectAll('preferences');
    if (action !== 'close') this.announce(core.locale.saved);
    this.close();
  }

  protected override renderView(core: UiHost): unknown {
    return this.hasAttribute('inline')
      ? this.#renderPanel(core)
      : html`<dialog aria-labelledby="title" closedby="any" @close=${this.close}>
          ${this.opened ? this.#renderPanel(core) : nothing}
        </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.#dialog;
    if (!dialog?.isConnected || !this.opened) return;
    if (!dialog.matches(':modal')) {
      dialog.open = false;
      dialog.showModal();
      // Hidden by an extension, a modal dialog would still block the page.
      if (!dialog.offsetHeight) this.close();
    }
    if (this.#target !== undefined) this.#focus(this.#target);
    this.#target = undefined;
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  #renderPanel(core: UiHost) {
    const {locale, settings, state} = core;
    const {name, contact} = settings.controller;
    const decidedAt = (state.decidedAt ?? 0) * 1000;
    const date = new Intl.DateTimeFormat(locale.lang, {dateStyle: 'long'}).format(decidedAt);
    return html`<div class="box" part="box">
      <div class="header">
        <h2 id="title" part="title" tabindex="-1">${locale.preferencesTitle}</h2>
        ${this.opened ? this.renderButton('close', html`<span class="hidden">${locale.close}</span>`, 'cross') : nothing}
      </div>
      <div class="body">
        <p>${locale.preferencesText}</p>
        ${decidedAt ? html`<p class="small">${fill(locale.chosenOn, {date})}</p>` : nothing}
        ${this.renderNotes(core)} ${settings.categories.map((category) => this.#renderCategory(category, core))}
        <p class="small">
          ${locale.thirdPartyCookies}
          ${core.kept.length ? fill(locale.notDeleted, {names: core.kept.join(', ')}) : nothing}<br />
          ${this.localized(name)} ${this.renderLink(contact, contact?.replace(/^\w+:/, ''))} ${this.renderLinks(core)}
        </p>
      </div>
      <div class="footer actions" part="actions">
        ${this.renderEqualButtons(core, 'outlined')} ${this.renderButton('save', locale.save, '')}
      </div>
    </div>`;
  }

  #renderCategory({id, name, description}: Category, core: UiHost) {
    const {locale} = core;
    const known = locale.categories[id];
    const lock = core.lockOf(id);
    const vendors = vendorsOf(core, id);
    const grant = this.#categoryGrant(core, id);
    const reasons = {required: locale.alwaysOn, gpc: locale.gpcHonoured, age: locale.ageLocked};
    return html`<fieldset part="category" id="v-${id}" tabindex="-1" aria-labelledby="c-${id}">
      <div class="row">
        <div>
          <h3><label id="c-${id}" for="cs-${id}">${this.localized(name) || known?.name || id}</label></h3>
          <p id="cd-${id}">
            ${this.localized(description) || known?.text}
            <b>${lock ? reasons[lock] : grant ? nothing : locale.mixed}</b>
          </p>
        </div>
        <input
          type="checkbox"
          role="switch"
          part="switch"
          id="cs-${id}"
          data-category=${id}
          aria-describedby="cd-${id}"
          .checked=${grant === 'granted'}
          .indeterminate=${!grant}
          ?disabled=${lock}
          @change=${this.#handleSwitch}
        />
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
    const {id, category, needs} = vendor;
    const {recipient, purpose, transmits, country, retention, privacyUrl, optOutUrl} = describeVendor(
      core,
      vendor,
    );
    const items = [transmits ?? []].flat() as LocalizedText[];
    const lock = core.lockOf(category);
    const isFree = this.#isFree(core, vendor);
    const names = core.settings.categories
      .filter((known) => needs.includes(known.id))
      .map((known) => nameOf(core, known));
    const facts = [
      [locale.recipient, this.localized(recipient)],
      [locale.country, country && countryIn(locale.lang, country)],
      [locale.purpose, this.localized(purpose)],
      [
        locale.transmits,
        listIn(
          locale,
          items.map((item) => textIn(locale, item)),
        ),
      ],
      [locale.retention, this.localized(retention)],
    ];
    return html`<li part="vendor" id="v-${id}" tabindex="-1">
      <div class="row">
        <label for="vs-${id}">${nameOf(core, vendor)}${names[1] ? ` (${names.join(' + ')})` : nothing}</label>
        ${
          lock === 'required'
            ? nothing
            : html`<input
                type="checkbox"
                role="switch"
                part="switch"
                id="vs-${id}"
                data-vendor=${id}
                .checked=${isFree && this.#grantOf('vendors', id, core) === 'granted'}
                ?disabled=${lock || !isFree}
                @change=${this.#handleSwitch}
              />`
        }
      </div>
      <dl>
        ${facts.map(([term, fact]) => (fact ? html`<dt>${term}</dt><dd>${fact}</dd>` : nothing))}
      </dl>
      <p class="small">
        ${this.renderLink(privacyUrl, locale.privacyPolicy, locale.newTab)}
        ${this.renderLink(optOutUrl, locale.vendorOptOut, locale.newTab)}
      </p>
    </li>`;
  }

  /** @param id of a vendor or category; of neither, the heading is where to start */
  #focus(id: string) {
    const place = this.renderRoot.getElementById(`v-${id}`);
    const details = place?.closest('details');
    if (details) details.open = true;
    place?.scrollIntoView({block: 'center'});
    const target = place?.querySelector<HTMLElement>('input:enabled') ?? place;
    (target ?? this.renderRoot.querySelector('h2'))?.focus({preventScroll: true});
  }

  #grantOf(kind: keyof Draft, id: string, {state}: UiHost): Grant {
    return this.#draft[kind][id] ?? state[kind][id] ?? 'denied';
  }

  /** What else the vendor needs is granted, as it is shown: until then its own switch says nothing. */
  #isFree(core: UiHost, {needs}: Vendor): boolean {
    return needs.slice(1).every((id) => this.#grantOf('categories', id, core) === 'granted');
  }

  /** @returns what is shown of each vendor of a category that can be switched, by id */
  #vendorGrants(core: UiHost, id: string): [id: string, grant: Grant][] {
    const free = vendorsOf(core, id).filter((vendor) => this.#isFree(core, vendor));
    return free.map((vendor) => [vendor.id, this.#grantOf('vendors', vendor.id, core)]);
  }

  /** @returns what its vendors have in common, or `undefined` where they differ */
  #categoryGrant(core: UiHost, id: string): Grant | undefined {
    const grants = this.#vendorGrants(core, id).map(([, grant]) => grant);
    const [first = this.#grantOf('categories', id, core)] = grants;
    return grants.every((grant) => grant === first) ? first : undefined;
  }

  /** Everything that could be switched, as it is shown. */
  #choice(core: UiHost): Draft {
    const choice = emptyDraft();
    for (const {id} of core.settings.categories) {
      if (core.lockOf(id)) continue;
      // Where the vendors differ, the rest of the category keeps the answer it had.
      choice.categories[id] = this.#categoryGrant(core, id) ?? this.#grantOf('categories', id, core);
      for (const [vendor, grant] of this.#vendorGrants(core, id)) choice.vendors[vendor] = grant;
    }
    return choice;
  }

  readonly #handleSwitch = ({currentTarget}: Event) => {
    const {checked, dataset} = currentTarget as HTMLInputElement;
    const {category, vendor} = dataset;
    const grant: Grant = checked ? 'granted' : 'denied';
    if (vendor) this.#draft.vendors[vendor] = grant;
    if (category) {
      this.#draft.categories[category] = grant;
      const core = this.core as UiHost;
      for (const {id, category: first, needs} of core.settings.vendors) {
        // With the last category that they need come those of several, too.
        const isComplete = checked && this.#grantOf('categories', first, core) === 'granted';
        if (first === category || (isComplete && needs.includes(category))) this.#draft.vendors[id] = grant;
      }
    }
    this.requestUpdate();
  };
}

/** A broken vendor stays denied whatever anyone chooses, so it is not offered. */
function vendorsOf({settings}: UiHost, categoryId: string): readonly Vendor[] {
  return settings.vendors.filter(({category, isBroken}) => category === categoryId && !isBroken);
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-preferences': ConsentPreferencesElement;
  }
}
