/** The files that are fetched on first need, and what each of them exports. */
import type {CreateChoice} from './choice.js';
import type {Settings} from './config/types.js';
import type {DebugModule} from './debug/contract.js';
import type {Locale} from './locales/locale.js';
import type {MountUi} from './ui-contract.js';

/** Rejects where the file cannot be fetched. */
export interface Load {
  (file: `choice.js${string}`): Promise<{readonly createChoice: CreateChoice}>;
  (file: 'late-events.js'): Promise<{readonly watchListeners: (settings: Settings) => void}>;
  (file: 'check-config.js'): Promise<{readonly checkConfig: (config: unknown) => void}>;
  (file: 'debug.js'): Promise<DebugModule>;
  (file: `ui.js${string}`): Promise<{readonly mountUi: MountUi}>;
  (file: `locales/${string}`): Promise<{readonly locale: Locale}>;
}
