/**
 * The manual of the configuration: every field, its shape, unit and default. `normalize-config.ts` turns what a site
 * wrote (`ConsentConfig`, never trusted) into `Settings`, which every later stage reads and none may change.
 */

/** A text in one or more languages, keyed by BCP 47 tag (`{"ja": "…", "en": "…"}`), or one text for all of them. */
export type LocalizedText = string | Readonly<Record<string, string>>;

/** What the undecided have: `opt-in` nothing; `opt-out` and `notice` everything that no signal forbids. */
export type Regime = 'opt-in' | 'opt-out' | 'notice';

/** The visitor's age, as the site knows it. `u13`: nothing optional, no prompt. `13-15`: opt-in everywhere. */
export type AgeBand = 'u13' | '13-15' | '16+';

/** Who is responsible for the site. Shown with the prompt and written into the full record. */
export interface ControllerConfig {
  /** Legal name, as in the privacy policy. */
  readonly name?: LocalizedText;
  /** `mailto:`, `tel:` or page address for questions and requests. */
  readonly contact?: string;
  readonly address?: LocalizedText;
  /** Data protection officer: a name or an address. */
  readonly dpo?: string;
}

/** Addresses of the site's own documents. */
export interface LinksConfig {
  readonly privacyPolicy?: string;
  readonly cookiePolicy?: string;
  readonly complaints?: string;
}

/** One published version of the policy. */
export interface RevisionConfig {
  /** The version this revision made current. */
  readonly version: string;
  /**
   * Whether earlier choices still stand. `true`: every visitor is asked again and has, until then, what the undecided
   * have. A list names the categories and vendors concerned (a vendor that is new, say); all others keep their choice.
   * Default `false`.
   */
  readonly material?: boolean | readonly string[];
  /** What changed, in a sentence. Shown when the visitor is asked again. */
  readonly summary?: LocalizedText;
  readonly url?: string;
  /** Address of a comparison with the version before. */
  readonly diff?: string;
}

/** The policy that a choice refers to. */
export interface PolicyConfig {
  /**
   * Version of the policy; each record keeps the one it was made under. Versions are compared as text with numbers
   * (`"2" < "10"`, `"2026-04-01" < "2026-11-01"`). Characters other than letters, digits and `-` become `-`. Default `"0"`.
   */
  readonly version?: string;
  /** Date from which the policy holds, `YYYY-MM-DD`. */
  readonly effective?: string;
  /** Language of the version that prevails, where translations differ. */
  readonly prevailingLanguage?: string;
  readonly revisions?: readonly RevisionConfig[];
}

/** A purpose under which vendors are grouped and which a visitor grants or refuses as one. */
export interface CategoryConfig {
  /** `essential`, `functional`, `analytics`, `advertising`, or the site's own: letters, digits and `-`. */
  readonly id: string;
  /** Always granted, cannot be refused: what the service cannot be given without. Default `false`. */
  readonly required?: boolean;
  /** Asked for first in every regime (sensitive data, matching with known persons). Default `false`. */
  readonly optIn?: boolean;
  /** Sells or shares data, so Global Privacy Control denies it. Default: `true` for `advertising`, else `false`. */
  readonly sale?: boolean;
  /** Name and explanation of a category of the site's own; the four known ones have texts in every locale. */
  readonly name?: LocalizedText;
  readonly description?: LocalizedText;
}

