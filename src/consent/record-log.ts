/** Posts each decision to the site's own log. The visitor never waits for it and never hears of its failures. */
import type {FullRecord} from './full-record.js';

/** @returns posts a record; what could not be sent is sent again once the browser is back online */
export function createRecordLog(endpoint: string | undefined, window: Window): (record: FullRecord) => void {
  if (!endpoint) return () => {};
  const post = (record: FullRecord) => {
    window
      // `keepalive`: a choice made on the way out of the page, or just before a reload, still arrives.
      .fetch(endpoint, {
        method: 'POST',
        keepalive: true,
        headers: {'content-type': 'application/json'},
        body: JSON.stringify(record),
      })
      .catch(() => window.addEventListener('online', () => post(record), {once: true}));
  };
  return post;
}
