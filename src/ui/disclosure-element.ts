/**
 * The list of recipients on a page of the site: who receives what, what for, and what the visitor has chosen. It shows what
 * the gate acts on, so the two cannot drift apart. Asks for nothing, changes nothing: its links are those of any page.
 */

import {html, nothing} from 'lit/html.js';
import {
  describeRecipients,
  joinItems,
  type RecipientGroup,
  type RecipientRow,
} from '../disclosure/describe-recipients.js';
import {type DisclosureTexts, disclosureTexts, textsIn} from '../disclosure/texts.js';
import {ownDocument} from '../own-document.js';
import type {UiHost} from '../ui-contract.js';
import {AttributedElement} from './attributed-element.js';
import {baseStyles} from './styles/base-styles.js';
import {disclosureStyles} from './styles/disclosure-styles.js';
import {fill} from './texts.js';

/**
 * Tells who receives what.
 * @summary Recipients by category: a table, or the notice that Japan's rule on external transmission demands
 * @tag consent-disclosure
 * @attr {auto|light|dark} theme - default: as configured
 * @slot - shown until the list is there, and where scripts are off: what `consent-gate disclosure` prints
 * @csspart box - the surface
 * @csspart title - the caption of a table, the heading of a notice
 * @csspart category - one category with its recipients
 * @csspart vendor - one recipient
 * @csspart state - what the visitor has chosen
 * @csspart link - every link
 * @cssprop [--consent-accent] - focus ring
 * @cssprop [--consent-background] - the surface
 * @cssprop [--consent-text] - text on the surface
 * @cssprop [--consent-muted] - secondary text
 * @cssprop [--consent-line] - separators
 * @cssprop [--consent-radius=0.75rem] - corners of the surface
 * @cssprop [--consent-font] - font family
 * @cssprop [--consent-font-size] - default: that of the page, at least 16 pixels
 */
export class ConsentDisclosureElement extends AttributedElement {
  static override styles: readonly string[] = [baseStyles, disclosureStyles];

  static override readonly observedAttributes = ['profile', 'vendors', 'category'];

  #profile: string | null = null;
  #vendors: string | null = null;
  #category: string | null = null;

  /**
   * `jp`: recipient, what is sent and purpose of each, one below the other, as Japan's rule on external transmission has
   * it; in Japanese unless the page is in another language that there are texts in. Default: a table.
   * @attr profile
   * @default null
   */
  get profile(): string | null {
    return this.#profile;
  }
  set profile(value: string | null) {
    this.#profile = value;
    this.requestUpdate();
  }

  /**
   * Ids of the vendors to show, with blanks between them. Default: all.
   * @attr vendors
   * @default null
   */
  get vendors(): string | null {
    return this.#vendors;
  }
  set vendors(value: string | null) {
    this.#vendors = value;
    this.requestUpdate();
  }

  /**
   * Ids of the categories to show, with blanks between them. Default: all.
   * @attr category
   * @default null
   */
  get category(): string | null {
    return this.#category;
  }
  set category(value: string | null) {
    this.#category = value;
    this.requestUpdate();
  }

  /** Part of the page: always there. */
  override show(): void {}
  override close(): void {}
  protected override act(): void {}

  protected override willUpdate(): void {
    super.willUpdate();
    if (!this.core) return;
    const {lang, dir} = this.#texts(this.core);
    this.lang = lang;
    this.dir = dir;
  }

  protected override render(): unknown {
    return this.core ? super.render() : html`<slot></slot>`;
  }

