/**
 * The script-tag files, `dist/cdn`: one classic loader without Lit, one UI module with Lit's templates inside, one module per
 * language. Each stands alone (no shared chunk), so that each can be pinned by an integrity hash. The loader finds the
 * others by its own address at run time, which is why no output here knows another.
 * Names of properties are never mangled: vendors' globals begin with `_`, and the script API is public.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import * as esbuild from 'esbuild';
import esbuildPlugin from 'rollup-plugin-esbuild';
import {declareTogether, flatten} from './scripts/flatten.mjs';
import {minifyTemplates} from './scripts/minify-templates.mjs';
import {shortNames} from './scripts/short-names.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

export const terserOptions = {
  ecma: 2022,
  toplevel: true,
  compress: {passes: 10, inline: 1, comparisons: false, unsafe_arrows: true, keep_fargs: false},
  format: {comments: false},
};

/** `unsafe` takes what stands in a template for text, numbers or lists of them, as all of the loader's are. */
const loaderCompress = {
  ...terserOptions.compress,
  ...{unsafe: true, loops: false, lhs_constants: false},
};

/** Nobody outside sees rollup's namespace objects, so nobody has to be kept from changing them. */
const smallOutput = {freeze: false, strict: false, generatedCode: {preset: 'es2015', symbols: false}};

/**
 * Names of fields that only our own files meet, and what they are called in `dist/cdn`: the same in every file, since one
 * hands objects to another. Nothing that a page, a vendor or a configuration can see may stand here.
 * In the order that packs best: it saves the loader some thirty bytes.
 */
const shortFields = Object.fromEntries([
  ...`
  start carryOut store refresh isBroken extendConsentMode adopt injectTag place prompts script
  gateFetchers jar isOn gate loading isOrdered isChild steps tag lookAfter isDue onLoad isStandIn needs
  prepare install follow promptIfDue createChoice isOwnerGranted visitor look later roots attend hasTime
  isSame read isUntold running vouch copies tellGoogle isHeld owner see tell isParallel definition
  undecided
  `
    .trim()
    .split(/\s+/)
    .map((name, index) => [name, String.fromCharCode((index < 26 ? 97 : 39) + index)]),
  // Members of elements: a library of the page's may have put one of a single letter on every element.
  ...`
  handleState localized renderButton renderEqualButtons renderLink renderLinks renderNotes renderView
  whenRemoved isFirstLayer requestUpdate willUpdate scheduleUpdate hasUpdated renderRoot
  `
    .trim()
    .split(/\s+/)
    .map((name, index) => [name, `$${index}`]),
]);

const vendors = await readVendors();

export const loader = {
  input: `${root}src/browser.ts`,
  plugins: [
    ...sources(),
    keepOut(),
    ...compressLoader(),
    minify({module: false, compress: false, mangle: false, isWhole: true}),
  ],
  output: {file: `${root}dist/cdn/consent-gate.js`, format: 'iife', ...smallOutput},
};

export const ui = {
  input: `${root}src/ui/index.ts`,
  plugins: [ownLit(), ...sources(), minifyTemplates(), minify({module: true})],
  output: {file: `${root}dist/cdn/ui.js`, format: 'es', ...smallOutput},
};

const around = {
  input: `${root}src/ui/around.ts`,
  plugins: [...sources(), minify({module: true})],
  output: {file: `${root}dist/cdn/around.js`, format: 'es', ...smallOutput},
};

/** What is asked first, one language a file: templates, the banner and its texts. */
const prompts = Object.entries(vendors.promptTexts).map(([language, texts]) => ({
  input: `prompt ${language}`,
  plugins: [
    virtual(
      `prompt ${language}`,
      `import {createPrompt} from '${root}src/prompt.ts';
      export const {ask} = createPrompt(${JSON.stringify(texts)});`,
    ),
    smallTemplates(),
    ...sources(),
    minifyTemplates(),
    minify({module: true, isWhole: true}),
  ],
  output: {file: `${root}dist/cdn/prompt/${language}.js`, format: 'es', ...smallOutput},
}));

