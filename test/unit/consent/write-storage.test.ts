import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import type {CookieConfig} from '../../../src/config/types.js';
import {createCookieJar, recordIn} from '../../../src/consent/cookie-jar.js';
import {type ConsentRecord, encodeRecord} from '../../../src/consent/record.js';
import {createStorageWriter} from '../../../src/consent/write-storage.js';
import {readCookies} from '../../../src/read-cookies.js';
import {
  clearStorage,
  DEEP_PATH,
  openDeepPage,
  pathsTo,
  setCookie,
  spyOnCookies,
  withBlocked,
} from './support.js';

const now = () => Math.floor(Date.now() / 1000);

function setup(cookie: CookieConfig = {}) {
  const settings = normalizeConfig({cookie}, []);
  const jar = createCookieJar(settings);
  const record: ConsentRecord = {
    policyVersion: '1',
    decidedAt: now(),
    source: 'banner',
    categories: {essential: 'granted', analytics: 'granted', advertising: 'denied'},
    vendors: {heatmap: 'denied'},
    id: null,
  };
  return {jar, writer: createStorageWriter(settings, jar), record, text: encodeRecord(record)};
}

/** The values of all cookies called `name` that the page sees. */
const cookiesNamed = (name: string) =>
  readCookies().flatMap(([key, value]) => (key === name ? [value as string] : []));

/** @returns the texts by which a cookie was set, as opposed to removed */
const setTexts = (texts: readonly string[], name = 'consent') =>
  texts.filter((text) => text.startsWith(`${name}=1.`));

const realCookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as PropertyDescriptor;

/**
 * Cookies as in a frame of another site, in a browser that blocks cookies of others: what is not partitioned is neither kept nor
 * removed. @returns the texts of those that were set
 */
function inFrame(run: () => void): string[] {
  const jar = new Map<string, string>();
  const texts: string[] = [];
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    set(text: string) {
      const flags = text.toLowerCase().split(/; */);
      if (!['samesite=none', 'secure', 'partitioned'].every((flag) => flags.includes(flag))) return;
      // A domain that is not the page's.
      if (/;\s*domain=[^;]/i.test(text)) return;
      const [name = '', value = ''] = (text.split(';', 1)[0] as string).split('=');
      if (/max-age=0/i.test(text)) jar.delete(name);
      else jar.set(name, value);
      if (jar.has(name)) texts.push(text);
    },
  });
  try {
    run();
  } finally {
    Object.defineProperty(Document.prototype, 'cookie', realCookie);
  }
  return texts;
}

