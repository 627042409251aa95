/**
 * Which browsers `npm test` finds on a machine that has none yet, once an installer has run. The machine and its
 * installers are stand-ins: nothing here depends on what this one has.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {chromium, firefox, webkit} from 'playwright-core';
import {ensureBrowsers, findBrowsers, findWebKitGtk, requiredEngines} from '../../scripts/browsers.mjs';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux"\nID=debian\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\n';

/** What Debian's packages put where; the folder of the architecture is made by the first that needs it. */
const PACKAGES = {
  chromium: ['/usr/bin/chromium'],
  'firefox-esr': ['/usr/bin/firefox-esr'],
  'webkit2gtk-driver': ['/usr/bin/WebKitWebDriver', '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'],
  xvfb: ['/usr/bin/xvfb-run'],
  xauth: ['/usr/bin/xauth'],
  fontconfig: ['/usr/bin/fc-list'],
  'fonts-noto-cjk': ['/usr/share/fonts/noto-cjk.ttc'],
};

/** Playwright's own builds, where it has one for the system that this runs on. */
const OWN = {chromium: ownPath(chromium), firefox: ownPath(firefox), webkit: ownPath(webkit)};

/**
 * A machine with nothing but its system.
 * @param options.packages what apt-get can install; none: it fails
 * @param options.downloads whether Playwright's download works
 * @param options.texts files with a text, by path
 * @param options.versions what an installed program answers to `--version`, by path, before and behind an installation
 */
function setup({
  system = DEBIAN,
  variables = {},
  isRoot = true,
  packages = PACKAGES,
  downloads = false,
  texts = {},
  versions = {},
} = {}) {
  const files = new Set(['/usr/bin/env', ...Object.keys(texts)]);
  const commands = [];
  const add = (paths) => {
    for (const path of paths) files.add(path);
  };
  const answer = (ok, words = '') => ({ok, words, problem: ok ? '' : 'blocked'});
  const machine = {
    variables: {PATH: '/usr/local/bin:/usr/bin', ...variables},
    platform: 'linux',
    isRoot,
    exists: (path) => [...files].some((file) => file === path || file.startsWith(`${path}/`)),
    list: (folder) => [
      ...new Set(
        [...files].flatMap((file) =>
          file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/')[0] : [],
        ),
      ),
    ],
    read: (file) => (file === '/etc/os-release' ? system : (texts[file] ?? '')),
    keep(text) {
      texts['/tmp/sources.list'] = text;
      return '/tmp/sources.list';
    },
    run(command) {
      commands.push(command);
      if (command[1] === '--version') return answer(true, versions[command[0]]?.shift() ?? '');
      if (command[0] === 'fc-list')
        return answer(
          files.has('/usr/bin/fc-list'),
          [...files].filter((file) => /cjk/.test(file)).join('\n'),
        );
      if (command.includes('apt-get') && command.includes('install')) {
        if (packages)
          add(Object.keys(packages).flatMap((name) => (command.includes(name) ? packages[name] : [])));
        return answer(Boolean(packages));
      }
      if (command.some((word) => word.endsWith('cli.js'))) {
        if (downloads) add(Object.keys(OWN).flatMap((name) => (command.includes(name) ? OWN[name] : [])));
        return answer(downloads);
      }
      return answer(command[0] !== 'sudo');
    },
  };
  return {machine, files, commands, add};
}

const pathsOf = (browsers) =>
  Object.fromEntries(browsers.map(({engine, executablePath}) => [engine, executablePath]));

