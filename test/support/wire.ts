/**
 * What the browser really asked for, request by request: the witness of the e2e tests. It hears of a request when the
 * browser makes it, whether it is answered, routed or blocked later.
 */
import type {BrowserContext, Request} from 'playwright/test';

export interface Wire {
  /** Every request to anyone but the site itself, in order: the vendors' origin by path, others by full address. */
  toVendors(): string[];
  /** `toVendors()` without the vendors' reports: scripts, frames, pixels, sorted. */
  tags(): string[];
  /** The vendors' reports of what the visitor does. */
  hits(): URL[];
  /** Every request to the site itself, by path. */
  toSite(): string[];
  /** Forgets what was asked for so far. */
  forget(): void;
  /** Resolves once the browser has asked for nothing more for a while, and nothing is under way. */
  quiet(): Promise<void>;
}

/** Where the real tags and their stand-ins report to. */
const REPORTS =
  /^\/collect\/|google-analytics\.com|googleadservices|doubleclick|yahoo\.co\.jp|facebook\.com\/tr|\/gtm\/a\?/;

/**
 * Milliseconds. A tag is asked for in the task that lets it in, or as soon as the one before it has loaded: no timer of
 * the product or of a simulator lies between. On a busy machine that still takes a tenth of this.
 */
const QUIET = 250;

/** Milliseconds after which a request without an answer counts as hanging, and is waited for no longer. */
const HANGING = 3000;

/** @param isOurs tells the site's own hosts */
export function watchWire(
  context: BrowserContext,
  {isOurs, vendorOrigin}: {isOurs: (host: string) => boolean; vendorOrigin: string},
): Wire {
  let urls: URL[] = [];
  let count = 0;
  const pending = new Map<Request, number>();
  const done = (request: Request) => pending.delete(request);

  /** What the document before this one has asked for gets no answer any more. */
  function forgetDocument(next: Request): void {
    const start = pending.get(next) ?? 0;
    for (const [request, since] of pending) {
      if (request !== next && since <= start && request.frame() === next.frame()) done(request);
    }
  }

  context.on('request', (request) => {
    const url = new URL(request.url());
    // data:, blob: and about: go nowhere.
    if (!/^http/.test(url.protocol)) return;
    count++;
    urls.push(url);
    pending.set(request, Date.now());
  });
  context.on('requestfinished', (request) => {
    if (request.isNavigationRequest()) forgetDocument(request);
    done(request);
  });
  context.on('requestfailed', done);

  const shorten = ({href, origin}: URL) => (origin === vendorOrigin ? href.slice(origin.length) : href);
  const foreign = () => urls.filter(({host}) => !isOurs(host));
  const isReport = (url: URL) => REPORTS.test(shorten(url));
  const isBusy = () => [...pending.values()].some((since) => Date.now() - since < HANGING);

  return {
    toVendors: () => foreign().map(shorten),
    tags: () =>
      foreign()
        .filter((url) => !isReport(url))
        .map(shorten)
        .sort(),
    hits: () => foreign().filter(isReport),
    toSite: () => urls.filter(({host}) => isOurs(host)).map(({pathname}) => pathname),
    forget() {
      urls = [];
    },
    async quiet() {
      let before: number;
      do {
        before = count;
        await new Promise((resolve) => setTimeout(resolve, QUIET));
      } while (before !== count || isBusy());
    },
  };
}
