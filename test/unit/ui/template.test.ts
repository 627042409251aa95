import {expect} from '@esm-bundle/chai';
import {html as litHtml, nothing as litNothing, render as litRender} from 'lit/html.js';
import {html, nothing, render} from '../../../src/ui/template.js';

/** Both ways to render, so that what the first layer shows is what Lit would show. */
const WAYS = {
  ours: {html, nothing, render},
  lit: {html: litHtml, nothing: litNothing, render: litRender as unknown as typeof render},
};

/** A host with a root, and what a visitor would find in it: markup without Lit's comments. */
function setup() {
  const root = document.createElement('div').attachShadow({mode: 'open'});
  const written = () =>
    root.innerHTML
      .replace(/<!--.*?-->/gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ class=""/g, '')
      .trim();
  return {root, written};
}

describe('templates of the first layer', () => {
  for (const [way, {html, nothing, render}] of Object.entries(WAYS)) {
    describe(way, () => {
      it('renders elements, attributes, texts and what is nested in them', () => {
        const {root, written} = setup();
        const link = (href: string | undefined) =>
          href
            ? html`<a href=${href} target=${nothing} rel="noopener">${'to'}<span class="x">${undefined}</span></a> `
            : nothing;
        const view = html`<section class="box" part="box">
          <h2 id="title">${'A & <b>'}</h2>
          <p class="small">${html`<b>${'by'}</b> ${'us'}<br />`} ${[link('/a'), link(undefined), link('/b?c=1&d="')]}</p>
        </section>`;
        render(view, root as never);
        expect(written()).to.equal(
          '<section class="box" part="box"> <h2 id="title">A &amp; &lt;b&gt;</h2> ' +
            '<p class="small"><b>by</b> us<br> <a rel="noopener" href="/a">to<span class="x"></span></a> ' +
            '<a rel="noopener" href="/b?c=1&amp;d=&quot;">to<span class="x"></span></a> </p> </section>',
        );
      });

      it('changes what has changed, and leaves the rest in its place', () => {
        const {root, written} = setup();
        const view = (text: string, items: string[], look: string) =>
          html`<p class=${look}>${text}</p><button>${'stays'}</button>${items.map((item) => html`<i>${item}</i>`)}`;
        render(view('one', ['a', 'b'], 'x'), root as never);
        const [p, button] = [root.querySelector('p'), root.querySelector('button')];
        render(view('two', ['a', 'c', 'd'], 'y'), root as never);
        expect(written()).to.equal('<p class="y">two</p><button>stays</button><i>a</i><i>c</i><i>d</i>');
        expect([root.querySelector('p'), root.querySelector('button')]).to.deep.equal([p, button]);
        render(view('two', ['a'], 'y'), root as never);
        expect(written()).to.equal('<p class="y">two</p><button>stays</button><i>a</i>');
      });

      it('puts one template, a text or nothing in the place of another', () => {
        const {root, written} = setup();
        const box = (content: unknown) => html`<div>${content}</div>`;
        for (const [content, markup] of [
          [html`<p>${'a'}</p>`, '<p>a</p>'],
          ['text', 'text'],
          [html`<b>${'b'}</b>`, '<b>b</b>'],
          [nothing, ''],
          [[html`<p>${'c'}</p>`, 'd'], '<p>c</p>d'],
          [html`<p>${'e'}</p>`, '<p>e</p>'],
          [3, '3'],
        ] as const) {
          render(box(content), root as never);
          expect(written()).to.equal(`<div>${markup}</div>`);
        }
        render(nothing, root as never);
        expect(written()).to.equal('');
      });

      it('renders behind what stands there', () => {
        const {root, written} = setup();
        root.append(document.createElement('style'));
        render(html`<p>${'a'}</p>`, root as never);
        render(html`<p>${'b'}</p>`, root as never);
        expect(written()).to.equal('<style></style><p>b</p>');
      });

      it('calls the listener of the last view, once', () => {
        const {root} = setup();
        const calls: string[] = [];
        const view = (name: string) =>
          html`<button type="button" @click=${() => calls.push(name)}>x</button>`;
        render(view('first'), root as never);
        render(view('second'), root as never);
        root.querySelector('button')?.click();
        expect(calls).to.deep.equal(['second']);
      });
    });
  }

  it('asks for no parser of markup, so that Trusted Types have nothing to say', () => {
    const {root, written} = setup();
    const {innerHTML} = Object.getOwnPropertyDescriptors(Element.prototype);
    Object.defineProperty(Element.prototype, 'innerHTML', {
      configurable: true,
      set() {
        throw Error('markup');
      },
    });
    try {
      render(html`<p class="a">${'<img src=x>'}</p>`, root);
    } finally {
      Object.defineProperty(Element.prototype, 'innerHTML', innerHTML as PropertyDescriptor);
    }
    expect(written()).to.equal('<p class="a">&lt;img src=x&gt;</p>');
  });
});
