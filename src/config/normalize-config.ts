/**
 * First stage: whatever a site wrote (`unknown`) → `Settings`. Closes whatever is wrong: a vendor with a mistake is never
 * loaded, a regime that does not exist is `opt-in`. Never throws, never grants. What is wrong is only marked here
 * (`isFlawed`); `check-config.ts` says it in words, in a file that no visitor of a site without mistakes downloads.
 */
import {attempt} from '../attempt.js';
import type {CategoryConfig, RevisionConfig, Settings, VendorConfig, VendorDefinition} from './types.js';

type Fields = Record<string, unknown>;

const DEFAULT_CATEGORIES = [{id: 'essential', required: true}, 'functional', 'analytics', 'advertising'];

/** @param catalogue the vendors known by name */
export function normalizeConfig(config: unknown, catalogue: readonly VendorDefinition[]): Settings {
  // Only an object with getters or traps of its own can throw here. What cannot be read is not there.
  return attempt(() => normalize(config, catalogue)) ?? {...normalize({}, catalogue), isFlawed: true};
}

function normalize(config: unknown, catalogue: readonly VendorDefinition[]): Settings {
  let isFlawed = false;
  /** @returns `value` where it is fine, `otherwise` where it is absent or a mistake */
  function or<T>(isFine: boolean, value: unknown, otherwise: T): T {
    isFlawed ||= !isFine && value !== undefined;
    return isFine ? (value as T) : otherwise;
  }
  const isText = (value: unknown, pattern = /./) => typeof value === 'string' && pattern.test(value);
  const text = <T>(value: unknown, pattern: RegExp, otherwise: T) => or(isText(value, pattern), value, otherwise);
  const object = (value: unknown) => or<Fields>(typeof value === 'object' && !!value, value, {});
  const list = (value: unknown, otherwise: unknown[] = []) =>
    or(Array.isArray(value), value, otherwise).map((item) => (isText(item) ? {id: item} : object(item)) as Fields);

  const ids = new Set<unknown>();
  /** Every id has one meaning: the first one. It may stand in a record, so it has neither `.` nor `_`. */
  const isNew = ({id}: Fields) => or(isText(id, /^[a-z\d][a-z\d-]*$/i) && !ids.has(id) && !!ids.add(id), id ?? '', false);

  const root = object(config);
  const policy = object(root['policy']);
  const cookie = object(root['cookie']);
  const days = cookie['days'] as number;

  const categories = (list(root['categories'], DEFAULT_CATEGORIES).filter(isNew) as unknown as CategoryConfig[]).map(
    ({required, optIn, sale, ...category}) => ({
      ...category,
      required: required === true,
      optIn: !!optIn,
      sale: !!(sale ?? category.id === 'advertising'),
    }),
  );
  const vendors = (list(root['vendors']).filter(isNew) as unknown as VendorConfig[]).map((vendor) => {
    const {id, tagId, src} = vendor;
    const definition = catalogue.find((known) => known.id === id);
    const category = vendor.category ?? definition?.category ?? '';
    const form = definition?.tagId;
    const names = (kind: 'cookies' | 'storage') => [definition?.[kind] ?? [], vendor[kind] ?? []].flat();
    const isFine =
      categories.some((known) => known.id === category) &&
      (tagId === undefined || isText(tagId, form?.pattern)) &&
      // A pattern of wildcards alone would remove everything.
      [...names('cookies'), ...names('storage')].every((name) => isText(name, /[^*?]/));
    // A vendor named without its id has no tag of its own: it is the recipient of tags that the author marked up.
    const hasTag = isFine && (!form || form.optional || tagId !== undefined);
    isFlawed ||= !isFine || (!hasTag && Object.keys(vendor).length > 1);
    return {
      ...vendor,
      definition,
      category,
      isBroken: !isFine,
      cookies: isFine ? names('cookies') : [],
      storage: isFine ? names('storage') : [],
      reload: vendor.reload ?? definition?.reload ?? true,
      url: hasTag ? (src ?? definition?.src?.(tagId ?? '')) : undefined,
    };
  });

  return {
    ...root,
    policy: {
      ...policy,
      version: toVersion(policy['version']),
      revisions: list(policy['revisions']).map(
        (revision) => ({...revision, version: toVersion(revision['version'])}) as RevisionConfig,
      ),
    },
    regime: root['regime'] as Settings['regime'],
    region: text(root['region'], /./, undefined),
    // An age that cannot be read may be a child's.
    ageBand: text(root['ageBand'], /^(u13|13-15|16\+)$/, root['ageBand'] === undefined ? undefined : 'u13'),
    categories,
    vendors,
    cookie: {
      name: text(cookie['name'], /^[\w-]+$/, 'consent'),
      domain: text(cookie['domain'], /^[\w.-]+$/, 'host'),
      days: or(days >= 1 && days <= 400, days, 182),
    },
    recordEndpoint: text(root['recordEndpoint'], /./, undefined),
    controller: object(root['controller']),
    links: object(root['links']),
    ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto', ...object(root['ui'])},
    get isFlawed() {
      return isFlawed;
    },
  };
}

/** A version as it can stand in a record. */
function toVersion(version: unknown): string {
  return `${version ?? 0}`.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-?$/, '0');
}
