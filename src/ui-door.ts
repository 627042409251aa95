/**
 * The way to the UI. Loads it once, on first need; until it has come, and if it never does, everything stays as it was:
 * denied.
 */
import type {VendorDisclosure} from './config/types.js';
import {findLanguage} from './find-language.js';
import type {Load, LocaleFile} from './load.js';
import type {OpenOptions, Prompt, Ui, UiHost, UiView} from './ui-contract.js';
import {warn} from './warn.js';

export interface UiDoor {
  /** @param isDue asked once it could be shown */
  open(view: UiView, options: OpenOptions, isDue?: () => boolean): void;
  close(): void;
  /** Gives the element that asks by `event` its host. */
  connect(event: Event): void;
}

interface DoorEnvironment {
  readonly load: Load;
  /** What the UI may ask for, but for its texts. */
  readonly host: Omit<UiHost, 'locale' | 'disclosures'>;
  /** Shows the first layer until the second is here as well. */
  readonly prompt?: Prompt | undefined;
  readonly onOpen: (view: UiView) => void;
}

const MAX_ATTEMPTS = 3;

export function createUiDoor({load: loadFile, host, prompt, onOpen}: DoorEnvironment): UiDoor {
  let loading: Promise<Ui> | undefined;
  let prompting: Promise<Ui> | undefined;
  let connecting: Promise<UiHost> | undefined;
  let attempts = 0;

  /** What is known of the vendors that are not in the loader. One whose file does not come is shown by its id. */
  async function loadDisclosures(language: string): Promise<Record<string, VendorDisclosure>> {
    const entries = host.settings.vendors
      .filter((vendor) => vendor.definition?.held)
      .map(({id}) =>
        loadFile(`disclosures/${language}/${id}.js`).then(
          ({disclosure}) => [[id, disclosure]] as const,
          () => [],
        ),
      );
    return Object.fromEntries((await Promise.all(entries)).flat());
  }

  /** The host with its texts: all that an element of the page needs, which brings its own code along. */
  const connect = () => (connecting ??= loadHost(attempts ? `?${attempts}` : ''));

  async function loadHost(again: string): Promise<UiHost> {
    const language = findLanguage(host.settings.ui.language);
    const [{locale, disclosures}, others] = await Promise.all([
      loadFile(`locales/${language}.js${again}`),
      loadDisclosures(language),
    ]);
    return hostIn({locale, disclosures}, others);
  }

  /** The state of the host is a getter: a copy of it would stand still. */
  const hostIn = (
    {locale, disclosures}: Pick<UiHost, 'locale' | 'disclosures'>,
    others: UiHost['disclosures'],
  ): UiHost =>
    Object.create(host, {locale: {value: locale}, disclosures: {value: {...disclosures, ...others}}});

  async function mountPrompt({mountUi, texts}: Prompt): Promise<Ui> {
    const language = findLanguage(host.settings.ui.language);
    return mountUi(hostIn(texts[language] as LocaleFile, await loadDisclosures(language)));
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
    (view === 'banner' && prompt && !loading ? (prompting ??= mountPrompt(prompt).catch(load)) : load()).then(
      use,
      () => {},
    );

  let isPlaced = false;

  return {
    open: (view, options, isDue = () => true) =>
      withUi(view, (ui) => {
        if (!isDue()) return;
        ui.open(view, options);
        onOpen(view);
        place();
        if (isPlaced) return;
        isPlaced = true;
        new MutationObserver(place).observe(document, {attributeFilter: ['open'], subtree: true});
      }),
    close() {
      if (loading) withUi('preferences', (ui) => ui.close());
      prompting?.then((ui) => ui.close(), String);
    },
    connect(event) {
      connect().then(
        (whole) => (event as Event & {connect(host: UiHost): void}).connect(whole),
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
  const banner = document.querySelector('consent-banner');
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
  if (banner && modal !== (banner.closest('dialog') ?? undefined)) (modal ?? document.body).prepend(banner);
}
