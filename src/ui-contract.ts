/**
 * What core and UI may say to each other, and no more: state comes down through `UiHost.subscribe`, requests go up
 * through its methods. The UI imports this file and types; it never sees cookie, store or gate.
 */
import type {
  ControllerConfig,
  LinksConfig,
  LocalizedText,
  Settings,
  UiConfig,
  VendorDisclosure,
} from './config/types.js';
import type {Answers} from './consent/decide.js';
import type {ConsentState, Lock} from './consent/grants.js';
import type {ConsentRecord, FullRecord, Source} from './consent/record.js';
import type {Locale} from './locales/locale.js';

/** `banner` the first layer, `preferences` the second. */
export type UiView = 'banner' | 'preferences';

/** What a visitor chose: answers by category and by vendor; what is not named stays as it is. */
export type Choice = Answers;

export interface OpenOptions {
  /** Vendor to scroll to and focus in the preferences. */
  readonly vendor?: string | undefined;
  /**
   * Say that this vendor (or, with `'*'`, everything optional) has been denied, and offer to undo it. `NOTHING`: say that the
   * choice is saved, and what is still to come of it.
   */
  readonly denied?: string | undefined;
  /** A sentence that is said behind it. */
  readonly note?: string | undefined;
}

/** In the place of an id, which never is that. */
export const NOTHING = '-';

/** The part of the settings that is shown. */
export interface UiSettings extends Pick<Settings, 'policy' | 'categories' | 'vendors'> {
  readonly controller: ControllerConfig;
  readonly links: LinksConfig;
  readonly ui: Required<UiConfig>;
}

/** What the core gives to the UI. */
export interface UiHost {
  readonly settings: UiSettings;
  /** Texts in the language of the page. */
  readonly locale: Locale;
  /** What the catalogue says of its vendors, by id, in that language at least. */
  readonly disclosures: Readonly<Record<string, VendorDisclosure>>;
  readonly state: ConsentState;
  /** Names of cookies of denied vendors that could not be removed. */
  readonly kept: readonly string[];
  /** Something that was denied goes on until the page is left: it could not be loaded anew without harm. */
  readonly stopsLater: boolean;
  /** Called at once and on every change. @returns unsubscribe */
  subscribe(listener: (state: ConsentState) => void): () => void;
  /** Why a category cannot be switched, or `null`. */
  lockOf(categoryId: string): Lock | null;
  acceptAll(source: Source): void;
  rejectAll(source: Source): void;
  decide(choice: Choice, source: Source): void;
  /** Takes the last denial by a link back: the visitor pressed "undo". */
  undo(): void;
  /** The last choice in full: what `consentGate.record()` returns. */
  record(): FullRecord;
  /** The decisions made in this browser, newest last; the last one is the choice that stands, where there is one. */
  history(): readonly ConsentRecord[];
  /** Back to a first visit: record and history are gone. */
  erase(): void;
  open(view: UiView, options?: OpenOptions): void;
  /** A view was closed, with or without a choice. */
  closed(view: UiView): void;
}

/** What the UI module gives to the core. */
export interface Ui {
  open(view: UiView, options: OpenOptions): void;
  /** Closes whatever is open. Writes nothing. */
  close(): void;
}

export type MountUi = (host: UiHost) => Ui;

/** Every element asks for its host by this event; the core answers by calling `connect`. */
export class ConsentConnectEvent extends Event {
  readonly connect: (host: UiHost) => void;

  constructor(connect: (host: UiHost) => void) {
    super('consent-connect', {bubbles: true, composed: true});
    this.connect = connect;
  }
}

/** @returns the text in `language`, else in its primary language, else in English, else the first there is */
export function pickText(text: LocalizedText | undefined, language: string): string {
  if (!text || typeof text === 'string') return text ?? '';
  return (
    text[language] ?? text[language.split('-')[0] as string] ?? text['en'] ?? Object.values(text)[0] ?? ''
  );
}
