/**
 * Entry of the script tag: finds the configuration, the loader's own address and nonce, and starts the gate.
 */
import {attempt} from './attempt.js';
import type {Load} from './load.js';
import {currentScript, ownScripts} from './own-document.js';
import {startGate} from './start.js';

const tag = currentScript();
const nonce = tag?.nonce ?? '';
const modules: Record<string, Promise<unknown>> = {};
/** The same promise each time: those who wait for a file go on in the order in which they have asked. */
const load = ((file: string) =>
  (modules[file] ??= import(new URL(file, tag?.src || document.baseURI).href))) as Load;

const run = (config: unknown) => startGate(config, {nonce, load});

/** @param text JSON; what is none counts as a configuration with a mistake: closed, and explained */
const parse = (text: string) => attempt(() => JSON.parse(text)) ?? text;

// Whoever could put a configuration into the page, but not the page's nonce, must not choose what is let in.
const inline = [...ownScripts()].find(
  (script) => script.nonce === nonce && script.hasAttribute('data-consent-config'),
);
const address = tag?.dataset['config'];
if (inline) {
  run(parse(inline.textContent));
} else if (address) {
  fetch(address)
    .then((response) => response.text())
    .then(parse, String)
    .then(run);
} else {
  run('');
}
