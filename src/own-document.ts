/** What the document itself says: an element called `cookie` or `currentScript` would stand in for `document.cookie`. */
const ownOf = (name: 'cookie' | 'currentScript' | 'scripts'): unknown =>
  Reflect.get(Document.prototype, name, document);

/** @throws where cookies are blocked */
export const cookieText = () => ownOf('cookie');

/** @returns the classic script that is running; `null` in modules and callbacks */
export const currentScript = () => ownOf('currentScript') as HTMLScriptElement | null;

/** @returns all there are, in document order */
export const ownScripts = () => ownOf('scripts') as HTMLCollectionOf<HTMLScriptElement>;
