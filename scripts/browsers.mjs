/**
 * The browsers that the tests run in: finds them, and installs what is missing.
 * Sources, in this order: an address in the environment, Playwright's own download, the system. A required engine that
 * cannot be had is an error: no test is ever left out in silence.
 * Every question goes to the machine at the moment in which it is asked: the answer changes as packages are installed.
 * `node scripts/browsers.mjs` installs and lists them.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium, firefox, webkit} from 'playwright-core';

/**
 * @typedef {object} Browser
 * @property {'chromium' | 'firefox' | 'webkit'} engine
 * @property {string} executablePath
 * @property {boolean} own whether it is Playwright's patched build
 */

/**
 * @typedef {object} Machine what is looked at and what is run; tests bring one of their own
 * @property {NodeJS.ProcessEnv} variables
 * @property {string} platform
 * @property {boolean} isRoot
 * @property {(path: string) => boolean} exists
 * @property {(folder: string) => string[]} list names in a folder that exists
 * @property {(file: string) => string} read throws where there is no such file
 * @property {(text: string) => string} keep writes a file for as long as this runs, and returns its path
 * @property {(command: string[], timeout: number) => {ok: boolean, words: string, problem: string}} run
 *   `words` is what it printed, `problem` why it failed
 */

const MINUTE = 60_000;

/** The first Firefox that has all of WebDriver BiDi that Playwright asks for as it starts one. */
const OLDEST_FIREFOX = 143;

/** @type {Machine} */
const HERE = {
  variables: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  exists: existsSync,
  list: (folder) => readdirSync(folder),
  read: (file) => readFileSync(file, 'utf8'),
  keep(text) {
    const file = join(mkdtempSync(join(tmpdir(), 'consent-gate-')), 'sources.list');
    writeFileSync(file, text);
    return file;
  },
  run([command, ...args], timeout) {
    const stdio = ['ignore', 'pipe', 'pipe'];
    // The words of a package manager are longer than what Node keeps by default.
    const options = {encoding: 'utf8', timeout, stdio, maxBuffer: 64 * 1024 * 1024};
    const {status, stdout, stderr, error} = spawnSync(command, args, options);
    const problem = stderr?.trim() || error?.message || `it ended with ${status}`;
    return {ok: status === 0, words: stdout ?? '', problem};
  },
};

const ENGINES = {
  chromium: {
    playwright: chromium,
    variables: ['CONSENT_GATE_CHROMIUM', 'CHROMIUM_PATH'],
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'microsoft-edge-stable',
    ],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    debianPackages: ['chromium'],
  },
  firefox: {
    playwright: firefox,
    variables: ['CONSENT_GATE_FIREFOX'],
    commands: ['firefox-esr', 'firefox'],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      'C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe',
    ],
    debianPackages: ['firefox-esr'],
  },
  webkit: {
    playwright: webkit,
    variables: ['CONSENT_GATE_WEBKIT'],
    commands: [],
    paths: [],
    // WebKitGTK's browser lies beside the library: Debian's folder of the architecture, Fedora's, Arch's.
    search: (foldersIn) =>
      [...foldersIn('/usr/lib', /-linux-/), '/usr/libexec', '/usr/lib']
        .flatMap((folder) => foldersIn(folder, /^webkit2?gtk-/))
        .map((folder) => join(folder, 'MiniBrowser')),
    needs: ['WebKitWebDriver', 'xvfb-run', 'xauth'],
    debianPackages: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  },
};

