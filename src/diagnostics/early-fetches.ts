/** What browsers fetch of an element as they read the page, before any gate has seen it: for the console and for `lint`. Pure. */

/** Attribute -> elements that fetch what it names. Authors write `data-` in front of it, and the gate takes that off. */
export const EARLY_FETCHES: Readonly<Record<string, readonly string[]>> = {
  src: ['iframe', 'img', 'embed', 'audio', 'video', 'source', 'track', 'input'],
  srcset: ['img', 'source'],
  poster: ['video'],
  data: ['object'],
  href: ['link'],
  imagesrcset: ['link'],
};

/** Elements that fetch by way of others inside of them, which need no mark of their own. */
export const WHOLES: readonly string[] = ['picture', 'video', 'audio', 'object'];

/** What the gate lets in or leaves out. On any other element `data-consent` does nothing. */
export const GATED: readonly string[] = [
  ...new Set(['script', 'template', ...WHOLES, ...Object.values(EARLY_FETCHES).flat()]),
];

/** For a frame whose content stands in the page: the browser shows it, with all that is in it, ahead of the gate. */
export const WITH_CONTENT =
  'expected data-src, got srcdoc; write the frame into a <template data-consent="...">';

/** A script of SVG: no gate makes one, and browsers fetch it whatever its type. */
export const OF_DRAWING =
  'expected a script of HTML, got one of SVG, which browsers fetch as they read the page';

/** Elements of SVG that fetch by their `href`. */
const DRAWN = /^(image|feimage|script|use)$/i;

/**
 * @param read what the element has in that attribute; nothing where it has none
 * @param isDrawn it is one of SVG
 * @returns the attributes of such an element that are not written with `data-` in front, as they should be
 */
export function fetchedEarly(
  name: string,
  read: (attribute: string) => string | null | undefined,
  isDrawn = false,
): string[] {
  const isEarly = (attribute: string) =>
    read(attribute) != null && read(`data-${attribute}`) == null ? [attribute] : [];
  // A picture of the style is fetched with it.
  const style = /\burl\(|image-set\(/i.test(`${read('style')}`) ? isEarly('style') : [];
  if (isDrawn) return [...(DRAWN.test(name) ? isEarly('href') : []), ...style];
  return [
    ...Object.entries(EARLY_FETCHES).flatMap(([attribute, elements]) =>
      elements.includes(name) ? isEarly(attribute) : [],
    ),
    ...style,
  ];
}

/** What is said of an element that the gate cannot hold back. */
export function notGated(name: string): string {
  return `expected data-consent on the tag itself, or on a <template> around it, got <${name}>, which the gate lets pass`;
}
