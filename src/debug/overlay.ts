/**
 * The report as a panel: a labelled region in the upper corner, never a modal. In: a function that makes the report. Out:
 * nothing but what it shows. Built node by node, with a constructed style sheet, so that it works under the strictest
 * Content Security Policy; outside of `body`, so that it stays when a page swaps it.
 */
import {ownDocument} from '../own-document.js';
import type {AuditedMoment, AuditReport, TagState} from './contract.js';
import {overlayStyles} from './overlay-styles.js';

/** Name of the host. It is never defined as a custom element: there is nothing for a page's own to collide with. */
const HOST = 'consent-debug';

/** Milliseconds. The gate says when a tag has loaded, but nothing says that a cookie was set. */
const LOOK_AGAIN = 1000;

/** Milliseconds for which the button says that it has copied. */
const COPIED = 2000;

type Tone = 'good' | 'bad' | 'busy' | 'quiet';
const TONES: Readonly<Record<TagState, Tone>> = {
  waiting: 'quiet',
  inserted: 'busy',
  loaded: 'good',
  failed: 'bad',
};

let opened: {readonly close: () => void} | undefined;

/**
 * Opens the panel, or opens it anew.
 * @param subscribe calls its listener whenever there may be something new
 */
export function showOverlay(
  makeReport: () => AuditReport,
  subscribe: (listener: () => void) => () => void,
): void {
  opened?.close();
  const host = ownDocument.createElement(HOST);
  const root = host.attachShadow({mode: 'open'});
  const {sheet, panel, verdict, facts, fold, copy, cross, text, sections} = build();
  root.adoptedStyleSheets = [sheet];
  root.append(panel);

  let report = makeReport();
  let shown = '';
  /** What had the focus before the panel got it. */
  let before: HTMLElement | undefined;

  const render = () => {
    // A page that clears its document gets the panel back; one that is closed stays closed.
    if (!host.isConnected) ownDocument.documentElement?.append(host);
    // The banner has the lower half of the window as long as it asks.
    panel.toggleAttribute('data-asking', !!ownDocument.querySelector('consent-banner[open]'));
    report = makeReport();
    // What has not changed is left alone: somebody may be reading or selecting.
    const now = JSON.stringify({...report, time: ''});
    if (now === shown) return;
    shown = now;
    const count = report.leaks.length + report.cookies.denied.length + report.storage.length;
    verdict.dataset['ok'] = `${report.ok}`;
    verdict.textContent = report.ok
      ? 'Nothing got past the gate'
      : `${count} ${count === 1 ? 'thing' : 'things'} got past the gate`;
    facts.textContent = factsOf(report);
    for (const section of sections) section.render(report);
  };

  const unsubscribe = subscribe(render);
  const timer = setInterval(render, LOOK_AGAIN);
  const close = () => {
    unsubscribe();
    clearInterval(timer);
    const hadFocus = root.activeElement;
    host.remove();
    opened = undefined;
    if (hadFocus && before?.isConnected) before.focus();
  };

  panel.addEventListener('focusin', ({relatedTarget}) => {
    if (relatedTarget instanceof HTMLElement && !panel.contains(relatedTarget)) before = relatedTarget;
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // The page, and the layers of ours below it, have an Escape of their own.
    event.stopPropagation();
    close();
  });
  cross.addEventListener('click', close);
  fold.addEventListener('click', () => {
    const isFolded = panel.toggleAttribute('data-folded');
    fold.setAttribute('aria-expanded', `${!isFolded}`);
    fold.textContent = isFolded ? '+' : '\u2212';
  });
  copy.addEventListener('click', async () => {
    const json = JSON.stringify(report, null, 2);
    try {
      // Absent on insecure pages, forbidden in some frames.
      await navigator.clipboard.writeText(json);
      copy.textContent = 'Copied';
      text.hidden = true;
      setTimeout(() => (copy.textContent = 'Copy report'), COPIED);
    } catch {
      panel.removeAttribute('data-folded');
      fold.setAttribute('aria-expanded', 'true');
      text.value = json;
      text.hidden = false;
      text.focus();
      text.select();
      copy.textContent = 'Copy the selected text';
    }
  });

  render();
  opened = {close};
}

interface Section {
  readonly element: HTMLElement;
  readonly render: (report: AuditReport) => void;
}

