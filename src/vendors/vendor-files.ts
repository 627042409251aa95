/** For bundlers: the vendors that are not in the loader, each a file of its own. Written by `npm run vendors`. */
export const vendorFiles: Readonly<Record<string, () => Promise<unknown>>> = {
  'x-pixel': () => import('./x-pixel.js'),
};
