/**
 * The marketing page as on a real site: its tags at the vendors' real addresses, where stand-ins of `demo/vendors/`
 * answer. Nothing leaves this machine.
 */
import type {Site} from './site.js';

/** What the page asks for once everything is granted. Frame, pixel and widget are marked up, and stay at the demo's. */
export const REAL_TAGS = [
  '/embed/first-lesson',
  '/pixel.gif?a8=demo',
  '/widget.js',
  'https://connect.facebook.net/en_US/fbevents.js',
  'https://s.yimg.jp/images/listing/tool/cv/ytag.js',
  'https://www.googletagmanager.com/gtag/js?id=G-DEMO123456',
];

const STAND_INS = {
  'https://www.googletagmanager.com/**': 'demo/vendors/gtag.js',
  'https://s.yimg.jp/**': 'demo/vendors/ytag.js',
  'https://connect.facebook.net/**': 'demo/vendors/fbevents.js',
};

const isBeacon = ({hostname}: URL) =>
  /(^|\.)(google-analytics\.com|doubleclick\.net|googleadservices\.com|yahoo\.co\.jp|facebook\.com)$/.test(
    hostname,
  );

/**
 * Takes the `src` overrides out of marketing.html and lets stand-ins answer.
 * @param answer `stand-in`: the simulators run; `nothing`: the scripts are empty, so that the queues stay to be looked at
 */
export async function useRealAddresses(
  site: Site,
  answer: 'stand-in' | 'nothing' = 'stand-in',
): Promise<void> {
  const {context} = site;
  await site.configure('/marketing.html', (config) => ({
    ...config,
    vendors: config.vendors?.map((vendor) => {
      if (typeof vendor === 'string') return vendor;
      const {src: _, ...rest} = vendor;
      return rest;
    }),
  }));
  for (const [address, path] of Object.entries(STAND_INS)) {
    await context.route(address, (route) =>
      route.fulfill({
        contentType: 'text/javascript; charset=utf-8',
        ...(answer === 'stand-in' ? {path} : {body: ''}),
      }),
    );
  }
  await context.route(isBeacon, (route) => route.fulfill({status: 204}));
}
