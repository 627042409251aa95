/** dist/cdn as a site would pin it: the hashes are those of the files, and a page in any encoding can load them. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {packageFiles, packageFolder, readJson} from './installed.mjs';

const scripts = packageFiles.filter((file) => /^dist\/cdn\/.*\.js$/.test(file));

describe('dist/cdn', () => {
  it('has an integrity hash for every script, and for no other', () => {
    const named = Object.keys(readJson('dist/cdn/integrity.json')).map((file) => `dist/cdn/${file}`);
    assert.deepEqual(named.sort(), scripts.sort());
  });

  it('has the hashes and lengths of its files', () => {
    for (const [file, {integrity, bytes}] of Object.entries(readJson('dist/cdn/integrity.json'))) {
      const content = readFileSync(join(packageFolder, 'dist/cdn', file));
      assert.equal(integrity, `sha384-${createHash('sha384').update(content).digest('base64')}`, file);
      assert.equal(bytes, content.length, file);
    }
  });

  it('is plain ASCII where the page decides how it is decoded: in all that is no module', () => {
    const texts = scripts.map((file) => [file, readFileSync(join(packageFolder, file), 'latin1')]);
    const classic = texts.filter(([, text]) => !/\bexport\b/.test(text));
    for (const [file, text] of classic) assert.match(text, /^[\n\x20-\x7e]*$/, file);
    assert.ok(classic.some(([file]) => file.endsWith('/consent-gate.js')));
  });

  it('keeps Lit out of the loader and development builds out of everything', () => {
    const loader = readFileSync(join(packageFolder, 'dist/cdn/consent-gate.js'), 'utf8');
    assert.doesNotMatch(loader, /litElement|lit\$|adoptedStyleSheets/);
    for (const file of scripts) {
      assert.doesNotMatch(
        readFileSync(join(packageFolder, file), 'utf8'),
        /Lit is in dev mode|DEV_MODE/,
        file,
      );
    }
  });

  it('imports nothing by address: every module stands alone', () => {
    for (const file of scripts) {
      const code = readFileSync(join(packageFolder, file), 'utf8');
      assert.doesNotMatch(code, /\bfrom\s*["']|(?<![|\w])import\s*["']|\bimport\(\s*["']/, file);
    }
  });
});