describe('createStorageWriter', () => {
  let page: Awaited<ReturnType<typeof openDeepPage>>;
  before(async () => {
    page = await openDeepPage();
  });
  afterEach(() => {
    page.clear();
    clearStorage();
  });
  after(() => page.close());

  /** The same in a page deep in the site, which sees cookies of every folder above it. */
  function setupDeep() {
    const settings = normalizeConfig({}, []);
    const jar = page.createCookieJar(settings);
    return {...setup(), jar, writer: page.createStorageWriter(settings, jar)};
  }

  describe('write', () => {
    it('stores the same text in cookie and mirror', () => {
      const {writer, record, text, jar} = setup();
      expect(writer.write(record)).to.equal(true);
      expect(cookiesNamed('consent')).to.deep.equal([text]);
      expect(localStorage.getItem('consent')).to.equal(text);
      expect(jar.copies()).to.deep.equal([text, text]);
    });

    it('stores a refusal, and removes a cookie, past an element called "cookie"', () => {
      const {writer, record, text} = setup();
      setCookie('_fbp=1');
      const image = document.createElement('img');
      image.name = 'cookie';
      document.body.append(image);
      expect(document.cookie as unknown).to.equal(image);
      expect([writer.write(record), writer.removeCookie('_fbp')]).to.deep.equal([true, true]);
      image.remove();
      expect(cookiesNamed('consent')).to.deep.equal([text]);
      expect(cookiesNamed('_fbp')).to.deep.equal([]);
    });

    it('counts a choice as stored only where the cookie says it, whatever the copy says', () => {
      const {writer, record, text} = setup();
      // A sibling's cookie that this page can neither overwrite nor remove.
      const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as PropertyDescriptor;
      Object.defineProperty(Document.prototype, 'cookie', {
        configurable: true,
        get: () => 'consent=old',
        set() {},
      });
      const isStored = writer.write(record);
      Object.defineProperty(Document.prototype, 'cookie', real);
      expect(localStorage.getItem('consent')).to.equal(text);
      expect(isStored).to.equal(false);
    });

    it('stores what is read back as the same choice', () => {
      const {writer, record, jar} = setup();
      writer.write(record);
      expect(encodeRecord(recordIn(jar.copies()) as ConsentRecord)).to.equal(encodeRecord(record));
    });

    it('uses the name that the site has given', () => {
      const {writer, record, text} = setup({name: 'our_choice'});
      expect(writer.write(record)).to.equal(true);
      expect(cookiesNamed('our_choice')).to.deep.equal([text]);
      expect(localStorage.getItem('our_choice')).to.equal(text);
      expect(cookiesNamed('consent')).to.deep.equal([]);
    });

    it('replaces the choice before', () => {
      const {writer, record, text} = setup();
      setCookie('consent=1.1.1.banner.analytics.-.-.-.-');
      writer.write(record);
      expect(cookiesNamed('consent')).to.deep.equal([text]);
    });

    it('replaces what is no record', () => {
      const {writer, record, text} = setup();
      setCookie('consent=yes');
      localStorage.setItem('consent', 'yes');
      writer.write(record);
      expect(cookiesNamed('consent')).to.deep.equal([text]);
      expect(localStorage.getItem('consent')).to.equal(text);
    });

    it('removes the copies of other paths', () => {
      const {writer, record, text} = setupDeep();
      for (const path of pathsTo(DEEP_PATH)) {
        page.setCookie(`consent=1.1.1.banner.analytics.-.-.-.-;path=${path}`);
      }
      expect(page.cookiesNamed('consent').length).to.be.greaterThan(2);
      expect(writer.write(record)).to.equal(true);
      expect(page.cookiesNamed('consent')).to.deep.equal([text]);
    });

    it('leaves the cookies and items of others alone', () => {
      setCookie('consent2=a');
      setCookie('session=b');
      localStorage.setItem('cart', 'c');
      const {writer, record} = setup();
      writer.write(record);
      expect(cookiesNamed('consent2')).to.deep.equal(['a']);
      expect(cookiesNamed('session')).to.deep.equal(['b']);
      expect(localStorage.getItem('cart')).to.equal('c');
    });

    describe('gives the cookie', () => {
      const textOf = (cookie: CookieConfig = {}) => {
        const {writer, record} = setup(cookie);
        return setTexts(spyOnCookies(() => writer.write(record)))[0] ?? '';
      };
      const expiryOf = (text: string) => Date.parse(/expires=([^;]+)/i.exec(text)?.[1] ?? '') / 1000;

      it('the whole site, and no request from another', () => {
        expect(textOf()).to.match(/;\s*path=\/(;|$)/i);
        expect(textOf()).to.match(/;\s*samesite=lax(;|$)/i);
      });

      it('no mark that keeps it off plain http, where the page is', () => {
        expect(location.protocol).to.equal('http:');
        expect(textOf()).to.not.match(/;\s*secure/i);
      });

      it('no domain, so that it stays on this host', () => {
        expect(textOf()).to.not.match(/;\s*domain=/i);
        expect(textOf({domain: 'host'})).to.not.match(/;\s*domain=/i);
      });

      it('182 days', () => {
        expect(expiryOf(textOf())).to.be.closeTo(now() + 182 * 86_400, 5);
      });

      it('the days that the site has set', () => {
        expect(expiryOf(textOf({days: 30}))).to.be.closeTo(now() + 30 * 86_400, 5);
      });

      it('its days from the decision on, not from the writing', () => {
        const {writer, record} = setup({days: 30});
        const texts = spyOnCookies(() => writer.write({...record, decidedAt: now() - 10 * 86_400}));
        expect(expiryOf(setTexts(texts)[0] ?? '')).to.be.closeTo(now() + 20 * 86_400, 5);
      });

      it('the domain that the site has set', () => {
        expect(textOf({domain: 'example.jp'})).to.match(/;\s*domain=example\.jp(;|$)/i);
      });
    });

    describe('in a frame of another site, where SameSite=Lax is not kept,', () => {
      it('partitions the cookie', () => {
        const {writer, record, text, jar} = setup();
        const texts = inFrame(() => {
          expect(writer.write(record)).to.equal(true);
          expect(jar.copies()[0]).to.equal(text);
        });
        expect(texts).to.have.lengthOf(1);
        expect(texts[0]).to.match(/;Path=\/(;|$)/);
        expect(texts[0]).to.match(/;Expires=/);
      });

      it('finds this host where the domain is not ours', () => {
        const {writer, record, text, jar} = setup({domain: 'example.jp'});
        inFrame(() => {
          writer.write(record);
          expect(jar.copies()[0]).to.equal(text);
        });
      });

      it('replaces the choice before, and stores nothing in place of one that is too long', () => {
        const {writer, record, jar} = setup();
        inFrame(() => {
          writer.write(record);
          writer.write({...record, source: 'link'});
          expect(jar.copies()[0]).to.equal(encodeRecord({...record, source: 'link'}));
          writer.write({...record, policyVersion: '1'.repeat(1000)});
          expect(jar.copies()).to.deep.equal(['', '']);
        });
      });

      it('erases it', () => {
        const {writer, record, jar} = setup();
        inFrame(() => {
          writer.write(record);
          writer.erase();
          expect(jar.copies()).to.deep.equal(['', '']);
        });
      });

      it('needs no mirror', () => {
        const {writer, record} = setup();
        inFrame(() => withBlocked(['storage'], () => expect(writer.write(record)).to.equal(true)));
      });
    });

    it('writes no second cookie where the first is kept', () => {
      const {writer, record} = setup();
      const texts = setTexts(spyOnCookies(() => writer.write(record)));
      expect(texts).to.have.lengthOf(1);
    });

    it('falls back to this host where the domain is not ours', () => {
      const {writer, record, text} = setup({domain: 'example.jp'});
      expect(writer.write(record)).to.equal(true);
      expect(cookiesNamed('consent')).to.deep.equal([text]);
    });

    it('falls back to this host where no parent domain takes it', () => {
      const {writer, record, text} = setup({domain: 'widest'});
      expect(writer.write(record)).to.equal(true);
      expect(cookiesNamed('consent')).to.deep.equal([text]);
    });

    it('leaves one cookie when the domain changes between two choices', () => {
      for (const domain of ['host', 'widest', location.hostname, 'host']) {
        const {writer, record, text} = setup({domain});
        writer.write(record);
        expect(cookiesNamed('consent'), domain).to.deep.equal([text]);
      }
    });

    it('never leaves a moment without a record, in which another tab would find a first visit', () => {
      const {writer, record, text} = setup();
      localStorage.setItem('consent', 'the one before');
      const seen: unknown[] = [];
      const {removeItem} = Storage.prototype;
      Storage.prototype.removeItem = () => seen.push('removed');
      writer.write(record);
      Storage.prototype.removeItem = removeItem;
      expect(seen).to.deep.equal([]);
      expect(localStorage.getItem('consent')).to.equal(text);
    });

    describe('where something is blocked', () => {
      it('is content with the cookie', () => {
        const {writer, record, text} = setup();
        withBlocked(['storage'], () => expect(writer.write(record)).to.equal(true));
        expect(cookiesNamed('consent')).to.deep.equal([text]);
      });

      it('is content with the mirror', () => {
        const {writer, record, text} = setup();
        withBlocked(['cookie'], () => expect(writer.write(record)).to.equal(true));
        expect(localStorage.getItem('consent')).to.equal(text);
      });

      it('says so where neither is to be had, and does not throw', () => {
        const {writer, record} = setup();
        withBlocked(['cookie', 'storage'], () => expect(writer.write(record)).to.equal(false));
      });

      it('survives a storage that is there and full', () => {
        const {writer, record, text} = setup();
        const {setItem} = Storage.prototype;
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
        try {
          expect(writer.write(record)).to.equal(true);
        } finally {
          Storage.prototype.setItem = setItem;
        }
        expect(cookiesNamed('consent')).to.deep.equal([text]);
        expect(localStorage.getItem('consent')).to.equal(null);
      });

      it('says so where the browser drops cookie and item without a word', () => {
        const {writer, record} = setup();
        const {setItem} = Storage.prototype;
        Storage.prototype.setItem = () => {};
        Object.defineProperty(Document.prototype, 'cookie', {
          configurable: true,
          get: () => '',
          set: () => {},
        });
        try {
          expect(writer.write(record)).to.equal(false);
        } finally {
          Storage.prototype.setItem = setItem;
          Object.defineProperty(Document.prototype, 'cookie', realCookie);
        }
      });
    });

    it('stores nothing of a choice that is too long, and no older one instead', () => {
      const {writer, record, jar} = setup();
      writer.write(record);
      const categories = Object.fromEntries(
        Array.from({length: 100}, (_, i) => [`category-${i}`, 'denied' as const]),
      );
      expect(writer.write({...record, categories})).to.equal(false);
      expect(recordIn(jar.copies())).to.equal(null);
      expect(jar.copies()).to.deep.equal(['', '']);
    });
  });

  describe('erase', () => {
    it('removes cookie and mirror', () => {
      const {writer, record, jar} = setup();
      writer.write(record);
      writer.erase();
      expect(jar.copies()).to.deep.equal(['', '']);
      expect(localStorage.getItem('consent')).to.equal(null);
    });

    it('removes the copies of other paths and domains', () => {
      const {writer, jar} = setupDeep();
      page.setCookie('consent=a;path=/test');
      page.setCookie(`consent=b;path=/;domain=${location.hostname}`);
      page.setCookie('consent=c;path=/');
      writer.erase();
      expect(jar.copies()).to.deep.equal(['', '']);
    });

    it('has nothing to do on a first visit', () => {
      const {writer, jar} = setup();
      writer.erase();
      expect(jar.copies()).to.deep.equal(['', '']);
    });

    it('does not throw where storage is blocked', () => {
      const {writer} = setup();
      withBlocked(['cookie', 'storage'], () => expect(() => writer.erase()).to.not.throw());
    });
  });

  describe('removeCookie', () => {
    // The last of them is no parent of the page: no page of that path sees such a cookie.
    for (const path of pathsTo(DEEP_PATH).slice(0, -1)) {
      it(`removes a cookie of ${path} from the page ${DEEP_PATH}`, () => {
        page.setCookie(`_fbp=1;path=${path}`);
        expect(page.cookiesNamed('_fbp')).to.deep.equal(['1']);
        expect(setupDeep().writer.removeCookie('_fbp')).to.equal(true);
        expect(page.cookiesNamed('_fbp')).to.deep.equal([]);
      });
    }

    it('removes all cookies of a name at once', () => {
      for (const path of ['/', '/test', '/test/']) page.setCookie(`_fbp=1;path=${path}`);
      expect(page.cookiesNamed('_fbp')).to.have.length(3);
      expect(setupDeep().writer.removeCookie('_fbp')).to.equal(true);
      expect(page.cookiesNamed('_fbp')).to.deep.equal([]);
    });

    it('removes a cookie whose name other libraries would encode', () => {
      setCookie('_ga_(1)/x=1');
      expect(cookiesNamed('_ga_(1)/x')).to.deep.equal(['1']);
      expect(setup().writer.removeCookie('_ga_(1)/x')).to.equal(true);
      expect(cookiesNamed('_ga_(1)/x')).to.deep.equal([]);
    });

    it('removes no other cookie', () => {
      setCookie('_ga=1');
      setCookie('_ga_X=2');
      setup().writer.removeCookie('_ga');
      expect(cookiesNamed('_ga_X')).to.deep.equal(['2']);
    });

    it('is done where there is no such cookie', () => {
      expect(setup().writer.removeCookie('nothing')).to.equal(true);
    });

    it('writes nothing where there is no such cookie', () => {
      const {writer} = setup();
      expect(spyOnCookies(() => writer.removeCookie('nothing'))).to.deep.equal([]);
    });

    it('tries the host and each parent domain', () => {
      const {writer} = setup();
      // A cookie that only a server can remove.
      Object.defineProperty(Document.prototype, 'cookie', {
        configurable: true,
        get: () => 'stuck=1',
        set: (text) => texts.push(text),
      });
      const texts: string[] = [];
      try {
        writer.removeCookie('stuck');
      } finally {
        Object.defineProperty(Document.prototype, 'cookie', realCookie);
      }
      const domains = new Set(texts.map((text) => /;\s*domain=([^;]*)/i.exec(text)?.[1] ?? ''));
      expect([...domains]).to.include.members(['', location.hostname]);
      expect(texts.every((text) => /max-age=0/i.test(text))).to.equal(true);
    });

    it('says so where a cookie does not go', () => {
      const {writer} = setup();
      Object.defineProperty(Document.prototype, 'cookie', {
        configurable: true,
        get: () => 'stuck=1',
        set: () => {},
      });
      try {
        expect(writer.removeCookie('stuck')).to.equal(false);
      } finally {
        Object.defineProperty(Document.prototype, 'cookie', realCookie);
      }
    });
  });
});
