/** What the tests of the elements share: mounting, finding, pressing. */
import type {ConsentBannerElement} from '../../../src/ui/banner-element.js';
import {mountUi} from '../../../src/ui/mount.js';
import type {ConsentPreferencesElement} from '../../../src/ui/preferences-element.js';
import type {OpenOptions, UiView} from '../../../src/ui-contract.js';
import {createFakeHost, type FakeHost, type FakeOptions} from './fake-host.js';

export interface Mounted {
  readonly host: FakeHost;
  readonly banner: ConsentBannerElement;
  readonly preferences: ConsentPreferencesElement;
  open(view: UiView, options?: OpenOptions): Promise<void>;
  /** Presses a button and waits for what it renders. */
  press(element: Element, action: string): Promise<void>;
}

/** Mounts the UI on a fake core. Every test cleans up after itself by `tearDown`. */
export function mount(options: FakeOptions = {}): Mounted {
  const host = createFakeHost(options);
  const ui = mountUi(host);
  host.ui = ui;
  ui.open('banner', {});
  ui.close();
  host.requests.length = 0;
  const banner = document.querySelector('consent-banner') as ConsentBannerElement;
  const preferences = document.querySelector(
    'consent-preferences:not([inline])',
  ) as ConsentPreferencesElement;
  const settle = async () => {
    await Promise.all([banner.updateComplete, preferences.updateComplete]);
    await settled([banner, preferences]);
  };
  return {
    host,
    banner,
    preferences,
    async open(view, openOptions = {}) {
      ui.open(view, openOptions);
      await settle();
    },
    async press(element, action) {
      find(element, `[data-action="${action}"]`).click();
      await settle();
    },
  };
}

export function tearDown(): void {
  for (const element of document.querySelectorAll<ConsentBannerElement>(
    'consent-banner, consent-preferences',
  )) {
    // A test that takes the open element away would have it put back.
    delete element.whenRemoved;
    element.remove();
  }
}

/** @returns the one element inside the shadow root of `host`; throws where there is none */
export function find<E extends HTMLElement = HTMLElement>(host: Element, selector: string): E {
  const found = host.shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`no ${selector} in <${host.localName}>`);
  return found;
}

export function has(host: Element, selector: string): boolean {
  return host.shadowRoot?.querySelector(selector) != null;
}

/** @returns the text a visitor sees, white space collapsed */
export function textOf(host: Element, selector = '.box'): string {
  return find(host, selector).innerText.replace(/\s+/g, ' ').trim();
}

/** @returns what the keyboard is on, through shadow roots */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Resolves once `test` holds; the runner's time limit is the only other way out. */
export async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Colours in mid-animation would be measured as they are not. */
async function settled(elements: Element[]) {
  const running = elements.flatMap((element) => element.shadowRoot?.getAnimations?.() ?? []);
  await Promise.all(running.map((animation) => animation.finished.catch(() => undefined)));
}
