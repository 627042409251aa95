/** From a file to the configuration in it: JSON as it is, HTML by its inline configuration. */

/** What a file holds. */
export type Found =
  /** Parsed, or the text itself where it is no JSON, as the loader does. */
  | {readonly config: unknown; readonly others: number}
  /** A page whose configuration is at another address. */
  | {readonly address: string};

/** A comment, or a script element with its attributes and text. Whichever begins first ends first. */
const SCRIPT = /<!--[\s\S]*?-->|<script(?=[\s/>])((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/script/dgi;

/**
 * An expression is enough for this one element: the content of a script is raw text, in which HTML knows no entity, no
 * comment and no nesting, so that it ends where the next `</script` begins. A parser would be a dependency.
 */
export function findConfiguration(file: string, text: string): Found {
  if (!/\.x?html?$/i.test(file)) return {config: parse(text.replace(/^\ufeff/, '')), others: 0};
  const scripts = [...text.matchAll(SCRIPT)].filter(([, attributes]) => attributes !== undefined);
  const inline = scripts.filter(([, attributes = '']) => hasAttribute(attributes, 'data-consent-config'));
  const [first] = inline;
  if (!first) {
    const address = scripts.flatMap(([, attributes = '']) => attributeIn(attributes, 'data-config') ?? [])[0];
    return address === undefined ? {config: '', others: 0} : {address};
  }
  const [start] = first.indices?.[2] ?? [0];
  // Blanks for all that comes before it, so that lines count as in the file.
  const before = text.slice(0, start).replace(/[^\n]/g, ' ');
  return {config: parse(before + first[2]), others: inline.length - 1};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // What is wrong with it is for the diagnostics to say.
  }
}

function hasAttribute(attributes: string, name: string): boolean {
  return RegExp(`(^|\\s)${name}(?=[\\s=/]|$)`, 'i').test(attributes.replace(/"[^"]*"|'[^']*'/g, '""'));
}

function attributeIn(attributes: string, name: string): string | undefined {
  const match = RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
