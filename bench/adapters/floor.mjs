/** What is physically possible, with no consent manager at all: a static banner in the HTML whose button injects the tags, and on a return plain script tags. */
import {json, texts} from '../lib/page.mjs';
export default {
  name: 'floor',
  kind: 'floor',
  accept: '#floor button',
  reject: '#floor button + button',
  html: ({tags, isReturn}) =>
    isReturn
      ? {head: tags.map((t) => `<script async src="${t.src}"></script>`).join('\n')}
      : {
          body: `<div id="floor" style="position:fixed;inset:auto 0 0;background:#fff;padding:1rem;box-shadow:0 0 8px"><p>${texts.description}</p><button>${texts.accept}</button> <button>${texts.reject}</button></div>
<script>const [yes,no]=document.querySelectorAll('#floor button');no.onclick=()=>document.getElementById('floor').remove();yes.onclick=()=>{${json(tags.map((t) => t.src))}.forEach(u=>{const s=document.createElement('script');s.src=u;document.head.append(s)});document.getElementById('floor').remove()}</script>`,
        },
};
