/**
 * For a page whose Google tags stand in its HTML, ahead of the loader (advanced mode: they are not gated): a script for the
 * head, under 1 kB, that reads the record and says `default` to Google's queue before any of them. `consent-gate snippet
 * --consent-default` prints it with the texts below filled in. Whatever is in doubt is denied: several records, one of
 * another policy version, one that has run out or is dated ahead, one that the loader would not read either.
 */
import {LIMIT, RECORD} from '../consent/record.js';

/** `cookie.name`, `policy.version` and `cookie.days` of the configuration. */
const NAME = '%NAME%';
const VERSION = '%VERSION%';
const DAYS = '%DAYS%';
/** Categories of Google's vendors, and those that Global Privacy Control denies, joined by `_`. */
const ANALYTICS = '%ANALYTICS%';
const ADS = '%ADS%';
const SOLD = '%SOLD%';

interface Page {
  dataLayer?: unknown[] & {told?: number};
}

{
  const prefix = `${NAME}=`;
  let values: string[] = [];
  try {
    values = document.cookie.split('; ').filter((pair) => pair.startsWith(prefix));
  } catch {
    // A page that may have no cookies has no record.
  }
  const text = values[0]?.slice(prefix.length) ?? '';
  const [, version, time = '', , ...lists] =
    (values.length === 1 && text.length < LIMIT && RECORD.exec(text)) || [];
  const age = Date.now() / 86_400_000 - Number.parseInt(time, 36) / 86_400;
  const has = (list: string | undefined, id: string) => `_${list}_`.includes(`_${id}_`);
  const isIn = (list: 0 | 1 | 2 | 3, id: string) => has(lists[list], id);
  const isOptedOut = (navigator as {globalPrivacyControl?: boolean}).globalPrivacyControl;
  const grantOf = (category: string, vendor: string) =>
    version === VERSION &&
    age >= -1 &&
    age <= Number.parseInt(DAYS, 10) &&
    !(isOptedOut && has(SOLD, category)) &&
    !isIn(3, vendor) &&
    !isIn(1, category) &&
    (isIn(2, vendor) || isIn(0, category))
      ? 'granted'
      : 'denied';
  const page = window as Page;
  const layer = (page.dataLayer ??= []);
  const say = function (..._command: unknown[]) {
    // biome-ignore lint/complexity/noArguments: Google takes nothing else for a command.
    layer.push(arguments);
  };
  const ads = grantOf(ADS, 'google-ads');
  const functional = grantOf('functional', '');
  say('consent', 'default', {
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: grantOf(ANALYTICS, 'google-analytics'),
    functionality_storage: functional,
    personalization_storage: functional,
    security_storage: 'granted',
  });
  // The loader need not say it again, and says more behind it.
  layer.told = layer.length;
}
