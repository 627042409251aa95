/** What every adapter of consent-gate has in common: the built files of this project, and the configuration of the page. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gated, json} from './page.mjs';

export const BASE = '/consent/';
export const cdnFolder = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));
const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const categoryOf = (category) => (category === 'ads' ? 'advertising' : category);

/** A vendor of the site's own for each tag. */
const vendorOf = ({id, category, src}) => ({
  id,
  category: categoryOf(category),
  src,
  name: `Vendor ${id}`,
  recipient: 'Vendor Inc.',
  country: 'JP',
  transmits: ['The address of the page, the IP address'],
  purpose: category === 'ads' ? 'Advertising' : 'Measuring how the site is used',
  privacyUrl: 'https://vendor.example/privacy',
});

/** Vendors as they were, with what they are for explained at length. */
function explainAtLength(vendors, kilobytes) {
  const more = ' Measuring how the site is used.'.repeat((kilobytes * 1024) / 32 / vendors.length);
  return vendors.map((vendor) => ({...vendor, purpose: vendor.purpose + more}));
}

const configOf = (vendors) => ({
  controller: {name: 'Harbour News Inc.', contact: 'mailto:privacy@site.example'},
  links: {privacyPolicy: '/privacy'},
  policy: {version: '2026-11-01'},
  categories: [{id: 'essential', required: true}, {id: 'analytics'}, {id: 'advertising'}],
  vendors,
});

/** The inline configuration, and the marked-up tags where that is what is measured. */
export function partsOf(tags, {isMarked, kilobytes}) {
  const vendors = isMarked ? [] : tags.map(vendorOf);
  const config = configOf(kilobytes ? explainAtLength(vendors, kilobytes) : vendors);
  return {
    settings: config,
    config: `<script type="application/json" data-consent-config>${json(config)}</script>`,
    body: isMarked
      ? gated(tags, ({category, src}) => `data-consent="${categoryOf(category)}" src="${src}"`)
      : '',
  };
}

/** The preloading script as the command prints it. Vendors of the site's own change nothing in it. */
export async function printPreload() {
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

/** @returns an adapter of the loader in the page, as `consent-gate snippet --inline` prints it */
export function inlinedAdapterOf(name, ...options) {
  let print;
  return {
    ...adapterOf(name, () => ''),
    isVariant: true,
    async prepare() {
      const {snippet} = await import('../../dist/esm/cli/snippet.js');
      const folder = mkdtempSync(join(tmpdir(), 'consent-gate-bench-'));
      process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
      print = (config) => {
        const file = join(folder, 'consent.json');
        writeFileSync(file, JSON.stringify(config));
        const {lines, errors} = snippet({
          config: file,
          inline: true,
          base: BASE,
          ...Object.fromEntries(options.map((option) => [option, true])),
        });
        if (!lines.length) throw new Error(errors.join('\n'));
        return lines;
      };
    },
    html({tags, ...page}) {
      const {body, settings} = partsOf(tags, page);
      const [head, , top] = print(settings);
      return {head, top, body};
    },
  };
}

/**
 * @param tagOf the HTML of the loader's tag, given what `rest.prepare()` has returned
 * @returns an adapter
 */
export function adapterOf(name, tagOf, {prepare, ...rest} = {}) {
  let prepared;
  return {
    name,
    kind: 'own',
    version,
    mounts: {[BASE]: cdnFolder},
    accept: 'consent-banner >>> [data-action="accept-all"]',
    reject: 'consent-banner >>> [data-action="reject-all"]',
    withdraw: 'consentGate.withdraw()',
    async prepare() {
      prepared = await prepare?.();
    },
    html({tags, ...page}) {
      const {config, body} = partsOf(tags, page);
      // The configuration stands ahead of a loader that runs where it stands.
      return {head: `${config}\n${tagOf(prepared)}`, body};
    },
    ...rest,
  };
}
