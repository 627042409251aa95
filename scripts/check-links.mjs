/**
 * Every page that the documentation or a message of the code points to exists, down to its heading: relative links in
 * Markdown, `docs/….md#anchor` written anywhere in src, and an anchor of docs/warnings.md for every warning code. A test that
 * a page names as its proof is there: `` `file.spec.ts`: *words of its title* ``.
 */
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const pages = [...readdirSync('.').filter((file) => file.endsWith('.md')), ...filesIn('docs', '.md')];
const sources = filesIn('src', '.ts');
const problems = [
  ...pages.flatMap((page) =>
    linksOf(page).flatMap(({target, line}) => check(page, line, dirname(page), target)),
  ),
  ...sources.flatMap((file) => mentionsOf(file).flatMap(({target, line}) => check(file, line, '.', target))),
  ...pages.flatMap(proofsOf),
  ...warningCodes().flatMap((code) => check('src/warn.ts', 1, '.', `docs/warnings.md#${code}`)),
];
console.log(
  problems.join('\n') || `${pages.length} pages and ${sources.length} source files: every link arrives`,
);
process.exitCode = problems.length ? 1 : 0;

/** @returns what is wrong with a link: nothing, or one line */
function check(file, line, folder, target) {
  const [path, anchor] = decodeURI(target).split('#');
  const page = path ? normalize(join(folder, path)) : file;
  if (!existsSync(page)) return [`${file}:${line} there is no ${page}`];
  if (!anchor || !page.endsWith('.md') || anchorsOf(page).has(anchor)) return [];
  return [`${file}:${line} ${page} has no heading #${anchor}`];
}

/** Markdown links and images that lead to a file of the project. Fenced code is not text. */
function linksOf(page) {
  const lines = readFileSync(page, 'utf8')
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, blank)
    .replace(/`[^`\n]*`/g, blank)
    .split('\n');
  return lines.flatMap((text, index) =>
    [...text.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)|\b(?:href|src)="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? match[3])
      .filter((target) => !/^[a-z][a-z+.-]*:|^\/\//i.test(target))
      .map((target) => ({target, line: index + 1})),
  );
}

/** @returns one line for each test that is named and not there */
function proofsOf(page) {
  const tests = filesIn('test', '.ts');
  const lines = readFileSync(page, 'utf8').split('\n');
  return lines.flatMap((text, index) =>
    [...text.matchAll(/`([\w-]+\.(?:spec|test)\.ts)`(?:: \*([^*]+)\*)?/g)].flatMap(([, name, title = '']) => {
      // Several folders may have a file of that name.
      const files = tests.filter((path) => path.endsWith(`/${name}`));
      // Titles are written over several lines, and with values in them.
      const codes = files.map((file) => readFileSync(file, 'utf8').replace(/\s+/g, ' '));
      return codes.some((code) => code.includes(title))
        ? []
        : [`${page}:${index + 1} there is no such test: ${name} ${title}`];
    }),
  );
}

function mentionsOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text, index) =>
    [...text.matchAll(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(([target]) => ({target, line: index + 1})),
  );
}

function warningCodes() {
  const union = readFileSync('src/warn.ts', 'utf8').match(/type WarningCode =([^;]+);/)?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code);
}

/** As GitHub makes them: small letters, no punctuation, `-` for a space, `-1` for the second of its name. */
function anchorsOf(page) {
  const text = readFileSync(page, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, blank);
  const seen = new Map();
  const anchors = new Set([...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  for (const [, heading] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count ? `${slug}-${count}` : slug);
  }
  return anchors;
}

function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

function filesIn(folder, ending) {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const files = readdirSync(folder, {recursive: true}).filter((file) => file.endsWith(ending));
  return files.map((file) => join(folder, file)).sort();
}
