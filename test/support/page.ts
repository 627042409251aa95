/** Small pages of the tests' own, as a site owner would write them. */

interface PageParts {
  /** Becomes the inline configuration; a text is put there as it is; absent: there is none. */
  readonly config?: object | string;
  /** In the head, before the loader. */
  readonly head?: string;
  /** The loader's tag. */
  readonly loader?: string;
  readonly body?: string;
  readonly lang?: string;
  /** Of the configuration, where the page's policy has one. */
  readonly nonce?: string;
}

export const LOADER = '<script src="/dist/cdn/consent-gate.js" async></script>';

/** Blocks the parser, as the snippet of many tag managers does. */
export const BLOCKING_LOADER = '<script src="/dist/cdn/consent-gate.js"></script>';

/** @returns the text of a page whose vendors live at `http://localhost:8001`, as `site.serve` expects it */
export function pageOf({
  config,
  head = '',
  loader = LOADER,
  body = '',
  lang = 'en',
  nonce,
}: PageParts): string {
  const json = typeof config === 'object' ? JSON.stringify(config) : config;
  return `<!doctype html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <title>A page of the tests</title>
  <link rel="icon" href="data:,">
  ${json === undefined ? '' : `<script type="application/json" data-consent-config${nonce ? ` nonce="${nonce}"` : ''}>${json}</script>`}
  ${head}
  ${loader}
</head>
<body>
  <h1>A page of the tests</h1>
  <p><a href="#consent">Cookie settings</a></p>
  ${body}
</body>
</html>`;
}

/** The demo's vendors at the vendors' origin. */
export const VENDORS = {
  analytics: {
    id: 'google-analytics',
    tagId: 'G-DEMO123456',
    src: 'http://localhost:8001/gtag/js?id=G-DEMO123456',
  },
  ads: {id: 'google-ads', tagId: 'AW-123456789', src: 'http://localhost:8001/gtag/js?id=AW-123456789'},
  yahoo: {
    id: 'yahoo-japan-ads',
    tagId: '1234567890',
    src: 'http://localhost:8001/images/listing/tool/cv/ytag.js',
  },
  meta: {id: 'meta-pixel', tagId: '123456789012345', src: 'http://localhost:8001/en_US/fbevents.js'},
};
