/**
 * Automatic operators, as they meet a page: one that others wrote, and small stand-ins for those that cannot be had as a
 * package. All of them are given what docs/operators ships, and nothing of the product's own.
 */
import {readFileSync} from 'node:fs';
import {expect, type Frame, type Page} from 'playwright/test';
import type {Site} from './site.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const FILTERS = read('docs/operators/filters.txt');

interface AutoconsentMessage {
  readonly type: string;
  readonly url?: string;
  readonly cmp?: string;
  readonly result?: boolean;
  readonly state?: {readonly findCmpAttempts: number};
}

interface AutoconsentOptions {
  readonly action: 'optOut' | 'optIn';
  /** Whether it is given our rule. */
  readonly hasRule?: boolean;
  /** What it does where no rule fits; `tier2` goes furthest, it accepts where nothing else is offered. */
  readonly heuristic?: 'off' | 'tier2';
}

export interface Autoconsent {
  /** What it has reported so far. */
  readonly messages: AutoconsentMessage[];
  /** How often it has looked for a banner. */
  attempts(): number;
  /** Waits until it has said so. */
  expectMessage(message: Partial<AutoconsentMessage>): Promise<void>;
  /** Has it judge by itself whether its refusal has worked. */
  selfTest(page: Page): Promise<void>;
}

/** Puts DuckDuckGo's autoconsent into every page of the site: the bundle of its package, and an answer to its messages. */
export async function useAutoconsent(
  {context}: Site,
  {action, hasRule = true, heuristic = 'off'}: AutoconsentOptions,
): Promise<Autoconsent> {
  const messages: AutoconsentMessage[] = [];
  const rule = JSON.parse(read('docs/operators/autoconsent.json'));
  const tell = (frame: Page | Frame, message: object, url = frame.url()) =>
    frame
      .evaluate(
        ([message, url]) => {
          const {autoconsentReceiveMessage: receive} = window as unknown as {
            autoconsentReceiveMessage(message: object): unknown;
          };
          // An answer to the tab's first, empty page is none to the page that has followed it.
          if (location.href === url) receive(message);
        },
        [message, url] as const,
      )
      // A frame that has left in the meantime hears nothing.
      .catch(() => {});
  await context.exposeBinding('autoconsentSendMessage', ({frame}, message: AutoconsentMessage) => {
    messages.push(message);
    if (message.type !== 'init') return;
    const answer = {
      type: 'initResp',
      config: {autoAction: action, heuristicMode: heuristic, heuristicPopupSearchTimeout: 2000},
      rules: {autoconsent: hasRule ? [rule] : []},
    };
    return tell(frame, answer, message.url);
  });
  await context.addInitScript(read('node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js'));
  return {
    messages,
    attempts: () => Math.max(0, ...messages.map(({state}) => state?.findCmpAttempts ?? 0)),
    async expectMessage(message) {
      await expect.poll(() => messages, {timeout: 15_000}).toContainEqual(expect.objectContaining(message));
    },
    async selfTest(page) {
      await tell(page, {type: 'selfTest'});
    },
  };
}

/** The user's answers to Consent-O-Matic: letter of its categories → allowed. What is not named is not. */
type Answers = Readonly<Record<string, boolean>>;

/**
 * Does what Consent-O-Matic does with our rule. Its engine is no package, so this follows its documentation: exactly the
 * matchers and actions that our rule has; any other is an error, so that the rule stays within what is tested.
 */
