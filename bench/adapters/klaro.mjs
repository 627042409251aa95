/** Gates `type="text/plain"` markup; css and all languages are in its one file. */
import {categories, gated, json, texts as T} from '../lib/page.mjs';

const config = {
  version: 1,
  acceptAll: true,
  mustConsent: false,
  lang: 'en',
  privacyPolicy: '/privacy',
  translations: {
    en: {
      acceptAll: T.accept,
      ok: T.accept,
      decline: T.reject,
      save: T.save,
      consentNotice: {title: T.title, description: T.description, learnMore: T.customize},
      consentModal: {title: T.settings, description: T.description},
      purposes: Object.fromEntries(
        categories.map((c) => [c.id, {title: c.title, description: c.description}]),
      ),
    },
  },
  services: categories.map((c) => ({
    name: c.id,
    title: c.title,
    description: c.description,
    purposes: [c.id],
    required: !!c.required,
  })),
};
export default {
  name: 'klaro',
  kind: 'peer',
  package: 'klaro',
  accept: '#klaro .cm-btn-success',
  reject: '#klaro .cn-decline',
  withdraw: 'const m=klaro.getManager();m.changeAll(false);m.saveAndApplyConsents()',
  html: ({tags}) => ({
    head: `<script>var klaroConfig=${json(config)}</script><script defer src="/npm/klaro/dist/klaro.js"></script>`,
    body: gated(tags, (t) => `data-type="text/javascript" data-name="${t.category}" data-src="${t.src}"`),
  }),
};
