/**
 * Puts the two layers into the page and opens them when the core asks. Finds the author's own elements first; puts its
 * own back when a page swaps its body or a framework clears what it does not know.
 */
import type {MountUi} from '../ui-contract.js';
import {ConsentBannerElement} from './banner-element.js';
import {define} from './define.js';
import {ConsentPreferencesElement} from './preferences-element.js';

/** A page that removes the banner each time it comes back is obeyed in the end. */
const MAX_RETURNS = 50;

define('consent-banner', ConsentBannerElement);
define('consent-preferences', ConsentPreferencesElement);

export const mountUi: MountUi = (host) => {
  const banner =
    document.querySelector<ConsentBannerElement>('consent-banner') ??
    document.createElement('consent-banner');
  const preferences =
    document.querySelector<ConsentPreferencesElement>('consent-preferences:not([inline])') ??
    document.createElement('consent-preferences');
  let returns = 0;

  const attach = () => {
    if (!document.body) {
      // A loader in the head may be done before the body begins.
      document.addEventListener('DOMContentLoaded', attach, {once: true});
      return;
    }
    if (!preferences.isConnected) document.body.append(preferences);
    // First in reading order: the keyboard meets it before the page.
    if (!banner.isConnected) document.body.prepend(banner);
  };
  for (const element of [banner, preferences]) {
    element.connect(host);
    element.whenRemoved = () => {
      if (returns++ < MAX_RETURNS) attach();
    };
  }
  // The banner is gone by the time there is something to say; the closed dialog stays and says it.
  banner.announcer = preferences;

  return {
    open(view, options) {
      attach();
      (view === 'banner' ? banner : preferences).show(options);
    },
    close() {
      banner.close();
      preferences.close();
    },
  };
};
