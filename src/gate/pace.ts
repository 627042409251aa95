/**
 * What a choice lets in shares its moment with the press of a button: the page has to be able to paint and to answer in
 * between. Work is done in slices, each in a task of its own. Part of `choice.js`: without a choice nobody needs it.
 */

/** Milliseconds of work in one task. A frame has 16. */
const SLICE = 12;

export interface Pace {
  /** Whether there is room for more in this slice. */
  hasTime(): boolean;
  /** Runs it in a later task, after what is waiting already. What waits under the same key is enough. */
  later(key: object, run: () => void): void;
}

export function createPace(): Pace {
  const waiting = new Map<object, () => void>();
  let end = 0;
  const hasTime = () => performance.now() < end;
  const {scheduler} = window as {scheduler?: {yield?(): Promise<void>}};
  // Not timers: browsers stretch those that follow each other to four milliseconds.
  const {port1, port2} = new MessageChannel();
  const goOn = () => (scheduler?.yield ? scheduler.yield().then(work) : port2.postMessage(0));
  port1.onmessage = work;

  function work() {
    end = performance.now() + SLICE;
    for (const [key, run] of waiting) {
      waiting.delete(key);
      run();
      if (!hasTime()) break;
    }
    end = 0;
    if (waiting.size) goOn();
  }
  return {
    hasTime,
    later(key, run) {
      if (waiting.has(key)) return;
      waiting.set(key, run);
      if (waiting.size === 1 && !hasTime()) goOn();
    },
  };
}
