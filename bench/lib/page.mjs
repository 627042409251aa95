/** What every product is asked to show and to gate: the same texts, categories and tags, in the same article. */

export const texts = {
  title: 'We value your privacy',
  description:
    'We use cookies to measure how this site is used and to show ads that fit your interests. You can accept all, reject all, or choose by category, and change your mind at any time.',
  accept: 'Accept all',
  reject: 'Reject all',
  customize: 'Customize',
  save: 'Save choices',
  settings: 'Privacy settings',
  policy: 'Privacy policy',
};

export const categories = [
  {
    id: 'necessary',
    title: 'Necessary',
    description: 'Needed for the site to work. Always on.',
    required: true,
  },
  {id: 'analytics', title: 'Analytics', description: 'Helps us to see how visitors use the site.'},
  {id: 'ads', title: 'Advertising', description: 'Used to show ads that fit your interests.'},
];

/**
 * @param count how many; the two optional categories take turns
 * @param origin of the third party
 * @param query what the server is to do with them, such as `busy=50`; `firstQuery` for the first one alone
 */
export function makeTags(count, origin, {query = '', firstQuery = query} = {}) {
  return Array.from({length: count}, (_, index) => {
    const id = `t${index + 1}`;
    const search = index ? query : firstQuery;
    return {
      id,
      category: index % 2 ? 'ads' : 'analytics',
      src: `${origin}/vendor/${id}.js${search && `?${search}`}`,
    };
  });
}

/** Marked-up tags of the `type="text/plain"` family. */
export const gated = (tags, attributesOf) =>
  tags.map((tag) => `<script type="text/plain" ${attributesOf(tag)}></script>`).join('\n');

/** Images of a page of ours that wait for a grant. */
export const markedImages = (count, origin) =>
  Array.from(
    {length: count},
    (_, index) =>
      `<img data-consent="analytics" data-src="${origin}/vendor/i${index}.js" alt="" width="1" height="1">`,
  ).join('\n');

/** JSON as it may stand in a script element. */
export const json = (value) => JSON.stringify(value).replace(/</g, '\\u003c');

const PARAGRAPH =
  'Rain fell on the harbour all night, and by morning the ferries ran late, the gulls sat in rows along the pier, and the market opened an hour after it should have. ';
const ARTICLE = Array.from(
  {length: 14},
  (_, index) => `<h2>Section ${index + 1}</h2><p>${PARAGRAPH.repeat(3)}</p>`,
).join('\n');

/**
 * @param parts `top` stands at the beginning of the body, `body` at its end
 * @param withdraw code for a button of the page's own, or nothing
 */
export const renderPage = ({head = '', top = '', body = ''}, withdraw) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Harbour news</title>
<link rel="icon" href="data:,"><style>body{font:16px/1.5 sans-serif;margin:1rem auto;max-width:60ch;padding:0 1rem}</style>
${head}</head><body>${top}${withdraw ? `<button id="withdraw" onclick='${withdraw}'>Withdraw</button>` : ''}<main><h1>Harbour news</h1>${ARTICLE}</main>
${body}</body></html>`;
