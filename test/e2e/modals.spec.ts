/** The page has a modal of a component library open: a choice can be made by pointer and by keyboard, and the modal stays. */
import {MODALS, type Modal, modalOf} from '../support/modals.js';
import {pageOf} from '../support/page.js';
import {expect, type Site, type Tab, test} from '../support/site.js';
import {serveTags, vendorOf} from '../support/tags.js';

const config = {policy: {version: '2026-11-01'}, vendors: [vendorOf('heat')]};
const MODAL = `<div id="modal" role="dialog" aria-modal="true" hidden><input id="first"><button id="last">Close</button></div>`;

/** @param own the author's own banner stands in the application */
async function visitModal(site: Site, name: Modal, when: 'before' | 'after', own = ''): Promise<Tab> {
  await serveTags(site);
  const show = `window.show = () => { const script = document.createElement('script'); script.src = '/modal.js'; document.head.append(script); }`;
  await site.context.route('**/modal.js', (route) =>
    route.fulfill({contentType: 'text/javascript', body: modalOf(name)}),
  );
  const body = `<div id="shell"><a href="/other">Of the page</a>${own}<div id="app"></div></div>${MODAL}<script>${show}</script>`;
  await site.serve(
    '/page.html',
    pageOf({config, body: when === 'before' ? `${body}<script>show()</script>` : body}),
  );
  const tab = await site.visit('/page.html');
  await tab.expectBanner();
  if (when === 'after') await tab.page.evaluate('show()');
  await expect(tab.page.locator('#last:visible')).toHaveCount(1);
  await expect(tab.page.locator('[role="dialog"]:is(:focus, :focus-within)')).toHaveCount(1);
  // What looks after the page has come.
  await expect.poll(() => site.wire.toSite()).toContain('/dist/cdn/around.js');
  return tab;
}

const stillOpen = async ({page}: Tab) => {
  await expect(page.locator('#last:visible')).toHaveCount(1);
  expect(await page.evaluate(() => (window as {closed?: boolean}).closed ?? false)).toBe(false);
};

const focused = ({page}: Tab) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return (element as HTMLElement | null)?.dataset['action'] ?? element?.id ?? '';
  });

for (const name of MODALS) {
  for (const when of ['before', 'after'] as const) {
    test(`${name}, opened ${when} the banner: a choice can be made with the pointer, and the modal stays`, async ({
      site,
    }) => {
      const tab = await visitModal(site, name, when);
      const out = tab.page
        .locator('consent-banner')
        .locator('xpath=ancestor-or-self::*[@inert or @aria-hidden="true"]');
      await expect(out).toHaveCount(0);
      await tab.acceptAll();
      await site.expectTags(['/tags/heat.js']);
      await stillOpen(tab);
      await tab.page.locator('#last:visible').click();
    });
  }

  test(`${name}: the keyboard gets to the banner and stays there, and a choice can be made`, async ({
    site,
  }) => {
    const tab = await visitModal(site, name, 'after');
    for (let presses = 0; (await focused(tab)) !== 'reject-all'; presses++) {
      expect(presses).toBeLessThan(20);
      await tab.page.keyboard.press('Tab');
    }
    await tab.page.keyboard.press('Tab');
    expect(await focused(tab)).toBe('accept-all');
    await tab.page.keyboard.press('Enter');
    await expect(tab.banner).toBeHidden();
    expect(await tab.granted()).toContain('heat');
    await stillOpen(tab);
  });

  test(`${name}: the preferences can be used above it`, async ({site}) => {
    const tab = await visitModal(site, name, 'after');
    await tab.choose({analytics: true});
    expect(await tab.granted()).toContain('analytics');
    await stillOpen(tab);
  });
}

test('a banner of the author’s inside of an application that is out of use is taken out of it, and put back', async ({
  site,
}) => {
  const tab = await visitModal(site, 'Headless UI', 'after', '<consent-banner></consent-banner>');
  await tab.rejectAll();
  await stillOpen(tab);
  await expect(tab.page.locator('#shell > consent-banner')).toHaveCount(1);
});

test('what came off is given back while the modal is still there', async ({site}) => {
  const tab = await visitModal(site, 'Radix', 'after');
  await tab.rejectAll();
  await expect(tab.page.locator('consent-banner[aria-hidden="true"]')).toHaveCount(1);
  await tab.page.locator('#last:visible').click();
  await expect(tab.page.locator('consent-banner[aria-hidden]')).toHaveCount(0);
});
