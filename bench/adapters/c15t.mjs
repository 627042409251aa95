/** Headless core in offline mode, bundled here with a minimal prompt of the page's own; tags are configuration, not markup. */
import {json, texts} from '../lib/page.mjs';
export default {
  name: 'c15t',
  kind: 'peer',
  package: 'c15t',
  accept: '#c15t-prompt button',
  reject: '#c15t-prompt button + button',
  withdraw: 'c15tBench.store.getState().saveConsents("necessary")',
  html: ({tags}) => ({
    body: `<script>window.c15tBench=${json({texts, tags})}</script><script src="/dist/c15t.js"></script>`,
  }),
};