describe('browsers on a machine without any', () => {
  it('are found right after their packages were installed, in folders that did not exist before', (test) => {
    const {machine, commands} = setup();
    assert.throws(() => findBrowsers(machine), /no chromium and no firefox and no webkit found/);
    silence(test);
    assert.deepEqual(pathsOf(ensureBrowsers(machine)), {
      chromium: '/usr/bin/chromium',
      firefox: '/usr/bin/firefox-esr',
      webkit: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    });
    assert.ok(!commands.flat().some((word) => word.endsWith('cli.js')), 'nothing is downloaded');
    assert.equal(findWebKitGtk(machine)?.engine, 'webkit');
  });

  for (const [where, files] of Object.entries({
    'beside another architecture’s libraries': ['/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser'],
    'as Fedora has it': ['/usr/libexec/webkit2gtk-4.1/MiniBrowser'],
    'as Arch has it': ['/usr/lib/webkit2gtk-4.1/MiniBrowser'],
  })) {
    it(`WebKitGTK is found ${where}, once it has come`, (test) => {
      const driver = [files[0], '/usr/bin/WebKitWebDriver'];
      const {machine} = setup({
        variables: {CONSENT_GATE_ENGINES: 'webkit'},
        packages: {...PACKAGES, 'webkit2gtk-driver': driver},
      });
      silence(test);
      assert.deepEqual(pathsOf(ensureBrowsers(machine)), {webkit: files[0]});
    });
  }

  it('WebKitGTK without its driver, or without a screen, is none', () => {
    for (const missing of ['webkit2gtk-driver', 'xvfb', 'xauth']) {
      const {machine, add} = setup({variables: {CONSENT_GATE_ENGINES: 'webkit'}});
      add(['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser']);
      for (const name of ['webkit2gtk-driver', 'xvfb', 'xauth'])
        if (name !== missing) add(PACKAGES[name].filter((path) => path.startsWith('/usr/bin')));
      assert.throws(() => findBrowsers(machine), /no webkit found/, missing);
    }
  });

  it('are found once Playwright has downloaded them, where the system is not Debian', (test) => {
    const engines = Object.keys(OWN).filter((engine) => OWN[engine].length);
    const {machine, commands} = setup({
      system: UBUNTU,
      downloads: true,
      variables: {CONSENT_GATE_ENGINES: engines.join()},
    });
    silence(test);
    const browsers = ensureBrowsers(machine);
    assert.deepEqual(
      browsers.map(({engine, own}) => [engine, own]),
      engines.map((engine) => [engine, true]),
    );
    assert.ok(!commands.flat().includes('apt-get'));
  });

  it('are asked of the security archive as well, where the system does not list it', (test) => {
    silence(test);
    const system = `${DEBIAN}VERSION_CODENAME=bookworm\n`;
    const main = 'deb https://mirror.example/debian bookworm main';
    const texts = {'/etc/apt/sources.list': main};
    const {machine, commands} = setup({system, texts});
    ensureBrowsers(machine);
    assert.match(
      texts['/tmp/sources.list'],
      /^deb .*\/debian bookworm main\ndeb https:\/\/mirror.example\/debian-security bookworm-security main\n$/,
    );
    const apt = commands.filter((command) => command.includes('apt-get'));
    assert.equal(apt.length, 2);
    for (const command of apt) assert.ok(command.includes('Dir::Etc::sourcelist=/tmp/sources.list'));
    assert.equal(texts['/etc/apt/sources.list'], main);

    const listed = setup({
      system,
      texts: {...texts, '/etc/apt/sources.list.d/debian.sources': 'Suites: bookworm-security'},
    });
    ensureBrowsers(listed.machine);
    assert.doesNotMatch(listed.commands.flat().join(), /sourcelist/);
  });

  it('that are too old are renewed, and named where that does not help', (test) => {
    silence(test);
    const firefox = '/usr/bin/firefox-esr';
    const old = 'Mozilla Firefox 140.12.0esr';
    const renewed = setup({versions: {[firefox]: [old, 'Mozilla Firefox 153.8.0esr']}});
    renewed.add(Object.values(PACKAGES).flat());
    ensureBrowsers(renewed.machine);
    assert.ok(
      renewed.commands.some((command) => command.includes('install') && command.includes('firefox-esr')),
    );
    const {machine, add} = setup({packages: null, versions: {[firefox]: Array(9).fill(old)}});
    add(Object.values(PACKAGES).flat());
    assert.throws(() => ensureBrowsers(machine), {
      message: '/usr/bin/firefox-esr: expected Firefox 143 or later, got 140',
    });
  });

  it('that no installer can bring are named, with every way to have them', (test) => {
    const {machine} = setup({packages: null});
    const told = silence(test);
    assert.throws(() => ensureBrowsers(machine), {
      message: new RegExp(
        [
          'no chromium and no firefox and no webkit found',
          'npx playwright install chromium firefox webkit',
          'apt-get install chromium firefox-esr webkit2gtk-driver xvfb xauth',
          'CONSENT_GATE_CHROMIUM, CONSENT_GATE_FIREFOX, CONSENT_GATE_WEBKIT',
        ].join('[^]*'),
      ),
    });
    assert.match(told.join('\n'), /apt-get .* install .* failed: blocked/);
  });

  it('are not asked of apt-get by a user who may not install', (test) => {
    const {machine, commands} = setup({isRoot: false});
    silence(test);
    assert.throws(() => ensureBrowsers(machine));
    assert.ok(!commands.flat().includes('apt-get'));
  });
});

describe('what the environment names', () => {
  it('is looked up each time: a variable that is set later, a folder that joins the path', () => {
    const {machine, add} = setup({variables: {CONSENT_GATE_ENGINES: 'firefox'}});
    assert.throws(() => findBrowsers(machine), /no firefox found/);
    add(['/opt/fox/firefox']);
    assert.throws(() => findBrowsers(machine), /no firefox found/);
    machine.variables.PATH += ':/opt/fox';
    assert.deepEqual(pathsOf(findBrowsers(machine)), {firefox: '/opt/fox/firefox'});
    add(['/opt/other/firefox']);
    machine.variables.CONSENT_GATE_FIREFOX = '/opt/other/firefox';
    assert.deepEqual(pathsOf(findBrowsers(machine)), {firefox: '/opt/other/firefox'});
    machine.variables.CONSENT_GATE_FIREFOX = '/opt/gone/firefox';
    assert.throws(() => findBrowsers(machine), /CONSENT_GATE_FIREFOX: there is no \/opt\/gone\/firefox/);
  });

  it('narrows the engines, and a wrong name is told', () => {
    const {machine} = setup({variables: {CONSENT_GATE_ENGINES: 'webkit, chromium'}});
    assert.deepEqual(requiredEngines(machine), ['webkit', 'chromium']);
    machine.variables.CONSENT_GATE_ENGINES = 'opera';
    assert.throws(() => requiredEngines(machine), /no engine "opera", only chromium, firefox, webkit/);
  });
});

describe('a font for Japanese', () => {
  it('is installed where the browsers are there and the font is not', (test) => {
    const {machine, files, commands, add} = setup({variables: {CONSENT_GATE_ENGINES: 'chromium'}});
    add(PACKAGES.chromium);
    silence(test);
    ensureBrowsers(machine);
    assert.ok(files.has('/usr/share/fonts/noto-cjk.ttc'));
    const before = commands.filter((command) => command.includes('install')).length;
    ensureBrowsers(machine);
    assert.equal(commands.filter((command) => command.includes('install')).length, before, 'once');
  });
});

function ownPath(playwright) {
  try {
    return [playwright.executablePath()];
  } catch {
    // Playwright has none for this system.
    return [];
  }
}

/** @returns what was said, which nobody needs to read here */
function silence(test) {
  const told = [];
  for (const method of ['log', 'error']) test.mock.method(console, method, (text) => void told.push(text));
  return told;
}