/** One recipient's product. A known `id` brings its tag and texts along; every other vendor is described here. */
export interface VendorConfig {
  /** Catalogue id (`google-analytics`, `meta-pixel`, …) or the site's own: letters, digits and `-`. */
  readonly id: string;
  /**
   * Several with white space between them, `"analytics advertising"`: it needs all of them, and is listed under the first.
   * Default: the catalogue's. Required for a vendor of the site's own.
   */
  readonly category?: string;
  /** The account, pixel or measurement id, in the vendor's own form. */
  readonly tagId?: string;
  /** Address of the script: self-hosted, proxied, or the vendor's own. `https:` or `http:`. Default: the catalogue's. */
  readonly src?: string;
  /** Id of a vendor whose tag has to be loaded before this one is. */
  readonly after?: string;
  /**
   * Paths on which its scripts may run: `["/shop/*", "!/shop/checkout/*"]`. `*` stands for any characters, `!` leaves out;
   * the last that fits decides. In a single-page application they run from the first such path on. Default: all.
   */
  readonly pages?: readonly string[];
  /** Attributes of the script element: `integrity`, `crossorigin`, `referrerpolicy`, `type`, `data-*`, … */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Names of cookies removed on withdrawal; `*` stands for any characters (`_ga_*`). Added to the catalogue's. */
  readonly cookies?: readonly string[];
  /** Names of `localStorage` and `sessionStorage` items, databases and caches removed on withdrawal; `*` as above. */
  readonly storage?: readonly string[];
  /**
   * Whether a withdrawal reloads the page once its tag has run: a script cannot be unloaded. `false` where the page
   * itself stops the tag on `consent-change`. Default `true`.
   */
  readonly reload?: boolean;
  /**
   * Whether its tag does its work on `DOMContentLoaded` or `load`, which are over where consent comes later: the listeners
   * that its script adds (and no others) are then called, once each. Default `false`.
   */
  readonly lateEvents?: boolean;
  /**
   * Meta Pixel only: Limited Data Use, for visitors whose state's law asks for it. Default `false`.
   * https://developers.facebook.com/docs/marketing-apis/data-processing-options
   */
  readonly limitedDataUse?: boolean;

  readonly name?: LocalizedText;
  /** Who receives the data: the legal name. */
  readonly recipient?: LocalizedText;
  /** Where the recipient is: ISO 3166-1 code. */
  readonly country?: string;
  /** What is sent: an item an entry, or one text in several languages. */
  readonly transmits?: readonly LocalizedText[] | LocalizedText;
  readonly purpose?: LocalizedText;
  readonly retention?: LocalizedText;
  readonly privacyUrl?: string;
  /** The recipient's own opt-out page. */
  readonly optOutUrl?: string;

  /**
   * What a Content Security Policy has to allow for it beside the origin of its `src`, by directive: `{"connect-src":
   * ["https://in.heat.example"]}`. For `consent-gate csp`; the browser does not read it. Added to the catalogue's.
   */
  readonly csp?: Readonly<Partial<Record<CspDirective, readonly string[]>>>;
}

/** How the choice is kept. */
export interface CookieConfig {
  /** Name of the cookie and of its copy in `localStorage`. Default `"consent"`. */
  readonly name?: string;
  /** `"host"` this host alone (default); `"widest"` the widest parent domain that accepts it; or a domain. */
  readonly domain?: string;
  /** Days until the visitor is asked again, 1 to 400. Default 182. */
  readonly days?: number;
}

/** How the visitor is asked. */
export interface UiConfig {
  /** First layer: `"bar"` across the foot of the window (default) or `"box"` in its corner. */
  readonly layout?: 'bar' | 'box';
  /** `"auto"` (default): the page's language, then the visitor's; or a BCP 47 tag. */
  readonly language?: string;
  /** Default `"auto"`: as the visitor's system. */
  readonly theme?: 'auto' | 'light' | 'dark';
  /** When to ask unasked: `"auto"` (default) as the regime says, `"always"` while undecided, `"never"`. */
  readonly prompt?: 'auto' | 'always' | 'never';
}

/** Which rules the list of recipients has to meet. */
export interface DisclosureConfig {
  /**
   * `"jp"`: Japan's rule on external transmission (Telecommunications Business Act, art. 27-12): recipient, what is sent and
   * purpose of every vendor. One that lacks an item is a mistake: it is closed, and `consent-gate lint` says so. Default: none.
   */
  readonly profile?: 'jp';
}

/** Which signals of the browser count beside Global Privacy Control, which always does. */
export interface SignalsConfig {
  /** Whether Do Not Track denies what Global Privacy Control denies. Default `false`. */
  readonly dnt?: boolean;
}

/** The marked-up scripts that may run where no nonce vouches for them. */
export interface MarkupConfig {
  /** Addresses of scripts, as they are written in the page or in full. */
  readonly src?: readonly string[];
  /** Hashes of inline scripts in base64, as a Content Security Policy has them, with or without `sha256-`. */
  readonly sha256?: readonly string[];
}

/** One regime for each region: ISO 3166-1 or -2 code → regime, with `default` for those not named. */
export type RegimeByRegion = Readonly<Record<string, Regime>>;

