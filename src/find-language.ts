/** @returns for `auto` the page's language where there are texts in it, else the visitor's, else English */
export function findLanguage(setting: unknown = 'auto'): string {
  // An element in the place of `documentElement` has another language at most: this is too short to be read past it.
  // Not compared: in a snippet, the setting is only filled in once the code is minified.
  const wanted = `,${setting},en`.replace('auto', `${[document.documentElement.lang, navigator.languages]}`);
  // The languages that there are texts in. The last is for those who read none of them.
  const [, language] = /,(en|ja|ru)\b/i.exec(wanted) as unknown as [string, string];
  return language.toLowerCase();
}
