/** Japanese. */
import type {Locale} from './locale.js';

export const locale: Locale = {
  lang: 'ja',
  dir: 'ltr',
  bannerTitle: 'Cookieの利用についてお選びください',
  bannerText:
    '{controller}は、許可をいただいた場合に限り、{purposes}のためにCookieなどを使い、閲覧情報を外部に送信します。選択はいつでも変更できます。',
  noticeText:
    '{controller}は、{purposes}のためにCookieなどを使い、閲覧情報を外部に送信しています。すべて拒否することも、個別に選ぶこともできます。',
  acceptAll: 'すべて許可',
  rejectAll: 'すべて拒否',
  settings: '個別に選ぶ',
  privacyPolicy: 'プライバシーポリシー',
  cookiePolicy: 'Cookieポリシー',
  comma: '、',
  and: '、',
  lastly: '、',
  more: 'ほか{count}社',
  preferencesTitle: 'Cookieの設定',
  preferencesText:
    '許可する目的や送信先をお選びください。許可しなくてもサイトはご利用いただけます。選択はいつでも変更できます。',
  save: '選択を保存',
  close: '閉じる',
  alwaysOn: '常にオン',
  mixed: '一部オン',
  recipients: '送信先',
  recipient: '送信先',
  purpose: '利用目的',
  transmits: '送信する情報',
  retention: '保存期間',
  country: '国',
  vendorOptOut: '送信先のオプトアウト',
  chosenOn: '{date}に選択済み',
  changed: '前回の選択のあとに変わった点：',
  thirdPartyCookies:
    '送信先が自社サイトに保存したCookieは、ここでは削除できません。送信先のページかブラウザの設定で削除してください。',
  notDeleted: '削除できませんでした: {names}',
  gpcHonoured: 'ブラウザのオプトアウト信号（GPC）に従っています。',
  ageLocked: '年齢の設定により、オフにしています。',
  saved: '選択を保存しました。',
  stopsLater:
    '一部のサービスは、ページを離れると停止します。入力の消失や二重送信を防ぐため、再読み込みはしていません。',
  vendorDenied: '{vendor}への送信を停止しました',
  allDenied: '任意の送信をすべて停止しました',
  undo: '元に戻す',
  undone: '元に戻しました。',
  newTab: '（新しいタブで開きます）',
  categories: {
    essential: {
      name: '必須',
      purpose: 'サイトの基本動作',
      text: 'ログインや安全の確保など、サイトを動かすために欠かせません。',
    },
    functional: {
      name: '便利な機能',
      purpose: '便利な機能',
      text: '設定の記憶や、動画・地図などの表示に使います。',
    },
    analytics: {
      name: 'アクセス解析',
      purpose: 'アクセス解析',
      text: 'どのページがどのように見られているかを調べ、改善に役立てます。',
    },
    advertising: {
      name: '広告',
      purpose: '広告の配信・効果測定',
      text: '関心に合わせた広告の表示と、広告の効果の測定に使います。',
    },
  },
};
