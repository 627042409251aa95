/** No gating of own tags in markup: each category is a custom service that adds its scripts. Its key has a prefix, as the bundled catalogue would overwrite a service called `analytics`. */
import {categories, json, texts as T} from '../lib/page.mjs';
export default {
  name: 'tarteaucitron',
  kind: 'peer',
  package: 'tarteaucitronjs',
  accept: '#tarteaucitronPersonalize2',
  reject: '#tarteaucitronAllDenied2',
  withdraw: 'tarteaucitron.userInterface.respondAll(false)',
  html: ({tags}) => ({
    head: `<script>var tarteaucitronForceLanguage='en',tarteaucitronCustomText=${json({alertBigPrivacy: T.description, acceptAll: T.accept, denyAll: T.reject, personalize: T.customize})}</script>
<script src="/npm/tarteaucitronjs/tarteaucitron.min.js"></script>
<script>tarteaucitron.init({privacyUrl:'',hashtag:'#tac',cookieName:'tarteaucitron',orientation:'bottom',groupServices:true,showAlertSmall:false,cookieslist:false,showIcon:false,adblocker:false,DenyAllCta:true,AcceptAllCta:true,highPrivacy:true,handleBrowserDNTRequest:false,removeCredit:true,moreInfoLink:false,useExternalCss:false,useExternalJs:false,mandatory:true,googleConsentMode:false,bingConsentMode:false,pianoConsentMode:false});
const tags=${json(tags)};</script>`,
    body: `<script>${categories
      .filter((c) => !c.required)
      .map(
        (c) =>
          `tarteaucitron.services.own${c.id}={key:'own${c.id}',type:'${c.id === 'ads' ? 'ads' : 'analytic'}',name:'${c.title}',needConsent:true,cookies:[],js(){tags.filter(t=>t.category==='${c.id}').forEach(t=>tarteaucitron.addScript(t.src))}};(tarteaucitron.job=tarteaucitron.job||[]).push('own${c.id}');`,
      )
      .join('')}</script>`,
  }),
};
