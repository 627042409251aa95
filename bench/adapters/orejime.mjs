/** Gates template elements. */
import {categories, json, texts as T} from '../lib/page.mjs';

const config = {
  privacyPolicyUrl: '/privacy',
  purposes: categories.map((c) => ({
    id: c.id,
    title: c.title,
    description: c.description,
    cookies: [],
    isMandatory: !!c.required,
  })),
  translations: {
    banner: {
      title: T.title,
      description: T.description,
      accept: T.accept,
      decline: T.reject,
      configure: T.customize,
    },
  },
};
export default {
  name: 'orejime',
  kind: 'peer',
  package: 'orejime',
  accept: '.orejime-Banner-saveButton',
  reject: '.orejime-Banner-declineButton',
  withdraw: 'orejime.manager.declineAll()',
  html: ({tags}) => ({
    head: '<link rel="stylesheet" href="/npm/orejime/dist/orejime-standard.css">',
    body:
      tags
        .map((t) => `<template data-purpose="${t.category}"><script src="${t.src}"></script></template>`)
        .join('\n') +
      `<script>window.orejimeConfig=${json(config)}</script><script src="/npm/orejime/dist/orejime-standard-en.js"></script>`,
  }),
};
