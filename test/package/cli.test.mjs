/** The command as a site's build would call it: from the installed package, on files, by its words and exit code. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {packageFolder, readJson} from './installed.mjs';

const folder = mkdtempSync(join(tmpdir(), 'consent-gate-cli-'));
const main = join(packageFolder, readJson('package.json').bin['consent-gate']);
const fine = {
  controller: {name: 'Example Inc.', contact: 'mailto:privacy@example.jp'},
  vendors: [{id: 'google-analytics', tagId: 'G-ABCDEFG123'}],
};
const wrong = {...fine, vendors: [{id: 'google-analytics', tagId: 'UA-1'}]};
const MISTAKE = 'vendors[0].tagId: expected G-XXXXXXX, got "UA-1"';

after(() => rmSync(folder, {recursive: true, force: true}));

describe('consent-gate lint', () => {
  it('ends with 0 where a JSON file has no mistake', () => {
    const file = write('fine.json', JSON.stringify(fine));
    assert.deepEqual(run('lint', file), {status: 0, stdout: `${file}: no mistakes\n`, stderr: ''});
  });

  it('ends with 1 and names file, field, what was expected and what was found', () => {
    const [good, bad] = [write('good.json', JSON.stringify(fine)), write('bad.json', JSON.stringify(wrong))];
    const {status, stdout} = run('lint', good, bad);
    assert.equal(status, 1);
    assert.equal(stdout, `${good}: no mistakes\n${bad}: ${MISTAKE}\n`);
  });

  it('says in which line of the file JSON breaks', () => {
    const file = write('broken.json', '{\n  "vendors": [],\n}');
    assert.match(run('lint', file).stdout, /expected JSON, got "}" in line 3, column 1\n$/);
    const page = write('broken.html', `<!doctype html>\n${inline('{\n"vendors": nope')}`);
    assert.match(run('lint', page).stdout, /expected JSON, got "nope" in line 3, column 12\n$/);
  });

  it('reads a file with a byte order mark', () => {
    assert.equal(run('lint', write('mark.json', `\ufeff${JSON.stringify(fine)}`)).status, 0);
  });

  it('reads the inline configuration of a page, and none that is commented out', () => {
    const page = `<!doctype html><!-- ${inline('{"x": 1}')} --><title>></title>\n${inline(JSON.stringify(wrong))}`;
    const file = write('page.html', page);
    assert.equal(run('lint', file).stdout, `${file}: ${MISTAKE}\n`);
  });

  it('finds the attribute in any place, and not in the value of another', () => {
    const tag = `<script title="data-consent-config >" src="a.js"></script>
      <SCRIPT data-consent-config='' type=application/json>${JSON.stringify(fine)}</SCRIPT >`;
    assert.equal(run('lint', write('odd.html', tag)).status, 0);
  });

  it('reports a page that has two configurations', () => {
    const {status, stdout} = run('lint', write('two.html', inline(JSON.stringify(fine)).repeat(2)));
    assert.equal(status, 1);
    assert.match(stdout, /expected one in a page, got 2; the first counts/);
  });

  it('reports a page that has none', () => {
    const {status, stdout} = run('lint', write('none.html', '<script src="/consent-gate.js"></script>'));
    assert.equal(status, 1);
    assert.match(stdout, /no configuration found/);
  });

  it('points to the file of a page whose configuration is elsewhere', () => {
    const page = write('away.html', '<script src="/consent-gate.js" data-config="/consent.json"></script>');
    const {status, stdout} = run('lint', page);
    assert.equal(status, 0);
    assert.match(stdout, /its configuration is at \/consent\.json \(data-config\)/);
  });

  it('ends with 2 where a file cannot be read, and still checks the others', () => {
    const {status, stdout, stderr} = run(
      'lint',
      join(folder, 'missing.json'),
      write('w.json', JSON.stringify(wrong)),
    );
    assert.equal(status, 2);
    assert.match(stdout, /got "UA-1"/);
    assert.match(stderr, /missing\.json: ENOENT/);
  });
});

describe('consent-gate', () => {
  for (const [what, ...args] of [
    ['without a command'],
    ['with a command that there is not', 'lnit', 'a.json'],
    ['without a file', 'lint'],
    ['with an option that there is not', 'lint', '--fix', 'a.json'],
  ]) {
    it(`ends with 2 and explains itself ${what}`, () => {
      const {status, stdout, stderr} = run(...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /Usage: consent-gate lint/);
    });
  }

  it('--help explains it', () => {
    const {status, stdout} = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: consent-gate lint/);
  });

  it('--version is that of the package', () => {
    assert.deepEqual(run('--version'), {
      status: 0,
      stdout: `${readJson('package.json').version}\n`,
      stderr: '',
    });
  });
});

function inline(json) {
  return `<script type="application/json" data-consent-config>${json}</script>`;
}

function write(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function run(...args) {
  const {status, stdout, stderr} = spawnSync(process.execPath, [main, ...args], {encoding: 'utf8'});
  return {status, stdout, stderr};
}
