/**
 * "What left this page": the requests that the vendors' origin received since this page was opened, and the names of
 * the cookies and storage items that are here now. Part of the demo, not of consent-gate: it asks the demo server's log
 * once a second while the page is visible, sends no cookie and no referrer, and stores nothing.
 */
const TEXTS = {
  en: {
    title: 'What left this page',
    none: 'nothing has left this page',
    some: (count, names) => `${count} ${count === 1 ? 'request' : 'requests'} to ${names}`,
    unknown: 'the log of the demo server cannot be read',
    requests: 'Requests to other origins',
    kept: 'Cookies and storage on this page',
    keptNone: 'none',
  },
  ja: {
    title: 'このページから送信されたもの',
    none: 'まだ何も送信されていません',
    some: (count, names) => `${count}件（${names}）`,
    unknown: 'デモサーバーの記録を読み込めません',
    requests: '外部への送信',
    kept: 'このページのCookieとストレージ',
    keptNone: 'なし',
  },
  ru: {
    title: 'Что ушло с этой страницы',
    none: 'с этой страницы ничего не ушло',
    some: (count, names) => `запросов: ${count} (${names})`,
    unknown: 'журнал демо-сервера недоступен',
    requests: 'Запросы к другим источникам',
    kept: 'Cookie и хранилище этой страницы',
    keptNone: 'нет',
  },
};

const panel = document.querySelector('[data-log]');
const texts = TEXTS[document.documentElement.lang] ?? TEXTS.en;
const opened = Math.floor(performance.timeOrigin);
/** By id, so that an entry that two answers name is shown once. */
const entries = new Map();

const create = (name, className, text = '') => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

const details = create('details', '');
const summary = create('summary', 'panel-summary');
const dot = create('span', 'panel-dot');
const summaryText = create('span', 'panel-count');
summary.append(dot, create('strong', '', texts.title), summaryText);
const requests = create('ol', 'panel-requests');
const kept = create('ul', 'panel-kept');
// What overflows is scrolled, so the keyboard has to get there.
const body = create('div', 'panel-body');
body.tabIndex = 0;
body.role = 'group';
body.ariaLabel = texts.title;
body.append(create('h2', '', texts.requests), requests, create('h2', '', texts.kept), kept);
details.append(summary, body);
panel.ariaLabel = texts.title;
panel.replaceChildren(details);

/** The names of what is stored here; a browser that refuses access stores nothing. */
function keptNames() {
  const cookies = document.cookie ? document.cookie.split('; ').map((pair) => pair.split('=')[0]) : [];
  const items = ['localStorage', 'sessionStorage'].flatMap((store) => {
    try {
      return Object.keys(window[store]).map((name) => [store, name]);
    } catch {
      return [];
    }
  });
  return [...cookies.map((name) => ['cookie', name]), ...items];
}

function listItem(label, ...parts) {
  const item = create('li', '');
  item.append(create('b', '', label), ...parts.map((part) => create('span', '', part)));
  return item;
}

/** What a hit says about itself, in the words of the vendors: event and consent state. */
const detailOf = ({en, ev, type, gcs}) => [en ?? ev ?? type, gcs].filter(Boolean).join(' · ');

let shown = '';

function show(isReadable) {
  const all = [...entries.values()];
  const names = [...new Set(all.map(({vendor}) => vendor))];
  const stored = keptNames();
  const now = JSON.stringify([isReadable, all.length, stored]);
  if (now === shown) return;
  shown = now;
  panel.dataset.requests = String(all.length);
  summaryText.textContent = all.length
    ? texts.some(all.length, names.join(', '))
    : isReadable
      ? texts.none
      : texts.unknown;
  requests.replaceChildren(
    ...all.map(({time, method, path, query, vendor}) =>
      listItem(vendor, `${method} ${path}`, detailOf(query), `+${((time - opened) / 1000).toFixed(1)} s`),
    ),
  );
  if (!all.length) requests.append(create('li', '', texts.none));
  kept.replaceChildren(...stored.map(([store, name]) => listItem(name, store)));
  if (!stored.length) kept.append(create('li', '', texts.keptNone));
}

async function poll() {
  let isReadable = true;
  if (document.visibilityState === 'visible') {
    try {
      const since = Math.max(opened, ...[...entries.values()].map(({time}) => time));
      const options = {cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer'};
      const response = await fetch(`${panel.dataset.log}?since=${since}`, options);
      for (const entry of await response.json()) entries.set(entry.id, entry);
    } catch {
      isReadable = false;
    }
    show(isReadable);
  }
  setTimeout(poll, 1000);
}

show(true);
poll();
