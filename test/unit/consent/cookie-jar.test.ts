import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import {createCookieJar, recordIn} from '../../../src/consent/cookie-jar.js';
import {clearStorage, openDeepPage, setCookie, withBlocked} from './support.js';

const record = (time: string, lists = '-.analytics.-.-') => `1.1.${time}.banner.${lists}.-`;

function setup({
  name = 'consent',
  cookies = [],
  mirror,
}: {
  name?: string;
  cookies?: string[];
  mirror?: string;
} = {}) {
  for (const cookie of cookies) setCookie(cookie);
  if (mirror !== undefined) localStorage.setItem(name, mirror);
  return createCookieJar(normalizeConfig({cookie: {name}}, []));
}

describe('createCookieJar', () => {
  let page: Awaited<ReturnType<typeof openDeepPage>>;
  before(async () => {
    page = await openDeepPage();
  });
  afterEach(() => {
    page.clear();
    clearStorage();
  });
  after(() => page.close());

  /** A page that sees one cookie of the whole site and one of its own folder. */
  function setupDeep(site: string, folder: string, mirror?: string) {
    page.setCookie(`consent=${site};path=/`);
    page.setCookie(`consent=${folder};path=/test`);
    if (mirror !== undefined) localStorage.setItem('consent', mirror);
    expect(page.cookiesNamed('consent')).to.have.members([site, folder]);
    return page.createCookieJar(normalizeConfig({}, []));
  }

  describe('read', () => {
    it('finds no choice where nothing is stored', () => {
      expect(recordIn(setup().copies())).to.equal(null);
    });

    it('finds the choice in the cookie', () => {
      const choice = recordIn(setup({cookies: [`consent=${record('t5k2x1')}`]}).copies());
      expect(choice?.decidedAt).to.equal(parseInt('t5k2x1', 36));
      expect(choice?.categories['analytics']).to.equal('denied');
    });

    it('finds the choice in the mirror where the cookie is gone', () => {
      expect(recordIn(setup({mirror: record('t5k2x1')}).copies())?.decidedAt).to.equal(
        parseInt('t5k2x1', 36),
      );
    });

    it('finds it under the name that the site has given', () => {
      const jar = setup({name: 'choice', cookies: [`consent=${record('9')}`, `choice=${record('5')}`]});
      expect(recordIn(jar.copies())?.decidedAt).to.equal(5);
    });

    it('does not take a longer or shorter name for it', () => {
      const cookies = [`consent2=${record('9')}`, `my-consent=${record('9')}`, `consen=${record('9')}`];
      expect(recordIn(setup({cookies}).copies())).to.equal(null);
    });

    const at = (text: string) => parseInt(text, 36);
    const newest: [rule: string, first: string, second: string, mirror: string | undefined, time: number][] =
      [
        ['takes the newest of several cookies', record('t1'), record('t2'), undefined, at('t2')],
        ['takes the newest wherever it stands', record('t2'), record('t1'), undefined, at('t2')],
        ['takes a mirror that is newer than the cookies', record('t1'), record('t2'), record('t3'), at('t3')],
        ['takes a cookie that is newer than the mirror', record('t1'), record('t3'), record('t2'), at('t3')],
        ['compares times as numbers', record('z'), record('10'), undefined, at('10')],
        ['passes over what is no record', 'granted', record('t1'), '{"all":true}', at('t1')],
      ];
    for (const [rule, first, second, mirror, time] of newest) {
      it(rule, () => {
        expect(recordIn(setupDeep(first, second, mirror).copies())?.decidedAt).to.equal(time);
      });
    }

    it('takes, of two at the same second, the one that allows less', () => {
      const more = record('t1', 'analytics_advertising.-.-.-');
      const less = record('t1', 'analytics.advertising.-.-');
      for (const [cookie, mirror] of [
        [more, less],
        [less, more],
      ] as const) {
        clearStorage();
        const choice = recordIn(setup({cookies: [`consent=${cookie}`], mirror}).copies());
        expect(choice?.categories['advertising']).to.equal('denied');
      }
    });

    it('counts vendors among what is allowed', () => {
      const more = record('t1', 'analytics.-.meta-pixel.-');
      const less = record('t1', 'analytics.-.-.-');
      const choice = recordIn(setup({cookies: [`consent=${more}`], mirror: less}).copies());
      expect(choice?.vendors['meta-pixel']).to.equal(undefined);
    });

    for (const text of ['', 'granted', 'true', '1', '{}', '%', 'a=b', '1.1.t1.banner.analytics.-.-.-']) {
      it(`finds no choice in ${JSON.stringify(text)}`, () => {
        expect(recordIn(setup({cookies: [`consent=${text}`], mirror: text}).copies())).to.equal(null);
      });
    }

    it('finds no choice in a cookie that has more behind the record', () => {
      const text = `${record('t1', 'analytics.-.-.-')}=1`;
      expect(recordIn(setup({cookies: [`consent=${text}`]}).copies())).to.equal(null);
    });

    it('finds no choice in a cookie without a name', () => {
      expect(recordIn(setup({cookies: ['consent', record('t1')]}).copies())).to.equal(null);
    });

    it('sees what another tab or a server has stored since', () => {
      const jar = setup();
      setCookie(`consent=${record('t1')}`);
      expect(recordIn(jar.copies())?.decidedAt).to.equal(parseInt('t1', 36));
    });

    it('finds no choice, and does not throw, where storage is blocked', () => {
      const jar = setup({cookies: [`consent=${record('t1')}`], mirror: record('t1')});
      withBlocked(['cookie', 'storage'], () => {
        expect(recordIn(jar.copies())).to.equal(null);
        expect(jar.copies()).to.deep.equal(['', '']);
      });
    });

    it('finds the cookie where only storage is blocked', () => {
      const jar = setup({cookies: [`consent=${record('t1')}`]});
      withBlocked(['storage'], () => expect(recordIn(jar.copies())?.decidedAt).to.equal(parseInt('t1', 36)));
    });

    it('finds the mirror where only cookies are blocked', () => {
      const jar = setup({mirror: record('t1')});
      withBlocked(['cookie'], () => expect(recordIn(jar.copies())?.decidedAt).to.equal(parseInt('t1', 36)));
    });
  });

  describe('copies', () => {
    it('gives the cookie and the mirror as they are', () => {
      expect(setup({cookies: ['consent=abc'], mirror: 'def'}).copies()).to.deep.equal(['abc', 'def']);
    });

    it('gives two empty texts where nothing is stored', () => {
      expect(setup().copies()).to.deep.equal(['', '']);
    });

    it('tells two cookies of that name from one', () => {
      const [cookies, mirror] = setupDeep('abc', 'abc', 'abc').copies();
      expect(cookies).to.not.equal(mirror);
    });
  });
});
