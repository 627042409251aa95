/** Texts of `<consent-record>`. Not in the locales: whoever is asked by the banner does not download them. */
import type {Source} from '../consent/record.js';
import type {Locale} from '../locales/locale.js';

export interface RecordTexts {
  /** Name of the whole, for screen readers. */
  readonly title: string;
  readonly none: string;
  readonly date: string;
  readonly cause: string;
  readonly sources: Readonly<Record<Source, string>>;
  readonly granted: string;
  readonly denied: string;
  readonly nothing: string;
  readonly policyVersion: string;
  readonly id: string;
  /** Where the record is kept; with an id, the site has it as well. */
  readonly keptHere: string;
  readonly keptThere: string;
  readonly history: string;
  readonly download: string;
  readonly downloaded: string;
  readonly erase: string;
  readonly sure: string;
  readonly eraseNow: string;
  readonly cancel: string;
  readonly erased: string;
}

const texts: Readonly<Record<string, RecordTexts>> = {
  en: {
    title: 'Record of your choice',
    none: 'No choice of yours is recorded in this browser.',
    date: 'Made on',
    cause: 'Made in',
    sources: {
      banner: 'the question on arrival',
      preferences: 'the settings of this site',
      link: 'a link',
      api: 'a function of this site',
      gpc: 'the signal of your browser (GPC)',
      age: 'the age setting',
      embed: 'an embedded content',
      import: 'a choice that was carried over',
    },
    granted: 'Allowed',
    denied: 'Refused',
    nothing: 'nothing',
    policyVersion: 'Policy version',
    id: 'Record number',
    keptHere: 'This record is kept in your browser only.',
    keptThere: 'This record is kept in your browser; the site keeps a copy under the record number.',
    history: 'Earlier choices ({count})',
    download: 'Download (JSON)',
    downloaded: 'The record has been downloaded.',
    erase: 'Erase the record',
    sure: 'Erase it? Whatever you have allowed stops, and you will be asked again.',
    eraseNow: 'Yes, erase it',
    cancel: 'Keep it',
    erased: 'The record has been erased.',
  },
  ja: {
    title: '選択の記録',
    none: 'このブラウザには、まだ選択の記録がありません。',
    date: '選択した日時',
    cause: '選択した場所',
    sources: {
      banner: '最初の確認画面',
      preferences: '当サイトの設定',
      link: '停止用のリンク',
      api: '当サイトの機能',
      gpc: 'ブラウザの信号（GPC）',
      age: '年齢の設定',
      embed: '埋め込みコンテンツ',
      import: '引き継いだ選択',
    },
    granted: '許可',
    denied: '拒否',
    nothing: 'なし',
    policyVersion: 'ポリシーの版',
    id: '記録番号',
    keptHere: 'この記録は、お使いのブラウザの中だけに保存されています。',
    keptThere:
      'この記録は、お使いのブラウザに保存されています。当サイトも、記録番号を付けた写しを保存しています。',
    history: 'これまでの選択（{count}件）',
    download: 'ダウンロード（JSON）',
    downloaded: '記録をダウンロードしました。',
    erase: '記録を消去',
    sure: '記録を消去しますか？　許可した送信も停止し、改めてお尋ねします。',
    eraseNow: '消去する',
    cancel: 'やめる',
    erased: '記録を消去しました。',
  },
  ru: {
    title: 'Запись о вашем выборе',
    none: 'В этом браузере нет записи о вашем выборе.',
    date: 'Когда',
    cause: 'Где',
    sources: {
      banner: 'вопрос при входе',
      preferences: 'настройки сайта',
      link: 'ссылка для отказа',
      api: 'функция сайта',
      gpc: 'сигнал браузера (GPC)',
      age: 'настройка возраста',
      embed: 'встроенное содержимое',
      import: 'перенесённый выбор',
    },
    granted: 'Разрешено',
    denied: 'Отклонено',
    nothing: 'ничего',
    policyVersion: 'Версия политики',
    id: 'Номер записи',
    keptHere: 'Эта запись хранится только в вашем браузере.',
    keptThere: 'Эта запись хранится в вашем браузере; у сайта есть её копия под номером записи.',
    history: 'Прежние решения ({count})',
    download: 'Скачать (JSON)',
    downloaded: 'Запись скачана.',
    erase: 'Стереть запись',
    sure: 'Стереть? Всё разрешённое остановится, и вопрос будет задан снова.',
    eraseNow: 'Да, стереть',
    cancel: 'Оставить',
    erased: 'Запись стёрта.',
  },
};

/** @returns the texts in the language of the locale, else in English */
export const recordTextsIn = ({lang}: Locale): RecordTexts => texts[lang] ?? (texts['en'] as RecordTexts);
