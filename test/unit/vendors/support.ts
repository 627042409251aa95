/** Google's vendors share one queue and count what is theirs: each test has a page of its own, with modules of its own. */
import type {Vendor, VendorDefinition, VendorWindow} from '../../../src/config/types.js';
import {installStub} from '../../../src/vendors/call-queue.js';

/** What a page has of such a vendor once its turn has come: the loader's stub, and what its file adds. */
export function installWhole({queue, install}: VendorDefinition, window: VendorWindow): void {
  if (queue) installStub(window, queue);
  install?.(window);
}

/** The name on `window` that page code calls. */
export const nameOf = ({queue = ''}: VendorDefinition): string => queue.split(/[ .]/, 1)[0] as string;

export interface FreshPage {
  /** Has nothing but what vendors put there. */
  readonly window: VendorWindow;
  readonly definition: (id: string) => VendorDefinition;
  readonly googleTag: typeof import('../../../src/vendors/google-tag.js');
  readonly createGoogleConsentMode: typeof import('../../../src/signals/google-consent-mode.js')['createGoogleConsentMode'];
  readonly close: () => void;
}

export async function openFreshPage(): Promise<FreshPage> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const page = frame.contentWindow as Window & typeof globalThis;
  const load = (file: string) => page.eval(`import(${JSON.stringify(new URL(file, location.origin).href)})`);
  const [{catalogue}, googleTag, {createGoogleConsentMode}] = (await Promise.all([
    load('/src/vendors/index.ts'),
    load('/src/vendors/google-tag.ts'),
    load('/src/signals/google-consent-mode.ts'),
  ])) as [
    typeof import('../../../src/vendors/index.js'),
    FreshPage['googleTag'],
    Pick<FreshPage, 'createGoogleConsentMode'>,
  ];
  return {
    window: {} as VendorWindow,
    definition(id) {
      const found = catalogue.find((known) => known.id === id);
      if (!found) throw Error(`no vendor ${id}`);
      return found;
    },
    googleTag,
    createGoogleConsentMode,
    close: () => frame.remove(),
  };
}

/** @returns a queue's commands as plain lists: what a vendor's script reads, in its order */
export function commandsOf(queue: unknown): unknown[] {
  return [...(queue as Iterable<unknown>)].map((entry) => (isArguments(entry) ? [...entry] : entry));
}

/** Google and Yahoo! JAPAN pass over a command that is an array. */
export function isArguments(entry: unknown): entry is IArguments {
  return Object.prototype.toString.call(entry) === '[object Arguments]';
}

/** @returns a vendor as the configuration leaves it, as far as signals look at it */
export const vendorOf = (id: string, category: string, url?: string) => ({id, category, url}) as Vendor;
