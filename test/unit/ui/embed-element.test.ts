import {expect} from '@esm-bundle/chai';
import '../../../src/elements/consent-embed.js';
import {locale as en} from '../../../src/locales/en.js';
import {locale as ja} from '../../../src/locales/ja.js';
import {locale as ru} from '../../../src/locales/ru.js';
import type {ConsentEmbedElement} from '../../../src/ui/embed-element.js';
import {type Embed, resolveEmbed} from '../../../src/ui/embed-providers.js';
import type {ConsentConnectEvent} from '../../../src/ui-contract.js';
import {violations} from '../../support/axe.js';
import {createFakeHost, defaultSettings, type FakeOptions, grants, vendor} from './fake-host.js';
import {find, focused, has, textOf, until} from './support.js';

const VIDEO = 'M7lc1UVf-VE';
/** Nothing listens there: what a test loads is refused at once, and by this machine. */
const FRAME = 'http://localhost:9/embed';

const vendors = [
  vendor('youtube', 'advertising'),
  vendor('player', 'functional', {
    name: {en: 'Our player', ja: '動画プレーヤー', ru: 'Плеер'},
    recipient: 'Player K.K.',
    country: 'JP',
    transmits: [{en: 'the video', ja: '視聴した動画', ru: 'видео'}],
    privacyUrl: 'https://player.example/privacy',
  }),
];
const settings = {...defaultSettings, vendors};

const SHORT = `vendor="youtube" video="${VIDEO}" title="A lesson"`;
const OWN = `vendor="player" src="${FRAME}" title="A lesson"`;

/** Puts an embed into the page, with a core that answers it. */
function place(attributes: string, options: FakeOptions = {}, content = '') {
  const state = {...grants(settings, 'denied'), ...options.state};
  const host = createFakeHost({...options, settings: {...settings, ...options.settings}, state});
  const parent = document.body.appendChild(document.createElement('div'));
  const answer = (event: Event) => (event as ConsentConnectEvent).connect(host);
  parent.addEventListener('consent-connect', answer);
  parent.innerHTML = `<consent-embed ${attributes}>${content}</consent-embed>`;
  const element = parent.firstElementChild as ConsentEmbedElement;
  const settle = async () => {
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  };
  return {
    host,
    element,
    settle,
    get frame() {
      return element.querySelector('iframe');
    },
    async press(action: string) {
      find(element, `[data-action="${action}"]`).click();
      await settle();
    },
    /** As the gate does it: fills the frame, or empties it. */
    async gate(isOpen: boolean) {
      const frame = element.querySelector('iframe') as HTMLIFrameElement;
      frame.replaceWith(frame);
      if (isOpen) frame.src = frame.dataset['src'] ?? '';
      else frame.removeAttribute('src');
      await settle();
    },
  };
}

async function mountEmbed(...parts: Parameters<typeof place>) {
  const mounted = place(...parts);
  await mounted.settle();
  return mounted;
}

const isOffered = (element: Element) => has(element, '[data-action="load-once"]');
const boxOf = (element: Element) => {
  const {width, height} = element.getBoundingClientRect();
  return [width, height].map(Math.round);
};

