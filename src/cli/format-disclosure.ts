/** The list of recipients as text: HTML to paste into a page, Markdown, JSON. Pure. */
import {joinItems, type RecipientGroup, type RecipientRow} from '../disclosure/describe-recipients.js';
import type {DisclosureTexts} from '../disclosure/texts.js';

export interface Disclosure {
  /** The notice of Japan's rule on external transmission. */
  readonly isJp: boolean;
  readonly texts: DisclosureTexts;
  readonly groups: readonly RecipientGroup[];
}

/** One term of a recipient and what is said of it. */
interface Fact {
  readonly term: string;
  readonly text: string;
  /** Address that the text is a link to. */
  readonly href?: string;
  /** Of a text that there is in another language only. */
  readonly lang?: string | undefined;
}

export function formatDisclosure(disclosure: Disclosure, format: 'html' | 'md' | 'json'): string {
  if (format === 'html') return toHtml(disclosure);
  if (format === 'md') return toMarkdown(disclosure);
  const {isJp, texts, groups} = disclosure;
  return JSON.stringify({language: texts.lang, ...(isJp && {profile: 'jp'}), categories: groups}, null, 2);
}

/** The three items of Japan's rule first, in its order. What is not known is not there. */
function factsOf(row: RecipientRow, texts: DisclosureTexts): Fact[] {
  const {recipient, transmits, purpose, retention, country, cookies, privacyUrl, optOutUrl, foreign} = row;
  const aside = (what: string) => (what ? texts.aside.replace('{what}', () => what) : '');
  const cookieNames = cookies.map(({name, lifetime}) => name + aside(lifetime));
  const facts: Fact[] = [
    {term: texts.recipient, text: recipient, lang: foreign['recipient']},
    {
      term: texts.transmits,
      text: joinItems(transmits, foreign['transmits'] ?? texts.lang),
      lang: foreign['transmits'],
    },
    {term: texts.purpose, text: purpose, lang: foreign['purpose']},
    {term: texts.country, text: country},
    {term: texts.retention, text: retention, lang: foreign['retention']},
    {term: texts.cookies, text: joinItems(cookieNames, texts.lang)},
    {term: texts.privacyPolicy, text: privacyUrl, href: privacyUrl},
    {term: texts.optOut, text: optOutUrl, href: optOutUrl},
    {term: texts.state, text: row.isRequired ? texts.alwaysOn : ''},
  ];
  return facts.filter(({text}) => text);
}

function toHtml({isJp, texts, groups}: Disclosure): string {
  const name = 'consent-disclosure';
  const inside = groups.length
    ? groups.map(
        (group) => `  <div class="${name}-category">
    <h4>${escapeHtml(group.name)}</h4>
${group.recipients.map((row) => recipientHtml(row, texts, name)).join('\n')}
  </div>`,
      )
    : [`  <p>${escapeHtml(texts.none)}</p>`];
  return `<div class="${name}" lang="${texts.lang}">
  <h3>${escapeHtml(isJp ? texts.jpCaption : texts.caption)}</h3>
${isJp ? `  <p>${escapeHtml(texts.jpIntroduction)}</p>\n` : ''}${inside.join('\n')}
</div>`;
}

/** No heading for the name: browsers show one of this depth smaller than the text, and the notice has to be easy to read. */
function recipientHtml(row: RecipientRow, texts: DisclosureTexts, name: string): string {
  const facts = factsOf(row, texts).map(({term, text, href, lang}) => {
    const shown = href
      ? `<a href="${escapeHtml(href)}" rel="noopener">${escapeHtml(text)}</a>`
      : escapeHtml(text);
    return `        <dt>${escapeHtml(term)}</dt><dd${lang ? ` lang="${escapeHtml(lang)}"` : ''}>${shown}</dd>`;
  });
  const {name: lang} = row.foreign;
  return `    <div class="${name}-vendor">
      <p${lang ? ` lang="${escapeHtml(lang)}"` : ''}><strong>${escapeHtml(row.name)}</strong></p>
      <dl>
${facts.join('\n')}
      </dl>
    </div>`;
}

function toMarkdown({isJp, texts, groups}: Disclosure): string {
  const blocks = groups.flatMap(({name, recipients}) => [
    `### ${escapeMarkdown(name)}`,
    ...recipients.flatMap((row) => [
      `#### ${escapeMarkdown(row.name)}`,
      factsOf(row, texts)
        .map(
          ({term, text, href}) =>
            `- **${escapeMarkdown(term)}**: ${href ? `<${href.replace(/[\s<>]/g, encodeURIComponent)}>` : escapeMarkdown(text)}`,
        )
        .join('\n'),
    ]),
  ]);
  return [
    `## ${escapeMarkdown(isJp ? texts.jpCaption : texts.caption)}`,
    ...(isJp ? [escapeMarkdown(texts.jpIntroduction)] : []),
    ...(blocks.length ? blocks : [escapeMarkdown(texts.none)]),
  ].join('\n\n');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line, and nothing in it that Markdown would take for more than text. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~!]/g, '\\$&');
}
