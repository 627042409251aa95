/** One line on the console for the site's owner, once per text, with the page of the manual that explains it. */

/** Anchors of `docs/warnings.md`. */
export type WarningCode = 'config' | 'markup' | 'storage' | 'twice' | 'ui';

const said = new Set<string>();

export function warn(code: WarningCode, message: string): void {
  if (said.has(message)) return;
  said.add(message);
  console.warn(`consent-gate: ${message} (docs/warnings.md#${code})`);
}

/** @returns reports a mistake in words: ``vendors[2].tagId: expected G-XXXXXXX, got "UA-1"`` */
export function reportTo(code: WarningCode): (path: string, expected: string, found: unknown) => void {
  return (path, expected, found) => {
    let shown: unknown = typeof found; // What cannot be written down (a circle, a getter that throws) is named by its kind.
    try {
      shown = JSON.stringify(found)?.slice(0, 60) ?? found;
    } catch {}
    warn(code, `${path}: expected ${expected}, got ${shown}`);
  };
}
