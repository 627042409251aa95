/**
 * The banner as plain HTML, for the first paint: what `<consent-banner>` renders, in one language, in a declarative shadow
 * root. `inline/first-layer.ts` shows it to those who are to be asked; a test holds the two next to each other.
 */
import {readFileSync} from 'node:fs';
import type {Settings} from '../config/types.js';
import {withCookies} from '../disclosure/with-cookies.js';
import {resolveCircumstances} from '../policy/resolve-regime.js';
import {promptTexts} from '../prompt-texts.js';
import {describeQuestion} from '../ui/describe-question.js';
import {pickText, type UiHost} from '../ui-contract.js';
import {vendors} from '../vendors/catalogue.js';
import {escapeHtml} from './format-disclosure.js';

/** Languages that there are texts in. */
export const languages: readonly string[] = Object.keys(promptTexts);

export interface FirstLayer {
  /** For the beginning of the body. */
  readonly html: string;
  /** What stands in its one style element. */
  readonly styles: string;
}

/** @param language one of `languages` */
export function firstLayer(settings: Settings, language: string): FirstLayer {
  // From dist/esm/cli to the styles of the element.
  const styles = readFileSync(new URL('../../inline/first-layer.css', import.meta.url), 'utf8').trim();
  const {locale} = promptTexts[language] as Pick<UiHost, 'locale'>;
  const {layout = 'bar', theme = 'auto'} = Object(settings.ui);
  const {privacyPolicy, cookiePolicy} = Object(settings.links);
  const {regime} = resolveCircumstances(settings, settings, false);
  const core = {
    locale,
    disclosures: Object.fromEntries(
      vendors.map((vendor) => [vendor.definition.id, inWords(vendor, language)]),
    ),
    settings: {...settings, controller: {...settings.controller}},
  } as unknown as UiHost;
  const {text, recipients} = describeQuestion(core, regime, '');
  const link = (href: unknown, label: string) =>
    href
      ? `<a part="link" href="${escapeHtml(`${href}`)}" rel="noopener">${escapeHtml(label)}<span class="hidden"></span></a> `
      : '';
  const button = (action: string, label: string, look = '') =>
    `<button type="button" part="button" class="${look}" data-action="${action}">${escapeHtml(label)}</button>`;
  const box = `<section class="box" part="box" role="region" aria-labelledby="title"><div class="content"><div class="text">
<h2 id="title" part="title">${escapeHtml(locale.bannerTitle)}</h2>
<p>${escapeHtml(text)}</p>
<p class="small">${recipients ? `<b>${escapeHtml(locale.recipients)}</b> ${escapeHtml(recipients)}<br>` : ''}
${link(privacyPolicy, locale.privacyPolicy)}${link(cookiePolicy, locale.cookiePolicy)}</p></div>
<div class="actions" part="actions">${button('reject-all', locale.rejectAll)}${button('accept-all', locale.acceptAll)}${button('preferences', locale.settings, 'plain')}</div></div></section>`;
  const host = `data-first-layer="${regime}" lang="${locale.lang}" dir="${locale.dir}" theme="${escapeHtml(theme)}" layout="${escapeHtml(layout)}"`;
  return {
    styles,
    html: `<consent-banner ${host} data-nosnippet><template shadowrootmode="open"><style>${styles}</style>
<div data-first-layer hidden>${box}</div><p class="hidden" role="status" data-saved="${escapeHtml(locale.saved)}"></p></template></consent-banner>`,
  };
}

/** What a vendor is called, and who receives. */
function inWords(vendor: (typeof vendors)[number], language: string) {
  const {name, recipient} = withCookies(vendor);
  return {name: pickText(name, language), recipient: pickText(recipient, language)};
}
