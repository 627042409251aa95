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

/** What goes on in spite of its stop call hears it again: the page is about to go, and vendors write once more as it does. */
export function stopAgain(
  {vendors}: Settings,
  {running}: Pick<TagGate, 'running'>,
  changes: Readonly<Record<string, VendorChanges>>,
): void {
  for (const {owner, isOn} of running.values()) {
    const vendor = vendors.find(({id}) => id === owner.vendor);
    if (vendor && !isOn) callHook(vendor, changes, 'stop');
  }
}

/** The page may have put anything under a vendor's name. */
function callHook(
  vendor: Vendor,
  changes: Readonly<Record<string, VendorChanges>>,
  hook: 'stop' | 'resume' | 'drop',
): void {
  const hooks: VendorChanges = {...vendor.definition, ...changes[vendor.id]};
  guard(() => hooks[hook]?.(window as unknown as VendorWindow, vendor.tagId ?? ''));
}

/** @returns whether something that ran can only be stopped by another document */
export function carryOut(
  {vendors}: Settings,
  {running, isOwnerGranted}: Pick<TagGate, 'running' | 'isOwnerGranted'>,
  {before, now, isGranted, changes = {}}: Change,
): boolean {
  const dropOf = ({id, definition}: Vendor) => changes[id]?.drop ?? definition?.drop ?? definition?.queue;
  let needsReload = false;
  for (const entry of running.values()) {
    const vendor = vendors.find(({id}) => id === entry.owner.vendor);
    const isOn = isOwnerGranted(entry.owner);
    if (isOn === entry.isOn) continue;
    entry.isOn = isOn;
    if (vendor) callHook(vendor, changes, isOn ? 'resume' : 'stop');
    needsReload ||= !isOn && (vendor?.reload ?? true);
  }
  // What the page has called since the visitor said no is no one's to hear, not even after a later yes.
  const isVoid = (vendor: Vendor) => isRefused(before, vendor);
  for (const vendor of vendors) {
    // Some share a queue with one that hears it.
    const isHeard = vendors.some(
      (other) => dropOf(other) === dropOf(vendor) && isGranted(other.id) && !isVoid(other),
    );
    if (!vendor.url || isHeard || !(isVoid(vendor) || isRefused(now, vendor))) continue;
    callHook(vendor, changes, 'drop');
    const {id, category, definition} = vendor;
    // Once its script has been let in the list is the script's, with the stop call in it.
    if (definition?.queue && !running.has(`${id} ${category}`))
      guard(() => emptyQueue(`${definition.queue}`));
  }
  return needsReload;
}

/** @param form `VendorDefinition.queue` */
function emptyQueue(form: string): void {
  const [path = '', list] = form.split(' ');
  const page = window as unknown as VendorWindow;
  const stub = path
    .split('.')
    .reduce<VendorWindow | undefined>((owner, name) => owner?.[name] as VendorWindow, page);
  const queue = list ? (stub?.[list] ?? page[list]) : stub;
  (queue as unknown[] | undefined)?.splice?.(0);
}

/** The visitor has said no to it: not the same as nobody having asked. */
const isRefused = (record: ConsentRecord | null, {id, category}: Vendor): boolean =>
  (record?.vendors[id] ?? record?.categories[category]) === 'denied';
