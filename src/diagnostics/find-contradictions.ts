/**
 * What no field shows by itself: ids that mean two things or nobody, a tag id that is not the vendor's, vendors that wait
 * for each other, a revision newer than the policy. Reads the configuration as `normalize-config.ts` does and takes no
 * type for granted: what a single field may hold is `config-rules.ts`.
 */
import {categoriesOf} from '../config/categories-of.js';
import {normalizeConfig} from '../config/normalize-config.js';
import type {VendorDefinition} from '../config/types.js';
import {wrong} from './rules.js';

type Fields = Readonly<Record<string, unknown>>;

/** What visitors in Japan are told of each recipient: https://laws.e-gov.go.jp/law/359AC0000000086, art. 27-12. */
const JP: Readonly<Record<string, string>> = {
  recipient: 'who receives the data',
  transmits: 'what is sent',
  purpose: 'what it is used for',
};

/** What people call some vendors. */
const NICKNAMES: Readonly<Record<string, string>> = {
  ga: 'google-analytics',
  ga4: 'google-analytics',
  gtag: 'google-analytics',
  gtm: 'google-tag-manager',
  adwords: 'google-ads',
  facebook: 'meta-pixel',
  fb: 'meta-pixel',
  meta: 'meta-pixel',
  yahoo: 'yahoo-japan-ads',
  'yahoo-ads': 'yahoo-japan-ads',
};

export interface Known {
  readonly catalogue: readonly VendorDefinition[];
  /** Example of a `tagId` by vendor. */
  readonly tagIdForms: Readonly<Record<string, string>>;
}

/** An entry of a list as the site wrote it. */
interface Entry {
  /** `vendors[2]` */
  readonly path: string;
  /** Only its id was written. */
  readonly isName: boolean;
  readonly fields: Fields;
}

/** @param known the vendors known by name, and what their ids look like */
export function findContradictions(config: Fields, known: Known): string[] {
  const {catalogue} = known;
  const settings = normalizeConfig(config, catalogue);
  const vendors = entriesOf(config['vendors'], 'vendors');
  const categories =
    config['categories'] === undefined
      ? entriesOf(settings.categories, 'the default categories')
      : entriesOf(config['categories'], 'categories');
  const categoryIds = textsOf(categories.map(({fields}) => fields['id']));
  const vendorIds = textsOf(vendors.map(({fields}) => fields['id']));
  const required = settings.categories.filter((category) => category.required === true).map(({id}) => id);

  const isAsking = settings.vendors.some(({category}) => !required.includes(category));

  return [
    ...(isAsking ? anonymous(config['controller']) : []),
    ...advanced(config),
    ...revisions(),
    ...sharedIds([...categories, ...vendors]),
    ...categories.flatMap(refusable),
    ...vendors.flatMap((vendor) => [...strangers(vendor), ...tags(vendor, known), ...order(vendor)]),
    ...(Object(config['disclosure']).profile === 'jp' ? vendors.flatMap(undisclosed) : []),
  ];

  function revisions(): string[] {
    const {version: current, revisions: list} = settings.policy;
    const ids = [...categoryIds, ...vendorIds];
    return list.flatMap(({version, material}, index) => {
      const path = `policy.revisions[${index}]`;
      const unknown = textsOf([material].flat()).filter((id) => !ids.includes(id));
      const found = unknown.map((id) => wrong(`${path}.material`, 'ids of categories and vendors', id, ids));
      // Every choice would be older than it, so every visitor would be asked on every page.
      if (version.localeCompare(current, 'en', {numeric: true}) > 0) {
        found.unshift(wrong(`${path}.version`, `no later one than policy.version, "${current}"`, version));
      }
      return found;
    });
  }

  /** A vendor that nobody knows, or one in a category that there is not. */
  function strangers(entry: Entry): string[] {
    const {
      path,
      isName,
      fields: {id, category},
    } = entry;
    const definition = definitionOf(id, catalogue);
    if (isName && !definition) {
      return [misnamed(path, 'an id of docs/vendors.md, or an object that describes the vendor', id)];
    }
    if (isMisnamed(entry, catalogue)) {
      return [misnamed(`${path}.id`, 'an id of docs/vendors.md, or src for a vendor of your own', id)];
    }
    if (category !== undefined && typeof category !== 'string') return [];
    const words = categoriesOf(`${category ?? definition?.category ?? ''}`);
    const own = words[0] as string;
    // Nobody could refuse it.
    if (definition?.category === 'advertising' && required.includes(own)) {
      const free = settings.categories.flatMap(({id, required}) => (required === true ? [] : id));
      return [wrong(`${path}.category`, `one that can be refused (${free.join(' | ')})`, own)];
    }
    // One of several that nobody can refuse says nothing, and would be the one that its switch goes by.
    const fixed = words.length > 1 && words.find((word) => required.includes(word));
    if (fixed) {
      return [wrong(`${path}.category`, 'categories that can be refused, where there are several', fixed)];
    }
    const unknown = words.find((word) => !categoryIds.includes(word));
    if (unknown === undefined) return [];
    const expected = categoryIds.join(' | ') || 'a category, of which there is none';
    return [wrong(`${path}.category`, expected, words.length > 1 ? unknown : category, categoryIds)];
  }

  function misnamed(path: string, expected: string, id: unknown): string {
    const nickname = Object.hasOwn(NICKNAMES, `${id}`) && `; did you mean "${NICKNAMES[`${id}`]}"?`;
    const ids = catalogue.map((vendor) => vendor.id);
    return wrong(path, expected, id, nickname ? [] : ids) + (nickname || '');
  }

  /** One of the site's own of whom visitors are not told what Japan's rule demands. */
  function undisclosed({path, fields}: Entry): string[] {
    if (definitionOf(fields['id'], catalogue)) return [];
    return Object.entries(JP).flatMap(([field, what]) => {
      const value = fields[field];
      if (Object.values(Object(value))[0]) return [];
      return [wrong(`${path}.${field}`, `${what} (disclosure.profile is "jp")`, value)];
    });
  }

  function order({path, fields: {id, after}}: Entry): string[] {
    if (typeof after !== 'string') return [];
    const others = vendorIds.filter((other) => other !== id);
    if (!others.includes(after)) return [wrong(`${path}.after`, 'the id of another vendor', after, others)];
    const chain = [id];
    let next: unknown = after;
    while (typeof next === 'string' && !chain.includes(next)) {
      chain.push(next);
      next = vendors.find(({fields}) => fields['id'] === next)?.fields['after'];
    }
    if (next !== id) return [];
    return [wrong(`${path}.after`, `an order with an end, not ${[...chain, id].join(' after ')}`, after)];
  }
}

