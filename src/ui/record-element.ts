/**
 * One's own record: what was chosen when, under which policy, and what before that; to take along as a file, and to erase.
 * It shows what is kept and keeps nothing itself.
 */

import {html, nothing} from 'lit/html.js';
import type {ConsentRecord} from '../consent/record.js';
import {ownDocument} from '../own-document.js';
import type {UiHost} from '../ui-contract.js';
import {markForReload, takeMark} from './after-reload.js';
import {type Action, ConsentElement} from './consent-element.js';
import {recordTextsIn} from './record-texts.js';
import {baseStyles} from './styles/base-styles.js';
import {recordStyles} from './styles/record-styles.js';
import {fill, listIn, nameOf} from './texts.js';

const ERASED = 'erased';

/**
 * Shows the visitor the record of the own choice, hands it out as a file and erases it.
 * @summary One's own record: shown, downloaded, erased
 * @tag consent-record
 * @attr {auto|light|dark} theme - default: as configured
 * @slot - what is shown without JavaScript
 * @csspart box - the surface
 * @csspart actions - the grid of buttons
 * @csspart button - every button
 * @cssprop [--consent-accent] - buttons and focus ring
 * @cssprop [--consent-on-accent] - text on the accent
 * @cssprop [--consent-background] - the surface
 * @cssprop [--consent-text] - text on the surface
 * @cssprop [--consent-muted] - secondary text
 * @cssprop [--consent-line] - the border
 * @cssprop [--consent-radius=0.75rem] - corners of the surface
 * @cssprop [--consent-font] - font family
 * @cssprop [--consent-font-size] - default: that of the page, at least 16 pixels
 */
export class ConsentRecordElement extends ConsentElement {
  static override styles: readonly string[] = [baseStyles, recordStyles];

  /** "Erase" was pressed once: it asks whether that is meant. */
  #isAsking = false;
  /** What has the focus once it is there: the button that was pressed may be gone. */
  #target: string | undefined;
  #isBack = false;

  override connect(core: UiHost): void {
    super.connect(core);
    this.#isBack ||= takeMark(ERASED);
  }

  protected override act(action: Action, core: UiHost): void {
    const texts = recordTextsIn(core.locale);
    if (action === 'download') {
      download('consent-record.json', exportOf(core));
      this.announce(texts.downloaded);
    } else if (action === 'erase' && this.#isAsking) {
      this.#isAsking = false;
      markForReload(ERASED);
      core.erase();
      this.#target = '.box';
      this.announce(texts.erased);
    } else {
      this.#isAsking = action === 'erase';
      this.#target = `[data-action="${this.#isAsking ? 'close' : 'erase'}"]`;
    }
    this.requestUpdate();
  }

  protected override render(): unknown {
    return this.core ? super.render() : html`<slot></slot>`;
  }

  protected override renderView(core: UiHost): unknown {
    const texts = recordTextsIn(core.locale);
    const history = core.history();
    const isThere = core.state.decidedAt !== null;
    const last = isThere ? history.at(-1) : undefined;
    const earlier = (isThere ? history.slice(0, -1) : [...history]).reverse();
    return html`<div class="box" part="box" role="group" aria-label=${texts.title} tabindex="-1">
      ${last ? this.#renderLast(core, last) : html`<p>${texts.none}</p>`}
      ${
        earlier.length
          ? html`<details>
              <summary>${fill(texts.history, {count: earlier.length})}</summary>
              <ol role="list">
                ${earlier.map((record) => this.#renderEarlier(core, record))}
              </ol>
            </details>`
          : nothing
      }
      ${last || earlier.length ? this.#renderActions(core) : nothing}
    </div>`;
  }

  protected override updated(): void {
    if (!this.core) return;
    if (this.#target) this.renderRoot.querySelector<HTMLElement>(this.#target)?.focus({preventScroll: true});
    this.#target = undefined;
    if (!this.#isBack) return;
    this.#isBack = false;
    this.renderRoot.querySelector<HTMLElement>('.box')?.focus({preventScroll: true});
    this.announce(recordTextsIn(this.core.locale).erased);
  }

  #renderLast(core: UiHost, record: ConsentRecord) {
    const texts = recordTextsIn(core.locale);
    const facts = [
      [texts.date, timeOf(core, record)],
      [texts.cause, texts.sources[record.source]],
      ...answersOf(core, record),
      [texts.policyVersion, record.policyVersion],
      [texts.id, record.id],
    ];
    return html`<dl>
        ${facts.map(([term, fact]) => (fact ? html`<dt>${term}</dt><dd>${fact}</dd>` : nothing))}
      </dl>
      <p class="small">${record.id ? texts.keptThere : texts.keptHere}</p>`;
  }

  #renderEarlier(core: UiHost, record: ConsentRecord) {
    const texts = recordTextsIn(core.locale);
    return html`<li>
      <b>${timeOf(core, record)}</b> <span>${texts.sources[record.source]}</span>
      <dl>${answersOf(core, record).map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>`)}</dl>
    </li>`;
  }

  #renderActions({locale}: UiHost) {
    const texts = recordTextsIn(locale);
    return this.#isAsking
      ? html`<div role="group" aria-labelledby="sure">
          <p id="sure" class="note">${texts.sure}</p>
          <div class="actions" part="actions">
            ${this.renderButton('close', texts.cancel, 'outlined')} ${this.renderButton('erase', texts.eraseNow, '')}
          </div>
        </div>`
      : html`<div class="actions" part="actions">
          ${this.renderButton('download', texts.download, 'outlined')}
          ${this.renderButton('erase', texts.erase, 'outlined')}
        </div>`;
  }
}

/** Everything that is kept of the visitor's choice, and for what: the record as the site would get it, and those before. */
function exportOf(core: UiHost): string {
  const {policy, controller} = core.settings;
  return JSON.stringify({...core.record(), policy, controller, history: core.history()}, null, 2);
}

const timeOf = ({locale}: UiHost, {decidedAt}: ConsentRecord) =>
  new Intl.DateTimeFormat(locale.lang, {dateStyle: 'long', timeStyle: 'short'}).format(decidedAt * 1000);

/** What was allowed and what refused, by name: categories, then the vendors that differ from theirs. */
function answersOf(core: UiHost, {categories, vendors}: ConsentRecord): [string, string][] {
  const texts = recordTextsIn(core.locale);
  const known = [...core.settings.categories, ...core.settings.vendors];
  const answers = Object.entries({...categories, ...vendors});
  const namesOf = (wanted: string) => {
    const names = answers.flatMap(([id, grant]) =>
      grant === wanted ? nameOf(core, known.find((one) => one.id === id) ?? {id}) : [],
    );
    return names.length ? listIn(core.locale, names) : texts.nothing;
  };
  return [
    [texts.granted, namesOf('granted')],
    [texts.denied, namesOf('denied')],
  ];
}

/** A link of our own that is in no page: no listener of the page hears of it. */
function download(name: string, text: string): void {
  const link = ownDocument.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = name;
  link.click();
  // Safari reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-record': ConsentRecordElement;
  }
}