  protected override renderView(core: UiHost): unknown {
    const texts = this.#texts(core);
    const {settings, disclosures} = core;
    const groups = describeRecipients({
      categories: settings.categories,
      vendors: settings.vendors,
      disclosures,
      language: texts.lang,
      only: {...idsIn('vendors', this.vendors), ...idsIn('categories', this.category)},
    });
    if (!groups.length) return html`<div class="box" part="box"><p>${texts.none}</p></div>`;
    return html`<div class="box" part="box">
      ${
        this.#isJp
          ? html`<h3 part="title">${texts.jpCaption}</h3>
              <p>${texts.jpIntroduction}</p>
              <p>${texts.jpChoice}</p>
              ${groups.map((group) => this.#renderNotice(group, texts))}`
          : groups.map((group) => this.#renderTable(group, texts))
      }
    </div>`;
  }

  get #isJp() {
    return this.profile === 'jp';
  }

  /** The notice is in Japanese where the page does not say that it is in another language that there are texts in. */
  #texts({locale}: UiHost): DisclosureTexts {
    const [page = ''] = ownDocument.documentElement.lang.split('-');
    return textsIn(this.#isJp && !disclosureTexts[page] ? 'ja' : locale.lang);
  }

  /** Roles are written down, because a table that is laid out as cards loses its own. */
  #renderTable({id, name, recipients}: RecipientGroup, texts: DisclosureTexts) {
    const heads = [texts.recipient, texts.transmits, texts.purpose, texts.keeping, texts.links, texts.state];
    return html`<table role="table" part="category" aria-labelledby="c-${id}">
      <caption id="c-${id}" part="title"><span class="hidden">${texts.caption}: </span>${name}</caption>
      <thead role="rowgroup">
        <tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${recipients.map((row) => this.#renderRow(row, texts, heads))}
      </tbody>
    </table>`;
  }

  #renderRow(row: RecipientRow, texts: DisclosureTexts, heads: readonly string[]) {
    const cells = [
      renderItems(row, texts),
      inLanguage(row, 'purpose'),
      html`${row.retention ? html`<p>${inLanguage(row, 'retention')}</p>` : nothing}${renderCookies(row, texts)}`,
      this.#renderAddresses(row, texts),
      this.#renderState(row, texts),
    ];
    const hasCell = [
      row.transmits[0],
      row.purpose,
      row.retention || row.cookies[0],
      row.privacyUrl || row.optOutUrl,
      true,
    ];
    return html`<tr role="row" part="vendor" data-vendor=${row.id}>
      <th role="rowheader" scope="row">
        <b>${inLanguage(row, 'name')}</b>
        ${row.recipient && row.recipient !== row.name ? html`<p>${inLanguage(row, 'recipient')}</p>` : nothing}
        ${row.country ? html`<p class="small">${row.country}</p>` : nothing}
      </th>
      ${cells.map(
        (cell, index) =>
          html`<td role="cell" data-label=${heads[index + 1]} class=${hasCell[index] ? '' : 'empty'}>${cell}</td>`,
      )}
    </tr>`;
  }

  /** The three items first, in the order in which Japan's rule names them. */
  #renderNotice({id, name, recipients}: RecipientGroup, texts: DisclosureTexts) {
    return html`<section part="category" aria-labelledby="c-${id}">
      <h4 id="c-${id}">${name}</h4>
      ${recipients.map((row) => {
        const facts = [
          [texts.recipient, row.recipient && [inLanguage(row, 'recipient'), fillAside(row.country, texts)]],
          [texts.transmits, row.transmits.length && renderItems(row, texts)],
          [texts.purpose, row.purpose && inLanguage(row, 'purpose')],
          [texts.retention, row.retention && inLanguage(row, 'retention')],
          [texts.cookies, row.cookies.length && renderCookies(row, texts)],
          [texts.links, (row.privacyUrl || row.optOutUrl) && this.#renderAddresses(row, texts)],
          [texts.state, this.#renderState(row, texts)],
        ];
        return html`<div class="vendor" part="vendor" data-vendor=${row.id}>
          <h5>${inLanguage(row, 'name')}</h5>
          <dl>
            ${facts.map(([term, fact]) =>
              fact ? html`<div><dt>${term}</dt><dd>${fact}</dd></div>` : nothing,
            )}
          </dl>
        </div>`;
      })}
    </section>`;
  }

  #renderAddresses({privacyUrl, optOutUrl}: RecipientRow, texts: DisclosureTexts) {
    return [
      this.renderLink(privacyUrl, texts.privacyPolicy, texts.newTab),
      this.renderLink(optOutUrl, texts.optOut, texts.newTab),
    ];
  }

  #renderState({id, name, isRequired}: RecipientRow, texts: DisclosureTexts) {
    const isOn = this.core?.state.vendors[id] === 'granted';
    if (isRequired) return html`<span part="state" class="on">${texts.alwaysOn}</span>`;
    return html`<span part="state" class=${isOn ? 'on' : 'off'}>${isOn ? texts.on : texts.off}</span>
      <a part="link" class="change" href="#consent=${id}" aria-label=${fill(texts.changeOf, {name})}>${texts.change}</a>`;
  }
}

const idsIn = (name: 'vendors' | 'categories', list: string | null) =>
  list === null ? {} : {[name]: list.split(/\s+/)};

/** A text that there is in another language only says which it is in. */
function inLanguage(row: RecipientRow, field: 'name' | 'recipient' | 'purpose' | 'retention'): unknown {
  const language = row.foreign[field];
  return language ? html`<span lang=${language}>${row[field]}</span>` : row[field];
}

function renderItems({transmits, foreign}: RecipientRow, {lang}: DisclosureTexts): unknown {
  const language = foreign['transmits'];
  return html`<span lang=${language ?? nothing}>${joinItems(transmits, language ?? lang)}</span>`;
}

const fillAside = (what: string, texts: DisclosureTexts) => (what ? fill(texts.aside, {what}) : '');

function renderCookies({cookies}: RecipientRow, texts: DisclosureTexts) {
  return cookies.length
    ? html`<ul>
        ${cookies.map(({name, lifetime}) => html`<li><code>${name}</code>${fillAside(lifetime, texts)}</li>`)}
      </ul>`
    : nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-disclosure': ConsentDisclosureElement;
  }
}
