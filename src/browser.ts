/**
 * Entry of the script tag: finds the configuration, the loader's own address and nonce, and starts the gate.
 */

import {attempt} from './attempt.js';
import type {Load} from './load.js';
import {ownDocument} from './own-document.js';
import {startGate} from './start.js';

const tag = ownDocument.currentScript;
const nonce = tag?.nonce ?? '';
const modules: Record<string, Promise<unknown>> = {};
/** The folder of the other files, or a file in it: what the site says, else the loader's own address, else the page's. */
let base: unknown = tag?.dataset['base'];
/** As the loader starts: a `<base>` that comes later leads nobody elsewhere. */
const page = ownDocument.baseURI;
const own = tag?.src;
/** The same promise each time: those who wait for a file go on in the order in which they have asked. */
const load = ((file: string) =>
  // A `blob:` or `data:` address has no folder, and is no base.
  (modules[file] ??= (async () => import((file = new URL(file, new URL(`${base}`, page)).href)))().catch(
    (error) => {
      // Browsers do not say what an address was made of, and WebKit not even which it was.
      throw Error(`${file} beside ${base}: ${error}`);
    },
  ))) as Load;

function run(config: unknown): void {
  base ??= Object(config).base || own || 'the page';
  startGate(config, {nonce, load});
}

/** @param text JSON; what is none counts as a configuration with a mistake: closed, and explained */
const parse = (text: string) => attempt(() => JSON.parse(text)) ?? text;

const address = tag?.dataset['config'];
if (address) {
  // What the loader's own tag names is its author's word; a data block may be anybody's, and no policy stops one.
  fetch(address)
    .then((response) => response.text())
    .then(parse, String)
    .then(run);
} else {
  // Whoever could put a configuration into the page, but not the page's nonce, must not choose what is let in.
  const inline = [...ownDocument.scripts].find(
    (script) => script.nonce === nonce && script.hasAttribute('data-consent-config'),
  );
  run(parse(inline?.textContent ?? '""'));
}
