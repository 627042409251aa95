/** A vendor whose scripts may run on some pages only: on the others nothing of it leaves, whatever is granted. */

import {pageOf} from '../support/page.js';
import {expect, recordOf, test} from '../support/site.js';
import {inline, of, ran, serveTags, vendorOf, visitPage} from '../support/tags.js';

const all = recordOf();
const config = {
  vendors: [{...vendorOf('shop'), pages: ['/shop/*', '!/shop/checkout*']}, vendorOf('everywhere')],
};
const body = inline('marked', of('shop'));

for (const [path, tags] of [
  ['/shop/shoes.html', ['/tags/everywhere.js', '/tags/shop.js']],
  ['/shop/checkout.html', ['/tags/everywhere.js']],
  ['/about.html', ['/tags/everywhere.js']],
] as const) {
  test(`on ${path} a vendor of /shop/* but the checkout ${tags.length > 1 ? 'runs' : 'stays out'}`, async ({
    site,
  }) => {
    await serveTags(site);
    await site.remember(all);
    await site.serve(path, pageOf({config, body}));
    const tab = await site.visit(path);
    await tab.expectNoBanner();
    await site.expectTags(tags);
    expect(await ran(tab)).toEqual(
      expect.arrayContaining(tags.length > 1 ? ['shop', 'marked'] : ['everywhere']),
    );
    if (tags.length === 1) expect(await ran(tab)).not.toContain('marked');
  });
}

test('in a single-page application it runs from the first such route on', async ({site}) => {
  await serveTags(site);
  await site.remember(all);
  const tab = await visitPage(site, {config, body});
  await site.expectTags(['/tags/everywhere.js']);
  await tab.page.evaluate(() => history.pushState(null, '', '/shop/shoes.html'));
  await site.expectTags(['/tags/everywhere.js', '/tags/shop.js']);
});
