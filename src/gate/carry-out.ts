/**
 * What a change means for what is in the page already: tags that ran are stopped or resumed, and calls that a refusal has
 * made void are forgotten. In: who is granted now, and who was refused before. Part of `choice.js`: without a change,
 * nobody needs it.
 */
import {guard} from '../attempt.js';
import type {Settings, Vendor, VendorChanges, VendorWindow} from '../config/types.js';
import type {ConsentRecord} from '../consent/record.js';
import type {TagGate} from './tag-gate.js';

interface Change {
  /** Before the change, and now; `null` where nobody has answered. */
  readonly before: ConsentRecord | null;
  readonly now: ConsentRecord | null;
  readonly isGranted: (id: string) => boolean;
  /** What vendors do whose definition does not say it, by id. */
  readonly changes?: Readonly<Record<string, VendorChanges>>;
}

/** @returns whether something that ran can only be stopped by a reload */
export function carryOut(
  {vendors}: Settings,
  {running, isOwnerGranted}: Pick<TagGate, 'running' | 'isOwnerGranted'>,
  {before, now, isGranted, changes = {}}: Change,
): boolean {
  const hooksOf = ({id, definition}: Vendor): VendorChanges => ({...definition, ...changes[id]});
  /** The page may have put anything under a vendor's name. */
  const call = (vendor: Vendor | undefined, hook: 'stop' | 'resume' | 'drop') =>
    guard(() => vendor && hooksOf(vendor)[hook]?.(window as unknown as VendorWindow, vendor.tagId ?? ''));
  let needsReload = false;
  for (const entry of running.values()) {
    const vendor = vendors.find(({id}) => id === entry.owner.vendor);
    const isOn = isOwnerGranted(entry.owner);
    if (isOn === entry.isOn) continue;
    entry.isOn = isOn;
    call(vendor, isOn ? 'resume' : 'stop');
    needsReload ||= !isOn && (vendor?.reload ?? true);
  }
  // What the page has called since the visitor said no is no one's to hear, not even after a later yes.
  const isVoid = (vendor: Vendor) => isRefused(before, vendor);
  for (const vendor of vendors) {
    // Some share a queue with one that hears it.
    const isHeard = vendors.some(
      (other) => hooksOf(other).drop === hooksOf(vendor).drop && isGranted(other.id) && !isVoid(other),
    );
    if (vendor.url && (isVoid(vendor) || isRefused(now, vendor)) && !isHeard) call(vendor, 'drop');
  }
  return needsReload;
}

/** The visitor has said no to it: not the same as nobody having asked. */
const isRefused = (record: ConsentRecord | null, {id, category}: Vendor): boolean =>
  (record?.vendors[id] ?? record?.categories[category]) === 'denied';
