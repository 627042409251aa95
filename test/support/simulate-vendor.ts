/**
 * A vendor's script as far as a page and the wire can tell: it takes over the queue in the vendor's own form, reports every
 * command it hears to the vendor's collector, in order, calls the functions in it, and leaves the vendor's cookies and items. It obeys the vendor's own
 * stop call, and, as some real ones do, writes everything once more while the page is left, whatever it was told.
 */

/** A command as a vendor hears it, as JSON: `['track', 'PageView']`. A time is `'time'`. */
export type Command = unknown;

/** How a script takes over what the page has called so far and will call. Paths start at `window`: `'fbq.queue'`. */
export interface QueueForm {
  /** Lists of calls. A function among them is run. What is pushed later is heard at once. */
  readonly lists?: readonly string[];
  /** An object takes the place of the list, one that only takes calls. */
  readonly isReplaced?: boolean;
  /** A call stands in its list together with its time. */
  readonly isTimed?: boolean;
  /** Function that the script puts in the place of the page's, or the field of that which it sets to be called instead. */
  readonly takes?: string;
  /** A list of calls with a method for each command. */
  readonly methods?: string;
  /** List of the pixels to start. */
  readonly starts?: string;
  /** What the script has on top: functions the page may call once it is here. `a.b().c` is what `b` returns. */
  readonly brings?: readonly string[];
  /** A class that is given a flat list of words. */
  readonly bringsClass?: string;
  /** Values that it looks for as it starts, and reports first. */
  readonly reads?: readonly string[];
}

export interface Simulation {
  readonly collector: string;
  readonly queue: QueueForm;
  readonly cookies: readonly string[];
  readonly storage: readonly string[];
  /** By which it remembers a refusal: cookies it writes when it is stopped. */
  readonly marks: readonly string[];
  readonly stop: readonly Command[];
  readonly resume: readonly Command[];
}

/** What it leaves in the storage as the page is left, so that a test can tell that it did. */
export const FAREWELL = 'simulator-farewell';

/** @returns the text of the script */
export const simulateVendor = (simulation: Simulation): string =>
  `(${simulate})(${JSON.stringify(simulation)}, ${JSON.stringify(FAREWELL)})`;

/** Runs in the page. */
function simulate(
  {collector, queue, cookies, storage, marks, stop, resume}: Simulation,
  farewell: string,
): void {
  type Fields = Record<string, unknown>;
  type List = unknown[] & Fields;

  const isList = (value: unknown): value is ArrayLike<unknown> =>
    Array.isArray(value) || Object.prototype.toString.call(value) === '[object Arguments]';

  /** What a path leads to: its owner, and its name there. What is missing on the way is made. */
  function find(path: string): [owner: Fields, name: string] {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let owner = window as unknown as Fields;
    for (const name of names) {
      if (name.endsWith('()')) {
        const made = {};
        const method = (owner[name.slice(0, -2)] ??= () => made) as () => Fields;
        owner = method();
      } else owner = (owner[name] ??= {}) as Fields;
    }
    return [owner, last];
  }

  function plain(value: unknown): unknown {
    if (value instanceof Date || (typeof value === 'number' && value > 1e12)) return 'time';
    if (isList(value)) return Array.from(value, plain);
    if (typeof value === 'object' && value)
      return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
    return value;
  }

  // --- what it leaves ------------------------------------------------------------------------------------------------

  function leave(names: readonly string[]): void {
    const domain = location.hostname.replace(/^www\./, '');
    for (const name of names) {
      // biome-ignore lint/suspicious/noDocumentCookie: as the real tag does
      document.cookie = `${name}=1; path=/; max-age=86400; domain=${domain}`;
    }
  }

  function leaveAll(): void {
    leave(cookies);
    for (const name of storage) {
      localStorage.setItem(name, '1');
      sessionStorage.setItem(name, '1');
    }
  }

  // --- what it hears -------------------------------------------------------------------------------------------------

  let isOn = true;
  const stops = stop.map((command) => JSON.stringify(command));
  const resumes = resume.map((command) => JSON.stringify(command));

  function hear(entry: unknown): void {
    const [first, ...rest] = isList(entry) ? Array.from(entry) : [entry];
    if (typeof first === 'function' && !rest.length) return void first.call(window);
    const text = JSON.stringify(plain(entry));
    const isStop = stops.includes(text);
    const isResume = resumes.includes(text);
    if (isStop) leave(marks);
    isOn = isResume || (isOn && !isStop);
    if (!isOn && !isStop) return;
    // A real tag goes on for the page that follows as well.
    fetch(`${collector}?heard=${encodeURIComponent(text)}`, {mode: 'no-cors', keepalive: true}).catch(
      () => {},
    );
    if (isOn) leaveAll();
    answer(entry);
  }

  /** Functions in a call are what the page waits for. */
  function answer(value: unknown): void {
    if (typeof value === 'function') setTimeout(() => value('from the vendor'));
    else if (Object(value) === value) Object.values(value as object).forEach(answer);
  }

  const {
    lists = [],
    isReplaced,
    isTimed,
    takes,
    methods,
    starts,
    brings = [],
    bringsClass,
    reads = [],
  } = queue;

  leaveAll();
  for (const path of reads) {
    const [owner, name] = find(path);
    hear({[path]: owner[name]});
  }
  for (const path of brings) {
    const [owner, name] = find(path);
    owner[name] = (...call: unknown[]) => hear([name, ...call]);
  }
  if (starts) {
    const [owner, name] = find(starts);
    for (const call of owner[name] as unknown[][]) hear(['init', ...call]);
  }
  if (methods) {
    const [owner, name] = find(methods);
    const list = owner[name] as List;
    const instance = (isReplaced ? {} : list) as Fields;
    for (const [method, value] of Object.entries(list)) {
      if (typeof value === 'function') instance[method] = (...call: unknown[]) => hear([method, ...call]);
    }
    owner[name] = instance;
    for (const entry of [...list]) hear(entry);
  }
  // Read before its function is replaced: the list may be a field of that.
  const queued = lists.flatMap((path) => {
    const [owner, name] = find(path);
    const list = (owner[name] ??= []) as unknown[];
    const entries = [...list];
    const push = (...later: unknown[]) => later.forEach(hear);
    if (isReplaced) owner[name] = {push};
    else Object.assign(list, {push});
    return entries;
  });
  if (takes) {
    const [owner, name] = find(takes);
    owner[name] = (...call: unknown[]) => hear(call);
  }
  for (const entry of queued) hear(isTimed ? (entry as unknown[])[0] : entry);
  if (bringsClass) {
    const [owner, name] = find(bringsClass);
    owner[name] = class {
      constructor({q, ...options}: {q: unknown[]}) {
        hear(options);
        const words = [...q];
        while (words.length) {
          const isCommand = /^(consent|event)$/.test(`${words[0]}`);
          this.push(...words.splice(0, isCommand ? 3 : 1));
        }
      }
      push(...command: unknown[]): void {
        hear(command);
      }
    };
  }

  // The cookies come back after a sweep, whatever it was told.
  addEventListener('pagehide', () => {
    leaveAll();
    localStorage.setItem(farewell, '1');
  });
}
