/**
 * The document as it is by itself. Markup can put an element in the place of any member of `document` by its name
 * (`<img name="cookie">`), and a field in the place of any member of its form: whoever reads a member reads it here.
 * `scripts/check-layers.mjs` lets no other file write `document.` followed by a name.
 */

/** Members of `document`, to be read or called. What takes a node is given `document`. A server may import it. */
export const ownDocument = new Proxy({} as Document, {
  get(_, name) {
    const member: unknown = Reflect.get(Document.prototype, name, document);
    return typeof member === 'function' ? member.bind(document) : member;
  },
});

/** Writes one cookie, as `document.cookie = line` does. @throws where cookies are blocked */
export const writeCookie = (line: string) => Reflect.set(Document.prototype, 'cookie', line, document);

/** What the document itself says: an element called `cookie` or `currentScript` would stand in for `document.cookie`. */
const ownOf = (name: 'cookie' | 'currentScript' | 'scripts'): unknown =>
  Reflect.get(Document.prototype, name, document);

/** @throws where cookies are blocked */
export const cookieText = () => ownOf('cookie');

/** @returns the classic script that is running; `null` in modules and callbacks */
export const currentScript = () => ownOf('currentScript') as HTMLScriptElement | null;

/** @returns all there are, in document order */
export const ownScripts = () => ownOf('scripts') as HTMLCollectionOf<HTMLScriptElement>;
