/**
 * First stage: whatever a site wrote (`unknown`) → `Settings`. Checks what decides about tags and records, and closes
 * whatever is wrong: a vendor with a mistake is never loaded, a regime that does not exist is `opt-in`. What is only
 * shown, and fields that do not exist, are checked where they are shown (`check-display.ts`). Never throws, never grants.
 */
import {isFetchable} from './is-fetchable.js';
import type {CategoryConfig, RevisionConfig, Settings, Vendor, VendorConfig, VendorDefinition} from './types.js';

/** Receives each mistake: ``vendors[2].tagId``, ``G-XXXXXXX``, `"UA-1"`. */
export type ReportMistake = (path: string, expected: string, found: unknown) => void;

type Fields = Record<string, unknown>;
type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isObject = (value: unknown): value is Fields => typeof value === 'object' && !!value && !Array.isArray(value);
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText);
const fits = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value as string);
const isId = fits(/^[a-z\d][a-z\d-]*$/i);
const isRegime = fits(/^(opt-in|opt-out|notice)$/);

/** @param catalogue the vendors known by name */
export function normalizeConfig(
  config: unknown,
  catalogue: readonly VendorDefinition[],
  report: ReportMistake,
): Settings {
  try {
    return normalize(config, catalogue, report);
  } catch {
    // Only an object with getters or traps of its own comes here: what cannot be read is not there.
    report('configuration', 'plain data', '');
    return normalize({}, catalogue, report);
  }
}

function normalize(config: unknown, catalogue: readonly VendorDefinition[], report: ReportMistake): Settings {
  /** @returns `value` where it is as it has to be, `otherwise` where it is absent, or wrong and reported */
  function check<T>(path: string, value: unknown, test: Test, expected: string, otherwise?: unknown): T {
    if (value === undefined || test(value)) return (value ?? otherwise) as T;
    report(path, expected, value);
    return otherwise as T;
  }
  const object = (path: string, value: unknown) => check<Fields>(path, value, isObject, 'an object', {});
  const list = (path: string, value: unknown, otherwise: unknown[] = []) =>
    check<unknown[]>(path, value, Array.isArray, 'a list', otherwise).map(
      (item, index): [Fields, string] => [isText(item) ? {id: item} : object(`${path}[${index}]`, item), `${path}[${index}]`],
    );

  const root = object('configuration', config);
  const policy = object('policy', root['policy']);
  const cookie = object('cookie', root['cookie']);
  const ids = new Set<unknown>();
  const isNew: Test = (id) => isId(id) && !ids.has(id) && !!ids.add(id);

  const categories = list('categories', root['categories'], [
    {id: 'essential', required: true},
    'functional',
    'analytics',
    'advertising',
  ]).flatMap(([raw, path]) => {
    const {id, required, optIn, sale = id === 'advertising'} = raw as unknown as CategoryConfig;
    const isFine = check(`${path}.id`, id ?? '', isNew, 'an id of its own');
    return isFine ? {...raw, id, required: required === true, optIn: optIn === true, sale: sale !== false} : [];
  });

  const isCategory: Test = (id) => categories.some((category) => category.id === id);
  const vendorList = list('vendors', root['vendors']);
  const vendors = vendorList.flatMap(([raw, path]): Vendor | [] => {
    const vendor = raw as unknown as VendorConfig;
    const {id, tagId} = vendor;
    if (!check(`${path}.id`, id ?? '', isNew, 'an id of its own')) return [];
    const definition = catalogue.find((known) => known.id === id);
    let broken = false;
    /** A mistake here would load, name or clean up the wrong thing: the vendor stays out. */
    const need = (field: keyof VendorConfig, test: Test, expected: string) => {
      if (vendor[field] !== undefined && !test(vendor[field])) {
        broken = true;
        report(`${path}.${field}`, expected, vendor[field]);
      }
    };
    const category = vendor.category ?? definition?.category ?? '';
    if (!isCategory(category)) {
      broken = true;
      report(`${path}.category`, categories.map((known) => known.id).join(' | '), category);
    }
    const form = definition?.tagId;
    need('tagId', form ? fits(form.pattern) : isText, form?.expected ?? 'text');
    need('src', (src) => isFetchable(src), 'https: address');
    need('after', (after) => after !== id && vendorList.some(([other]) => other['id'] === after), 'id of a vendor');
    need('attributes', (value) => isObject(value) && Object.values(value).every(isText), '{name: text}');
    for (const field of ['cookies', 'storage'] as const) {
      // A pattern of wildcards alone would remove everything.
      need(field, (value) => isTexts(value) && (value as string[]).every(fits(/[^*?]/)), 'list of names');
    }
    const lacksId = form && !form.optional && tagId === undefined;
    // The bare name of a vendor is no mistake: it names the recipient of tags that the author marked up.
    if (lacksId && Object.keys(raw).length > 1) report(`${path}.tagId`, form.expected, tagId);
    const url = broken || lacksId ? undefined : (vendor.src ?? definition?.src?.(tagId ?? ''));
    return {
      ...vendor,
      category,
      cookies: broken ? [] : [...(definition?.cookies ?? []), ...(vendor.cookies ?? [])],
      storage: broken ? [] : [...(definition?.storage ?? []), ...(vendor.storage ?? [])],
      reload: vendor.reload ?? definition?.reload ?? true,
      broken,
      definition,
      url,
    };
  });

  return {
    ...root,
    policy: {
      ...policy,
      version: toVersion(policy['version']),
      revisions: list('policy.revisions', policy['revisions']).map(
        ([revision]) => ({...revision, version: toVersion(revision['version'])}) as RevisionConfig,
      ),
    },
    regime: check(
      'regime',
      root['regime'],
      (value) => isRegime(value) || (isObject(value) && Object.values(value).every(isRegime)),
      'opt-in | opt-out | notice, or {region: …}',
      'opt-in',
    ),
    region: check('region', root['region'], fits(/^[A-Z]{2}(-\w+)?$/), 'a code such as JP or US-CA'),
    // An age that cannot be read may be a child's.
    ageBand: root['ageBand'] === undefined ? undefined : check('ageBand', root['ageBand'], fits(/^(u13|13-15|16\+)$/), 'u13 | 13-15 | 16+', 'u13'),
    categories,
    vendors,
    cookie: {
      name: check('cookie.name', cookie['name'], fits(/^[\w-]+$/), 'letters, digits, _ and -', 'consent'),
      domain: check('cookie.domain', cookie['domain'], fits(/^[\w.-]+$/), 'host, widest or a domain', 'host'),
      days: check('cookie.days', cookie['days'], (days) => (days as number) >= 1 && (days as number) <= 400, '1 to 400', 182),
    },
    recordEndpoint: check('recordEndpoint', root['recordEndpoint'], (url) => isFetchable(url), 'https: address'),
    ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto', ...object('ui', root['ui'])},
    controller: object('controller', root['controller']),
    links: object('links', root['links']),
    sale: root['sale'] === true,
    consentMode: {basic: true},
  };
}

/** A version as it can stand in a record. */
function toVersion(version: unknown): string {
  return String(version ?? '').replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-?$/, '0');
}
