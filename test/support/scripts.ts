/** Scripts of the tests' own, each of which says its name as it runs: which ran, and in which order, can be asked. */
import {expect, type Site, type Tab} from './site.js';

/** The vendors' origin, as `site.serve` expects it in pages. */
export const VENDOR = 'http://localhost:8001';

/** A script that says `name`. */
export const say = (name: string) => `(window.ran ??= []).push('${name}')`;

/** What ran, in order. */
export const ran = ({page}: Tab) => page.evaluate(() => (window as unknown as {ran?: string[]}).ran ?? []);

export const expectRan = async (tab: Tab, names: readonly string[]) => {
  await expect.poll(() => ran(tab)).toEqual(names);
};

/** A marked-up inline script. */
export const inline = (name: string, attributes = 'data-consent="analytics"') =>
  `<script type="text/plain" ${attributes}>${say(name)}</script>`;

/** A marked-up external script. */
export const external = (name: string, attributes = 'data-consent="analytics"') =>
  `<script type="text/plain" ${attributes} src="${VENDOR}/tags/${name}.js"></script>`;

/** A vendor of the site's own, with a tag that says its id. */
export const vendorOf = (id: string, category = 'analytics') => ({
  id,
  category,
  src: `${VENDOR}/tags/${id}.js`,
});

/** `/tags/<name>.js` says its name; `slow-…` after 400 ms, `failed-…` not at all, `hanging-…` never answers. */
export async function serveTags({context}: Pick<Site, 'context'>): Promise<void> {
  await context.route(/\/tags\/[\w-]+\.js$/, async (route) => {
    const [, name = ''] = /tags\/([\w-]+)\.js/.exec(route.request().url()) ?? [];
    if (name.startsWith('hanging')) return;
    if (name.startsWith('failed')) return route.abort();
    if (name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 400));
    // The page may have been closed meanwhile, and nobody waits for the answer.
    await route
      .fulfill({
        contentType: 'text/javascript',
        headers: {'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin'},
        body: `${say(name)};`,
      })
      .catch(() => {});
  });
}