/** Google Consent Mode v2. */
export interface ConsentModeConfig {
  /** `true` (default): Google's tags are loaded only once granted, and told what is. `false`: the fields below count. */
  readonly basic?: boolean;
  /**
   * Where Google's tags are loaded before a choice, and refused ones stay: cookieless, but every page view is sent to
   * Google. The regions, or `true` for everywhere. Where the regime is `opt-in`, ask a lawyer first. Default: nowhere.
   */
  readonly advanced?: true | readonly string[];
  /** `ads_data_redaction`: while advertising is denied, Google removes ad click ids from what it gets. Default `false`. */
  readonly adsDataRedaction?: boolean;
  /** `url_passthrough`: while cookies are denied, Google hands ad click ids on in the addresses of links. Default `false`. */
  readonly urlPassthrough?: boolean;
  /**
   * `wait_for_update`: milliseconds for which Google's tags wait for an answer that comes late, because the page only then
   * calls `setRegion()` or `setAgeBand()`. A stored choice is never late. Default: none.
   */
  readonly waitForUpdate?: number;
}

/** What a site writes: as inline JSON, in a file, or as the argument of `start()`. All fields may be left out. */
export interface ConsentConfig {
  readonly controller?: ControllerConfig;
  readonly links?: LinksConfig;
  readonly policy?: PolicyConfig;
  /**
   * One regime for all, or by region: ISO 3166-1 or -2 code → regime, with `default` for the regions not named. An
   * unknown region is always `opt-in`. Default `"opt-in"`.
   */
  readonly regime?: Regime | RegimeByRegion;
  /** Where the visitor is, `"JP"` or `"US-CA"`: given by the site or its edge, never looked up. Default: unknown. */
  readonly region?: string;
  readonly ageBand?: AgeBand;
  /** Whether the site sells or shares personal data in the sense of US state laws. Default `false`. */
  readonly sale?: boolean;
  /** Default: essential (required), functional, analytics, advertising. */
  readonly categories?: readonly (string | CategoryConfig)[];
  /** Default: none; marked-up tags are gated all the same. */
  readonly vendors?: readonly (string | VendorConfig)[];
  readonly consentMode?: ConsentModeConfig;
  readonly cookie?: CookieConfig;
  /** Address to which every decision is posted as JSON. Gives each record a random id. Default: none. */
  readonly recordEndpoint?: string;
  readonly ui?: UiConfig;
  /**
   * Folder of the other files, with `/` at its end, where the loader does not lie beside them: `"/consent/"`. For the script
   * tag, where `data-base` says the same and comes first. Default: the folder of the loader.
   */
  readonly base?: string;
  /**
   * Whether the click ids and campaign names of the landing address (`gclid`, `yclid`, `utm_source`, …) are handed on to tags that
   * are granted later, on another route of a single-page application. They are kept in memory, never stored. A list adds
   * parameters to those of the catalogue's vendors: `["partner", "aff_*"]`; `*` stands for any characters, but not alone.
   * Default `true`.
   */
  readonly attribution?: boolean | readonly string[];
  readonly signals?: SignalsConfig;
  /**
   * Where the loader has no nonce, the marked-up scripts that it lets in: no others, since a comment may hold one. For a loader
   * that is inlined, default: none; for any other, default: all.
   */
  readonly markup?: MarkupConfig;
  readonly disclosure?: DisclosureConfig;
  /** Whether `?consent-debug` in the address shows why every tag is there or not. Default `false`. */
  readonly debug?: boolean;
}

/** What a visitor is told about a recipient. */
export type VendorDisclosure = Pick<
  VendorConfig,
  'name' | 'recipient' | 'country' | 'transmits' | 'purpose' | 'retention' | 'privacyUrl' | 'optOutUrl'
> & {
  /**
   * Names of its cookies, and how long each lives (`"13 months"`, `"session"`; `""` where nobody knows). Made by
   * `disclosure/with-cookies.ts` of the vendor's definition and facts: no vendor's file has it.
   */
  readonly cookieLifetimes?: Readonly<Record<string, string>>;
};

/**
 * What is known of a vendor of the catalogue beside its tag and its texts: for the Content-Security-Policy, for checks and
 * for `docs/vendors.md`. No page downloads it.
 */
