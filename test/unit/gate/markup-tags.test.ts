import {expect} from '@esm-bundle/chai';
import {switchOff, switchOn, unfold} from '../../../src/gate/fetchers.js';
import {findMarkup} from '../../../src/gate/markup-tags.js';

/** An address of this server that is not the test runner's page. */
const PAGE = new URL('fixture.js', import.meta.url).href;

/** @returns the first element of the markup, in the page */
function setup<E extends HTMLElement = HTMLElement>(html: string): E {
  const root = document.createElement('div');
  root.innerHTML = html;
  document.body.append(root);
  return root.firstElementChild as E;
}

afterEach(() => {
  document.body.textContent = '';
});

describe('findMarkup', () => {
  const idsOf = (root: Node) => {
    const ids: string[] = [];
    findMarkup(root, ({id}) => ids.push(id));
    return ids;
  };

  it('finds what is marked up, in document order', () => {
    const root = setup(
      '<div><img id=a data-consent=x><p><iframe id=b data-consent=y></iframe></p><script id=c type=text/plain data-consent></script></div>',
    );
    expect(idsOf(root)).to.deep.equal(['a', 'b', 'c']);
  });

  it('finds the root itself, first', () => {
    const root = setup('<div id=a data-consent=x><img id=b data-consent=x></div>');
    expect(idsOf(root)).to.deep.equal(['a', 'b']);
  });

  it('finds nothing that is not marked up', () => {
    expect(idsOf(setup('<div id=a data-consents=x><img id=b data-vendor=x data-src=y></div>'))).to.deep.equal(
      [],
    );
  });

  it('does not look into templates, whose content is not in the page', () => {
    const root = setup('<div><template id=a data-consent=x><img id=b data-consent=x></template></div>');
    expect(idsOf(root)).to.deep.equal(['a']);
  });

  it('finds nothing in a text, and everything in a form whose field is called like what it has first', () => {
    expect(idsOf(document.createTextNode('data-consent'))).to.deep.equal([]);
    const form = setup(
      '<form id=a data-consent=x><input name=firstElementChild><img id=b data-consent=x></form>',
    );
    expect(idsOf(form)).to.deep.equal(['a', 'b']);
  });

  it('asks an element without any inside for nothing but itself', () => {
    const leaf = setup('<p>text</p>');
    leaf.querySelectorAll = () => expect.fail('it was searched');
    expect(idsOf(leaf)).to.deep.equal([]);
  });
});

/** @returns what makes the element, or what is in it, fetch: `img.src=/a` */
const attributesIn = (element: HTMLElement): string[] =>
  [element, ...element.querySelectorAll('*')].flatMap((part) =>
    ['src', 'srcset', 'poster', 'data', 'href', 'imagesrcset'].flatMap((name) =>
      part.hasAttribute(name) ? `${part.localName}.${name}=${part.getAttribute(name)}` : [],
    ),
  );

describe('switchOn', () => {
  it('lets a frame fetch', () => {
    const frame = setup<HTMLIFrameElement>(`<iframe data-consent=x data-src="${PAGE}"></iframe>`);
    switchOn(frame);
    expect(frame.src).to.equal(PAGE);
  });

  it('lets an image fetch', () => {
    const image = setup<HTMLImageElement>(`<img data-consent=x data-src="${PAGE}">`);
    switchOn(image);
    expect(image.src).to.equal(PAGE);
  });

  it('lets a stylesheet fetch', () => {
    const link = setup<HTMLLinkElement>(`<link data-consent=x data-href="${PAGE}">`);
    switchOn(link);
    expect(link.href).to.equal(PAGE);
  });

  it('keeps a relative address relative', () => {
    const frame = setup('<iframe data-consent=x data-src="/test/unit/gate/fixture.js"></iframe>');
    switchOn(frame);
    expect(frame.getAttribute('src')).to.equal('/test/unit/gate/fixture.js');
  });

  for (const url of [
    'javascript:parent.ranText=1',
    ' JAVASCRIPT:1',
    'data:text/html,x',
    'blob:x',
    'https://[',
    '',
  ]) {
    it(`leaves a frame empty for ${JSON.stringify(url)}`, () => {
      const frame = setup(`<iframe data-consent=x data-src="${url}"></iframe>`);
      switchOn(frame);
      expect(frame.hasAttribute('src')).to.equal(false);
    });
  }

  it('lets every attribute in that makes the browser fetch, on the element and on those that it is made of', () => {
    for (const [html, ...expected] of [
      [
        '<img data-consent=x data-src=/a data-srcset="/b 1x, https://b.example/c 2x">',
        'img.src=/a',
        'img.srcset=/b 1x, https://b.example/c 2x',
      ],
      ['<video data-consent=x data-poster=/a preload=none></video>', 'video.poster=/a'],
      ['<object data-consent=x data-data=/a></object>', 'object.data=/a'],
      ['<link data-consent=x rel=preload as=image data-imagesrcset="/a 1x">', 'link.imagesrcset=/a 1x'],
      [
        '<picture data-consent=x><source data-srcset=/a><img data-src=/b></picture>',
        'source.srcset=/a',
        'img.src=/b',
      ],
      ['<audio data-consent=x preload=none><source data-src=/a></audio>', 'source.src=/a'],
      // Another owner's, inside of it.
      ['<object data-consent=x><img data-consent=y data-src=/a><img data-src=/b></object>', 'img.src=/b'],
      ['<p data-consent=x><img data-src=/a></p>'],
    ] as [string, ...string[]][]) {
      const element = setup(html);
      expect(switchOn(element), html).to.equal(true);
      expect(attributesIn(element), html).to.deep.equal(expected);
      switchOff(element, []);
      expect(attributesIn(element), `${html}, emptied`).to.deep.equal([]);
    }
  });

  it('leaves out of an image what is no address of the web, and says so', () => {
    for (const srcset of ['data:image/gif;base64,R0 1x', '/a 1x, javascript:1 2x', '/a,blob:x']) {
      const image = setup(`<img data-consent=x data-srcset="${srcset}">`);
      expect(switchOn(image), srcset).to.equal(false);
      expect(attributesIn(image), srcset).to.deep.equal([]);
    }
  });

  it('leaves an image inside of a picture the address of the site that it had', () => {
    const picture = setup('<picture data-consent=x><source data-srcset=/a><img src="data:,"></picture>');
    switchOn(picture);
    switchOff(picture, []);
    expect(attributesIn(picture)).to.deep.equal(['img.src=data:,']);
  });

  it('has nothing to do for an element without an address', () => {
    const element = setup('<p data-consent=x>text</p>');
    switchOn(element);
    expect(element.outerHTML).to.equal('<p data-consent="x">text</p>');
  });
});

