/**
 * A switch for one vendor or one category, for the paragraph of a privacy policy that speaks of it. What is pressed is
 * asked of the core at once; what is shown is what the core says, so that two switches for one vendor agree.
 */
import {html, nothing} from 'lit/html.js';
import type {Vendor} from '../config/types.js';
import type {Grant, Lock} from '../consent/grants.js';
import type {UiHost} from '../ui-contract.js';
import {formerOptOuts} from '../vendors/former-opt-outs.js';
import {warn} from '../warn.js';
import {markForReload, takeMark} from './after-reload.js';
import {AttributedElement} from './attributed-element.js';
import {optOutTextsIn} from './opt-out-texts.js';
import {baseStyles} from './styles/base-styles.js';
import {optOutStyles} from './styles/opt-out-styles.js';
import {switchStyles} from './styles/switch-styles.js';
import {describeVendor, fill, nameOf} from './texts.js';

/** Whom the switch is for. */
interface Subject {
  readonly kind: 'vendors' | 'categories';
  readonly id: string;
  readonly name: string;
  /** Absent where it is a category. */
  readonly vendor: Vendor | undefined;
  /** The vendors that it switches. */
  readonly vendors: readonly Vendor[];
  readonly lock: Lock | null;
}

/**
 * Lets the visitor stop, or allow, what goes to one vendor or for one category, where the page speaks of it.
 * @summary Switch inside a paragraph of a privacy policy, with the vendor's own opt-out page
 * @tag consent-opt-out
 * @attr {string} vendor - id of a vendor of the configuration
 * @attr {string} category - id of a category, in place of a vendor: switches all of its vendors
 * @attr {auto|light|dark} theme - default: as configured
 * @slot - what is shown without JavaScript, and where nobody has that id: a link to `#consent-opt-out=<id>`
 * @csspart box - the surface
 * @csspart switch - the switch
 * @csspart link - the link to the vendor's own opt-out page
 * @cssprop [--consent-accent] - switch and focus ring
 * @cssprop [--consent-on-accent] - knob of a switch that is on
 * @cssprop [--consent-background] - the surface
 * @cssprop [--consent-text] - text on the surface
 * @cssprop [--consent-muted] - secondary text
 * @cssprop [--consent-line] - the border
 * @cssprop [--consent-radius=0.75rem] - corners of the surface
 * @cssprop [--consent-font] - font family
 * @cssprop [--consent-font-size] - default: that of the page, at least 16 pixels
 */
export class ConsentOptOutElement extends AttributedElement {
  static override styles: readonly string[] = [baseStyles, switchStyles, optOutStyles];

  static override readonly observedAttributes = ['vendor', 'category'];

  #vendor: string | null = null;
  #category: string | null = null;
  /** The page has reloaded because of this switch: it says so and has the focus again. */
  #isBack = false;

  /**
   * Id of a vendor of the configuration.
   * @attr vendor
   * @default null
   */
  get vendor(): string | null {
    return this.#vendor;
  }
  set vendor(value: string | null) {
    this.#vendor = value;
    this.requestUpdate();
  }