function build() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(overlayStyles);
  const verdict = make('p', {class: 'verdict', role: 'status'});
  const facts = make('p', {class: 'facts'});
  const copy = make('button', {type: 'button', 'data-action': 'copy'}, 'Copy report');
  const fold = make(
    'button',
    {type: 'button', class: 'icon', 'data-action': 'fold', 'aria-label': 'Details', 'aria-expanded': 'true'},
    '\u2212',
  );
  const cross = make(
    'button',
    {type: 'button', class: 'icon', 'data-action': 'close', 'aria-label': 'Close'},
    '\u00d7',
  );
  const text = make('textarea', {readonly: '', 'aria-label': 'Report', hidden: ''});
  const sections = [
    createSection('Past the gate', {isOpen: true, isOptional: true}, findingsOf),
    createSection('Tags', {isOpen: true}, tagsOf),
    createSection('Grants', {}, grantsOf),
    createSection('Cookies before the choice', {isOptional: true}, ({cookies}) =>
      cookies.beforeChoice.map((name) => item([word('cookie'), named(name)])),
    ),
    createSection('Timeline', {}, ({timeline}) => timeline.map(momentOf)),
    createSection('Notes', {isOptional: true}, ({notes}) => notes.map((note) => item([note]))),
  ];
  const panel = make(
    'section',
    {'aria-label': 'consent-gate report', lang: 'en', dir: 'ltr'},
    make(
      'header',
      {},
      make('div', {class: 'bar'}, make('h2', {}, 'consent-gate'), copy, fold, cross),
      verdict,
      facts,
    ),
    make('div', {class: 'body'}, text, ...sections.map(({element}) => element)),
  );
  return {sheet, panel, verdict, facts, fold, copy, cross, text, sections};
}

/** @param isOptional not shown while there is nothing in it */
function createSection(
  title: string,
  {isOpen = false, isOptional = false},
  itemsOf: (report: AuditReport) => Node[],
): Section {
  const count = make('span', {class: 'count'});
  const list = make('ul', {});
  const element = make('details', {}, make('summary', {}, title, count), list);
  element.open = isOpen;
  return {
    element,
    render(report) {
      const items = itemsOf(report);
      element.hidden = isOptional && !items.length;
      count.textContent = `${items.length}`;
      list.replaceChildren(...items);
    },
  };
}

function factsOf({regime, region, signals, decided, record}: AuditReport): string {
  return [
    regime,
    region ?? 'unknown region',
    signals.gpc && 'Global Privacy Control',
    signals.child && 'age: nothing optional',
    record
      ? `${decided ? 'decided' : 'asked again'}: ${record.source}, ${record.decidedAt.slice(0, 10)}`
      : 'no choice yet',
  ]
    .filter(Boolean)
    .join(' \u00b7 ');
}

function findingsOf({leaks, cookies, storage}: AuditReport): Node[] {
  const left = (kind: string) => (name: string) =>
    item([word(kind, 'bad'), named(name)], 'belongs to a denied vendor');
  return [
    ...leaks.map(({url, vendors, why, time, initiator}) =>
      item([word('request', 'bad'), named(vendors.join(', ')), soft(initiator), clock(time)], why.text, url),
    ),
    ...cookies.denied.map(left('cookie')),
    ...storage.map(left('storage')),
  ];
}

function tagsOf({tags}: AuditReport): Node[] {
  return tags.map(({vendor, category, url, state, why}) =>
    item(
      [word(state, TONES[state]), named(vendor ?? category), vendor ? soft(category) : ''],
      why.text,
      url || (state === 'waiting' && why.code === 'mistake' ? '' : 'inline'),
    ),
  );
}

function grantsOf({categories, vendors}: AuditReport): Node[] {
  return [...categories, ...vendors].map(({id, grant, why, ...rest}) =>
    item(
      [
        word(grant, grant === 'granted' ? 'good' : 'quiet'),
        named(id),
        soft('category' in rest ? `vendor, ${rest.category}` : 'category'),
      ],
      why.text,
    ),
  );
}

function momentOf(moment: AuditedMoment): Node {
  if ('source' in moment) {
    const {kind, time, source, granted, revoked} = moment;
    const denied = kind === 'record' ? 'denied' : 'revoked';
    const lists = [
      granted.length && `granted ${granted.join(', ')}`,
      revoked.length && `${denied} ${revoked.join(', ')}`,
    ];
    return item(
      [clock(time), word(kind, 'busy'), soft(source ?? 'erased')],
      lists.filter(Boolean).join('; '),
    );
  }
  const {kind, time, vendor, category, url} = moment;
  const tones = {insert: 'quiet', load: 'good', error: 'bad'} as const;
  return item([clock(time), word(kind, tones[kind]), named(vendor ?? category)], '', url || 'inline');
}

function item(head: readonly (Node | string)[], text = '', url = ''): Node {
  return make(
    'li',
    {},
    make('div', {class: 'head'}, ...head),
    text && make('div', {}, text),
    url && make('div', {class: 'url'}, url),
  );
}

function word(text: string, tone: Tone = 'quiet'): Node {
  return make('span', {class: 'word', 'data-tone': tone}, text);
}

function named(text: string): Node {
  return make('span', {class: 'name'}, text);
}

function soft(text: string): Node {
  return make('span', {class: 'soft'}, text);
}

/** The time of day; a day other than today in full. */
function clock(iso: string): Node {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  const text = isToday ? date.toLocaleTimeString('en-GB') : iso.slice(0, 10);
  return make('time', {datetime: iso}, text);
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = ownDocument.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content.filter((part) => part !== ''));
  return element;
}
