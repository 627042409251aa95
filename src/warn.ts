/** One line on the console for the site's owner, once per text, with the page of the manual that explains it. */

/** Anchors of `docs/warnings.md`. */
export type WarningCode = 'config' | 'markup' | 'storage' | 'twice' | 'ui' | 'vendor';

const said = new Set<string>();

export function warn(code: WarningCode, message: string): void {
  if (!said.has(message)) console.warn(`consent-gate: ${message} (docs/warnings.md#${code})`);
  said.add(message);
}