/** The elements that an author puts into a page. */
export const elements = {
  input: `${root}src/elements/page.ts`,
  plugins: [evaluated(), ownLit(), ...sources(), minifyTemplates(), minify({module: true})],
  output: {file: `${root}dist/cdn/elements.js`, format: 'es', ...smallOutput},
};

/** Each of them alone, for a page that has only that one. */
const elementFiles = readdirSync(`${root}src/elements`)
  .filter((file) => file.startsWith('consent-') && file !== 'consent-banner.ts')
  .map((file) => ({
    ...elements,
    input: `${root}src/elements/${file}`,
    output: {...elements.output, file: `${root}dist/cdn/elements/${basename(file, '.ts')}.js`},
  }));

/** What only a choice or few vendors need, words for mistakes, and the report on what happened: no Lit in any. */
export const lazy = {
  'choice.js': 'src/choice.ts',
  'denied.js': 'src/denied.ts',
  'stubs.js': 'src/vendors/stubs.ts',
  'attend.js': 'src/gate/attend.ts',
  'fetchers.js': 'src/gate/fetchers.ts',
  'consent-mode.js': 'src/signals/extended-consent-mode.ts',
  'attribution.js': 'src/signals/attribution.ts',
  'check-config.js': 'src/diagnostics/check-config.ts',
  'debug.js': 'src/debug/index.ts',
  'shortened.js': 'src/shortened.ts',
};

/** To be inlined into a page: `consent-gate snippet` fills in their texts. */
const snippets = {
  'consent-default.js': 'src/signals/consent-default.ts',
  'preload.js': 'src/preload.ts',
};

const snippetFiles = Object.entries(snippets).map(([file, input]) => ({
  input: root + input,
  plugins: [...sources(), minify({module: false})],
  // As a classic script, it leaves no name in the page.
  output: {file: `${root}dist/cdn/${file}`, format: 'iife', ...smallOutput},
}));

/** The loader for a page's own HTML, and what `consent-gate snippet --inline` fills into it. */
const inlineFiles = [
  ...['start', 'first-layer'].map((name) => ({
    input: `${root}src/inline/${name}.ts`,
    plugins: [
      filledIn(),
      ...sources(),
      keepOut(),
      ...compressLoader(),
      minify({module: false, compress: false, mangle: false}),
    ],
    output: {file: `${root}dist/inline/${name}.js`, format: 'iife', ...smallOutput},
  })),
  // Each of the loader's own vendors, without what they share.
  ...vendors.early.map((id) => ({
    input: `inlined ${id}`,
    external: (source) => /\/(google-tag|call-queue)\.js$/.test(source),
    plugins: [
      virtual(`inlined ${id}`, `export {definition as vendor} from '${root}src/vendors/${id}.ts';`),
      ...sources(),
      minify({module: true}),
    ],
    output: {file: `${root}dist/inline/vendors/${id}.js`, format: 'es', ...smallOutput},
  })),
];

const lazyFiles = Object.entries(lazy).map(([file, input]) => ({
  input: root + input,
  plugins: [...sources(), keepOut(), shortExports(), minify({module: true, isWhole: file === 'choice.js'})],
  output: {file: `${root}dist/cdn/${file}`, format: 'es', ...smallOutput},
}));

/** The vendors that are not in the loader, each a file: how its tag starts and stops. */
export const vendorFiles = vendors.late.map((id) => ({
  input: `definition of ${id}`,
  plugins: [
    // Under a name that is not shortened: fields are, exports are not.
    virtual(`definition of ${id}`, `export {definition as vendor} from '${root}src/vendors/${id}.ts';`),
    ...sources(),
    minify({module: true}),
  ],
  output: {file: `${root}dist/cdn/vendors/${id}.js`, format: 'es', ...smallOutput},
}));

