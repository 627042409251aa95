/** The recommended tag behind the snippet of `consent-gate snippet --preload`. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {adapterOf, BASE, configOf} from '../lib/consent-gate.mjs';

export default adapterOf(
  'consent-gate-preload',
  (snippet) => `${snippet}\n<script src="${BASE}consent-gate.js" async></script>`,
  {isVariant: true, prepare: printSnippet},
);

/** As the command prints it. Vendors of the site's own change nothing in it. */
async function printSnippet() {
  const {snippet} = await import('../../dist/esm/cli/snippet.js');
  const folder = mkdtempSync(join(tmpdir(), 'consent-gate-bench-'));
  const config = join(folder, 'consent.json');
  try {
    writeFileSync(config, JSON.stringify(configOf([])));
    const {lines, errors} = snippet({config, preload: true, base: BASE});
    if (!lines.length) throw new Error(errors.join('\n'));
    return lines.join('\n');
  } finally {
    rmSync(folder, {recursive: true});
  }
}
