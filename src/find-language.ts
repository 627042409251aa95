/** Languages that there are texts in. The first is for those who read none of them. */
const KNOWN = /,(en|ja|ru)\b/i;

/** @returns for `auto` the page's language where there are texts in it, else the visitor's, else English */
export function findLanguage(setting: string): string {
  // Not compared: in a snippet, the setting is only filled in once the code is minified.
  const wanted = setting.replace('auto', `${[document.documentElement.lang, ...navigator.languages]}`);
  return KNOWN.exec(`,${wanted}`)?.[1]?.toLowerCase() ?? 'en';
}
