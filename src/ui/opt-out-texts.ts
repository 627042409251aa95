/** Texts of `<consent-opt-out>`. Not in the locales: whoever is asked by the banner does not download them. */
import type {Locale} from '../locales/locale.js';
import type {FormerOptOut} from '../vendors/former-opt-outs.js';

export interface OptOutTexts {
  /** Name of the switch: the same whether it is on or off. */
  readonly toVendor: string;
  readonly forCategory: string;
  /** What is the case, in words. */
  readonly allowed: string;
  readonly stopped: string;
  /** On although nobody was asked: the regime says so. */
  readonly running: string;
  readonly partly: string;
  /** What has just been done. The denial of a vendor has its words in the locale. */
  readonly vendorGranted: string;
  readonly categoryGranted: string;
  readonly categoryDenied: string;
  readonly optOutPage: string;
  readonly noOptOutPage: string;
  readonly former: Readonly<Record<Exclude<FormerOptOut['status'], 'current'>, string>>;
}

const texts: Readonly<Record<string, OptOutTexts>> = {
  en: {
    toVendor: 'Send data to {name}',
    forCategory: 'Send data for: {name}',
    allowed: 'You allow this.',
    stopped: 'This is stopped.',
    running: 'Data is being sent.',
    partly: 'Allowed for some recipients.',
    vendorGranted: 'Sending data to {name} is allowed now.',
    categoryGranted: 'Sending data for \u201c{name}\u201d is allowed now.',
    categoryDenied: 'Sending data for \u201c{name}\u201d has been stopped.',
    optOutPage: 'Opt-out page of {name}',
    noOptOutPage: '{name} has no opt-out page of its own. This switch stops what this site sends.',
    former: {
      'http-only': 'The address in older policies, {url}, is now the https page above (checked on {date}).',
      renamed: 'The address in older policies, {url}, has given way to the page above (checked on {date}).',
      closed: 'The address in older policies, {url}, no longer leads to a page (checked on {date}).',
    },
  },
  ja: {
    toVendor: '{name}への送信',
    forCategory: '「{name}」のための送信',
    allowed: '送信を許可しています',
    stopped: '送信を停止しています',
    running: '送信しています',
    partly: '一部の送信先に許可しています',
    vendorGranted: '{name}への送信を許可しました',
    categoryGranted: '「{name}」のための送信を許可しました',
    categoryDenied: '「{name}」のための送信を停止しました',
    optOutPage: '{name}のオプトアウトページ',
    noOptOutPage:
      '{name}には専用のオプトアウトページがありません。このスイッチで、当サイトからの送信を停止できます。',
    former: {
      'http-only': '以前のご案内先（{url}）は、上記のhttpsのページになりました（{date}確認）。',
      renamed: '以前のご案内先（{url}）は、上記のページに変わりました（{date}確認）。',
      closed: '以前のご案内先（{url}）のページは、現在は公開されていません（{date}確認）。',
    },
  },
  ru: {
    toVendor: 'Передача данных: {name}',
    forCategory: 'Передача данных для цели «{name}»',
    allowed: 'Вы разрешили передачу.',
    stopped: 'Передача остановлена.',
    running: 'Данные передаются.',
    partly: 'Разрешена части получателей.',
    vendorGranted: 'Передача данных разрешена: {name}',
    categoryGranted: 'Передача данных для цели «{name}» разрешена',
    categoryDenied: 'Передача данных для цели «{name}» остановлена',
    optOutPage: 'Страница отказа: {name}',
    noOptOutPage:
      'У «{name}» нет своей страницы отказа. Этот переключатель останавливает передачу с этого сайта.',
    former: {
      'http-only':
        'Адрес из прежних политик, {url}, теперь открывается по https, см. выше (проверено {date}).',
      renamed: 'Адрес из прежних политик, {url}, сменился страницей выше (проверено {date}).',
      closed: 'По адресу из прежних политик, {url}, страницы больше нет (проверено {date}).',
    },
  },
};

/** @returns the texts in the language of the locale, else in English */
export const optOutTextsIn = ({lang}: Locale): OptOutTexts => texts[lang] ?? (texts['en'] as OptOutTexts);
