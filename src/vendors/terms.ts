/**
 * What the vendors' disclosures have in common: what is sent, and what for, in every language that ships. Each vendor
 * imports what it needs; a chunk of its own holds no others. Plain words: a visitor reads them.
 */

/** One phrase in every language that ships. */
export interface Term {
  readonly en: string;
  readonly ja: string;
  readonly ru: string;
}

// What is sent.

export const pageAddress = {
  en: 'page address and referrer',
  ja: '閲覧ページとリンク元のURL',
  ru: 'адрес страницы и источник перехода',
} satisfies Term;

export const pageTitle = {en: 'page title', ja: 'ページの題名', ru: 'заголовок страницы'} satisfies Term;

export const identifiers = {
  en: 'cookie identifiers',
  ja: 'Cookie等の識別子',
  ru: 'идентификаторы cookie',
} satisfies Term;

export const ipAddress = {en: 'IP address', ja: 'IPアドレス', ru: 'IP-адрес'} satisfies Term;

export const shortIpAddress = {
  en: 'shortened IP address',
  ja: '一部を削ったIPアドレス',
  ru: 'сокращённый IP-адрес',
} satisfies Term;

export const device = {
  en: 'device and browser',
  ja: '端末・ブラウザの情報',
  ru: 'данные об устройстве и браузере',
} satisfies Term;

export const actions = {
  en: 'actions on the site',
  ja: 'サイト内での操作',
  ru: 'действия на сайте',
} satisfies Term;

export const gestures = {
  en: 'mouse movements, taps and scrolling',
  ja: 'マウスの動き・タップ・スクロール',
  ru: 'движения мыши, касания и прокрутка',
} satisfies Term;

export const formEntries = {
  en: 'what is entered into forms',
  ja: 'フォームへの入力内容',
  ru: 'данные, введённые в формы',
} satisfies Term;

export const adClicks = {en: 'ad clicks', ja: '広告のクリック', ru: 'клики по рекламе'} satisfies Term;

export const productsViewed = {
  en: 'products viewed',
  ja: '閲覧した商品',
  ru: 'просмотренные товары',
} satisfies Term;

export const purchases = {en: 'purchases', ja: '購入などの成果', ru: 'покупки'} satisfies Term;

export const hashedContact = {
  en: 'hashed mail address or phone number, where the site sends it',
  ja: 'ハッシュ化したメールアドレス・電話番号（サイトが送る場合）',
  ru: 'хешированные адрес почты или телефон, если сайт их передаёт',
} satisfies Term;

export const memberData = {
  en: 'member data that the site sends',
  ja: 'サイトが送る会員情報',
  ru: 'данные об участнике, которые передаёт сайт',
} satisfies Term;

export const videoViewed = {
  en: 'video viewed',
  ja: '視聴した動画',
  ru: 'просмотренное видео',
} satisfies Term;

export const mapUse = {en: 'use of the map', ja: '地図の操作', ru: 'действия с картой'} satisfies Term;

export const approximatePlace = {
  en: 'approximate location, from the IP address',
  ja: 'IPアドレスから推定したおおよその地域',
  ru: 'примерное местоположение по IP-адресу',
} satisfies Term;

// What for.

export const measuringVisits = {
  en: 'measuring visits',
  ja: 'アクセス解析',
  ru: 'анализ посещений',
} satisfies Term;

export const advertising = {
  en: 'targeting and measuring advertising',
  ja: '関心に合わせた広告の配信、広告の効果測定',
  ru: 'подбор рекламы и оценка её эффективности',
} satisfies Term;

export const measuringAds = {
  en: 'measuring advertising',
  ja: '広告の効果測定',
  ru: 'оценка эффективности рекламы',
} satisfies Term;

export const managingTags = {
  en: 'managing and delivering tags',
  ja: 'タグの管理・配信',
  ru: 'управление тегами',
} satisfies Term;

export const recordingVisits = {
  en: 'showing how pages are used (heat maps, recordings of visits)',
  ja: 'ページの使われ方の分析（ヒートマップ、操作の記録）',
  ru: 'анализ использования страниц (тепловые карты, записи посещений)',
} satisfies Term;

// How long its cookies live.

export const cookiesOneYear = {
  en: 'cookies: up to 1 year',
  ja: 'Cookieの保存期間は最長1年',
  ru: 'файлы cookie: до 1 года',
} satisfies Term;

export const cookies13Months = {
  en: 'cookies: up to 13 months',
  ja: 'Cookieの保存期間は最長13か月',
  ru: 'файлы cookie: до 13 месяцев',
} satisfies Term;

export const cookiesTwoYears = {
  en: 'cookies: up to 2 years',
  ja: 'Cookieの保存期間は最長2年',
  ru: 'файлы cookie: до 2 лет',
} satisfies Term;
