/**
 * For the head of a page, ahead of the loader: a script of some 300 bytes that asks for the banner while the loader is still
 * on its way, where there is no record in a cookie and the visitor is likely to be asked. `consent-gate snippet --preload`
 * prints it with the three texts below filled in. It decides nothing: what it asks for in vain is only bytes.
 */

import {findLanguage} from './find-language.js';

/** `cookie.name` and `ui.language` of the configuration. */
const NAME = '%NAME%';
const LANGUAGE = '%LANGUAGE%';
/** Addresses with a space in between; `*` stands for the language. */
const FILES = '%FILES%';

try {
  if (!`; ${document.cookie}`.includes(`; ${NAME}=`))
    // The loader asks for the same addresses, and says what has failed.
    for (const file of FILES.split(' ')) import(file.replace('*', findLanguage(LANGUAGE))).catch(String);
} catch {
  // Cookies are forbidden here: the banner comes a little later.
}
