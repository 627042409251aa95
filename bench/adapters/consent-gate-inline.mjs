/**
 * The loader's text in the page. An inline loader looks for its other files beside the page, since it has no address of its
 * own: here dist/cdn is served beside the pages.
 */
import {readFileSync} from 'node:fs';
import {adapterOf, cdnFolder} from '../lib/consent-gate.mjs';

export default adapterOf('consent-gate-inline', (loader) => `<script>${loader}</script>`, {
  mounts: {'/page/': cdnFolder},
  isVariant: true,
  prepare: () => readFileSync(`${cdnFolder}consent-gate.js`, 'utf8').replace(/<\/script/gi, '<\\/script'),
});
