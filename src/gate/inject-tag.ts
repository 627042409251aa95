/**
 * The only place where a script element is made. In: an address or an inline text, the author's attributes, a nonce.
 * Out: a running script. Everything passes one Trusted Types policy, `consent-gate`, which nobody else can reach and which
 * takes nothing but what the configuration names and the author has marked up.
 */

import {isFetchable} from '../config/is-fetchable.js';
import type {Vendor} from '../config/types.js';
import {ownDocument} from '../own-document.js';
import {createDocumentGuard} from './guard-document.js';

export interface ScriptTag {
  /** Address of an external script; absent for an inline one. */
  readonly url?: string | undefined;
  readonly text?: string;
  readonly attributes: Iterable<{readonly name: string; readonly value: string}>;
  /** Keep insertion order among the ordered scripts of the page, as parsed scripts do. */
  readonly isOrdered?: boolean;
  /** The author's element, behind which it goes; default: the end of the head. */
  readonly place?: HTMLScriptElement;
}

/** @returns resolves once the tag has loaded (an inline one: has run), rejects where it failed; pending where it hangs */
export type InjectTag = (tag: ScriptTag) => Promise<unknown>;

interface TrustedTypesPolicy {
  createScriptURL(text: string): string;
  createScript(text: string): string;
}

interface TrustedTypesWindow {
  trustedTypes?: {createPolicy(name: string, rules: TrustedTypesPolicy): TrustedTypesPolicy};
}

interface NamedVendors {
  readonly vendors: readonly Pick<Vendor, 'url'>[];
}

/**
 * @param nonce of the loader's own tag, handed on to all it injects
 * @param settings name the vendors whose addresses may be asked for
 */
export function createInjectTag(nonce: string, settings: NamedVendors): InjectTag {
  /** What else may run: texts and addresses that an author has marked up. */
  const known = new Set<string>();
  const pass = (text: string) => {
    if (known.has(text) || settings.vendors.some(({url}) => url === text)) return text;
    throw Error('denied');
  };
  const rules: TrustedTypesPolicy = {createScriptURL: pass, createScript: pass};
  let policy: TrustedTypesPolicy | undefined;
  const guard = createDocumentGuard();

  return ({url, text = '', attributes, isOrdered, place}) =>
    // Whatever throws in here (a page whose policies do not know our name, say) rejects: the tag counts as blocked.
    new Promise((resolve, reject) => {
      if (url && !isFetchable(url, ownDocument)) throw Error('not https:');
      policy ??= (window as TrustedTypesWindow).trustedTypes?.createPolicy('consent-gate', rules) ?? rules;
      const script = ownDocument.createElement('script');
      script.async = !isOrdered;
      for (const {name, value} of attributes) {
        if (name === 'data-type') script.type = value;
        // The address goes through the policy; a nonce can only be handed on as a property.
        else if (!/^(data-)?src$|^nonce$/.test(name) && value !== 'text/plain')
          script.setAttribute(name, value);
      }
      script.nonce = nonce || place?.nonce || '';
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
      guard(script, reject);
      // What the author has marked up; whether it may run has been decided before.
      if (place) known.add(url || text);
      if (url) script.src = policy.createScriptURL(url);
      else script.textContent = policy.createScript(text);
      // The author's element stays where a framework expects it; its id goes to the one that runs.
      place?.removeAttribute('id');
      if (place) place.after(script);
      else ownDocument.head.append(script);
      if (!url) resolve(0);
    });
}