/** Root may not use Chromium's sandbox; nothing in a test may call home. */
const CHROMIUM_FLAGS = [
  ...(HERE.isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[
    // Playwright's own: of two lists Chromium takes the last.
    'AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls',
    'HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning',
    'BlockOriginHeaderModificationOnRedirect,AvoidCorsURLLoaderRestartOnRedirect,Translate,AutoDeElevate',
    'OptimizationHints,NetworkTimeServiceQuerying,AimEnabled',
    // The pages behind the address bar, which every new window loads: more work than most of what is tested or measured.
    'WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
    'PreloadTopChromeWebUI,PreloadTopChromeWebUILessNavigations',
  ].join()}`,
];

/** A process for every site of every test takes longer to start than most tests do. */
const FIREFOX_PREFERENCES = {'fission.autostart': false, 'dom.ipc.processCount.webIsolated': 1};

/** Chromium, Firefox and WebKit, unless `CONSENT_GATE_ENGINES=chromium` (comma-separated) narrows them. */
export function requiredEngines({variables} = HERE) {
  const named = (variables.CONSENT_GATE_ENGINES ?? '').split(',').map((name) => name.trim());
  const engines = named.filter(Boolean);
  for (const engine of engines) {
    if (!ENGINES[engine])
      throw new Error(`CONSENT_GATE_ENGINES: no engine "${engine}", only ${Object.keys(ENGINES).join(', ')}`);
  }
  return engines.length ? engines : Object.keys(ENGINES);
}

/**
 * The required browsers, without installing anything.
 * @returns {Browser[]}
 * @throws {Error} naming what is missing and how to get it
 */
export function findBrowsers(machine = HERE) {
  const engines = requiredEngines(machine);
  const browsers = engines.flatMap((engine) => findBrowser(engine, machine) ?? []);
  const missing = engines.filter((engine) => !browsers.some((browser) => browser.engine === engine));
  if (missing.length) throw new Error(howToInstall(missing));
  return browsers;
}

/**
 * The required browsers, installed where they are missing, which takes a minute or two.
 * @returns {Browser[]}
 */
export function ensureBrowsers(machine = HERE) {
  const missing = () =>
    requiredEngines(machine).filter((engine) => {
      const browser = findBrowser(engine, machine);
      return !browser || ageOf(browser, machine);
    });
  // Debian has all of them as packages; elsewhere (Ubuntu's are snaps, which do not start in containers) Playwright brings its own.
  const installers = isDebian(machine) ? [installPackages, downloadOwn] : [downloadOwn];
  for (const install of installers) {
    const engines = missing();
    if (engines.length) install(engines, machine);
  }
  if (isDebian(machine) && !hasJapaneseFont(machine)) installPackages([], machine);
  const browsers = findBrowsers(machine);
  const problem = browsers.map((browser) => ageOf(browser, machine)).find(Boolean);
  if (problem) throw new Error(problem);
  return browsers;
}

/** @returns {string | undefined} that a browser is too old to be driven, in words */
function ageOf({engine, executablePath, own}, {run, platform}) {
  if (engine !== 'firefox' || own || platform === 'win32') return undefined;
  const [, version] = / (\d+)\.\d/.exec(run([executablePath, '--version'], MINUTE).words) ?? [];
  return Number(version) < OLDEST_FIREFOX
    ? `${executablePath}: expected Firefox ${OLDEST_FIREFOX} or later, got ${version}`
    : undefined;
}

/** Of WebKit, only Playwright's own build; WebKitGTK is driven by test/support/webkit.mjs. */
export function isForPlaywright({engine, own}) {
  return own || engine !== 'webkit';
}

/** @returns {Browser | undefined} the required WebKit, where Playwright cannot drive it */
export function findWebKitGtk(machine = HERE) {
  return findBrowsers(machine).find((browser) => !isForPlaywright(browser));
}

/** What Playwright's `launch()`, and everything built on it, needs to start this browser. */
export function launchOptions({engine, executablePath, own}) {
  if (engine === 'chromium') return {executablePath, args: CHROMIUM_FLAGS};
  // An ordinary Firefox speaks WebDriver BiDi, which Playwright uses for the channels named moz-*.
  if (engine === 'firefox' && !own)
    return {executablePath, channel: 'moz-firefox', firefoxUserPrefs: FIREFOX_PREFERENCES};
  return {executablePath};
}

/** @returns the version, as in `chromium 156.0.8078.79` */
export function describeBrowser(browser) {
  const {engine, executablePath} = browser;
  // chrome.exe --version opens a window instead of answering.
  if (process.platform === 'win32') return `${engine} (${executablePath})`;
  // A GTK program needs a screen for that.
  const command = isForPlaywright(browser) ? [executablePath] : ['xvfb-run', '-a', executablePath];
  const [program, ...args] = [...command, '--version'];
  const answer = spawnSync(program, args, {encoding: 'utf8', timeout: MINUTE}).stdout ?? '';
  return `${engine} ${answer.match(/\d+(\.\d+)+\w*/)?.[0] ?? `(${executablePath})`}`;
}

/** @returns {Browser | undefined} */
function findBrowser(engine, machine) {
  const {playwright, variables, commands, paths, search, needs = []} = ENGINES[engine];
  const {exists} = machine;
  for (const variable of variables) {
    const executablePath = machine.variables[variable];
    if (!executablePath) continue;
    if (!exists(executablePath)) throw new Error(`${variable}: there is no ${executablePath}`);
    return {engine, executablePath, own: executablePath.includes('ms-playwright')};
  }
  const ownPath = pathOfOwn(playwright);
  if (ownPath && exists(ownPath)) return {engine, executablePath: ownPath, own: true};
  const onPath = (command) =>
    (machine.variables.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
  const foldersIn = (folder, name) => (exists(folder) ? matching(machine.list(folder), {folder, name}) : []);
  const places = [...commands.flatMap(onPath), ...paths, ...(search?.(foldersIn) ?? [])];
  const executablePath = places.find(exists);
  const isComplete = needs.every((command) => onPath(command).some(exists));
  return executablePath && isComplete ? {engine, executablePath, own: false} : undefined;
}

/** @returns where Playwright would put its own build; nothing on a system it has none for */
function pathOfOwn(playwright) {
  try {
    return playwright.executablePath();
  } catch {
    return undefined;
  }
}

/** @returns the paths of those entries of a folder that have such a name */
function matching(entries, {folder, name}) {
  return entries.filter((entry) => name.test(entry)).map((entry) => join(folder, entry));
}

function isDebian({read}) {
  try {
    return /^ID=debian$/m.test(read('/etc/os-release'));
  } catch {
    return false;
  }
}

/** Screenshots and layout tests show Japanese. */
function hasJapaneseFont({run}) {
  const {ok, words} = run(['fc-list', ':lang=ja'], MINUTE);
  return ok && words.trim() !== '';
}

/** Debian's packages of these engines, and the fonts. */
function installPackages(engines, machine) {
  if (!mayInstall(machine)) return;
  const asRoot = machine.isRoot ? [] : ['sudo', '-n'];
  const packages = engines.flatMap((engine) => ENGINES[engine].debianPackages);
  packages.push('fontconfig', 'fonts-dejavu-core', 'fonts-noto-cjk');
  const aptGet = [
    ...asRoot,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...['-o', 'DPkg::Lock::Timeout=120'],
    ...withSecurityArchive(machine),
  ];
  console.log(`installing ${packages.join(' ')} with apt-get`);
  attempt(machine, [...aptGet, 'update', '-q'], 3 * MINUTE);
  attempt(machine, [...aptGet, 'install', '-y', '-q', '--no-install-recommends', ...packages], 8 * MINUTE);
}

/**
 * Debian brings new versions of browsers by its security archive. Where a system does not list it, it is asked as well, this
 * once: nothing in the system's own lists is changed.
 */
function withSecurityArchive({exists, list, read, keep}) {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(exists(folder) ? list(folder).map((name) => join(folder, name)) : []),
  ];
  const [main = '', ...others] = files.map((file) => (exists(file) ? read(file) : ''));
  const [, codename] = /^VERSION_CODENAME=(\w+)$/m.exec(read('/etc/os-release')) ?? [];
  const known = `${main}\n${others.join('\n')}`;
  // Mirrors have it beside the main one.
  const [, archive] = /(https?:\/\/\S+?\/debian)\/?\s/.exec(known) ?? [];
  if (!codename || !archive || /-security\b/.test(known)) return [];
  const security = `deb ${archive}-security ${codename}-security main`;
  return ['-o', `Dir::Etc::sourcelist=${keep(`${main}\n${security}\n`)}`];
}

/** Playwright's own builds, on Linux with the libraries they need. */
function downloadOwn(engines, machine) {
  console.log(`downloading ${engines.join(' and ')} with Playwright`);
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  const withLibraries = machine.platform === 'linux' && mayInstall(machine) ? ['--with-deps'] : [];
  attempt(machine, [process.execPath, cli, 'install', ...withLibraries, ...engines], 5 * MINUTE);
}

/** Root, or sudo that asks for nothing. */
function mayInstall({isRoot, run}) {
  return isRoot || run(['sudo', '-n', 'true'], MINUTE).ok;
}

/** A failure here is not the last word: `findBrowsers` says what is missing in the end. */
function attempt({run}, command, timeout) {
  const {ok, problem} = run(command, timeout);
  if (!ok) console.error(`${command.join(' ')} failed: ${problem}`);
}

function howToInstall(engines) {
  const packages = engines.flatMap((engine) => ENGINES[engine].debianPackages).join(' ');
  const variables = engines.map((engine) => ENGINES[engine].variables[0]).join(', ');
  return `no ${engines.join(' and no ')} found. Install with one of:
  npx playwright install ${engines.join(' ')}
  apt-get install ${packages}    (Debian, as root)
or name an installed one in ${variables}, or leave an engine out in so many words: CONSENT_GATE_ENGINES=chromium.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const browser of ensureBrowsers())
      console.log(`${describeBrowser(browser)}  ${browser.executablePath}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
