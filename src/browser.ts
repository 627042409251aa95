/**
 * Entry of the script tag: finds the configuration, the loader's own address and nonce, and starts the gate. The only
 * file that touches `window.consentGate`.
 */
import {type ConsentGate, type Environment, startGate} from './start.js';
import {warn} from './warn.js';

type Callback = (gate: ConsentGate) => void;

// `currentScript` is null in modules and can be clobbered by an element of that name; only a real script counts.
const {currentScript} = document;
const tag = currentScript instanceof HTMLScriptElement ? currentScript : null;
const base = new URL('.', tag?.src || document.baseURI).href;

const environment: Environment = {
  window,
  nonce: tag?.nonce ?? '',
  loadUi: async (language, attempt) => {
    const again = attempt ? `?${attempt}` : '';
    const [{mountUi}, {locale}] = await Promise.all([
      import(`${base}ui.js${again}`),
      import(`${base}locales/${language}.js${again}`),
    ]);
    return {mountUi, locale};
  },
};

function run(config: unknown): void {
  // Whatever stands under this name and is no queue (an element with that id, say) is not ours to keep.
  const queue: unknown = (window as {consentGate?: unknown}).consentGate;
  const gate = startGate(config, environment);
  Object.assign(window, {consentGate: gate});
  if (Array.isArray(queue)) for (const callback of queue) gate.push(callback as Callback);
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    warn('config', `${place}: expected JSON, got ${error instanceof Error ? error.message : error}`);
    return {};
  }
}

/** Inline JSON, else the address on our own tag, else the defaults. */
function findConfig(): void {
  const inline = document.querySelector('script[type="application/json"][data-consent-config]');
  const address = tag?.dataset['config'];
  if (inline) {
    run(parse(inline.textContent, 'script[data-consent-config]'));
  } else if (address) {
    fetch(address)
      .then((response) => response.text())
      .then((text) => run(parse(text, address)))
      .catch((error) => {
        warn('config', `${address}: expected a file, got ${error}`);
        run({});
      });
  } else {
    warn('config', 'no configuration found: marked-up tags are gated, no vendor is known');
    run({});
  }
}

findConfig();
