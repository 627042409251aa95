/** cookieconsent 3.x has no categories and gates nothing: one yes or no, and the page's own callback adds the tags. */
import {json, texts as T} from '../lib/page.mjs';
export default {
  name: 'osano',
  kind: 'peer',
  package: 'cookieconsent',
  accept: '.cc-window .cc-allow',
  reject: '.cc-window .cc-deny',
  withdraw: 'consentPopup.setStatus("deny")',
  html: ({tags}) => ({
    head: '<link rel="stylesheet" href="/npm/cookieconsent/build/cookieconsent.min.css">',
    body: `<script src="/npm/cookieconsent/build/cookieconsent.min.js"></script>
<script>{let done=false;const tags=${json(tags.map((t) => t.src))};
const gate=function(){if(done||!this.hasConsented())return;done=true;for(const u of tags){const s=document.createElement('script');s.src=u;document.head.append(s)}};
window.cookieconsent.initialise({type:'opt-in',palette:{popup:{background:'#ffffff',text:'#000000'},button:{background:'#0044cc',text:'#ffffff'}},content:${json({header: T.title, message: T.description, allow: T.accept, deny: T.reject, link: T.policy, href: '/privacy'})},onInitialise:gate,onStatusChange:gate},popup=>{window.consentPopup=popup})}</script>`,
  }),
};
