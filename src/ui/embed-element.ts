/**
 * A frame behind a placeholder. The frame is marked up like any other, a child of the element, and the gate is who fills
 * and empties it; the element shows what it finds there. Only "show once" sets the address here: the visitor has pressed
 * the button of this very frame, and nothing is stored of it.
 *
 *   attributes -> <iframe data-consent data-vendor data-src> -> gate -> src -> shown
 */

import {html, nothing, svg} from 'lit/html.js';
import type {Vendor} from '../config/types.js';
import type {ConsentState, Grants, Lock} from '../consent/grants.js';
import {ownDocument} from '../own-document.js';
import {ConsentConnectEvent, type UiHost} from '../ui-contract.js';
import {warn} from '../warn.js';
import {type Embed, idAttributes, resolveEmbed} from './embed-providers.js';
import {type EmbedTexts, embedTextsIn} from './embed-texts.js';
import {RenderedElement} from './rendered-element.js';
import {baseStyles} from './styles/base-styles.js';
import {embedStyles} from './styles/embed-styles.js';
import {countryIn, describeVendor, fill, listIn, nameOf, textIn} from './texts.js';

/** The part of `window.consentGate` that tells, without any download, whether a placeholder is wanted at all. */
interface PublicGate {
  subscribe(listener: (state: ConsentState) => void): () => void;
  watch(root: ShadowRoot): void;
}

/** What the frame gets of the author's attributes, as written. */
const HANDED_ON = ['title', 'allow', 'allowfullscreen', 'loading', 'sandbox', 'name'];

const OBSERVED = [
  'vendor',
  'category',
  'src',
  'href',
  'width',
  'height',
  'referrerpolicy',
  ...idAttributes,
  ...HANDED_ON,
];

/** Milliseconds. Screen readers only announce what changes in a region they have already seen. */
const REGION_SEEN = 100;

/** Shadow roots whose marked-up tags are gated on behalf of an embed in them. */
const watched = new WeakSet<Node>();

/**
 * Shows a frame of somebody else's once the visitor allows it: this one once, or all of that vendor from now on. Until
 * then nothing is asked of that vendor, no picture and no connection either.
 *
 * What stands between its tags is shown where no script runs, and as part of the placeholder.
 * @summary A frame behind a placeholder
 * @tag consent-embed
 * @attr {string} vendor - id of the vendor, declared in the configuration or not; `youtube`, `vimeo`, `google-maps`, `x-embed` and `zoom` need no `src`
 * @attr {string} src - address of the frame, `https:`
 * @attr {string} video - id of a video of YouTube or Vimeo (there, `id/key` for one that is not listed)
 * @attr {string} query - what Google Maps is to show
 * @attr {string} post - id of a post on X
 * @attr {string} meeting - number of a Zoom meeting
 * @attr {string} category - whose grant counts where nobody declared the vendor; default: as in the catalogue, else `advertising`
 * @attr {string} href - page of the provider's own about it; default: known for ids
 * @attr {string} title - what the frame shows: its name, and the heading of the placeholder
 * @attr {string} width - pixels, or a percentage; default: all there is
 * @attr {string} height - pixels; with a width in pixels their ratio is kept; default: 16 to 9
 * @attr {string} allow - handed on to the frame
 * @attr {boolean} allowfullscreen - handed on to the frame
 * @attr {lazy|eager} loading - handed on to the frame
 * @attr {string} name - handed on to the frame
 * @attr {string} sandbox - handed on to the frame
 * @attr {string} referrerpolicy - handed on to the frame; default: `strict-origin-when-cross-origin`
 * @attr {auto|light|dark} theme - default: as configured, else that of the page
 * @slot - words and links of the author's, for when the frame is not shown
 * @slot poster - a picture of the site's own, behind the placeholder
 * @slot frame - the frame; put there by the element itself
 * @csspart box - the placeholder
 * @csspart title - its heading
 * @csspart actions - the grid of buttons
 * @csspart button - both buttons; they cannot be styled apart
 * @csspart link - every link
 * @cssprop [--consent-accent] - buttons and focus ring
 * @cssprop [--consent-on-accent] - text on the accent
 * @cssprop [--consent-background] - the surface
 * @cssprop [--consent-text] - text on the surface
 * @cssprop [--consent-muted] - secondary text
 * @cssprop [--consent-line] - the edge
 * @cssprop [--consent-radius=0.75rem] - corners of the surface
 * @cssprop [--consent-font] - font family
 * @cssprop [--consent-font-size] - default: that of the page, at least 16 pixels
 */
export class ConsentEmbedElement extends RenderedElement {
  static override styles: readonly string[] = [baseStyles, embedStyles];