describe('<consent-embed>', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('consent-embed')) element.parentElement?.remove();
  });

  it('has no accessibility violations', async () => {
    const {element} = await mountEmbed(SHORT);
    expect(await violations(element)).to.deep.equal([]);
  });

  it('has no accessibility violations while its buttons are locked', async () => {
    const {element} = await mountEmbed(SHORT, {locks: {advertising: 'age'}});
    expect(await violations(element)).to.deep.equal([]);
  });

  it('can be worked by keyboard: links and native buttons in reading order', async () => {
    const {element} = await mountEmbed(SHORT);
    const stops = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('a, button, [tabindex]') ?? [])];
    expect(stops.map((stop) => stop.dataset['action'] ?? stop.getAttribute('href'))).to.deep.equal([
      `https://www.youtube.com/watch?v=${VIDEO}`,
      'https://policies.google.com/privacy',
      'load-once',
      'always',
    ]);
    expect(stops.slice(0, 2).map((link) => link.getAttribute('target'))).to.deep.equal(['_blank', '_blank']);
  });

  it('gives both buttons the same weight and size', async () => {
    const {element} = await mountEmbed(SHORT);
    const looks = ['load-once', 'always'].map((action) => {
      const button = find(element, `[data-action="${action}"]`);
      const {backgroundColor, color, fontSize, fontWeight, borderColor, inlineSize, blockSize} =
        getComputedStyle(button);
      return {backgroundColor, color, fontSize, fontWeight, borderColor, inlineSize, blockSize};
    });
    expect(looks[0]).to.deep.equal(looks[1]);
  });

  describe('before a grant', () => {
    it('has a frame that is marked up for the gate, and asks nobody for anything', async () => {
      const {element, frame} = await mountEmbed(SHORT);
      expect(frame?.hasAttribute('src')).to.equal(false);
      expect({...frame?.dataset}).to.deep.equal({
        consent: 'advertising',
        vendor: 'youtube',
        src: `https://www.youtube-nocookie.com/embed/${VIDEO}`,
      });
      const markup = (element.shadowRoot as ShadowRoot).querySelectorAll(
        'img, link, iframe, [src], [style], style',
      );
      expect(markup.length).to.equal(0);
      expect(element.hasAttribute('style')).to.equal(false);
    });

    for (const [language, locale] of Object.entries({en, ja, ru})) {
      it(`names the recipient, what is sent and the buttons' reach (${language})`, async () => {
        const {element} = await mountEmbed(OWN, {locale});
        const text = textOf(element);
        for (const part of [
          'A lesson',
          'Player K.K.',
          textIn(vendors[1]?.transmits),
          textIn(vendors[1]?.name),
        ])
          expect(text).to.contain(part);
        expect(find(element, '.box').lang).to.equal(language);
        function textIn(value: unknown): string {
          const [text] = [value].flat() as Record<string, string>[];
          return text?.[language] ?? '';
        }
      });

      it(`has no text left over to fill in (${language})`, async () => {
        for (const attributes of [
          SHORT,
          OWN,
          'vendor="vimeo" video="76979871"',
          'vendor="youtube" video="?"',
        ]) {
          const {element} = await mountEmbed(attributes, {locale});
          expect(textOf(element)).not.to.match(/[{}]|undefined/);
        }
      });
    }

    it('names what nobody declared: a provider that is known, else the host', async () => {
      const known = await mountEmbed('vendor="vimeo" video="76979871"');
      expect(textOf(known.element)).to.contain('Vimeo.com, Inc. (United States)');
      const unknown = await mountEmbed('src="https://player.example/1"');
      expect(textOf(unknown.element)).to.contain('player.example');
      expect(unknown.frame?.dataset['consent']).to.equal('advertising');
    });

    it('offers no grant in the name of a vendor that nobody declared', async () => {
      const {element, host, press} = await mountEmbed('vendor="vimeo" video="76979871"');
      expect(has(element, '[data-action="always"]')).to.equal(false);
      await press('preferences');
      expect(host.requests[0]?.slice(0, 2)).to.deep.equal(['open', 'preferences']);
    });

    it('shows the author’s poster and words, and no second link beside theirs', async () => {
      const {element} = await mountEmbed(
        SHORT,
        {},
        '<img slot="poster" alt="" src="data:,"><p>Or <a href="/transcript">read it</a>.</p>',
      );
      expect(boxOf(element.querySelector('img') as Element)).to.deep.equal(boxOf(element));
      expect((element.querySelector('p') as HTMLElement).offsetHeight).to.be.greaterThan(0);
      expect(has(element, 'a[href*="watch"]')).to.equal(false);
    });
  });

  describe('once', () => {
    it('shows this one, writes nothing, and takes the frame out of the gate’s hands', async () => {
      const {element, host, frame, press} = await mountEmbed(OWN);
      const other = await mountEmbed(OWN);
      await press('load-once');
      expect(frame?.src).to.equal(FRAME);
      expect(frame?.hasAttribute('data-consent')).to.equal(false);
      expect(isOffered(element)).to.equal(false);
      expect(host.requests).to.deep.equal([]);
      expect(other.frame?.hasAttribute('src')).to.equal(false);
    });

    it('moves the focus into the frame and says so', async () => {
      const {element, frame, press} = await mountEmbed(OWN);
      find(element, '[data-action="load-once"]').focus();
      await press('load-once');
      expect(focused()).to.equal(frame);
      await until(() => find(element, '[role="status"]').textContent === 'A lesson: now shown.');
    });

    it('stays when another embed is allowed, or this vendor as well', async () => {
      const {host, frame, press} = await mountEmbed(OWN);
      await press('load-once');
      host.set({source: 'embed', decidedAt: 1, vendors: {...host.state.vendors, youtube: 'granted'}});
      host.set({source: 'preferences', decidedAt: 2, ...grants(settings, 'granted')});
      expect(frame?.src).to.equal(FRAME);
    });

    it('is emptied by a choice that denies it', async () => {
      const {element, host, settle, ...mounted} = await mountEmbed(OWN);
      await mounted.press('load-once');
      host.set({source: 'banner', decided: true, decidedAt: 1});
      await settle();
      expect(mounted.frame?.hasAttribute('src')).to.equal(false);
      expect(mounted.frame?.dataset['consent']).to.equal('functional');
      expect(isOffered(element)).to.equal(true);
    });
  });

  describe('for good', () => {
    it('asks the core for this vendor, and waits for the gate', async () => {
      const {element, host, frame, press, gate} = await mountEmbed(OWN);
      find(element, '[data-action="always"]').focus();
      await press('always');
      expect(host.requests).to.deep.equal([['decide', {vendors: {player: 'granted'}}, 'embed']]);
      expect(frame?.hasAttribute('src')).to.equal(false);
      await gate(true);
      expect(isOffered(element)).to.equal(false);
      expect(focused()).to.equal(frame);
    });

    it('leaves the focus where it is when the choice was made elsewhere', async () => {
      const input = document.body.appendChild(document.createElement('input'));
      const {host, gate} = await mountEmbed(OWN);
      input.focus();
      host.set({source: 'preferences', decidedAt: 1, ...grants(settings, 'granted')});
      await gate(true);
      expect(focused()).to.equal(input);
      input.remove();
    });

    it('never shows a placeholder where it is granted from the start', async () => {
      const {element, gate} = await mountEmbed(OWN, {state: grants(settings, 'granted')});
      expect(has(element, '.box')).to.equal(false);
      await gate(true);
      expect(has(element, '.box')).to.equal(false);
    });

    it('has the placeholder back once the gate has emptied the frame', async () => {
      const {element, host, gate} = await mountEmbed(OWN, {state: grants(settings, 'granted')});
      await gate(true);
      host.set({source: 'preferences', decidedAt: 1, ...grants(settings, 'denied')});
      await gate(false);
      expect(isOffered(element)).to.equal(true);
    });
  });

  describe('where the category is locked', () => {
    const isDisabled = (element: Element, action: string) =>
      find<HTMLButtonElement>(element, `[data-action="${action}"]`).disabled;

    it('by GPC, may be shown once by the visitor’s own act, and says why not for good', async () => {
      const {element} = await mountEmbed(SHORT, {locks: {advertising: 'gpc'}});
      expect([isDisabled(element, 'load-once'), isDisabled(element, 'always')]).to.deep.equal([false, true]);
      expect(textOf(element)).to.contain(en.gpcHonoured);
      expect(find(element, '[data-action="always"]').getAttribute('aria-describedby')).to.equal('lock');
    });

    it('by age, may not be shown at all', async () => {
      const {element, frame} = await mountEmbed(SHORT, {locks: {advertising: 'age'}});
      expect([isDisabled(element, 'load-once'), isDisabled(element, 'always')]).to.deep.equal([true, true]);
      expect(textOf(element)).to.contain(en.ageLocked);
      find(element, '[data-action="load-once"]').click();
      expect(frame?.hasAttribute('src')).to.equal(false);
    });
  });

  describe('geometry', () => {
    const sizes: [attributes: string, box: number[]][] = [
      ['width="560" height="315"', [560, 315]],
      ['width="560px" height="420px"', [560, 420]],
      ['height="300"', [600, 300]],
      ['width="50%" height="200"', [300, 200]],
      ['width="1200" height="675"', [600, 338]],
      ['', [600, 338]],
      ['width="0" height="-1"', [600, 338]],
      ['width="160" height="90"', [160, 90]],
    ];
    for (const [attributes, box] of sizes) {
      it(`is the same before and after: ${attributes || 'no size'}`, async () => {
        const {element, frame, press, settle} = await mountEmbed(`${OWN} ${attributes}`);
        (element.parentElement as HTMLElement).style.inlineSize = '600px';
        await settle();
        expect(boxOf(element)).to.deep.equal(box);
        await press('load-once');
        expect(boxOf(element)).to.deep.equal(box);
        expect(boxOf(frame as Element)).to.deep.equal(box);
      });
    }

    it('follows the page’s own style sheet, and no rule of it for all frames', async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'consent-embed {inline-size: 400px; aspect-ratio: 1} iframe {height: auto; max-width: 50%; border: 9px solid}',
      );
      document.adoptedStyleSheets = [sheet];
      const {element, frame, press} = await mountEmbed(`${OWN} width="560" height="315"`);
      await press('load-once');
      expect([boxOf(element), boxOf(frame as Element)]).to.deep.equal([
        [400, 400],
        [400, 400],
      ]);
      document.adoptedStyleSheets = [];
    });

    it('keeps the buttons in sight where there is little room', async () => {
      const {element} = await mountEmbed(`${SHORT} width="300" height="169"`, {locale: ru});
      const box = element.getBoundingClientRect();
      for (const button of element.shadowRoot?.querySelectorAll('button') ?? []) {
        const {top, bottom} = button.getBoundingClientRect();
        expect([top >= box.top, bottom <= box.bottom]).to.deep.equal([true, true]);
      }
    });
  });

  describe('the frame', () => {
    it('gets what the author wrote, and says the page’s origin unless told otherwise', async () => {
      const {element, frame, settle} = await mountEmbed(
        `${SHORT} allow="fullscreen" allowfullscreen sandbox="allow-scripts" loading="lazy"`,
      );
      const read = () =>
        ['title', 'allow', 'allowfullscreen', 'sandbox', 'loading', 'referrerpolicy'].map((name) =>
          frame?.getAttribute(name),
        );
      expect(read()).to.deep.equal([
        'A lesson',
        'fullscreen',
        '',
        'allow-scripts',
        'lazy',
        'strict-origin-when-cross-origin',
      ]);
      element.setAttribute('referrerpolicy', 'origin');
      element.removeAttribute('allow');
      await settle();
      expect([frame?.getAttribute('referrerpolicy'), frame?.hasAttribute('allow')]).to.deep.equal([
        'origin',
        false,
      ]);
    });

    it('has a name in any case', async () => {
      const {frame} = await mountEmbed(`vendor="youtube" video="${VIDEO}"`);
      expect(frame?.title).to.equal('YouTube');
    });

    it('is another one, and empty, once the address is another', async () => {
      const mounted = await mountEmbed(OWN);
      await mounted.press('load-once');
      mounted.element.setAttribute('src', `${FRAME}/other`);
      await mounted.settle();
      expect(mounted.element.querySelectorAll('iframe').length).to.equal(1);
      expect([mounted.frame?.hasAttribute('src'), mounted.frame?.dataset['src']]).to.deep.equal([
        false,
        `${FRAME}/other`,
      ]);
      expect(isOffered(mounted.element)).to.equal(true);
    });

    it('is not taken over from a copy of the element', async () => {
      const {element} = await mountEmbed(OWN);
      const copy = element.cloneNode(true) as ConsentEmbedElement;
      element.after(copy);
      await copy.updateComplete;
      expect(copy.querySelectorAll('iframe').length).to.equal(1);
    });
  });

  it('shows the author’s words where no core answers', async () => {
    const parent = document.body.appendChild(document.createElement('div'));
    parent.innerHTML = `<consent-embed ${SHORT}><p>Watch it <a href="https://example.com">there</a>.</p></consent-embed>`;
    const paragraph = parent.querySelector('p') as HTMLElement;
    await until(() => getComputedStyle(paragraph).visibility === 'visible' && paragraph.offsetHeight > 0);
    expect(parent.querySelector('iframe')?.hasAttribute('src')).to.equal(false);
  });

  it('asks for no texts where the gate says that it is granted', async () => {
    const page = window as {consentGate?: object | undefined};
    const state = createFakeHost({settings, state: grants(settings, 'granted')}).state;
    page.consentGate = {
      watch() {},
      subscribe(listener: (known: typeof state) => void) {
        listener(state);
        return () => {};
      },
    };
    let requests = 0;
    const count = () => requests++;
    document.addEventListener('consent-connect', count);
    const parent = document.body.appendChild(document.createElement('div'));
    parent.innerHTML = `<consent-embed ${SHORT}></consent-embed>`;
    await (parent.firstElementChild as ConsentEmbedElement).updateComplete;
    expect(requests).to.equal(0);
    page.consentGate = undefined;
    parent.innerHTML = `<consent-embed ${SHORT}></consent-embed>`;
    await (parent.firstElementChild as ConsentEmbedElement).updateComplete;
    expect(requests).to.be.greaterThan(0);
    document.removeEventListener('consent-connect', count);
  });
});

