/** Marked-up tags of the tests' own, the vendors' server that answers for them, and what a page can say of them. */
import {pageOf} from './page.js';
import {expect, type Site, type Tab} from './site.js';

/** As `site.serve` and `pageOf` spell it. */
export const VENDOR = 'http://localhost:8001';

/** In every tag of these pages: notes that it has run. */
export const say = (name: string) => `(window.ran ??= []).push('${name}');`;

/** A marked-up inline script. @param code what it does, default: says its name */
export const inline = (name: string, attributes = 'data-consent="analytics"', code = say(name)) =>
  `<script type="text/plain" ${attributes}>${code}</script>`;

/** A marked-up script at the vendors'. `serveTags` answers. */
export const external = (name: string, attributes = 'data-consent="analytics"') =>
  `<script type="text/plain" ${attributes} src="${VENDOR}/tags/${name}.js"></script>`;

export const of = (vendor: string, category = 'analytics') =>
  `data-consent="${category}" data-vendor="${vendor}"`;

/** A vendor of the site's own, with a tag that says its id. */
export const vendorOf = (id: string, category = 'analytics') => ({
  id,
  category,
  src: `${VENDOR}/tags/${id}.js`,
});

/**
 * Answers for `/tags/<name>.js`: by `bodies[name]`, else by a script that says its name. `slow-…` comes after 400 ms,
 * `missing-…` is a 404, `failed-…` cannot be reached, `hanging-…` never answers.
 */
export async function serveTags(
  {context}: Pick<Site, 'context'>,
  bodies: Readonly<Record<string, string>> = {},
): Promise<void> {
  await context.route(/\/tags\/[\w-]+\.js$/, async (route) => {
    const [, name = ''] = /tags\/([\w-]+)\.js/.exec(route.request().url()) ?? [];
    if (name.startsWith('hanging')) return;
    if (name.startsWith('failed')) return route.abort();
    if (name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 400));
    // The page may have been closed meanwhile, and nobody waits for the answer.
    await route
      .fulfill({
        status: name.startsWith('missing') ? 404 : 200,
        contentType: 'text/javascript',
        headers: {'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin'},
        body: bodies[name] ?? say(name),
      })
      .catch(() => {});
  });
}

/** Opens a page of the test's own with that configuration and markup. */
export async function visitPage(site: Site, parts: Parameters<typeof pageOf>[0]): Promise<Tab> {
  await site.serve('/page.html', pageOf(parts));
  return site.visit('/page.html');
}

/** The tags that have run, in order. */
export const ran = ({page}: Tab): Promise<string[]> =>
  page.evaluate(() => (window as unknown as {ran?: string[]}).ran ?? []);

export const expectRan = async (tab: Tab, names: readonly string[]) => {
  await expect.poll(() => ran(tab)).toEqual(names);
};

/** Notes every event of ours, on every page, from the start. */
export async function listen({context}: Site): Promise<void> {
  await context.addInitScript(() => {
    const heard: object[] = [];
    Object.assign(window, {heard});
    for (const type of ['change', 'vendor-load', 'vendor-error', 'sweep']) {
      document.addEventListener(`consent-${type}`, (event) => {
        const {isTrusted: _, ...fields} = event as Event & Record<string, unknown>;
        heard.push({...fields, type: event.type});
      });
    }
  });
}

/** @returns the fields of every event of that type, in order */
export const heard = ({page}: Tab, type: string): Promise<Record<string, unknown>[]> =>
  page.evaluate(
    (type) =>
      (window as unknown as {heard: Record<string, unknown>[]}).heard.filter(
        (event) => event['type'] === type,
      ),
    type,
  );
