/**
 * What a page may write short: a provider and the id of what it shows. In: the attributes of an embed. Out: the frame's
 * address, which is `https:` or nothing, and what is known of it without asking anyone. Pure; fetches nothing.
 */

/** A provider that is known by name. */
interface Provider {
  /** The product, as visitors call it. */
  readonly name: string;
  readonly recipient: string;
  readonly country: string;
  readonly privacyUrl: string;
  /** As in the catalogue: counts where the page declares no vendor of that name. */
  readonly category: string;
  /** Path of the sign that a placeholder shows, in a square of 24. */
  readonly sign: string;
  /** Attribute that holds the id. */
  readonly attribute: string;
  /** What an id looks like. Nothing else gets into an address. */
  readonly id: RegExp;
  readonly src: (id: string) => string;
  /** The provider's own page about it. */
  readonly page: (id: string) => string;
  /** Finds the id in the address of a frame. */
  readonly found: RegExp;
}

/** What stands in the place of an embed, and what the frame is to show. */
export interface Embed {
  readonly vendor: string;
  /** The frame's address, absent where it must not be loaded. */
  readonly src?: string | undefined;
  /** The same for reading, on a page of the provider's own. */
  readonly page?: string | undefined;
  /** Host of the address: names what nobody has named. */
  readonly host: string;
  readonly provider?: Provider | undefined;
  /** What the author has to change. */
  readonly mistake?: string | undefined;
}

const PLAY = 'M3 5h18v14H3zM10 9v6l5-3z';
const google = {
  recipient: 'Google LLC',
  country: 'US',
  privacyUrl: 'https://policies.google.com/privacy',
} as const;

/** By id of the vendor. */
export const providers: Readonly<Record<string, Provider>> = {
  youtube: {
    ...google,
    name: 'YouTube',
    category: 'advertising',
    sign: PLAY,
    attribute: 'video',
    id: /^[\w-]{11}$/,
    src: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
    found: /^https:\/\/www\.youtube(?:-nocookie)?\.com\/embed\/(?!videoseries)([\w-]{11})\b/,
  },
  vimeo: {
    name: 'Vimeo',
    recipient: 'Vimeo.com, Inc.',
    country: 'US',
    privacyUrl: 'https://vimeo.com/privacy',
    category: 'functional',
    sign: PLAY,
    attribute: 'video',
    // What is not listed has a second part, which is a key to it.
    id: /^\d{6,12}(\/[0-9a-f]{8,12})?$/,
    // Without its own statistics. https://help.vimeo.com/hc/en-us/articles/26080940921361
    src: (id) =>
      `https://player.vimeo.com/video/${id.replace('/', '?h=')}${id.includes('/') ? '&' : '?'}dnt=1`,
    page: (id) => `https://vimeo.com/${id}`,
    found: /^https:\/\/player\.vimeo\.com\/video\/(\d{6,12})\b(?!.*[?&]h=)/,
  },
  'google-maps': {
    ...google,
    name: 'Google Maps',
    category: 'functional',
    sign: 'M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 7.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5z',
    attribute: 'query',
    id: /\S/,
    src: (query) => `https://www.google.com/maps?q=${encodeURIComponent(query)}&output=embed`,
    // https://developers.google.com/maps/documentation/urls/get-started
    page: (query) => `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(query)}`,
    found: /^https:\/\/www\.google\.com\/maps\/embed\/v1\/place\?.*\bq=([^&]+)/,
  },
  'x-embed': {
    name: 'X',
    recipient: 'X Corp.',
    country: 'US',
    privacyUrl: 'https://x.com/privacy',
    category: 'advertising',
    sign: 'M4 4h16v12h-9l-5 4v-4H4zM8 8.500h8M8 12h5',
    attribute: 'post',
    id: /^\d{10,20}$/,
    // The frame that widgets.js would make, without the script. `dnt`: not for personalization.
    // https://developer.x.com/en/docs/x-for-websites/privacy
    src: (id) => `https://platform.twitter.com/embed/Tweet.html?id=${id}&dnt=true`,
    page: (id) => `https://x.com/i/status/${id}`,
    found: /^https:\/\/platform\.twitter\.com\/embed\/Tweet\.html\?(?:.*&)?id=(\d{10,20})\b/,
  },
  zoom: {
    name: 'Zoom',
    recipient: 'Zoom Communications, Inc.',
    country: 'US',
    privacyUrl: 'https://www.zoom.com/en/trust/privacy/privacy-statement/',
    category: 'functional',
    sign: 'M3 7h12v10H3zM15 11l6-3v8l-6-3z',
    attribute: 'meeting',
    id: /^\d{9,11}$/,
    src: (id) => `https://app.zoom.us/wc/join/${id}`,
    page: (id) => `https://zoom.us/j/${id}`,
    found: /^https:\/\/[\w.-]+\.zoom\.us\/wc\/join\/(\d{9,11})\b/,
  },
};

/** Every attribute that may hold an id. */
export const idAttributes = [...new Set(Object.values(providers).map(({attribute}) => attribute))];

/** @param attributeOf reads an attribute of the element, `null` where there is none */
export function resolveEmbed(attributeOf: (name: string) => string | null, base: string): Embed {
  const vendor = attributeOf('vendor') ?? '';
  const provider = Object.hasOwn(providers, vendor) ? providers[vendor] : undefined;
  const written = attributeOf('src')?.trim() || null;
  const id = provider && attributeOf(provider.attribute)?.trim();
  const page = attributeOf('href');
  const place = `<consent-embed vendor="${vendor}">`;
  const refuse = (mistake: string): Embed => ({
    vendor,
    provider,
    host: '',
    page: page && isSecure(page, base) ? page : undefined,
    mistake: `${place}: ${mistake}`,
  });

  if (provider && id !== undefined && id !== null && written === null && !provider.id.test(id))
    return refuse(`${provider.attribute}: expected ${provider.id.source}, got "${id}"`);
  const address = written ?? (provider && id ? provider.src(id) : undefined);
  if (address === undefined)
    return refuse(`expected src${provider ? ` or ${provider.attribute}` : ''}, got neither`);
  if (!isSecure(address, base)) return refuse(`src: expected an https: address, got "${address}"`);

  const {href, host} = new URL(address, base);
  const known = written === null ? id : provider?.found.exec(href)?.[1];
  const own = page && isSecure(page, base) ? page : undefined;
  return {
    vendor,
    provider,
    src: href,
    host,
    page: own ?? (known && provider ? provider.page(decode(known)) : undefined),
  };
}

/** `https:`, or this very machine, where a site is made. Never `javascript:` or `data:`, which would run as they are. */
function isSecure(address: string, base: string): boolean {
  try {
    const {protocol, hostname} = new URL(address, base);
    return (
      protocol === 'https:' || (protocol === 'http:' && /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(hostname))
    );
  } catch {
    // No address at all.
    return false;
  }
}

/** What a query holds, as it was meant. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not encoded: a per cent sign of its own.
    return text;
  }
}
