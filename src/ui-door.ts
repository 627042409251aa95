/**
 * The way to the UI. Loads it once, on first need; until it has come, and if it never does, everything stays as it was:
 * denied.
 */

import {guard} from './attempt.js';
import {findBanner} from './find-banner.js';
import {findLanguage} from './find-language.js';
import type {Load} from './load.js';
import {loadDisclosures} from './load-disclosures.js';
import {ownDocument} from './own-document.js';
import type {ConsentConnectEvent, OpenOptions, Ui, UiHost, UiView} from './ui-contract.js';
import {warn} from './warn.js';

export interface UiDoor {
  /** @param isDue asked once it could be shown */
  open(view: UiView, options: OpenOptions, isDue?: () => boolean): void;
  close(): void;
  /** Shows the first layer by this one, as long as the second has not come. @param isOpen it is shown already */
  join(ui: Ui, isOpen: boolean): void;
  /** Gives the element that asks by `event` its host. */
  connect(event: Event): void;
}

interface DoorEnvironment {
  readonly load: Load;
  /** What the UI may ask for, but for its texts. */
  readonly host: Omit<UiHost, 'locale' | 'disclosures'>;
  readonly onOpen: (view: UiView) => void;
  /** The banner has been seen. */
  readonly see: () => void;
}

const MAX_ATTEMPTS = 3;

export function createUiDoor({load: loadFile, host, onOpen, see}: DoorEnvironment): UiDoor {
  let loading: Promise<Ui> | undefined;
  let first: Ui | undefined;
  let connecting: Promise<UiHost> | undefined;
  let attempts = 0;

  /** The host with its texts: all that an element of the page needs, which brings its own code along. */
  const connect = () => (connecting ??= loadHost(attempts ? `?${attempts}` : ''));

  async function loadHost(again: string): Promise<UiHost> {
    const language = findLanguage(host.settings.ui.language);
    const [{locale, disclosures}, others] = await Promise.all([
      loadFile(`locales/${language}.js${again}`),
      loadDisclosures(host.settings.vendors, language, loadFile),
    ]);
    // The state of the host is a getter: a copy of it would stand still.
    return Object.create(host, {locale: {value: locale}, disclosures: {value: {...disclosures, ...others}}});
  }

  function load(): Promise<Ui> {
    // A module that failed to load is asked for under another address: browsers remember the failure.
    const again = attempts ? `?${attempts}` : '';
    loading ??= Promise.all([loadFile(`ui.js${again}`), connect()]).then(([{mountUi}, whole]) =>
      mountUi(whole),
    );
    return loading.catch((error) => {
      loading = connecting = undefined;
      warn('ui', `the UI could not be loaded, so nothing is granted: ${error}`);
      if (++attempts < MAX_ATTEMPTS)
        return new Promise((resolve) => setTimeout(resolve, 1000 * attempts)).then(load);
      throw error;
    });
  }

  const withUi = (view: UiView, use: (ui: Ui) => void) =>
    (view === 'banner' && first && !loading ? Promise.resolve(first) : load()).then(use, () => {});

  let isPlaced = false;
  /** Behind the first frame: the question can be answered without it. */
  function lookAround(): void {
    place();
    if (isPlaced) return;
    isPlaced = true;
    loadFile('around.js')
      .then((module) => module.lookAround(see))
      .catch(String);
    new MutationObserver(place).observe(document, {attributeFilter: ['open'], subtree: true});
  }

  /** Templates are HTML, which a page that is served as XML does not parse: an empty banner would stand there. */
  function isXml(): boolean {
    const isIt = /xml/.test(ownDocument.contentType);
    if (isIt) warn('ui', 'the page is served as XML, in which no banner can be shown, so nothing is granted');
    return isIt;
  }

  return {
    open: (view, options, isDue = () => true) =>
      isXml() ||
      withUi(view, (ui) => {
        if (!isDue()) return;
        ui.open(view, options);
        onOpen(view);
        lookAround();
      }),
    close() {
      if (loading) withUi('preferences', (ui) => ui.close());
      // Behind an opening that is under way.
      Promise.resolve(first).then((ui) => ui?.close());
    },
    join(ui, isOpen) {
      first = ui;
      if (isOpen) lookAround();
    },
    connect(event) {
      if (isXml()) return;
      connect().then(
        // An event of that name may be anybody's.
        (whole) => guard(() => (event as Partial<ConsentConnectEvent>).connect?.(whole)),
        (error) => {
          connecting = undefined;
          warn('ui', `the texts could not be loaded: ${error}`);
        },
      );
    },
  };
}

/** Around a modal dialog of the page everything is inert: while one is open, the banner is inside of it. */
function place(): void {
  const banner = findBanner();
  const modal = [...ownDocument.querySelectorAll('dialog:modal')].at(-1);
  if (banner && modal !== (banner.closest('dialog') ?? undefined))
    (modal ?? ownDocument.body).prepend(banner);
}
