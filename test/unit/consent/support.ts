/** Real cookies and storage of the test page, and browsers that forbid them. */

/** Sets a cookie for `/`, unless the text names a path. */
export function setCookie(text: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: what the code under test has to cope with
  document.cookie = /;\s*path=/i.test(text) ? text : `${text};path=/`;
}

/** Removes every cookie that a page of this path sees, whatever its own path, and every item of its storage. */
export function clearStorage(page: Page = window): void {
  const {document} = page;
  for (const pair of document.cookie.split('; ')) {
    for (const path of pathsTo(page.location.pathname)) {
      // A cookie may have no name, or consist of nothing else.
      for (const text of [`${pair.split('=')[0]}=`, pair]) {
        for (const domain of ['', `;domain=${location.hostname}`]) {
          document.cookie = `${text};max-age=0;path=${path}${domain}`;
        }
      }
    }
  }
  localStorage.clear();
  sessionStorage.clear();
}

/** What a page deep in the site has: a path of its own, and the modules under test, run by it. */
type Page = Window & typeof globalThis;

export const DEEP_PATH = '/test/unit/consent/support.ts';

/** Opens a page at `DEEP_PATH`. A router's change of the address would not do: cookies go by the address of the load. */
export async function openDeepPage() {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    frame.onload = resolve;
  });
  frame.src = DEEP_PATH;
  document.body.append(frame);
  await loaded;
  const page = frame.contentWindow as Page;
  const load = (file: string) => page.eval(`import(${JSON.stringify(new URL(file, location.origin).href)})`);
  const [{createCookieJar}, {createStorageWriter}] = (await Promise.all([
    load('/src/consent/cookie-jar.ts'),
    load('/src/consent/write-storage.ts'),
  ])) as [
    typeof import('../../../src/consent/cookie-jar.js'),
    typeof import('../../../src/consent/write-storage.js'),
  ];
  return {
    createCookieJar,
    createStorageWriter,
    setCookie(text: string) {
      page.document.cookie = text;
    },
    /** The values of all cookies called `name` that this page sees. */
    cookiesNamed: (name: string) =>
      page.document.cookie
        .split('; ')
        .map((pair) => pair.split('='))
        .flatMap(([key, value]) => (key === name ? [value as string] : [])),
    clear: () => clearStorage(page),
    close: () => frame.remove(),
  };
}

/** `/a/b` -> `/`, `/a`, `/a/`, `/a/b`, `/a/b/` */
export function pathsTo(pathname: string): string[] {
  const paths = ['/'];
  let parent = '';
  for (const part of pathname.split('/').filter(Boolean)) {
    parent += `/${part}`;
    paths.push(parent, `${parent}/`);
  }
  return paths;
}

/** Runs `test` in a browser that throws at every use of cookies or of storage. */
export function withBlocked(what: readonly ('cookie' | 'storage')[], test: () => void): void {
  const forbid = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const restore: (() => void)[] = [];
  const replace = (target: object, name: string, descriptor: PropertyDescriptor) => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, {...descriptor, configurable: true});
    restore.push(() => {
      if (own) Object.defineProperty(target, name, own);
      else delete (target as Record<string, unknown>)[name];
    });
  };
  if (what.includes('cookie')) replace(Document.prototype, 'cookie', {get: forbid, set: forbid});
  if (what.includes('storage')) {
    replace(window, 'localStorage', {get: forbid});
    replace(window, 'sessionStorage', {get: forbid});
  }
  try {
    test();
  } finally {
    for (const run of restore) run();
  }
}

/** Runs `test` and notes every text that is given to `document.cookie`; the browser gets it all the same. */
export function spyOnCookies(test: () => void): string[] {
  const texts: string[] = [];
  const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as PropertyDescriptor;
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    get: () => real.get?.call(document),
    set(text: string) {
      texts.push(text);
      real.set?.call(document, text);
    },
  });
  try {
    test();
  } finally {
    Object.defineProperty(Document.prototype, 'cookie', real);
  }
  return texts;
}
