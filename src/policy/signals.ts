/** Reads what the browser says for its visitor. The only impure file of its stage. */

/** Global Privacy Control, https://www.w3.org/TR/gpc/: only the exact value `true` is the signal. */
export function readGpc(): boolean {
  return (navigator as {globalPrivacyControl?: unknown}).globalPrivacyControl === true;
}
