/**
 * Texts of the placeholder. Beside the element and not in `locales/`, which everybody downloads who is asked: only pages
 * with embeds need these.
 */
export interface EmbedTexts {
  /** `{recipient}` and `{data}` are replaced. */
  readonly sends: string;
  /** `{recipient}` and `{country}` are replaced. */
  readonly seat: string;
  /** What everyone learns of whom a frame is asked. */
  readonly leastData: string;
  readonly loadOnce: string;
  /** `{name}` of the product is replaced, here and below. */
  readonly always: string;
  readonly open: string;
  /** `{recipient}` is replaced. */
  readonly privacy: string;
  /** Said when it has come. `{title}` is replaced. */
  readonly loaded: string;
  /** The address is none that may be loaded. */
  readonly refused: string;
  /** Products that are called differently in this language. */
  readonly names: Readonly<Record<string, string>>;
}

const en: EmbedTexts = {
  sends: 'Showing this sends to {recipient}: {data}.',
  seat: '{recipient} ({country})',
  leastData: 'IP address, page address, device and browser',
  loadOnce: 'Show once',
  always: 'Always show {name}',
  open: 'Open on {name}',
  privacy: 'Privacy policy of {recipient}',
  loaded: '{title}: now shown.',
  refused: 'This content cannot be shown here.',
  names: {},
};

const ja: EmbedTexts = {
  sends: '表示すると、次の情報が{recipient}に送信されます：{data}。',
  seat: '{recipient}（{country}）',
  leastData: 'IPアドレス、閲覧ページのURL、端末・ブラウザの情報',
  loadOnce: '今回だけ表示',
  always: '{name}を常に表示',
  open: '{name}で開く',
  privacy: '{recipient}のプライバシーポリシー',
  loaded: '「{title}」を表示しました。',
  refused: 'このコンテンツは表示できません。',
  names: {'google-maps': 'Googleマップ'},
};

const ru: EmbedTexts = {
  sends: 'При показе {recipient} получит: {data}.',
  seat: '{recipient} ({country})',
  leastData: 'IP-адрес, адрес страницы, данные об устройстве и браузере',
  loadOnce: 'Показать один раз',
  always: 'Всегда показывать {name}',
  open: 'Открыть на {name}',
  privacy: 'Политика конфиденциальности {recipient}',
  loaded: '{title}: показано.',
  refused: 'Это содержимое нельзя показать.',
  names: {'google-maps': 'Google Карты'},
};

const texts: Readonly<Record<string, EmbedTexts>> = {en, ja, ru};

/** @returns the texts in that language, else in English */
export const embedTextsIn = (language: string): EmbedTexts => texts[language] ?? en;
