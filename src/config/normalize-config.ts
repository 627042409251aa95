/**
 * First stage: whatever a site wrote (`unknown`) → `Settings`. Closes whatever is wrong: a vendor with a mistake is never
 * loaded. Never throws, never grants. `diagnostics/check-config.ts` says what is wrong in words, in a file that no visitor
 * of a site without mistakes downloads.
 */
import {attempt} from '../attempt.js';
import {ownDocument} from '../own-document.js';
import type {
  CategoryConfig,
  ConsentConfig,
  CookieConfig,
  PolicyConfig,
  RevisionConfig,
  Settings,
  Vendor,
  VendorConfig,
  VendorDefinition,
} from './types.js';

const DEFAULT_CATEGORIES = [{id: 'essential', required: true}, 'functional', 'analytics', 'advertising'];

/** @param catalogue the vendors known by name */
export function normalizeConfig(config: unknown, catalogue: readonly VendorDefinition[]): Settings {
  // Only an object with getters or traps of its own can throw here. What cannot be read is not there.
  return attempt(() => normalize(config, catalogue)) ?? normalize('', catalogue);
}

function normalize(config: unknown, catalogue: readonly VendorDefinition[]): Settings {
  const root: ConsentConfig = toOwn(config);
  const {categories: categoryList = DEFAULT_CATEGORIES} = root;
  const {version, revisions}: PolicyConfig = toOwn(root.policy);
  const {name = 'consent', days = 0}: CookieConfig = toOwn(root.cookie);

  const ids = new Set();
  /** Every id has one meaning, the first one, and can stand in a record. */
  const isNew = ({id}: {id: unknown}) => isText(id, /^[a-z\d][a-z\d-]*$/i) && ids.size < ids.add(id).size;

  const categories = toObjects<CategoryConfig>(categoryList).filter(isNew);
  const vendors = toObjects<VendorConfig>(root.vendors)
    .filter(isNew)
    .map((vendor) => {
      const definition = catalogue.find(({id}) => id === vendor.id);
      const {category = definition?.category} = vendor;
      // As `categoriesOf` does: the loader is smaller with the two of them.
      const needs = `${category}`.trim().split(/\s+/);
      const isKnown =
        typeof category === 'string' &&
        needs.every((need) => categories.some(({id}) => id === need)) &&
        // Of a vendor of the catalogue, visitors are told in any case.
        (definition ||
          root.disclosure?.profile !== 'jp' ||
          [vendor.recipient, vendor.transmits, vendor.purpose].every(
            (item) => Object.values(Object(item))[0],
          ));
      return toOwn<Vendor>({...vendor, category: needs[0], needs, ...describe(vendor, definition, isKnown)});
    });

  return toOwn({
    ...root,
    policy: {
      ...root.policy,
      version: toVersion(version),
      revisions: toObjects<RevisionConfig>(revisions).map((revision) => ({
        ...revision,
        version: toVersion(revision.version),
      })),
    },
    categories,
    vendors,
    cookie: {...root.cookie, name: `${name}`, days: days >= 1 && days <= 400 ? +days : 182},
  });
}

/**
 * What follows from a vendor's configuration and definition.
 * @param isKnown its category is one of the site's, and visitors are told of it what they have to be
 */
export function describe(vendor: VendorConfig, definition: VendorDefinition | undefined, isKnown: unknown) {
  const {tagId = '', src = '', cookies, storage} = vendor;
  const form = definition?.tagId ?? /^/;
  const isFine =
    isKnown &&
    (tagId === '' || isText(tagId, form)) &&
    isText(src, /^/) &&
    // A pattern of wildcards alone would remove everything.
    [cookies ?? [], storage ?? []].flat().every((pattern) => isText(pattern, /^\**[^*|][^|]*$/));
  return {
    definition,
    isBroken: !isFine,
    // A vendor named without its id has no tag of its own: it is the recipient of tags that the author marked up.
    // In full, as the page starts: a `<base>` that comes later turns no tag elsewhere.
    url: isFine && form.test(tagId) ? (src && resolve(src)) || definition?.src?.(tagId) : undefined,
  };
}

/** The command line has no page. */
const resolve = (url: string) => attempt(() => new URL(url, ownDocument.baseURI).href) ?? url;

const isText = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);

/** Nothing but what was written: another script may have filled `Object.prototype`, and what that says grants nothing. */
export const toOwn = <T>(value: unknown): T => ({__proto__: null, ...Object(value)}) as T;

/** A text in a list is short for an object with that id. */
const toObjects = <T>(list: unknown): T[] =>
  Array.isArray(list) ? list.map((item) => toOwn<T>(typeof item === 'string' ? {id: item} : item)) : [];

/** A version as it can stand in a record. */
const toVersion = (version: unknown): string => `${version ?? ''}`.replace(/[^A-Za-z0-9-]+/g, '-') || '0';
