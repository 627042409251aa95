import {expect} from '@esm-bundle/chai';
import {followLinks, type Link, readLink} from '../../src/follow-links.js';

describe('readLink', () => {
  const rows: [address: string, link: Link | undefined][] = [
    ['/#consent', [undefined, undefined]],
    ['/#consent=meta-pixel', [undefined, 'meta-pixel']],
    ['/#consent--meta-pixel', [undefined, 'meta-pixel']],
    ['/#consent-opt-out', ['-opt-out', undefined]],
    ['/#consent-opt-out=meta-pixel', ['-opt-out', 'meta-pixel']],
    ['/#consent-opt-out--meta-pixel', ['-opt-out', 'meta-pixel']],
    ['/#/orders/7#consent-opt-out=meta-pixel', ['-opt-out', 'meta-pixel']],
    // As a router writes it that keeps its route in the fragment; `#/consent` may be a route of its own.
    ['/#/consent-opt-out=meta-pixel', ['-opt-out', 'meta-pixel']],
    ['/#/consent-opt-out', ['-opt-out', undefined]],
    ['/#/consent-opt-out%3Dmeta-pixel', ['-opt-out', 'meta-pixel']],
    ['/#/consent', undefined],
    ['/#/consent--meta-pixel', undefined],
    ['/', undefined],
    ['/#consents', undefined],
    ['/#consent-form', undefined],
    ['/#consent-opt-in', undefined],
    ['/#consent-opt-out=', undefined],
    ['/#consent=a,granted', undefined],
    ['/?x=#consent/', undefined],
    ['/consent', undefined],
  ];
  for (const [address, link] of rows) {
    it(`${link ? 'finds a link' : 'finds none'} in ${address}`, () => {
      expect(readLink(address)).to.deep.equal(link);
    });
  }
});

describe('followLinks', () => {
  const used: [Link, boolean | undefined][] = [];
  const opened: string[] = [];
  const {pathname, search} = location;
  const plain = pathname + search;
  const soon = () => new Promise((resolve) => setTimeout(resolve, 400));

  before(() =>
    followLinks(
      (link, hasArrived) => used.push([link, hasArrived]),
      (view) => opened.push(view),
    ),
  );
  beforeEach(() => {
    used.length = opened.length = 0;
  });
  afterEach(async () => {
    history.replaceState(null, '', plain);
    document.body.replaceChildren();
    await soon();
  });

  /** @returns whether the browser was left to follow it */
  function press(html: string, init: MouseEventInit = {}): boolean {
    const holder = document.createElement('p');
    holder.innerHTML = html;
    document.body.append(holder);
    const event = new MouseEvent('click', {bubbles: true, cancelable: true, composed: true, ...init});
    let isLeft = false;
    const look = (click: Event) => {
      isLeft = !click.defaultPrevented;
      click.preventDefault();
    };
    addEventListener('click', look);
    holder.firstElementChild?.dispatchEvent(event);
    removeEventListener('click', look);
    return isLeft;
  }

  it('carries out a press and changes no address', () => {
    history.replaceState({key: 1}, '', `${plain}#section`);
    expect(press('<a href="#consent-opt-out=x">x</a>')).to.equal(false);
    expect(used).to.deep.equal([[['-opt-out', 'x'], undefined]]);
    expect(location.hash).to.equal('#section');
    expect(history.state).to.deep.equal({key: 1});
  });

  it('takes the whole address of this page for the same', () => {
    expect(press(`<a href="${plain}#consent">x</a>`)).to.equal(false);
    expect(used).to.have.length(1);
  });

  it('leaves alone what is a link to another page, another tab, or no link of ours', () => {
    expect(press('<a href="/elsewhere#consent-opt-out=x">x</a>')).to.equal(true);
    expect(press('<a href="#consent" target="_blank">x</a>')).to.equal(true);
    expect(press('<a href="#consent">x</a>', {ctrlKey: true})).to.equal(true);
    expect(press('<a href="#consents">x</a>')).to.equal(true);
    expect(press('<button>x</button>')).to.equal(true);
    expect(used).to.deep.equal([]);
  });

  it('opens what an element of the page asks for', () => {
    expect(press('<button data-consent-open="preferences">x</button>')).to.equal(false);
    expect(opened).to.deep.equal(['preferences']);
  });

  for (const [how, go] of Object.entries({
    pushState: () => history.pushState({key: 2}, '', '#consent-opt-out--x'),
    replaceState: () => history.replaceState({key: 2}, '', '#consent-opt-out--x'),
    'the fragment': () => {
      location.hash = '#consent-opt-out--x';
    },
  })) {
    it(`gives its place back to the address before one that arrives by ${how}, once`, async () => {
      history.replaceState(null, '', `${plain}#section`);
      await soon();
      go();
      await soon();
      expect(used).to.deep.equal([[['-opt-out', 'x'], true]]);
      expect(location.hash).to.equal('#section');
    });
  }

  it('keeps from listeners of the page what is no navigation of theirs', async () => {
    let heard = 0;
    const listen = () => heard++;
    addEventListener('popstate', listen);
    location.hash = '#consent';
    await soon();
    removeEventListener('popstate', listen);
    expect([used.length, heard]).to.deep.equal([1, 0]);
  });
});
