/**
 * Protects the page from the scripts that are let in. A tag written for the time in which a page is parsed comes late here:
 * its `document.write` would replace the page by what it writes. And one that throws is told of like one that fails.
 */
import {ownDocument} from '../own-document.js';
import {warn} from '../warn.js';

/** @returns takes a script that is about to run, and what to call should it throw */
export type DocumentGuard = (script: Element, onThrow: (error: Error) => void) => void;

export function createDocumentGuard(): DocumentGuard {
  const guarded = new WeakMap<Element, (error: Error) => void>();
  let isInstalled = false;
  // Only a script of the page itself, while the parser waits for it, has a place to write to.
  const mayWrite = () => {
    const script = ownDocument.currentScript;
    // Those that a script has made are `async`.
    return ownDocument.readyState === 'loading' && script && !script.async && !guarded.has(script);
  };

  function install(): void {
    for (const name of ['write', 'writeln', 'open'] as const) {
      const native = document[name] as (...args: string[]) => unknown;
      (document as Pick<Document, 'writeln'>)[name as 'writeln'] = (...args) => {
        // With three arguments it opens a window.
        if (args.length > 2 || mayWrite()) return native.apply(document, args);
        warn('vendor', `document.${name} ignored`);
        return document;
      };
    }
    // While a classic script throws, it is still the current one, wherever it came from.
    addEventListener('error', ({filename}) => {
      const script = ownDocument.currentScript;
      // It may have called a listener of the page, which threw. A vendor's own errors have no name unless it allows that.
      if (script && (!filename || !script.src || script.src === filename))
        guarded.get(script)?.(Error('exception'));
    });
  }

  return (script, onThrow) => {
    if (!isInstalled) install();
    isInstalled = true;
    guarded.set(script, onThrow);
  };
}
