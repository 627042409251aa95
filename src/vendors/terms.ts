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

export const pageContent = {
  en: 'content of the page as shown',
  ja: '表示された画面の内容',
  ru: 'содержимое страницы, как оно показано',
} satisfies Term;

export const nameAndMail = {
  en: 'name and mail address that are entered',
  ja: '入力した氏名・メールアドレス',
  ru: 'введённые имя и адрес почты',
} satisfies Term;

export const soundAndPicture = {
  en: 'sound and picture of the meeting',
  ja: '会議の音声・映像',
  ru: 'звук и изображение встречи',
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

export const analysingUse = {
  en: 'analysing how the site is used',
  ja: '利用状況の分析',
  ru: 'анализ использования сайта',
} satisfies Term;

export const collectingActions = {
  en: 'collecting actions on the site and passing them on to services that the site has chosen',
  ja: '行動データの収集・統合、サイトが選んだ連携先サービスへの送信',
  ru: 'сбор действий на сайте и передача их сервисам, которые выбрал сайт',
} satisfies Term;

export const adaptingContent = {
  en: 'measuring visits and adapting content',
  ja: 'アクセス解析、コンテンツの最適化',
  ru: 'анализ посещений и подбор содержимого',
} satisfies Term;

export const messages = {
  en: 'analysing behaviour and showing messages on the page',
  ja: '行動の分析、ページ内でのメッセージの表示',
  ru: 'анализ поведения и показ сообщений на странице',
} satisfies Term;

export const playingVideos = {
  en: 'playing videos and analysing how they are viewed',
  ja: '動画の再生、視聴状況の分析',
  ru: 'воспроизведение видео и анализ просмотров',
} satisfies Term;

export const showingMaps = {en: 'showing maps', ja: '地図の表示', ru: 'показ карт'} satisfies Term;

export const preventingAbuse = {
  en: 'keeping bots and abuse out',
  ja: '不正アクセス・スパムの防止',
  ru: 'защита от ботов и злоупотреблений',
} satisfies Term;

export const holdingMeetings = {
  en: 'holding online meetings',
  ja: 'オンライン会議・ウェビナーの提供',
  ru: 'проведение онлайн-встреч',
} satisfies Term;

// For how long.

export const cookies6Months = {
  en: 'cookies: up to 6 months',
  ja: 'Cookie：最長6か月',
  ru: 'cookie: до 6 месяцев',
} satisfies Term;

export const cookies1Year = {
  en: 'cookies: up to 1 year',
  ja: 'Cookie：最長1年',
  ru: 'cookie: до 1 года',
} satisfies Term;

export const cookies13Months = {
  en: 'cookies: up to 13 months',
  ja: 'Cookie：最長13か月',
  ru: 'cookie: до 13 месяцев',
} satisfies Term;

export const cookies2Years = {
  en: 'cookies: up to 2 years',
  ja: 'Cookie：最長2年',
  ru: 'cookie: до 2 лет',
} satisfies Term;

export const cookies5Years = {
  en: 'cookies: up to 5 years',
  ja: 'Cookie：最長5年',
  ru: 'cookie: до 5 лет',
} satisfies Term;
