/** Two ways to survive what others throw. Nothing of ours may throw into the page. */

/** Runs what a browser's settings can forbid (storage, cookies). @returns its result, or `undefined` where it threw */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined; // Forbidden is the same as absent.
  }
}

/** Runs what belongs to the page or to a vendor. What it throws is reported as its own, once, and stops nothing of ours. */
export function guard(run: () => void): void {
  try {
    run();
  } catch (error) {
    reportError(error);
  }
}
