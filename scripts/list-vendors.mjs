/**
 * `npm run vendors`: writes what follows from the files of src/vendors, so that a vendor is one file and nothing else:
 * - src/vendors/catalogue.ts: all of them, for the command line;
 * - src/signals/known-parameters.ts: the parameters of landing addresses that any of them reads;
 * - src/vendors/late-vendors.ts and vendor-files.ts: those that are not in the loader, for the loader and for bundlers;
 * - src/vendors/answers.ts: those whose queues take functions that a page waits for;
 * - the tables of docs/vendors.md.
 * `--check` writes nothing and fails where one of them is stale.
 */
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const CATALOGUE = 'src/vendors/catalogue.ts';
const DOCUMENT = 'docs/vendors.md';
const BLOCK = /<!-- vendors -->[\s\S]*?<!-- \/vendors -->/;
const NOTHING = '–';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const isCheck = process.argv.includes('--check');
const ids = readdirSync('src/vendors')
  .filter((file) => file.endsWith('.ts') && `src/vendors/${file}` !== CATALOGUE)
  .filter((file) => /^export const definition\b/m.test(readFileSync(`src/vendors/${file}`, 'utf8')))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();
/** Those that the loader itself brings along. */
const early = [
  ...readFileSync('src/vendors/index.ts', 'utf8').matchAll(/definition as .*'\.\/([\w-]+)\.js'/g),
].map(([, id]) => id);
const code = catalogueOf(ids);
const vendors = await load(code);
const late = vendors.filter(({definition}) => !early.includes(definition.id));
const written = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
const results = [
  ...keep(CATALOGUE, formatted(code)),
  ...keep('src/vendors/late-vendors.ts', formatted(lateVendorsOf(late))),
  ...keep('src/signals/known-parameters.ts', formatted(parametersOf(vendors))),
  ...keep('src/vendors/vendor-files.ts', formatted(vendorFilesOf(late))),
  ...keep('src/vendors/answers.ts', formatted(answersOf(vendors))),
  ...keep(
    DOCUMENT,
    written.replace(BLOCK, () => tables(vendors)),
  ),
  ...(BLOCK.test(written) ? [] : [`${DOCUMENT}: there is no place for the tables (<!-- vendors -->)`]),
  ...vendors.flatMap(({definition}, index) =>
    definition.id === ids[index] ? [] : [`src/vendors/${ids[index]}.ts: its id is ${definition.id}`],
  ),
];
console.log(
  results.join('\n') ||
    `${ids.length} vendors, ${late.length} in files of their own: all lists are up to date`,
);
process.exitCode = results.length ? 1 : 0;

/** @returns what is wrong with the file: nothing, once it has been written */
function keep(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return [];
  if (isCheck) return [`${file} is stale: npm run vendors`];
  writeFileSync(file, text);
  return [];
}

function catalogueOf(names) {
  const imports = names.map((id) => `import * as ${identifierOf(id)} from './${id}.js';`);
  return `/**
 * Every vendor that has a file here, with what is known of it. Written by \`npm run vendors\`: do not edit. For the command
 * line alone; no browser downloads it.
 */
import type {
  VendorAnswers,
  VendorDefinition,
  VendorDisclosure,
  VendorFacts,
  VendorLeavings,
} from '../config/types.js';
${imports.join('\n')}

/** What the file of a vendor exports. */
export interface CatalogueVendor {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
  readonly facts: VendorFacts;
  /** Of the loader's own vendors; the others have it in their definition. */
  readonly leavings?: VendorLeavings;
  /** Of those whose queue takes functions that a page waits for. */
  readonly answers?: VendorAnswers;
}

export const vendors: readonly CatalogueVendor[] = [${names.map(identifierOf).join(', ')}];
`;
}

function lateVendorsOf(list) {
  const rows = {};
  for (const {definition} of list) {
    const {id, category, queue = '', src, tagId} = definition;
    const needsNoId = !!src?.('') && (tagId?.test('') ?? true);
    rows[category] = [...(rows[category] ?? []), `${id}${needsNoId ? '*' : ''} ${queue}`.trim()];
  }
  const fields = Object.entries(rows).map(([category, row]) => `${asKey(category)}: '${row}',`);
  return `/**
 * What the loader has to know of the vendors whose file comes with their grant: the category that they belong to, by \`*\`
 * whether their script needs no id, and their stub (\`VendorDefinition.queue\`). Written by \`npm run vendors\` from their files.
 */
export const lateVendors = {
${fields.join('\n')}
};
`;
}

function parametersOf(list) {
  const names = [...new Set(list.flatMap(({facts: {parameters = []}}) => parameters))];
  // What a wider one covers is left out.
  const covers = (wide, name) => wide !== name && wide.endsWith('*') && name.startsWith(wide.slice(0, -1));
  const kept = names.filter((name) => !names.some((wide) => covers(wide, name))).sort();
  return `/**
 * Parameters of a landing address in which vendors of the catalogue read which advertisement or campaign brought the visitor;
 * \`*\` stands for any characters. Written by \`npm run vendors\` from the vendors' files.
 */
export const knownParameters =
  '${kept.join(' ')}';
`;
}

function asKey(name) {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}

function vendorFilesOf(list) {
  const rows = list.map(({definition: {id}}) => `${asKey(id)}: () => import('./${id}.js'),`);
  return `/** For bundlers: the vendors that are not in the loader, each a file of its own. Written by \`npm run vendors\`. */
import type {VendorDefinition, VendorDisclosure} from '../config/types.js';

interface VendorModule {
  readonly definition: VendorDefinition;
  readonly disclosure: VendorDisclosure;
}

export const vendorFiles: Readonly<Record<string, () => Promise<VendorModule>>> = {
${rows.join('\n')}
};
`;
}

