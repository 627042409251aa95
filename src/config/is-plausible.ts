/**
 * Whether a configuration may be free of mistakes, at a fraction of the bytes that it takes to name one: decides whether
 * `diagnostics/check-config.ts` is worth fetching. May doubt what is right; never lets pass what is wrong there.
 */
import type {Settings} from './types.js';

const ID = '=(?!-$)[A-Za-z\\d-]+$';
const LANGUAGE = '[a-z]{2,3}(-\\w{2,8})*';
const PLACE = '[A-Z]{2}(-[A-Z\\d]{1,3})?';
const YES_NO = ':(true|false)$';
const ADDRESS = '(https?:\\/\\/[\\w.-]+(:\\d{1,4})?([/?#]\\S*)?|[.#?/](?!\\/)\\S*)$';
const PAGE = `=${ADDRESS}`;
const CONTACT = `=(mailto:[^@\\s]+@[^@\\s]+$|tel:[\\d\\s().+-]+$|${ADDRESS})`;
/** What may hold the place of a text is left to the closer look. */
const WORDS =
  '=(?!.*([Tt][Oo][Dd][Oo]|[Tt][Bb][ADad]|[Ff][Ii][Xx]|[Xx]{3}|[Bb][Ee] |[Ll][Oo][Rr]|\\u672a\\u5b9a|\\u8981\\u78ba\\u8a8d)).*\\p{L}';
/** One text, or one for each language. */
const TEXT = `(\\.${LANGUAGE})?${WORDS}`;

/** A field and its value in a line, `vendors.id=meta-pixel` or `sale:true`. The entries of a list are lines of their own. */
const LINE = RegExp(
  `^(${[
    `controller\\.((name|address)${TEXT}|dpo${WORDS}|contact${CONTACT})`,
    `links\\.((privacy|cookie)Policy${PAGE}|complaints${CONTACT})`,
    `policy\\.(version${ID}|effective=\\d{4}-(0\\d|1[0-2])-([01]\\d|2[0-8])$|prevailingLanguage=${LANGUAGE}$)`,
    `policy\\.revisions\\[\\]($|\\.version${ID}|\\.material(${YES_NO}|\\[\\]${ID})|\\.summary${TEXT}|\\.(url|diff)${PAGE})`,
    `regime(\\.(default|${PLACE}))?=(opt-in|opt-out|notice)$`,
    `region=${PLACE}$`,
    'ageBand=(u13|13-15|16\\+)$',
    `(sale|debug)${YES_NO}`,
    `categories\\[\\](${ID}|\\.(id${ID}|(required|optIn|sale)${YES_NO}|(name|description)${TEXT}))`,
    `vendors\\[\\]($|(\\.(id|after))?${ID}|\\.category=[\\w\\s-]+$)`,
    `vendors\\[\\]\\.((src|privacyUrl|optOutUrl)${PAGE}|(reload|lateEvents|limitedDataUse)${YES_NO}|tagId=(?!.*X{4})|country=[A-Z]{2}$)`,
    `vendors\\[\\]\\.((name|recipient|purpose|retention|transmits(\\[\\])?)${TEXT}|(cookies|storage)\\[\\]=[^|]*[^*|]|pages\\[\\]=!?\\/)`,
    'vendors\\[\\]\\.csp\\.((script|img|connect|frame|style|font|media|worker)-src|form-action)\\[\\]=[^\\s;,]+$',
    'disclosure\\.profile=jp$',
    'vendors\\[\\]\\.attributes\\.(?!(data-)?src=|nonce=)[a-z][a-z-]*=(?!text\\/plain$)',
    `consentMode\\.(basic:true$|(adsDataRedaction|urlPassthrough)${YES_NO}|waitForUpdate:[1-9]\\d*$)`,
    `(attribution|signals\\.dnt)${YES_NO}`,
    'attribution\\[\\]($|=[\\w.*-]*[\\w.-][\\w.*-]*$)',
    'cookie\\.(name=[\\w-]+$|domain=(host|widest|[a-z\\d-]+(\\.[a-z\\d-]+)+)$|days:([1-9]\\d?|[123]\\d\\d)$)',
    `(base(?==[^?#]*\\/$)|recordEndpoint)${PAGE}`,
    `ui\\.(layout=(bar|box)|theme=(auto|light|dark)|prompt=(auto|always|never)|language=(auto|${LANGUAGE}))$`,
  ].join('|')})`,
  'u',
);

/** @param settings what `normalizeConfig` has made of `config` */
export function isPlausible(config: unknown, {policy, categories, vendors}: Settings): boolean {
  const {
    controller,
    categories: writtenCategories = categories,
    vendors: writtenVendors = [],
  } = Object(config);
  const {name, contact} = Object(controller);
  const ids = [...categories, ...vendors].map(({id}) => id);
  return (
    linesOf(config).every((line) => LINE.test(line)) &&
    // Nothing was left out, for want of an id of its own.
    categories.length === writtenCategories.length &&
    vendors.length === writtenVendors.length &&
    (!vendors.length || (name && contact)) &&
    categories.every(({id, required}) => id !== 'essential' || required) &&
    policy.revisions.every(
      ({version, material}) =>
        version !== '0' &&
        version.localeCompare(policy.version, 'en', {numeric: true}) <= 0 &&
        [material].flat().every((what) => typeof what !== 'string' || ids.includes(what)),
    ) &&
    vendors.every(
      ({needs, tagId, src, url, after, definition, isBroken}, index) =>
        !isBroken &&
        // What advertises, or belongs to several, is nothing that the service needs.
        !categories.some(
          ({id, required}) =>
            required && needs.includes(id) && (needs[1] || definition?.category === 'advertising'),
        ) &&
        (url ||
          (typeof writtenVendors[index] === 'string' ? definition : !tagId && !src && !definition?.tagId)) &&
        // The usual order, which cannot go round in a circle.
        (!after || vendors.slice(0, index).some((other) => other.id === after)),
    )
  );
}

/** @param path undefined for the configuration itself; '' is a name that a field may have */
function linesOf(value: unknown, path?: string): string[] {
  if (typeof value === 'string') return [`${path}=${value}`];
  const isList = Array.isArray(value);
  if (!isList && (!value || typeof value !== 'object')) return [`${path}:${value}`];
  const inside = isList ? `${path}[]` : path;
  const lines = Object.entries(value).flatMap(([name, inner]) =>
    linesOf(inner, isList || inside == null ? (inside ?? name) : `${inside}.${name}`),
  );
  return lines.length || inside == null ? lines : [inside];
}
