/**
 * What is on the wire when a page asks for the vendors' real addresses: the scripts are answered by the simulators of
 * demo/vendors/, everything else on https gets an empty answer, and nothing reaches the network.
 */
import {fileURLToPath} from 'node:url';

const SIMULATORS = [
  [/^https:\/\/www\.googletagmanager\.com\/gtag\/(js|destination)/, 'gtag.js'],
  [/^https:\/\/www\.googletagmanager\.com\/gtm\.js/, 'gtm.js'],
  [/^https:\/\/s\.yimg\.jp\/images\/listing\/tool\/cv\/ytag\.js/, 'ytag.js'],
  [/^https:\/\/connect\.facebook\.net\/\w+\/fbevents\.js/, 'fbevents.js'],
  [/^https:\/\/www\.youtube(-nocookie)?\.com\/embed\//, 'embed.html'],
  [/^https:\/\/player\.vimeo\.com\/video\//, 'embed.html'],
  [/^https:\/\/www\.google\.com\/maps/, 'map.html'],
  [/^https:\/\/platform\.twitter\.com\/embed\/Tweet\.html/, 'post.html'],
  [/^https:\/\/app\.zoom\.us\/wc\/join\//, 'meeting.html'],
];

/**
 * @param {import('playwright').BrowserContext} context
 * @returns {Promise<{method: string, host: string, path: string, query: Record<string, string>}[]>} every request to an
 *   https address, in order; grows while the page runs
 */
export async function routeRealVendors(context) {
  const requests = [];
  await context.route(/^https:/, (route) => {
    const request = route.request();
    const {host, pathname, searchParams} = new URL(request.url());
    requests.push({
      method: request.method(),
      host,
      path: pathname,
      query: Object.fromEntries(searchParams),
    });
    const file = SIMULATORS.find(([address]) => address.test(request.url()))?.[1];
    if (!file) return route.fulfill({status: 204, headers: {'access-control-allow-origin': '*'}});
    return route.fulfill({path: fileURLToPath(new URL(`../../demo/vendors/${file}`, import.meta.url))});
  });
  return requests;
}