  static readonly observedAttributes: readonly string[] = OBSERVED;

  #core: UiHost | undefined;
  #state: ConsentState | undefined;
  #unsubscribe: (() => void) | undefined;
  #embed: Embed = {vendor: '', host: ''};
  #frame: HTMLIFrameElement | undefined;
  /** Loaded by the visitor's press on this very element: out of the gate's hands until it is emptied. */
  #isOnce = false;
  /** A button was pressed: what it reveals gets the focus. */
  #isAwaited = false;
  /** The core has been asked for, and is on its way. */
  #hasAsked = false;
  /** The attributes have changed. */
  #isStale = true;
  #status = '';
  /** The size that the attributes ask for; a sheet, since a strict policy forbids `style`. */
  #size: CSSStyleSheet | undefined;
  readonly #observer = new MutationObserver(() => this.#handleFrame());

  override connectedCallback(): void {
    super.connectedCallback();
    ownDocument.addEventListener('consent-ready', this.#greet);
    if (this.#core) this.connect(this.#core);
    this.#greet();
  }

  disconnectedCallback(): void {
    ownDocument.removeEventListener('consent-ready', this.#greet);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    this.#isStale ||= before !== now;
    this.requestUpdate();
  }

  /** Gives the element its core, which answers `consent-connect` by this. */
  connect(core: UiHost): void {
    this.#core = core;
    this.#unsubscribe?.();
    this.#unsubscribe = core.subscribe(this.#handleState);
    this.#isStale = true;
    if (!this.hasAttribute('theme')) this.setAttribute('theme', core.settings.ui.theme);
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    // A core that answers at once makes it stale again.
    while (this.#isStale) {
      this.#isStale = false;
      this.#embed = resolveEmbed((name) => this.getAttribute(name), ownDocument.baseURI);
      if (this.#embed.mistake) warn('markup', this.#embed.mistake);
      this.#resize();
      this.#furnish();
      this.#askIfNeeded();
    }
  }

  protected override render(): unknown {
    const isShown = this.#isFilled;
    return html`<slot name="frame"></slot>
      ${isShown ? nothing : html`<slot name="poster"></slot>${this.#renderPlace()}`}
      <p class="hidden" role="status">${this.#status}</p>`;
  }

  protected override updated(): void {
    if (!this.#isAwaited || !this.#isFilled) return;
    this.#isAwaited = false;
    const active = ownDocument.activeElement;
    // A visitor who has gone elsewhere meanwhile stays there.
    if (active && active !== ownDocument.body && active !== this) return;
    this.#frame?.focus({preventScroll: true});
  }

  get #isFilled() {
    return this.#frame?.hasAttribute('src') ?? false;
  }

  /** The declared vendor, if it is one that can be granted. */
  get #vendor(): Vendor | undefined {
    return this.#core?.settings.vendors.find(({id, isBroken}) => id === this.#embed.vendor && !isBroken);
  }

  /** Unknown as long as the page may have declared a vendor that nobody else has heard of. */
  get #category(): string | undefined {
    const known = this.getAttribute('category') ?? this.#embed.provider?.category;
    return this.#vendor?.category ?? known ?? (this.#core && 'advertising');
  }

  /** As the gate asks: the vendor's own grant where it is declared, and that of the category in the markup. */
  #isGranted({vendors, categories}: ConsentState) {
    const {vendor} = this.#embed;
    const own = grantIn(vendors, vendor);
    if (this.#vendor) return own === 'granted';
    return (own ?? 'granted') === 'granted' && grantIn(categories, this.#category ?? '') === 'granted';
  }

  /** The gate may be there before the element, or after it. */
  readonly #greet = () => {
    const gate = findGate();
    const root = this.getRootNode();
    if (gate && root instanceof ShadowRoot && !watched.has(root)) {
      watched.add(root);
      gate.watch(root);
    }
    this.#hasAsked = false;
    this.#unsubscribe ??= gate?.subscribe(this.#handleState);
    this.#askIfNeeded();
  };

  /** Asks for the texts, unless the frame is let in already: then nobody needs them. */
  #askIfNeeded() {
    if (this.#core || this.#hasAsked || this.#isStale || !this.isConnected) return;
    if (this.#state && this.#isGranted(this.#state)) return;
    this.#hasAsked = this.#state !== undefined;
    this.dispatchEvent(new ConsentConnectEvent((core) => this.connect(core)));
  }

  readonly #handleState = (state: ConsentState) => {
    const isNews = this.#state !== undefined && this.#state !== state;
    this.#state = state;
    // Whoever has another embed shown for good has not refused this one. Whoever makes any other choice has.
    const isRefused = isNews && !this.#isGranted(state) && (state.source !== 'embed' || this.#lock === 'age');
    if (this.#isOnce && isRefused) this.#empty();
    this.#askIfNeeded();
    this.requestUpdate();
  };

  get #lock(): Lock | null {
    return this.#core?.lockOf(this.#category ?? '') ?? null;
  }

  /** The frame has been filled, or emptied. */
  #handleFrame() {
    this.#askIfNeeded();
    this.requestUpdate();
    if (!this.#isFilled || !this.#isAwaited || !this.#core) return;
    const text = fill(this.#texts.loaded, {title: this.#heading});
    setTimeout(() => {
      this.#status = text;
      this.requestUpdate();
    }, REGION_SEEN);
  }

  /** Puts the frame into the page, without an address that the browser would follow. */
  #furnish() {
    const {src, vendor} = this.#embed;
    const [category, frame] = [this.#category, this.#frame];
    // A copy of the element has brought a copy of its frame along.
    for (const copy of this.querySelectorAll(':scope > iframe[slot="frame"]'))
      if (copy !== frame) copy.remove();
    const {consent = category, ...known} = frame?.dataset ?? {};
    if (frame && (known['src'] !== src || known['vendor'] !== vendor || consent !== category)) {
      // Another one, since the gate has noted whose this is.
      frame.remove();
      this.#observer.disconnect();
      this.#frame = undefined;
      this.#isOnce = false;
    }
    if (!src || !category) return;
    if (!this.#frame) {
      this.#frame = ownDocument.createElement('iframe');
      Object.assign(this.#frame.dataset, {consent: category, vendor, src});
      this.#observer.observe(this.#frame, {attributeFilter: ['src']});
    }
    this.#describe(this.#frame);
    if (!this.#frame.parentNode) this.append(this.#frame);
  }

  #describe(frame: HTMLIFrameElement) {
    for (const name of HANDED_ON) {
      const value = this.getAttribute(name);
      if (value === null) frame.removeAttribute(name);
      else if (frame.getAttribute(name) !== value) frame.setAttribute(name, value);
    }
    if (!frame.title) frame.title = this.#heading;
    frame.slot = 'frame';
    // Players refuse to play for pages that do not say who they are.
    frame.setAttribute(
      'referrerpolicy',
      this.getAttribute('referrerpolicy') ?? 'strict-origin-when-cross-origin',
    );
  }

  #resize() {
    const [width, height] = [lengthOf(this.getAttribute('width')), lengthOf(this.getAttribute('height'))];
    const rules = [
      width && `inline-size: ${width}`,
      height &&
        (width?.endsWith('px') && height.endsWith('px')
          ? `aspect-ratio: ${Number.parseFloat(width)} / ${Number.parseFloat(height)}`
          : `block-size: ${height}; aspect-ratio: auto`),
    ];
    const sheets = this.shadowRoot?.adoptedStyleSheets;
    if (!sheets) return;
    if (!this.#size) sheets.push((this.#size = new CSSStyleSheet()));
    this.#size.replaceSync(`:host {${rules.filter(Boolean).join(';')}}`);
  }

  /** Shows this one frame. Nothing is stored. */
  #loadOnce() {
    const frame = this.#frame;
    const {src} = this.#embed;
    if (!frame || !src) return;
    this.#isOnce = this.#isAwaited = true;
    // Without it, it is none of the gate's: a later grant does not start what plays already. What copies the element does not
    // copy what is in its shadow.
    frame.removeAttribute('data-consent');
    this.renderRoot.prepend(frame);
    frame.setAttribute('src', src);
  }

  #empty() {
    const frame = this.#frame;
    this.#isOnce = false;
    if (!frame) return;
    frame.dataset['consent'] = this.#category ?? '';
    frame.removeAttribute('src');
    // Put back, a frame is empty, and nothing is left in the history.
    this.append(frame);
  }

  readonly #handleClick = ({currentTarget}: Event) => {
    const {action} = (currentTarget as HTMLElement).dataset;
    if (action === 'load-once') return this.#loadOnce();
    if (action === 'preferences') return this.#core?.open('preferences');
    this.#isAwaited = true;
    this.#core?.decide({vendors: {[this.#embed.vendor]: 'granted'}}, 'embed');
  };

  get #texts(): EmbedTexts {
    return embedTextsIn(this.#core?.locale.lang ?? 'en');
  }

  /** What visitors call the product: in the site's words, then in ours. */
  get #name(): string {
    const [core, vendor, {provider, host}] = [this.#core, this.#vendor, this.#embed];
    const own = core && vendor?.name ? textIn(core.locale, vendor.name) : '';
    const known = this.#texts.names[this.#embed.vendor] ?? provider?.name;
    return own || known || (core && vendor ? nameOf(core, vendor) : '') || host;
  }

  get #heading(): string {
    return this.getAttribute('title') || this.#name;
  }

  #renderPlace() {
    const core = this.#core;
    const isComing = this.#state && this.#isGranted(this.#state) && !this.#isAwaited;
    // Nobody knows yet, or the frame is on its way. Should neither the texts nor the frame come, the author's words appear.
    if (!core || (isComing && this.#embed.src)) return html`<div class="late"><slot></slot></div>`;
    const poster = this.querySelector(':scope > [slot="poster"]');
    return html`<div class="place ${poster ? 'over' : ''}">
      <div class="box" part="box" role="group" aria-labelledby="title" lang=${core.locale.lang} dir=${core.locale.dir}>
        ${this.#renderWords(core)} ${this.#embed.src ? this.#renderButtons(core) : nothing}
      </div>
    </div>`;
  }

  #renderWords(core: UiHost) {
    const {locale} = core;
    const {provider, page, vendor, src} = this.#embed;
    const texts = this.#texts;
    const declared = describeVendor(core, this.#vendor ?? ({id: vendor} as Vendor));
    const {transmits, privacyUrl = provider?.privacyUrl, country = provider?.country} = declared;
    const recipient = textIn(locale, declared.recipient ?? provider?.recipient) || this.#name;
    const data = [transmits ?? []].flat().map((item) => textIn(locale, item));
    const lock = this.#lock;
    return html`<div class="words">
      ${provider ? html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${provider.sign} />`}</svg>` : nothing}
      <p id="title" part="title">${this.#heading}</p>
      <p id="sends">
        ${
          src
            ? fill(texts.sends, {
                recipient: country
                  ? fill(texts.seat, {recipient, country: `${countryIn(locale.lang, country)}`})
                  : recipient,
                data: data.length ? listIn(locale, data) : texts.leastData,
              })
            : texts.refused
        }
      </p>
      ${
        lock === 'gpc' || lock === 'age'
          ? html`<p id="lock" class="note">${lock === 'gpc' ? locale.gpcHonoured : locale.ageLocked}</p>`
          : nothing
      }
      <slot></slot>
      <p class="small">
        ${this.querySelector('a[href]') ? nothing : this.#renderLink(page, fill(texts.open, {name: this.#name}))}
        ${this.#renderLink(privacyUrl, fill(texts.privacy, {recipient}))}
      </p>
    </div>`;
  }

  /** Made here and nowhere else, so that the two cannot come to look different. */
  #renderButtons(core: UiHost) {
    const lock = this.#lock;
    const {loadOnce, always} = this.#texts;
    const buttons = [
      ['load-once', loadOnce, lock === 'age'],
      // Whom nobody declared has no grant of its own, and a whole category is not to be had by the name of one.
      this.#vendor
        ? ['always', fill(always, {name: this.#name}), lock === 'age' || lock === 'gpc']
        : ['preferences', core.locale.settings, false],
    ] as const;
    return html`<div class="actions" part="actions">
      ${buttons.map(
        ([action, label, isLocked]) =>
          html`<button
            type="button"
            part="button"
            data-action=${action}
            aria-describedby=${isLocked ? 'lock' : 'sends'}
            ?disabled=${isLocked}
            @click=${this.#handleClick}
          >${label}</button>`,
      )}
    </div>`;
  }

  #renderLink(href: string | undefined, label: string) {
    return href
      ? html`<a part="link" href=${href} target="_blank" rel="noopener">${label}<span class="hidden">${this.#core?.locale.newTab}</span></a> `
      : nothing;
  }
}

/** @returns the gate, once it is there; before, its name may stand for a queue or for an element of the page */
function findGate(): PublicGate | undefined {
  const {consentGate} = window as {consentGate?: PublicGate};
  return typeof consentGate?.subscribe === 'function' && typeof consentGate.watch === 'function'
    ? consentGate
    : undefined;
}

const grantIn = (grants: Grants, id: string) => (Object.hasOwn(grants, id) ? grants[id] : undefined);

/** @returns what HTML takes `width="560"` or `width="100%"` for, as CSS; nothing for anything else */
function lengthOf(attribute: string | null): string | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)(%|px)?\s*$/.exec(attribute ?? '') ?? [];
  return number && Number(number) > 0 ? number + (unit ?? 'px') : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-embed': ConsentEmbedElement;
  }
}
