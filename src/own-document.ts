/**
 * The document as it is by itself. Markup can put an element in the place of any member of `document` by its name
 * (`<img name="cookie">`), and a field in the place of any member of its form: whoever reads a member reads it here.
 * `scripts/check-layers.mjs` lets no other file write `document.` followed by a name.
 */

/** In an HTML page, `currentScript` is no script of SVG, which browsers run as they find it. */
type OwnDocument = Omit<Document, 'currentScript'> & {readonly currentScript: HTMLScriptElement | null};

/** Members of `document`, to be read or called. What takes a node is given `document`. A server may import it. */
export const ownDocument = new Proxy({} as OwnDocument, {
  get(_, name) {
    const member: unknown = Reflect.get(Document.prototype, name, document);
    return typeof member === 'function' ? member.bind(document) : member;
  },
});

/** Writes one cookie, as `document.cookie = line` does. @throws where cookies are blocked */
export const writeCookie = (line: string) => Reflect.set(Document.prototype, 'cookie', line, document);
