/**
 * Whether the tests would notice: breaks one promise of the product at a time, in a copy, and expects tests to fail.
 * `npm run mutants` for all, `npm run mutants -- nonce` for those whose name has the word. Takes some minutes; of `npm test`
 * only `--check` is a part, which says of every text to replace whether it still stands once in its file.
 * docs/security.md lists the result.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** `find` stands once in `file`; `unit` and `e2e` are the tests that have to notice. */
const MUTANTS = [
  {
    name: 'the decision of the gate inverted',
    file: 'src/start.ts',
    find: 'isGranted: (id) => hasBegun && (choice || !held) && isLetIn(id),',
    replace: 'isGranted: (id) => !isGranted(id),',
    e2e: ['before-choice'],
  },
  {
    name: 'no heed of prerendering',
    file: 'src/start.ts',
    find: 'isGranted: (id) => hasBegun && (choice || !held) && isLetIn(id),',
    replace: 'isGranted: (id) => isLetIn(id),',
    e2e: ['api'],
  },
  {
    name: 'the nonce copied by attribute',
    file: 'src/gate/inject-tag.ts',
    find: "script.nonce = nonce || place?.nonce || '';",
    replace: "script.setAttribute('nonce', place?.getAttribute('nonce') ?? '');",
    unit: ['test/unit/gate/inject-tag.test.ts'],
    e2e: ['policies'],
  },
  {
    name: 'async = false left out',
    file: 'src/gate/inject-tag.ts',
    find: 'script.async = !isOrdered;',
    replace: '',
    unit: ['test/unit/gate/inject-tag.test.ts'],
  },
  {
    name: 'no check of what the policy is given',
    file: 'src/gate/inject-tag.ts',
    find: 'if (known.has(text) || settings.vendors.some(({url}) => url === text)) return text;',
    replace: 'if (known) return text;',
    unit: ['test/unit/gate/inject-tag.test.ts'],
  },
  {
    name: 'the sweep limited to the host',
    file: 'src/consent/write-storage.ts',
    find: '...location.hostname.split(',
    replace: '...[].slice.call(location.hostname).slice(0, 0).join().split(',
    e2e: ['domains'],
  },
  {
    name: 'the sweep limited to one path',
    file: 'src/consent/write-storage.ts',
    find: 'for (const path of paths()) {',
    replace: "for (const path of ['/']) {",
    e2e: ['domains'],
  },
  {
    name: 'the read-back left out',
    file: 'src/consent/write-storage.ts',
    find: 'return (cookies || jar.copies()[1]) === text;',
    replace: 'return true;',
    unit: ['test/unit/consent/write-storage.test.ts'],
  },
  {
    name: 'no guard against a late document.write',
    file: 'src/gate/guard-document.ts',
    find: 'if (!isInstalled) install();',
    replace: '',
    unit: ['test/unit/gate/inject-tag.test.ts'],
  },
  {
    name: 'calls of refused vendors kept',
    file: 'src/gate/carry-out.ts',
    find: "callHook(vendor, changes, 'drop');",
    replace: 'needsReload ||= false;',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'templates unfolded as they are',
    file: 'src/gate/fetchers.ts',
    find: '  body.append(content);\n',
    replace: '  body.append();\n',
    e2e: ['hostile'],
  },
  {
    name: 'grants of the future counted',
    file: 'src/consent/record.ts',
    find: '(countGrants(record) < 2 || record.decidedAt < now + 86400)',
    replace: 'true',
    unit: ['test/unit/consent/record.test.ts'],
  },
  {
    name: 'tags run before anybody is told',
    file: 'src/policy/resolve-regime.ts',
    find: "isUnseen && prompts && regime === 'notice'",
    replace: 'false',
    unit: ['test/unit/policy/resolve-regime.test.ts'],
  },
  {
    name: 'copies of what was granted left alone',
    file: 'src/gate/fetchers.ts',
    find: 'isOn ? !isGranted : !isGranted && isCopy(element)',
    replace: 'isOn && !isGranted',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'markup that nobody vouches for let in',
    file: 'src/gate/tag-gate.ts',
    find: "await (await load('attend.js')).vouch(script, settings);",
    replace: '',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'a sweep while a link holds the page back',
    file: 'src/upkeep.ts',
    find: 'if (isHeld() || look().isUntold) return;',
    replace: '',
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'copies looked after while a link holds the page back',
    file: 'src/choice.ts',
    find: 'else if (!isHeld()) choice.tidy();',
    replace: 'else choice.tidy();',
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'a reload while a link holds the page back',
    file: 'src/choice.ts',
    find: 'isStored && !isHeld()) renewal.request();',
    replace: 'isStored) renewal.request();',
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'grants that nobody gave stored with a region',
    file: 'src/choice.ts',
    find: 'choice.decide(onlyDenied(store.state));',
    replace: 'choice.decide(store.state);',
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'grants that nobody gave stored with an age',
    file: 'src/choice.ts',
    find: "choice.decide(onlyDenied(store.state), 'age');",
    replace: "choice.decide(store.state, 'age');",
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'the record posted while a link holds the page back',
    file: 'src/choice.ts',
    find: 'if (isFollowing) queueMicrotask(log);',
    replace: 'if (isFollowing) log();',
    unit: ['test/unit/choice.test.ts'],
  },
  {
    name: 'a link that grants',
    file: 'src/choice.ts',
    find: "choice.withdraw(id, 'link');",
    replace: "choice.acceptAll('link');",
    e2e: ['withdraw'],
  },
  {
    name: 'Global Privacy Control passed over',
    file: 'src/policy/signals.ts',
    find: 'globalPrivacyControl === true',
    replace: "globalPrivacyControl === 'never'",
    e2e: ['regimes'],
  },
  {
    name: 'one of several categories is enough for a tag',
    file: 'src/gate/tag-gate.ts',
    find: 'categoriesOf(category).every(isGranted)',
    replace: 'categoriesOf(category).some(isGranted)',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'another tag in the same element taken for the one that was found',
    file: 'src/gate/tag-gate.ts',
    find: 'place && !(place.isConnected && isSame?.())',
    replace: 'place && !place.isConnected',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'one of several categories is enough for a vendor',
    file: 'src/consent/grants.ts',
    find: "!needs.slice(1).every((other) => categories[other] === 'granted')",
    replace: "categories[needs[1] ?? ''] === undefined && !needs",
    unit: ['test/unit/consent/grants.test.ts'],
  },
  {
    name: 'a frame that has been emptied counted as loaded',
    file: 'src/gate/fetchers.ts',
    find: "if (tag.state !== 'inserted') return void stop.abort();",
    replace: '',
    unit: ['test/unit/gate/tag-gate.test.ts'],
  },
  {
    name: 'a held call answered again after a grant',
    file: 'src/gate/answer-calls.ts',
    find: 'if (isAnswered && !isListener) return undefined;',
    replace: '',
    unit: ['test/unit/vendors/answers.test.ts'],
  },
  {
    name: 'answers in the place of a vendor that is granted',
    file: 'src/gate/answer-calls.ts',
    find: 'if (!answerers.length || answerers.some(isHeard)) return call;',
    replace: 'if (!answerers.length) return call;',
    unit: ['test/unit/gate/answer-calls.test.ts'],
  },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const [word = ''] = process.argv.slice(2);

// Before minutes are spent: one text that has moved must not keep the mutants behind it from running.
const moved = MUTANTS.flatMap((mutant) => whyNotOnce(mutant) ?? []);
for (const reason of moved) console.error(reason);
if (moved.length) {
  console.error(
    `${moved.length} of ${MUTANTS.length} mutants are out of date: see MUTANTS in scripts/mutants.mjs`,
  );
  process.exitCode = 1;
} else if (word === '--check') {
  console.log(`${MUTANTS.length} mutants: each text to replace stands once in its file`);
} else {
  process.exitCode = runAll() ? 1 : 0;
}

/** @returns how many nobody noticed */
function runAll() {
  let survivors = 0;
  for (const mutant of MUTANTS.filter(({name}) => name.includes(word))) {
    const failed = test(mutant);
    survivors += failed.length ? 0 : 1;
    console.log(`${failed.length ? 'noticed' : 'MISSED '}  ${mutant.name}`);
    for (const title of failed.slice(0, 5)) console.log(`         ${title}`);
    if (failed.length > 5) console.log(`         and ${failed.length - 5} more`);
  }
  return survivors;
}

/** @returns what is wrong with where a mutant looks; nothing where its text stands exactly once */
function whyNotOnce({name, file, find}) {
  const path = join(root, file);
  if (!existsSync(path)) return `mutant "${name}": there is no ${file} any more`;
  const count = countIn(readFileSync(path, 'utf8'), find);
  if (count === 1) return undefined;
  const others = execFileSync('git', ['ls-files', 'src'], {cwd: root, encoding: 'utf8'})
    .trim()
    .split('\n')
    .filter((other) => other !== file && existsSync(join(root, other)))
    .filter((other) => countIn(readFileSync(join(root, other), 'utf8'), find));
  const hint = !count && others.length ? `; it stands in ${others.join(', ')}` : '';
  return `mutant "${name}": ${file} has its text ${count ? `${count} times, not once` : 'no more'}${hint}:\n  ${find.trim()}`;
}

function countIn(text, find) {
  return text.split(find).length - 1;
}

/** @returns titles of the tests that fail */
function test({file, find, replace, unit = [], e2e = []}) {
  const copy = mkdtempSync(join(tmpdir(), 'consent-gate-'));
  try {
    const files = execFileSync('git', ['ls-files'], {cwd: root, encoding: 'utf8'}).trim().split('\n');
    for (const name of files) cpSync(join(root, name), join(copy, name));
    // Not a link: the unit tests are served from their own folder.
    execFileSync('cp', [process.platform === 'linux' ? '-al' : '-R', join(root, 'node_modules'), copy]);
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
    return [
      ...unit.flatMap((name) => titlesIn(run(copy, 'wtr', ['--files', name]), /❌ (.+)/g)),
      ...(e2e.length && run(copy, 'node', ['scripts/build.mjs']) ? e2e : []).flatMap((name) =>
        titlesIn(run(copy, 'playwright', ['test', `test/e2e/${name}.spec.ts`]), /^ +\d+\) (.+)/gm),
      ),
    ];
  } finally {
    rmSync(copy, {recursive: true, force: true});
  }
}

function run(cwd, tool, args) {
  const command = tool === 'node' ? process.execPath : join('node_modules/.bin', tool);
  const env = {
    ...process.env,
    CI: 'true',
    CONSENT_GATE_ENGINES: 'chromium',
    FORCE_COLOR: '0',
    CONSENT_GATE_PORT: '8940',
  };
  const {stdout, stderr} = spawnSync(command, args, {cwd, env, encoding: 'utf8'});
  return stdout + stderr;
}

function titlesIn(words, pattern) {
  return [...new Set([...words.matchAll(pattern)].map(([, title]) => title.trim()))];
}
