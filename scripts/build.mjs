/**
 * `npm run build`: src → everything that is published, in an empty `dist`.
 * Three things at once, as none needs another: script-tag bundles (rollup.config.mjs), unbundled modules with types
 * (tsc), and the element manifest (cem). Then what can only be said of finished files: sizes, integrity, licences.
 */
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {transform} from 'esbuild';
import {rollup} from 'rollup';

const root = fileURLToPath(new URL('..', import.meta.url));
const cdn = join(root, 'dist/cdn');
const cliMain = join(root, 'dist/esm/cli/main.js');

process.chdir(root);
const started = performance.now();
rmSync('dist', {recursive: true, force: true});
mkdirSync(cdn, {recursive: true});
try {
  const [bundles] = await Promise.all([bundle(), emitModules(), describeElements()]);
  await writeFirstLayerStyles();
  writeLicences(bundles);
  checkAscii();
  writeIntegrity();
  report();
} catch (error) {
  console.error(`build failed: ${error.message}\n${error.frame ?? ''}`);
  process.exitCode = 1;
}

/** @returns what went into each bundle */
async function bundle() {
  // Imported late: it lists the languages there are.
  const {default: configs} = await import('../rollup.config.mjs');
  return Promise.all(
    configs.map(async ({output, ...input}) => {
      const build = await rollup({...input, onwarn: refuseWarning});
      const written = await build.write(output);
      await build.close();
      return written.output[0];
    }),
  );
}

/** A circular import or an unresolved name is a mistake here, not a remark. */
function refuseWarning(warning) {
  throw new Error(`rollup: ${warning.message}`);
}

async function emitModules() {
  await run('tsc', ['-p', 'tsconfig.build.json']);
  if (!existsSync('src/cli/main.ts')) return;
  await run('tsc', ['-p', 'tsconfig.cli.json']);
  chmodSync(cliMain, 0o755);
}

async function describeElements() {
  await run('cem', ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet']);
}

/** The banner's own styles, for the banner that stands in the HTML. */
async function writeFirstLayerStyles() {
  const sheets = await Promise.all(
    ['base', 'banner'].map(async (name) => {
      const exports = await import(join(root, `dist/esm/ui/styles/${name}-styles.js`));
      return exports[`${name}Styles`];
    }),
  );
  const {code} = await transform(sheets.join('\n'), {loader: 'css', minify: true});
  writeFileSync('dist/inline/first-layer.css', code);
}

/** Runs a tool of node_modules/.bin; its words are shown only where it fails. */
function run(tool, args) {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32';
    const child = spawn(join('node_modules/.bin', tool), args, {
      shell: isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    child.stdout.on('data', (text) => (words += text));
    child.stderr.on('data', (text) => (words += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${tool} ${args.join(' ')} ended with ${code}\n${words}`));
    });
  });
}

/** The bundles carry no comments, so the licences of what they contain stand beside them. */
function writeLicences(bundles) {
  const packages = new Set(
    bundles.flatMap(({modules}) =>
      Object.keys(modules).flatMap((id) => id.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []),
    ),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = join('node_modules', name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} is bundled, but has no licence file`);
    const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  writeFileSync(
    join(cdn, 'licenses.txt'),
    `These packages are part of the files in this folder.\n\n${texts.join('\n')}`,
  );
}

/** What is no module may be decoded in the encoding of the page. */
function checkAscii() {
  for (const file of scripts().filter((name) => !/\bexport\b/.test(readFileSync(name, 'latin1')))) {
    const at = readFileSync(file, 'latin1').search(/[^\n\x20-\x7e]/);
    if (at >= 0)
      throw new Error(`${relative(root, file)} has a character that is not plain ASCII at byte ${at}`);
  }
}

/** For `<script integrity>` and for a site's own checks. Bytes are those of the file, before compression. */
function writeIntegrity() {
  const files = {};
  for (const file of scripts()) {
    const content = readFileSync(file);
    const hash = createHash('sha384').update(content).digest('base64');
    files[relative(cdn, file)] = {integrity: `sha384-${hash}`, bytes: content.length};
  }
  writeFileSync(join(cdn, 'integrity.json'), `${JSON.stringify(files, null, 2)}\n`);
}

function report() {
  for (const file of scripts()) {
    const content = readFileSync(file);
    const bytes = (count) => `${count.toLocaleString('en')} B`.padStart(9);
    console.log(
      `${relative(root, file).padEnd(26)} ${bytes(content.length)}  brotli ${bytes(brotliCompressSync(content).length)}`,
    );
  }
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Every script of dist/cdn, in a stable order. */
function scripts() {
  return readdirSync(cdn, {recursive: true})
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => join(cdn, file));
}
