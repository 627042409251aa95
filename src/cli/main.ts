#!/usr/bin/env node
/** Entry of the command `consent-gate`: reads the arguments, runs a command, prints what it says. Needs Node alone. */
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {csp} from './csp.js';
import {disclosure} from './disclosure.js';
import {lint} from './lint.js';
import type {Outcome} from './outcome.js';
import {snippet} from './snippet.js';

const HELP = `Usage: consent-gate lint <file.json|file.html ...>
       consent-gate csp --config <file.json|file.html> [options]
       consent-gate disclosure --config <file.json|file.html> [options]
       consent-gate snippet --consent-default --config <file.json|file.html>
       consent-gate snippet --preload --config <file.json|file.html> --base <address>
       consent-gate snippet --inline --config <file.json|file.html> --base <address> [--first-layer]

  lint         reports every mistake in a configuration: in a JSON file, or inline in an HTML page
               (<script type="application/json" data-consent-config>). In a page, also the tags of known
               vendors that stand in it ungated, and marked-up tags that browsers fetch on their own.
               A line with "notice:" is no mistake.

  csp          prints the Content Security Policy of a page on which everything is granted, from a
               configuration or from a page with its marked-up tags
    --config <file>      the configuration
    --origin <address>   where consent-gate itself is, if not on the page's own host
    --nonce              scripts by nonce and 'strict-dynamic' (default); write the nonce of each
                         answer in the place of {NONCE}
    --host-list          scripts by where they are from
    --format <format>    header (default), meta or json

  disclosure   prints who receives what, as <consent-disclosure> shows it, for where no script runs
    --config <file>      the configuration
    --format <format>    html (default), md or json
    --language <code>    en, ja or ru; default: that of the configuration, else en
    --profile jp         the notice of Japan's rule on external transmission, by default in Japanese

  snippet      prints what a page has to have inline, and its hash for a Content Security Policy
    --consent-default    for a page whose Google tags stand in its HTML: reads the record and says the
                         "default" of Google Consent Mode ahead of them
    --preload            for the head, ahead of the loader: asks for the files of the banner where there is
                         no record, so that they come together with the loader and not after it
    --inline             the loader itself, with the configuration and the vendors that it names: nothing of
                         consent-gate is fetched for those who have chosen
    --first-layer        with --inline: the banner as HTML as well, shown at first paint to those who are
                         to be asked, until its own code takes over
    --language <code>    of that banner: en, ja or ru; default: that of the configuration, else en
    --base <address>     the folder that the other files are in, as in /consent/

  --help       shows this
  --version    shows the version

Ends with 0 where there is no mistake, 1 where there is one, 2 where it was called wrongly or could not read a file.
docs/configuration.md explains every field, docs/vendors.md lists the vendors known by name.`;

const OPTIONS = {
  help: {type: 'boolean', short: 'h'},
  version: {type: 'boolean', short: 'v'},
  config: {type: 'string'},
  origin: {type: 'string'},
  nonce: {type: 'boolean'},
  'host-list': {type: 'boolean'},
  'consent-default': {type: 'boolean'},
  preload: {type: 'boolean'},
  inline: {type: 'boolean'},
  'first-layer': {type: 'boolean'},
  base: {type: 'string'},
  format: {type: 'string'},
  language: {type: 'string'},
  profile: {type: 'string'},
} as const;

const {lines, errors, exitCode} = run(process.argv.slice(2));
if (lines.length) console.log(lines.join('\n'));
if (errors.length) console.error(errors.join('\n'));
// Not `exit()`: what is printed to a pipe may not have gone yet.
process.exitCode = exitCode;

function run(args: string[]): Outcome {
  try {
    const {values, positionals} = parseArgs({args, allowPositionals: true, options: OPTIONS});
    const {help, version, ...options} = values;
    if (help) return {lines: [HELP], errors: [], exitCode: 0};
    if (version) return {lines: [readVersion()], errors: [], exitCode: 0};
    const [command, ...files] = positionals;
    if (command === undefined) return {lines: [], errors: [HELP], exitCode: 2};
    if (command === 'disclosure') {
      return files.length ? misuse(`disclosure: unexpected "${files[0]}"`) : disclosure(options);
    }
    if (command === 'csp') {
      return files.length ? misuse(`csp: unexpected "${files[0]}"; --config names the file`) : csp(options);
    }
    if (command === 'snippet') {
      return files.length
        ? misuse(`snippet: unexpected "${files[0]}"; --config names the file`)
        : snippet(options);
    }
    if (command !== 'lint') return misuse(`expected lint, csp, disclosure or snippet, got "${command}"`);
    const [stranger] = Object.keys(options);
    if (stranger) return misuse(`lint: no option --${stranger}`);
    if (!files.length)
      return misuse('lint: expected files to look at, as in lint consent.json public/*.html, got none');
    return lint(files);
  } catch (error) {
    return misuse((error as Error).message);
  }
}

function misuse(problem: string): Outcome {
  return {lines: [], errors: [problem, 'consent-gate --help explains every command'], exitCode: 2};
}

function readVersion(): string {
  // From dist/esm/cli to the package.
  const manifest = new URL('../../../package.json', import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