export interface VendorFacts {
  /** Example of a `tagId` for messages, `AW-123456789`; several are joined by `" or "`. Absent where none is taken. */
  readonly tagIdForm?: string;
  /**
   * Parameters of the landing address in which it reads which advertisement, link or campaign brought the visitor; `*` stands for any
   * characters (`mtm_*`). Those of all vendors go into `signals/known-parameters.ts`.
   */
  readonly parameters?: readonly string[];
  /** What the page's policy has to allow once the vendor is granted, by directive; `*.` hosts as in CSP. */
  readonly csp?: Readonly<Partial<Record<CspDirective, readonly string[]>>>;
  /** Domains on which it sets cookies that only its own pages can remove. */
  readonly thirdPartyCookies?: readonly string[];
  /** Sells or shares data in the sense of US state laws, or advertises across sites. */
  readonly sells?: boolean;
  /** How well this is known. `low` ships as unverified, and every place that shows the vendor's facts says so. */
  readonly confidence: 'high' | 'medium' | 'low';
  /** What is not known well enough, by field (`"optOutUrl"`), where `confidence` is better than that. */
  readonly unverified?: readonly string[];
  /** Where it is from, in a few words each: `"vendor documentation"`, `"open-cookie-database"`. */
  readonly sources: readonly string[];
  /** Date of the last check, `YYYY-MM-DD`. */
  readonly checked: string;
  /** The opt-out address of older privacy policies, and what has become of it. */
  readonly formerOptOut?: {
    readonly url: string;
    /** `http-only`: the address is the same over `https:`; `renamed`: `optOutUrl` is the present one. */
    readonly status: 'current' | 'http-only' | 'renamed' | 'closed';
    readonly checked: string;
  };
  /** How long its cookies live, for the disclosure and `docs/vendors.md`: name → words (`"2 years"`). */
  readonly cookieLifetimes?: Readonly<Record<string, string>>;
  /**
   * Calls with a function that the page waits for, as a page writes them → what the function is given while the vendor is
   * denied, in words (`"nothing"`). Beside `answers`, which does it.
   */
  readonly callbacks?: Readonly<Record<string, string>>;
}

export type CspDirective =
  | 'script-src'
  | 'img-src'
  | 'connect-src'
  | 'frame-src'
  | 'style-src'
  | 'font-src'
  | 'media-src'
  | 'worker-src'
  | 'form-action';

/** A vendor as every stage after the configuration sees it. */
export interface Vendor extends VendorConfig {
  /** The first one. */
  readonly category: string;
  /** All of them, that one included: where one is denied, so is the vendor. */
  readonly needs: readonly string[];
  /** The script to insert; absent where there is none: disclosure only, author markup, or a mistake. */
  readonly url: string | undefined;
  /**
   * How its tag starts and stops; absent for a vendor of the site's own. A stand-in gives way to the vendor's own
   * definition once that has come.
   */
  readonly definition: VendorDefinition | undefined;
  /** There is a mistake in its configuration: it stays denied whatever anyone chooses. */
  readonly isBroken: boolean;
}

/**
 * The configuration with what the gate needs made sure of. The other fields are as the site wrote them: whoever reads one
 * takes what it does not know for the strictest. No stage writes to it.
 */
export interface Settings extends Omit<ConsentConfig, 'policy' | 'categories' | 'vendors' | 'cookie'> {
  readonly policy: PolicyConfig & {readonly version: string; readonly revisions: readonly RevisionConfig[]};
  readonly categories: readonly CategoryConfig[];
  readonly vendors: readonly Vendor[];
  readonly cookie: CookieConfig & {readonly name: string; readonly days: number};
}

/** Queue stubs and their calls live on `window` under the vendors' own names. */
export type VendorWindow = Window & Record<string, unknown>;

/**
 * What a vendor's tag writes on the site's own domain: names of cookies and of storage items; `*` stands for any characters.
 * The loader's own vendors have it beside their definition, where the loader does not carry it along.
 */
export interface VendorLeavings {
  readonly cookies?: readonly string[];
  readonly storage?: readonly string[];
}

/**
 * How the tag of a vendor of the catalogue starts, stops and is cleaned up after: `vendors/<id>.ts`, plain data and a
 * stub. All functions are called inside try/catch; none may touch the document.
 */