function answersOf(list) {
  const ids = list.filter(({answers}) => answers).map(({definition}) => definition.id);
  return `/**
 * Vendors whose queues take functions that a page waits for, by id: part of \`denied.js\`, which answers them while the vendor
 * is denied. Written by \`npm run vendors\` from their files.
 */
import type {VendorAnswers} from '../config/types.js';
${ids.map((id) => `import {answers as ${identifierOf(id)}} from './${id}.js';`).join('\n')}

export const answers: Readonly<Record<string, VendorAnswers>> = {
${ids.map((id) => `${asKey(id)}${asKey(id) === identifierOf(id) ? '' : `: ${identifierOf(id)}`},`).join('\n')}
};
`;
}

/** `x-pixel` → `xPixel`. */
function identifierOf(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** As Biome wants a file to be, so that `format` has nothing to say. */
function formatted(text) {
  return execFileSync('node_modules/.bin/biome', ['format', `--stdin-file-path=${CATALOGUE}`], {
    input: text,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

async function load(contents) {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: 'src/vendors', loader: 'ts'},
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  }).catch(({errors}) => {
    console.error(errors.map(({text, location}) => `${location?.file}:${location?.line} ${text}`).join('\n'));
    process.exit(1);
  });
  const [{contents: bytes}] = outputFiles;
  const module = await import(`data:text/javascript;base64,${Buffer.from(bytes).toString('base64')}`);
  return module.vendors;
}

/** Tables by subject, with a row for every vendor that has to do with it: one of all columns would fit on no screen. */
function tables(list) {
  const table = (title, columns, rows = list) => [
    `### ${title}`,
    '',
    `| ${Object.keys(columns).join(' | ')} |`,
    `|${'---|'.repeat(Object.keys(columns).length)}`,
    ...rows.map((vendor) => `| ${Object.values(columns).map(cellOf(vendor)).join(' | ')} |`),
    '',
  ];
  const id = ({definition}) => asCode(definition.id);
  return [
    '<!-- vendors -->',
    '<!-- Written by `npm run vendors` from src/vendors: change the vendor’s file, not this. -->',
    '',
    ...table('Tags', {
      id,
      name: ({disclosure}) => textOf(disclosure.name),
      category: ({definition}) => definition.category,
      '`tagId`': tagIdOf,
      'loads from': ({definition, facts}) => asCode(scriptHostOf(definition, facts)),
      queue: ({definition}) => asCode(definition.queue?.split(' ')[0]),
    }),
    ...table('Recipients', {
      id,
      recipient: ({disclosure}) => textOf(disclosure.recipient),
      country: ({disclosure}) => disclosure.country,
      'own opt-out': ({disclosure}) => disclosure.optOutUrl && `<${disclosure.optOutUrl}>`,
      'address in older policies': ({facts}) => formerOf(facts.formerOptOut),
    }),
    ...table('What they keep, and how well it is known', {
      id,
      'cookies and items of the site': cookiesOf,
      'read in landing addresses': ({facts}) => facts.parameters?.map(asCode).join(', '),
      'cookies of their own sites': ({facts}) => facts.thirdPartyCookies?.map(asCode).join(', '),
      source: ({facts}) => facts.sources.join(', '),
      confidence: confidenceOf,
      checked: ({facts}) => facts.checked,
    }),
    ...table(
      'Functions that a page waits for, and what they are given while the vendor is denied',
      {id, 'call → given': callbacksOf},
      list.filter(({answers}) => answers),
    ),
    '<!-- /vendors -->',
  ].join('\n');
}

function cellOf(vendor) {
  return (column) => (column(vendor) || NOTHING).replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function asCode(text) {
  return text && `\`${text}\``;
}

function textOf(text) {
  return typeof text === 'object' ? (text.en ?? Object.values(text)[0]) : text;
}

function tagIdOf({definition, facts}) {
  const form = facts.tagIdForm?.split(' or ').map(asCode).join(' or ');
  if (!definition.tagId || !form) return undefined;
  return definition.tagId.test('') ? `${form}; may be left out` : form;
}

/** The tag's own host; for frames and the like, which have no script, nothing. */
function scriptHostOf({src}, {tagIdForm = ''}) {
  if (!src) return undefined;
  return new URL(src(tagIdForm.split(' or ')[0])).host;
}

function formerOf(former) {
  if (!former) return undefined;
  const words = {'http-only': 'now over https', renamed: 'renamed', closed: 'closed', current: 'current'};
  return `<${former.url}>: ${words[former.status]} (${former.checked})`;
}

function cookiesOf({definition, leavings = definition, facts: {cookieLifetimes = {}}}) {
  const {cookies = [], storage = []} = leavings;
  return [...new Set([...cookies, ...storage])]
    .map((name) => asCode(name) + (cookieLifetimes[name] ? ` (${cookieLifetimes[name]})` : ''))
    .join(', ');
}

function callbacksOf({facts: {callbacks = {}}}) {
  return Object.entries(callbacks)
    .map(([call, given]) => `${asCode(call)} → ${given}`)
    .join('<br>');
}

function confidenceOf({facts: {confidence, unverified = []}}) {
  const parts = unverified.join(', ');
  if (confidence === 'low') return `**unverified**${parts && `, above all: ${parts}`}`;
  return confidence + (parts && `; **unverified:** ${parts}`);
}
