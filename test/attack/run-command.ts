/** The command as it is built, on a file of a test's own. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the processor: what else runs on the machine does not count. */
  readonly seconds: number;
}

/**
 * @param words of the command line; the name of the file comes behind them
 * @param content of the file: a configuration, or the text of a page
 */
export function runCommand(words: readonly string[], content: object | string): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'consent-gate-attack-'));
  try {
    const isPage = typeof content === 'string' && content.trimStart().startsWith('<');
    const file = join(folder, isPage ? 'page.html' : 'consent.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    const tell = 'process.on("exit", () => console.error("took " + process.cpuUsage().user))';
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`];
    // Both at once, as a runner sets them, have Node remark on it.
    const {FORCE_COLOR: _, ...env} = process.env;
    const {status, stdout, stderr} = spawnSync(
      process.execPath,
      [...flags, 'dist/esm/cli/main.js', ...words, file],
      {encoding: 'utf8', timeout: 50_000, maxBuffer: 64 * 1024 * 1024, env},
    );
    const [last = '', took = 'Infinity'] = /^took (\d+)\n/m.exec(stderr) ?? [];
    return {status, stdout, stderr: stderr.replace(last, ''), seconds: Number(took) / 1e6};
  } finally {
    rmSync(folder, {recursive: true});
  }
}
