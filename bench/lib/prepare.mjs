/** Installs and builds what is missing, so that one command measures on a fresh clone. */
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const bench = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

export async function prepare() {
  if (!existsSync(`${bench}node_modules/orejime`)) npm(bench, 'ci', '--ignore-scripts');
  if (!existsSync(`${root}dist/cdn/consent-gate.js`)) npm(root, 'run', 'build');
  // Ships no file for a script tag.
  await build({
    entryPoints: [`${bench}bundles/c15t.js`],
    outfile: `${bench}dist/c15t.js`,
    bundle: true,
    minify: true,
    legalComments: 'none',
    target: 'es2022',
    format: 'iife',
    conditions: ['production'],
    define: {'process.env.NODE_ENV': '"production"', 'import.meta.env': '{}'},
    logLevel: 'warning',
  });
}

function npm(cwd, ...args) {
  console.error(`npm ${args.join(' ')} in ${cwd}`);
  execFileSync('npm', args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
