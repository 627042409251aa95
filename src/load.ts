/** The files that are fetched on first need, and what each of them exports. */
import type {CreateChoice} from './choice.js';
import type {VendorDefinition, VendorDisclosure} from './config/types.js';
import type {DebugModule} from './debug/contract.js';
import type {DeniedModule} from './denied.js';
import type {AttendModule} from './gate/attend.js';
import type {FetchersModule} from './gate/fetchers.js';
import type {Locale} from './locales/locale.js';
import type {PromptModule} from './prompt.js';
import type {ShortenedModule} from './shortened.js';
import type {AttributionModule} from './signals/attribution.js';
import type {ExtendedConsentModeModule} from './signals/extended-consent-mode.js';
import type {MountUi} from './ui-contract.js';
import type {StubsModule} from './vendors/stubs.js';

/** One language: the texts of the UI, and what the loader's own vendors disclose. */
export interface LocaleFile {
  readonly locale: Locale;
  readonly disclosures: Readonly<Record<string, VendorDisclosure>>;
}

/** Rejects where the file cannot be fetched. */
export interface Load {
  (file: `choice.js${string}`): Promise<{readonly createChoice: CreateChoice}>;
  (file: `prompt/${string}.js`): Promise<PromptModule>;
  (file: 'denied.js'): Promise<DeniedModule>;
  (file: 'stubs.js'): Promise<StubsModule>;
  (file: 'attend.js'): Promise<AttendModule>;
  (file: 'fetchers.js'): Promise<FetchersModule>;
  (file: 'check-config.js'): Promise<{readonly checkConfig: (config: unknown) => void}>;
  (file: 'consent-mode.js'): Promise<ExtendedConsentModeModule>;
  (file: 'attribution.js'): Promise<AttributionModule>;
  (file: 'debug.js'): Promise<DebugModule>;
  (file: 'shortened.js'): Promise<ShortenedModule>;
  (file: 'around.js'): Promise<{readonly lookAround: (see: () => void) => void}>;
  (file: `ui.js${string}`): Promise<{readonly mountUi: MountUi}>;
  (file: `locales/${string}`): Promise<LocaleFile>;
  (file: `vendors/${string}`): Promise<{readonly vendor: VendorDefinition}>;
  (file: `disclosures/${string}`): Promise<{readonly disclosure: VendorDisclosure}>;
}