describe('addresses of embeds', () => {
  const resolve = (attributes: Record<string, string>): Embed =>
    resolveEmbed((name) => attributes[name] ?? null, 'https://site.example/page');

  const known: [attributes: Record<string, string>, src: string, page: string | undefined][] = [
    [
      {vendor: 'youtube', video: VIDEO},
      `https://www.youtube-nocookie.com/embed/${VIDEO}`,
      `https://www.youtube.com/watch?v=${VIDEO}`,
    ],
    [
      {vendor: 'youtube', src: `https://www.youtube.com/embed/${VIDEO}?start=9`},
      `https://www.youtube.com/embed/${VIDEO}?start=9`,
      `https://www.youtube.com/watch?v=${VIDEO}`,
    ],
    [
      {vendor: 'youtube', src: 'https://www.youtube.com/embed/videoseries?list=PL1'},
      'https://www.youtube.com/embed/videoseries?list=PL1',
      undefined,
    ],
    [
      {vendor: 'vimeo', video: '76979871'},
      'https://player.vimeo.com/video/76979871?dnt=1',
      'https://vimeo.com/76979871',
    ],
    [
      {vendor: 'vimeo', video: '76979871/0123456789'},
      'https://player.vimeo.com/video/76979871?h=0123456789&dnt=1',
      'https://vimeo.com/76979871/0123456789',
    ],
    [
      {vendor: 'google-maps', query: '青葉台駅 & 北口'},
      'https://www.google.com/maps?q=%E9%9D%92%E8%91%89%E5%8F%B0%E9%A7%85%20%26%20%E5%8C%97%E5%8F%A3&output=embed',
      'https://www.google.com/maps/search/?api=1&query=%E9%9D%92%E8%91%89%E5%8F%B0%E9%A7%85%20%26%20%E5%8C%97%E5%8F%A3',
    ],
    [
      {vendor: 'x-embed', post: '1985000000000000000'},
      'https://platform.twitter.com/embed/Tweet.html?id=1985000000000000000&dnt=true',
      'https://x.com/i/status/1985000000000000000',
    ],
    [
      {vendor: 'zoom', meeting: '85012345678'},
      'https://app.zoom.us/wc/join/85012345678',
      'https://zoom.us/j/85012345678',
    ],
    [{vendor: 'own', src: '/player/1', href: '/video/1'}, 'https://site.example/player/1', '/video/1'],
    [{src: 'http://localhost:8001/embed/1'}, 'http://localhost:8001/embed/1', undefined],
  ];
  for (const [attributes, src, page] of known) {
    it(`come of ${JSON.stringify(attributes)}`, () => {
      const embed = resolve(attributes);
      expect([embed.src, embed.page, embed.mistake]).to.deep.equal([src, page, undefined]);
    });
  }

  const refused: Record<string, string>[] = [
    {},
    {vendor: 'youtube'},
    {vendor: 'youtube', video: 'short'},
    {vendor: 'youtube', video: `${VIDEO}/../../x`},
    {vendor: 'vimeo', video: '1?autoplay=1'},
    {vendor: 'x-embed', post: '1&x'},
    {vendor: 'zoom', meeting: '../a'},
    {vendor: 'google-maps', query: ' '},
    {vendor: 'constructor', video: VIDEO},
    {src: 'javascript:alert(1)'},
    {src: ' JavaScript:alert(1)'},
    {src: 'data:text/html,x'},
    {src: 'blob:https://site.example/1'},
    {src: 'http://player.example/1'},
    {src: 'http://localhost.evil.example/1'},
    {src: 'https://'},
    {src: ''},
  ];
  for (const attributes of refused) {
    it(`are refused: ${JSON.stringify(attributes)}`, () => {
      const {src, mistake} = resolve(attributes);
      expect(src).to.equal(undefined);
      expect(mistake).to.match(/^<consent-embed vendor=".*">: .*expected/);
    });
  }

  it('never lead to a page that would run as it is', () => {
    expect(resolve({src: 'https://player.example/1', href: 'javascript:alert(1)'}).page).to.equal(undefined);
  });
});

describe('<consent-embed> with a refused address', () => {
  it('stays a placeholder without buttons, and warns', async () => {
    const warnings: unknown[] = [];
    const {warn} = console;
    console.warn = (text: unknown) => warnings.push(text);
    const {element, frame} = await mountEmbed('vendor="player" src="javascript:alert(7)"');
    console.warn = warn;
    expect(frame).to.equal(null);
    expect(has(element, 'button')).to.equal(false);
    expect(textOf(element)).to.contain('cannot be shown');
    expect(`${warnings}`).to.contain('javascript:alert(7)').and.to.contain('docs/warnings.md#markup');
    element.parentElement?.remove();
  });
});
