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
 * Part of src (a folder, or a file in it without its ending) -> what else it may import: `values` with everything that
 * runs, `types` by `import type` only, `lazy` by `import()` only; `packages` by name. A part may always import itself.
 */
const LAYERS = {
  attempt: {},
  warn: {},
  'own-document': {},
  'sent-form': {values: []},
  'follow-links': {values: ['gate/markup-tags']},
  'renew-page': {values: ['sent-form']},
  'read-cookies': {},
  'match-pattern': {},
  load: {
    types: [
      ...['choice', 'config', 'debug', 'denied', 'gate', 'locales', 'prompt', 'shortened', 'signals'],
      ...['ui-contract', 'vendors'],
    ],
  },
  'load-disclosures': {types: ['config', 'load']},
  'shown-settings': {values: ['config'], types: ['ui-contract']},
  'ui-contract': {types: ['config', 'consent', 'locales']},

  config: {values: []},
  policy: {types: ['config']},
  consent: {values: ['read-cookies'], types: ['config', 'policy']},
  gate: {
    // What may be fetched is one question, asked of configurations and of markup.
    values: [
      ...['match-pattern', 'read-cookies', 'warn', 'config/is-fetchable'],
      'config/categories-of',
      // A vendor whose definition comes late is read like the others.
      'config/normalize-config',
      // What vendors leave is looked for by those who have denied them.
      'vendors/leavings',
      // What pages wait for, of vendors that are denied.
      'vendors/answers',
    ],
    types: ['config', 'policy', 'consent', 'load'],
  },
  signals: {values: ['consent/record'], types: ['config', 'policy', 'consent', 'gate']},
  vendors: {types: ['config']},
  locales: {},

  // The two composition roots: stages meet here and nowhere else.
  start: {
    values: ['find-language', 'follow-links', 'sent-form', 'warn', ...STAGES, 'vendors'],
    types: ['choice', 'debug', 'load'],
  },
  choice: {
    values: [
      ...[
        'after-frame',
        'is-at-work',
        'renew-page',
        'warn',
        'config',
        'consent',
        'gate',
        'shown-settings',
        'ui-contract',
        'ui-door',
        'upkeep',
      ],
      'vendors/changes',
    ],
    types: ['debug', 'follow-links', 'policy', 'load', 'signals', 'start'],
  },
  upkeep: {values: ['is-at-work', 'config', 'consent', 'gate'], types: ['choice']},
  'is-at-work': {},
  'after-frame': {},
  'find-banner': {types: ['ui']},
  denied: {values: ['config/categories-of', 'consent', 'gate'], types: ['choice']},
  shortened: {values: ['find-language', 'warn']},
  'ui-door': {
    values: ['find-language', 'load-disclosures', 'warn', 'find-banner'],
    types: ['load', 'ui-contract'],
  },

  // The entry for those who are asked: the first layer, which hands the answer on to the second root.
  prompt: {
    values: [...['consent/grants', 'load-disclosures', 'shown-settings', 'ui-contract'], 'ui/mount-banner'],
    types: ['choice', 'consent', 'load', 'prompt-texts'],
  },
  'prompt-texts': {
    values: ['locales', 'ui-contract', 'vendors/disclosures'],
    types: ['config', 'load'],
  },

  'find-language': {},
  preload: {values: ['find-language']},
  // The loader that stands in a page's own HTML.
  inline: {
    values: ['find-language', 'start'],
    types: ['config', 'consent', 'load'],
  },
  browser: {values: ['warn', 'start'], types: ['load']},
  index: {
    values: ['choice', 'disclosure', 'start', 'vendors/vendor-files'],
    types: [...STAGES, 'debug', 'load'],
    lazy: [
      'ui',
      'locales',
      'denied',
      'diagnostics',
      'debug',
      'gate',
      'shortened',
      'signals',
      'vendors/disclosures',
      'vendors/leavings',
      'vendors/stubs',
    ],
  },

  // What visitors are told of the recipients, for the elements and for the command line: plain data, no DOM.
  disclosure: {values: ['ui-contract'], types: ['config']},

  ui: {
    values: [
      'warn',
      'after-frame',
      'find-banner',
      'ui-contract',
      'disclosure',
      'vendors/disclosures',
      'vendors/former-opt-outs',
    ],
    types: ['config', 'consent', 'locales'],
    // Templates only: what elements are made of is in ui/rendered-element.ts.
    packages: ['lit/html.js'],
  },
  elements: {
    values: ['ui', 'ui-contract', 'vendors/disclosures'],
    types: ['config', 'consent', 'locales'],
  },

  diagnostics: {values: ['warn', 'config', 'vendors']},
  debug: {
    // It explains what the stages decide, by the same pure functions, and calls nothing that changes anything.
    values: [...['read-cookies', 'config/categories-of', 'consent/grants', 'gate/find-leftovers'], 'vendors'],
    types: [...STAGES, 'start'],
  },
  server: {values: ['consent/record'], types: ['config', 'consent']},
  cli: {
    values: [
      ...['config', 'policy', 'diagnostics', 'disclosure', 'prompt-texts', 'ui-contract', 'vendors'],
      ...['ui/describe-question', 'ui/embed-providers'],
    ],
    packages: ['node:', 'parse5'],
  },
};

