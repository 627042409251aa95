import {expect} from '@esm-bundle/chai';
import {sweepDatabases, sweepStorage} from '../../../src/gate/sweep-storage.js';
import {clearStorage, withBlocked} from '../consent/support.js';

/** A browser in which the cookies of `stuck` cannot be removed. */
function setup(stuck: string[] = []) {
  const asked: string[] = [];
  const removeCookie = (name: string) => {
    asked.push(name);
    return !stuck.includes(name);
  };
  return {asked, removeCookie};
}

describe('sweepStorage', () => {
  afterEach(() => clearStorage());

  it('removes each name from cookies and both kinds of storage', () => {
    const {asked, removeCookie} = setup();
    localStorage.setItem('_ga', '1');
    sessionStorage.setItem('_ga', '1');
    sessionStorage.setItem('heat:1', '1');
    expect(sweepStorage(['_ga', 'heat:1'], removeCookie)).to.deep.equal([]);
    expect(asked).to.deep.equal(['_ga', 'heat:1']);
    expect(localStorage.getItem('_ga')).to.equal(null);
    expect(sessionStorage.length).to.equal(0);
  });

  it('removes nothing else', () => {
    localStorage.setItem('cart', '1');
    sweepStorage(['_ga'], setup().removeCookie);
    expect(localStorage.getItem('cart')).to.equal('1');
  });

  it('names the cookies that stay', () => {
    expect(sweepStorage(['_ga', '_fbp'], setup(['_fbp']).removeCookie)).to.deep.equal(['_fbp']);
  });

  it('removes the cookies where storage is blocked', () => {
    const {asked, removeCookie} = setup();
    withBlocked(['storage'], () => sweepStorage(['_ga'], removeCookie));
    expect(asked).to.deep.equal(['_ga']);
  });
});

describe('sweepDatabases', () => {
  const openDatabase = (name: string) =>
    new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onerror = reject;
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
  const databases = async () => (await indexedDB.databases()).map(({name}) => name);
  const isTracker = (name: string) => name.startsWith('_tracker');

  it('removes databases and caches of such names, and says which', async () => {
    await openDatabase('_tracker-db');
    await openDatabase('shop');
    await caches.open('_tracker-cache');
    await caches.open('shop');
    expect(await sweepDatabases(isTracker)).to.have.members(['_tracker-db', '_tracker-cache']);
    await openDatabase('after the removal');
    expect(await databases())
      .to.include('shop')
      .and.not.to.include('_tracker-db');
    expect(await caches.keys()).to.deep.equal(['shop']);
    for (const name of ['shop', 'after the removal']) indexedDB.deleteDatabase(name);
    await caches.delete('shop');
  });

  it('finds nothing where there is nothing', async () => {
    expect(await sweepDatabases(isTracker)).to.deep.equal([]);
  });

  it('finds nothing where a browser forbids to look', async () => {
    const own = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'databases');
    Object.defineProperty(IDBFactory.prototype, 'databases', {
      configurable: true,
      value: () => Promise.reject(Error('forbidden')),
    });
    expect(await sweepDatabases(isTracker)).to.deep.equal([]);
    if (own) Object.defineProperty(IDBFactory.prototype, 'databases', own);
  });
});