  /**
   * Id of a category, in place of a vendor.
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

  override connect(core: UiHost): void {
    super.connect(core);
    const subject = this.#findSubject(core);
    if (subject) this.#isBack ||= takeMark(markOf(subject));
  }

  protected override render(): unknown {
    return this.core && this.#findSubject(this.core) ? super.render() : html`<slot></slot>`;
  }

  protected override renderView(core: UiHost): unknown {
    const {locale} = core;
    const texts = optOutTextsIn(locale);
    const subject = this.#findSubject(core) as Subject;
    const {kind, id, name, vendor, lock} = subject;
    const grant = grantOf(core, subject);
    const reasons = {required: locale.alwaysOn, gpc: locale.gpcHonoured, age: locale.ageLocked};
    const granted = core.state.decidedAt ? texts.allowed : texts.running;
    return html`<div class="box" part="box">
      <div class="row">
        <div>
          <label for="switch">${fill(vendor ? texts.toVendor : texts.forCategory, {name})}</label>
          <p id="state" class="small">
            ${grant === undefined ? texts.partly : grant === 'granted' ? granted : texts.stopped}
            ${lock ? reasons[lock] : nothing}
          </p>
        </div>
        <input
          type="checkbox"
          role="switch"
          part="switch"
          id="switch"
          data-vendor=${kind === 'vendors' ? id : nothing}
          data-category=${kind === 'categories' ? id : nothing}
          aria-describedby="state"
          .checked=${grant === 'granted'}
          .indeterminate=${!grant}
          ?disabled=${lock}
          @change=${this.#handleSwitch}
        />
      </div>
      ${vendor ? this.#renderOwnPage(core, vendor, name) : nothing}
    </div>`;
  }

  protected override updated(): void {
    if (!this.#isBack || !this.core) return;
    this.#isBack = false;
    this.renderRoot.querySelector('input')?.focus({preventScroll: true});
    this.#announce(this.core);
  }

  /** The vendor's own way out, beside ours: the present address, and what has become of the one in older policies. */
  #renderOwnPage(core: UiHost, vendor: Vendor, name: string) {
    const {locale} = core;
    const texts = optOutTextsIn(locale);
    const {optOutUrl} = describeVendor(core, vendor);
    const {status = 'current', url, checked = ''} = formerOptOuts[vendor.id] ?? {};
    const date =
      checked && new Intl.DateTimeFormat(locale.lang, {dateStyle: 'long'}).format(Date.parse(checked));
    return html`<p class="small">
        ${
          optOutUrl
            ? this.renderLink(optOutUrl, fill(texts.optOutPage, {name}), locale.newTab)
            : fill(texts.noOptOutPage, {name})
        }
      </p>
      ${
        // What gave way to a page is of no use where the site names none.
        url && status !== 'current' && (optOutUrl || status === 'closed')
          ? html`<p class="small">${fill(texts.former[status], {url, date})}</p>`
          : nothing
      }`;
  }

  #announce(core: UiHost) {
    const subject = this.#findSubject(core);
    if (!subject) return;
    const {name, vendor} = subject;
    const texts = optOutTextsIn(core.locale);
    const isGranted = grantOf(core, subject) === 'granted';
    const template = vendor
      ? isGranted
        ? texts.vendorGranted
        : core.locale.vendorDenied
      : isGranted
        ? texts.categoryGranted
        : texts.categoryDenied;
    this.announce(fill(template, {name, vendor: name}));
  }

  #findSubject(core: UiHost): Subject | undefined {
    const {settings} = core;
    const {vendor: vendorId, category: categoryId} = this;
    const isOffered = ({isBroken}: Vendor) => !isBroken;
    const vendor = settings.vendors.filter(isOffered).find(({id}) => id === vendorId);
    const category = settings.categories.find(({id}) => id === (vendor?.category ?? categoryId));
    if (!category || (vendorId !== null && !vendor)) {
      const got = vendorId === null ? `category="${categoryId}"` : `vendor="${vendorId}"`;
      warn('markup', `<consent-opt-out>: expected a vendor or category of the configuration, got ${got}`);
      return undefined;
    }
    return {
      kind: vendor ? 'vendors' : 'categories',
      id: (vendor ?? category).id,
      name: nameOf(core, vendor ?? category),
      vendor,
      vendors: vendor
        ? [vendor]
        : settings.vendors.filter((known) => known.category === category.id && isOffered(known)),
      lock: core.lockOf(category.id),
    };
  }

  readonly #handleSwitch = ({currentTarget}: Event) => {
    const input = currentTarget as HTMLInputElement;
    const core = this.core as UiHost;
    const subject = this.#findSubject(core);
    if (!subject) return;
    const grant: Grant = input.checked ? 'granted' : 'denied';
    markForReload(markOf(subject));
    core.decide(
      {
        categories: subject.vendor ? {} : {[subject.id]: grant},
        vendors: Object.fromEntries(subject.vendors.map(({id}) => [id, grant])),
      },
      'preferences',
    );
    // What was asked for may have been refused: the switch shows what is.
    input.checked = grantOf(core, subject) === 'granted';
    this.#announce(core);
  };
}

/** @returns what its vendors have in common, or `undefined` where they differ */
function grantOf({state}: UiHost, {kind, id, vendors}: Subject): Grant | undefined {
  const grants = vendors.map((vendor) => state.vendors[vendor.id] ?? 'denied');
  const [first = state[kind][id] ?? 'denied'] = grants;
  return grants.every((grant) => grant === first) ? first : undefined;
}

const markOf = ({kind, id}: Subject) => `${kind} ${id}`;

declare global {
  interface HTMLElementTagNameMap {
    'consent-opt-out': ConsentOptOutElement;
  }
}
