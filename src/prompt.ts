/**
 * The first layer by itself: `dist/cdn/prompt/<language>.js` is this module with the texts of one language. It asks, and
 * hands the answer on to `choice.ts`, whose code comes beside it. An answer that is given before that code is here waits for
 * it; one whose code never comes is told to the visitor. It decides and writes nothing of consent.
 *
 *   loader -> ask -> banner -> answer -> (choice.js) -> record
 */

import {attempt} from './attempt.js';
import type {Choice, Core} from './choice.js';
import {resolveLock} from './consent/grants.js';
import type {Source} from './consent/record.js';
import {loadDisclosures} from './load-disclosures.js';
import {ownDocument} from './own-document.js';
import type {PromptTexts} from './prompt-texts.js';
import {shownSettings} from './shown-settings.js';
import {mountBanner} from './ui/mount-banner.js';
import {NOTHING, type Ui, type UiHost} from './ui-contract.js';

/** Runs what needs the code of choices, in the order in which it was asked for: at once where that is here. */
export type Choose = (use: (choice: Choice) => void, isAnswer?: boolean) => void;

export interface PromptModule {
  /**
   * Puts the question, where it is still due by the time that it could.
   * @param lastAnswer of those that wait for the code of choices already
   */
  ask(core: Core, choose: Choose, lastAnswer: () => unknown): Promise<void>;
}

/** What the first layer asks for; the rest of `UiHost` is for the second one. */
type BannerHost = Omit<UiHost, 'decide' | 'record' | 'history' | 'erase' | 'kept'>;

type Answer = 'acceptAll' | 'rejectAll';

/** Item in `sessionStorage`: the time and the answer that the visitor gave on a page that was left too early. */
const PRESSED = 'consent-pressed';
/** Milliseconds after which the visitor is asked again instead. */
const LATE = 30_000;

/** @param texts of one language */
export function createPrompt({locale, disclosures, notSaved}: PromptTexts): PromptModule {
  let mounted: Promise<Ui> | undefined;
  /** The code of choices never comes. */
  let isLost = false;

  return {
    async ask({settings, load, look, see, store, api, tell}, choose, lastAnswer) {
      let here: Choice | undefined;
      // Fetches the code of choices, behind what the question itself needs.
      choose((choice) => {
        here = choice;
      });

      /** Should that code not come, the visitor hears of it. */
      const wait = () => {
        if (here) return;
        load('choice.js')
          .catch(() => load('choice.js?1'))
          .catch(async () => {
            forget();
            isLost = true;
            (await mounted)?.open('banner', {denied: NOTHING});
          });
      };

      const answer = (name: Answer) => (source: Source) => {
        const mark = `${Date.now()} ${name}`;
        // The page may be left before that code comes: the next one carries the answer out, and this one does not any more.
        const isKept = !here && attempt(() => [sessionStorage.setItem(PRESSED, mark)]);
        choose((choice) => {
          if (isKept && read() !== mark) return;
          forget();
          choice[name](source);
        }, true);
        const last = lastAnswer();
        // Whoever has answered once more, by a link or by a call of the page, has not only pressed: the next page asks anew.
        addEventListener('pagehide', () => !here && lastAnswer() !== last && forget());
        wait();
      };

      const mount = async () => {
        const host: BannerHost = {
          settings: shownSettings(settings),
          get locale() {
            return isLost ? {...locale, saved: notSaved} : locale;
          },
          disclosures: {...disclosures, ...(await loadDisclosures(settings.vendors, locale.lang, load))},
          get state() {
            return store.state;
          },
          get stopsLater() {
            return !!here?.stopsLater;
          },
          subscribe: api.subscribe,
          lockOf(id) {
            const category = settings.categories.find((known) => known.id === id);
            return category ? resolveLock(category, look()) : null;
          },
          acceptAll: answer('acceptAll'),
          rejectAll: answer('rejectAll'),
          undo: () => here?.undo(),
          open(view, options) {
            choose((choice) => choice.open(view, options));
            wait();
          },
          closed: (view) => tell('consent-close', {view}),
        };
        return mountBanner(host as UiHost);
      };

      const isFirst = !mounted;
      mounted ??= mount();
      const ui = await mounted;
      const isDue = look().prompts && !store.state.decided;
      const [, time, pressed] = /^(\d+) (acceptAll|rejectAll)$/.exec(isFirst ? read() : '') ?? [];
      if (isFirst) forget();
      // Nothing is shown in a page of XML: the door says so.
      const isAlone = isFirst && !here && !lastAnswer() && !/xml/.test(ownDocument.contentType);
      const isAnswered = Math.abs(Date.now() - Number(time)) < LATE;
      const isOpen = isAlone && isDue && !isAnswered;
      if (isDue && isAnswered && !lastAnswer()) answer(pressed as Answer)('banner');
      if (isOpen) {
        ui.open('banner', {});
        tell('consent-open', {view: 'banner'});
        load('around.js')
          .then(({lookAround}) => lookAround(see))
          .catch(String);
      }
      choose((choice) => {
        choice.join(ui, isOpen);
        // Whoever has answered meanwhile is not asked.
        if (!isOpen) choice.ask();
      });
      if (!isAlone) wait();
    },
  };
}

const read = () => `${attempt(() => sessionStorage.getItem(PRESSED))}`;
const forget = () => attempt(() => sessionStorage.removeItem(PRESSED));
