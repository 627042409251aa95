/** A page of its own for `answer-calls.ts`, which hears of everything in its page: with its own modules, clock and queues. */
import type {VendorConfig, VendorWindow} from '../../../src/config/types.js';
import type {Owner} from '../../../src/gate/tag-gate.js';

type Awaited = (...values: unknown[]) => unknown;

export interface AnsweringPage {
  readonly window: VendorWindow & {document: Document};
  /** Milliseconds of the timers that have not fired, in their order. */
  readonly delays: () => number[];
  /** Fires all timers that are due within that time. */
  readonly pass: (milliseconds: number) => void;
  /** What each call of a function made by `awaited` was given. */
  readonly given: unknown[][];
  /** A function that a page waits for. */
  readonly awaited: Awaited;
  /** Says what holds from now on: ids of vendors and categories. */
  readonly change: (standing: Standing) => void;
  /** The vendor's script has come and runs, or has been stopped. */
  readonly run: (vendor: string, isOn?: boolean) => void;
  readonly start: () => void;
  readonly close: () => void;
}

export interface Standing {
  readonly granted?: readonly string[];
  readonly refused?: readonly string[];
}

interface Options extends Standing {
  readonly vendors: readonly VendorConfig[];
  readonly markup?: string;
  /** Runs in the page before anything answers. */
  readonly before?: (page: AnsweringPage) => void;
}

export async function openAnsweringPage({
  vendors: configured,
  markup = '',
  before,
  ...first
}: Options): Promise<AnsweringPage> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const page = frame.contentWindow as unknown as VendorWindow & typeof globalThis;
  page.document.body.insertAdjacentHTML('beforeend', markup);
  const load = (file: string) => page.eval(`import(${JSON.stringify(new URL(file, location.origin).href)})`);
  const [{answerCalls}, {normalizeConfig}, {catalogue}, own] = (await Promise.all([
    load('/src/gate/answer-calls.ts'),
    load('/src/config/normalize-config.ts'),
    load('/src/vendors/index.ts'),
    load('/src/vendors/catalogue.ts'),
  ])) as [
    typeof import('../../../src/gate/answer-calls.js'),
    typeof import('../../../src/config/normalize-config.js'),
    typeof import('../../../src/vendors/index.js'),
    typeof import('../../../src/vendors/catalogue.js'),
  ];

  let timers: {run: () => void; at: number}[] = [];
  let now = 0;
  const clock = (run: () => void, delay = 0) => timers.push({run, at: now + delay});
  Object.assign(page, {setTimeout: clock});

  const settings = normalizeConfig({vendors: configured}, catalogue);
  for (const {id, definition, url} of settings.vendors) {
    if (url) definition?.install?.(page);
    // The rest of its stub.
    if (definition?.isStandIn)
      own.vendors.find((vendor) => vendor.definition.id === id)?.definition.install?.(page);
  }

  let standing: Standing = first;
  const running = new Map<string, {owner: Owner; isOn: boolean}>();
  const has = (ids: readonly string[] = [], {vendor = '', category}: Owner) =>
    ids.includes(vendor) || ids.includes(category);
  const given: unknown[][] = [];
  const result: AnsweringPage = {
    window: page,
    delays: () => timers.map(({at}) => at - now),
    pass(milliseconds) {
      now += milliseconds;
      for (const timer of timers.filter(({at}) => at <= now)) {
        timers = timers.filter((other) => other !== timer);
        timer.run();
      }
    },
    given,
    awaited: (...values) => void given.push(values),
    change(next) {
      standing = next;
      page.document.dispatchEvent(new Event('consent-change'));
    },
    run(vendor, isOn = true) {
      const category = settings.vendors.find(({id}) => id === vendor)?.category ?? '';
      running.set(vendor, {owner: {vendor, category}, isOn});
      page.document.dispatchEvent(new Event('consent-vendor-load'));
    },
    start: () =>
      answerCalls(
        settings,
        {running, isOwnerGranted: (owner) => has(standing.granted, owner)},
        (owner) => !has(standing.refused, owner),
      ),
    close: () => frame.remove(),
  };
  before?.(result);
  result.start();
  return result;
}