/** Consent is given to somebody: https://eur-lex.europa.eu/eli/reg/2016/679/oj, recital 42. */
function anonymous(controller: unknown): string[] {
  const {name, contact} = Object(controller) as Fields;
  return [
    ...(name === undefined ? [wrong('controller.name', 'who asks for consent', name)] : []),
    ...(contact === undefined
      ? [wrong('controller.contact', 'where to ask (mailto:, tel: or https:)', contact)]
      : []),
  ];
}

/** Where the regime asks first, a tag that sends before the answer is what the site promises not to have. */
function advanced(config: Fields): string[] {
  const {basic, advanced: where} = Object(config['consentMode']) as Fields;
  const {regime} = config;
  if (basic !== false || where === undefined) return [];
  const regimeOf = (region: string) => {
    const table = Object(regime) as Fields;
    return typeof regime === 'string'
      ? regime
      : (table[region] ?? table[region.slice(0, 2)] ?? table['default']);
  };
  const asking = where === true ? ['default'] : textsOf([where].flat());
  const found = asking.filter((region) => !/^(opt-out|notice)$/.test(`${regimeOf(region)}`));
  if (!found.length) return [];
  const places = found.join(', ').replace('default', 'regions not named');
  return [
    wrong(
      'consentMode.advanced',
      `regions whose regime is opt-out or notice (in ${places} everybody is asked first, but Google's tags would send before)`,
      where,
    ),
  ];
}

/** Categories and vendors share one space of ids; the first to come has it. */
function sharedIds(entries: readonly Entry[]): string[] {
  return entries.flatMap(({path, isName, fields}, index) => {
    const {id} = fields;
    const first = entries.slice(0, index).find((entry) => entry.fields['id'] === id);
    if (!first || typeof id !== 'string') return [];
    const {tagId, src} = fields;
    const hint =
      (tagId ?? src) !== undefined && first.path.startsWith('vendors')
        ? '; a second account is a call of its own: docs/configuration.md#a-second-account'
        : '';
    return [wrong(isName ? path : `${path}.id`, `an id of its own (${first.path} has this one)`, id) + hint];
  });
}

/** A list of names alone, `["essential", "analytics"]`, lets visitors refuse what the site cannot do without. */
function refusable({path, isName, fields: {id, required}}: Entry): string[] {
  if (id !== 'essential' || required === true) return [];
  const [place, found] = isName ? [path, id] : [`${path}.required`, required];
  return [wrong(place, '{"id": "essential", "required": true}', found)];
}

/** Somebody who has an id for a tag, and whose tag nobody knows. */
function isMisnamed({fields: {id, tagId, src}}: Entry, catalogue: readonly VendorDefinition[]): boolean {
  return typeof tagId === 'string' && src === undefined && !definitionOf(id, catalogue);
}

function tags(entry: Entry, {catalogue, tagIdForms}: Known): string[] {
  const {
    path,
    isName,
    fields: {id, tagId, src},
  } = entry;
  // Said already, of its id.
  if (isMisnamed(entry, catalogue)) return [];
  const definition = definitionOf(id, catalogue);
  const form = definition?.tagId;
  const expected = form ? (tagIdForms[`${id}`] ?? 'the id that the vendor gave you') : '';
  if (tagId === undefined) {
    // By its name alone a vendor is the recipient of tags that the author marks up.
    if (isName || !form || form.test('')) return [];
    return [wrong(`${path}.tagId`, `${expected} (vendors of marked-up tags: "${id}" alone)`, tagId)];
  }
  if (typeof tagId !== 'string') return [];
  if (form && !form.test(tagId)) return [wrong(`${path}.tagId`, expected, tagId)];
  if (/X{4}/.test(tagId)) {
    return [wrong(`${path}.tagId`, `an id of your own, like ${expected || 'the vendor gave you'}`, tagId)];
  }
  if (!definition?.src && src === undefined) {
    return [wrong(`${path}.tagId`, 'no id where there is no script (src)', tagId)];
  }
  return [];
}

function definitionOf(id: unknown, catalogue: readonly VendorDefinition[]): VendorDefinition | undefined {
  return catalogue.find((known) => known.id === id);
}

function entriesOf(list: unknown, name: string): Entry[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown, index) => ({
    path: `${name}[${index}]`,
    isName: typeof item === 'string',
    fields: typeof item === 'string' ? {id: item} : Object(item),
  }));
}

const textsOf = (values: readonly unknown[]) => values.filter((value) => typeof value === 'string');
