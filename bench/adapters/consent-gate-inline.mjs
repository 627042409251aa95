/**
 * The loader's text in the page. An inline loader looks for its other files beside the page, since it has no address of its
 * own: here dist/cdn is served beside the pages.
 */
import {adapterOf, cdnFolder, readLoader} from '../lib/consent-gate.mjs';

export default adapterOf('consent-gate-inline', () => `<script>${readLoader()}</script>`, {
  mounts: {'/page/': cdnFolder},
  isVariant: true,
});
