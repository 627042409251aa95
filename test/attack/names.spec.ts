/**
 * Elements with names that the gate, its UI, or a vendor's queue asks for: each name that the built files read is tried, ahead
 * of the loader and behind it, where everybody is asked and where everybody is only told. Nobody is asked for anything
 * before a grant, the banner can be used, all that is granted comes, the record says so, and nothing is thrown.
 */
import {expect} from 'playwright/test';
import {VENDOR} from '../support/tags.js';
import {DOCUMENT_NAMES, FORM_NAMES, isRead, PLATFORM, WINDOW_NAMES} from './built-names.js';
import {ASKED, type Attack, NONCE, type Row, TOLD, test} from './row-of-hosts.js';

test.describe.configure({timeout: 90_000});

type Regime = Parameters<Row['try']>[1];

/** @param more tags that the page has besides */
async function expectSurvived(
  row: Row,
  places: Readonly<Record<string, Attack>>,
  {regimes = ['opt-in', 'notice'], more = []}: {regimes?: readonly Regime[]; more?: readonly string[]} = {},
) {
  const outcomes: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [place, attack] of Object.entries(places)) {
    for (const regime of regimes) {
      const {after, ...outcome} = regime === 'notice' ? TOLD : ASKED;
      const all = [...after, ...more].sort();
      outcomes[`${place}, ${regime}`] = await row.try(attack, regime, more);
      expected[`${place}, ${regime}`] = {...outcome, after: all, before: regime === 'notice' ? all : []};
    }
  }
  expect(outcomes, 'what was asked for, on the wire, before and after the choice').toEqual(expected);
}

test('a page that nobody attacks has all of it', async ({row}) => {
  await expectSurvived(row, {'nothing ahead': {ahead: ' '}, 'nothing behind': {behind: ' '}});
});

test('no name of this browser’s is left out', async ({page}) => {
  const names = await page.evaluate(() => {
    const namesOf = (object: object | null): string[] =>
      object ? [...Object.getOwnPropertyNames(object), ...namesOf(Object.getPrototypeOf(object))] : [];
    return {document: namesOf(document), form: namesOf(document.createElement('form'))};
  });
  for (const kind of ['document', 'form'] as const) {
    const untried = names[kind].filter((name) => isRead(name) && !PLATFORM[kind].includes(name));
    // To be added to platform-names.json.
    expect(untried, kind).toEqual([]);
  }
});

const ATTACKS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    DOCUMENT_NAMES.map((name) => [`<img name="${name}">`, `<img name="${name}" src="data:,">`]),
  ),
  ...Object.fromEntries(WINDOW_NAMES.map((name) => [`<a id="${name}">`, `<a id="${name}" href="/"></a>`])),
};

/** More than a name. */
const OTHERS: Readonly<Record<string, string>> = {
  '<form id="consentGate"><embed name="isGranted">':
    '<form id="consentGate"><embed name="isGranted"><embed name="state"></form>',
  '<form id="consentGate"><object name="isGranted">':
    '<form id="consentGate"><object name="isGranted"></object><object name="push"></object></form>',
  '<iframe name="consentGate" srcdoc> with an object':
    '<iframe name="consentGate" srcdoc="<object id=isGranted></object><object id=state></object>" title="Frame"></iframe>',
  '<form id="dataLayer"><input name="told">': '<form id="dataLayer"><input name="told"></form>',
};

for (const [what, markup] of Object.entries({...ATTACKS, ...OTHERS})) {
  test(`${what} ahead of the loader and behind it`, async ({row}) => {
    await expectSurvived(row, {ahead: {ahead: markup}, behind: {behind: markup}});
  });
}

/** Beside a form that hides a method of its own, one that is marked up, and a tag that is the next to be let in. */
const formWith = (name: string) => `
  <form><input name="${name}"></form>
  <form data-consent="analytics" data-src="/nothing"><input name="${name}"></form>
  <script type="text/plain" data-consent="analytics" nonce="${NONCE}" src="${VENDOR}/tags/next.js"></script>`;

for (const name of FORM_NAMES) {
  test(`<form><input name="${name}"> put into the page, and parsed with it`, async ({row}) => {
    const markup = formWith(name);
    await expectSurvived(row, {added: {added: markup}}, {regimes: ['opt-in'], more: ['next']});
    await expectSurvived(row, {parsed: {behind: markup}}, {regimes: ['notice'], more: ['next']});
  });
}
