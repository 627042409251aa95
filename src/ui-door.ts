/**
 * Where the page asks for the UI: links, buttons, the API, a prompt that is due. Loads it once, on first need; until it
 * has come, and if it never does, everything stays as it was: denied. Links can only ever deny.
 */
import type {Locale} from './locales/locale.js';
import type {MountUi, OpenOptions, Ui, UiHost, UiView} from './ui-contract.js';
import {warn} from './warn.js';

/** @param attempt 0, then 1, 2, … : a module that failed to load is asked for under another address */
export type LoadUi = (language: string, attempt: number) => Promise<{mountUi: MountUi; locale: Locale}>;

export interface UiDoor {
  open(view: UiView, options?: OpenOptions): void;
  close(): void;
  /** Answers the links, buttons and elements of the page. @returns whether its address was such a link */
  listen(): boolean;
}

interface DoorEnvironment {
  readonly window: Window;
  readonly loadUi: LoadUi;
  /** What the UI may ask for, but for its texts. */
  readonly host: Omit<UiHost, 'locale'>;
  /**
   * Denies one vendor or category, or everything optional.
   * @returns whether the page is about to reload; `null` where there is nothing of that name to deny
   */
  readonly deny: (id: string | undefined) => boolean | null;
  readonly onOpen: (view: UiView) => void;
}

const MAX_ATTEMPTS = 3;

export function createUiDoor({window, loadUi, host, deny, onOpen}: DoorEnvironment): UiDoor {
  const {document, location, history, navigator} = window;
  let loading: Promise<readonly [Ui, UiHost]> | undefined;
  let attempts = 0;

  /** The page's language where there are texts in it, else the visitor's, else English. */
  function findLanguage(): string {
    const {language} = host.settings.ui;
    const wanted = language === 'auto' ? [document.documentElement.lang, ...navigator.languages] : [language];
    return /,(en|ja|ru)\b/i.exec(`,${wanted}`)?.[1]?.toLowerCase() ?? 'en';
  }

  function load(): Promise<readonly [Ui, UiHost]> {
    loading ??= loadUi(findLanguage(), attempts).then(({mountUi, locale}) => {
      // The state of the host is a getter: a copy of it would stand still.
      const whole: UiHost = Object.create(host, {locale: {value: locale}});
      return [mountUi(whole), whole] as const;
    });
    return loading.catch((error) => {
      loading = undefined;
      warn('ui', `the UI could not be loaded, so nothing is granted: ${error}`);
      if (++attempts < MAX_ATTEMPTS) return load();
      throw error;
    });
  }

  const withUi = (use: (ui: Ui, host: UiHost) => void) => load().then((loaded) => use(...loaded), () => {});

  function open(view: UiView, options: OpenOptions = {}): void {
    withUi((ui) => {
      ui.open(view, options);
      onOpen(view);
    });
  }

  /** `#consent`, `#consent=vendor`, `#consent-opt-out`, `#consent-opt-out=vendor`. */
  function follow(): boolean {
    const [address, optOut, id] = /^#consent(-opt-out)?(?:=([\w-]+))?$/.exec(location.hash) ?? [];
    if (!address) return false;
    const isReloading = optOut ? deny(id) : null;
    // After a withdrawal that needs a reload, the address stays: the next page is the one to say so.
    if (isReloading) return true;
    if (isReloading === null) open('preferences', {vendor: id});
    else open('banner', {denied: id ?? '*'});
    // So that the same link works again, and a later reload does not repeat it.
    history.replaceState(history.state, '', location.pathname + location.search);
    return true;
  }

  return {
    open,
    close: () => loading && withUi((ui) => ui.close()),
    listen() {
      document.addEventListener('consent-connect', (event) =>
        withUi((_, whole) => (event as Event & {connect(host: UiHost): void}).connect(whole)),
      );
      document.addEventListener('click', (event) => {
        const opener = (event.composedPath()[0] as Element).closest?.('[data-consent-open]');
        if (!opener) return;
        event.preventDefault();
        open(opener.getAttribute('data-consent-open') === 'banner' ? 'banner' : 'preferences');
      });
      window.addEventListener('hashchange', follow);
      return follow();
    },
  };
}