/** One language a file: the texts of the UI, and what is disclosed of the loader's own vendors. */
export const locales = readdirSync(`${root}src/locales`)
  .filter((file) => file.endsWith('.ts') && file !== 'locale.ts')
  .map((file) => basename(file, '.ts'))
  .map((language) => {
    const known = Object.fromEntries(vendors.early.map((id) => [id, disclosureIn(language, id)]));
    const code = `export {locale} from '${root}src/locales/${language}.ts';
      export const disclosures = ${JSON.stringify(known)};`;
    return {
      input: language,
      plugins: [virtual(language, code), ...sources(), minify({module: true})],
      output: {file: `${root}dist/cdn/locales/${language}.js`, format: 'es', ...smallOutput},
    };
  });

/** What is disclosed of every other vendor, a language and a vendor a file. */
const disclosureFiles = locales.flatMap(({input: language}) =>
  vendors.late.map((id) => ({
    input: `${language} ${id}`,
    plugins: [
      virtual(
        `${language} ${id}`,
        `export const disclosure = ${JSON.stringify(disclosureIn(language, id))};`,
      ),
      minify({module: true}),
    ],
    output: {file: `${root}dist/cdn/disclosures/${language}/${id}.js`, format: 'es', ...smallOutput},
  })),
);

export default [
  loader,
  ...snippetFiles,
  ...inlineFiles,
  ...lazyFiles,
  ...vendorFiles,
  ...prompts,
  around,
  ui,
  elements,
  ...elementFiles,
  ...locales,
  ...disclosureFiles,
];

