/** Reads what the browser says for its visitor. The only impure file of its stage. */

export interface Signals {
  /** Global Privacy Control, https://www.w3.org/TR/gpc/: only the exact value `true` is the signal. */
  readonly gpc: boolean;
}

export function readSignals(navigator: Navigator): Signals {
  return {gpc: (navigator as Navigator & {globalPrivacyControl?: unknown}).globalPrivacyControl === true};
}
