/** A web component with events, which gates nothing: the page's listener adds the tags of accepted categories. No call withdraws: the page can only show the banner again. */
import {categories, json, texts as T} from '../lib/page.mjs';

const base = '/npm/@porscheofficial/cookie-consent-banner/dist/cookie-consent-banner/';
export default {
  name: 'porsche',
  kind: 'peer',
  package: '@porscheofficial/cookie-consent-banner',
  accept: 'cookie-consent-banner >>> [part~="button-accept-all"]',
  reject: 'cookie-consent-banner >>> [part~="button-essential-only"]',
  html: ({tags}) => ({
    head: `<script type="module" src="${base}cookie-consent-banner.esm.js"></script>`,
    body: `<cookie-consent-banner headline="${T.title}" btn-label-accept-and-continue="${T.accept}" btn-label-only-essential-and-continue="${T.reject}" btn-label-persist-selection-and-continue="${T.save}" btn-label-select-all-and-continue="${T.accept}" content-settings-description="${T.description}">${T.description}</cookie-consent-banner>
<script>{const tags=${json(tags)};document.querySelector('cookie-consent-banner').availableCategories=${json(categories.map((c) => ({key: c.id, label: c.title, description: c.description, isMandatory: !!c.required})))};
const done=new Set,gate=e=>{const ok=e.detail.acceptedCategories||[];for(const t of tags)if(ok.includes(t.category)&&!done.has(t.id)){done.add(t.id);const s=document.createElement('script');s.src=t.src;document.head.append(s)}};
addEventListener('cookie_consent_preferences_restored',gate);addEventListener('cookie_consent_preferences_updated',gate)}</script>`,
  }),
};
