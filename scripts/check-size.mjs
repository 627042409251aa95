/**
 * The sizes of what a visitor downloads, in brotli -11 bytes of the built files, against scripts/sizes.json.
 * Two gates: a number that moved has to be written down (so that history shows it), and no number passes its limit.
 * `--update` writes the numbers there and into README.md; `--modules` says what each module of the loader costs.
 */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {rollup} from 'rollup';
import {minify} from 'terser';

const LOADER = 'dist/cdn/consent-gate.js';
const CHOICE = 'dist/cdn/choice.js';
const UI = 'dist/cdn/ui.js';
const LOCALES = 'dist/cdn/locales';
const PROMPTS = 'dist/cdn/prompt';
/** What is fetched before the banner shows, in the language that costs most. */
const FIRST_VISIT = 'first visit';
/** What the preferences fetch: the UI in the language that costs most. */
const UI_AND_LANGUAGE = 'ui + language';
const LARGEST_VENDOR = 'largest of dist/cdn/vendors';
const LARGEST_DISCLOSURE = 'largest of dist/cdn/disclosures';
const LABELS = {
  [FIRST_VISIT]: 'a first visit until the banner shows: the loader and the largest of `dist/cdn/prompt/`',
  [UI_AND_LANGUAGE]: 'the UI and its largest language',
  [LARGEST_VENDOR]: 'the largest vendor of `dist/cdn/vendors/`, each fetched once granted',
  [LARGEST_DISCLOSURE]: 'the largest of `dist/cdn/disclosures/`, one for each such vendor and language',
};
const BLOCK = /<!-- sizes -->[\s\S]*?<!-- \/sizes -->/;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

if (process.argv.includes('--modules')) await printModules();
else if (!existsSync(LOADER)) fail('There is no dist: npm run build.');
else checkSizes({update: process.argv.includes('--update')});

function checkSizes({update}) {
  const written = JSON.parse(readFileSync('scripts/sizes.json', 'utf8'));
  const files = measure();
  if (update) {
    writeFileSync('scripts/sizes.json', `${JSON.stringify({...written, files}, null, 2)}\n`);
    updateReadme(files);
  }
  const problems = [
    ...(update ? [] : differences(files, written.files)),
    ...excesses(files, written.limits),
    ...(readReadme()?.match(BLOCK)?.[0] === table(files) || !existsSync('README.md')
      ? []
      : ['README.md: the table between <!-- sizes --> and <!-- /sizes --> is missing or old']),
  ];
  for (const [name, size] of Object.entries(files)) {
    const limit = limitOf(name, written.limits);
    console.log(`${name.padEnd(28)} ${format(size).padStart(9)}${limit ? `  of ${format(limit)}` : ''}`);
  }
  if (!problems.length) return;
  console.error(`\n${problems.join('\n')}`);
  if (!update)
    console.error('\nnpm run size -- --update writes the new numbers; the changelog says why they moved.');
  process.exitCode = 1;
}

/** @returns brotli bytes by name */
function measure() {
  const first = [LOADER, CHOICE, UI];
  const others = readdirSync('dist/cdn')
    .filter((file) => file.endsWith('.js'))
    .map((file) => `dist/cdn/${file}`)
    .filter((file) => !first.includes(file));
  const single = readdirSync('dist/cdn/elements').map((file) => `dist/cdn/elements/${file}`);
  const files = [...first, ...filesIn(PROMPTS), ...others.sort(), ...single.sort(), ...filesIn(LOCALES)];
  const sizes = Object.fromEntries(files.map((file) => [file, brotliSize(readFileSync(file))]));
  const largestOf = (folder) =>
    Math.max(...files.filter((file) => file.startsWith(folder)).map((file) => sizes[file]));
  return {
    ...sizes,
    [FIRST_VISIT]: sizes[LOADER] + largestOf(PROMPTS),
    [LARGEST_VENDOR]: largestIn('dist/cdn/vendors'),
    [LARGEST_DISCLOSURE]: largestIn('dist/cdn/disclosures'),
    [UI_AND_LANGUAGE]: sizes[UI] + largestOf(LOCALES),
  };
}

/** One language a file. */
function filesIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

/** One of many small files, of which a page fetches those that it names. */
function largestIn(folder) {
  const files = readdirSync(folder, {recursive: true}).filter((file) => file.endsWith('.js'));
  return Math.max(...files.map((file) => brotliSize(readFileSync(`${folder}/${file}`))));
}

function differences(files, written) {
  const names = new Set([...Object.keys(files), ...Object.keys(written)]);
  return [...names].flatMap((name) => {
    const [now, before] = [files[name], written[name]];
    if (now === before) return [];
    if (now === undefined) return `${name}: no such file any more`;
    if (before === undefined) return `${name}: ${format(now)}, new`;
    return `${name}: ${format(now)}, was ${format(before)} (${now > before ? '+' : ''}${now - before} B)`;
  });
}

function excesses(files, limits) {
  return Object.entries(files).flatMap(([name, size]) => {
    const limit = limitOf(name, limits);
    return limit && size > limit
      ? `${name}: ${format(size)} is ${size - limit} B over its limit of ${format(limit)}`
      : [];
  });
}

/** A limit holds for one file, or with `*` at the end for all of a folder. */
function limitOf(name, limits) {
  const folder = Object.keys(limits).find((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
  return limits[name] ?? limits[folder];
}

function updateReadme(files) {
  const readme = readReadme();
  if (readme !== undefined)
    writeFileSync(
      'README.md',
      readme.replace(BLOCK, () => table(files)),
    );
}

function readReadme() {
  return existsSync('README.md') ? readFileSync('README.md', 'utf8') : undefined;
}

function table(files) {
  const rows = Object.entries(files).map(([name, size]) => {
    const label = LABELS[name] ?? `\`${name}\``;
    return `| ${label} | ${format(size)} |`;
  });
  return ['<!-- sizes -->', '| file | brotli |', '|---|---:|', ...rows, '<!-- /sizes -->'].join('\n');
}

/** What the loader would weigh less without each of its modules: the rest of the same bundle, minified again. */
async function printModules() {
  const {loader, terserOptions} = await import('../rollup.config.mjs');
  const bundle = await rollup({...loader, onwarn: () => {}});
  const {output} = await bundle.generate(loader.output);
  const modules = Object.entries(output[0].modules).filter(([, {code}]) => code);
  // What only the module left out had used stays, so that its cost is its own.
  const options = {...terserOptions, toplevel: false, mangle: {toplevel: true}};
  const sizeWithout = async (left) => {
    const code = modules.filter(([id]) => id !== left).map(([, module]) => module.code);
    return brotliSize((await minify(code.join('\n'), options)).code);
  };
  const whole = await sizeWithout();
  const costs = [];
  for (const [id] of modules) costs.push([whole - (await sizeWithout(id)), id]);
  for (const [cost, id] of costs.sort(([a], [b]) => b - a)) {
    console.log(`${format(cost).padStart(9)}  ${id.replace(`${process.cwd()}/`, '')}`);
  }
  console.log(
    `${format(whole).padStart(9)}  all of them, nothing inlined; what repeats across modules is nobody's own`,
  );
}

function fail(message) {
  console.error(message.trimEnd());
  process.exitCode = 1;
}

function brotliSize(content) {
  return brotliCompressSync(content).length;
}

function format(bytes) {
  return `${bytes.toLocaleString('en')} B`;
}
