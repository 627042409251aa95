/**
 * Where the page asks for the UI: links, buttons, the API, a prompt that is due. Loads it once, on first need; until it
 * has come, and if it never does, everything stays as it was: denied. Links can only ever deny.
 */
import type {Locale} from './locales/locale.js';
import type {MountUi, OpenOptions, Ui, UiHost, UiView} from './ui-contract.js';

/** @param attempt 0, then 1, 2, … : a module that failed to load is asked for under another address */
export type LoadUi = (language: string, attempt: number) => Promise<{mountUi: MountUi; locale: Locale}>;

export interface UiDoor {
  open(view: UiView, options?: OpenOptions): void;
  close(): void;
  /** Answers the links and buttons of the page from now on. */
  listen(): void;
  /** Answers the address the page was opened with. @returns whether it was one of ours */
  followAddress(): boolean;
}

interface DoorEnvironment {
  readonly window: Window;
  readonly loadUi: LoadUi;
  /** Everything the UI may ask for, but for its texts. */
  readonly host: Omit<UiHost, 'locale'>;
  /** @returns whether `id` is a category or vendor of this site */
  readonly isKnown: (id: string) => boolean;
  /** Denies one vendor or category, or everything optional. */
  readonly deny: (id: string | undefined) => {readonly isReloading: boolean; readonly canUndo: boolean};
  readonly onOpen: (view: UiView) => void;
  readonly report: (message: string) => void;
}

const LANGUAGES = ['en', 'ja', 'ru'];
const MAX_ATTEMPTS = 3;

export function createUiDoor({window, loadUi, host, isKnown, deny, onOpen, report}: DoorEnvironment): UiDoor {
  const {document, location, history} = window;
  let loading: Promise<[Ui, UiHost]> | undefined;
  let attempt = 0;

  function load(): Promise<[Ui, UiHost]> {
    loading ??= loadUi(languageOf(window, host.settings.ui.language), attempt)
      .then(({mountUi, locale}) => whenBody(document).then(() => mount(mountUi, locale)))
      .catch((error) => {
        loading = undefined;
        if (++attempt < MAX_ATTEMPTS) {
          return new Promise((resolve) => setTimeout(resolve, 1000 * attempt)).then(load);
        }
        throw error;
      });
    return loading;
  }

  function mount(mountUi: MountUi, locale: Locale): [Ui, UiHost] {
    // The host's own getters stay live: spreading would freeze the state of this moment.
    const whole = Object.create(host, {locale: {value: locale}}) as UiHost;
    return [mountUi(whole), whole];
  }

  function open(view: UiView, options: OpenOptions = {}): void {
    load().then(
      ([ui]) => {
        ui.open(view, options);
        onOpen(view);
      },
      (error) => report(`the UI could not be loaded, so nothing is granted: ${error}`),
    );
  }

  /** `#consent`, `#consent=vendor`, `#consent-opt-out`, `#consent-opt-out=vendor`. */
  function follow(hash: string): boolean {
    const [isTarget, optOut, id] = /^#consent(-opt-out)?(?:=([\w-]+))?$/.exec(hash) ?? [];
    if (!isTarget) return false;
    if (id !== undefined && !isKnown(id)) {
      report(`link ${hash}: expected the id of a category or vendor of this page, got "${id}"`);
      open('preferences');
    } else if (optOut) {
      const {isReloading, canUndo} = deny(id);
      // The address stays for the page after the reload, which is the one to say so.
      if (isReloading) return true;
      open('banner', {denied: id ?? '*', canUndo});
    } else {
      open('preferences', {vendor: id});
    }
    // So that the same link works again, and a later reload does not repeat it.
    history.replaceState(history.state, '', location.pathname + location.search);
    return true;
  }

  return {
    open,
    close: () => loading?.then(([ui]) => ui.close()),
    listen() {
      document.addEventListener('consent-connect', (event) => {
        load().then(([, whole]) => (event as Event & {connect(host: UiHost): void}).connect(whole), () => {});
      });
      document.addEventListener('click', (event) => {
        const opener = event
          .composedPath()
          .find((node) => node instanceof Element && node.matches('[data-consent-open]')) as Element | undefined;
        if (!opener) return;
        event.preventDefault();
        open(opener.getAttribute('data-consent-open') === 'banner' ? 'banner' : 'preferences');
      });
      window.addEventListener('hashchange', () => follow(location.hash));
    },
    followAddress: () => follow(location.hash),
  };
}

/** The page's language where there are texts in it, else the visitor's, else English. */
function languageOf({document, navigator}: Window, configured: string): string {
  const wanted = configured === 'auto' ? [document.documentElement.lang, ...navigator.languages] : [configured];
  const primary = wanted.map((tag) => tag.toLowerCase().split('-')[0] as string);
  return primary.find((language) => LANGUAGES.includes(language)) ?? 'en';
}

/** A loader in the head may be done before the body begins. */
function whenBody(document: Document): Promise<void> {
  return new Promise((resolve) => {
    if (document.body) resolve();
    else document.addEventListener('DOMContentLoaded', () => resolve());
  });
}
