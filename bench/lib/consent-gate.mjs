/** What every adapter of consent-gate has in common: the built files of this project, and the configuration of the page. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gated, json} from './page.mjs';

export const BASE = '/consent/';
const folder = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));
const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const categoryOf = (category) => (category === 'ads' ? 'advertising' : category);

/** A vendor of the site's own for each tag, unless there are many, which are marked up. */
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

export const configOf = (vendors) => ({
  controller: {name: 'Harbour News Inc.', contact: 'mailto:privacy@site.example'},
  links: {privacyPolicy: '/privacy'},
  policy: {version: '2026-11-01'},
  categories: [{id: 'essential', required: true}, {id: 'analytics'}, {id: 'advertising'}],
  vendors,
});

/** The inline configuration, and the marked-up tags where that is what is measured. */
export function partsOf(tags, isMarked) {
  const config = configOf(isMarked ? [] : tags.map(vendorOf));
  return {
    config: `<script type="application/json" data-consent-config>${json(config)}</script>`,
    body: isMarked
      ? gated(tags, ({category, src}) => `data-consent="${categoryOf(category)}" src="${src}"`)
      : '',
  };
}

/** @returns an adapter; `loaderOf()` gives the HTML of the loader's tag */
export const adapterOf = (name, loaderOf, rest = {}) => ({
  name,
  kind: 'own',
  version,
  mounts: {[BASE]: folder},
  accept: 'consent-banner >>> [data-action="accept-all"]',
  reject: 'consent-banner >>> [data-action="reject-all"]',
  withdraw: 'consentGate.withdraw()',
  html({tags, isMarked}) {
    const {config, body} = partsOf(tags, isMarked);
    // The configuration stands ahead of a loader that runs where it stands.
    return {head: `${config}\n${loaderOf()}`, body};
  },
  ...rest,
});

export const readLoader = () =>
  readFileSync(`${folder}consent-gate.js`, 'utf8').replace(/<\/script/gi, '<\\/script');
export {folder as cdnFolder};
