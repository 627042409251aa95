/** Where a text stops being JSON: engines say so in words of their own, or not at all. */

const SPACE = /[ \t\r\n]*/y;
/** One token; what is in the group is a string. */
const TOKEN =
  /("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|[{}[\],:]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * What may follow what, inside of which bracket: `v` any value, `s` the name of a field. What is not here is followed by
 * the end of the text.
 */
const FOLLOWERS: Readonly<Record<string, string>> = {
  '{': 's}',
  '{s': ':',
  '{:': 'v',
  '{v': ',}',
  '{,': 's',
  '[': 'v]',
  '[v': ',]',
  '[,': 'v',
};

/** @returns index of the first token that may not be there, the length where one is missing, `undefined` for JSON */
export function findJsonError(text: string): number | undefined {
  const open: string[] = [];
  let allowed = 'v';
  let position = 0;
  for (;;) {
    position += match(SPACE, text, position)[0].length;
    if (position === text.length && !allowed) return undefined;
    const [token, string] = match(TOKEN, text, position);
    const kind = kindOfToken(token, string !== undefined && allowed.includes('s'));
    if (!token || !allowed.includes(kind)) return position;
    position += token.length;

    if (/^[{[]$/.test(token)) {
      open.push(token);
      allowed = FOLLOWERS[token] as string;
    } else {
      if (/^[}\]]$/.test(token)) open.pop();
      // A closed list or object is a value of what it stands in.
      allowed = FOLLOWERS[`${open.at(-1)}${/^[}\]]$/.test(token) ? 'v' : kind}`] ?? '';
    }
  }
}

function kindOfToken(token: string, isName: boolean): string {
  if (/^[}\],:]$/.test(token)) return token;
  return isName ? 's' : 'v';
}

/** @returns what stands at `position`; an empty text where it does not fit */
function match(pattern: RegExp, text: string, position: number): [string, string?] {
  pattern.lastIndex = position;
  return (pattern.exec(text) ?? ['']) as [string, string?];
}