export interface VendorDefinition extends VendorLeavings {
  readonly id: string;
  /** Category unless the site says otherwise. */
  readonly category: string;
  /** Form of `tagId`; one that the empty text fits may be left out. Absent: the vendor takes none. */
  readonly tagId?: RegExp;
  /** Real address of the script. Absent: nothing to load (disclosure, switch and sweep only). */
  readonly src?: (tagId: string) => string;
  /** Vendors with the same `script` share one element (Google's tag serves Analytics and Ads). Default: the id. */
  readonly script?: string;
  /**
   * Puts the vendor's own call queue in place, in memory, so that page code may call it at any time. Its stub keeps the
   * first `MAX_CALLS` of `vendors/call-queue.ts` and forgets the rest.
   */
  readonly install?: (window: VendorWindow) => unknown;
  /**
   * For a vendor that comes in a file of its own: its stub, as the loader has to know it. Words with one space in between:
   * - where on `window` page code finds it: `_paq`, `googletag.cmd`;
   * - of a function: the list in which its calls stand, a field of its own (`q…`) or another name on `window`: `twq queue`,
   *   `_lt _ltq`. A list itself has none, or an empty word: `_paq`, `ttq  page track`;
   * - methods: a call of one stands in the list as `['track', 'Purchase']`.
   *
   * Absent: the vendor documents no stub.
   */
  readonly queue?: string;
  /** Attributes of the script element that the vendor needs (`crossorigin`, an id, `data-domain`). */
  readonly attributes?: (tagId: string) => Readonly<Record<string, string>>;
  /** It stands in for a definition that has not come yet (`vendors/stand-in.ts`). */
  readonly isStandIn?: boolean;
  /** It has come, and what is disclosed of it is in a file of its own too. */
  readonly isLate?: boolean;
  /** Forgets what the page has called and the vendor has not heard. */
  readonly drop?: (window: VendorWindow) => unknown;
  /** The calls that have to come before any of the page's, made once, just before the script is inserted. */
  readonly start?: (window: VendorWindow, tagId: string, url: string, vendor?: VendorConfig) => void;
  /** Once the script has loaded, before anything that waits for it. */
  readonly loaded?: (window: VendorWindow, tagId: string, url: string) => void;
  /** Granted again after `stop` in the same page. */
  readonly resume?: (window: VendorWindow, tagId: string) => void;
  /** The vendor's own stop call. A vendor whose tag goes on all the same also needs the reload. */
  readonly stop?: (window: VendorWindow, tagId: string) => void;
}

/** A function in a call of the page's: the page waits for the vendor to call it. */
export interface AwaitedFunction {
  /** Where it stands in the call: `[2, 'event_callback']`. */
  readonly path: readonly (string | number)[];
  /** What the vendor gives where it fails, or is opted out of. `tagId` is that of the vendor called. Default: nothing. */
  readonly values?: (tagId: string) => readonly unknown[];
  /** What stands for `this`. */
  readonly self?: object;
  /** Milliseconds after which the page goes on anyhow, as the call itself says. Default: 500. */
  readonly timeout?: unknown;
  /** Ids of tags or vendors that the call is for. Default: every vendor of that queue. */
  readonly to?: readonly string[];
  /** The vendor calls it again whenever it has news: an answer of ours does not stand in for those. */
  readonly isListener?: boolean;
}

/** A call as it stands in a queue: `arguments`, a list or an object. */
export type QueuedCall = Readonly<Record<string | number, unknown>>;

/**
 * Which functions in a vendor's queue wait for an answer: `answers` of `vendors/<id>.ts`, for `gate/answer-calls.ts`. Code
 * that only runs in the vendor's place (`googletag.cmd`, `ttq.ready`) waits for none, and is not named.
 */
export interface VendorAnswers {
  /** Where calls stand until the vendor's script has come: `"dataLayer"`, `"pintrk.queue"` on `window`. */
  readonly lists: readonly string[];
  /** The script takes such a list over by a `push` of its own. Default: what is in a list has been read once it runs. */
  readonly takesPush?: boolean;
  /** The address of the vendor's script, by which a tag without a declared vendor is known. */
  readonly script: RegExp;
  /** @returns the function that waits in this call, if there is one */
  readonly find: (call: QueuedCall) => AwaitedFunction | undefined;
}

/** The part of a definition that only a change needs. A vendor of the loader has it under this name, apart. */
export type VendorChanges = Pick<VendorDefinition, 'stop' | 'resume' | 'drop'> & {
  /** While it is granted: what holds after a change, by id of category and vendor. */
  readonly changed?: (window: VendorWindow, grants: Readonly<Record<string, string>>) => void;
};
