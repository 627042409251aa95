/**
 * The names that somebody's markup can take from us: what the built files read of the document, of elements, and of the window,
 * found in those files themselves, so that what is built tomorrow is attacked as well.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {parseAst} from 'rollup/parseAst';

/**
 * Every member of a document and of a form in Chromium or Firefox (names.spec.ts fails where a browser has others), and the
 * window's own in both, which no element stands in for.
 */
export const PLATFORM = JSON.parse(readFileSync('test/attack/platform-names.json', 'utf8')) as Record<
  'document' | 'form' | 'window',
  string[]
>;

const FOLDER = 'dist/cdn';
/** Pages of visitors never fetch the overlay of `?consent-debug`. */
const FILES = [
  ...readdirSync(FOLDER).filter((name) => name.endsWith('.js') && name !== 'debug.js'),
  'prompt/en.js',
];

type Syntax = {readonly type: string} & Readonly<Record<string, unknown>>;

const isSyntax = (value: unknown): value is Syntax =>
  typeof (value as Partial<Syntax> | null)?.type === 'string';

/** Names of members that are read, also out of texts (`'write writeln open'.split(' ')`), and names that may be globals. */
function readNames(): {readonly members: ReadonlySet<string>; readonly globals: ReadonlySet<string>} {
  const members = new Set<string>();
  const globals = new Set<string>();
  const declared = new Set<string>();
  const nameOf = (value: unknown) => (isSyntax(value) ? `${value['name'] ?? value['value'] ?? ''}` : '');

  function visit(node: Syntax): void {
    const {type, computed, object, property, key} = node;
    if (type === 'MemberExpression' && !computed) {
      members.add(nameOf(property));
      if (/^(window|globalThis|self)$/.test(nameOf(object))) globals.add(nameOf(property));
    }
    if (type === 'Property' && !computed) members.add(nameOf(key));
    if (type === 'Literal') for (const word of `${node['value']}`.split(/\W+/)) members.add(word);
    if (type === 'Identifier') globals.add(nameOf(node));
    if (type === 'VariableDeclarator' || /Function|Class/.test(type)) declared.add(nameOf(node['id']));
    if (/Specifier$/.test(type)) declared.add(nameOf(node['exported'] ?? node['imported']));
    for (const [field, child] of Object.entries(node)) {
      // A name behind a dot, or in front of a colon, is no variable.
      if (!computed && ((field === 'property' && object) || (field === 'key' && type !== 'ImportAttribute')))
        continue;
      for (const each of Array.isArray(child) ? child : [child]) if (isSyntax(each)) visit(each);
    }
  }

  for (const name of FILES) visit(parseAst(readFileSync(`${FOLDER}/${name}`, 'utf8')) as unknown as Syntax);
  // The build shortens the names of variables; what the language itself has is not to be taken by an element.
  const isForeign = (name: string) => name.length > 3 && !declared.has(name) && !(name in Object.prototype);
  const ofWindow = new Set(PLATFORM.window);
  return {
    members,
    globals: new Set([...globals].filter((name) => isForeign(name) && !ofWindow.has(name))),
  };
}

const {members, globals} = readNames();

export const isRead = (name: string): boolean => members.has(name);

/** `<img name="X">` stands in for `document.X`. */
export const DOCUMENT_NAMES: readonly string[] = PLATFORM.document.filter(isRead);

/** `<form><input name="X"></form>` stands in for `form.X`. */
export const FORM_NAMES: readonly string[] = PLATFORM.form.filter(isRead);

/** `<a id="X">` stands in for `window.X`, where the window has none of its own. */
export const WINDOW_NAMES: readonly string[] = [
  ...new Set([
    ...globals,
    // Methods of every event target: in a window, the names of elements come ahead of them.
    ...['addEventListener', 'removeEventListener', 'dispatchEvent'],
    // What pages of before, vendors and lit-html itself are asked for.
    ...[
      'litHtmlVersions',
      'litHtmlPolyfillSupport',
      'litElementVersions',
      'reactiveElementVersions',
      'litNonce',
    ],
    ...[
      'dataLayer',
      'gtag',
      'fbq',
      '_fbq',
      'trustedTypes',
      'scheduler',
      'consentGate',
      'FILES',
      'CONFIG',
      'BASE',
      'CATALOGUE',
    ],
  ]),
].sort();
