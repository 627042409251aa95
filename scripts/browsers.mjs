/**
 * The browsers that the tests run in: finds them, and installs what is missing.
 * Sources, in this order: an address in the environment, Playwright's own download, the system. A required engine that
 * cannot be had is an error: no test is ever left out in silence.
 * `node scripts/browsers.mjs` installs and lists them.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium, firefox, webkit} from 'playwright-core';

/**
 * @typedef {object} Browser
 * @property {'chromium' | 'firefox' | 'webkit'} engine
 * @property {string} executablePath
 * @property {boolean} own whether it is Playwright's patched build
 */

const MINUTE = 60_000;

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
    // WebKitGTK's browser lies beside the library: Debian's folder of the architecture, Fedora's, Arch's.
    paths: [...foldersIn('/usr/lib', /-linux-/), '/usr/libexec', '/usr/lib']
      .flatMap((folder) => foldersIn(folder, /^webkit2?gtk-/))
      .map((folder) => join(folder, 'MiniBrowser')),
    needs: ['WebKitWebDriver', 'xvfb-run', 'xauth'],
    debianPackages: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  },
};

/** Root may not use Chromium's sandbox; nothing in a test may call home. */
const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
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

/** Chromium, Firefox and WebKit, unless `CONSENT_GATE_ENGINES=chromium` (comma-separated) narrows them. */
export function requiredEngines() {
  const named = (process.env.CONSENT_GATE_ENGINES ?? '').split(',').map((name) => name.trim());
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
export function findBrowsers() {
  const engines = requiredEngines();
  const browsers = engines.flatMap((engine) => findBrowser(engine) ?? []);
  const missing = engines.filter((engine) => !browsers.some((browser) => browser.engine === engine));
  if (missing.length) throw new Error(howToInstall(missing));
  return browsers;
}

/**
 * The required browsers, installed where they are missing, which takes a minute or two.
 * @returns {Browser[]}
 */
export function ensureBrowsers() {
  const missing = () => requiredEngines().filter((engine) => !findBrowser(engine));
  // Debian has all of them as packages; elsewhere (Ubuntu's are snaps, which do not start in containers) Playwright brings its own.
  const installers = isDebian() ? [installPackages, downloadOwn] : [downloadOwn];
  for (const install of installers) if (missing().length) install(missing());
  if (isDebian() && !hasJapaneseFont()) installPackages([]);
  return findBrowsers();
}

/** Of WebKit, only Playwright's own build; WebKitGTK is driven by test/support/webkit.mjs. */
export function isForPlaywright({engine, own}) {
  return own || engine !== 'webkit';
}

/** @returns {Browser | undefined} the required WebKit, where Playwright cannot drive it */
export function findWebKitGtk() {
  return findBrowsers().find((browser) => !isForPlaywright(browser));
}

/** What Playwright's `launch()`, and everything built on it, needs to start this browser. */
export function launchOptions({engine, executablePath, own}) {
  if (engine === 'chromium') return {executablePath, args: CHROMIUM_FLAGS};
  // An ordinary Firefox speaks WebDriver BiDi, which Playwright uses for the channels named moz-*.
  return engine === 'firefox' && !own ? {executablePath, channel: 'moz-firefox'} : {executablePath};
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
function findBrowser(engine) {
  const {playwright, variables, commands, paths, needs = []} = ENGINES[engine];
  for (const variable of variables) {
    const executablePath = process.env[variable];
    if (!executablePath) continue;
    if (!existsSync(executablePath)) throw new Error(`${variable}: there is no ${executablePath}`);
    return {engine, executablePath, own: executablePath.includes('ms-playwright')};
  }
  const ownPath = pathOfOwn(playwright);
  if (ownPath && existsSync(ownPath)) return {engine, executablePath: ownPath, own: true};
  const executablePath = [...commands.flatMap(onPath), ...paths].find((path) => existsSync(path));
  const isComplete = needs.every((command) => onPath(command).some((path) => existsSync(path)));
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

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
}

/** @returns what is right below a folder and has such a name; nothing where there is no such folder */
function foldersIn(folder, name) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => name.test(entry))
    .map((entry) => join(folder, entry));
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Screenshots and layout tests show Japanese. */
function hasJapaneseFont() {
  const answer = spawnSync('fc-list', [':lang=ja'], {encoding: 'utf8', timeout: MINUTE});
  return answer.status === 0 && answer.stdout.trim() !== '';
}

/** Debian's packages of these engines, and the fonts. */
function installPackages(engines) {
  if (!mayInstall()) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const packages = engines.flatMap((engine) => ENGINES[engine].debianPackages);
  packages.push('fontconfig', 'fonts-dejavu-core', 'fonts-noto-cjk');
  const aptGet = [
    ...asRoot,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=120',
  ];
  console.log(`installing ${packages.join(' ')} with apt-get`);
  attempt([...aptGet, 'update', '-q'], 3 * MINUTE);
  attempt([...aptGet, 'install', '-y', '-q', '--no-install-recommends', ...packages], 8 * MINUTE);
}

/** Playwright's own builds, on Linux with the libraries they need. */
function downloadOwn(engines) {
  console.log(`downloading ${engines.join(' and ')} with Playwright`);
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  const withLibraries = process.platform === 'linux' && mayInstall() ? ['--with-deps'] : [];
  attempt([process.execPath, cli, 'install', ...withLibraries, ...engines], 5 * MINUTE);
}

/** Root, or sudo that asks for nothing. */
function mayInstall() {
  return process.getuid?.() === 0 || spawnSync('sudo', ['-n', 'true'], {stdio: 'ignore'}).status === 0;
}

/** A failure here is not the last word: `findBrowsers` says what is missing in the end. */
function attempt([command, ...args], timeout) {
  try {
    execFileSync(command, args, {stdio: ['ignore', 'pipe', 'pipe'], timeout});
  } catch (error) {
    console.error(`${command} ${args.join(' ')} failed: ${error.stderr?.toString().trim() || error.message}`);
  }
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