describe('switchOff', () => {
  it('empties a frame', async () => {
    const frame = setup<HTMLIFrameElement>(`<iframe data-consent=x data-src="${PAGE}"></iframe>`);
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    switchOn(frame);
    await loaded;
    expect(frame.contentWindow?.location.href).to.equal(PAGE);
    switchOff(frame, []);
    expect(frame.hasAttribute('src')).to.equal(false);
    expect(frame.contentWindow?.location.href).to.equal('about:blank');
  });

  it('leaves the very element where it was', () => {
    const frame = setup(`<iframe data-consent=x data-src="${PAGE}"></iframe><b></b>`);
    const {parentElement, nextSibling} = frame;
    switchOn(frame);
    switchOff(frame, []);
    expect(parentElement?.firstChild).to.equal(frame);
    expect(frame.nextSibling).to.equal(nextSibling);
  });

  it('makes no entry in the history', () => {
    const before = history.length;
    const frame = setup(`<iframe data-consent=x data-src="${PAGE}"></iframe>`);
    switchOn(frame);
    switchOff(frame, []);
    expect(history.length).to.equal(before);
  });

  it('takes off a stylesheet', () => {
    const link = setup(`<link data-consent=x data-href="${PAGE}">`);
    switchOn(link);
    switchOff(link, []);
    expect(link.hasAttribute('href')).to.equal(false);
  });

  it('keeps the address for another time', () => {
    const frame = setup<HTMLIFrameElement>(`<iframe data-consent=x data-src="${PAGE}"></iframe>`);
    switchOn(frame);
    switchOff(frame, []);
    switchOn(frame);
    expect(frame.src).to.equal(PAGE);
  });

  it('takes out what was inserted', () => {
    const element = setup('<template data-consent=x></template><b></b><i></i>');
    const inserted = [element.nextElementSibling as ChildNode];
    switchOff(element, inserted);
    expect(element.parentElement?.innerHTML).to.equal('<template data-consent="x"></template><i></i>');
  });
});

describe('unfold', () => {
  type TestWindow = Window & {ranText?: string};
  afterEach(() => {
    delete (window as TestWindow).ranText;
  });

  it('puts the content behind the template, and keeps the template', () => {
    const template = setup<HTMLTemplateElement>('<template data-consent=x>text<b></b></template><i></i>');
    const inserted = unfold(template);
    expect(template.nextSibling?.textContent).to.equal('text');
    expect(inserted).to.deep.equal([...(template.parentElement as Element).childNodes].slice(1, 3));
    expect(template.content.childNodes).to.have.length(2);
  });

  it('runs none of its scripts: each is marked up like the template', () => {
    const template = setup<HTMLTemplateElement>(
      '<template data-consent=advertising data-vendor=ads><script>window.ranText = 1</script></template>',
    );
    const [script] = unfold(template) as [HTMLScriptElement];
    expect((window as TestWindow).ranText).to.equal(undefined);
    expect(script.type).to.equal('text/plain');
    expect(script.dataset).to.include({consent: 'advertising', vendor: 'ads'});
  });

  it('keeps the type of its scripts for later', () => {
    const template = setup<HTMLTemplateElement>(
      '<template data-consent=x><script type=module></script><script></script></template>',
    );
    const scripts = unfold(template) as HTMLScriptElement[];
    expect(scripts.map((script) => script.dataset['type'])).to.deep.equal(['module', '']);
  });

  it('fetches nothing by the scripts deep inside', () => {
    const template = setup<HTMLTemplateElement>(
      '<template data-consent=x><div><p><script>window.ranText = 1</script></p></div></template>',
    );
    unfold(template);
    expect((window as TestWindow).ranText).to.equal(undefined);
  });
});