export async function operateLikeConsentOMatic(page: Page, answers: Answers): Promise<void> {
  const rules = JSON.parse(read('docs/operators/consent-o-matic.json'));
  await page.evaluate(
    async ([rule, answers]) => {
      interface Selection {
        readonly selector: string;
        readonly displayFilter?: boolean;
      }
      interface Place {
        readonly parent?: Selection;
        readonly target: Selection;
      }
      interface Step extends Place {
        readonly type: string;
        readonly actions: readonly Step[];
        readonly action: Step;
        readonly consents: readonly {
          readonly type: string;
          readonly matcher: Step;
          readonly toggleAction: Step;
        }[];
      }

      const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

      function select({selector, displayFilter}: Selection, start: ParentNode): HTMLElement[] {
        if (selector === ':scope') return [start as HTMLElement];
        // Into the shadow root of what it starts from, where there is one.
        const root = (start as Element).shadowRoot ?? start;
        const found = [...root.querySelectorAll<HTMLElement>(selector)];
        return found.filter(
          ({offsetHeight}) => displayFilter === undefined || displayFilter === offsetHeight > 0,
        );
      }

      function find({parent, target}: Place, base: ParentNode): HTMLElement[] {
        const start = parent ? select(parent, base)[0] : base;
        return start ? select(target, start) : [];
      }

      function matches(matcher: Step, base: ParentNode): boolean {
        const [found] = find(matcher, base);
        if (matcher.type === 'css') return !!found;
        if (matcher.type === 'checkbox' && found) return (found as HTMLInputElement).checked;
        throw new Error(`no such matcher, or nothing to match: ${JSON.stringify(matcher)}`);
      }

      async function run(action: Step, base: ParentNode): Promise<void> {
        const {type} = action;
        if (type === 'list') {
          for (const inner of action.actions) await run(inner, base);
        } else if (type === 'foreach') {
          for (const element of find(action, base)) await run(action.action, element);
        } else if (type === 'waitcss') {
          for (let tries = 10; tries > 0 && !find(action, base).length; tries--) await wait(250);
        } else if (type === 'click') {
          find(action, base)[0]?.click();
          await wait(0);
        } else if (type === 'consent') {
          for (const consent of action.consents) {
            const isAllowed = answers[consent.type] ?? false;
            if (matches(consent.matcher, base) !== isAllowed) await run(consent.toggleAction, base);
          }
        } else {
          throw new Error(`no such action: ${type}`);
        }
      }

      const {detectors, methods} = rule;
      const isDetected = (name: string) =>
        detectors.some((detector: Record<string, Step[]>) =>
          detector[name]?.every((matcher) => matches(matcher, document)),
        );
      for (let tries = 20; !isDetected('presentMatcher') || !isDetected('showingMatcher'); tries--) {
        if (!tries) throw new Error('no banner detected');
        await wait(250);
      }
      for (const name of ['HIDE_CMP', 'OPEN_OPTIONS', 'HIDE_CMP', 'DO_CONSENT', 'SAVE_CONSENT']) {
        for (const method of methods) if (method.name === name) await run(method.action, document);
      }
    },
    [rules['consent-gate'], answers] as const,
  );
}

/** @returns the arguments of a scriptlet of the example filters: of uBlock Origin's spelling, then of AdGuard's */
export function scriptletArguments(name: string): [ublock: string[], adguard: string[]] {
  const [, ublock = ''] = FILTERS.match(new RegExp(`^example\\.com##\\+js\\(${name}, (.*)\\)$`, 'm')) ?? [];
  const [, adguard = ''] =
    FILTERS.match(new RegExp(`^example\\.com#%#//scriptlet\\('${name}', (.*)\\)$`, 'm')) ?? [];
  return [ublock.split(', '), [...adguard.matchAll(/'([^']*)'/g)].map(([, argument = '']) => argument)];
}

/** Waits for an element and clicks it, as the scriptlet `trusted-click-element` does: `>>>` enters an open shadow root. */
export async function clickLikeScriptlet(page: Page, selector: string): Promise<void> {
  await page.evaluate(async (selector) => {
    const find = () =>
      selector
        .split(' >>> ')
        .reduce<Element | null>(
          (found, part, index) => (index ? found?.shadowRoot : document)?.querySelector(part) ?? null,
          null,
        ) as HTMLElement | null;
    for (let tries = 100; tries && !find(); tries--) await new Promise((resolve) => setTimeout(resolve, 100));
    find()?.click();
  }, selector);
}

/** Sets a cookie before anything of the page runs, as the scriptlet `trusted-set-cookie` does. */
export async function setCookieLikeScriptlet(
  {context}: Site,
  [name, value, , , ...options]: readonly string[],
): Promise<void> {
  await context.addInitScript(
    ([name, value, options]) => {
      // A frame without an origin has no cookies.
      if (origin === 'null') return;
      if (options.includes('dontOverwrite') && document.cookie.includes(`${name}=`)) return;
      // biome-ignore lint/suspicious/noDocumentCookie: as the scriptlet does it
      document.cookie = `${name}=${value}; path=/; max-age=31536000`;
    },
    [name, value, options] as const,
  );
}

/** Hides elements as an extension does: by a style of its own, there before the page's first element. */
export async function hideLikeFilter({context}: Site, selector: string): Promise<void> {
  await context.addInitScript((selector) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${selector} {display: none !important}`);
    document.adoptedStyleSheets.push(sheet);
  }, selector);
}

/** @returns the selectors of the filters in docs/operators that hide something */
export const hidingSelectors = (): string[] =>
  [...FILTERS.matchAll(/^example\.com##([^+].*)$/gm)].map(([, selector = '']) => selector);
