/** Pages with the loader in their HTML, as `consent-gate snippet --inline` prints it. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pageOf} from './page.js';

export interface Inlined {
  /** For the head: the loader. */
  readonly script: string;
  /** For the beginning of the body: the first layer, where it was asked for. */
  readonly banner: string;
  /** Hashes for `script-src` and `style-src`. */
  readonly hashes: readonly string[];
  /** The page with both. */
  page(parts?: {readonly head?: string; readonly body?: string; readonly lang?: string}): string;
}

/** @param config with the vendors' addresses as `site.serve` replaces them, which changes the hash of the script */
export function inlined(config: object, ...options: string[]): Inlined {
  const folder = mkdtempSync(join(tmpdir(), 'consent-gate-inline-'));
  try {
    const file = join(folder, 'consent.json');
    writeFileSync(file, JSON.stringify(config));
    const command = ['dist/esm/cli/main.js', 'snippet', '--inline', '--config', file, '--base', '/dist/cdn/'];
    const {stdout, stderr} = spawnSync(process.execPath, [...command, ...options], {encoding: 'utf8'});
    if (!stdout) throw new Error(stderr);
    const end = stdout.indexOf('</script>') + '</script>'.length;
    const script = stdout.slice(0, end);
    const banner = stdout.slice(end).trim();
    return {
      script,
      banner,
      hashes: stderr.match(/'sha256-[^']+'/g) ?? [],
      page: ({head = '', body = '', lang = 'en'} = {}) =>
        pageOf({lang, head: script + head, loader: '', body}).replace('<body>', () => `<body>${banner}`),
    };
  } finally {
    rmSync(folder, {recursive: true});
  }
}
