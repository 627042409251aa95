/**
 * Entry of `debug.js`: why every tag is in the page or not, and what got past the gate. Beside the flow: fetched only
 * when somebody asks, by `?consent-debug` or `consentGate.audit()`. Reads what the loader hands over; grants, denies and
 * stores nothing, and never throws into the page.
 */
import type {AuditReport, DebugCore} from './contract.js';
import {createReport} from './create-report.js';
import {showOverlay} from './overlay.js';
import {recorderOf} from './recorder.js';

/** @returns the report of this moment. The first call begins to watch, so that a later one knows more. */
export async function audit(core: DebugCore): Promise<AuditReport> {
  const recorder = recorderOf(core);
  // Requests from before are handed to a new observer in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
  return createReport(core, recorder);
}

/** Opens the overlay, and keeps it up to date until it is closed. */
export function show(core: DebugCore): void {
  const recorder = recorderOf(core);
  showOverlay(() => createReport(core, recorder), recorder.subscribe);
}

export type * from './contract.js';
