/**
 * The configuration as a table: field by field, what it has to be. What one field says of another (a category that has to
 * exist, a tag to come after) is `find-contradictions.ts`. Must call wrong whatever `normalize-config.ts` closes.
 */
import {attempt} from '../attempt.js';
import {categoriesOf} from '../config/categories-of.js';
import {isFetchable} from '../config/is-fetchable.js';
import type {
  AgeBand,
  CategoryConfig,
  ConsentConfig,
  ConsentModeConfig,
  ControllerConfig,
  CookieConfig,
  DisclosureConfig,
  LinksConfig,
  MarkupConfig,
  PolicyConfig,
  Regime,
  RevisionConfig,
  SignalsConfig,
  UiConfig,
  VendorConfig,
} from '../config/types.js';
import {fields, listOf, mapOf, oneOf, type Rule, type Rules, rule, shape, text, wrong} from './rules.js';

/** What people write while they do not know yet, and then publish. The last two: "undecided", "to be confirmed" (ja). */
const PLACEHOLDER =
  /^(todo|tba|tbd|fixme|x{3,}|to be (advised|announced|confirmed|decided|determined)|\u672a\u5b9a|\u8981\u78ba\u8a8d)?$|lorem ipsum/i;
/** What may surround a placeholder; `/`, `#` and `?` alone are addresses. */
const PUNCTUATION = /[\s<>]|(?![/#?])\p{P}/gu;

/** `-` alone stands for "none" in a record. */
const NAME = /^(?!-$)[A-Za-z0-9-]+$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const REGION = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;
const DOMAIN = /^\.?([a-z0-9-]+\.)+[a-z0-9-]+$/i;
/** Any page will do: only the scheme is looked at. */
const SOME_PAGE = {baseURI: 'https://site.example/'};

const place = text('a region code ("JP", "US-CA")', (value) => REGION.test(value));
const isPlaceholder = (value: string) => PLACEHOLDER.test(value.replace(PUNCTUATION, ' ').trim());

const yesOrNo = oneOfValues('true | false', true, false);
const id = text('letters, digits and "-"', (value) => NAME.test(value));
const words = text('a text, no placeholder', (value) => !isPlaceholder(value));
const texts: Rule = (value, path) =>
  Object.keys(Object(value)).length
    ? mapOf('languages ("en", "ja")', LANGUAGE, words)(value, path)
    : [wrong(path, 'a text for at least one language', value)];
const localized = shape('a text, or an object with one for each language', {text: words, object: texts});

const isAddress = (value: string) =>
  !isPlaceholder(value) && !/^www\./.test(value) && isFetchable(value, SOME_PAGE);
const address = text('an https: address or a path', isAddress);
const contact = text(
  'mailto:, tel: or an https: address',
  // Without a scheme, a mail address is the path of a page.
  (value) =>
    /^(mailto:[^@\s]+@[^@\s]+|tel:[\d\s().+-]+)$/i.test(value) ||
    (isAddress(value) && !/^[^/?#]*@/.test(value)),
);
const date = text(
  'a date, YYYY-MM-DD',
  (value) => attempt(() => new Date(value).toISOString().slice(0, 10)) === value,
);
const language = text('a language tag ("en", "ja")', (value) => LANGUAGE.test(value));
const patterns = listOf(
  'a list of names',
  // Wildcards alone would remove everything, and `|` would end one pattern and begin another.
  text('a name of more than "*", without "|"', (value) => /[^*]/.test(value) && !value.includes('|')),
);

const controller: Rules<ControllerConfig> = {
  name: localized,
  contact,
  address: localized,
  dpo: words,
};

const links: Rules<LinksConfig> = {
  privacyPolicy: address,
  cookiePolicy: address,
  complaints: contact,
};

const revision: Rules<RevisionConfig> = {
  version: id,
  material: shape('true | false or a list of ids', {boolean: yesOrNo, list: listOf('a list of ids', id)}),
  summary: localized,
  url: address,
  diff: address,
};

const policy: Rules<PolicyConfig> = {
  version: id,
  effective: date,
  prevailingLanguage: language,
  revisions: listOf('a list of revisions', fields(revision, ['version'])),
};

const regime = oneOf<Regime>('opt-in', 'opt-out', 'notice');

const category: Rules<CategoryConfig> = {
  id,
  required: yesOrNo,
  optIn: yesOrNo,
  sale: yesOrNo,
  name: localized,
  description: localized,
};

const vendor: Rules<VendorConfig> = {
  id,
  category: text('ids of categories, with white space between them', (value) =>
    categoriesOf(value).every((word) => NAME.test(word)),
  ),
  tagId: text('a text in quotes', () => true),
  src: address,
  after: id,
  pages: listOf(
    'a list of paths ("/shop/*", "!/shop/checkout")',
    text('a path that begins with / or !/', (path) => /^!?\//.test(path)),
  ),
  attributes: mapOf(
    // The gate gives the script its address and nonce; `text/plain` would keep it from running.
    'attributes of a script other than src and nonce',
    /^(?!(data-)?src$|nonce$)[a-z][\w.:-]*$/i,
    text('a text, not "text/plain"', (value) => value !== 'text/plain'),
  ),
  cookies: patterns,
  storage: patterns,
  reload: yesOrNo,
  lateEvents: yesOrNo,
  limitedDataUse: yesOrNo,
  name: localized,
  recipient: localized,
  country: text('a country code ("JP")', (value) => /^[A-Z]{2}$/.test(value)),
  transmits: shape('a text, one for each language, or a list of such', {
    text: words,
    object: texts,
    list: listOf('a list', localized),
  }),
  purpose: localized,
  retention: localized,
  privacyUrl: address,
  optOutUrl: address,
  csp: mapOf(
    'directives ("img-src")',
    /^((script|img|connect|frame|style|font|media|worker)-src|form-action)$/,
    // What ends a source or a directive would let something else begin.
    listOf(
      'a list of sources',
      text('one source', (value) => /^[^\s;,]+$/.test(value)),
    ),
  ),
};

const cookie: Rules<CookieConfig> = {
  name: text('letters, digits, "-" and "_"', (value) => /^[\w-]+$/.test(value)),
  domain: text('host | widest or a domain', (value) => /^(host|widest)$/.test(value) || DOMAIN.test(value)),
  days: rule('a number from 1 to 400', (value) => typeof value === 'number' && value >= 1 && value <= 400),
};

const ui: Rules<UiConfig> = {
  layout: oneOf('bar', 'box'),
  language: text('auto or a language tag ("en", "ja")', (value) => value === 'auto' || LANGUAGE.test(value)),
  theme: oneOf('auto', 'light', 'dark'),
  prompt: oneOf('auto', 'always', 'never'),
};

const config: Rules<ConsentConfig> = {
  controller: fields(controller),
  links: fields(links),
  policy: fields(policy),
  regime: shape('opt-in | opt-out | notice, or an object with one for each region', {
    text: regime,
    object: mapOf('default or region codes ("JP", "US-CA")', RegExp(`^default$|${REGION.source}`), regime),
  }),
  region: place,
  ageBand: oneOf<AgeBand>('u13', '13-15', '16+'),
  sale: yesOrNo,
  categories: listOf(
    'a list of categories',
    shape('an id or an object', {text: id, object: fields(category, ['id'])}),
  ),
  vendors: listOf(
    'a list of vendors',
    // Whether there is a vendor of that name is for find-contradictions.ts to say.
    shape('an id or an object', {text: () => [], object: fields(vendor, ['id'])}),
  ),
  consentMode: fields<ConsentModeConfig>({
    basic: yesOrNo,
    advanced: shape('true, or a list of regions', {
      boolean: oneOfValues('true, or a list of regions', true),
      list: listOf('a list', place),
    }),
    adsDataRedaction: yesOrNo,
    urlPassthrough: yesOrNo,
    waitForUpdate: rule(
      'milliseconds, a number above 0',
      (value) => Number(value) > 0 && typeof value === 'number',
    ),
  }),
  base: text(
    'the address of a folder, with "/" at its end',
    (value) => isAddress(value) && /^[^?#]*\/$/.test(value),
  ),
  attribution: shape('true | false, or a list of parameters', {
    boolean: yesOrNo,
    list: listOf(
      'a list of parameters',
      text('the name of a parameter ("partner", "aff_*")', (value) =>
        /^[^\s&=?#]*[^\s&=?#*][^\s&=?#]*$/.test(value),
      ),
    ),
  }),
  signals: fields<SignalsConfig>({dnt: yesOrNo}),
  markup: fields<MarkupConfig>({
    src: listOf('a list of addresses', address),
    sha256: listOf(
      'a list of hashes',
      text('a SHA-256 in base64, as in a Content Security Policy', (value) =>
        /^(sha256-)?[A-Za-z0-9+/]{43}=$/.test(value),
      ),
    ),
  }),
  cookie: fields(cookie),
  recordEndpoint: address,
  ui: fields(ui),
  disclosure: fields<DisclosureConfig>({profile: oneOf('jp')}),
  debug: yesOrNo,
};

export const configRules: Rule = fields(config);

function oneOfValues(expected: string, ...values: readonly unknown[]): Rule {
  return rule(expected, (value) => values.includes(value));
}
