// Headless core, with the bare-bones prompt its quickstart describes.
import {getOrCreateConsentRuntime} from 'c15t';

const {texts: T, tags} = window.c15tBench;
const {consentStore} = getOrCreateConsentRuntime({
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  overrides: {country: 'DE', language: 'en'},
  scripts: tags.map((t) => ({
    id: t.id,
    src: t.src,
    category: t.category === 'ads' ? 'marketing' : 'measurement',
  })),
});
let box;
const draw = (state) => {
  const show = state.activeUI === 'banner';
  if (show && !box) {
    box = document.createElement('div');
    box.id = 'c15t-prompt';
    box.style.cssText = 'position:fixed;inset:auto 0 0;background:#fff;padding:1rem;box-shadow:0 0 8px';
    box.innerHTML = `<h2>${T.title}</h2><p>${T.description}</p><button>${T.accept}</button> <button>${T.reject}</button>`;
    const [yes, no] = box.querySelectorAll('button');
    yes.onclick = () => consentStore.getState().saveConsents('all');
    no.onclick = () => consentStore.getState().saveConsents('necessary');
    document.body.append(box);
  } else if (box) box.hidden = !show;
};
window.c15tBench.store = consentStore;
consentStore.subscribe(draw);
draw(consentStore.getState());
