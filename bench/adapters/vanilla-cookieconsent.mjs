/** Gates `type="text/plain"` markup, one script after another. */
import {categories, gated, json, texts as T} from '../lib/page.mjs';

const config = {
  hideFromBots: false, // a driven browser counts as a bot
  categories: {necessary: {enabled: true, readOnly: true}, analytics: {}, ads: {}},
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: T.title,
          description: T.description,
          acceptAllBtn: T.accept,
          acceptNecessaryBtn: T.reject,
          showPreferencesBtn: T.customize,
        },
        preferencesModal: {
          title: T.settings,
          acceptAllBtn: T.accept,
          acceptNecessaryBtn: T.reject,
          savePreferencesBtn: T.save,
          closeIconLabel: 'Close',
          sections: categories.map((c) => ({
            title: c.title,
            description: c.description,
            linkedCategory: c.id,
          })),
        },
      },
    },
  },
};
export default {
  name: 'vanilla-cookieconsent',
  kind: 'peer',
  package: 'vanilla-cookieconsent',
  accept: '#cc-main .cm__btn[data-role="all"]',
  reject: '#cc-main .cm__btn[data-role="necessary"]',
  withdraw: 'CookieConsent.acceptCategory([])',
  html: ({tags}) => ({
    head: '<link rel="stylesheet" href="/npm/vanilla-cookieconsent/dist/cookieconsent.css">',
    body:
      gated(tags, (t) => `data-category="${t.category}" data-src="${t.src}"`) +
      `<script src="/npm/vanilla-cookieconsent/dist/cookieconsent.umd.js"></script><script>CookieConsent.run(${json(config)})</script>`,
  }),
};
