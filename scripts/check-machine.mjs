/**
 * What `npm start` and `npm test` need before anything else: says in words what is missing, and what to do. It imports
 * nothing that has to be installed, and nothing newer than what it asks for.
 */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** What some development dependencies ask for; the published package does with less. */
const LEAST = '20.19';

/**
 * @param {{version: string, manifest: {dependencies?: object, devDependencies?: object},
 *   exists: (path: string) => boolean}} machine `version` as in `process.version`; paths are relative to the project
 * @returns {string[]} a sentence for each thing that is missing
 */
export function findMissing({version, manifest, exists}) {
  const missing = [];
  if (version.localeCompare(`v${LEAST}`, 'en', {numeric: true}) < 0)
    missing.push(`Node ${LEAST} or later is needed, this is ${version}: https://nodejs.org/`);
  const packages = Object.keys({...manifest.dependencies, ...manifest.devDependencies});
  const absent = packages.filter((name) => !exists(`node_modules/${name}/package.json`));
  if (absent.length === packages.length) missing.push('Nothing is installed yet: run `npm ci`.');
  else if (absent.length) missing.push(`Not installed: ${absent.join(', ')}. Run \`npm ci\`.`);
  return missing;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const missing = findMissing({
    version: process.version,
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    exists: (path) => existsSync(join(root, path)),
  });
  for (const sentence of missing) console.error(sentence);
  if (missing.length) process.exitCode = 1;
}
