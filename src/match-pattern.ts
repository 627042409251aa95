/**
 * Patterns for names and paths, in which `*` stands for any characters. Pure, and in linear time whatever a site writes: between
 * two stars, the first place at which a part is found is as good as any.
 */

/** @returns whether the whole of `text` is as `pattern` says */
export function matches(pattern: string, text: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(start)) return false;
  let position = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.endsWith(end) && text.length - end.length >= position;
}
