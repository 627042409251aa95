/**
 * The loader that stands in the page itself. `consent-gate snippet --inline` fills in what the script tag's loader has
 * to look for: the configuration, the vendors that it names, the files that a returning visitor would fetch, and where the
 * others are.
 */

import type {VendorDefinition} from '../config/types.js';
import type {Load} from '../load.js';
import {ownDocument} from '../own-document.js';
import {type ConsentGate, startGate} from '../start.js';

declare global {
  /** The configuration. */
  const CONFIG: unknown;
  /** The folder of the files that are not in here. */
  const BASE: string;
  /** Files that are, as functions that run them. */
  const FILES: Readonly<Record<string, () => unknown>>;
  /** In place of `vendors/index.ts`, in this build: the vendors that the configuration names. */
  const CATALOGUE: (helpers: object) => VendorDefinition[];
}

/** As the loader starts: a `<base>` that comes later leads nobody elsewhere. */
const page = ownDocument.baseURI;
const modules: Record<string, Promise<unknown>> = {};

/** The same promise each time: those who wait for a file go on in the order in which they have asked. */
const fetchFile = (file: string) =>
  (modules[file] ??= (async () => FILES[file]?.() ?? import(new URL(BASE + file, page).href))());

/** @param whenPrompted called as soon as the visitor is to be asked, with what fetches files */
export function startInline(whenPrompted: (load: Load) => void = () => {}): ConsentGate {
  const load = ((file: string) => {
    const loading = fetchFile(file);
    if (/^prompt/.test(file)) whenPrompted(load);
    return loading;
  }) as Load;
  // Allowed by its hash, it makes scripts that any policy trusts: those that a comment marks up are none of the author's.
  return startGate({markup: {}, ...Object(CONFIG)}, {nonce: ownDocument.currentScript?.nonce ?? '', load});
}
