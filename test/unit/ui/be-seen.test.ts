import {expect} from '@esm-bundle/chai';
import {beSeen} from '../../../src/ui/be-seen.js';
import {mount, tearDown, until} from './support.js';

describe('beSeen', () => {
  afterEach(tearDown);

  /** @returns how often it has told so far */
  function setup(banner: HTMLElement) {
    let told = 0;
    beSeen(banner, () => told++);
    return () => told;
  }
  const frames = async (milliseconds: number) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  };

  it('tells once that the open banner is on the screen', async () => {
    const {banner, open} = mount();
    await open('banner');
    const told = setup(banner);
    await until(() => told() === 1);
    await frames(400);
    expect(told()).to.equal(1);
  });

  it('tells nothing of a banner that is closed', async () => {
    const {banner, open} = mount();
    await open('banner');
    banner.close();
    const told = setup(banner);
    await frames(400);
    expect(told()).to.equal(0);
  });

  it('tells of one that opens later', async () => {
    const {banner, open} = mount();
    const told = setup(banner);
    await frames(300);
    expect(told()).to.equal(0);
    await open('banner');
    await until(() => told() === 1);
  });

  it('does not take the word on what a link has denied for the question', async () => {
    const {banner, open} = mount({state: {decided: false}});
    await open('banner', {denied: 'meta-pixel'});
    const told = setup(banner);
    await frames(400);
    expect(told()).to.equal(0);
    banner.close();
    await frames(300);
  });

  it('looks at nothing while the banner is closed', async () => {
    const {banner, open} = mount();
    await open('banner');
    banner.close();
    const request = window.requestAnimationFrame;
    let asked = 0;
    try {
      setup(banner);
      await frames(100);
      window.requestAnimationFrame = (run) => {
        asked++;
        return request(run);
      };
      await new Promise((resolve) => setTimeout(resolve, 600));
    } finally {
      window.requestAnimationFrame = request;
    }
    expect(asked).to.equal(0);
  });

  it('waits until nothing lies on top of it', async () => {
    const {banner, open} = mount();
    await open('banner');
    const cover = document.body.appendChild(document.createElement('div'));
    cover.popover = 'manual';
    cover.style.cssText =
      'position: fixed; inset: 0; inline-size: auto; block-size: auto; margin: 0; border: 0';
    cover.showPopover();
    const told = setup(banner);
    await frames(600);
    expect(told()).to.equal(0);
    cover.remove();
    await until(() => told() === 1);
  });

  it('takes it out of what hides it', async () => {
    const place = document.body.appendChild(document.createElement('div'));
    place.append(document.createElement('consent-banner'));
    place.hidden = true;
    const {banner, open} = mount();
    await open('banner');
    const told = setup(banner);
    await frames(100);
    expect(told()).to.equal(0);
    await until(() => told() === 1);
    expect(banner.parentElement === document.body).to.equal(true);
    place.remove();
  });

  for (const [name, value] of [
    ['style', 'opacity: 0'],
    ['style', 'display: none'],
    ['style', 'transform: translateX(-200vw)'],
  ] as const)
    it(`takes off what keeps it out of sight: ${name} ${value}`, async () => {
      const {banner, open} = mount();
      await open('banner');
      banner.setAttribute(name, value);
      banner.setAttribute('theme', 'dark');
      const told = setup(banner);
      await frames(100);
      expect(told()).to.equal(0);
      await until(() => told() === 1);
      expect(banner.hasAttribute(name)).to.equal(false);
      expect(banner.getAttribute('theme')).to.equal('dark');
    });
});
