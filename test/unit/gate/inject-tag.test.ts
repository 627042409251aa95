import {expect} from '@esm-bundle/chai';
import {createInjectTag, type ScriptTag} from '../../../src/gate/inject-tag.js';

const FIXTURE = new URL('fixture.js', import.meta.url).href;
/** Nobody listens there, and browsers do not even try. */
const UNREACHABLE = 'http://localhost:1/tag.js';

type TestWindow = Window & {ranTags?: string[]; ranText?: string; heard?: string};
const page = window as TestWindow;

const toAttributes = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([name, value]) => ({name, value}));

/** Injects one tag into an empty place. */
function setup({
  nonce = '',
  attributes = {},
  ...tag
}: {nonce?: string; attributes?: Record<string, string>} & Omit<ScriptTag, 'attributes'> = {}) {
  const place = document.createElement('script');
  place.type = 'text/plain';
  document.body.append(place);
  const loading = createInjectTag(nonce, {vendors: []})({
    place,
    ...tag,
    attributes: toAttributes(attributes),
  });
  return {place, loading, script: place.nextSibling as HTMLScriptElement};
}

/** @returns what a promise was rejected with */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw Error('resolved');
    },
    (error) => error,
  );

describe('createInjectTag', () => {
  afterEach(() => {
    document.body.textContent = '';
    delete page.ranTags;
    delete page.ranText;
    delete page.heard;
  });

  it('runs an external script and resolves once it has', async () => {
    const {loading} = setup({url: FIXTURE, attributes: {'data-name': 'one'}});
    expect(page.ranTags).to.equal(undefined);
    await loading;
    expect(page.ranTags).to.deep.equal(['one']);
  });

  it('runs an inline script at once', async () => {
    const {loading} = setup({text: 'window.ranText = "inline"'});
    expect(page.ranText).to.equal('inline');
    await loading;
  });

  it('takes the address, not the text, where there are both', async () => {
    const {loading} = setup({url: FIXTURE, text: 'window.ranText = "inline"'});
    await loading;
    expect(page.ranText).to.equal(undefined);
  });

  it('puts it behind its place', () => {
    const {place, script} = setup({text: ''});
    expect(script.localName).to.equal('script');
    expect(script.previousSibling).to.equal(place);
  });

  it('puts it at the end of the head where it has no place', async () => {
    const loading = createInjectTag('', {vendors: [{url: ''}]})({text: '', attributes: []});
    const script = document.head.lastChild as HTMLScriptElement;
    expect(script.localName).to.equal('script');
    script.remove();
    await loading;
  });

  it('takes a relative address as one of the page', async () => {
    const {loading} = setup({url: new URL(FIXTURE).pathname, attributes: {'data-name': 'relative'}});
    await loading;
    expect(page.ranTags).to.deep.equal(['relative']);
  });

  describe('attributes', () => {
    it('are kept', () => {
      const attributes = {
        id: 'tag',
        class: 'a b',
        crossorigin: 'anonymous',
        integrity: 'sha384-x',
        referrerpolicy: 'no-referrer',
        'data-account': '1',
        fetchpriority: 'low',
      };
      const {script, loading} = setup({url: UNREACHABLE, attributes});
      loading.catch(() => {});
      for (const [name, value] of Object.entries(attributes))
        expect(script.getAttribute(name), name).to.equal(value);
    });

    it('are in place before the browser looks at them', async () => {
      const integrity = 'sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      await rejection(setup({url: FIXTURE, attributes: {integrity}}).loading);
      expect(page.ranTags).to.equal(undefined);
    });

    it('name no second address', async () => {
      const {script, loading} = setup({
        url: FIXTURE,
        attributes: {src: UNREACHABLE, 'data-src': UNREACHABLE},
      });
      await loading;
      expect(script.src).to.equal(FIXTURE);
      expect(script.hasAttribute('data-src')).to.equal(false);
    });

    it('do not keep the mark that stopped the script', () => {
      setup({text: 'window.ranText = "ran"', attributes: {type: 'text/plain', 'data-consent': 'analytics'}});
      expect(page.ranText).to.equal('ran');
    });

    it('give a type by data-type', () => {
      const {script} = setup({text: '', attributes: {type: 'text/plain', 'data-type': 'module'}});
      expect(script.type).to.equal('module');
      expect(script.hasAttribute('data-type')).to.equal(false);
    });

    it('keep a type of their own', () => {
      const {script} = setup({text: '{}', attributes: {type: 'application/json'}});
      expect(script.type).to.equal('application/json');
    });

    it('keep what the author wants done once it has loaded', async () => {
      await setup({url: FIXTURE, attributes: {onload: 'window.heard = "load"'}}).loading;
      expect(page.heard).to.equal('load');
    });

    it('keep what the author wants done where it fails', async () => {
      await rejection(setup({url: UNREACHABLE, attributes: {onerror: 'window.heard = "error"'}}).loading);
      expect(page.heard).to.equal('error');
    });
  });

  describe('nonce', () => {
    it('is the one of the loader, as a property', () => {
      expect(setup({nonce: 'abc', text: ''}).script.nonce).to.equal('abc');
    });

    it('is not the one of an attribute', () => {
      expect(setup({nonce: 'abc', text: '', attributes: {nonce: 'xyz'}}).script.nonce).to.equal('abc');
    });
  });

  describe('order', () => {
    it('is that of insertion where it is asked for', () => {
      expect(setup({text: '', isOrdered: true}).script.async).to.equal(false);
    });

    it('is whatever comes first otherwise', () => {
      expect(setup({text: ''}).script.async).to.equal(true);
    });

    it('holds among the ordered ones', async () => {
      const loading = ['one', 'two', 'three', 'four'].map(
        (name) =>
          setup({url: `${FIXTURE}?${name}`, attributes: {'data-name': name}, isOrdered: true}).loading,
      );
      await Promise.all(loading);
      expect(page.ranTags).to.deep.equal(['one', 'two', 'three', 'four']);
    });
  });

  describe('rejects and inserts nothing for', () => {
    for (const url of [
      'javascript:window.ranText="x"',
      ' JavaScript:window.ranText="x"',
      'data:text/javascript,window.ranText="x"',
      'blob:http://localhost/1',
      'https://[',
    ]) {
      it(JSON.stringify(url), async () => {
        const {loading, place} = setup({url});
        await rejection(loading);
        expect(place.nextSibling).to.equal(null);
        expect(page.ranText).to.equal(undefined);
      });
    }

    it('an attribute that no element can have', async () => {
      const {loading, place} = setup({url: FIXTURE, attributes: {'a b': '1'}});
      await rejection(loading);
      expect(place.nextSibling).to.equal(null);
    });
  });

  it('rejects an address that nobody has named', async () => {
    const inject = createInjectTag('', {vendors: [{url: 'https://named.example/t.js'}]});
    expect(await rejection(inject({url: FIXTURE, attributes: []}))).to.be.instanceOf(Error);
    expect(document.querySelector(`script[src="${FIXTURE}"]`)).to.equal(null);
  });

  it('rejects a script that throws, and leaves what it threw to the page', async () => {
    const seen: unknown[] = [];
    const {onerror} = window;
    window.onerror = (message) => {
      seen.push(message);
      return true;
    };
    const error = await rejection(setup({text: 'throw Error("of the vendor")'}).loading);
    window.onerror = onerror;
    expect((error as Error).message).to.equal('exception');
    expect(seen).to.have.length(1);
    expect(`${seen}`).to.include('of the vendor');
  });

  describe('keeps the page from a script that comes too late to write into it:', () => {
    const {warn} = console;
    beforeEach(() => {
      console.warn = () => {};
    });
    afterEach(() => {
      console.warn = warn;
    });
    for (const call of ['write("<p>gone")', 'writeln("<p>gone")', 'open()']) {
      it(`document.${call}`, async () => {
        const {place, loading} = setup({text: `document.${call};window.ranText = 'on'`});
        await loading;
        expect(place.isConnected).to.equal(true);
        expect(page.ranText).to.equal('on');
      });

      it(`document.${call} from a timer of its own`, async () => {
        const {place, loading} = setup({
          text: `setTimeout(() => { document.${call};window.ranText = 'on' })`,
        });
        await loading;
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(place.isConnected).to.equal(true);
        expect(page.ranText).to.equal('on');
      });
    }
  });

  it('rejects where the script cannot be fetched', async () => {
    await rejection(setup({url: UNREACHABLE}).loading);
  });

  describe('with Trusted Types', () => {
    interface Rules {
      createScriptURL(text: string): string;
      createScript(text: string): string;
    }
    const passed: string[] = [];

    /** A page whose policies note what passes them, or which allows none of that name. */
    function setupTrustedTypes(isAllowed = true) {
      const names: string[] = [];
      const createPolicy = (name: string, rules: Rules): Rules => {
        if (!isAllowed) throw new TypeError(`Policy "${name}" disallowed.`);
        names.push(name);
        return {
          createScriptURL: (text) => {
            passed.push(text);
            return rules.createScriptURL(text);
          },
          createScript: (text) => {
            passed.push(text);
            return rules.createScript(text);
          },
        };
      };
      Object.defineProperty(window, 'trustedTypes', {configurable: true, value: {createPolicy}});
      const inject = createInjectTag('', {
        vendors: [{url: FIXTURE}, {url: ''}, {url: 'window.ranText = "inline"'}],
      });
      return {names, inject: (tag: Omit<ScriptTag, 'attributes'>) => inject({...tag, attributes: []})};
    }

    const own = Object.getOwnPropertyDescriptor(window, 'trustedTypes');
    afterEach(() => {
      passed.length = 0;
      delete (window as unknown as Record<string, unknown>)['trustedTypes'];
      if (own) Object.defineProperty(window, 'trustedTypes', own);
    });

    it('makes one policy, consent-gate, for all tags', async () => {
      const {names, inject} = setupTrustedTypes();
      await inject({text: ''});
      await inject({text: ''});
      expect(names).to.deep.equal(['consent-gate']);
    });

    it('makes none before there is a tag', () => {
      expect(setupTrustedTypes().names).to.deep.equal([]);
    });

    it('lets every address and every text pass through it', async () => {
      const {inject} = setupTrustedTypes();
      await inject({url: FIXTURE});
      await inject({text: 'window.ranText = "inline"'});
      expect(passed).to.deep.equal([FIXTURE, 'window.ranText = "inline"']);
    });

    it('rejects on a page that does not allow the policy', async () => {
      const {inject} = setupTrustedTypes(false);
      const error = await rejection(inject({text: 'window.ranText = "inline"'}));
      expect(error).to.be.instanceOf(TypeError);
      expect(page.ranText).to.equal(undefined);
    });
  });
});
