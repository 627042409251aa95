/**
 * The architecture, as a table that fails when the code leaves it: which folder of src may import what, and what may be
 * written in one place only. Types may cross a border that values may not, because they vanish: one stage never calls
 * another, they meet in start.ts.
 * Reads every src/**\/*.ts as text. Says file, line and rule.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The stages of the loader, in the order the data flows. Each knows those before it, by type. */
const STAGES = ['config', 'policy', 'consent', 'gate', 'signals'];

/**
 * Part of src (a folder, or a file in it without its ending) → what else it may import: `values` with everything that
 * runs, `types` by `import type` only; `packages` by name. A part may always import itself.
 */
const LAYERS = {
  config: {},
  policy: {types: ['config']},
  consent: {types: ['config', 'policy'], packages: ['js-cookie']},
  // What may be fetched is one question, asked of configurations and of markup.
  gate: {values: ['config/is-fetchable'], types: ['config', 'policy', 'consent']},
  signals: {types: ['config', 'policy', 'consent', 'gate']},
  warn: {},
  'ui-contract': {types: ['config', 'consent', 'locales']},

  vendors: {types: ['config']},
  locales: {},

  'ui-door': {values: ['ui-contract', 'warn'], types: [...STAGES, 'locales', 'start']},
  start: {values: [...STAGES, 'vendors', 'warn', 'ui-contract', 'ui-door'], types: ['locales']},
  browser: {values: ['start', 'ui-door', 'warn'], types: [...STAGES, 'locales', 'ui-contract']},
  index: {
    values: ['start', 'ui-door'],
    types: [...STAGES, 'locales', 'ui-contract'],
    lazy: ['ui', 'locales'],
  },

  ui: {
    values: ['ui-contract', 'vendors/disclosures'],
    types: ['config', 'consent', 'locales'],
    packages: ['lit'],
  },
  elements: {
    values: ['ui', 'ui-contract', 'vendors/disclosures'],
    types: ['config', 'consent', 'locales'],
    packages: ['lit'],
  },

  server: {values: ['consent/record'], types: ['config', 'consent']},
  cli: {values: ['config'], types: [...STAGES], packages: ['node:']},
};

/** Written in one place only, or nowhere. `in` are the files (or folders, ending in /) where it may stand. */
const CONFINED = [
  {what: 'js-cookie', pattern: /['"]js-cookie['"]/, in: ['consent/cookie-jar.ts']},
  {what: 'a script element', pattern: /createElement(NS)?\([^)]*['"]script['"]/, in: ['gate/inject-tag.ts']},
  {what: 'window.consentGate', pattern: /\.consentGate\b|\[['"]consentGate['"]\]/, in: ['browser.ts']},
  {what: 'innerHTML', pattern: /\b(innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML)\b/, in: []},
  {what: 'document.write', pattern: /\bdocument\.write(ln)?\(/, in: []},
  {what: 'eval', pattern: /\beval\(|\bnew Function\(/, in: []},
  {what: 'the type any', pattern: /[:<|&,]\s*any\b(?!\s*[(:'])|\bas any\b/, in: []},
  // The bundles are escaped, so this is for the eyes: texts belong to the languages and to the vendors.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what this is about
  {what: 'a character that is not ASCII', pattern: /[^\x00-\x7f]/, in: ['locales/', 'vendors/']},
];

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, {recursive: true})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const problems = files.flatMap((file) => {
  const code = withoutComments(readFileSync(join(src, file), 'utf8'));
  return [...importProblems(file, code), ...confinedProblems(file, code)];
});
console.log(problems.join('\n') || `${files.length} files keep to the layers`);
process.exitCode = problems.length ? 1 : 0;

function importProblems(file, code) {
  const part = partOf(file);
  if (!LAYERS[part]) return [`src/${file}:1 "${part}" is not in the table of scripts/check-layers.mjs`];
  return importsOf(code).flatMap(({specifier, kind, line}) => {
    const rule = specifier.startsWith('.')
      ? brokenBorder(file, specifier, kind)
      : brokenPackage(part, specifier);
    return rule ? [`src/${file}:${line} ${rule}`] : [];
  });
}

/** @returns the rule that the import breaks */
function brokenBorder(file, specifier, kind) {
  const [part, target] = [partOf(file), posix.join(dirname(file), specifier).replace(/\.js$/, '')];
  if (!specifier.endsWith('.js')) return `${specifier}: relative imports end in .js`;
  const to = partOf(`${target}.ts`);
  if (to === part) return undefined;
  const {values = [], types = [], lazy = []} = LAYERS[part];
  if (values.includes(to) || values.includes(target)) return undefined;
  if (kind === 'type' && types.includes(to)) return undefined;
  if (kind === 'lazy' && lazy.includes(to)) return undefined;
  if (types.includes(to)) return `${part} may only \`import type\` from ${to}`;
  if (lazy.includes(to)) return `${part} may import ${to} only lazily, by import()`;
  return `${part} may not import ${to}${STAGES.includes(to) ? `; stages meet in start.ts` : ''}`;
}

function brokenPackage(part, specifier) {
  const {packages = []} = LAYERS[part];
  const isAllowed = packages.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  );
  return isAllowed ? undefined : `${part} may not import the package ${specifier}`;
}

function confinedProblems(file, code) {
  return CONFINED.filter(
    ({in: places}) => !places.some((place) => file === place || isInside(file, place)),
  ).flatMap(({what, pattern, in: places}) =>
    code.split('\n').flatMap((text, index) => {
      if (!pattern.test(text)) return [];
      return `src/${file}:${index + 1} ${what} ${places.length ? `belongs in ${places.join(', ')}` : 'is not used'}`;
    }),
  );
}

function isInside(file, folder) {
  return folder.endsWith('/') && file.startsWith(folder);
}

/** `consent/record.ts` → `consent`, `start.ts` → `start`. */
function partOf(file) {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, '');
}

/** @returns all imports and re-exports: `type` vanishes, `value` runs, `lazy` is `import()` */
function importsOf(code) {
  const statement = /\b(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s*\bfrom\s*)?(['"])([^'"\n]+)\2/g;
  const call = /(\btypeof\s+)?\bimport\(\s*(['"])([^'"\n]+)\2/g;
  return [
    ...[...code.matchAll(statement)].map((match) => [match, match[1] ? 'type' : 'value']),
    ...[...code.matchAll(call)].map((match) => [match, match[1] ? 'type' : 'lazy']),
  ].map(([match, kind]) => ({specifier: match[3], kind, line: lineOf(code, match.index)}));
}

function lineOf(code, index) {
  return code.slice(0, index).split('\n').length;
}

/** Blanks comments and keeps lines. Strings stay: addresses contain `//`. */
function withoutComments(code) {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return code.replace(token, (text) => (text.startsWith('/') ? text.replace(/[^\n]/g, '') : text));
}
