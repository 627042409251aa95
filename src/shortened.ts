/**
 * What visitors are told whose choice was longer than its record can be. A file of its own, fetched where that happens: few
 * sites have so many recipients.
 */
import {findLanguage} from './find-language.js';
import {warn} from './warn.js';

export interface ShortenedModule {
  readonly noteIn: typeof noteIn;
}

const notes: Readonly<Record<string, string>> = {
  en: 'You gave more single answers than can be kept. What did not fit stays off: see the settings.',
  ja: '個別の選択が多く、一部は記録できませんでした。記録できなかったものはオフのままです。設定で確認できます。',
  ru: 'Отдельных ответов больше, чем можно сохранить. Что не поместилось, осталось выключенным: см. настройки.',
};

/**
 * Warns the site's owner as well.
 * @param language `ui.language` of the configuration
 * @returns what follows "Your choice has been saved.", or what a link has denied
 */
export function noteIn(language: string): string | undefined {
  warn('storage', 'a choice was longer than its record can be, so that what did not fit is refused');
  return notes[findLanguage(language)];
}
