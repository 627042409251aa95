/**
 * Keeps what says which advertisement brought the visitor, until a tag that may know it is granted. In: the landing address.
 * Out: that address's click ids, back in the address bar while tags load that are granted on a later route. Kept in memory
 * and, for a reload, in the state of the route's history entry; never stored. Where the visitor leaves the page for another
 * document without having granted anything, they are gone.
 */

import type {ConsentEvents} from '../consent/change-event.js';
import type {TagReport} from '../gate/tag-gate.js';
import {ownDocument} from '../own-document.js';
import {knownParameters} from './known-parameters.js';

export interface AttributionModule {
  readonly createAttribution: typeof createAttribution;
}

export interface Attribution {
  /** Puts the click ids back before the tags of a change are let in. */
  handOver(change: Pick<ConsentEvents['consent-change'], 'granted'>): void;
}

/** Field of a history entry's state. */
const KEPT = 'consentGateClickIds';

/** Milliseconds after which the address is as the page has it again, whether the tags have answered or not. */
const LONGEST = 10_000;

/**
 * @param landing the address with which this document began
 * @param tags every tag that the gate knows; read anew each time
 * @param attribution of the configuration: a list adds parameters
 */
export function createAttribution(
  landing: string,
  tags: readonly TagReport[],
  attribution?: unknown,
): Attribution {
  const ids = new URLSearchParams(keptInHistory() ?? [...clickIdsOf(landing, attribution)]);

  // A reload begins a new memory, and a page that goes away can no longer write into its history entry.
  const keep = () => {
    if (isHere() || !isPlain(history.state) || history.state?.[KEPT]) return;
    replace({...history.state, [KEPT]: `${ids}`}, location.href);
  };
  const isHere = () => [...ids].every(([name]) => new URLSearchParams(location.search).has(name));
  const {navigation} = window as {navigation?: EventTarget};
  if ([...ids].length) {
    navigation?.addEventListener('currententrychange', keep);
    // The page may have gone on to another route before this file came, or may be reloaded once more.
    if (navigation) keep();
  }

  return {
    handOver({granted}) {
      if (![...ids].length) return;
      // A refusal of everything is one of this, too.
      if (!granted.length) {
        for (const name of [...ids.keys()]) ids.delete(name);
        navigation?.removeEventListener('currententrychange', keep);
        keptInHistory();
      }
      if (isHere()) return;
      const waiting = tags.filter(({state, vendor, category}) => {
        return state === 'waiting' && (granted.includes(`${vendor}`) || granted.includes(category));
      });
      if (!waiting.length) return;
      navigation?.removeEventListener('currententrychange', keep);
      keptInHistory();
      const before = location.href;
      const url = new URL(before);
      for (const [name, value] of ids) url.searchParams.set(name, value);
      replace(history.state, url.href);
      const shown = location.href;
      const types = ['consent-vendor-load', 'consent-vendor-error'] as const;
      const takeBack = () => {
        clearTimeout(timer);
        for (const type of types) ownDocument.removeEventListener(type, handleAnswer);
        // The page may have gone on to another route.
        if (location.href === shown) replace(history.state, before);
      };
      const handleAnswer = () => {
        // A frame or an image has the address of the page from its first moment on, and may take its time.
        const isDone = ({state, element}: TagReport) =>
          /^(loaded|failed)$/.test(state) || (element && state !== 'waiting');
        if (waiting.every(isDone)) takeBack();
      };
      const timer = setTimeout(takeBack, LONGEST);
      for (const type of types) ownDocument.addEventListener(type, handleAnswer);
    },
  };
}

function keptInHistory(): string | undefined {
  const {[KEPT]: kept, ...state} = Object(history.state);
  if (typeof kept !== 'string') return undefined;
  replace(Object.keys(state).length ? state : null, location.href);
  return kept;
}

/** @returns the parameters of an address that say where its visitor came from */
export function clickIdsOf(address: string, attribution?: unknown): [string, string][] {
  const own = Array.isArray(attribution) ? attribution : [];
  const patterns = [...knownParameters.split(' '), ...own]
    // By wildcards alone everything would be handed on.
    .filter((name) => typeof name === 'string' && /[^*]/.test(name))
    .map((name: string) => name.replace(/[^\w*]/g, '\\$&').replace(/\*+/g, '.*'));
  const isOne = RegExp(`^(${patterns.join('|')})$`, 'i');
  return [...new URL(address).searchParams].filter(([name]) => isOne.test(name));
}

const isPlain = (state: unknown) => state === null || Object.getPrototypeOf(state) === Object.prototype;

/** Past whatever a router has put in its place: it has not gone anywhere. */
const replace = (state: unknown, address: string) =>
  History.prototype.replaceState.call(history, state, '', address);
