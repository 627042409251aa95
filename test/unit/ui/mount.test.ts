import {expect} from '@esm-bundle/chai';
import {locale as ja} from '../../../src/locales/ja.js';
import {makeRoom} from '../../../src/ui/make-room.js';
import {mountUi} from '../../../src/ui/mount.js';
import {createFakeHost} from './fake-host.js';
import {find, mount, tearDown, until} from './support.js';

describe('mountUi', () => {
  afterEach(tearDown);

  it('uses the elements that the author has put in the page', async () => {
    const main = document.body.appendChild(document.createElement('main'));
    const own = main.appendChild(document.createElement('consent-banner'));
    const {open} = mount();
    await open('banner');
    expect(document.querySelectorAll('consent-banner').length).to.equal(1);
    expect(own.hasAttribute('open')).to.equal(true);
    main.remove();
  });

  it('keeps nothing that stands in a shadow root of the HTML', async () => {
    const own = document.body.appendChild(document.createElement('div'));
    const template =
      '<template shadowrootmode="open"><style>* {display: none}</style><p>a comment</p></template>';
    (own as HTMLElement & {setHTMLUnsafe?(html: string): void}).setHTMLUnsafe?.(
      `<consent-banner>${template}</consent-banner>`,
    );
    const root = own.firstElementChild?.shadowRoot;
    // Engines differ in when they make an element of ours of it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (root) expect(root.textContent).not.to.include('a comment');
    own.remove();
  });

  it('does not take an inline element for the dialog', async () => {
    const inline = document.body.appendChild(document.createElement('consent-preferences'));
    inline.setAttribute('inline', '');
    const {preferences, open} = mount();
    await open('preferences');
    expect(preferences).to.not.equal(inline);
    expect(find(preferences, 'dialog').matches(':modal')).to.equal(true);
  });

  it('writes nothing by closing', async () => {
    const {host, open} = mount();
    await open('banner');
    await open('preferences');
    host.ui?.close();
    expect(host.requests).to.deep.equal([
      ['closed', 'banner'],
      ['closed', 'preferences'],
    ]);
  });

  it('puts an open banner back into a body that was swapped', async () => {
    const {banner, open} = mount();
    makeRoom(banner);
    await open('banner');
    const old = document.body;
    const next = document.createElement('body');
    old.replaceWith(next);
    await until(() => banner.isConnected);
    expect(next.firstElementChild).to.equal(banner);
    expect(banner.matches(':popover-open')).to.equal(true);
    await until(() => next.style.paddingBottom !== '');
    banner.close();
    next.replaceWith(old);
  });

  it('opens a dialog again that was taken away with its page, with what was switched', async () => {
    const {preferences, open} = mount();
    await open('preferences');
    find<HTMLInputElement>(preferences, 'input[data-category="analytics"]').click();
    preferences.remove();
    await until(() => preferences.isConnected && find(preferences, 'dialog').matches(':modal'));
    expect(find<HTMLInputElement>(preferences, 'input[data-category="analytics"]').checked).to.equal(true);
  });

  it('survives being moved', async () => {
    const {banner, open} = mount();
    await open('banner');
    document.body.append(banner);
    await until(() => banner.matches(':popover-open'));
    expect(document.body.lastElementChild).to.equal(banner);
  });

  it('leaves alone what is removed while closed', async () => {
    const {banner} = mount();
    banner.remove();
    await Promise.resolve();
    expect(banner.isConnected).to.equal(false);
  });

  it('gives in to a page that keeps removing it', async () => {
    const {banner, open} = mount();
    await open('banner');
    let removals = 0;
    const observer = new MutationObserver(() => {
      if (banner.isConnected) {
        removals++;
        banner.remove();
      }
    });
    observer.observe(document.body, {childList: true});
    banner.remove();
    await until(() => removals >= 50);
    observer.disconnect();
    await Promise.resolve();
    expect(banner.isConnected).to.equal(false);
  });

  it('speaks the language of its host', async () => {
    const host = createFakeHost({locale: ja});
    mountUi(host).open('banner', {});
    const banner = document.querySelector('consent-banner') as Element;
    await until(() => banner.shadowRoot?.querySelector('h2') != null);
    expect(find(banner, 'h2').innerText).to.equal(ja.bannerTitle);
  });
});