/** @returns ids of the vendors in the loader and of those with a file of their own, and what each discloses */
async function readVendors() {
  const ids = readdirSync(`${root}src/vendors`)
    .map((file) => basename(file, '.ts'))
    .filter((id) => /^export const disclosure\b/m.test(readFileSync(`${root}src/vendors/${id}.ts`, 'utf8')));
  const {outputFiles} = await esbuild.build({
    stdin: {
      contents: `${ids.map((id, index) => `import * as v${index} from './${id}.ts';`).join('\n')}
        import {catalogue} from './index.ts';
        import {withCookies} from '../disclosure/with-cookies.ts';
        export {catalogue};
        export {formerOptOuts} from './former-opt-outs.ts';
        export {promptTexts} from '../prompt-texts.ts';
        export const disclosures = {${ids.map((id, index) => `'${id}': withCookies(v${index})`)}};`,
      resolveDir: `${root}src/vendors`,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const {catalogue, disclosures, formerOptOuts, promptTexts} = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  const early = catalogue.filter(({isStandIn}) => !isStandIn).map(({id}) => id);
  return {early, late: ids.filter((id) => !early.includes(id)), disclosures, formerOptOuts, promptTexts};
}

/** @returns the disclosure with each text in that language, else in English, else as it is */
function disclosureIn(language, id) {
  const pick = (value) => {
    if (Array.isArray(value)) return value.map(pick);
    return typeof value === 'object' ? (value[language] ?? value.en ?? Object.values(value)[0]) : value;
  };
  const {cookieLifetimes, ...texts} = vendors.disclosures[id];
  return {
    ...Object.fromEntries(Object.entries(texts).map(([field, value]) => [field, pick(value)])),
    ...(cookieLifetimes && {cookieLifetimes}),
  };
}

/** Of the facts of vendors and of the texts, what is shown: their modules have much more, which nobody is to download. */
function evaluated() {
  const codeOf = {
    'vendors/former-opt-outs.ts': `export const formerOptOuts = ${JSON.stringify(vendors.formerOptOuts)};`,
  };
  return {name: 'evaluated', load: (id) => codeOf[id.replace(`${root}src/`, '')] ?? null};
}

/** In place of the catalogue, the vendors that a configuration names: as code, by way of the command line. */
function filledIn() {
  const code = `
    import {ahead, installStub} from './call-queue.js';
    import {callGtag, googleTag, installGtag, tellGoogle} from './google-tag.js';
    import {createStandIn} from './stand-in.js';
    export const catalogue = CATALOGUE({
      ahead, installStub, callGtag, googleTag, installGtag, 'tellGoogle': tellGoogle, createStandIn,
    });`;
  return {name: 'filled-in', load: (id) => (id === `${root}src/vendors/index.ts` ? code : null)};
}

/** In place of Lit, what the first layer needs of it. */
function smallTemplates() {
  return {
    name: 'small-templates',
    resolveId: (id) => (id === 'lit/html.js' ? `${root}src/ui/template.ts` : null),
  };
}

/**
 * Lit reads members of `document` and globals by their names, in the place of each of which markup can put an element
 * (`<img name="createComment">`, `<a id="litHtmlVersions">`): here it reads what the document itself has.
 */
function ownLit() {
  const changes = [
    [/=globalThis,/g, '={trustedTypes:globalThis.TrustedTypePolicyFactory&&globalThis.trustedTypes},'],
    // Where it is passed on as a node it has to be the document itself.
    [/(?<=\b(\w+)=document,.*createTreeWalker\()\1(?=,)/gs, 'document'],
    [/(?<=\b(\w+)=document,.*\.currentNode=)\1(?=[,;])/gs, 'document'],
    [/,(\w+)=document,/g, ',$1=ownDocument,'],
    [/,\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\);/g, ';'],
  ];
  return {
    name: 'own-lit',
    transform(code, id) {
      if (!id.endsWith('/lit-html/lit-html.js')) return null;
      let text = code;
      for (const [from, to] of changes) {
        if (text.match(from)?.length !== 1) throw Error(`${id}: expected ${from} once`);
        text = text.replace(from, to);
      }
      return {code: `import {ownDocument} from '${root}src/own-document.ts';${text}`, map: null};
    },
  };
}

/** A module that is no file. */
function virtual(name, code) {
  const path = `${root}src/${name.replaceAll(' ', '-')}.ts`;
  return {
    name: 'virtual',
    resolveId: (id) => (id === name ? path : null),
    load: (id) => (id === path ? code : null),
  };
}

/** `production`: without it Lit's development build is bundled. */
function sources() {
  return [
    resolve({exportConditions: ['production']}),
    esbuildPlugin({
      target: 'es2022',
      tsconfig: `${root}tsconfig.json`,
      mangleProps: RegExp(`^(${Object.keys(shortFields).join('|')})$`),
      mangleCache: shortFields,
      dropLabels: ['bundled'],
    }),
  ];
}

/** Each step leaves something to do for the one before it. Names are shortened once everything else is. */
function compressLoader() {
  const compress = () => terser({...terserOptions, compress: loaderCompress, mangle: false, maxWorkers: 1});
  const rounds = [1, 2, 3].flatMap(() => [flatten(), compress()]);
  return [compress(), ...rounds, declareTogether(), compress(), shortNames()];
}

/**
 * @param isWhole most of its functions are called soon: Chromium compiles them all while the file arrives, off the main
 *   thread, and not each on its first call. https://v8.dev/blog/explicit-compile-hints
 */
function minify({module, compress = terserOptions.compress, mangle = true, isWhole = false}) {
  const format = {
    ...terserOptions.format,
    // A Shift_JIS page decodes a classic script in its own encoding; modules are always UTF-8.
    ascii_only: !module,
    preamble: isWhole ? '//# allFunctionsCalledOnLoad' : null,
  };
  return terser({...terserOptions, compress, mangle, format, module, maxWorkers: 1});
}

/** What one file hands to another is called by the same short name in both. */
function shortExports() {
  return {
    name: 'short-exports',
    renderChunk: (code) =>
      code.replace(/^export \{.*\};$/m, (list) =>
        list.replace(/\w+(?=[,\s]*[,}])/g, (name) => {
          const short = shortFields[name.replace(/.* as /, '')];
          return short ? `${name} as ${short}` : name;
        }),
      ),
  };
}

/** What a returning visitor must never download: Lit, the UI, a language. */
function keepOut() {
  const guests = /node_modules\/(lit|lit-html|lit-element|@lit)\/|\/src\/(ui|elements|locales)\//;
  return {
    name: 'keep-out',
    buildEnd(error) {
      if (error) return;
      for (const id of this.getModuleIds()) {
        if (!guests.test(id)) continue;
        const importers = this.getModuleInfo(id).importers.map((importer) => importer.replace(root, ''));
        this.error(
          `${id.replace(root, '')} entered the loader through ${importers.join(', ') || 'import()'}`,
        );
      }
    },
  };
}
