/**
 * Notes that a form is being sent: nothing else tells the next document whether it is the answer to a POST, which must not be
 * loaded anew. Written on every page by the loader, read by `renew-page.ts` where something has to be stopped.
 */
import {attempt} from './attempt.js';

/** Item in `sessionStorage`: when the last form was sent, and where to. How, its button may have said, which nobody tells. */
export const SENT_FORM = 'consent-form';

/** @param isNeeded whether anything can have run, or may on the next page: without, nothing is stored */
export function noteForms(isNeeded: () => unknown): void {
  // Unlike `submit`, it also tells of forms which a script sends.
  addEventListener('formdata', ({target}) => {
    attempt(
      () =>
        isNeeded() &&
        sessionStorage.setItem(SENT_FORM, `${Date.now()} ${(target as HTMLFormElement).action}`),
    );
  });
}
