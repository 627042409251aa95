/**
 * What the table of `config-rules.ts` is made of. A rule looks at one value and answers with what is wrong with it, in
 * words: nothing, where it is fine. Pure; knows values and paths, nothing of consent.
 */

/** @returns mistakes, each one sentence that begins with the path of the field */
export type Rule = (value: unknown, path: string) => readonly string[];

/** A rule for every field of `T`: one that is forgotten is a type error. */
export type Rules<T> = {readonly [Field in keyof T]-?: Rule};

/** The kinds of values that a configuration can hold, and `nothing` for a field that is not there. */
type Kind =
  | 'nothing'
  | 'null'
  | 'list'
  | 'text'
  | 'object'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'function';

/** Texts from a configuration can be of any length; one line of the console cannot. */
const LONGEST_SHOWN = 60;

export function kindOf(value: unknown): Kind {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : (typeof value as Kind);
}

/** @param near words of which one may have been meant */
export function wrong(path: string, expected: string, value: unknown, near: readonly string[] = []): string {
  return `${path || 'configuration'}: expected ${expected}, got ${show(value)}${hint(value, near)}`;
}

export function rule(expected: string, fits: (value: unknown) => boolean): Rule {
  return (value, path) => (fits(value) ? [] : [wrong(path, expected, value)]);
}

export function text(expected: string, fits: (value: string) => boolean): Rule {
  return rule(expected, (value) => typeof value === 'string' && fits(value));
}

export function oneOf<Word extends string>(...words: readonly Word[]): Rule {
  return (value, path) =>
    words.includes(value as Word) ? [] : [wrong(path, words.join(' | '), value, words)];
}

/** Another rule for each kind of value; what is of no such kind is wrong. */
export function shape(expected: string, rules: {readonly [Each in Kind]?: Rule}): Rule {
  return (value, path) => (rules[kindOf(value)] ?? rule(expected, () => false))(value, path);
}

export function listOf(expected: string, item: Rule): Rule {
  return shape(expected, {
    list: (list, path) => (list as unknown[]).flatMap((value, index) => item(value, `${path}[${index}]`)),
  });
}

/** Names of the site's own choosing, and one rule for what stands under them. */
export function mapOf(expected: string, fits: RegExp, item: Rule): Rule {
  return shape(`an object with ${expected} as names`, {
    object: (map, path) =>
      Object.entries(map as object).flatMap(([name, value]) =>
        fits.test(name) ? item(value, at(path, name)) : [wrong(path, `${expected} as names`, name)],
      ),
  });
}

/** The fields that there are; `required` names those that may not be left out. */
export function fields<T>(rules: Rules<T>, required: readonly (keyof T & string)[] = []): Rule {
  const known = Object.entries<Rule>(rules);
  const names = known.map(([name]) => name);
  return shape('an object', {
    object: (value, path) => {
      const config = value as Readonly<Record<string, unknown>>;
      const strangers = Object.keys(config).filter((name) => !names.includes(name));
      return [
        ...known.flatMap(([name, check]) => {
          const isAbsent = config[name] === undefined && !(required as readonly string[]).includes(name);
          return isAbsent ? [] : check(config[name], at(path, name));
        }),
        ...strangers.map(
          (name) => `${at(path, name)}: no such field, one of ${names.join(', ')}${hint(name, names)}`,
        ),
      ];
    },
  });
}

function at(path: string, name: string): string {
  const part = /^[\w-]+$/.test(name) ? name : show(name);
  return path ? `${path}.${part}` : part;
}

function show(value: unknown): string {
  const kind = kindOf(value);
  if (typeof value === 'string') {
    const isLong = value.length > LONGEST_SHOWN;
    return JSON.stringify(isLong ? `${value.slice(0, LONGEST_SHOWN)}...` : value);
  }
  if (kind === 'nothing' || kind === 'null') return kind;
  if (kind === 'number' || kind === 'boolean') return `${value}`;
  return kind === 'object' ? 'an object' : `a ${kind}`;
}

function hint(value: unknown, words: readonly string[]): string {
  if (typeof value !== 'string' || value.length > LONGEST_SHOWN) return '';
  const near = words
    .map((word) => ({word, steps: distance(value.toLowerCase(), word.toLowerCase())}))
    // Of a short word, two letters are too much to guess at.
    .filter(({word, steps}) => steps <= Math.min(2, word.length / 3))
    .sort((a, b) => a.steps - b.steps)[0];
  return near ? `; did you mean "${near.word}"?` : '';
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({length: to.length + 1}, (_, index) => index);
  for (const letter of from) {
    const next = [(row[0] as number) + 1];
    for (let index = 1; index < row.length; index++) {
      const [above, before, diagonal] = [row[index], next[index - 1], row[index - 1]] as [
        number,
        number,
        number,
      ];
      next.push(Math.min(above + 1, before + 1, diagonal + (letter === to[index - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] as number;
}
