/**
 * The stored choice and its one-line text form: pure, shared by the page, the server helper and the tests.
 *
 *   1 . policyVersion . decidedAt . source . grantedCategories . deniedCategories . grantedVendors . deniedVendors . id
 *
 * A text that is not exactly that is no choice at all: `decodeRecord` answers `null` and never throws.
 */
import type {ConsentState, Grant, Grants} from './grants.js';

/** What caused a decision. */
export type Source = 'banner' | 'preferences' | 'link' | 'api' | 'gpc' | 'age' | 'embed' | 'import';

/** A visitor's choice. Ids it does not name are undecided. */
export interface ConsentRecord {
  /** Version of the policy under which the choice was made. */
  readonly policyVersion: string;
  /** Unix time in seconds. */
  readonly decidedAt: number;
  readonly source: Source;
  readonly categories: Grants;
  /** Exceptions to their category only. */
  readonly vendors: Grants;
  /** Random, where the site keeps records; else `null`. */
  readonly id: string | null;
}

/** What `record()` returns; `recordEndpoint` receives it as JSON, with the `policy` and `controller` of the configuration. */
export interface FullRecord extends ConsentState {
  readonly schema: 'consent-gate/1';
  readonly version: string;
  /** Where it was made, and in which language. */
  readonly host: string;
  readonly language: string;
}

const SOURCES = 'banner|preferences|link|api|gpc|age|embed|import';
/** A name in a record; the lone `-` is the absent one. */
const NAME = '[A-Za-z0-9-]+';
const LIST = `\\.(${NAME}(?:_${NAME})*)`;
/** The grammar, written once: version, time and cause, four lists, id. */
export const RECORD = new RegExp(
  `^1\\.(${NAME})\\.([0-9a-z]{1,7})\\.(${SOURCES})${LIST}${LIST}${LIST}${LIST}\\.(${NAME})$`,
);

/** Bytes that the text of a record stays under, so that it fits every cookie jar and header. */
export const LIMIT = 1000;

/** @returns the text of the record, or `''` where it is too long to be stored */
export function encodeRecord({
  policyVersion,
  decidedAt,
  source,
  categories,
  vendors,
  id,
}: ConsentRecord): string {
  const lists = [categories, vendors].flatMap((grants) =>
    (['granted', 'denied'] as const).map((grant) =>
      Object.keys(grants)
        .filter((name) => grants[name] === grant)
        .join('_'),
    ),
  );
  const text = [1, policyVersion, decidedAt.toString(36), source, ...lists, id]
    .map((field) => field || '-')
    .join('.');
  return text.length < LIMIT ? text : '';
}

/** @returns the record that `text` is, or `null` where it is anything else */
export function decodeRecord(text: unknown): ConsentRecord | null {
  const fields = typeof text === 'string' && text.length < LIMIT && RECORD.exec(text);
  if (!fields) return null;
  const [
    ,
    policyVersion,
    time,
    source,
    grantedCategories,
    deniedCategories,
    grantedVendors,
    deniedVendors,
    id,
  ] = fields as unknown as string[] & Record<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8, string>;
  return {
    policyVersion,
    decidedAt: parseInt(time, 36),
    source: source as Source,
    categories: decodeLists(grantedCategories, deniedCategories),
    vendors: decodeLists(grantedVendors, deniedVendors),
    id: id === '-' ? null : id,
  };
}

/**
 * @returns the newest record among `texts`; of two at the same second, the one that allows less. One of more than a day ahead
 * of `now` is none, unless all that it does is refuse: it would outrank whatever the visitor chooses next, and never expire
 * @param now Unix time in seconds
 */
export function pickRecord(texts: readonly unknown[], now = Date.now() / 1000): ConsentRecord | null {
  const countGrants = (record: ConsentRecord) => JSON.stringify(record).split('granted').length;
  const records = texts
    .map(decodeRecord)
    .filter(
      (record) => record && (countGrants(record) < 2 || record.decidedAt < now + 86400),
    ) as ConsentRecord[];
  return records.sort((a, b) => b.decidedAt - a.decidedAt || countGrants(a) - countGrants(b))[0] ?? null;
}

/** @returns whether `value` is a word for a cause */
export function isSource(value: unknown): value is Source {
  return SOURCES.split('|').includes(value as string);
}

/** What stands in both lists is denied. Without a prototype, so that `constructor` is a name like any other. */
function decodeLists(granted: string, denied: string): Grants {
  const grants = {__proto__: null} as unknown as Record<string, Grant>;
  const add = (list: string, grant: Grant) => {
    for (const name of list.split('_')) if (name !== '-') grants[name] = grant;
  };
  add(granted, 'granted');
  add(denied, 'denied');
  return grants;
}
