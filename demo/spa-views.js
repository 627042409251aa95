/**
 * The application around consent-gate: three views and an account view in three languages, and a router of a few lines
 * on the history API. It knows nothing of consent: spa.html connects the two.
 */
const LANGUAGES = ['en', 'ja', 'ru'];

const TEXTS = {
  en: {
    app: 'Aoba Learn',
    lang: 'Language',
    settings: 'Cookie settings',
    index: 'All demo pages',
    home: [
      'Today',
      'Two lessons are waiting for you. Views change without loading a page, and each one is reported once, if analytics is granted.',
    ],
    courses: ['Courses', 'Everyday conversation, English for work, and a course for children.'],
    words: ['Word list', 'Twelve new words since Monday. Read them aloud, then cover the right-hand column.'],
    account: ['Account', 'Your name, your lessons, and your choices: the preferences are part of this page.'],
    fictional: 'A made-up school and a made-up application.',
  },
  ja: {
    app: 'あおばラーニング',
    lang: '言語',
    settings: 'Cookie設定',
    index: 'デモの一覧（英語）',
    home: [
      '今日',
      'レッスンが2つあります。画面はページを読み込まずに切り替わり、分析が許可されていれば、切り替えのたびに1回だけ送信されます。',
    ],
    courses: ['コース', '日常会話、仕事の英語、こども英語の3つのコースがあります。'],
    words: ['単語帳', '月曜日から12語増えました。声に出して読んでから、右の列を隠してみましょう。'],
    account: ['アカウント', 'お名前、レッスン、そしてCookieの選択。設定はこのページの一部です。'],
    fictional: '架空の学校の、架空のアプリケーションです。',
  },
  ru: {
    app: 'Аоба: учёба',
    lang: 'Язык',
    settings: 'Настройки cookie',
    index: 'Все страницы демо (англ.)',
    home: [
      'Сегодня',
      'Вас ждут два урока. Экраны сменяются без загрузки страницы, и о каждом сообщается один раз, если разрешена аналитика.',
    ],
    courses: ['Курсы', 'Разговорный английский, английский для работы и курс для детей.'],
    words: [
      'Слова',
      'С понедельника добавилось двенадцать слов. Прочитайте их вслух, затем закройте правый столбец.',
    ],
    account: ['Аккаунт', 'Ваше имя, ваши уроки и ваш выбор: настройки — часть этой страницы.'],
    fictional: 'Вымышленная школа и вымышленное приложение.',
  },
};

const VIEWS = ['home', 'courses', 'words', 'account'];

const wanted = new URLSearchParams(location.search).get('lang');
export const language = LANGUAGES.includes(wanted) ? wanted : 'en';
document.documentElement.lang = language;
const texts = TEXTS[language];

/** `/spa/courses` → `courses`; `/spa.html` and anything unknown → `home`. */
const viewOf = (pathname) => VIEWS.find((view) => pathname === `/spa/${view}`) ?? 'home';
const addressOf = (view, lang = language) => `/spa/${view}?lang=${lang}`;

const listeners = new Set();

/** Calls `listener` with the name of each view that is shown from now on. */
export function onView(listener) {
  listeners.add(listener);
}

const main = document.querySelector('main');
const title = main.querySelector('h1');
const text = main.querySelector('p');

function show(view) {
  [title.textContent, text.textContent] = texts[view];
  document.title = `${texts[view][0]} | ${texts.app}`;
  for (const part of main.querySelectorAll('[data-view]')) part.hidden = part.dataset.view !== view;
  for (const link of document.querySelectorAll('a[data-to]')) {
    link.href = addressOf(link.dataset.to);
    if (link.dataset.to === view) link.ariaCurrent = 'page';
    else link.ariaCurrent = null;
  }
  for (const link of document.querySelectorAll('a[data-lang]')) {
    link.href = addressOf(view, link.dataset.lang);
    link.ariaCurrent = link.dataset.lang === language ? 'true' : null;
  }
}

function go(view) {
  show(view);
  // Where a page load would put a reader: at the top, on the heading.
  scrollTo(0, 0);
  title.focus({preventScroll: true});
  for (const listener of listeners) listener(view);
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-to]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.href === location.href) return;
  history.pushState(null, '', link.href);
  go(link.dataset.to);
});

// A change of the fragment alone (#consent) also comes as popstate, but leads to no other view.
let shown = viewOf(location.pathname);
onView((view) => {
  shown = view;
});
addEventListener('popstate', () => {
  const view = viewOf(location.pathname);
  if (view !== shown) go(view);
});

for (const element of document.querySelectorAll('[data-text]')) {
  const value = texts[element.dataset.text];
  element.textContent = Array.isArray(value) ? value[0] : value;
}
show(shown);
