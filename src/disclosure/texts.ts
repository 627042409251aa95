/**
 * Words around what is disclosed, in every language that ships. Not among the texts of the UI: those are fetched wherever
 * somebody is asked, these only where a page lists its recipients.
 */

export interface DisclosureTexts {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** Above the list. */
  readonly caption: string;
  readonly recipient: string;
  readonly transmits: string;
  readonly purpose: string;
  readonly retention: string;
  readonly country: string;
  readonly cookies: string;
  /** Head of the column with both of them. */
  readonly keeping: string;
  readonly links: string;
  readonly privacyPolicy: string;
  readonly optOut: string;
  readonly newTab: string;
  /** What the visitor has chosen. */
  readonly state: string;
  readonly on: string;
  readonly off: string;
  readonly alwaysOn: string;
  /** Link to the switch; `{name}` is the vendor's. */
  readonly change: string;
  readonly changeOf: string;
  readonly none: string;
  /** Above the notice of `profile="jp"`: what it is, and how sending is stopped. */
  readonly jpCaption: string;
  readonly jpIntroduction: string;
  readonly jpChoice: string;
  /** How long a cookie lives that goes with the browser's session; a shortest and a longest time; a longest one. */
  readonly session: string;
  readonly range: string;
  readonly atMost: string;
  /** In brackets after a name: `{what}`. */
  readonly aside: string;
  /** The known categories. */
  readonly categories: Readonly<Record<string, string>>;
}

const en: DisclosureTexts = {
  lang: 'en',
  dir: 'ltr',
  caption: 'Recipients of data',
  recipient: 'Recipient',
  transmits: 'What is sent',
  purpose: 'Purpose',
  retention: 'Kept for',
  country: 'Country',
  cookies: 'Cookies',
  keeping: 'Kept for, cookies',
  links: 'More',
  privacyPolicy: 'Privacy policy',
  optOut: 'Opt-out page of the recipient',
  newTab: '(opens in a new tab)',
  state: 'Your setting',
  on: 'On (data is sent)',
  off: 'Off (nothing is sent)',
  alwaysOn: 'Always on',
  change: 'Change setting',
  changeOf: 'Change setting: {name}',
  none: 'No recipients are listed.',
  jpCaption: 'External transmission of user information',
  jpIntroduction:
    'When you use this site, your device may send information to the recipients below. For each of them, you can read here what is sent and what it is used for (Japan, Telecommunications Business Act, article 27-12).',
  jpChoice:
    'Except for what is always on, you can stop sending at any time with “Change setting”. Nothing more is then sent to that recipient.',
  session: 'until the browser is closed',
  range: '{least} to {most}',
  atMost: 'up to {most}',
  aside: ' ({what})',
  categories: {
    essential: 'Essential',
    functional: 'Functional',
    analytics: 'Analytics',
    advertising: 'Advertising',
  },
};

const ja: DisclosureTexts = {
  lang: 'ja',
  dir: 'ltr',
  caption: '情報の送信先',
  recipient: '送信先',
  transmits: '送信される情報',
  purpose: '利用目的',
  retention: '保存期間',
  country: '国',
  cookies: 'Cookie',
  keeping: '保存期間・Cookie',
  links: '詳細',
  privacyPolicy: 'プライバシーポリシー',
  optOut: '送信先のオプトアウト',
  newTab: '（新しいタブで開きます）',
  state: '現在の設定',
  on: 'オン（送信する）',
  off: 'オフ（送信しない）',
  alwaysOn: '常にオン',
  change: '設定を変更する',
  changeOf: '{name}の設定を変更する',
  none: '登録されている送信先はありません。',
  jpCaption: '利用者情報の外部送信について',
  jpIntroduction:
    'このサイトをご利用になると、お使いの端末から、次の送信先に情報が送信されることがあります。送信先ごとに、送信される情報と利用目的をお知らせします（電気通信事業法第27条の12に基づく公表事項）。',
  jpChoice:
    '「常にオン」のものを除き、送信は「設定を変更する」からいつでも停止できます。停止すると、その送信先への送信そのものが行われなくなります。',
  session: 'ブラウザを閉じるまで',
  range: '{least}～{most}',
  atMost: '最長{most}',
  aside: '（{what}）',
  categories: {
    essential: '必須',
    functional: '便利な機能',
    analytics: 'アクセス解析',
    advertising: '広告',
  },
};

const ru: DisclosureTexts = {
  lang: 'ru',
  dir: 'ltr',
  caption: 'Получатели данных',
  recipient: 'Получатель',
  transmits: 'Передаваемые данные',
  purpose: 'Цель',
  retention: 'Срок хранения',
  country: 'Страна',
  cookies: 'Файлы cookie',
  keeping: 'Срок хранения, cookie',
  links: 'Подробнее',
  privacyPolicy: 'Политика конфиденциальности',
  optOut: 'Страница отказа у получателя',
  newTab: '(откроется в новой вкладке)',
  state: 'Ваш выбор',
  on: 'Включено (данные передаются)',
  off: 'Выключено (данные не передаются)',
  alwaysOn: 'Всегда включено',
  change: 'Изменить',
  changeOf: 'Изменить: {name}',
  none: 'Получатели не указаны.',
  jpCaption: 'Передача данных пользователей третьим лицам',
  jpIntroduction:
    'При использовании сайта ваше устройство может передавать данные указанным ниже получателям. Для каждого из них сказано, какие данные передаются и с какой целью (Закон Японии о телекоммуникационной деятельности, ст. 27-12).',
  jpChoice:
    'Передачу всех данных, кроме всегда включённых, можно в любой момент прекратить по ссылке «Изменить». После этого данные этому получателю больше не передаются.',
  session: 'до закрытия браузера',
  range: '{least} – {most}',
  atMost: 'максимум {most}',
  aside: ' ({what})',
  categories: {
    essential: 'Необходимые',
    functional: 'Функциональные',
    analytics: 'Аналитика',
    advertising: 'Реклама',
  },
};

export const disclosureTexts: Readonly<Record<string, DisclosureTexts>> = {en, ja, ru};

/** @returns the texts in that language, else in English */
export function textsIn(language: string): DisclosureTexts {
  return disclosureTexts[language.split('-')[0] as string] ?? en;
}
