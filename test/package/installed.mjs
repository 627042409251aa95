/** The package as scripts/check-package.mjs installed it: an empty project with consent-gate in its node_modules. */
import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';

export const project = process.env.CONSENT_GATE_INSTALLED;
if (!project) throw new Error('run it with: node scripts/verify.mjs build package');

export const packageFolder = join(project, 'node_modules/consent-gate');
export const packageFiles = readdirSync(packageFolder, {recursive: true}).map((file) =>
  file.replaceAll('\\', '/'),
);

export function readJson(file) {
  return JSON.parse(readFileSync(join(packageFolder, file), 'utf8'));
}

/**
 * Every address that the exports map offers, with the file it leads to; a `*` stands for all files that fit.
 * @returns {{entry: string, specifier: string, file: string}[]} `file` is relative to the package
 */
export function exportedModules() {
  return Object.entries(readJson('package.json').exports).flatMap(([entry, target]) => {
    const [before, after] = target.slice(2).split('*');
    if (after === undefined) return [{entry, specifier: specifierOf(entry), file: before}];
    return packageFiles
      .filter(
        (file) =>
          file.startsWith(before) && file.endsWith(after) && /\.\w+$/.test(file) && !file.endsWith('.d.ts'),
      )
      .map((file) => {
        const name = file.slice(before.length, file.length - after.length);
        return {entry, specifier: specifierOf(entry.replace('*', name)), file};
      });
  });
}

/** Runs a module in a fresh Node inside the project. @returns what it printed, parsed as JSON */
export async function runInProject(code) {
  const args = ['--input-type=module', '--eval', code];
  const {stdout} = await promisify(execFile)(process.execPath, args, {cwd: project, timeout: 60_000});
  return JSON.parse(stdout);
}

function specifierOf(entry) {
  return entry.replace(/^\./, 'consent-gate');
}
