/** What the first layer says, in words: for the element, and for the same as plain HTML. Pure. */
import type {Regime} from '../config/types.js';
import type {UiHost} from '../ui-contract.js';
import {describeVendor, fill, listIn, nameOf, textIn} from './texts.js';

/** Recipients that are named before the rest is only counted. */
const MAX_NAMES = 3;

export interface Question {
  /** Who asks, and what for. */
  readonly text: string;
  /** Who receives data, as a list in words; `''` for nobody. */
  readonly recipients: string;
}

/** @param host stands for a controller without a name */
export function describeQuestion(
  core: Pick<UiHost, 'settings' | 'locale' | 'disclosures'>,
  regime: Regime,
  host: string,
): Question {
  const {locale, settings} = core;
  const optional = settings.categories.filter(({required}) => !required);
  const vendors = settings.vendors.filter(
    ({category, isBroken}) => !isBroken && optional.some(({id}) => id === category),
  );
  const names = vendors.map(
    (vendor) => textIn(locale, describeVendor(core, vendor).recipient) || nameOf(core, vendor),
  );
  const recipients = [...new Set(names)];
  if (recipients.length > MAX_NAMES) {
    const count = recipients.splice(MAX_NAMES - 1).length;
    recipients.push(fill(locale.more, {count}));
  }
  return {
    text: fill(regime === 'opt-in' ? locale.bannerText : locale.noticeText, {
      controller: textIn(locale, settings.controller.name) || host,
      purposes: listIn(
        locale,
        optional.map(({id, name}) => textIn(locale, name) || (locale.categories[id]?.purpose ?? id)),
      ),
    }),
    recipients: listIn(locale, recipients),
  };
}
