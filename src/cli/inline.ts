/**
 * The loader as a text that stands in the page: the built one (`dist/inline`) with the configuration, the vendors that it names
 * and what a returning visitor would fetch filled in. Puts texts together; what they do is for `src/inline` to say.
 */
import {readFileSync} from 'node:fs';
import type {Settings} from '../config/types.js';
import {catalogue} from '../vendors/index.js';
import {lateVendors} from '../vendors/late-vendors.js';

interface InlineOptions {
  readonly settings: Settings;
  /** As it was written. */
  readonly config: unknown;
  /** Where `dist/cdn` is on the site. */
  readonly base: string;
  readonly hasFirstLayer: boolean;
}

/** @returns a classic script, in ASCII, that can stand between `<script>` and `</script>` */
export function inlineLoader({settings, config, base, hasFirstLayer}: InlineOptions): string {
  const texts: Readonly<Record<string, string>> = {
    CONFIG: quote(config),
    BASE: quote(base),
    FILES: `{${filesOf(settings).map((file) => `${JSON.stringify(file)}:()=>${toExpression(read(`cdn/${file}`))}`)}}`,
    CATALOGUE: `h=>[${settings.vendors.flatMap(({id}) => entryOf(id))}]`,
  };
  const script = read(hasFirstLayer ? 'inline/first-layer.js' : 'inline/start.js').replace(
    /\b(CONFIG|BASE|FILES|CATALOGUE)\b/g,
    (name) => `(${texts[name]})`,
  );
  if (/<!--/.test(script)) throw new Error('dist does not fit into a page');
  return script
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/[^\n\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Neither the end of the element nor the beginning of a comment may stand in it. */
const quote = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

const isLate = (id: string) => catalogue.some((known) => known.id === id && 'isStandIn' in known);

/** What the page of somebody who has granted everything would fetch from the site's own host. */
function filesOf({vendors, consentMode, markup}: Settings): string[] {
  const late = vendors.filter(({id, isBroken, url}) => isLate(id) && !isBroken && url).map(({id}) => id);
  const needsAttention = vendors.some(({lateEvents, pages}) => lateEvents || pages);
  return [
    ...(late.length || needsAttention || markup ? ['attend.js'] : []),
    ...late.map((id) => `vendors/${id}.js`),
    ...(consentMode?.basic === false ? ['consent-mode.js'] : []),
  ];
}

/** @returns the definition of a vendor known by name, as code; `h` has what the loader shares with it */
function entryOf(id: string): string[] {
  for (const [category, rows] of Object.entries(lateVendors)) {
    const row = rows.split(',').find((text) => text.split(/[* ]/, 1)[0] === id);
    if (row) return [`h.createStandIn(${JSON.stringify(category)},${JSON.stringify(row)})`];
  }
  const isKnown = catalogue.some((known) => known.id === id);
  return isKnown ? [`${toExpression(read(`inline/vendors/${id}.js`))}.vendor`] : [];
}

/** @returns a module of the build as an expression: what it imports comes from `h`, what it exports is the value */
function toExpression(module: string): string {
  const imports = [...module.matchAll(/import\{([^}]*)\}from"[^"]*";?/g)].map(([, names]) => rename(names));
  const [, names] = /export\{([^}]*)\};?\s*$/.exec(module) ?? [];
  const body = module.replace(/import\{[^}]*\}from"[^"]*";?/g, '').replace(/export\{[^}]*\};?\s*$/, '');
  if (names === undefined || /\b(import|export)\b[^("']/.test(body))
    throw new Error('dist does not fit: build it anew');
  const exported = names.split(',').map((name) => name.split(' as ').reverse().join(':'));
  return `(()=>{${imports.map((list) => `const{${list}}=h;`).join('')}${body};return{${exported}}})()`;
}

/** `a as b,c` → `a:b,c`. */
const rename = (names = '') => names.replace(/ as /g, ':');

/** @param file below `dist`; this one is in `dist/esm/cli` */
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').trim();
