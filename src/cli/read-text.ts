/** A file that somebody has named on the command line, in words of ours where it cannot be read. */
import {readFileSync} from 'node:fs';

/** What a system calls it, and what was found in the place of a file. */
const FOUND: Readonly<Record<string, string>> = {
  ENOENT: 'nothing of that name',
  EISDIR: 'a folder',
  EACCES: 'one that may not be read',
};

/** @returns its text. @throws {Error} `expected a file, got …`, for others to put its name before */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const {code = '', message} = error as NodeJS.ErrnoException;
    throw new Error(`expected a file, got ${FOUND[code] ?? message}`);
  }
}
