/** The exports map of package.json: every address leads to a file, and what is for Node can be imported there. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {exportedModules, packageFiles, packageFolder, readJson, runInProject} from './installed.mjs';

const modules = exportedModules();
const manifest = readJson('package.json');

describe('the exports map', () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    it(`${entry} leads to files that exist`, () => {
      const files = modules.filter((module) => module.entry === entry).map(({file}) => file);
      assert.notEqual(files.length, 0, `nothing fits ${target}`);
      for (const file of files) assert.ok(existsSync(join(packageFolder, file)), `${file} is missing`);
    });
  }

  it('gives every module its types', () => {
    for (const {file} of modules.filter(({file}) => file.startsWith('dist/esm/'))) {
      assert.ok(packageFiles.includes(file.replace(/\.js$/, '.d.ts')), `${file} has no .d.ts`);
    }
  });
});

describe('in Node, without a document', () => {
  for (const {specifier, file} of modules.filter(({file}) => file.startsWith('dist/esm/'))) {
    it(`${specifier} can be imported`, async () => {
      const {names, added} = await importInNode(specifier);
      // lit-html says that it is there; nothing else may leave a trace.
      const traces = added.filter((name) => !(file.includes('/elements/') && name.startsWith('lit')));
      assert.deepEqual(traces, [], 'it adds globals');
      const isTypesOnly = readFileSync(join(packageFolder, file), 'utf8').trim() === 'export {};';
      if (!file.includes('/elements/') && !isTypesOnly)
        assert.notEqual(names.length, 0, 'it exports nothing');
    });
  }
});

describe('the command', () => {
  for (const [name, file] of Object.entries(manifest.bin ?? {})) {
    it(`${name} is an executable Node script`, () => {
      assert.match(readFileSync(join(packageFolder, file), 'utf8'), /^#!\/usr\/bin\/env node\n/);
      if (process.platform !== 'win32')
        assert.ok(statSync(join(packageFolder, file)).mode & 0o100, 'not executable');
    });
  }
});

describe('the published files', () => {
  it('hold no source, test, map or secret', () => {
    const strangers = packageFiles.filter((file) =>
      /^(src|test|demo|scripts|bench)\/|\.map$|(^|\/)\.|(?<!\.d)\.ts$/.test(file),
    );
    assert.deepEqual(strangers, []);
  });

  it('carry the licence and the manual', () => {
    for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']) {
      assert.ok(packageFiles.includes(file), `${file} is missing`);
    }
  });

  it('load Lit only behind the elements and the UI', () => {
    const users = packageFiles.filter(
      (file) =>
        /^dist\/esm\/.*\.js$/.test(file) &&
        /from ['"]lit/.test(readFileSync(join(packageFolder, file), 'utf8')),
    );
    assert.deepEqual(
      users.filter((file) => !/^dist\/esm\/(ui|elements)\//.test(file)),
      [],
    );
  });
});

/** @returns the names a module exports, and the globals it added by being imported */
function importInNode(specifier) {
  return runInProject(`
    const before = new Set(Reflect.ownKeys(globalThis));
    const names = Object.keys(await import(${JSON.stringify(specifier)}));
    const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
    process.stdout.write(JSON.stringify({names, added}), () => process.exit(0));
  `);
}