/** What any part may import: without state, and of use to all. */
const EVERYWHERE = ['attempt', 'own-document'];

/**
 * What everybody downloads is what `browser.ts` reaches by values. None of these may be among it: they decide, write,
 * show or explain, and come when somebody needs them.
 */
const NOT_IN_LOADER = [
  'choice',
  'prompt',
  'shown-settings',
  'upkeep',
  'consent/decide',
  'consent/undo',
  'consent/write-storage',
  'debug',
  'denied',
  'diagnostics',
  'disclosure',
  'elements',
  'gate/find-leftovers',
  'gate/attend',
  'gate/sweep-storage',
  'locales',
  'server',
  'ui',
  'ui-door',
  'gate/answer-calls',
  'vendors/answers',
  'vendors/catalogue',
  'vendors/complete-stub',
  'vendors/disclosures',
  'vendors/former-opt-outs',
  'vendors/leavings',
  'vendors/stubs',
  'vendors/tag-ids',
];

/** Words that few pages show, and that a language's file has no room for. */
const TEXTS = [
  'prompt-texts.ts',
  'shortened.ts',
  'ui/embed-texts.ts',
  'ui/opt-out-texts.ts',
  'ui/record-texts.ts',
];

/** Written in one place only, or nowhere. `in` are the files (or folders, ending in /) where it may stand. */
const CONFINED = [
  {what: 'a script element', pattern: /createElement(NS)?\([^)]*['"]script['"]/, in: ['gate/inject-tag.ts']},
  // An embed that is let in at once needs no more than the page itself may know.
  {
    what: 'window.consentGate',
    pattern: /\.consentGate\b|\[['"]consentGate['"]\]/,
    in: ['start.ts', 'ui/embed-element.ts'],
  },
  // All that is known of every vendor is more than any page should download.
  {what: 'the catalogue', pattern: /['"](\.\/|\.\.\/vendors\/)catalogue\.js['"]/, in: ['cli/']},
  {what: 'innerHTML', pattern: /\b(innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML)\b/, in: []},
  {what: 'document.write', pattern: /\bdocument\.write(ln)?\(/, in: []},
  // Markup can put an element in the place of any of them: `<img name="cookie">`.
  {
    what: 'a member of document, in place of `ownDocument`,',
    pattern: /(?<![\w.'"`/-])(\.\.\.)?document\.[a-z]/i,
    in: ['own-document.ts', 'find-language.ts', 'preload.ts', 'signals/consent-default.ts', 'vendors/'],
  },
  {what: 'eval', pattern: /\beval\(|\bnew Function\(/, in: []},
  {what: 'the type any', pattern: /[:<|&,]\s*any\b(?!\s*[(:'])|\bas any\b/, in: []},
  // The bundles are escaped, so this is for the eyes: texts belong to the languages and to the vendors.
  {
    what: 'a character that is not ASCII',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what this is about
    pattern: /[^\x00-\x7f]/,
    in: ['disclosure/', 'locales/', 'vendors/', ...TEXTS],
  },
];

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, {recursive: true})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const codeOf = Object.fromEntries(
  files.map((file) => [file, withoutComments(readFileSync(join(src, file), 'utf8'))]),
);
const problems = [
  ...files.flatMap((file) => [
    ...importProblems(file, codeOf[file]),
    ...confinedProblems(file, codeOf[file]),
  ]),
  ...loaderProblems(),
];
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
  if (to === part || EVERYWHERE.includes(to)) return undefined;
  const {values = [], types = [], lazy = []} = LAYERS[part];
  if (values.includes(to) || values.includes(target)) return undefined;
  if (kind === 'type' && types.includes(to)) return undefined;
  if (kind === 'lazy' && (lazy.includes(to) || lazy.includes(target))) return undefined;
  if (types.includes(to)) return `${part} may only \`import type\` from ${to}`;
  if (lazy.includes(to)) return `${part} may import ${to} only lazily, by import()`;
  return `${part} may not import ${to}${STAGES.includes(to) ? `; stages meet in start.ts` : ''}`;
}

/** Follows the values that the loader imports, whoever imports them. */
function loaderProblems() {
  const reached = new Set(['browser.ts']);
  const found = [];
  for (const file of reached) {
    for (const {specifier, kind, line} of importsOf(codeOf[file] ?? '')) {
      if (kind !== 'value' || !specifier.startsWith('.')) continue;
      const target = posix.join(dirname(file), specifier).replace(/\.js$/, '.ts');
      const name = target.replace(/\.ts$/, '');
      if (NOT_IN_LOADER.includes(name) || NOT_IN_LOADER.includes(partOf(target)))
        found.push(`src/${file}:${line} ${name} does not belong in the loader`);
      reached.add(target);
    }
  }
  return found;
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
