/**
 * What a choice leaves to be done once the visitor has been answered: what denied vendors have left is removed, copies of the
 * record are made to agree, mistakes in the configuration are explained. It grants nothing and takes no grant back. Part of
 * `choice.js`.
 */
import {attempt} from './attempt.js';
import type {Core} from './choice.js';
import {isPlausible} from './config/is-plausible.js';
import {encodeRecord} from './consent/record.js';
import type {StorageWriter} from './consent/write-storage.js';
import {findLeftovers, isLeftoverOf, namesHere, sweepMark} from './gate/find-leftovers.js';
import {sweepDatabases, sweepStorage} from './gate/sweep-storage.js';
import {isAtWork} from './is-at-work.js';

export interface Upkeep {
  /** Names of the cookies that could not be removed. */
  readonly kept: readonly string[];
  /**
   * Removes what denied vendors have left.
   * @param isThorough looks for databases and caches as well, and for what vendors leave whose file has not come yet
   */
  sweep(isThorough: boolean): void;
  /** Makes one of several, stale or missing copies of the record. */
  mend(): void;
}

export interface UpkeepEnvironment extends Core {
  readonly writer: StorageWriter;
  /** The page is about to go. */
  readonly isReloading: () => boolean;
}

/** Milliseconds in which a busy page, too, has painted. */
const FRAMES = 60;

export function createUpkeep({
  config,
  settings,
  jar,
  store,
  api,
  load,
  isHeld,
  look,
  tell,
  writer,
  isReloading,
}: UpkeepEnvironment): Upkeep {
  let kept: readonly string[] = [];

  async function sweep(isThorough: boolean): Promise<void> {
    if (isHeld() || look().isUntold) return;
    const before = `${kept}`;
    const mark = sweepMark(settings);
    const removed: string[] = [];
    const sweepNames = () => {
      // The mark is for the page that comes of the reload.
      const found = findLeftovers(settings, api.isGranted).filter((name) => name !== mark || !isReloading());
      kept = sweepStorage(found, writer.removeCookie);
      removed.push(...found.filter((name) => name !== mark && !kept.includes(name)));
      return found.includes(mark);
    };
    // What can be swept at once is: the page may be about to reload.
    if (sweepNames() || isThorough) {
      if (await completeDenied()) sweepNames();
      removed.push(...(await sweepDatabases(isLeftoverOf(settings, api.isGranted))));
    }
    if (removed.length || `${kept}` !== before) tell('consent-sweep', {removed, kept});
  }

  /** @returns whether more is known now of what denied vendors leave, where there is anything to find */
  async function completeDenied(): Promise<boolean> {
    const isStranger = (name: string) => !name.startsWith(settings.cookie.name);
    const strangers = settings.vendors.filter(
      ({id, definition}) => definition?.isStandIn && !api.isGranted(id),
    );
    if (!strangers.length || !namesHere().some(isStranger)) return false;
    const {complete} = await load('attend.js');
    await Promise.allSettled(strangers.map((vendor) => complete(vendor, load)));
    return true;
  }

  function explainMistakes(): void {
    // Where a site is made its markup is looked at as well.
    if (isAtWork() || !attempt(() => isPlausible(config, settings))) {
      load('check-config.js').then(
        ({checkConfig}) => checkConfig(config),
        () => {},
      );
    }
    if (isAtWork()) {
      load('attend.js').then(
        ({watchListeners}) => watchListeners(settings),
        () => {},
      );
    }
  }
  // The question comes first, and the frame that shows it.
  setTimeout(explainMistakes, FRAMES);

  return {
    get kept() {
      return kept;
    },
    sweep,
    mend() {
      const {record} = store;
      const [cookies, mirror] = jar.copies();
      if (!record || cookies === mirror) return;
      // A cookie that a server has set outlives one of ours: it is not written again for the sake of the mirror.
      if (cookies === encodeRecord(record)) writer.mirror(cookies);
      else writer.write(record);
      store.adopt(record);
    },
  };
}
