/**
 * Entry of the script tag: finds the configuration, the loader's own address and nonce, and starts the gate.
 */
import {attempt} from './attempt.js';
import {startGate} from './start.js';

// `currentScript` is null in modules and can be clobbered by an element of that name; only a real script counts.
const {currentScript} = document;
const tag = currentScript instanceof HTMLScriptElement ? currentScript : null;
const load = (file: string) => import(new URL(file, tag?.src || document.baseURI).href);

const run = (config: unknown) => startGate(config, {nonce: tag?.nonce ?? '', load});

/** @param text JSON; what is none counts as a configuration with a mistake: closed, and explained */
const parse = (text: string) => attempt(() => JSON.parse(text)) ?? text;

const inline = document.querySelector('script[data-consent-config]');
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
